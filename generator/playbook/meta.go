package playbook

import (
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/text/language"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// metaKeys are the keys of front matter, for near misses.
var metaKeys = []string{
	"title", "position", "segment", "segments", "position_reason", "owner", "reviewed", "review_every", "status",
	"audience", "lang", "aliases", "illustrative", "changed", "publish_from", "expires", "extra",
}

// foreignKeys are keys of other tools that hide or date a page there; to
// ignore one would publish what its author meant to keep back.
var foreignKeys = map[string]string{
	"draft": "status: draft", "published": "status: draft, or status: live", "private": "audience: …, or status: draft",
	"hidden": "status: retired, or status: draft", "unlisted": "status: retired", "visibility": "audience: …",
	"publish": "status: draft, or status: live", "publishDate": "publish_from: 2026-03-02", "publishdate": "publish_from: 2026-03-02",
	"expiryDate": "expires: 2026-03-02", "expirydate": "expires: 2026-03-02", "unpublishDate": "expires: 2026-03-02",
	"access": "audience: …", "permissions": "audience: …", "_build": "status: draft", "headless": "status: draft", "archived": "status: retired",
	"password": "audience: …", "search_exclude": "status: retired", "noindex": "illustrative: true, or indexing: in plumb.yaml",
}

// metaReader decodes front matter.
type metaReader struct {
	source.Reader
	config *config.Config
	meta   Meta
	// segment and segments may not both stand.
	segmentKey source.Span
	hasSegment bool
}

func readMeta(f *source.File, n *source.Node, c *config.Config) (Meta, []diag.Diagnostic) {
	r := &metaReader{Reader: source.Reader{File: f}, config: c}
	if !source.Absent(n) {
		for _, field := range n.Fields {
			r.key(field)
		}
		r.pair(n)
	}
	return r.meta, r.List
}

func (r *metaReader) key(f source.Field) {
	m := &r.meta
	switch f.Key {
	case "title":
		m.Title = r.Text(f.Value)
	case "position":
		r.position(f)
	case "segment", "segments":
		r.segments(f)
	case "position_reason":
		m.PositionReason = r.Text(f.Value).Text
	case "owner":
		m.Owner = r.Text(f.Value)
	case "reviewed":
		m.Reviewed = r.Date(f.Value)
		m.ReviewedSpan = f.Value.Span
	case "review_every":
		m.ReviewEvery = r.Period(f.Value)
	case "status":
		r.status(f)
	case "audience":
		r.audience(f)
	case "lang":
		r.lang(f)
	case "aliases":
		m.Aliases = r.Texts(f.Value)
	case "illustrative":
		m.Illustrative = r.Bool(f.Value)
	case "changed":
		m.Changed = r.Date(f.Value)
	case "publish_from":
		m.PublishFrom = r.Date(f.Value)
	case "expires":
		m.Expires = r.Date(f.Value)
	case "extra":
		m.Extra = f.Value
		r.Map(f.Value, "values for the theme by their keys", "colour: blue", func(source.Field) {})
	default:
		r.unknown(f)
	}
}

func (r *metaReader) unknown(f source.Field) {
	if ours, foreign := foreignKeys[f.Key]; foreign {
		r.Fail(diag.ForeignKey, f.Span, fmt.Sprintf("“%s” is a key of another tool; Plumb would publish the page all the same", f.Key), "write "+ours)
		return
	}
	if near := diag.Nearest(f.Key, metaKeys); near != "" && len(f.Key) > 3 {
		r.Fail(diag.MisspelledKey, f.Span, fmt.Sprintf("“%s” is no key of front matter", f.Key), "did you mean “"+near+"”?")
		return
	}
	r.List = append(r.List, diag.New(diag.Note, diag.UnknownKey, r.Place(f.Span),
		fmt.Sprintf("“%s” is no key that Plumb reads", f.Key), "put keys for a theme under extra:"))
}

func (r *metaReader) position(f source.Field) {
	v := r.Text(f.Value)
	if v.Text == "" {
		return
	}
	r.meta.PositionSpan = v.Span
	p, ok := ParseStop(v.Text)
	if !ok {
		n, err := strconv.Atoi(v.Text)
		if err != nil || n < 0 || n > 100 {
			r.Fail(diag.BadPosition, v.Span, fmt.Sprintf("“%s” is no place on the line", v.Text), positionHint(v.Text))
		}
		p = Position(n)
	}
	r.meta.Position = &p
}

func positionHint(text string) string {
	if near := diag.Nearest(text, StopNames()); near != "" {
		return "did you mean “" + near + "”?"
	}
	return "write a whole number from 0 (make it for less) to 100 (sell it for more), or a stop: make-it-for-less, lean-less, middle, lean-more, sell-it-for-more"
}

func (r *metaReader) segments(f source.Field) {
	if r.hasSegment {
		r.Fail(diag.KeyTwice, f.Span, "“segment” and “segments” both stand here", "keep one of the two; it takes an id or a list of ids")
		return
	}
	r.hasSegment, r.segmentKey = true, f.Span
	for _, v := range r.Texts(f.Value) {
		if slices.ContainsFunc(r.meta.Segments, func(w source.Value) bool { return w.Text == v.Text }) {
			r.Fail(diag.KeyTwice, v.Span, fmt.Sprintf("the segment “%s” stands twice", v.Text), "keep one of the two")
			continue
		}
		if v.Text != "" && !config.IsID(v.Text) {
			r.Fail(diag.BadID, v.Span, fmt.Sprintf("“%s” is no id of a segment", v.Text), r.segmentHint(v.Text))
			continue
		}
		if v.Text != "" {
			r.meta.Segments = append(r.meta.Segments, v)
		}
	}
}

// segmentHint names the declared segment that was meant, else the id that the
// text makes.
func (r *metaReader) segmentHint(text string) string {
	for _, s := range r.config.Segments {
		if config.Slug(s.Title) == config.Slug(text) || s.ID == config.Slug(text) {
			return "did you mean “" + s.ID + "”?"
		}
	}
	return "use lower-case letters, digits and hyphens: " + config.Slug(text)
}

// pair checks that a playbook has both a position and a segment.
func (r *metaReader) pair(n *source.Node) {
	hasPosition := n.Get("position") != nil
	switch {
	case hasPosition && !r.hasSegment:
		r.Fail(diag.SegmentMissing, keySpan(n, "position"), "a playbook with a position needs a segment", "add a line: segment: "+r.anySegment())
	case r.hasSegment && !hasPosition:
		r.Fail(diag.PositionMissing, r.segmentKey, "a playbook with a segment needs a position on the line", "add a line: position: 0 to 100, or a stop such as lean-more")
	case hasPosition && source.Absent(n.Get("position")):
		r.Fail(diag.PositionMissing, keySpan(n, "position"), "the position is empty", positionHint(""))
	case r.hasSegment && len(r.meta.Segments) == 0 && len(r.List) == 0:
		r.Fail(diag.SegmentMissing, r.segmentKey, "the segment is empty", "write its id: segment: "+r.anySegment())
	}
}

func (r *metaReader) anySegment() string {
	if len(r.config.Segments) > 0 {
		return r.config.Segments[0].ID
	}
	return "mid-size-contractors"
}

func keySpan(n *source.Node, key string) source.Span {
	for _, f := range n.Fields {
		if f.Key == key {
			return f.Span
		}
	}
	return n.Span
}

func (r *metaReader) status(f source.Field) {
	v := r.Text(f.Value)
	switch v.Text {
	case "", "live":
	case "draft":
		r.meta.Status = Draft
	case "retired":
		r.meta.Status = Retired
	default:
		r.Fail(diag.BadStatus, v.Span, fmt.Sprintf("“%s” is no status", v.Text), diag.DidYouMean(v.Text, []string{"draft", "live", "retired"}))
	}
}

func (r *metaReader) audience(f source.Field) {
	v := r.Text(f.Value)
	if v.Text != "" && !r.config.Broken && !r.config.HasAudience(v.Text) {
		r.Fail(diag.UnknownAudience, v.Span, fmt.Sprintf("no audience is called “%s”", v.Text), config.AudienceHint(v.Text, r.config.Audiences))
	}
	if v.Text == "" {
		r.Fail(diag.UnknownAudience, f.Span, "the audience is empty", "name one, or leave the line out")
	}
	r.meta.Audience = v
}

func (r *metaReader) lang(f source.Field) {
	v := r.Text(f.Value)
	if v.Text == "" {
		return
	}
	tag, err := language.Parse(v.Text)
	if err != nil {
		r.Fail(diag.BadLanguage, v.Span, fmt.Sprintf("“%s” is no language tag", v.Text), "write a BCP 47 tag: en, de, pt-BR, ja")
		return
	}
	r.meta.Lang = tag.String()
}
