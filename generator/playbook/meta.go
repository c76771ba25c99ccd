package playbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
)

// metaKeys are the keys of front matter, for near misses.
var metaKeys = []string{
	"title", "position", "segment", "segments", "position_reason", "stance", "owner", "reviewed", "review_every", "status",
	"audience", "lang", "aliases", "illustrative", "changed", "publish_from", "expires", "extra",
}

// foreignKeys are keys of other tools that hide or date a page there, in lower
// case without hyphens and underscores; to ignore one would publish what its
// author meant to keep back.
var foreignKeys = map[string]string{
	"draft": "status: draft", "isdraft": "status: draft", "wip": "status: draft", "headless": "status: draft", "build": "status: draft",
	"published": "status: draft, or status: live", "publish": "status: draft, or status: live", "public": "status: draft, or status: live",
	"ispublished": "status: draft, or status: live", "visible": "status: draft, or status: live",
	"private": "audience: …, or status: draft", "confidential": "audience: …, or status: draft", "restricted": "audience: …, or status: draft",
	"internal": "audience: …, or status: draft", "password": "audience: …, or status: draft", "protected": "audience: …, or status: draft",
	"visibility": "audience: …", "access": "audience: …", "permissions": "audience: …", "classification": "audience: …",
	"hidden": "status: retired, or status: draft", "unlisted": "status: retired", "archived": "status: retired",
	"searchexclude": "status: retired", "excludefromsearch": "status: retired",
	"noindex":     "illustrative: true, or indexing: in plumb.yaml",
	"publishdate": "publish_from: 2026-03-02", "publishon": "publish_from: 2026-03-02", "publishat": "publish_from: 2026-03-02", "embargo": "publish_from: 2026-03-02",
	"expirydate": "expires: 2026-03-02", "expirationdate": "expires: 2026-03-02", "expiry": "expires: 2026-03-02",
	"unpublishdate": "expires: 2026-03-02", "unpublishon": "expires: 2026-03-02", "validuntil": "expires: 2026-03-02",
}

// likeKeys are harmless keys of other tools with what Plumb has for them.
var likeKeys = map[string]string{
	"date": "reviewed:, changed: or publish_from:", "lastmod": "changed:", "updated": "changed:", "language": "lang:", "locale": "lang:",
	"author": "owner:", "redirectfrom": "aliases:", "alias": "aliases:",
}

// metaReader decodes front matter.
type metaReader struct {
	source.Reader
	config *config.Config
	meta   Meta
	// segment and segments may not both stand.
	segmentKey source.Span
	hasSegment bool
	// misspelled are the keys that were meant by others.
	misspelled []string
	node       *source.Node
	// taken are the keys that stand there, or that a fix is to write; nil until
	// one is.
	taken map[string]bool
}

func readMeta(f *source.File, n *source.Node, c *config.Config) (Meta, []diag.Diagnostic) {
	r := &metaReader{Reader: source.Reader{File: f}, config: c, node: n}
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
	case "stance":
		m.Stance = r.Text(f.Value).Text
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
		r.Map(f.Value, "keys with values for the theme", "colour: blue", func(source.Field) {})
	default:
		r.unknown(f)
	}
}

func (r *metaReader) unknown(f source.Field) {
	if ours, foreign := foreignKeys[plainKey(f.Key)]; foreign {
		r.Fail(diag.ForeignKey, f.Span, fmt.Sprintf("“%s” is a key of another tool, and does not keep this page back here", f.Key), foreignHint(ours, f.Value))
		r.mendForeign(f, ours)
		return
	}
	if near := nearKey(f.Key); near != "" {
		r.Fail(diag.MisspelledKey, f.Span, fmt.Sprintf("“%s” is no key of front matter", f.Key), "did you mean “"+near+"”?")
		r.misspelled = append(r.misspelled, near)
		if r.take(near) {
			r.Mend(f.Key, near)
		}
		return
	}
	hint := "put keys for a theme under extra:"
	if ours := likeKeys[plainKey(f.Key)]; ours != "" {
		hint = "write " + ours + ", if that is meant"
	}
	r.List = append(r.List, diag.New(diag.Note, diag.UnknownKey, r.Place(f.Span), fmt.Sprintf("“%s” is no key that Plumb reads", f.Key), hint))
}

// sameKey returns one of two keys that may not both stand in front matter.
func sameKey(key string) string {
	if key == "segments" {
		return "segment"
	}
	return key
}

// free reports whether a fix may write a key: it may stand only once.
func (r *metaReader) free(key string) bool {
	if r.taken == nil {
		r.taken = map[string]bool{}
		for _, f := range r.node.Fields {
			r.taken[sameKey(f.Key)] = true
		}
	}
	return !r.taken[sameKey(key)]
}

// take is free, for the one that asks first.
func (r *metaReader) take(key string) bool {
	free := r.free(key)
	r.taken[sameKey(key)] = true
	return free
}

// nearKey returns the key that was most likely meant; a word of three letters
// is too short to tell.
func nearKey(key string) string {
	if len(key) <= 3 && !slices.Contains(metaKeys, strings.ToLower(key)) {
		return ""
	}
	return diag.Nearest(key, metaKeys)
}

// plainKey returns a key in the form in which foreignKeys has it.
func plainKey(key string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(key))
}

