package whatsappcloud

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

func asked(n int, label string) *bot.Menu {
	m := &bot.Menu{ID: "t-1"}
	for i := range n {
		m.Choices = append(m.Choices, bot.Choice{ID: fmt.Sprintf("c%d", i), Label: fmt.Sprintf("%s %d", label, i+1)})
	}
	return m
}

func photoOf(id string) bot.MediaRef {
	return bot.MediaRef{Network: bot.Store, ID: id, MIME: "image/jpeg"}
}

// What is shown as what: each part by its type, and what can be pressed.
func TestRender(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Kalimat yang panjang sekali. ", 60) // 1740 characters
	for name, c := range map[string]struct {
		m    bot.Message
		want string
	}{
		"words":                        {bot.Message{Text: "Halo"}, "text main"},
		"three choices":                {bot.Message{Text: "Kirim?", Menu: asked(3, "Pilihan")}, "button(3) main"},
		"four choices":                 {bot.Message{Text: "Yang mana?", Menu: asked(4, "Pilihan")}, "list(4) main"},
		"ten choices":                  {bot.Message{Text: "Yang mana?", Menu: asked(10, "Pilihan")}, "list(10) main"},
		"eleven choices":               {bot.Message{Text: "Yang mana?", Menu: asked(11, "Pilihan")}, "text numbered main"},
		"labels too long for buttons":  {bot.Message{Text: "Yang mana?", Menu: asked(2, "Kelurahan Sukawana, Kecamatan Serang")}, "button(2) numbered main"},
		"labels too long for a list":   {bot.Message{Text: "Yang mana?", Menu: asked(5, "Kelurahan Sukawana, Kecamatan Serang")}, "list(5) main"},
		"a place":                      {bot.Message{Text: "Di mana?", Want: bot.WantLocation}, "location_request_message main"},
		"a place or a choice":          {bot.Message{Text: "Di mana?", Want: bot.WantLocation, Menu: asked(2, "Pilihan")}, "button(2) main"},
		"a long text and choices":      {bot.Message{Text: long, Menu: asked(3, "Pilihan")}, "text, button(3) main"},
		"a photo with words":           {bot.Message{Text: "Sudah", Photos: []bot.MediaRef{photoOf("1")}}, "image main"},
		"a photo with words, a choice": {bot.Message{Text: "Sudah?", Photos: []bot.MediaRef{photoOf("1")}, Menu: asked(2, "P")}, "button(2) image main"},
		"a photo and a list":           {bot.Message{Text: "Sudah?", Photos: []bot.MediaRef{photoOf("1")}, Menu: asked(5, "P")}, "image, list(5) main"},
		"photos with words":            {bot.Message{Text: "Sudah", Photos: []bot.MediaRef{photoOf("1"), photoOf("2")}}, "image main, image"},
		"photos and choices":           {bot.Message{Text: "Sudah?", Photos: []bot.MediaRef{photoOf("1"), photoOf("2")}, Menu: asked(2, "P")}, "image, image, button(2) main"},
		"a file":                       {bot.Message{Files: []bot.MediaRef{{Network: bot.Store, ID: "1", MIME: "application/pdf"}}}, "document main"},
		"a voice note":                 {bot.Message{Text: "Dengar", Files: []bot.MediaRef{{Network: bot.Store, ID: "1", MIME: "audio/ogg"}}}, "text main, audio"},
	} {
		list, err := render(c.m, rendering{hint: "📎 → Lokasi", list: "Pilih"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var said []string
		for _, p := range list {
			said = append(said, told(p))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s is shown as %s, want %s", name, got, c.want)
		}
	}
}

func told(p part) string {
	s := p.kind
	if p.form != nil {
		s = p.form.kind
		if len(p.form.rows) > 0 {
			s += fmt.Sprintf("(%d)", len(p.form.rows))
		}
		if p.media.ID != "" {
			s += " image"
		}
	}
	if strings.Contains(p.text, "*1* ") {
		s += " numbered"
	}
	if p.main {
		s += " main"
	}
	return s
}

// Where choices are written out, the text above them is as long as can be, and not longer.
func TestChoicesBelowALongText(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 100; n++ {
		for _, label := range []int{1, 30, 80, 160, 441, 442, 889, 890, 891} {
			m := bot.Message{Text: strings.Repeat("x ", 3000), Menu: asked(n, strings.Repeat("y", label))}
			list, err := render(m, rendering{hint: "📎 → Lokasi", list: "Pilih"})
			if err != nil {
				t.Fatal(err)
			}
			numbered := 0
			for _, p := range list {
				fits(t, p)
				for line := range strings.Lines(p.text) {
					if strings.HasPrefix(line, "*") {
						numbered++
					}
				}
			}
			if last := list[len(list)-1]; last.form == nil && numbered != n {
				t.Errorf("of %d choices of %d characters %d are written out", n, label, numbered)
			}
		}
	}
}

// Whatever is said and offered: nothing that Meta would refuse leaves here, no word is lost, and no choice either.
func TestWhateverIsSaidFitsAndIsWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"lampu", "mati", "*tebal*", "😀", bot.Bold("SRG-1"), "\n", "\n\n", strings.Repeat("x", 300), "_a_ _b_", "Jl."}), 1, 900).Draw(t, "words")
		m := bot.Message{Text: "Halo " + strings.Join(words, " ")}
		if n := rapid.IntRange(0, 14).Draw(t, "choices"); n > 0 {
			m.Menu = &bot.Menu{ID: "m"}
			for i := range n {
				label := rapid.SampledFrom([]string{"Ya", "Tidak", "😀😀😀😀😀😀😀😀😀😀😀", "Kelurahan Sukawana, Kecamatan Serang", strings.Repeat("panjang ", 20)}).Draw(t, "label")
				m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: fmt.Sprint("c", i), Label: label})
			}
		}
		if rapid.Bool().Draw(t, "place") {
			m.Want = bot.WantLocation
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "photos") {
			m.Photos = append(m.Photos, photoOf(fmt.Sprint(i)))
		}
		list, err := render(m, rendering{hint: "📎 → Lokasi", list: "Pilih"})
		if err != nil {
			t.Fatal(err)
		}
		all, mains, pressed := "", 0, 0
		for _, p := range list {
			all += " " + p.text
			if p.main {
				mains++
			}
			if p.form != nil {
				pressed += len(p.form.rows)
			}
			fits(t, p)
		}
		squeeze := func(s string) string {
			return strings.NewReplacer(wasign.Hair, "", wasign.ZeroWidth, "", "*", "").Replace(strings.Join(strings.Fields(s), ""))
		}
		if !strings.Contains(squeeze(all), squeeze(bot.Unmark(m.Text))) {
			t.Fatalf("the words became %q", all)
		}
		if mains != 1 {
			t.Fatalf("%d parts are the main one", mains)
		}
		if m.Menu != nil && pressed != len(m.Menu.Choices) && !strings.Contains(all, fmt.Sprintf("*%d* ", len(m.Menu.Choices))) {
			t.Fatalf("of %d choices %d can be pressed, and the text does not name them", len(m.Menu.Choices), pressed)
		}
	})
}

