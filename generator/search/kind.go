package search

// Kind is what an entry is.
type Kind uint8

// The kinds, in the order in which readers list them.
const (
	KindPlaybook Kind = iota
	KindTask
	KindObjection
	KindProcess
	KindMetric
	KindAsset
	KindBuyer
	KindSection
	KindPage
	kindCount
)

// kindNames are the kinds as the index and addresses write them.
var kindNames = [kindCount]string{"playbook", "task", "objection", "process", "metric", "asset", "buyer", "section", "page"}

// String returns the name that the index and addresses use.
func (k Kind) String() string {
	if k < kindCount {
		return kindNames[k]
	}
	return ""
}

// KindNamed returns the kind of that name.
func KindNamed(name string) (Kind, bool) {
	for k, n := range kindNames {
		if n == name {
			return Kind(k), true
		}
	}
	return 0, false
}

// Kinds returns all kinds in their order.
func Kinds() []Kind {
	all := make([]Kind, kindCount)
	for k := range all {
		all[k] = Kind(k)
	}
	return all
}
