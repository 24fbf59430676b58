package flowtest

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/flows/intake"
)

// drafts types to a report in the making, as the real city reads it, and gives what was said last.
func drafts(t *testing.T, typed ...string) (e *Engine, last string) {
	t.Helper()
	p, finder, reader := builtin(t)
	e = NewEngine(whole(p, finder, reader), p)
	for _, words := range typed {
		last = strings.Join(meanwhileIn(t, e, words), " ;; ")
	}
	return e, last
}

// Who tells in short lines one after the other goes on with the story: how long it is so, who is afraid, that it is urgent are no answer
// to "where?", and nothing of it is lost; the place is asked for until it is told.
func TestShortLinesAreTheStory(t *testing.T) {
	t.Parallel()
	lines := []string{"lampu jalan mati depan rumah saya", "udah 2 minggu", "gelap banget", "anak saya takut", "tolong cepet ya", "kasian warga"}
	e, last := drafts(t, lines...)
	f := intake.Of(e.Reread()).Form
	for _, line := range lines {
		if !strings.Contains(f.Text, line) {
			t.Errorf("%q is lost: %q", line, f.Text)
		}
	}
	if f.Place.Known() || f.Near != "" || !strings.Contains(last, "Di mana tempatnya?") {
		t.Errorf("the place is %+v, near %q: %s", f.Place, f.Near, last)
	}
	if e, _ = drafts(t, append(lines, "di unyur")...); intake.Of(e.Reread()).Form.Place.AreaName != "Unyur" {
		t.Errorf("the place is %+v", intake.Of(e.Reread()).Form.Place)
	}
	for _, words := range []string{"depan rumah saya", "di rumah anak saya"} { // these point, and are kept beside the place
		if e, last := drafts(t, "lampu jalan mati", words); !strings.Contains(last, "petunjuk") && !intake.Of(e.Reread()).Form.Helped {
			t.Errorf("%q: %s", words, last)
		}
	}
	if e, _ := drafts(t, "jalan rusak parah", "di loket 3 orangnya namanya pa herman"); intake.Of(e.Reread()).Form.Place.Said != "di loket 3" {
		t.Errorf("the place is %+v", intake.Of(e.Reread()).Form.Place)
	}
}

// Who says at the card that it is no new report agrees to nothing: nothing is filed, and it is offered to the earlier one. What hides its
// writer's name is not added to one that shows it.
func TestNoNewReport(t *testing.T) {
	t.Parallel()
	first := []string{"lampu jalan mati di cipare", "kirim"}
	for _, words := range []string{"bukan laporan baru pa, itu yg kemaren", "ini bukan yang baru pak", "itu laporan yg kemaren", "bukan baru, yg lama itu"} {
		e, last := drafts(t, append(first, "lampu jalan mati di unyur", words)...)
		if len(e.reports) != 1 || !strings.Contains(last, "laporan Anda yang dulu") {
			t.Errorf("%q: %d filed: %s", words, len(e.reports), last)
		}
		if yes := strings.Join(meanwhileIn(t, e.Copy(), "iya"), " ;; "); !strings.Contains(yes, "Saya tambahkan ke laporan") {
			t.Errorf("%q, agreed: %s", words, yes)
		}
		if no := strings.Join(meanwhileIn(t, e, "laporan baru"), " ;; "); len(e.reports) != 1 || !strings.Contains(no, "Sudah benar?") {
			t.Errorf("%q, refused: %s", words, no)
		}
	}
	if e, last := drafts(t, "lampu jalan mati di unyur", "bukan laporan baru pa, itu yg kemaren"); len(e.reports) != 0 || !strings.Contains(last, "Belum saya kirim") {
		t.Errorf("with none before: %s", last)
	}
	if e, last := drafts(t, append(first, "lampu jalan mati di unyur", "anonim", "bukan laporan baru, itu yg kemaren")...); len(e.reports) != 1 || strings.Contains(last, "Tambahkan") {
		t.Errorf("a nameless one: %s", last)
	}
	for _, words := range []string{"lampu yang lama belum diganti", "yang baru juga mati"} {
		if e, last := drafts(t, append(first, "lampu jalan mati di unyur", words)...); strings.Contains(last, "laporan Anda yang dulu") || len(e.reports) != 1 {
			t.Errorf("%q: %s", words, last)
		}
	}
}

// A place that is set right after another was denied is taken, or asked about where several may be meant; and an order to send while that
// is asked leaves it in the words in which it was told.
func TestAPlaceIsSetRightAfterADenial(t *testing.T) {
	t.Parallel()
	const told = "lampu pju mati di kebon jahe"
	for _, typed := range [][]string{{"eh salah, bukan kebon jahe. ciracas"}, {"tempatnya ciracas"}, {"ubah", "ciracas"}} {
		e, last := drafts(t, append([]string{told}, typed...)...)
		if !strings.Contains(last, "maksud Anda yang mana?") || intake.Of(e.Reread()).Form.Text != told {
			t.Errorf("%q: %s", typed, last)
		}
		last = strings.Join(meanwhileIn(t, e, "iya bener dikirim aja"), " ;; ")
		if at := intake.Of(e.Reread()).Form.Place; at.Said != "ciracas" || at.DistrictName != "Serang" || !strings.Contains(last, "Sudah benar?") {
			t.Errorf("%q, sent: %+v %s", typed, at, last)
		}
	}
	if e, last := drafts(t, told, "eh salah, bukan kebon jahe. cipare"); intake.Of(e.Reread()).Form.Place.AreaName != "Cipare" {
		t.Error(last)
	}
}

