package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

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
	return [...]string{"nothing", "text", "a number", "true or false", "a list", "“key: value” lines"}[k]
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

// Plain returns the value as maps, lists and texts, for what has no keys of its
// own: nil where there is none. A number or a truth value is text as written.
func (n *Node) Plain() any {
	switch {
	case Absent(n):
		return nil
	case n.Kind == Map:
		m := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			m[f.Key] = f.Value.Plain()
		}
		return m
	case n.Kind == List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Plain()
		}
		return list
	}
	return n.Value
}

// YAML parses the part of a file as one YAML document. Anchors, aliases, merge
// keys, tags and duplicate keys are errors. The node is nil where there is an
// error or no content.
func YAML(f *File, part Span) (*Node, []diag.Diagnostic) {
	y := &yamlReader{file: f, base: part.Start, data: f.Data[part.Start:part.End]}
	y.lines = lineStarts(y.data)
	if !y.bearable() {
		return nil, y.list
	}
	tree, err := parser.ParseBytes(y.data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		y.syntax(err)
		return nil, y.list
	}
	root := y.document(tree)
	if len(y.list) > 0 {
		return nil, y.list
	}
	return root, nil
}

// document converts the only document of a text. Where there is a second one
// the first fault is enough.
func (y *yamlReader) document(tree *ast.File) *Node {
	var root *Node
	for i, doc := range tree.Docs {
		switch {
		case len(y.list) > 0 || doc.Body == nil && i > 0 && doc.Start == nil:
		case i == 0 && doc.Body != nil:
			root = y.node(doc.Body)
		case i > 0 && doc.Start != nil:
			y.refuse(doc.Start, "a second document begins here", "only the first one would count: take the line with --- out")
		case i > 0:
			at := y.node(doc.Body).Span.Start - y.base
			y.list = nil
			y.add(diag.YAMLFeature, Span{at, at + 1}, "a second document begins here", "only the first one would count: take the line with ... above out")
		}
	}
	return root
}

type yamlReader struct {
	file  *File
	base  int
	data  []byte
	lines []int // offset in data of each line's first byte
	list  []diag.Diagnostic

	// line, column and at are the place that was looked for last: the next one
	// is most often behind it on the same line.
	line, column, at int
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

// maxFaults is how many faults of one document are named: the rest most often
// follows from them.
const maxFaults = 20

func (y *yamlReader) add(c diag.Code, s Span, message, hint string) {
	if len(y.list) >= maxFaults {
		return
	}
	s = Span{y.base + s.Start, y.base + s.End}
	y.list = append(y.list, diag.New(diag.Error, c, y.file.Place(s), message, hint))
}

// offset returns the byte in data at a line and a column, both from 1; the
// library counts columns in code points.
func (y *yamlReader) offset(line, column int) int {
	if line < 1 || line > len(y.lines) {
		return len(y.data)
	}
	if line != y.line || column < y.column {
		y.line, y.column, y.at = line, 1, y.lines[line-1]
	}
	for ; y.column < column && y.at < len(y.data) && y.data[y.at] != '\n'; y.column++ {
		_, n := utf8.DecodeRune(y.data[y.at:])
		y.at += n
	}
	return y.at
}

func (y *yamlReader) span(t *token.Token) Span {
	if t == nil || t.Position == nil {
		return Span{0, 1}
	}
	at := y.offset(t.Position.Line, t.Position.Column)
	for _, text := range []string{strings.TrimSpace(t.Origin), strings.TrimSpace(t.Value)} {
		if text != "" && bytes.HasPrefix(y.data[at:], []byte(text)) {
			return Span{at, at + len(text)}
		}
	}
	return y.folded(t, at)
}

// folded returns the first line of a text over several lines, for which the
// library gives the place of a later one.
func (y *yamlReader) folded(t *token.Token, at int) Span {
	first, _, several := strings.Cut(strings.TrimSpace(t.Origin), "\n")
	if i := bytes.LastIndex(y.data[:at], []byte(first)); several && i >= 0 && at-i < len(t.Origin)+len(first) {
		return Span{i, i + len(first)}
	}
	return Span{at, at + 1}
}

// place returns a span within data as one within the file.
func (y *yamlReader) place(s Span) Span { return Span{y.base + s.Start, y.base + s.End} }

// refuse records a form of YAML that is not read, or would be read otherwise
// than its author may think.
func (y *yamlReader) refuse(t *token.Token, message, hint string) *Node {
	y.add(diag.YAMLFeature, y.span(t), message, hint)
	return &Node{}
}

const quoteIt = "if it belongs to the text, put the whole text in quotes: key: \"…\""

// node converts a value of the library; every case that is not a plain value
// is refused.
func (y *yamlReader) node(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.MappingNode:
		m := y.mapping(n.GetToken(), n.Values)
		if n.IsFlowStyle {
			m.Span = y.place(y.span(n.Start))
		}
		return m
	case *ast.MappingValueNode:
		return y.mapping(n.GetToken(), []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := &Node{Kind: List, Span: y.place(y.span(n.GetToken()))}
		for _, v := range n.Values {
			list.Items = append(list.Items, y.node(v))
		}
		return list
	case *ast.AnchorNode:
		return y.refuse(n.GetToken(), "the & makes this a YAML anchor, which is not read here", quoteIt)
	case *ast.AliasNode:
		return y.refuse(n.GetToken(), "the * makes this a YAML alias, which is not read here", quoteIt)
	case *ast.TagNode:
		return y.refuse(n.GetToken(), "the ! makes this a YAML tag, which is not read here", quoteIt)
	case *ast.MergeKeyNode:
		return y.refuse(n.GetToken(), "a YAML merge key (<<) is not read here", "write the keys out")
	case *ast.DirectiveNode:
		return y.refuse(n.GetToken(), "a YAML directive (%) is not read here", "take the line out")
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
		s.Kind, s.Value = Bool, n.GetToken().Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		s.Kind, s.Value = Number, n.GetToken().Value
	default:
		return y.refuse(n.GetToken(), "this value is not read here", quoteIt)
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
			y.twice(key, first)
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

func (y *yamlReader) twice(key *Node, first Span) {
	before := len(y.list)
	y.add(diag.DuplicateKey, Span{key.Span.Start - y.base, key.Span.End - y.base},
		fmt.Sprintf("the key “%s” stands twice", key.Value), "keep one of the two")
	if len(y.list) > before {
		y.list[before].Related = []diag.Related{{Place: y.file.Place(first), Message: "first here"}}
	}
}

func (y *yamlReader) key(n ast.MapKeyNode) (*Node, bool) {
	if k, ok := n.(*ast.MappingKeyNode); ok {
		y.refuse(k.GetToken(), "a key written with “?” is not read here", "write “key: value”")
		return nil, false
	}
	before := len(y.list)
	k := y.node(n)
	switch k.Kind {
	case Null:
		k.Value = n.GetToken().Value
	case List, Map:
		y.refuse(n.GetToken(), "a list or a map cannot be a key here", "")
	}
	return k, len(y.list) == before
}
