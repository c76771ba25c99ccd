package playbook

import (
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""},
		{"Objection Handling", "objection handling"},
		{"  Objections  ", "objections"},
		{"🛡️ Objections & Responses", "objections responses"},
		{"Objections 🎯🏁", "objections"},
		{"1️⃣ Buyers", "1 buyers"},
		{"3. Buyers", "buyers"},
		{"2) Buyers", "buyers"},
		{"4.1 Discovery", "discovery"},
		{"13.2.1 Discovery", "discovery"},
		{"🎯 3. Buyers", "buyers"},
		{"IV. Buyers", "buyers"},
		{"b) Buyers", "buyers"},
		{"5 - Buyers", "buyers"},
		{"1: Buyers", "buyers"},
		{"３．購買者", "購買者"},
		{"1、購買者", "購買者"},
		{"90-day retention", "90 day retention"},
		{"3.5mm plugs", "3 5mm plugs"},
		{"100% uptime", "100 uptime"},
		{"2026", "2026"},
		{"4.1", "4 1"},
		{"M — Metrics", "m metrics"},
		{"I sell", "i sell"},
		{"Who's who", "whos who"},
		{"Who’s who", "whos who"},
		{"l’appel d´offres", "lappel doffres"},
		{"Métriques à suivre", "metriques a suivre"},
		{"Me\u0301triques", "metriques"},
		{"Maßnahmen", "massnahmen"},
		{"ÇA", "ca"},
		{"ﬁeld", "field"},
		{"ＫＰＩ目標", "kpi目標"},
		{"バリュー・プロポジション", "バリュー プロポジション"},
		{"ﾊﾞｲﾔｰ", "バイヤー"},
		{"プロセス", "プロセス"},
		{"value\u00adprop\u200bosition", "valueproposition"},
		{"a\u00a0b\u202fc", "a b c"},
		{"—", ""},
		{"أبرز الاعتراضات", "أبرز الاعتراضات"},
	} {
		if got := Normalize(c[0]); got != c[1] {
			t.Errorf("Normalize(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

// FuzzNormalize holds the form to what the comparison relies on: it is stable,
// has single spaces, and no case.
func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"3. Buyers", "🛡️ Objections", "Ａ１", "´x", "2)", "İI", "4.1.", "a. b. c", "ß", "ﾊﾞ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Normalize(s)
		if strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Errorf("Normalize(%q) = %q: spaces", s, got)
		}
		if ascii(got) && strings.ToLower(got) != got {
			t.Errorf("Normalize(%q) = %q: capitals", s, got)
		}
	})
}

func TestParentheses(t *testing.T) {
	for _, c := range [][3]string{
		{"Objections", "", ""},
		{"Objections (top 5)", "Objections", "top 5"},
		{"El pitch en 30 segundos (elevator pitch)", "El pitch en 30 segundos", "elevator pitch"},
		{"価値提案（30秒）", "価値提案", "30秒"},
		{"Objections (top (5))", "Objections", "top (5)"},
		{"(Objections)", "", "Objections"},
		{"Objections (a) (b)", "Objections (a)", "b"},
		{"Objections (open", "", ""},
		{"Objections) closed", "", ""},
		{"Objections)", "", ""},
		{"(a) Objections", "", ""},
		{"Objections (top 5):", "Objections", "top 5"},
		{"Objections (top 5) 🛡️", "Objections", "top 5"},
		{"", "", ""},
	} {
		before, inside := parentheses(c[0])
		if before != c[1] || inside != c[2] {
			t.Errorf("parentheses(%q) = %q, %q, want %q, %q", c[0], before, inside, c[1], c[2])
		}
	}
}

// TestFoldingLeavesDashesAndQuotes: what is not folded is what folding would not
// change, beside whatever stands next to it.
func TestFoldingLeavesDashesAndQuotes(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		if s := "a" + string(r) + "b"; !mayFold(r) && foldAccents(s) != s {
			t.Errorf("U+%04X is folded to %q", r, foldAccents(s))
		}
	}
}
