package render

import (
	"bytes"
	"strings"
)

// Pages that stand for another one.
const (
	missingPage = "404.html"
	offlinePage = "offline.html"
)

const manifestPath = "manifest.webmanifest"

// The icons of a theme, from the root. A maskable one fills its square, and the
// mark stands within the circle that every device leaves of it.
const (
	smallIcon    = "theme/icon-192.png"
	largeIcon    = "theme/icon-512.png"
	maskableIcon = "theme/icon-maskable.png"
)

// paper is the default theme's background in light, as the screen that a device
// shows while an installed site starts needs it.
const paper = "#fdfcf9"

// manifest is what a device needs to install the site. All addresses are
// relative, so that it holds wherever the site stands; home is named as a file,
// for not every host knows a folder's index.
func (r *Renderer) manifest() Page {
	return Page{
		Path: manifestPath,
		data: func(dst *bytes.Buffer) {
			appendJSON(dst, manifest{
				Name: r.chrome.Title, ShortName: shortName(r.chrome.Title), Lang: r.chrome.Lang, Dir: direction(r.chrome.Lang),
				StartURL: "index.html", Scope: ".",
				// With a way back: a page is often opened from a message.
				Display:    "minimal-ui",
				Background: paper, Theme: paper,
				Icons: []icon{
					{smallIcon, "192x192", "image/png", "any"},
					{largeIcon, "512x512", "image/png", "any"},
					{maskableIcon, "512x512", "image/png", "maskable"},
					{r.chrome.Icon, "any", "image/svg+xml", "any"},
				},
			})
		},
		needs: func(*inputs) {},
	}
}

type manifest struct {
	Name       string `json:"name"`
	ShortName  string `json:"short_name"`
	Lang       string `json:"lang"`
	Dir        string `json:"dir"`
	StartURL   string `json:"start_url"`
	Scope      string `json:"scope"`
	Display    string `json:"display"`
	Background string `json:"background_color"`
	Theme      string `json:"theme_color"`
	Icons      []icon `json:"icons"`
}

type icon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

// shortNameRunes is what fits below an icon.
const shortNameRunes = 12

// shortName returns the first words of a title that fit below an icon.
func shortName(title string) string {
	var name []rune
	for word := range strings.FieldsSeq(title) {
		longer := []rune(strings.TrimSpace(string(name) + " " + word))
		if len(longer) > shortNameRunes && len(name) > 0 {
			break
		}
		name = longer
	}
	return string(name[:min(len(name), shortNameRunes)])
}

// offline is the page that a reader without a connection is led to from one
// that is not on the device.
func (r *Renderer) offline() Page {
	return Page{Path: offlinePage, Layout: "offline", needs: func(*inputs) {}, view: func() View {
		return View{Title: r.theme.Text("offline.heading"), NoIndex: true}
	}}
}
