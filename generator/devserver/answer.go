package devserver

import (
	"bytes"
	"embed"
	"fmt"
	"html"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"plumb/generator/diag"
	"plumb/generator/output"
)

const (
	home         = "index.html"
	notFoundPage = "404.html"
	playbooks    = "playbooks/"

	found    = http.StatusOK
	notFound = http.StatusNotFound

	htmlType   = "text/html; charset=utf-8"
	textType   = "text/plain; charset=utf-8"
	jsonType   = "application/json"
	scriptType = "text/javascript; charset=utf-8"

	eventsAddress  = "/.plumb/events"
	inspectAddress = "/.plumb/inspect"
	scriptAddress  = "/.plumb/preview.js"
	styleAddress   = "/.plumb/preview.css"
)

//go:embed assets
var assets embed.FS

// previewScript joins the parts of the script, those first that others need, in
// a block: the scripts of the site do not see their names.
func previewScript() []byte {
	script := []byte("'use strict';\n{\n")
	for _, part := range []string{"page", "tool", "panel", "preview"} {
		script = append(script, asset(part+".js")...)
	}
	return append(script, "}\n"...)
}

func asset(name string) []byte {
	data, _ := assets.ReadFile("assets/" + name) // embedded: it is there
	return data
}

// policy is that of the built site, and no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// protect sets what every answer says, refusals included.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
}

// answer is what an address says.
type answer struct {
	status int
	kind   string // the media type
	body   []byte
	sum    output.Sum // of the body; zero for a refusal
	stale  bool       // the last good bytes, kept while an error stands
	bare   bool       // stands for a page that could not be made
}

// send writes the answer; 200 with all that goes with a file: 304, ranges.
func (a answer) send(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", a.kind)
	if a.status == found {
		w.Header().Set("ETag", `"`+a.sum.String()+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
		return
	}
	if a.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	w.Write(a.body)
}

// pageOf returns the path of the file that an address without its query means.
func pageOf(address string) string {
	page := strings.TrimPrefix(address, "/")
	if page == "" || strings.HasSuffix(page, "/") {
		page += home
	}
	return page
}

// ownAnswers are the files of the preview itself, by address.
func ownAnswers() map[string]answer {
	script, style := previewScript(), asset("preview.css")
	return map[string]answer{
		scriptAddress: {status: found, kind: scriptType, body: script, sum: output.SumOf(script)},
		styleAddress:  {status: found, kind: typeOf(".css"), body: style, sum: output.SumOf(style)},
	}
}

// fileAnswer answers with a file, a page with the preview's script in it.
func fileAnswer(f output.File, stale bool) answer {
	a := answer{status: found, kind: typeOf(f.Path), body: f.Data, sum: f.Sum, stale: stale}
	if a.kind == htmlType {
		a.body = inject(f.Data)
		a.sum = output.SumOf(a.body)
	}
	return a
}

const scriptTag = `<script src="` + scriptAddress + `" defer></script>`

var (
	headEnd = regexp.MustCompile(`(?i)</head[\s>]`)
	// doctype must stay first: a browser lays out a page differently without it.
	doctype = regexp.MustCompile(`(?is)^(?:\x{FEFF}|\s|<!--.*?-->)*<!doctype[^>]*>`)
)

// inject returns a copy of a page with the preview's script in its head.
func inject(page []byte) []byte {
	at := 0
	if end := headEnd.FindIndex(page); end != nil {
		at = end[0]
	} else if first := doctype.FindIndex(page); first != nil {
		at = first[1]
	}
	out := make([]byte, 0, len(page)+len(scriptTag))
	out = append(append(out, page[:at]...), scriptTag...)
	return append(out, page[at:]...)
}

const barePage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title>` + scriptTag + `</head>
<body><main><h1>%[1]s</h1><p>%s</p>%s</main></body>
</html>
`

// bare returns the page that stands where none could be made; the findings are
// in it for those who run no script.
func (m *moment) bare(status int) answer {
	title, text, findings := "Plumb", "The site is being built; it appears here by itself.", ""
	switch {
	case m.failed() && status == found:
		title, text = "This page is not built yet", "An error keeps it from being made. It appears here by itself as soon as that is mended."
	case m.build > 0:
		title, text = "There is no page at this address", "It appears here by itself as soon as there is one."
	}
	if shown, _ := m.findings(""); len(shown) > 0 {
		var b strings.Builder
		diag.Text{}.Print(&b, shown) // a strings.Builder takes everything
		findings = "<noscript><pre>" + html.EscapeString(b.String()) + "</pre></noscript>"
	}
	body := fmt.Appendf(nil, barePage, title, text, findings)
	return answer{status: status, kind: htmlType, body: body, sum: output.SumOf(body), bare: true}
}

// typeOf returns the media type of a file by the end of its name. The table is
// fixed, for those of machines differ; what is not in it is saved, not shown.
func typeOf(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

var types = map[string]string{
	".html": htmlType, ".htm": htmlType,
	".css": "text/css; charset=utf-8", ".js": scriptType, ".mjs": scriptType,
	".json": jsonType, ".webmanifest": "application/manifest+json",
	".xml": "text/xml; charset=utf-8", ".txt": textType, ".md": textType, ".csv": "text/csv; charset=utf-8",
	".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".bmp": "image/bmp",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".pdf": "application/pdf", ".zip": "application/zip",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav",
	".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".odp": "application/vnd.oasis.opendocument.presentation",
}
