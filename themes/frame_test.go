package themes_test

import (
	"bytes"
	"html/template"
	"testing"

	"plumb/generator/render"
)

// TestFrameSaysNothingOfAPage holds the layouts that are made once for many pages to
// what each page would have made of them.
func TestFrameSaysNothingOfAPage(t *testing.T) {
	th := load(t, "en")
	for name, v := range views() {
		if list := render.Enclose(th, &v); len(list) > 0 {
			t.Fatalf("%s: %v", name, list)
		}
		for layout, shared := range map[string]template.HTML{"head": v.Frame.Links, "bar": v.Frame.Bar, "scale": v.Frame.Scale, "brand": v.Frame.Home, "foot": v.Frame.Foot} {
			var own bytes.Buffer
			if list := th.Execute(&own, layout, &v); len(list) > 0 || own.String() != string(shared) || shared == "" {
				t.Errorf("%s: %s is %q for all pages, %q for this one %v", name, layout, shared, own.String(), list)
			}
		}
	}
}
