package playbook

import "slices"

// Position is a place on the line: 0 is make it for less, 100 sell it for more.
type Position int

// stops are the named places, from one end to the other.
var stops = []struct {
	name string
	at   Position
}{
	{"make-it-for-less", 0}, {"lean-less", 25}, {"middle", 50}, {"lean-more", 75}, {"sell-it-for-more", 100},
}

// StopNames returns the names of the stops, from 0 to 100.
func StopNames() []string {
	var names []string
	for _, s := range stops {
		names = append(names, s.name)
	}
	return names
}

// ParseStop returns the position of a stop.
func ParseStop(name string) (Position, bool) {
	i := slices.Index(StopNames(), name)
	if i < 0 {
		return 0, false
	}
	return stops[i].at, true
}

// Stop returns the index of the nearest stop, 0 to 4; half-way counts to the
// higher one.
func (p Position) Stop() int { return min((int(p)+12)/25, 4) }
