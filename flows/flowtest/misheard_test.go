package flowtest

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// A number beside "kasih", "poin" or "dari" is a mark only where nothing else is told or asked for; a report that is not fixed gets one only
// where a word for marks is said.
func TestARequestIsNoMark(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, c := range []struct {
		judged, words string
		stars         int
	}{
		{"sudah beres", "kasih 4 deh", 4}, {"sudah beres", "saya kasih 3 dari 5", 3}, {"sudah beres", "kasih lima aja, petugasnya ramah", 5}, {"sudah beres", "bintang 5 mantap", 5},
		{"sudah beres", "poin 4 deh", 4}, {"sudah beres", "4/5 pak", 4}, {"baru sebagian", "bintang 2 aja", 2},

		{"sudah beres", "tolong kasih satu aja lampu di gang 3", 0}, {"sudah beres", "kasih dua dong lampunya pak", 0}, {"sudah beres", "kasih satu aja, lampu di gang 3", 0},
		{"sudah beres", "minta satu lagi dong lampunya", 0}, {"sudah beres", "kasih tiga deh tiangnya", 0}, {"baru sebagian", "yang poin 2 belum pak", 0}, {"baru sebagian", "2 dari 5", 0}, {"baru sebagian", "kasih dua lampunya aja", 0},
		{"", "2 dari 5 aja pak", 0}, {"", "baru 2 dari 5", 0}, {"sudah beres", "poin 3 juga belum dikerjain", 0},
	} {
		e := begin(t, "resolved")
		for _, words := range []string{c.judged, "nanti aja"} {
			if c.judged != "" {
				meanwhileIn(t, e, words)
			}
		}
		got := strings.Join(meanwhileIn(t, e, c.words), " ;; ")
		if e.reports[0].Stars != c.stars || c.stars == 0 && strings.Contains(got, "bintang") {
			t.Errorf("%q, %q: %d stars, want %d: %s", c.judged, c.words, e.reports[0].Stars, c.stars, got)
		}
	}
}

// What is told beside a photo that comes later reaches the office, and the photo is waited for all the same.
func TestWhatIsToldBesideAPhotoThatComes(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for words, told := range map[string]bool{
		"lampunya dekat warung bu Imah, fotonya nyusul": true, "yg di foto itu tiangnya, nanti roboh": true, "foto itu sebelum hujan, nanti malam banjir lagi": true,
		"tiangnya nomor 9, foto besok ya": true, "sebelahe mushola kang, fotone mengko": true, "lampu yang dekat got, nanti saya foto": true,
		"fotonya nyusul besok ya": false, "nanti saya foto pak": false, "foto menyusul": false, "bentar saya fotoin dulu": false, "photo later": false,
	} {
		e := begin(t, "late")
		got := strings.Join(meanwhileIn(t, e, words), " ;; ")
		if added := strings.Contains(got, "! add to"); added != told || !strings.Contains(got, "saya tunggu") {
			t.Errorf("%q: told %v: %s", words, added, got)
		}
		if _, err := e.Say(bot.Event{Body: bot.Photo{Media: bot.MediaRef{ID: "p1"}}}); err != nil {
			t.Fatal(err)
		}
		e.Flush()
		all := e.facts[e.reports[0].ID]
		if last := all[len(all)-1]; last.What != report.WasAdded || len(last.Photos) != 1 {
			t.Errorf("%q: the photo is not added: %v", words, last.What)
		}
	}
}

// Who fears to be found out is hidden; that something is marked, or comes to a house, is no such fear.
func TestWhoIsHidden(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for words, hidden := range map[string]bool{
		"takut ketauan saya yang lapor": true, "takut didatangi orangnya pak": true, "takut saya ditandai pak rt": true, "wedi didatangi preman": true, "takut saya dicariin": true,
		"takut ditandai karena lapor": true, "khawatir saya dikenali": true, "takut dimusuhin tetangga": true,
		"lubangnya tolong ditandai pak, takut ada yg jatuh": false, "takut didatangi ular lagi": false, "takut ada anak dicariin": false, "takut kucing saya dicariin orang": false,
		"tolong ditandai ya khawatir ada yang nabrak": false, "takut didatangi banjir lagi pak": false, "tiangnya minta ditandai, takut anak anak kesetrum": false,
	} {
		if got := said(t, begin(t, "late"), p, "late", words) == "hide"; got != hidden {
			t.Errorf("%q is hidden: %v", words, got)
		}
	}
}
