package source

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSimpleFrontMatter holds the short way through front matter to the library:
// what it reads, the library reads without a word, and the same with the same
// places.
func TestSimpleFrontMatter(t *testing.T) {
	words := []string{
		"title", "a", "é", "客", "Ünder", "null", "True", "yes", "inf", "e", "x1", "0", "7", "12", "012", "0x1f", "1e3", "0o7", "1_000", "2026-03-02", "2026-3-2", "12:30",
		" ", "  ", ",", ", ", ": ", ":", "-", "- ", " - ", "--", "---", "...", ".", "_", "/", "(", ")", "[", "]", "{", "}", "#", " #", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "?", "~", "=", "<<",
		"\t", "\n", "\u00a0", "\u2028", "\u0085", "\u200b", "\ufeff", "–", "’", "…", "😀", "e\u0301",
	}
	word := rapid.SampledFrom(words)
	plain := rapid.StringMatching(`[a-zA-Z0-9é客][a-zA-Zé0-9 ./,()_-]{0,12}`)
	value := rapid.OneOf(plain, plain, rapid.Map(rapid.SliceOfN(word, 1, 4), func(s []string) string { return strings.Join(s, "") }))
	list := rapid.Map(rapid.SliceOfN(value, 0, 4), func(s []string) string { return "[" + strings.Join(s, ", ") + "]" })
	line := rapid.Custom(func(t *rapid.T) string {
		key := rapid.OneOf(rapid.StringMatching(`[a-z][a-z_]{0,8}`), rapid.StringMatching(`[a-z][a-z_]{0,8}`), word).Draw(t, "key")
		return key + ": " + rapid.OneOf(value, list).Draw(t, "value")
	})
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		text := "---\n" + strings.Join(rapid.SliceOfN(line, 0, 4).Draw(t, "lines"), "\n") + "\n---\nText.\n"
		f, _ := Decode("x.md", []byte(text))
		s := fences{file: f}
		if f == nil || !s.scan() || len(s.list) > 0 {
			return
		}
		got := simple(f, s.block)
		if got == nil {
			return
		}
		read++
		want, rest := s.parse()
		if len(s.list) > 0 || rest != s.next || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %+v and %d, the library says %+v and %d, %v", text, got, s.next, want, rest, s.list)
		}
	})
	if read == 0 {
		t.Error("nothing was read the short way")
	}
}
