package render

import (
	"testing"

	"pgregory.net/rapid"

	"plumb/generator/playbook"
	"plumb/generator/site"
)

// TestNoDotHidesAnother draws rows of playbooks at random places: in one lane
// neither a dot nor its label may overlap another's.
func TestNoDotHidesAnother(t *testing.T) {
	var r Renderer
	for p := range r.places {
		r.places[p].Value = p
	}
	rapid.Check(t, func(t *rapid.T) {
		var list []*site.Playbook
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, 100), 1, 40).Draw(t, "positions") {
			title := rapid.StringMatching(`[a-z ]{1,60}`).Draw(t, "title")
			list = append(list, &site.Playbook{Page: site.Page{Page: &playbook.Page{Title: title}}, Position: playbook.Position(at)})
		}
		row := r.row("index.html", Link{}, list)
		if len(row.Dots) != len(list) {
			t.Fatalf("%d dots of %d playbooks", len(row.Dots), len(list))
		}
		lanes := map[int][]interval{}
		for _, d := range row.Dots {
			if d.Lane < 0 || d.Lane >= row.Lanes {
				t.Fatalf("lane %d of %d", d.Lane, row.Lanes)
			}
			if overlaps(lanes[d.Lane], extent(d)) {
				t.Fatalf("%q at %d overlaps another in lane %d", d.Text, d.Position.Value, d.Lane)
			}
			lanes[d.Lane] = append(lanes[d.Lane], extent(d))
		}
		if len(lanes) != row.Lanes {
			t.Fatalf("%d lanes are in use, of %d", len(lanes), row.Lanes)
		}
	})
}
