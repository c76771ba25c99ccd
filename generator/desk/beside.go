package desk

import (
	"crypto/sha256"
	"encoding/base64"

	"plumb/generator/align"
	"plumb/generator/playbook"
	"plumb/generator/site"
)

// Beside says what two playbooks both have, as the rules on copies see it.
type Beside struct {
	site  *site.Site
	rules *align.Beside
}

// Copy is what two playbooks both have of a kind.
type Copy struct {
	Kind playbook.Kind
	// Role is whose tasks they are; nil for those that are everyone's.
	Role *site.Role
	// Names are in the order and the words of the first.
	Names []string
	// Of is how many the one has that has more, House how many of the names are the
	// rule of the house.
	Of, House int
	// Copied says that it is too much for the distance of the two.
	Copied bool
}

// Copies returns what two playbooks both have.
func (x *Beside) Copies(a, b *site.Playbook) (out []Copy) {
	for _, c := range align.Copies(a, b) {
		copied := Copy{Kind: c.Kind, Role: c.Role, Of: max(c.Sizes[0], c.Sizes[1]), Copied: x.rules.IsCopied(a, b, c)}
		for _, pair := range c.Shared {
			copied.Names = append(copied.Names, pair[0].Text)
			if x.rules.IsHouse(c, pair[0].Key) {
				copied.House++
			}
		}
		out = append(out, copied)
	}
	return out
}

// Limit is from when on copies of a kind are found.
type Limit struct {
	Kind playbook.Kind
	// Apart is a distance on the line, Items how many each of the two has, Same how
	// many in a hundred.
	Apart, Items, Same int
	// House are the keys of what is the rule of the house, by role; that of "" is
	// nobody's in particular. Shared roles do the same everywhere by intent.
	House map[string][]string
}

// Limits returns those of all kinds, in their order.
func (x *Beside) Limits() (out []Limit) {
	for _, kind := range align.CopiedKinds() {
		l := Limit{Kind: kind, House: map[string][]string{}}
		l.Apart, l.Items, l.Same = x.rules.Limits(kind)
		l.house("", kind, x.rules.House(kind, nil))
		for _, r := range x.site.Roles {
			l.house(r.ID, kind, x.rules.House(kind, r))
		}
		out = append(out, l)
	}
	return out
}

func (l *Limit) house(role string, kind playbook.Kind, keys []string) {
	for _, key := range keys {
		l.House[role] = append(l.House[role], keyOf(kind, key))
	}
}

// Thing is a thing of a playbook that another may have too.
type Thing struct{ Key, Text string }

// Things returns the different things of a kind that a playbook has, where its data
// (see plumb.json) has not all that they are compared by: of buyers and people.
func Things(p *site.Playbook, kind playbook.Kind) (out []Thing) {
	for _, it := range align.Items(p, kind, nil) {
		out = append(out, Thing{keyOf(kind, it.Key), it.Text})
	}
	return out
}

// keyOf is how the keys of a kind are told to a browser: those of buyers and people
// hold all that is said of one, so a digest stands for them.
func keyOf(kind playbook.Kind, key string) string {
	if kind != playbook.Buyers && kind != playbook.People {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}