// fits checks one part against Meta's limits.
func fits(t rapid.TB, p part) {
	limit := map[string]int{"text": 4096, "interactive": 1024, "image": 1024}[p.kind]
	if limit > 0 && wasign.Len(p.text) > limit {
		t.Fatalf("a %s of %d characters", p.kind, wasign.Len(p.text))
	}
	if p.form == nil {
		return
	}
	most, title := 3, 20
	if p.form.kind == "list" {
		most, title = 10, 24
	}
	seen := map[string]bool{}
	for _, r := range p.form.rows {
		if wasign.Len(r.title) > title || r.title == "" || wasign.Len(r.about) > 72 || seen[r.title] {
			t.Fatalf("a choice %+v among %+v", r, p.form.rows)
		}
		seen[r.title] = true
	}
	if len(p.form.rows) > most {
		t.Fatalf("%d choices on a %s", len(p.form.rows), p.form.kind)
	}
	if _, err := json.Marshal(p.body("1")); err != nil {
		t.Fatal(err)
	}
}

// An invitation says the number and the office, whatever those hold, in what Meta takes.
func TestABlankIsFilledWithWhatMetaTakes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"SRG-7K3MQ-9": "SRG-7K3MQ-9", "Dinas\n\tPerhubungan": "Dinas Perhubungan", "": "-", " \n ": "-", "a      b": "a b",
		bot.Bold("tebal"): "tebal",
	} {
		if got := blank("x", in)["text"]; got != want {
			t.Errorf("%q is written %q", in, got)
		}
	}
}
