package theme

import (
	"bytes"
	"html/template"
	"strings"
	"text/template/parse"
)

// fold replaces {{t "key"}} by its text where that is plain text of an
// element or a label, so that pages need not look words up one by one: a page has more
// words of the theme than of its own data. An action counts as such where it
// directly follows the end of a tag, in a template without scripts and styles. What
// stands where an attribute may is asked first whether there is any. It works on
// templates before they are escaped.
func fold(t *template.Template, w *words) {
	for _, each := range t.Templates() {
		if each.Tree != nil && !scripted(each.Tree.Root.String()) {
			foldList(each.Tree.Root, w)
		}
	}
}

// scripted reports whether not all text of a template is text of HTML.
func scripted(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "<script") || strings.Contains(text, "<style")
}

func foldList(list *parse.ListNode, w *words) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			foldBranches(&n.BranchNode, w)
		case *parse.RangeNode:
			foldBranches(&n.BranchNode, w)
		case *parse.WithNode:
			foldBranches(&n.BranchNode, w)
		case *parse.ActionNode:
			text, ok := w.static(n)
			if ok && i > 0 && endsTag(list.Nodes[i-1]) {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(text))}
			} else if i > 0 && len(n.Pipe.Decl) == 0 && endsValue(list.Nodes[i-1]) {
				list.Nodes[i] = spared(n)
			}
		}
	}
}

func foldBranches(b *parse.BranchNode, w *words) {
	foldList(b.List, w)
	foldList(b.ElseList, w)
}

// static returns the text of an action that is nothing but t with one key that
// the words have.
func (w *words) static(n *parse.ActionNode) (string, bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	name, isName := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	key, isText := n.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !isName || !isText || name.Ident != "t" {
		return "", false
	}
	text, err := w.text(key.Text)
	return text, err == nil
}

// endsTag reports whether a node is text that ends a tag, or begins the value of a
// label, which is plain text as well.
func endsTag(n parse.Node) bool {
	text, ok := n.(*parse.TextNode)
	if !ok {
		return false
	}
	s := string(text.Text)
	return strings.HasSuffix(s, ">") || strings.HasSuffix(s, ` aria-label="`)
}

// endsValue reports whether a node is text that ends with an attribute in a tag.
func endsValue(n parse.Node) bool {
	text, ok := n.(*parse.TextNode)
	if !ok || !strings.HasSuffix(string(text.Text), `"`) {
		return false
	}
	tag := string(text.Text[bytes.LastIndexByte(text.Text, '<')+1:])
	return len(tag) < len(text.Text) && !strings.Contains(tag, ">") && strings.Count(tag, `"`)%2 == 0
}

// spared is {{with X}}{{.}}{{end}} for an action {{X}} that stands where an attribute
// may: most pages have none there, and to ask costs a fifth of writing nothing.
func spared(n *parse.ActionNode) parse.Node {
	dot := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{&parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}}}
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: n.Pos, Line: n.Line, Cmds: []*parse.CommandNode{dot}}
	action := &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: pipe}
	list := &parse.ListNode{NodeType: parse.NodeList, Pos: n.Pos, Nodes: []parse.Node{action}}
	return &parse.WithNode{BranchNode: parse.BranchNode{NodeType: parse.NodeWith, Pos: n.Pos, Line: n.Line, Pipe: n.Pipe, List: list}}
}
