package colour

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

var (
	// ErrUnknown means that a text is no colour in any notation that Parse reads.
	ErrUnknown = errors.New("this is no colour")
	// ErrTransparent means that a colour lets something shine through.
	ErrTransparent = errors.New("a colour here may not be transparent")
)

// Parse reads a colour as CSS writes it: #rgb, #rrggbb, rgb(), hsl(), oklch(), with
// spaces or with commas, or a name. The error is [ErrUnknown] or
// [ErrTransparent]. A colour that sRGB does not have is the nearest it has.
func Parse(text string) (RGB, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if digits, ok := strings.CutPrefix(text, "#"); ok {
		return hex(digits)
	}
	if c, ok := named(text); ok {
		return c, nil
	}
	if text == "transparent" {
		return RGB{}, ErrTransparent
	}
	name, rest, _ := strings.Cut(text, "(")
	inner, closed := strings.CutSuffix(rest, ")")
	read := notation(strings.TrimSuffix(name, "a"))
	if name == "oklcha" || read == nil || !closed {
		return RGB{}, ErrUnknown
	}
	parts, err := arguments(inner)
	if err != nil {
		return RGB{}, err
	}
	c, ok := read(parts)
	if !ok {
		return RGB{}, ErrUnknown
	}
	return c, nil
}

// notation returns what reads the arguments of a function of CSS, nil for a
// function that is not known.
func notation(name string) func([]string) (RGB, bool) {
	switch name {
	case "rgb":
		return rgb
	case "hsl":
		return hsl
	case "oklch":
		return oklch
	}
	return nil
}

// hex reads what stands behind the #.
func hex(digits string) (RGB, error) {
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return RGB{}, ErrUnknown
	}
	switch len(digits) {
	case 3:
		return RGB{uint8(n>>8) * 17, uint8(n>>4&15) * 17, uint8(n&15) * 17}, nil
	case 6:
		return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
	case 4:
		if n&15 == 15 {
			return hex(digits[:3])
		}
		return RGB{}, ErrTransparent
	case 8:
		if n&255 == 255 {
			return hex(digits[:6])
		}
		return RGB{}, ErrTransparent
	}
	return RGB{}, ErrUnknown
}

// arguments parts the three values of a function. A fourth one, the alpha, has to
// say that the colour is opaque.
func arguments(inner string) ([]string, error) {
	parts := strings.Fields(strings.NewReplacer(",", " ", "/", " ").Replace(inner))
	if len(parts) == 4 {
		alpha, ok := number(parts[3], 1)
		switch {
		case !ok:
			return nil, ErrUnknown
		case alpha < 1:
			return nil, ErrTransparent
		}
		parts = parts[:3]
	}
	if len(parts) != 3 {
		return nil, ErrUnknown
	}
	return parts, nil
}

// number reads a finite number, or a percentage of the whole. “none” is 0.
func number(text string, whole float64) (float64, bool) {
	if text == "none" {
		return 0, true
	}
	text, percent := strings.CutSuffix(text, "%")
	if strings.Trim(text, "+-.0123456789e") != "" {
		return 0, false // strconv reads more than CSS does
	}
	v, err := strconv.ParseFloat(text, 64)
	if percent {
		v = v * whole / 100
	}
	return v, err == nil
}

// angle reads an angle in degrees from 0 to 360.
func angle(text string) (float64, bool) {
	scale := 1.0
	for _, u := range [...]struct {
		name    string
		degrees float64
	}{{"deg", 1}, {"grad", 0.9}, {"rad", 180 / math.Pi}, {"turn", 360}} {
		if bare, ok := strings.CutSuffix(text, u.name); ok {
			text, scale = bare, u.degrees
			break
		}
	}
	if strings.HasSuffix(text, "%") {
		return 0, false
	}
	v, ok := number(text, 1)
	v = math.Mod(v*scale, 360)
	if v < 0 {
		v += 360
	}
	return v, ok
}

func rgb(parts []string) (c RGB, ok bool) {
	for i, to := range []*uint8{&c.R, &c.G, &c.B} {
		v, ok := number(parts[i], 255)
		if !ok {
			return c, false
		}
		*to = uint8(math.Round(min(max(v, 0), 255)))
	}
	return c, true
}

// hsl is the formula of CSS Color 4, where saturation and lightness are
// percentages with or without their sign.
func hsl(parts []string) (c RGB, ok bool) {
	hue, ok1 := angle(parts[0])
	s, ok2 := number(strings.TrimSuffix(parts[1], "%"), 1)
	l, ok3 := number(strings.TrimSuffix(parts[2], "%"), 1)
	s, l = min(max(s/100, 0), 1), min(max(l/100, 0), 1)
	for i, to := range []*uint8{&c.R, &c.G, &c.B} {
		k := math.Mod([...]float64{0, 8, 4}[i]+hue/30, 12)
		v := l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
		*to = uint8(math.Round(255 * min(max(v, 0), 1)))
	}
	return c, ok1 && ok2 && ok3
}

// vivid is the chroma that CSS calls 100 %.
const vivid = 0.4

func oklch(parts []string) (RGB, bool) {
	l, ok1 := number(parts[0], 1)
	chroma, ok2 := number(parts[1], vivid)
	hue, ok3 := angle(parts[2])
	if !ok1 || !ok2 || !ok3 || l > 1 { // CSS takes “45” for white; who writes that means 45 %
		return RGB{}, false
	}
	return OKLCH{l, min(chroma, 10), hue}.RGB(), true
}
