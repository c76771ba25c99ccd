package config

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"plumb/generator/colour"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// colour reads a colour.
func (p *parser) colour(n *source.Node) Colour {
	if source.Absent(n) {
		p.commentedOut(n)
		return Colour{}
	}
	v := p.Text(n)
	if v.Text == "" {
		return Colour{}
	}
	c, err := colour.Parse(v.Text)
	switch {
	case errors.Is(err, colour.ErrTransparent):
		p.Fail(diag.BadColour, v.Span, fmt.Sprintf("“%s” is transparent, which a colour of the theme may not be", v.Text), "leave the alpha value out")
	case err != nil:
		p.Fail(diag.BadColour, v.Span, fmt.Sprintf("“%s” is no colour", v.Text), colourHint(v.Text))
	default:
		return Colour{v, c}
	}
	return Colour{}
}

// commentedOut finds a colour that YAML takes for a comment.
func (p *parser) commentedOut(n *source.Node) {
	if n == nil {
		return
	}
	rest, _, _ := bytes.Cut(p.File.Data[n.Span.Start:], []byte{'\n'})
	bare := bytes.TrimLeft(rest, ": \t")
	word, _, _ := strings.Cut(strings.TrimSpace(string(bare)), " ")
	if _, err := colour.Parse(word); err != nil || word[0] != '#' {
		return
	}
	at := n.Span.Start + len(rest) - len(bare)
	p.Fail(diag.BadColour, source.Span{Start: at, End: at + len(word)}, "“"+word+"” is a comment here: YAML takes a # behind a space for the beginning of one", `put the colour in quotes: "`+word+`"`)
}

// colourHint says how to write the colour that was meant.
func colourHint(text string) string {
	if c, err := colour.Parse("#" + text); err == nil {
		return `write "` + c.String() + `", in quotes`
	}
	if near := diag.Nearest(strings.ToLower(text), colour.Names()); near != "" {
		return "did you mean “" + near + "”?"
	}
	return `write it as "#7a3b69", rgb(122 59 105), hsl(316 35% 36%), oklch(45% 0.11 338) or a name of CSS, such as teal`
}
