package source

import (
	"bytes"
	"fmt"
	"strings"

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
	node, rest := s.parse()
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
	block Span // between the fences
	list  []diag.Diagnostic
}

func (s *fences) fail(c diag.Code, at Span, message, hint string) bool {
	s.list = append(s.list, diag.New(diag.Error, c, s.file.Place(at), message, hint))
	return false
}

// lineAt returns the line that begins at an offset, without its line feed, and
// the offset of the next one.
func lineAt(data []byte, at int) (string, int) {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return string(data[at : at+i]), at + i + 1
	}
	return string(data[at:]), len(data)
}

func isFence(line string) bool { return strings.TrimRight(line, " \t") == "---" }

// isFenceLike reports whether a line is a fence with a slip: indented, or with
// more dashes, or with dashes that an editor joined.
func isFenceLike(line string) bool {
	t := strings.TrimSpace(line)
	return !isFence(line) && (t == "---" || len(t) > 3 && strings.Trim(t, "-") == "" || t == "—-" || t == "—" || t == "–-")
}

// isTag reports whether a line looks like an entry of front matter: a key of
// lower-case letters. Prose such as “Note: …” begins with a capital.
func isTag(line string) bool {
	key, _, ok := strings.Cut(line, ":")
	return ok && key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_-0123456789") == ""
}

// tagsFrom reports whether a block of tags begins at an offset: tags only, up
// to a line that closes it.
func tagsFrom(data []byte, at int) bool {
	tags := 0
	for at < len(data) {
		line, next := lineAt(data, at)
		switch {
		case isFence(line) || isFenceLike(line):
			return tags > 0
		case isTag(line):
			tags++
		case line != "" && !strings.ContainsAny(line[:1], " \t-#"):
			return false
		}
		at = next
	}
	return false
}

// scan finds the block and reports whether the file has one.
func (s *fences) scan() bool {
	data := s.file.Data
	first, next := lineAt(data, 0)
	switch {
	case isFence(first):
		return s.end(next)
	case isFenceLike(first) && tagsFrom(data, next):
		return s.fail(diag.FrontMatterFence, Span{0, len(first)},
			"front matter opens with a line of exactly three dashes, at its very beginning", "write --- and nothing else")
	case strings.TrimSpace(first) == "+++" || strings.TrimSpace(first) == ";;;" || strings.HasPrefix(first, "{\"") || strings.TrimSpace(first) == "{":
		return s.fail(diag.FrontMatterFormat, Span{0, len(first)},
			"front matter in TOML or JSON is not read", "write it as YAML between two lines of ---")
	}
	return s.late()
}

// late looks for front matter that blank lines or comments precede.
func (s *fences) late() bool {
	data, at := s.file.Data, 0
	for at < len(data) {
		line, next := lineAt(data, at)
		trimmed := strings.TrimSpace(line)
		switch {
		case (isFence(line) || isFenceLike(line)) && tagsFrom(data, next):
			return s.fail(diag.FrontMatterLate, Span{at, at + len(line)},
				"front matter stands below other lines, so it would be shown as text", "move it to the first line of the file")
		case strings.HasPrefix(trimmed, "<!--"):
			end := bytes.Index(data[at:], []byte("-->"))
			if end < 0 {
				return false
			}
			_, next = lineAt(data, at+end)
		case trimmed != "" && !strings.HasPrefix(trimmed, "//") && !isComment(trimmed):
			return false
		}
		at = next
	}
	return false
}

// isComment tells a comment of other languages (# like this) from a heading
// worth the name; both may precede a block that is late.
func isComment(line string) bool { return strings.HasPrefix(line, "#") }

// end finds the closing fence of a block that begins at an offset.
func (s *fences) end(start int) bool {
	data := s.file.Data
	for at := start; at < len(data); {
		line, next := lineAt(data, at)
		if isFence(line) {
			s.block = Span{start, at}
			if at-start > MaxFrontMatter {
				return s.fail(diag.FrontMatterTooLarge, Span{0, 3},
					fmt.Sprintf("the front matter has %d KiB; it may have %d", (at-start)>>10, MaxFrontMatter>>10), "move text below the front matter")
			}
			return true
		}
		if isFenceLike(line) || strings.TrimRight(line, " \t") == "..." {
			return s.fail(diag.FrontMatterUnclosed, Span{at, at + len(line)},
				"this line does not close the front matter", "close it with a line of exactly three dashes: ---")
		}
		at = next
	}
	return s.fail(diag.FrontMatterUnclosed, Span{0, 3}, "the front matter that opens here is never closed",
		"close it with a line of exactly three dashes; if a rule was meant, write *** instead")
}

// parse hands the block, and nothing else, to the front matter library, whose
// own search for a block fails open; the rest it returns is a suffix of its
// input.
func (s *fences) parse() (*Node, int) {
	var node *Node
	decode := func([]byte, any) error {
		n, list := YAML(s.file, s.block)
		node, s.list = n, append(s.list, list...)
		return nil
	}
	var ignored struct{}
	rest, err := frontmatter.MustParse(bytes.NewReader(s.file.Data), &ignored, frontmatter.NewFormat("---", "---", decode))
	if err != nil {
		s.fail(diag.YAMLSyntax, s.block, err.Error(), "")
	}
	if node != nil && node.Kind != Map {
		s.fail(diag.WrongType, node.Span, "front matter is “key: value” lines, not "+node.Kind.String(), "")
	}
	return node, len(s.file.Data) - len(rest)
}

// second looks for another block of tags directly behind the first.
func (s *fences) second(from int) {
	data, at := s.file.Data, from
	for at < len(data) {
		line, next := lineAt(data, at)
		if isFence(line) && tagsFrom(data, next) {
			s.fail(diag.FrontMatterTwice, Span{at, at + len(line)}, "a second front matter block", "move its lines into the first one")
		}
		if strings.TrimSpace(line) != "" {
			return
		}
		at = next
	}
}
