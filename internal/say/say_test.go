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
	area := func(code, name, district, in string) profile.Area {
		return profile.Area{Code: code, Name: name, District: district, DistrictName: in}
	}
	return &profile.Profile{City: "Kota Serang", Government: "Pemerintah Kota Serang", Product: "Rabeg", Prefix: "SRG",
		Zone: "Asia/Jakarta", Coordinator: "Diskominfo",
		Agencies: []profile.Agency{{Code: "DISHUB", Name: "Dinas Perhubungan", Short: "Dishub"},
			{Code: "KEC-CURUG", Name: "Kecamatan Curug", Short: "Kec. Curug", District: "36.73.04"},
			{Code: "LUAR", Name: "Di luar kewenangan", Short: "Luar", Outside: true}},
		Categories: []profile.Category{{Code: "penerangan_jalan", Name: "Penerangan jalan (PJU)", NameEN: "Street lighting",
			Short: "Lampu jalan", ShortEN: "Street lights", Icon: "💡", Physical: true}},
		Areas: []profile.Area{area("36.73.01.1002", "Cipare", "36.73.01", "Serang"), area("36.73.01.1008", "Sukawana", "36.73.01", "Serang"),
			area("36.73.04.1007", "Sukawana", "36.73.04", "Curug")}}
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
	ids := strings.FieldsSeq(`send secret edit cancel other undo resume new nowhere notthat keep more unsure voice heard write
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
	for _, menu := range []string{"send edit cancel other", "resume new", "nowhere", "here notthat", "keep nowhere", "more",
		"report112 calm", "yes newreport", "yes no", "text category place photos visibility kind back",
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
	d := report.Draft{Text: strings.Repeat("é banjir ", 2000) + "akhir", Place: report.Place{Said: strings.Repeat("jalan ", 500)}}
	for _, lang := range []string{"id", "en"} {
		card := For(serang(), lang).Card(d, "")
		if n := utf8.RuneCountInString(card); n > 700 || !strings.Contains(card, " … ") || !strings.Contains(card, "akhir”") || !utf8.ValidString(card) {
			t.Errorf("%s: %d runes: %s", lang, n, card)
		}
	}
}

// What, where and to whom; the own words; who sees the name.
func TestCardIsThreeLines(t *testing.T) {
	t.Parallel()
	d := report.Draft{Kind: report.Complaint, Text: "lampu jalan mati", Category: "penerangan_jalan", Visibility: report.Normal,
		Place: report.Place{Said: "depan UIN", AreaName: "Sumur Pecung", DistrictName: "Serang"}}
	p := serang()
	for lang, want := range map[string]string{
		"id": "Sudah benar? 💡 Lampu jalan · 📍 depan UIN, Sumur Pecung · ke Dishub\n“lampu jalan mati” · 📷 boleh tambah foto\n👤 Di laporan, petugas hanya melihat huruf depan nama Anda; warga lain tidak melihatnya.",
		"en": "Is this right? 💡 Street lights · 📍 depan UIN, Sumur Pecung · to Dishub\n“lampu jalan mati” · 📷 photos are welcome\n👤 In the report, officers see only the first letter of your name; other people do not see it.",
	} {
		if got := bot.Unmark(For(p, lang).Card(d, "DISHUB")); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", lang, got, want)
		}
	}
	d.Text, d.Kind, d.Visibility = "", report.Wish, report.Confidential
	d.Files = []bot.MediaRef{{MIME: "audio/ogg"}, {MIME: "application/pdf"}}
	d.Photos = make([]bot.MediaRef, 2)
	got := bot.Unmark(For(p, "id").Card(d, "LUAR"))
	for _, part := range []string{"💡 Lampu jalan (usul)", "ke petugas, yang mencarikan kantornya", "Ceritanya di pesan suara", "📷 2 foto", "🎙️ 1 pesan suara", "📎 1 berkas", "🔒 Rahasia"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %q in\n%s", part, got)
		}
	}
}

// One name where one is enough.
func TestWhere(t *testing.T) {
	t.Parallel()
	p := serang()
	for _, c := range []struct {
		name string
		at   report.Place
		want string
	}{
		{"a kelurahan", report.Place{AreaName: "Sumur Pecung", DistrictName: "Serang"}, "Sumur Pecung"},
		{"one of two", report.Place{AreaName: "Sukawana", DistrictName: "Serang"}, "Sukawana (Serang)"},
		{"the other", report.Place{AreaName: "Sukawana", DistrictName: "Curug"}, "Sukawana (Curug)"},
		{"called as its kecamatan", report.Place{Area: "36.73.04.1001", AreaName: "Curug", DistrictName: "Curug"}, "Kelurahan Curug"},
		{"a desa called as its kecamatan", report.Place{Area: "36.01.04.2001", AreaName: "Curug", DistrictName: "Curug"}, "Desa Curug"},
		{"a kecamatan alone", report.Place{DistrictName: "Curug"}, "Kecamatan Curug"},
		{"a street", report.Place{Said: "Jl. Veteran", AreaName: "Cipare", DistrictName: "Serang"}, "Jl. Veteran, Cipare"},
		{"said already", report.Place{Note: "di kel cipare, pak", AreaName: "Cipare", DistrictName: "Serang"}, "di kel cipare, pak"},
		{"said already, one of two", report.Place{Said: "gang 2 sukawana", AreaName: "Sukawana", DistrictName: "Curug"}, "gang 2 sukawana, Sukawana (Curug)"},
		{"nowhere", report.Place{Nowhere: true}, "tidak terkait tempat"},
		{"a pin outside", report.Place{Pin: &report.Pin{Lat: -6, Lon: 106}}, "pin -6.00000, 106.00000"},
	} {
		if got := For(p, "id").Where(c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	p := serang()
	p.Holidays = []string{"2026-12-25"}
	for _, c := range []struct {
		due    time.Time // in UTC, seven hours before the city
		id, en string
	}{
		{time.Date(2026, 12, 2, 3, 0, 0, 0, time.UTC), "Rabu, 2 Des", "Wednesday, 2 Dec"},
		{time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC), "Selasa, 1 Des", "Tuesday, 1 Dec"}, // midnight there
		{time.Date(2026, 12, 5, 3, 0, 0, 0, time.UTC), "Senin, 7 Des", "Monday, 7 Dec"},    // Saturday
		{time.Date(2026, 12, 25, 3, 0, 0, 0, time.UTC), "Senin, 28 Des", "Monday, 28 Dec"}, // Christmas, a Friday
	} {
		if got := For(p, "id").Due(c.due); got != c.id {
			t.Errorf("id: %q, want %q", got, c.id)
		}
		if got := For(p, "en").Due(c.due); got != c.en {
			t.Errorf("en: %q, want %q", got, c.en)
		}
	}
}

func TestGreet(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"halo min, lampu mati": "Halo! 🙏", "Assalamu'alaikum wr wb, jalan rusak": "Waalaikumsalam! 🙏", "assalamualaikum": "Waalaikumsalam! 🙏",
		"selamat pagi pak": "Halo! 🙏", "pagi kak mau lapor": "Halo! 🙏", "malam": "Halo! 🙏", "Om Swastiastu, got mampet": "Om swastiastu! 🙏",
		"punten bade lapor": "Halo! 🙏", "pagi tadi pohon tumbang": "", "malam ini lampu mati": "", "selamat jalan": "", "om om nongkrong": "",
		"lampu jalan mati, halo": "", "": "", "🙏": "",
	} {
		if got := For(serang(), "id").Greet(text); got != want {
			t.Errorf("%q is greeted with %q, want %q", text, got, want)
		}
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
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ééé", 3, "ééé"}, {"éééé", 3, "éé…"}, {"a b c", 3, "a…"}, {"", 0, ""}, {"🙏🙏", 4, "🙏🙏"}, {"🙏🙏a", 4, "🙏…"}} {
		if got := Clip(tt.in, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

// What the card promises is what the table keeps, and of a sensitive category never more than that.
func TestSeenPromisesWhatIsHidden(t *testing.T) {
	t.Parallel()
	v := For(serang(), "id")
	for _, word := range []report.Visibility{report.Normal, report.Anonymous, report.Confidential, "tetangga"} {
		said := v.Seen(word)
		for _, sensitive := range []bool{false, true} {
			s := report.Shields(word, sensitive)
			if strings.Contains(said, "nama Anda tidak ada") && !s.Hides(report.Operators) ||
				strings.Contains(said, "tidak bisa melihat laporannya") && !s.Hides(report.Strangers) {
				t.Errorf("%s, sensitive %v: it promises too much: %s", word, sensitive, said)
			}
		}
		if alone := report.Shields(word, false); alone.Hides(report.Operators) != strings.Contains(said, "nama Anda tidak ada") {
			t.Errorf("%s: %s", word, said)
		}
	}
	for _, c := range v.Profile.Categories { // a draft is told what its matter hides besides
		said := v.SeenOf(report.Draft{Category: c.Code, Visibility: report.Normal})
		if hidden := report.Shields(report.Normal, c.Sensitive).Hides(report.Operators); hidden != strings.Contains(said, "tidak tampil ke petugas") || c.Sensitive != (said != v.Seen(report.Normal)) {
			t.Errorf("%s: %s", c.Code, said)
		}
	}
}

// What cannot be read is answered with what it is and what to do instead; who changed a message unseen, or sent too large a file, is told so.
func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"id", "en"} {
		v := For(serang(), language)
		said := map[string]string{}
		for _, kind := range []string{"sticker", "contact", "poll_creation", "gif", "view_once", "revoke", bot.EditUnseen, bot.TooLarge, "hologram"} {
			words := v.Unsupported(kind)
			if other := said[words]; other != "" {
				t.Errorf("%s: %s and %s are both answered %q", language, kind, other, words)
			}
			said[words] = kind
		}
		if v.Unsupported(bot.TooLarge) != v.TooLarge() {
			t.Errorf("%s: too large a file is answered %q", language, v.Unsupported(bot.TooLarge))
		}
	}
}
