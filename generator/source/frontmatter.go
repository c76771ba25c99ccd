package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"plumb/generator/diag"
)

// MaxFrontMatter is the size in bytes up to which a front matter block is read.
const MaxFrontMatter = 64 << 10

// FrontMatter returns the tags at the top of a file, nil where it has none,
// and the offset of the text behind them. It fails closed: whatever looks as
// if it was meant as front matter, and is not read as such, is an error, for
// otherwise a page marked as a draft would be published with its marks as text.
func FrontMatter(f *File) (*Node, int, []diag.Diagnostic) {
	s := fences{file: f}
	if !s.scan() {
		return nil, 0, s.list
	}
	node, rest := s.read()
	if len(s.list) == 0 {
		s.second(rest)
	}
	if len(s.list) > 0 {
		return nil, 0, s.list
	}
	return node, rest, nil
}

// fences finds the front matter of a file.
type fences struct {
	file  *File
	block Span   // between the fences
	next  int    // where the text behind them begins
	close string // the closing fence
	list  []diag.Diagnostic
}

const (
	openIt      = "make the first line exactly three dashes: ---"
	closeIt     = "close it with a line of exactly three dashes, ---"
	ruleInstead = "; if a rule was meant, write *** instead"
)

func (s *fences) fail(c diag.Code, at Span, message, hint string) bool {
	s.list = append(s.list, diag.New(diag.Error, c, s.file.Place(at), message, hint))
	return false
}

// lineAt returns the line that begins at an offset, without its line feed, and
// the offset of the next one.
func lineAt(data []byte, at int) (string, int) {
	line, next := lineBytes(data, at)
	return string(line), next
}

func lineBytes(data []byte, at int) ([]byte, int) {
	if at >= len(data) {
		return nil, len(data)
	}
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return data[at : at+i], at + i + 1
	}
	return data[at:], len(data)
}

// slip reports a line that was meant as a fence. Where what is wrong with it
// cannot be seen, the place is that of the character.
func (s *fences) slip(c diag.Code, at Span, message, hint string) bool {
	line := string(s.file.Data[at.Start:at.End])
	i := strings.IndexFunc(line, func(r rune) bool { return unicode.Is(unicode.Cf, r) || r > unicode.MaxASCII && unicode.IsSpace(r) })
	if i < 0 {
		return s.fail(c, at, message, hint)
	}
	r, size := utf8.DecodeRuneInString(line[i:])
	return s.fail(c, Span{at.Start + i, at.Start + i + size}, fmt.Sprintf("%s: it holds a character that is not seen (U+%04X)", message, r), "delete the line and type it again: ---")
}

// scan finds the block and reports whether the file has one.
func (s *fences) scan() bool {
	data := s.file.Data
	first, next := lineAt(data, 0)
	switch {
	case isFence(first) && isProse(data, next):
		return false
	case isFence(first):
		return s.end(next)
	case isFenceLike(first) && tagsFrom(data, next):
		return s.slip(diag.FrontMatterFence, Span{0, len(first)}, "this line does not open the front matter", openIt+ruleInstead)
	case unopened(data):
		return s.fail(diag.FrontMatterFence, Span{0, len(first)}, "this looks like front matter, but the line that opens it is missing", "put a line of exactly three dashes before it and one behind it: ---")
	}
	return s.late()
}

// late looks for front matter that blank lines, comments or a heading precede,
// and for such in the formats of other tools.
func (s *fences) late() bool {
	data := s.file.Data
	for at := range preamble(data, 0) {
		line, next := lineAt(data, at)
		switch {
		case isForeign(data, at):
			return s.fail(diag.FrontMatterFormat, Span{at, at + len(line)}, "front matter in TOML or JSON is not read", "write it as YAML, “key: value”, between two lines of ---")
		case (isFence(line) || isFenceLike(line)) && tagsFrom(data, next):
			return s.fail(diag.FrontMatterLate, Span{at, at + len(line)},
				"front matter begins here, below other lines, so it would be shown as text", "make it the first line of the file"+ruleInstead)
		}
	}
	return false
}

