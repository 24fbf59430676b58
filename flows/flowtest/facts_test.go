package flowtest

import (
	"strings"
	"testing"

	"rabeg/internal/report"
)

// A question about the service has one true answer, before anything is filed and after; it is no part of a report, and no office is asked.
func TestQuestionsAboutTheServiceAreAnswered(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	const kept, phone, self = "Yang kami simpan: laporan", "Tidak hilang: laporan tetap ditangani", "tempat warga Kota Serang melapor"
	for want, said := range map[string][]string{
		kept:                             {"aku mau tau data yang kalian simpan", "kalian simpen nomer wa saya ga", "data apa aja yg disimpan min?", "emang data saya disimpan dimana ya?", "bot ini nyimpen nomor hp saya ga sih"},
		phone:                            {"Mau ganti nomer hp, laporan saya yg dulu ilang ga?", "kalo saya ganti kartu laporannya gimana", "klo pindah hp laporan lama masih keliatan?", "ganti wa baru, laporan saya hangus gak min?"},
		self:                             {"ini nomor berapa sih? salah sambung kayaknya", "maaf ini nomor siapa ya", "ini wa siapa", "salah sambung ya?"},
		"Peta tidak bisa saya tampilkan": {"bisa liat petanya ga", "ada petanya?", "lihat peta dong bisa?"},
	} {
		for _, words := range said {
			for _, where := range []string{"none", "late", "resolved", "planned"} {
				e := begin(t, where)
				if got := last(t, e, words); !strings.Contains(got, want) || did(e, report.WasAdded) || did(e, report.WasJudged) {
					t.Errorf("%s, %q: want %q, got %s", where, words, want, got)
				}
			}
		}
	}
	for want, said := range map[string][]string{
		"Nomornya":                           {"mana nomernya ilang", "nomornya berapa ya lupa", "saya lupa nomor laporannya", "nomer laporan saya mana ya"},
		"Lampu jalan diurus":                 {"kok kantornya dishub bukannya PLN?", "kenapa ke dishub bukan pln", "bukannya ini tugas dpupr?", "lho kok masuknya ke dishub sih"},
		"Tidak perlu melapor ke tempat lain": {"terus saya lapor kemana", "trus lapor kemana dong?", "lapornya ke siapa dong"},
	} {
		for _, words := range said {
			for _, where := range []string{"late", "planned"} {
				e := begin(t, where)
				if got := last(t, e, words); !strings.Contains(got, want) || did(e, report.WasAdded) {
					t.Errorf("%s, %q: want %q, got %s", where, words, want, got)
				}
			}
		}
	}
}

// Whoever asks where else to turn with what is another government's, or whose people are accused, hears whose it is: never that it is
// reported right here.
func TestWhereElseToTurnIsTrue(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for told, want := range map[string]string{
		"jalan di kramatwatu bolong":                                  "Tempatnya di **Kabupaten Serang**",
		"jalan di cikande rusak parah":                                "Tempatnya di **Kabupaten Serang**",
		"pak polisi tilang saya minta 200rb di palima damai ditempat": "**Propam**: WhatsApp **0855-5555-4141**",
	} {
		for _, words := range []string{"terus saya lapor kemana", "trus lapornya kemana dong", "harus lapor ke siapa?"} {
			e := begin(t, "none")
			meanwhileIn(t, e, told)
			if got := strings.Join(meanwhileIn(t, e, words), " ;; "); !strings.Contains(got, want) || strings.Contains(got, "di sini saja") {
				t.Errorf("%q, then %q: want %q, got %s", told, words, want, got)
			}
		}
	}
	e := begin(t, "none")
	meanwhileIn(t, e, "lampu jalan mati di depan SD 3 Kasemen")
	if got := strings.Join(meanwhileIn(t, e, "terus saya lapor kemana"), " ;; "); !strings.Contains(got, "di sini saja") {
		t.Errorf("what is the city's is reported here: %s", got)
	}
}

// Two questions in one breath are both answered, and the next goes on from them.
func TestTwoQuestionsInOneBreath(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"min bikin akte lahir syaratnya apa, sama kantor capilnya buka jam brp", "syarat bikin akta lahir apa aja ya trus disdukcapil bukanya jam berapa?"} {
		e := begin(t, "none")
		got := strings.Join(meanwhileIn(t, e, words), " ;; ")
		for _, want := range []string{"Akta kelahiran diurus", "07.30"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q: no %q in %s", words, want, got)
			}
		}
		for _, next := range []string{"oh gitu, kalo hari sabtu?", "ok, klo sabtu buka ga", "oh begitu, hari sabtu buka?"} {
			if got := strings.Join(meanwhileIn(t, e, next), " ;; "); !strings.Contains(got, "**Sabtu**: tutup") {
				t.Errorf("then %q: %s", next, got)
			}
		}
	}
}
