package themes_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"plumb/generator/render"
)

// TestPromises holds every page to what the site promises its readers: one
// heading of the first level and one main part, no script or style of its own,
// nothing from another host, pictures of the theme's own hidden from screen
// readers because the words beside them say the same, and what a button opens.
func TestPromises(t *testing.T) {
	th := load(t, "en")
	for name, v := range views() {
		render.Enclose(th, &v)
		var page bytes.Buffer
		if list := th.Execute(&page, v.Kind, &v); len(list) > 0 {
			t.Fatalf("%s: %v", name, list)
		}
		doc, err := html.Parse(&page)
		if err != nil {
			t.Fatal(err)
		}
		count, ids := map[string]int{}, map[string]bool{}
		var opened []string
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode {
				count[n.Data]++
				ids[attribute(n, "id")] = true
				opened = append(opened, attribute(n, "popovertarget"))
				promises(t, name, n)
			}
		}
		for _, id := range opened {
			if id != "" && !ids[id] {
				t.Errorf("%s: a button opens “%s”, which is not there", name, id)
			}
		}
		if count["h1"] != 1 || count["main"] != 1 || count["title"] != 1 || count["style"] > 0 {
			t.Errorf("%s: %v", name, count)
		}
	}
}

func promises(t *testing.T, page string, n *html.Node) {
	hidden := false
	for _, a := range n.Attr {
		switch {
		case a.Key == "style", strings.HasPrefix(a.Key, "on"):
			t.Errorf("%s: <%s %s>", page, n.Data, a.Key)
		case (a.Key == "href" || a.Key == "src") && strings.Contains(a.Val, "//") && attribute(n, "rel") != "canonical":
			t.Errorf("%s: <%s> asks another host: %s", page, n.Data, a.Val)
		}
		hidden = hidden || a.Key == "aria-hidden"
	}
	if n.Data == "svg" && !hidden {
		t.Errorf("%s: a picture that is read out", page)
	}
	if n.Data == "script" && (attribute(n, "src") == "" || n.FirstChild != nil) {
		t.Errorf("%s: a script that is not a file", page)
	}
	if n.Data == "nav" && attribute(n, "aria-label") == "" {
		t.Errorf("%s: a navigation without a name", page)
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestRootRelative404 has the one page that is served at any address lead back.
func TestRootRelative404(t *testing.T) {
	var page bytes.Buffer
	th, v := load(t, "en"), views()["404"]
	render.Enclose(th, &v)
	if list := th.Execute(&page, "404", &v); len(list) > 0 {
		t.Fatal(list)
	}
	for _, want := range []string{`href="/sales/theme/plumb.css"`, `href="/sales/index.html"`, `href="/sales/segments.html"`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestStyleSheetIsSmall keeps the style sheet to what a phone loads at once.
func TestStyleSheetIsSmall(t *testing.T) {
	for _, a := range load(t, "en").Assets() {
		if n := compressed(t, a.Data); n > 9<<10 {
			t.Errorf("%s has %d bytes compressed", a.Path, n)
		}
	}
}

// TestPlacesAreTensAndUnits: the style sheet knows every place on the line by
// two classes.
func TestPlacesAreTensAndUnits(t *testing.T) {
	var sheet string
	for _, a := range load(t, "en").Assets() {
		if a.Path == "theme/plumb.css" {
			sheet = string(a.Data)
		}
	}
	for n := range 11 {
		if rule := fmt.Sprintf(".t%d{--t:%d}", n, 10*n); !strings.Contains(sheet, rule) {
			t.Errorf("there is no %s", rule)
		}
	}
	for n := 1; n < 10; n++ {
		if rule := fmt.Sprintf(".u%d{--p:calc(var(--t) + %d)}", n, n); !strings.Contains(sheet, rule) {
			t.Errorf("there is no %s", rule)
		}
	}
	if !strings.Contains(sheet, ".u0{--p:var(--t)}") {
		t.Error("there is no .u0")
	}
}

// TestPlaybookIsSmall does the same for a playbook with all that it may have.
func TestPlaybookIsSmall(t *testing.T) {
	var page bytes.Buffer
	th, v := load(t, "en"), playbookView()
	render.Enclose(th, &v)
	if list := th.Execute(&page, "playbook", &v); len(list) > 0 {
		t.Fatal(list)
	}
	if n := compressed(t, page.Bytes()); n > 12<<10 {
		t.Errorf("a playbook has %d bytes compressed", n)
	}
}

func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Write(data); err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