// second looks for another block of tags behind the first.
func (s *fences) second(from int) {
	data := s.file.Data
	for at := range preamble(data, from) {
		line, next := lineAt(data, at)
		if (isFence(line) || isFenceLike(line)) && tagsFrom(data, next) {
			s.fail(diag.FrontMatterTwice, Span{at, at + len(line)}, "a second block of front matter, which would be shown as text", "move its lines into the first one"+ruleInstead)
			return
		}
	}
}

// end finds the closing fence of a block that begins at an offset.
func (s *fences) end(start int) bool {
	data := s.file.Data
	for at := start; at < len(data); {
		line, next := lineAt(data, at)
		switch {
		case isFence(line) || isDots(line):
			return s.closed(start, at, next)
		case isClosingLike(line):
			return s.slip(diag.FrontMatterUnclosed, Span{at, at + len(line)}, "this line does not close the front matter", closeIt+", that begins at the left margin")
		}
		at = next
	}
	s.fail(diag.FrontMatterUnclosed, Span{0, 3}, "the front matter that opens here is never closed", closeIt+s.lastTag(start)+ruleInstead)
	return false
}

// lastTag says where the tags of a block that is not closed seem to end.
func (s *fences) lastTag(start int) string {
	data, last := s.file.Data, 0
	line := 2
	for at := start; at < len(data); line++ {
		text, next := lineAt(data, at)
		if !isTag(text) {
			break
		}
		last, at = line, next
	}
	if last == 0 {
		return ""
	}
	return fmt.Sprintf(", perhaps below line %d", last)
}

func (s *fences) closed(start, at, next int) bool {
	s.block, s.next = Span{start, at}, next
	line, _ := lineAt(s.file.Data, at)
	s.close = strings.TrimRight(line, " \t")
	if at-start > MaxFrontMatter {
		return s.fail(diag.FrontMatterTooLarge, Span{0, 3},
			fmt.Sprintf("the front matter has %d KiB; it may have %d", (at-start)>>10, MaxFrontMatter>>10), "move text below the front matter")
	}
	if isDots(line) && tagsFrom(s.file.Data, next) {
		return s.fail(diag.FrontMatterUnclosed, Span{at, at + 3}, "this line closes the front matter, and more of it follows", "take the line out, or "+closeIt)
	}
	return true
}

// read reads the block, and returns it with the offset of the text behind it.
func (s *fences) read() (*Node, int) {
	if node := simple(s.file, s.block); node != nil {
		return node, s.next
	}
	return s.parse()
}

// parse hands the block, and nothing else, to the front matter library, whose
// own search for a block fails open; the rest it returns is a suffix of its
// input. It is not handed the text behind the block, which it would copy.
func (s *fences) parse() (*Node, int) {
	var node *Node
	decode := func([]byte, any) error {
		n, list := YAML(s.file, s.block)
		node, s.list = n, append(s.list, list...)
		return nil
	}
	var ignored struct{}
	rest, err := frontmatter.MustParse(bytes.NewReader(s.file.Data[:s.next]), &ignored, frontmatter.NewFormat("---", s.close, decode))
	if err != nil {
		s.fail(diag.YAMLSyntax, s.block, err.Error(), "")
	}
	if node != nil && node.Kind != Map {
		s.noMap(node)
	}
	return node, s.next - len(rest)
}

func (s *fences) noMap(n *Node) {
	hint := "write “key: value”, a key a line"
	if key, value, ok := strings.Cut(n.Value, ":"); ok && value != "" && !strings.ContainsAny(key, " \n") {
		hint = "put a space behind the colon: " + key + ": " + firstLine(value)
	}
	s.fail(diag.WrongType, n.Span, "front matter is made of lines “key: value”; this is "+n.Kind.String(), hint)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
