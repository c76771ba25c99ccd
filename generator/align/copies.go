package align

import (
	"iter"
	"slices"

	"plumb/generator/playbook"
	"plumb/generator/site"
	"plumb/generator/source"
)

// Copy is what two playbooks both have of one kind.
type Copy struct {
	Kind playbook.Kind
	// Role is whose tasks they are; nil for those that are everyone's, and for
	// every other kind.
	Role *site.Role
	// Shared are in the order of the first playbook.
	Shared []Pair
	// Sizes are how many different ones of the kind each of the two has.
	Sizes [2]int
}

// Pair is one thing as it stands in the first and in the second playbook.
type Pair [2]Item

// Item is a buyer, a task, a process and so on, as far as it may be copied.
type Item struct {
	// Key is equal for items that say the same once normalised.
	Key string
	// Text is plain, ID the anchor in the playbook; empty where it has none.
	Text, ID string
	Span     source.Span
}

// Copies returns what two playbooks have in common, by kind and role, in the
// order of the first one. Whether it is much, or the rule of the house, is for
// the reader to say.
func Copies(a, b *site.Playbook) (out []Copy) {
	for _, t := range topics(a) {
		in := map[string]Item{}
		for it := range distinct(b, t) {
			in[it.Key] = it
		}
		c := Copy{Kind: t.kind, Role: t.role, Sizes: [2]int{0, len(in)}}
		for it := range distinct(a, t) {
			c.Sizes[0]++
			if other, ok := in[it.Key]; ok {
				c.Shared = append(c.Shared, Pair{it, other})
			}
		}
		if len(c.Shared) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// topic is a kind of thing, or the tasks of one role, that one end of the line
// should not have from the other.
type topic struct {
	kind playbook.Kind
	role *site.Role
}

// copied are the kinds in which a playbook shows its position, kit those that
// come with it.
var (
	copied = []playbook.Kind{playbook.Buyers, playbook.SellingTasks, playbook.SupportProcesses, playbook.Metrics}
	kit    = []playbook.Kind{playbook.Assets, playbook.People}
)

// CopiedKinds returns the kinds of which there may be copies, in their order.
func CopiedKinds() []playbook.Kind { return slices.Concat(copied, kit) }

// topics returns all topics of a playbook, tasks that are everyone's before
// those of roles.
func topics(p *site.Playbook) (out []topic) {
	for _, kinds := range [][]playbook.Kind{copied, kit} {
		for _, kind := range kinds {
			out = append(out, topicsOf(p, kind)...)
		}
	}
	return out
}

func topicsOf(p *site.Playbook, kind playbook.Kind) []topic {
	out := []topic{{kind: kind}}
	if kind == playbook.SellingTasks {
		for _, r := range p.Roles() {
			out = append(out, topic{kind, r})
		}
	}
	return out
}

// distinct are the different things of a topic in a playbook, each where it stands
// first.
func distinct(p *site.Playbook, t topic) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		var seen keys
		listed(p, t, func(it Item) bool { return it.Key == "" || !seen.add(it.Key) || yield(it) })
	}
}

// keys are the different keys that were met.
type keys struct {
	list []string
	all  map[string]bool // where they are many
}

// few is how many keys are looked through one by one before a map of them pays.
const few = 16

// add reports whether a key is new.
func (k *keys) add(key string) bool {
	if k.all == nil && len(k.list) < few {
		if slices.Contains(k.list, key) {
			return false
		}
		k.list = append(k.list, key)
		return true
	}
	if k.all == nil {
		k.all = map[string]bool{}
		for _, known := range k.list {
			k.all[known] = true
		}
	}
	n := len(k.all)
	k.all[key] = true
	return len(k.all) > n
}

// listed yields all things of a topic, as often as they stand there.
func listed(p *site.Playbook, t topic, yield func(Item) bool) {
	switch t.kind {
	case playbook.SellingTasks:
		tasksOf(p, t.role, yield)
	case playbook.Buyers:
		buyerItems(p, yield)
	case playbook.People:
		peopleItems(p, yield)
	default:
		outlined(p, t.kind, yield)
	}
}

func tasksOf(p *site.Playbook, role *site.Role, yield func(Item) bool) {
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Role == role && !yield(Item{t.Key, t.Text, t.ID, t.Span}) {
			return
		}
	}
}

// buyerItems are compared with what they buy on: a head of purchasing who wants the
// lowest price is another buyer than one who wants no surprises.
func buyerItems(p *site.Playbook, yield func(Item) bool) {
	for _, e := range p.Section(playbook.Buyers).Entries() {
		key := e.Key
		if f := e.Field(playbook.FieldCriteria); f != nil && !f.Missing && key != "" {
			key += "\x00" + playbook.Normalize(f.Text)
		}
		if !yield(Item{key, e.Name, e.ID, e.Span}) {
			return
		}
	}
}

// outlined are the entries of a kind that the outline holds.
func outlined(p *site.Playbook, kind playbook.Kind, yield func(Item) bool) {
	for i := range p.Outline.Named {
		n := &p.Outline.Named[i]
		if n.Kind == kind && !yield(Item{n.Key, n.Entry.Name, n.Entry.ID, n.Entry.Span}) {
			return
		}
	}
}

// peopleItems are whom to hire, what to pay and to train for: each with all that it
// says.
func peopleItems(p *site.Playbook, yield func(Item) bool) {
	s := p.Section(playbook.People)
	if s == nil {
		return
	}
	for _, part := range s.Parts {
		for _, it := range part.Items {
			if !peopleItem(it, yield) {
				return
			}
		}
	}
}

func peopleItem(it playbook.Item, yield func(Item) bool) bool {
	switch it := it.(type) {
	case *playbook.FieldList:
		for i := range it.Fields {
			f := &it.Fields[i]
			if !f.Missing && !yield(person(string(f.ID), f.Label, f.Text, f.Anchor, f.Span)) {
				return false
			}
		}
	case *playbook.Entry:
		return it.Missing || yield(person(string(it.Part), it.Name, it.Text, it.ID, it.Span))
	}
	return true
}

// person is one part of what is said about people.
func person(id, label, text, anchor string, at source.Span) Item {
	value := playbook.Normalize(text)
	if value == "" {
		return Item{}
	}
	if id == "" {
		id = playbook.Normalize(label)
	}
	return Item{id + "\x00" + value, label, anchor, at}
}
