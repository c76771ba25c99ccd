package theme

import (
	"html/template"
	"strings"
	"text/template/parse"
)

// fold replaces {{t "key"}} by its text where that is plain text of an
// element or a label, so that pages need not look words up one by one: a page has more
// words of the theme than of its own data. An action counts as such where it
// directly follows the end of a tag that is no script or style. It works on
// templates before they are escaped.
func fold(t *template.Template, w *words) {
	for _, each := range t.Templates() {
		if each.Tree != nil {
			foldList(each.Tree.Root, w)
		}
	}
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

// endsTag reports whether a node is text that ends a tag within which text is
// plain text, or begins the value of a label, which is plain text as well.
func endsTag(n parse.Node) bool {
	text, ok := n.(*parse.TextNode)
	if !ok {
		return false
	}
	s := string(text.Text)
	tag := strings.ToLower(s[strings.LastIndexByte(s, '<')+1:])
	if strings.HasSuffix(tag, ` aria-label="`) {
		return true
	}
	return strings.HasSuffix(s, ">") && !strings.HasPrefix(tag, "script") && !strings.HasPrefix(tag, "style")
}
