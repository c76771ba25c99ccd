package source

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"plumb/generator/diag"
)

// Kind is the kind of a YAML value.
type Kind uint8

// The kinds of a [Node].
const (
	Null Kind = iota
	Text
	Number
	Bool
	List
	Map
)

// String names the kind as a message does.
func (k Kind) String() string {
	return [...]string{"nothing", "text", "a number", "yes or no", "a list", "a map"}[k]
}

// Node is a YAML value with its place.
type Node struct {
	Kind Kind
	// Value is the text of a scalar, unquoted.
	Value string
	Span  Span
	// Items are the elements of a list, Fields the entries of a map in source
	// order; no key stands twice.
	Items  []*Node
	Fields []Field
}

// Field is one entry of a map.
type Field struct {
	Key   string
	Span  Span // of the key
	Value *Node
}

// Get returns the value of a key, nil where the map has none.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, f := range n.Fields {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

// YAML parses the part of a file as one YAML document. Anchors, aliases, merge
// keys, tags and duplicate keys are errors. The node is nil where there is an
// error or no content.
func YAML(f *File, part Span) (*Node, []diag.Diagnostic) {
	y := &yamlReader{file: f, base: part.Start, data: f.Data[part.Start:part.End]}
	y.lines = lineStarts(y.data)
	if !y.shallow() {
		return nil, y.list
	}
	tree, err := parser.ParseBytes(y.data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		y.syntax(err)
		return nil, y.list
	}
	var root *Node
	for i, doc := range tree.Docs {
		if i > 0 {
			y.reject(doc.Start, "a second document")
		} else if doc.Body != nil {
			root = y.node(doc.Body)
		}
	}
	if len(y.list) > 0 {
		return nil, y.list
	}
	return root, nil
}

type yamlReader struct {
	file  *File
	base  int
	data  []byte
	lines []int // offset in data of each line's first byte
	list  []diag.Diagnostic
}

func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// maxDepth is how deep flow collections may nest and how far a line may be
// indented; the library recurses per level.
const maxDepth = 100

// shallow reports whether the text nests less than the library can bear.
func (y *yamlReader) shallow() bool {
	depth := 0
	for i, c := range y.data {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		}
		if depth > maxDepth {
			y.add(diag.YAMLFeature, Span{i, i + 1}, "more than 100 nested brackets", "")
			return false
		}
	}
	for _, at := range y.lines {
		line := y.data[at:]
		if n := len(line) - len(bytes.TrimLeft(line, " -?:")); n > 2*maxDepth {
			y.add(diag.YAMLFeature, Span{at, at + 1}, "a line indented too far", "")
			return false
		}
	}
	return true
}

func (y *yamlReader) add(c diag.Code, s Span, message, hint string) {
	s = Span{y.base + s.Start, y.base + s.End}
	y.list = append(y.list, diag.New(diag.Error, c, y.file.Place(s), message, hint))
}

// offset returns the byte in data at a line and a column, both from 1; the
// library counts columns in code points.
func (y *yamlReader) offset(line, column int) int {
	if line < 1 || line > len(y.lines) {
		return len(y.data)
	}
	at := y.lines[line-1]
	for ; column > 1 && at < len(y.data) && y.data[at] != '\n'; column-- {
		_, n := utf8.DecodeRune(y.data[at:])
		at += n
	}
	return at
}

func (y *yamlReader) span(t *token.Token) Span {
	if t == nil || t.Position == nil {
		return Span{0, 1}
	}
	at := y.offset(t.Position.Line, t.Position.Column)
	text := strings.TrimSpace(t.Origin)
	if text == "" || !bytes.HasPrefix(y.data[at:], []byte(text)) {
		text = strings.TrimSpace(t.Value)
	}
	if !bytes.HasPrefix(y.data[at:], []byte(text)) {
		return Span{at, at + 1}
	}
	return Span{at, at + max(1, len(text))}
}

// place returns a span within data as one within the file.
func (y *yamlReader) place(s Span) Span { return Span{y.base + s.Start, y.base + s.End} }

var alreadyDefined = regexp.MustCompile(`\s*\(?(at )?\[\d+:\d+\]\)?`)

