package wasign_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

func TestStyle(t *testing.T) {
	t.Parallel()
	b := bot.Bold
	for in, want := range map[string]string{
		"biasa":                      "biasa",
		"Nomor " + b("SRG-1") + ".":  "Nomor *SRG-1*.",
		b("a") + b("b"):              "ab", // no edge between them
		"x" + b("y"):                 "xy",
		b(" tepi "):                  " *tepi* ",
		b("dua\nbaris"):              "*dua*\n*baris*",
		b("a*b"):                     "a*b",
		"*tebal*":                    "*" + wasign.Hair + "tebal*",
		"_miring_ ~coret~":           "_" + wasign.Hair + "miring_ ~" + wasign.Hair + "coret~",
		"satu * saja":                "satu * saja",
		"snake_case_name":            "snake_case_name",
		"https://x.id/_a_b_ *c*":     "https://x.id/_a_b_ *" + wasign.Hair + "c*",
		"`kode`":                     wasign.ZeroWidth + "`" + wasign.ZeroWidth + "kode" + wasign.ZeroWidth + "`" + wasign.ZeroWidth,
		"> kutipan\nbukan > kutipan": wasign.ZeroWidth + "> kutipan\nbukan > kutipan",
		"*a\nb*":                     "*a\nb*",
		"5 * 3 * 2 = 30":             "5 * 3 * 2 = 30",
	} {
		text, spans := bot.Spans(in)
		if got := wasign.Styled(text, spans); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := bot.Clean(rapid.StringMatching(`[ab *_~.\n]{0,40}`).Draw(t, "s"))
		for line := range strings.SplitSeq(wasign.Disarm(s), "\n") {
			if shown := wasign.Visible(line); !strings.Contains(s, shown) {
				t.Fatalf("%q is shown as %q", s, shown)
			}
		}
		plain := strings.NewReplacer(wasign.Hair, "", wasign.ZeroWidth, "").Replace(wasign.Disarm(s))
		if plain != s {
			t.Fatalf("%q became %q", s, plain)
		}
	})
}
