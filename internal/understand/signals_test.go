package understand

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sayings reads a file of testdata/signals: sentences by the label they stand under.
func sayings(t testing.TB, file string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "signals", file))
	if err != nil {
		t.Fatal(err)
	}
	out, label := map[string][]string{}, ""
	for l := range strings.Lines(string(b)) {
		switch l = strings.TrimSpace(l); {
		case l == "" || l[0] == '#':
		case l[0] == '[':
			label = strings.Trim(l, "[]")
		default:
			out[label] = append(out[label], l)
		}
	}
	return out
}

// signalsOf names what a reading says, as the files of testdata/signals do.
func signalsOf(r Reading) map[string]bool {
	return map[string]bool{
		"danger": r.Emergency, "self": r.Harm == SelfHarm, "abuse": r.Harm == Abuse, "misconduct": r.Misconduct, "human": r.Human,
	}
}

// TestSignalTricks: danger is seen however it is typed, and real words that come near are left alone.
func TestSignalTricks(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"kebkaran rumah di cipare", "keabkaran rumah", "kebakran dapur", "kebakarannn ruko", "kkeebbaakkaarraann rumah",
		"k e b a k a r a n", "k.e.b.a.k.a.r.a.n rumah", "k3bak4ran rumah", "K E C E L A K A A N di depan pasar", "ᴋᴇʙᴀᴋᴀʀᴀɴ",
		"🅺🅴🅱🅰🅺🅰🆁🅰🅽", "tengelam di kali", "anak tengglam di kolam", "kecelakan motor berdarah", "ada yang di bacok", "ke bakaran rumah",
		"darurat", "Darurat pak!!", "gawat darurat", "begall bawa celurit", "orang pingssan di jalan", "tertmbun longsor",
	} {
		if r := m.Read(text); !r.Emergency || r.Danger == "" {
			t.Errorf("%q: emergency %v %q", text, r.Emergency, r.Danger)
		}
	}
	for _, text := range []string{
		"unit gawat darurat puskesmas tutup", "nomor darurat berapa", "warung bakar ikan di trotoar", "tabungan sekolah belum dibagi", "bekal anak saya", "lanjut kirim", "gampang banget prosesnya",
		"kebesaran seragamnya", "pembakaran sampah", "pulau di depan situ", "paling lama seminggu", "kirim sekarang", "tolong kirim sekarang",
		"iya pak kirim aja", "1. kirim", "pemeriksaan pasien lama", "pencairan bansos", "penambahan lampu", "kerumunan warga di kantor",
	} {
		if r := m.Read(text); r.Emergency || r.Harm != NoHarm {
			t.Errorf("%q: emergency %v, harm %q, %v", text, r.Emergency, r.Harm, r.Why)
		}
	}
}

// TestDangerNames: the group says what kind of danger it is.
func TestDangerNames(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, want := range map[string]string{
		"rumah tetangga kebakaran": "api", "gas bocor di dapur": "gas", "ada yang kesetrum di genangan": "setrum",
		"pohon tumbang nutup jalan": "pohon", "tembok roboh menimpa anak": "runtuh", "tabrakan motor korban luka": "lalin",
		"ada begal bawa celurit": "jahat", "istri tetangga lagi dipukuli suaminya teriak minta tolong": "rumah",
		"bapak saya pingsan": "medis", "anak tenggelam di kali": "air", "air sudah sepinggang": "banjir",
		"ular kobra masuk rumah": "hewan", "anak saya hilang dari tadi siang": "hilang",
	} {
		if r := m.Read(text); !r.Emergency || r.Danger != want {
			t.Errorf("%q: %v %q, want %q", text, r.Emergency, r.Danger, want)
		}
	}
}

// TestMissing: who has not come home is in danger, wherever in the sentence the time stands; what only sounds like it is not.
func TestMissing(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"anak saya dari kemarin sore belum pulang, umur 7 tahun", "anak tetangga dari semalem gak pulang pulang", "mbah saya pikun keluar dari subuh belum ketemu",
		"bapak saya 70 tahun keluar rumah dari tadi pagi sampe sekarang blm ketemu", "istri saya dari kemarin ga pulang pulang",
		"ponakan saya umur 4 dari jam 2 ga ketemu2 udah dicari keliling kampung", "adek saya kabur dari rumah udah 2 hari",
		"my son has not come home since yesterday, he is 7",
	} {
		if r := m.Read(text); !r.Emergency || r.Danger != "hilang" {
			t.Errorf("%q: emergency %v %q", text, r.Emergency, r.Danger)
		}
	}
	for _, text := range []string{
		"kucing saya dari kemarin belum pulang", "pak dari kemarin petugas sampah belum balik lagi", "anak sekolah dari kemarin belum balik modal jualan",
		"anak saya dari kemarin belum ketemu gurunya buat ambil rapor", "ibu saya dari tahun lalu belum pulang kampung karena ongkos bus mahal",
		"anak saya kemarin hilang tapi sudah ketemu", "mantan saya ngilang",
	} {
		if r := m.Read(text); r.Emergency {
			t.Errorf("%q: %q", text, r.Danger)
		}
	}
}

