package search

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestWordsAreCutAndFolded(t *testing.T) {
	for text, want := range map[string]string{
		"The supplier’s price-cut, isn't it?": "the suppliers price cut isnt it",
		"Kühlung für Straßen; KÜHLUNG":        "kuhlung fur strassen kuhlung",
		"l’offre d'achat, qu’un":              "l offre d achat quun",
		"O'Brien 1'000 rock'n'roll 'quoted'":  "o brien 1000 rockn roll quoted",
		"п'ять":                               "пять",
		"½ and ² and ﬁne":                     "1 2 and 2 and fine",
		"日本語 Tシャツ が":                          "日本 本語 t シャ ャツ が",
		"ｶﾞｲﾄﾞ":                               "ガイ イド",
		"ΛΌΓΟΣ λόγος":                         "λογοσ λογοσ",
		"co\u00adoperate":                     "cooperate",
		"cafe\u0301 Ångström İstanbul ısı":    "cafe angstrom istanbul isi",
		"मूल्य":                               "मूल्य",
		"C++ & <b>#1️⃣ 🎯":                     "c b 1",
		"\xff\xfea\xffb":                      "a b",
		"":                                    "",
	} {
		if got := strings.Join(texts(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func texts(s string) []string {
	var all []string
	for w := range Words(s) {
		all = append(all, w.Text)
	}
	return all
}

// seldom are scripts whose punctuation counts as characters of words.
func seldom(r rune) bool {
	return r >= 0xa00 && r < 0x2000 || r >= 0x2c00 && r < 0x2e00 || r >= 0xa490 && r < 0xac00 || r >= 0x10000
}

func TestLettersNumbersAndMarksAreOfWords(t *testing.T) {
	for r := rune(0); r < 0xe000; r++ {
		want := unicode.In(r, unicode.L, unicode.N, unicode.M)
		got := classes.of(r)
		known := want || unicode.In(r, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf)
		switch {
		case got == classApostrophe || got == classSilent || !known || seldom(r):
		case want != (got != classNone):
			t.Errorf("%U %q: of words %v", r, r, got)
		}
	}
}

func TestAWordHasNothingThatOrdersOtherwiseInUTF16(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, w := range texts("a" + string(r) + "b") {
			for _, c := range w {
				if c >= 0xe000 && c <= 0xffff || !isFolded(c) {
					t.Fatalf("%U gives %q", r, w)
				}
			}
		}
	}
}

func TestAFoldedTextFoldsToItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q and that to %q", s, once, twice)
		}
	})
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if once := Fold(string(r)); utf8.ValidRune(r) && Fold(once) != once {
			t.Fatalf("%U folds to %q and that to %q", r, once, Fold(once))
		}
	}
}

func TestHowATextIsEncodedMakesNoDifference(t *testing.T) {
	alphabet := []rune("abeéüñßо́й гガぎ각한국ก็ำ日本'’ -א״بأ12½ﬁ")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(alphabet)).Draw(t, "text")
		want := strings.Join(texts(norm.NFC.String(s)), " ")
		if got := strings.Join(texts(norm.NFD.String(s)), " "); got != want {
			t.Fatalf("%q decomposed gives %q, composed %q", s, got, want)
		}
	})
}

func TestAWordStandsWhereItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		at, number := 0, 0
		for w := range Words(s) {
			if w.From < at || w.To <= w.From || w.To > len(s) || w.Run < number {
				t.Fatalf("%q of %q at %d–%d, run %d", w.Text, s, w.From, w.To, w.Run)
			}
			if again := texts(s[w.From:w.To]); !contains(again, w.Text) {
				t.Fatalf("%q of %q was cut from %q, which gives %q", w.Text, s, s[w.From:w.To], again)
			}
			at, number = w.From, w.Run
		}
	})
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}
