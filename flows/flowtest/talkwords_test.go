package flowtest

import (
	"strings"
	"testing"
)

// In a talk with a person only an outspoken wish is carried out: what tells of a fear, of who is hurt, of a child that must not be shut out, is
// read by the person. All said ends the talk, and erases nothing; the wish to be forgotten asks for the erasing.
func TestWordsInATalk(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	const hidden, over, erase = "hidden: ", "percakapan dengan petugas selesai", "Hapus data Anda?"
	for want, said := range map[string][]string{
		"Isi percakapan ini menyangkut hal yang peka": {"iya tolong ya bu, tapi jangan sampe anak saya dikucilin"},
		room: {"pak saya takut anak2 jatuh", "saya takut nanti ada yang celaka bu", "takut ada korban pak",
			"ngeri pak kalo hujan, takut ambruk", "warga sini pada takut lewat situ malem2", "jangan sampe kejadian lagi ya pak", "saya khawatir anak saya kesetrum"},
		hidden: {"nama saya jangan disebut ya pak", "tolong disamarkan identitas saya", "jangan kasih tau siapa2 saya yang lapor", "bisa ga nama saya disembunyiin", "jadikan anonim aja"},
		over: {"udah cukup pak makasih", "udah gitu aja, dah", "udah segitu aja bu makasih ya", "cukup sekian pak", "itu aja sih pak, terima kasih", "ga ada lagi pak", "udah itu aja", "cukup bu, nuhun",
			"ok cukup", "wis kuen bae pak", "that's all, thank you"},
		erase: {"data saya tolong diilangin semuanya", "hapus semua data saya dong", "tolong data2 saya dibuang aja dari sistem", "data pribadi saya minta dihapus", "hapusin data gue ya min", "mau hapus data aku semua",
			"please delete all my data"},
	} {
		for _, where := range []string{"late+talk", "late+spoken"} {
			open := opened(t, m, p, where)
			for _, words := range said {
				got := strings.Join(meanwhile(t, open, where, words), " ;; ")
				if !strings.Contains(got, want) {
					t.Errorf("%s, %q: want %q, got %s", where, words, want, got)
				}
				if hides := strings.Contains(got, hidden); hides != (want == hidden) {
					t.Errorf("%s, %q: hides %v: %s", where, words, hides, got)
				}
			}
		}
	}
	for _, words := range []string{"belum cukup pak", "cukup lebar pak lubangnya", "data bansos saya dihapus dari daftar", "itu aja yang bolong pak", "lampu aja ga ada pak", "sudah dihapus ya bu?"} {
		open := opened(t, m, p, "late+spoken")
		if got := strings.Join(meanwhile(t, open, "late+spoken", words), " ;; "); strings.Contains(got, over) || strings.Contains(got, erase) || !strings.Contains(got, room) {
			t.Errorf("%q: %s", words, got)
		}
	}
}

// Who was asked whether a report is really taken back and thinks better of it keeps it, in whatever words.
func TestThinksBetterOfIt(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, back := range []string{"eh ga jadi dicabut, balikin", "ga jadi dicabut pak", "jangan dicabut deh laporannya", "eh jangan ditarik", "gajadi ditarik bu, lanjut aja"} {
		e := opened(t, m, p, "late+spoken").Copy()
		got := strings.Join(append(meanwhileIn(t, e, "cabut aja deh laporannya"), meanwhileIn(t, e, back)...), " ;; ")
		if !strings.Contains(got, "Tarik laporan") || !strings.Contains(got, "tetap jalan") || strings.Contains(got, room) {
			t.Errorf("%q: %s", back, got)
		}
	}
}

// Who is harmed is answered warmly, each time in other words, with no buttons that speak of files; nobody is told that a name was seen which
// nobody saw.
func TestWhoIsHarmedIsAnsweredWarmly(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	e := situation(t, whole(p, finder, reader), p, "question")
	meanwhileIn(t, e, "saya dipukuli suami tiap malam")
	meanwhileIn(t, e, "aman")
	seen := map[string]bool{}
	for _, words := range []string{"kejadiannya tadi pagi", "dia baru keluar rumah", "anak saya lihat semuanya", "jangan kasih tau siapa2 ya", "iya mau ngobrol sama orangnya"} {
		got := strings.Join(meanwhileIn(t, e, words), " ;; ")
		for _, cold := range []string{"✓ Diteruskan", "[Jadikan laporan]", "[Selesai]", "tidak bisa dibuat lupa"} {
			if strings.Contains(got, cold) {
				t.Errorf("%q is answered coldly: %s", words, got)
			}
		}
		_, answer, _ := strings.Cut(got, "< ")
		if answer == "" || seen[answer] {
			t.Errorf("%q: nothing new is said: %s", words, got)
		}
		seen[answer] = true
	}
	if got := strings.Join(meanwhileIn(t, e, "jadikan laporan"), " ;; "); !strings.Contains(got, "Sudah benar?") {
		t.Errorf("no report can be made of it: %s", got)
	}
}
