// Package playbook is the domain: it decodes a Markdown document into a page
// that may be a playbook, with its place on the line, its sections, their
// entries and the selling tasks. What it understood is plain values; what it
// did not understand stays with its section as prose, so that nothing an
// author wrote is lost.
package playbook

import "slices"

// Kind is a kind of section.
type Kind uint8

// The kinds of sections in the order of the card: the page a rep reads before
// a call.
const (
	NoKind Kind = iota
	ValueProposition
	Buyers
	SellingTasks
	Questions
	Objections
	Alternatives
	Proof
	Assets
	Qualify
	SupportProcesses
	Metrics
	CustomerMetrics
	People
	Initiatives
)

var kindIDs = []string{
	"", "value-proposition", "buyers", "selling-tasks", "questions", "objections", "alternatives", "proof",
	"assets", "qualify", "support-processes", "metrics", "customer-metrics", "people", "initiatives",
}

// Kinds returns all kinds in the order of the card.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kindIDs)-1)
	for k := ValueProposition; int(k) < len(kindIDs); k++ {
		all = append(all, k)
	}
	return all
}

// String returns the id of the kind, "value-proposition".
func (k Kind) String() string { return kindIDs[k] }

// ParseKind returns the kind with an id; "tasks" and "processes" are short for
// the two long ones.
func ParseKind(id string) (Kind, bool) {
	switch id {
	case "tasks":
		return SellingTasks, true
	case "processes":
		return SupportProcesses, true
	}
	i := slices.Index(kindIDs, id)
	return Kind(max(i, 0)), i > 0
}

// KindIDs returns the ids of all kinds.
func KindIDs() []string { return slices.Clone(kindIDs[1:]) }

// labelled reports whether the kind has no entries but labelled parts of its
// own: “Customer: …” in a value proposition belongs to the section.
func (k Kind) labelled() bool {
	return k == ValueProposition || k == Qualify || k == People
}

// FieldID names a field of an entry or a part of a section; it is unique
// within the kind.
type FieldID string

// The fields that the program itself asks for; the words of each language
// know more.
const (
	FieldName         FieldID = "name"
	FieldOwner        FieldID = "owner"
	FieldRole         FieldID = "role"
	FieldKind         FieldID = "kind"
	FieldSide         FieldID = "side"
	FieldDefinition   FieldID = "definition"
	FieldTarget       FieldID = "target"
	FieldSource       FieldID = "source"
	FieldCadence      FieldID = "cadence"
	FieldAsk          FieldID = "ask"
	FieldAnswerWithin FieldID = "answer-within"
	FieldDoes         FieldID = "does"
	FieldAnswer       FieldID = "answer"
	FieldCriteria     FieldID = "criteria"
	FieldShare        FieldID = "share"
	FieldBasis        FieldID = "basis"
	FieldFit          FieldID = "fit"
	FieldWalkAway     FieldID = "walk-away"
)