// foreignHint writes Plumb's spelling with the author's own value. A page that
// the key does not keep back needs no key.
func foreignHint(ours string, v *source.Node) string {
	hides := strings.Contains(ours, "live") == strings.EqualFold(v.Value, "false")
	if v.Kind == source.Bool && !hides {
		return "leave the line out: a page is published unless it says otherwise"
	}
	if before, ok := strings.CutSuffix(ours, "2026-03-02"); ok && v.Value != "" {
		return "write " + before + v.Value
	}
	return "write " + strings.TrimSuffix(ours, ", or status: live")
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
			r.Mend(v.Text, meantPosition(v.Text))
			n = 0
		}
		p = Position(n)
	}
	r.meta.Position = &p
}

// meantPosition returns the place that a text means, "" where it has to be
// rounded or is not clear.
func meantPosition(text string) string {
	if near := diag.Nearest(text, StopNames()); near != "" {
		return near
	}
	n, err := strconv.ParseFloat(strings.TrimRight(text, "% "), 64)
	if err != nil || n < 0 || n > 100 || n != float64(int(n)) {
		return ""
	}
	return strconv.Itoa(int(n))
}

func positionHint(text string) string {
	if near := diag.Nearest(text, StopNames()); near != "" {
		return "did you mean “" + near + "”?"
	}
	if n, err := strconv.ParseFloat(strings.TrimRight(text, "% "), 64); err == nil && n >= 0 && n <= 100 {
		return fmt.Sprintf("write a whole number: %.0f", n)
	}
	return "write a whole number from 0 (make it for less) to 100 (sell it for more), or a stop: make-it-for-less, lean-less, middle, lean-more, sell-it-for-more"
}

func (r *metaReader) segments(f source.Field) {
	if r.hasSegment {
		r.Fail(diag.KeyTwice, f.Span, "“segment” and “segments” both stand here", "keep one of the two; it takes an id or a list of ids")
		return
	}
	r.hasSegment, r.segmentKey = true, f.Span
	list := r.Texts(f.Value)
	for _, v := range list {
		v.Text = config.Compose(v.Text)
		if slices.ContainsFunc(r.meta.Segments, func(w source.Value) bool { return w.Text == v.Text }) {
			r.Fail(diag.KeyTwice, v.Span, fmt.Sprintf("the segment “%s” stands twice", v.Text), "keep one of the two")
			continue
		}
		if v.Text != "" && !config.IsID(v.Text) {
			r.Fail(diag.BadID, v.Span, fmt.Sprintf("“%s” is no id of a segment", v.Text), r.segmentHint(v.Text))
			if id := r.meantSegment(v.Text); id != "" && !slices.ContainsFunc(list, func(w source.Value) bool { return w.Text == id }) && r.take("segment "+id) {
				r.Mend(v.Text, id)
			}
			continue
		}
		if v.Text != "" {
			r.meta.Segments = append(r.meta.Segments, v)
		}
	}
}

// meantSegment returns the declared segment that was meant, or the id that the
// text makes where none is declared.
func (r *metaReader) meantSegment(text string) string {
	for _, s := range r.config.Segments {
		if config.Slug(s.Title) == config.Slug(text) || s.ID == config.Slug(text) {
			return s.ID
		}
	}
	if r.config.Segments == nil && !r.config.Broken {
		return config.Slug(text)
	}
	return ""
}

// segmentHint names the declared segment that was meant, else the id that the
// text makes.
func (r *metaReader) segmentHint(text string) string {
	if id := r.meantSegment(text); id != "" && r.config.Segments != nil {
		return "did you mean “" + id + "”?"
	}
	return "use lower-case letters, digits and hyphens: " + config.Slug(text)
}

// pair checks that a playbook has both a position and a segment.
func (r *metaReader) pair(n *source.Node) {
	hasPosition := n.Get("position") != nil
	meant := func(key string) bool { return slices.Contains(r.misspelled, key) }
	switch {
	case meant("position") || meant("segment") || meant("segments"):
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
		r.Fail(diag.BadStatus, v.Span, fmt.Sprintf("“%s” is no status", v.Text), statusHint(v.Text))
		r.Mend(v.Text, meantStatus(v.Text))
	}
}

// otherStatus are words of other tools.
var otherStatus = map[string]string{
	"published": "live", "public": "live", "active": "live", "final": "live", "approved": "live", "publish": "live",
	"wip": "draft", "unpublished": "draft", "in progress": "draft", "private": "draft", "pending": "draft", "hidden": "draft", "review": "draft",
	"archived": "retired", "deprecated": "retired", "obsolete": "retired", "superseded": "retired", "inactive": "retired",
}

func statusHint(text string) string {
	if ours := otherStatus[strings.ToLower(text)]; ours != "" {
		return "write " + ours
	}
	return diag.DidYouMean(text, statuses)
}

var statuses = []string{"draft", "live", "retired"}

func meantStatus(text string) string {
	if ours := otherStatus[strings.ToLower(text)]; ours != "" {
		return ours
	}
	return diag.Meant(text, statuses)
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
		r.Fail(diag.BadLanguage, v.Span, fmt.Sprintf("“%s” is no language tag", v.Text), config.LanguageHint(v.Text))
		r.Mend(v.Text, config.LanguageTag(v.Text))
		return
	}
	r.meta.Lang = tag.String()
}
