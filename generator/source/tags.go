package source

import (
	"bytes"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// This file tells what was meant as front matter from ordinary text. It is the
// one place where Plumb guesses, and it guesses towards an error: to show the
// marks of a draft as text does more harm than to ask for *** where a rule of
// dashes was meant.

// knownTags are keys that front matter has, here or with other tools: a line
// that begins with one of them is hardly prose.
var knownTags = []string{
	"title", "position", "segment", "segments", "position_reason", "stance", "owner", "reviewed", "review_every", "status",
	"audience", "lang", "aliases", "illustrative", "changed", "publish_from", "expires", "extra",
	"draft", "published", "private", "hidden", "unlisted", "visibility", "publish", "publishdate", "publish_date",
	"expirydate", "expiry_date", "password", "access", "permissions",
	"date", "tags", "categories", "layout", "permalink", "slug", "weight",
}

// hidingTags are those of them that keep a page back or make it a playbook.
var hidingTags = []string{
	"position", "segment", "segments", "status", "audience", "publish_from", "expires",
	"draft", "published", "private", "hidden", "unlisted", "visibility", "publish", "publishdate", "expirydate",
}

var tagLine = regexp.MustCompile(`^["']?([\pL][\pL\pN_-]*)["']?\s*:(.?)`)

// tag returns the key of a line that looks like an entry of front matter, in
// lower case: a key of lower-case letters, or one that is known, however it is
// written. Prose such as “Note: …” begins with a capital.
func tag(line string) (string, bool) {
	m := tagLine.FindStringSubmatch(strings.TrimLeft(line, " \t-"))
	if m == nil {
		return "", false
	}
	key := strings.ToLower(m[1])
	if slices.Contains(knownTags, key) {
		return key, m[2] != "/"
	}
	plain := strings.IndexFunc(m[1], unicode.IsUpper) < 0 && (m[2] == "" || m[2] == " " || m[2] == "\t")
	return key, plain && line[0] != '-' && line[0] != ' ' && line[0] != '\t'
}

func isTag(line string) bool {
	_, ok := tag(line)
	return ok
}

func isKnown(line string) bool {
	key, ok := tag(line)
	return ok && slices.Contains(knownTags, key)
}

// bare returns a line without white space around it, and without the signs
// that no editor shows.
func bare(line string) string {
	return strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

func isFence(line string) bool { return strings.TrimRight(line, " \t") == "---" }

// isDots reports whether a line ends a YAML document; some tools close front
// matter with it.
func isDots(line string) bool { return strings.TrimRight(line, " \t") == "..." }

// dashes are what editors make of hyphens.
const dashes = "-‐‑‒–—―−"

// isClosingLike reports whether a line is a closing fence with a slip:
// indented, with more dashes, or with dashes that an editor joined.
func isClosingLike(line string) bool {
	t := bare(line)
	joined := strings.Trim(t, dashes) == "" && t != "" && (len([]rune(t)) >= 3 || strings.ContainsAny(t, "–—―"))
	return !isFence(line) && (joined || t == "..." && !isDots(line))
}

// isFenceLike reports whether a line is an opening fence with a slip: one like
// those of [isClosingLike], two dashes, dashes apart, or a format behind them.
func isFenceLike(line string) bool {
	if isClosingLike(line) {
		return true
	}
	t := bare(line)
	behind := strings.ToLower(strings.TrimSpace(strings.TrimLeft(t, "-")))
	return t == "--" || strings.ReplaceAll(t, " ", "") == "---" && t != "---" ||
		strings.HasPrefix(t, "---") && (behind == "yaml" || behind == "yml" || behind == "json" || behind == "toml" || strings.HasPrefix(behind, "#"))
}

var webAddress = regexp.MustCompile(`^[a-z]+://\S`)

// isProse reports whether what follows a line of dashes at the top of a file is
// text, so that the line is a rule: it begins as a sentence or as Markdown
// does, and none of its first lines is a tag. An empty block is none. A line
// that begins with # is a heading, or a comment between tags.
func isProse(data []byte, at int) bool {
	const most = 20
	seen, headings := 0, 0
	for at < len(data) && seen < most {
		line, next := lineAt(data, at)
		text := strings.TrimSpace(line)
		switch {
		case isTag(line) || isTag(strings.TrimLeft(line, "# ")):
			return false
		case isFence(line) || isDots(line):
			return seen+headings > 0
		case text == "":
		case text[0] == '#':
			headings++
		case seen == 0 && !beginsText(text):
			return false
		default:
			seen++
		}
		at = next
	}
	return true
}

// beginsText reports whether a line begins as a sentence or as Markdown does,
// and not as YAML could: four words without the key of a tag are a sentence
// too.
func beginsText(line string) bool {
	r := []rune(line)[0]
	words := strings.Fields(line)
	return webAddress.MatchString(line) || len(words) >= 4 && unicode.IsLower(r) && !slices.Contains(knownTags, words[0]) ||
		unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.Is(unicode.Lo, r) || unicode.IsSymbol(r) && r != '=' || strings.ContainsRune("#(“‘«¿¡…_<|", r) ||
		strings.HasPrefix(line, "**") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "> ") ||
		strings.HasPrefix(line, "![") || strings.HasPrefix(line, "[") && strings.Contains(line, "](")
}

// tagsFrom reports whether a block of tags begins at an offset: the first line
// that says something is a tag, and it is a known one or nothing but tags
// follow up to a line that closes the block.
func tagsFrom(data []byte, at int) bool {
	tags := 0
	for at < len(data) {
		line, next := lineAt(data, at)
		switch {
		case isFence(line) || isFenceLike(line) || isDots(line):
			return tags > 0
		case isKnown(line):
			return true
		case isTag(line):
			tags++
		case strings.TrimSpace(line) == "" || line[0] == '#' && tags == 0:
		case tags == 0 || !strings.ContainsAny(line[:1], " \t-#"):
			return false
		}
		at = next
	}
	return false
}

// unopened reports whether a file begins with tags without a fence before
// them: the first lines up to a blank one are tags, and a fence closes them or
// one of them would keep the page back.
func unopened(data []byte) bool {
	known, hiding := false, false
	for at := 0; at < len(data); {
		line, next := lineAt(data, at)
		if strings.TrimSpace(line) == "" {
			return hiding
		}
		if isFence(line) || isFenceLike(line) {
			return known
		}
		key, ok := tag(line)
		if !ok {
			return false
		}
		known = known || slices.Contains(knownTags, key)
		hiding = hiding || slices.Contains(hidingTags, key)
		at = next
	}
	return hiding
}

var (
	jsonStart = regexp.MustCompile(`^\{\s*"[\pL][\pL\pN_-]*"\s*:`)
	tomlStart = regexp.MustCompile(`^\s*([#\[]|[\pL][\pL\pN_-]*\s*[=:])`)
)

// isForeign reports whether front matter of another format begins at an
// offset.
func isForeign(data []byte, at int) bool {
	line, next := lineAt(data, at)
	switch t := bare(line); {
	case t == "+++" || t == ";;;":
		below := bytes.TrimLeft(data[next:], "\n")
		return tomlStart.Match(below) || jsonStart.Match(below)
	case strings.HasPrefix(t, "{"):
		i := bytes.IndexByte(data[at:], '{')
		return jsonStart.Match(data[at+i : min(len(data), at+i+200)])
	}
	return false
}

// preamble yields the offsets of the lines at the top of a text: blank ones,
// comments and headings, up to the first line that is none of them, which it
// yields too.
func preamble(data []byte, from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := from; at < len(data); {
			if !yield(at) {
				return
			}
			line, next := lineAt(data, at)
			text := bare(line)
			if strings.HasPrefix(text, "<!--") {
				end := bytes.Index(data[at:], []byte("-->"))
				if end < 0 {
					return
				}
				_, next = lineAt(data, at+end)
			} else if text != "" && !isComment(text) && !(at == from && strings.HasPrefix(text, "```")) {
				return
			}
			at = next
		}
	}
}

// isComment reports whether a line is a comment of some tool, or a heading.
func isComment(line string) bool {
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "%")
}