// TestSelfHarmOutranks: who thinks of dying is led to no office and to no form, whatever else is said.
func TestSelfHarmOutranks(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, now := range map[string]bool{
		"suami mukul saya terus, saya pengen mati aja":               false,
		"utang numpuk, petugas bank kasar, saya mau bunuh diri saja": false,
		"saya udah minum baygon":                                     true,
	} {
		if r := m.Read(text); r.Harm != SelfHarm || r.Misconduct || r.NoReport || len(r.Guesses) > 0 || r.Emergency != now {
			t.Errorf("%q: %+v", text, r)
		}
	}
	if r := m.Read("ada orang mau bunuh diri di jembatan"); !r.Emergency || r.Harm == SelfHarm {
		t.Errorf("somebody else in the act: %+v", r)
	}
}

// TestAccused: whatever office a text names, a charge against its people goes to the inspectorate alone; one against the police, whom the
// city's inspectors have no say over, to those outside.
func TestAccused(t *testing.T) {
	t.Parallel()
	m, p := model(t)
	for _, text := range append(sayings(t, "misconduct.txt")["misconduct"], sayings(t, "last_aside.txt")["misconduct"]...) {
		r := m.Read(text)
		if !r.Misconduct {
			continue // TestSignals counts those
		}
		o := Offices(p, r, text, "36.73.01")
		want := "INSPEKTORAT"
		if strings.Contains(text, "polisi") || strings.Contains(text, "police") {
			want = "LUAR"
		}
		if len(o) != 1 || o[0].Code != want || o[0].P < 0.9 || r.NoReport {
			t.Errorf("%q: %+v", text, o)
		}
	}
}

// TestSignals: of every hundred that have it, at least so many are seen, and of the others at most so many are taken for it.
// The files "_aside" were written apart and nothing was mended with them in view.
func TestSignals(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, want := range []struct {
		file, signal    string
		found, needless float64
	}{
		{"danger.txt", "danger", 99, 2},
		{"harm.txt", "self", 100, 0},
		{"harm.txt", "abuse", 100, 0},
		{"misconduct.txt", "misconduct", 98, 2},
		{"human.txt", "human", 100, 0},
		{"danger_aside.txt", "danger", 90, 5},
		{"harm_aside.txt", "self", 85, 0},
		{"harm_aside.txt", "abuse", 80, 0},
		{"misconduct_aside.txt", "misconduct", 93, 13},
		{"human_aside.txt", "human", 90, 0},
		{"last_aside.txt", "danger", 97, 6},
		{"last_aside.txt", "self", 90, 0},
		{"last_aside.txt", "abuse", 85, 1},
		{"last_aside.txt", "misconduct", 100, 1},
		{"last_aside.txt", "human", 90, 0},
		{"hints_aside.txt", "misconduct", 80, 12},
		{"newest_aside.txt", "misconduct", 95, 9},
		{"newest_aside.txt", "danger", 87, 4},
		{"odd.txt", "danger", 97, 5},
		{"odd_aside.txt", "danger", 96, 14},
		{"wide_aside.txt", "danger", 86, 11},
		{"wide_aside.txt", "misconduct", 77, 8},
		{"wide_aside.txt", "self", 50, 2},
		{"wide_aside.txt", "abuse", 30, 2},
		{"wide_aside.txt", "human", 45, 2},
	} {
		all := sayings(t, want.file)
		hits, needless, others := 0, 0, 0
		tell := func(file, format string, args ...any) {
			if !strings.HasSuffix(file, "_aside.txt") { // they stay unseen
				t.Logf(format, args...)
			}
		}
		for label, texts := range all {
			for _, text := range texts {
				saw := signalsOf(m.Read(text))[want.signal]
				switch {
				case label == want.signal && saw:
					hits++
				case label == want.signal:
					tell(want.file, "%s: not seen: %q", want.signal, text)
				default:
					others++
					if saw {
						needless++
						tell(want.file, "%s: seen in %q", want.signal, text)
					}
				}
			}
		}
		found, wrong := 100*float64(hits)/float64(len(all[want.signal])), 100*float64(needless)/float64(others)
		t.Logf("%s: %.1f %% of %d found, %.1f %% of %d needless", want.file, found, len(all[want.signal]), wrong, others)
		if found < want.found || wrong > want.needless {
			t.Errorf("%s: %s: %.1f %% found, want %.0f; %.1f %% needless, want at most %.0f", want.file, want.signal, found, want.found,
				wrong, want.needless)
		}
	}
}
