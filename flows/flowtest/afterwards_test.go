package flowtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// last is what is shown of the last message, and of what was done for it.
func last(t *testing.T, e *Engine, words string) string {
	t.Helper()
	return strings.Join(meanwhileIn(t, e, words), " ;; ")
}

// did reports whether something was done to a report of a conversation.
func did(e *Engine, what report.What) bool {
	for _, all := range e.facts {
		if slices.ContainsFunc(all, func(f report.Fact) bool { return f.What == what }) {
			return true
		}
	}
	return false
}

// Who says of a report that an office still has that it is fixed is asked whether it shall be closed; the office reads the words either way.
func TestAnOpenReportThatIsFixedMayBeClosed(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"udah bener nih lampunya, makasih", "nah gitu dong mantap udah terang", "sudah nyala pak lampunya", "alhamdulillah udah diperbaiki", "beres pak, udah nyala semua", "udah beres nih, makasih"} {
		for _, where := range []string{"late", "planned"} {
			for answer, want := range map[string]string{"ya": "ditutup. Terima kasih", "iya tutup aja": "ditutup. Terima kasih", "jangan dulu": "tetap jalan", "belum": "tetap jalan"} {
				e := begin(t, where)
				if got := last(t, e, words); !strings.Contains(got, "mau ditutup?") || !did(e, report.WasAdded) {
					t.Errorf("%s, %q: %s", where, words, got)
				}
				got := last(t, e, answer)
				if closed := did(e, report.WasRecalled); !strings.Contains(got, want) || closed != strings.HasPrefix(want, "ditutup") {
					t.Errorf("%s, %q, then %q: want %q, got %s", where, words, answer, want, got)
				}
			}
		}
	}
	for _, words := range []string{"kl nanti udah nyala sy kabarin ya", "semoga cepet beres ya pak", "udah diperbaiki blm", "katanya udah dibenerin, mana?? belum ada yg dateng juga", "yang depan sd udah nyala, yang belokan belum", "belum beres woy", "lampunya masih mati pak"} {
		if got := last(t, begin(t, "late"), words); strings.Contains(got, "mau ditutup?") {
			t.Errorf("%q is no word that it is fixed: %s", words, got)
		}
	}
}

// A report that began again is judged anew by itself, and a mark is one in whatever words it is given.
func TestAReportThatBeganAgainIsJudged(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"nah gitu dong mantap udah kinclong", "nah sekarang udah nyala semua, makasih", "udah beres sekarang pak"} {
		for _, mark := range []string{"kasih empat deh, kurang cepet soalnya", "bintang 4", "nilainya 4"} {
			e := begin(t, "resolved")
			last(t, e, "apaan, masih ada separo tuh yg deket toilet")
			if err := e.Pass(24 * time.Hour); err != nil {
				t.Fatal(err)
			}
			if got := last(t, e, words); !strings.Contains(got, "mau ditutup?") {
				t.Errorf("%q: %s", words, got)
			}
			if got := last(t, e, mark); !did(e, report.WasRated) {
				t.Errorf("%q: %s", mark, got)
			}
		}
	}
}

// Asked for the right place, only a place becomes it: thanks and anger are answered, and it is asked again.
func TestOnlyAPlaceBecomesThePlace(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	to := func(e *Engine) *report.Place {
		for _, all := range e.facts {
			if f := all[len(all)-1]; f.What == report.WasAdded && f.Place != nil {
				return f.Place
			}
		}
		return nil
	}
	for _, words := range []string{"makasih ya semoga cepet, tapi jujur kecewa sama yg kemaren", "makasih min", "terima kasih banyak ya pak", "ok siap", "kecewa saya sama pelayanannya"} {
		e := begin(t, "late")
		last(t, e, "lokasinya salah")
		got := last(t, e, words)
		if to(e) != nil || !strings.Contains(got, "tempat yang benar") {
			t.Errorf("%q became the place: %v, %s", words, to(e), got)
		}
		if last(t, e, "Kagungan"); to(e) == nil || to(e).AreaName != "Kagungan" {
			t.Errorf("after %q the place is not taken: %v", words, to(e))
		}
	}
	for words, area := range map[string]string{"Cipare": "Cipare", "bukan di sana, di Cipare": "Cipare", "gang mawar deket warung bu Enok": "", "depan masjid": "", "perempatan deket pom bensin": ""} {
		e := begin(t, "late")
		last(t, e, "lokasinya salah")
		if last(t, e, words); to(e) == nil || to(e).AreaName != area {
			t.Errorf("%q: %+v, want %q", words, to(e), area)
		}
	}
	for words, area := range map[string]string{"eh salah, bukan kasemen tapi Kagungan": "Kagungan", "salah tempat, harusnya di Cipare": "Cipare", "bukan di kasemen pak, tapi di Cipare": "Cipare", "maaf bukan kasemen, Lopang maksudnya": "Lopang"} {
		e := begin(t, "late")
		if got := last(t, e, words); to(e) == nil || to(e).AreaName != area {
			t.Errorf("%q in one breath: %+v, %s", words, to(e), got)
		}
	}
}

