package say

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

func serang() *profile.Profile {
	return &profile.Profile{City: "Kota Serang", Government: "Pemerintah Kota Serang", Product: "Rabeg", Prefix: "SRG",
		Zone: "Asia/Jakarta", Coordinator: "Diskominfo"}
}

func TestWhen(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 9, 5, 0, 0, time.UTC)
	if got := For(serang(), "id").When(at); got != "Rabu, 25 Nov 16.05" {
		t.Errorf("id: %q", got)
	}
	if got := For(serang(), "en").When(at); got != "Wed, 25 Nov 16:05" {
		t.Errorf("en: %q", got)
	}
}

// Every fixed choice is known, is said in both languages, and is chosen by its number, by its words in either language.
func TestChoices(t *testing.T) {
	t.Parallel()
	ids := strings.FieldsSeq(`send secret edit cancel other undo resume new nowhere notthat keep more next unsure voice heard write
		safe unsafe found notfound nodanger herefine herebad makereport endtalk isreport yes newreport no back text category place photos visibility kind dropphoto dropphotos biasa anonim rahasia
		pengaduan aspirasi informasi report status mine help privacy language id en`)
	for id := range ids {
		local, english := For(serang(), "id").Choice(id), For(serang(), "en").Choice(id)
		if local.Label == id || english.Label == id {
			t.Errorf("choice %q has no label", id)
		}
		if utf8.RuneCountInString(local.Label) > 40 {
			t.Errorf("choice %q is too long for a button: %q", id, local.Label)
		}
		m := bot.Menu{ID: "q", Choices: []bot.Choice{local}}
		for _, words := range append([]string{"1", "1️⃣", local.Label, strings.ToUpper(local.Label) + "!"}, words(local)...) {
			if c, ok := m.Match(bot.Text{Text: words}); !ok || c.ID != id {
				t.Errorf("%q does not choose %q", words, id)
			}
		}
	}
}

func words(c bot.Choice) []string {
	return strings.FieldsFunc(c.Also, func(r rune) bool { return r == '|' })
}

// No two choices of a menu may be meant by the same words.
func TestMenusAreUnambiguous(t *testing.T) {
	t.Parallel()
	for _, menu := range []string{"send edit cancel other", "resume new", "nowhere", "notthat", "keep nowhere", "more",
		"next unsure", "report112 calm", "yes newreport", "yes no", "text category place photos visibility kind back",
		"dropphoto dropphotos back", "biasa anonim rahasia back", "pengaduan aspirasi informasi back",
		"resume report status mine help privacy language", "report status help language", "id en"} {
		for _, lang := range []string{"id", "en"} {
			seen := map[string]string{}
			for _, c := range For(serang(), lang).MenuOf("q", strings.Fields(menu)...).Choices {
				for _, w := range append([]string{c.Label}, words(c)...) {
					if other, ok := seen[bot.Fold(w)]; ok && other != c.ID {
						t.Errorf("%s (%s): %q means %s and %s", menu, lang, w, other, c.ID)
					}
					seen[bot.Fold(w)] = c.ID
				}
			}
		}
	}
}

func TestCardIsShortWhateverIsTold(t *testing.T) {
	t.Parallel()
	d := report.Draft{Text: strings.Repeat("é banjir ", 2000), Place: report.Place{Said: strings.Repeat("jalan ", 500)}}
	for _, lang := range []string{"id", "en"} {
		card := For(serang(), lang).Card(d, "")
		if n := utf8.RuneCountInString(card); n > 1400 || !strings.Contains(card, "…") || !utf8.ValidString(card) {
			t.Errorf("%s: %d runes", lang, n)
		}
	}
}

func TestWhereNamesTheKecamatan(t *testing.T) {
	t.Parallel()
	v := For(serang(), "id")
	a := v.Where(report.Place{AreaName: "Sukawana", DistrictName: "Serang"})
	b := v.Where(report.Place{AreaName: "Sukawana", DistrictName: "Curug"})
	if a == b || !strings.Contains(a, "Kec. Serang") {
		t.Errorf("%q and %q", a, b)
	}
}

func TestEnglish(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"hello": true, "the road is broken": true, "lampu mati di jl veteran": false,
		"no hp saya hilang": false, "": false, "in": false, "jalan rusak parah, tolong": false} {
		if got := English(text); got != want {
			t.Errorf("English(%q) = %v", text, got)
		}
	}
}

func TestClip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "abc…"}, {"ééé", 3, "ééé"}, {"éééé", 3, "ééé…"}, {"a b c", 2, "a…"}, {"", 0, ""}} {
		if got := Clip(tt.in, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