// One of several matters that is taken back is taken off the list, and of the report nothing of it is left; a place that is said to be that
// of all of them is it, whatever was told of some.
func TestOneOfSeveralIsTakenBack(t *testing.T) {
	t.Parallel()
	const three = "1. sampah numpuk di unyur 2. jalan bolong di cipare 3. lampu jalan mati di kaligandu"
	two := []string{"lampu jalan mati di cipare", "eh sama skalian got depan rumah mampet bau bgt"}
	for _, c := range []struct {
		typed []string
		left  []string
	}{
		{append(two, "gajadi deh yg got"), []string{"lampu"}},
		{append(two, "yang lampu ga jadi", "di unyur"), []string{"got"}},
		{[]string{three, "yg nomer 3 batalin aja udah nyala barusan"}, []string{"sampah", "jalan"}},
		{[]string{three, "yg nomer 3 batalin aja udah nyala barusan", "yang sampah coret"}, []string{"jalan"}},
		{[]string{three, "nomer 3 jangan dibatalin"}, []string{"sampah", "jalan", "lampu"}},
	} {
		e, last := drafts(t, c.typed...)
		f := intake.Of(e.Reread()).Form
		if len(c.left) < 3 && (strings.Contains(f.Text, "gajadi") || strings.Contains(f.Text, "batalin") || strings.Contains(f.Text, "coret")) {
			t.Errorf("%q: the words stand in the report: %q", c.typed, f.Text)
		}
		_ = meanwhileIn(t, e, "kirim")
		if len(e.reports) != len(c.left) {
			t.Errorf("%q: %d filed, want %d: %s", c.typed, len(e.reports), len(c.left), last)
			continue
		}
		for i, r := range e.reports {
			if !strings.Contains(r.Text, c.left[i]) {
				t.Errorf("%q: filed %q, want that about %s", c.typed, r.Text, c.left[i])
			}
		}
	}
	for _, told := range []string{three, "sampah numpuk di unyur, jalan bolong depan masjid, lampu jalan mati deket sd"} {
		e, last := drafts(t, told, "semuanya di unyur")
		if strings.Count(last, "📍 Unyur") != 3 {
			t.Errorf("%q: %s", told, last)
		}
		if _ = meanwhileIn(t, e, "kirim"); len(e.reports) != 3 {
			t.Errorf("%q: %d filed", told, len(e.reports))
		}
	}
}

// What reporting costs and whether one is safe here is answered, before, in and after a report, and is no part of any; what others take
// money for, or what is safe in the town, is not meant by it.
func TestCostAndSafetyAreAnswered(t *testing.T) {
	t.Parallel()
	const free, seen = "gratis: tulis masalahnya", "dibaca petugas pemerintah"
	for want, said := range map[string][]string{
		free: {"bayar ga min kalo lapor", "gratis ga", "lapor disini gratis ga min", "kalo lapor bayar gak"},
		seen: {"data saya aman?", "data saya aman ga disini", "aman ga lapor disini", "data saya aman gak"},
	} {
		for _, words := range said {
			for _, before := range [][]string{nil, {"lampu jalan mati di cipare"}, {"lampu jalan mati di cipare", "kirim"}} {
				e, last := drafts(t, append(before, words)...)
				if f := intake.Of(e.Reread()).Form; !strings.Contains(last, want) || f != nil && strings.Contains(f.Text, words) {
					t.Errorf("%q, %q: %s", before, words, last)
				}
			}
		}
	}
	for _, words := range []string{"ktp gratis ga", "jalannya aman ga", "sekolah bayar ga", "saya disuruh bayar di kelurahan", "airnya aman ga diminum"} {
		if _, last := drafts(t, words); strings.Contains(last, free) || strings.Contains(last, seen) {
			t.Errorf("%q: %s", words, last)
		}
	}
}

// A photo is taken out by words that want nothing else: what tells what it shows is the story.
func TestWhatAPhotoShowsKeepsIt(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for words, photos := range map[string]int{
		"ada yg buang sampah sembarangan, itu fotonya": 1, "ini foto motor salah jalur di jl veteran": 1,
		"fotonya salah itu foto anak saya hapus dong": 0, "hapus fotonya dong salah kirim": 0,
	} {
		e := NewEngine(m, p)
		for _, b := range []bot.Body{bot.Photo{Media: bot.MediaRef{Network: "sim", ID: "f1", MIME: "image/jpeg", Size: 9000}}, bot.Text{Text: words}} {
			if _, err := e.Say(bot.Event{Body: b}); err != nil {
				t.Fatal(err)
			}
			e.Flush()
		}
		f := intake.Of(e.Reread()).Form
		if n := len(f.Photos); n != photos || photos > 0 && f.Text != words {
			t.Errorf("%q: %d photos, %q", words, n, f.Text)
		}
	}
}

// A report in the making that goes to an earlier one takes the place along that was told apart, and can be brought back.
func TestWhatGoesToAnEarlierReportCanBeBroughtBack(t *testing.T) {
	t.Parallel()
	e, _ := drafts(t, "lampu jalan mati di cipare", "kirim", "sampah numpuk ga diangkut sudah seminggu", "depan SDN 3 Kaligandu", "bukan laporan baru pa, itu yg kemaren", "iya")
	all := e.facts[e.reports[0].ID]
	if words := all[len(all)-1].Words; len(e.reports) != 1 || !strings.Contains(words, "sampah numpuk") || !strings.Contains(words, "Kaligandu") {
		t.Errorf("added: %q", words)
	}
	meanwhileIn(t, e, "urungkan")
	if f := intake.Of(e.Reread()).Form; f.Empty() || !strings.HasPrefix(f.Text, "sampah numpuk") {
		t.Errorf("brought back: %+v", f)
	}
}