// plainer rewords what the library says most often.
var plainer = []struct{ has, message, hint string }{
	{"mapping value is not allowed", "a second colon in this line", "put the value in quotes: title: \"Price: what we say\""},
	{"tab character", "a tab where YAML wants spaces", "indent with spaces"},
	{"could not find end character", "a quote that is not closed", "close it, or leave both quotes out"},
	{"non-map value", "a line that is no “key: value”", "write “key: value”, or indent a continued text below its key"},
	{"',' or ']'", "a list that is not closed", "close it with ]"},
	{"',' or '}'", "a map that is not closed", "close it with }"},
	{"reserved character", "a value that begins with a character that YAML keeps for itself", "put the value in quotes"},
	{"value is not allowed in this context", "text that does not belong here", "check the indentation and the quotes of this line and the one above"},
}

func (y *yamlReader) syntax(err error) {
	var se *yaml.SyntaxError
	if !errors.As(err, &se) {
		y.add(diag.YAMLSyntax, Span{0, 1}, err.Error(), "")
		return
	}
	at := Span{0, 1}
	if se.Token != nil && se.Token.Position != nil {
		o := y.offset(se.Token.Position.Line, se.Token.Position.Column)
		at = Span{o, o + 1}
	}
	for _, p := range plainer {
		if strings.Contains(se.Message, p.has) {
			y.add(diag.YAMLSyntax, at, p.message, p.hint)
			return
		}
	}
	y.add(diag.YAMLSyntax, at, alreadyDefined.ReplaceAllString(se.Message, ""), "")
}

func (y *yamlReader) reject(t *token.Token, what string) *Node {
	y.add(diag.YAMLFeature, y.span(t), what+" is not allowed here", "write the value out")
	return &Node{}
}

// node converts a value of the library; every case that is not a plain value
// is rejected.
func (y *yamlReader) node(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return y.mapping(n.GetToken(), n.Values)
	case *ast.MappingValueNode:
		return y.mapping(n.GetToken(), []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := &Node{Kind: List, Span: y.place(y.span(n.GetToken()))}
		for _, v := range n.Values {
			list.Items = append(list.Items, y.node(v))
		}
		return list
	case *ast.AnchorNode:
		return y.reject(n.GetToken(), "an anchor (&name)")
	case *ast.AliasNode:
		return y.reject(n.GetToken(), "an alias (*name)")
	case *ast.TagNode:
		return y.reject(n.GetToken(), "a tag (!name)")
	case *ast.MergeKeyNode:
		return y.reject(n.GetToken(), "a merge key (<<)")
	case *ast.DirectiveNode:
		return y.reject(n.GetToken(), "a directive (%)")
	}
	return y.scalar(n)
}

func (y *yamlReader) scalar(n ast.Node) *Node {
	s := &Node{Kind: Text, Span: y.place(y.span(n.GetToken()))}
	switch n := n.(type) {
	case *ast.NullNode:
		s.Kind = Null
		s.Span.End = min(s.Span.End, s.Span.Start+1)
	case *ast.StringNode:
		s.Value = n.Value
	case *ast.LiteralNode:
		s.Value = n.Value.Value
	case *ast.BoolNode:
		s.Kind, s.Value = Bool, fmt.Sprint(n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		s.Kind, s.Value = Number, n.GetToken().Value
	default:
		return y.reject(n.GetToken(), "this value")
	}
	return s
}

func (y *yamlReader) mapping(t *token.Token, values []*ast.MappingValueNode) *Node {
	m := &Node{Kind: Map, Span: y.place(y.span(t))}
	seen := make(map[string]Span, len(values))
	for _, v := range values {
		key, ok := y.key(v.Key)
		if !ok {
			continue
		}
		if first, twice := seen[key.Value]; twice {
			y.add(diag.DuplicateKey, Span{key.Span.Start - y.base, key.Span.End - y.base},
				fmt.Sprintf("the key “%s” stands twice", key.Value),
				fmt.Sprintf("keep one of the two; the first is in line %d", y.file.Place(first).Line))
			continue
		}
		seen[key.Value] = key.Span
		m.Fields = append(m.Fields, Field{Key: key.Value, Span: key.Span, Value: y.node(v.Value)})
	}
	if len(m.Fields) > 0 {
		m.Span = m.Fields[0].Span
	}
	return m
}

func (y *yamlReader) key(n ast.MapKeyNode) (*Node, bool) {
	if k, ok := n.(*ast.MappingKeyNode); ok {
		y.reject(k.GetToken(), "a key written with “?”")
		return nil, false
	}
	before := len(y.list)
	k := y.node(n)
	switch k.Kind {
	case Null:
		k.Value = n.GetToken().Value
	case List, Map:
		y.reject(n.GetToken(), "a list or a map as key")
	}
	return k, len(y.list) == before
}