// The name of somebody else is not the reporter's: it stands in the words, and what can be done about them is said and asked.
func TestSomebodyElsesName(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"nama kakek saya jangan ditulis ya", "nama tetangga saya tolong ditutup", "jangan sebut nama anak saya", "jenenge bapakku ojo ditulis", "nami tatangga abdi tong diserat", "nama suami saya jangan ditampilkan", "tolong sembunyikan nama korban"} {
		for answer, hides := range map[string]bool{"iya": true, "rahasiakan": true, "ga usah": false} {
			e := begin(t, "late")
			if got := last(t, e, words); !strings.Contains(got, "Nama itu ada di isi laporan") || did(e, report.WasHidden) {
				t.Errorf("%q: %s", words, got)
			}
			if got := last(t, e, answer); did(e, report.WasHidden) != hides || strings.Contains(got, "sekarang rahasia") != hides {
				t.Errorf("%q, then %q: %s", words, answer, got)
			}
		}
	}
	for _, words := range []string{"jangan sebut nama saya", "nama saya pak jangan ditulis", "tolong nama kakek jangan disebut ya nak", "jangan sampai tetangga tahu saya yang lapor"} {
		e := begin(t, "late")
		if got := last(t, e, words); !did(e, report.WasHidden) {
			t.Errorf("%q is about the reporter: %s", words, got)
		}
	}
}

// Who asks again, and again, is not told the same once more: what is left, and how to reach a person.
func TestAskedAgain(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	e := situation(t, whole(p, finder, reader), p, "late")
	if got := last(t, e, "kapan"); !strings.Contains(got, "Saya ingatkan") {
		t.Errorf("asked once: %s", got)
	}
	for _, words := range []string{"kapan ya kira2", "makasih ya tapi kapan, lama amat", "kapan woy", "gimana kabarnya pak"} {
		if got := last(t, e, words); !strings.Contains(got, "Belum ada kabar baru") || !strings.Contains(got, "bicara dengan petugas") || !strings.Contains(got, "25 Nov") {
			t.Errorf("%q: %s", words, got)
		}
	}
	if err := e.Pass(time.Hour); err != nil {
		t.Fatal(err)
	}
	if err := e.Act("jawab: besok tim kami ke lokasi"); err != nil {
		t.Fatal(err)
	}
	if got := last(t, e, "jadi kapan pak"); !strings.Contains(got, "besok tim kami") {
		t.Errorf("with news it is told in full: %s", got)
	}
}

// That a photo will come is no addition, and it is waited for.
func TestAPhotoThatIsStillToCome(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"fotonya nyusul besok ya", "eh fotonya nanti nyusul", "foto menyusul pak", "besok saya kirim fotonya ya", "ntar fotonya saya susulin", "potona engke nya", "blm sempet foto, sore ya", "nih saya fotoin ya"} {
		e := begin(t, "late")
		if got := last(t, e, words); !strings.Contains(got, "fotonya saya tunggu") || did(e, report.WasAdded) {
			t.Errorf("%q: %s", words, got)
		}
	}
}

// Nobody is reminded of a word, a joke or what is sent around; who told a matter is.
func TestWhatIsNoMatterIsNotRemindedOf(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for words, reminded := range map[string]bool{
		"tolong": false, "lubang": false, "lapor, mantan saya ngilang": false, "halo min": false, "Sebarkan! Mulai besok semua grup WA direkam pemerintah. Forward ke 20 grup": false,
		"lampu jalan mati": true, "got mampet di depan rumah": true, "jalan rusak parah di depan SD 3 Kasemen": true,
	} {
		e := begin(t, "none")
		last(t, e, words)
		log := logged(e)
		for range 2 {
			if err := e.Pass(24 * time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.Join(*log, " ;; "); strings.Contains(got, "belum terkirim") != reminded {
			t.Errorf("%q: reminded %v: %s", words, !reminded, got)
		}
	}
}
