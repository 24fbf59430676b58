package profile

import (
	"strings"
	"testing"
	"time"
)

// What people write about what is not the city's, and who they are told of.
func TestOwnerOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ city, category, text, want string }{
		{"serang", "penerangan_jalan", "listrik di rumah padam dari semalam", "PLN"},
		{"serang", "penerangan_jalan", "tiang listrik miring di gang", "PLN"},
		{"serang", "penerangan_jalan", "lampu jalan mati depan kantor PLN", ""},
		{"serang", "luar_kewenangan", "token listrik tidak bisa masuk", "PLN"},
		{"serang", "luar_kewenangan", "BPJS saya tidak aktif", "BPJS-KESEHATAN"},
		{"serang", "luar_kewenangan", "saldo BPJS ketenagakerjaan tidak keluar", "BPJS-TK"},
		{"serang", "luar_kewenangan", "paspor hilang", "IMIGRASI"},
		{"serang", "luar_kewenangan", "kantor pos antre", ""},
		{"serang", "jalan_jembatan", "jalan nasional Pakupatan bolong", "BPJN"},
		{"serang", "jalan_jembatan", "jalan provinsi rusak", "PROVINSI-JALAN"},
		{"serang", "jalan_jembatan", "Jl. Bhayangkara bolong-bolong", "PROVINSI-JALAN"},
		{"serang", "jalan_jembatan", "jalan berlubang di gang mawar", ""},
		{"serang", "pendidikan", "pungutan di SMA negeri", "PROVINSI-SEKOLAH"},
		{"serang", "pendidikan", "kampus membuang sampah", ""},
		{"serang", "pendidikan", "madrasah rusak", "KEMENAG"},
		{"serang", "lalu_lintas_angkutan", "mau perpanjang SIM", "POLRI"},
		{"serang", "air_bersih", "air mati di Bumi Agung", "ALBANTANI"},
		{"serang", "air_bersih", "air mati di Cipare", ""},
		{"serang", "jalan_jembatan", "jalan tol rusak, ada truk pertamina terbalik kemarin", ""},
		{"serang", "rumah_sakit", "RSUD Banten antre, BPJS ditolak", ""},
		{"serang", "kominfo_layanan_digital", "tiang indihome miring", "TELKOM"},
		{"serang", "kominfo_layanan_digital", "kabel wifi menjuntai di depan toko", ""},
		{"denpasar", "jalan_jembatan", "jalan provinsi rusak", ""}, // nobody is listed there
		{"serang", "tidak_ada", "listrik", ""},
	} {
		p, err := Builtin(c.city)
		if err != nil {
			t.Fatal(err)
		}
		o, _ := p.OwnerOf(c.category, c.text, "36.73.01")
		if o.Code != c.want {
			t.Errorf("%s: %s: %q belongs to %q, want %q", c.city, c.category, c.text, o.Code, c.want)
		}
		byHand := &Profile{Agencies: p.Agencies, Categories: p.Categories, Owners: p.Owners}
		if o, _ := byHand.OwnerOf(c.category, c.text, "36.73.01"); o.Code != c.want {
			t.Errorf("%s: without an index %q belongs to %q", c.city, c.text, o.Code)
		}
	}
}

// A door is believed for a year; no door is never old.
func TestStaleDoor(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		door Door
		want bool
	}{
		{Door{Phone: "123", Checked: "2026-11-01"}, false},
		{Door{Phone: "123", Checked: "2025-11-30"}, false},
		{Door{Phone: "123", Checked: "2025-11-01"}, true},
		{Door{Web: "https://x.id"}, true},
		{Door{}, false},
	} {
		if got := c.door.Stale(at); got != c.want {
			t.Errorf("%+v: stale is %v", c.door, got)
		}
	}
}

// What a clerk may get wrong about those outside, and about reasons.
func TestOwnerMistakes(t *testing.T) {
	t.Parallel()
	const good = `owners:
  - {code: PLN, name: PLN, short: PLN, aliases: [listrik negara], about: listrik, about_en: power, door: {phone: "123", checked_on: 2026-01-01, source: pln}}
`
	const reason = `rejections: [{code: tidak_jelas, name: Tidak jelas, words: Kurang jelas., words_en: Not clear.}]`
	whole := strings.Replace(minimal, `rejections: [{code: tidak_jelas, name: Tidak jelas}]`, reason, 1) + good
	if _, err := Load(minimalFS(whole), "x"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"code", "code: PLN", "code: pln", `an owner's code is capital letters, digits and hyphens, not "pln"; example: code: PLN`},
		{"no short name", "short: PLN, ", "", `owner PLN needs a name and a short name; example: short: PLN`},
		{"about in one language", "about_en: power, ", "", `owner PLN does not say what it looks after, in Indonesian and in English`},
		{"a name of an office", "aliases: [listrik negara]", "aliases: [Dishub]", `"Dishub" calls both agency DISHUB and owner PLN; example: aliases: [perusahaan listrik]`},
		{"no number", `phone: "123"`, `phone: "satu dua"`, `"satu dua" of owner PLN is no number to call; example: phone: "123"`},
		{"no page", `phone: "123"`, `web: pln.co.id`, `the page of owner PLN must begin with https://, not "pln.co.id"`},
		{"never checked", "checked_on: 2026-01-01, ", "", `the door of owner PLN needs the day on which it was seen to be right, not ""; example: checked_on: 2026-11-01`},
		{"no day", "checked_on: 2026-01-01", "checked_on: kemarin", `needs the day on which it was seen to be right, not "kemarin"`},
		{"no source", ", source: pln", "", `the door of owner PLN does not say where it was seen`},
		{"unknown to a rule", "keywords: [parkir]", "keywords: [parkir], rules: [{words: [a], agency: LUAR, owner: PNL}]", `a rule of parkir names the owner "PNL", which there is not (did you mean "PLN"?)`},
		{"owner of an office", "keywords: [parkir]", "keywords: [parkir], rules: [{words: [a], agency: DISHUB, owner: PLN}]", `a rule of parkir names the owner PLN and an agency of the government`},
		{"reason in one language", ", words_en: Not clear.", "", `the rejection tidak_jelas says its "words" in one language alone`},
		{"all reasons retired", "name: Tidak jelas", "name: Tidak jelas, retired: true", `no reason to reject a report is given`},
	} {
		text := strings.Replace(whole, c.old, c.new, 1)
		if text == whole {
			t.Fatalf("%s: %q does not stand there", c.name, c.old)
		}
		_, err := Load(minimalFS(text), "x")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
		if err != nil && strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: one mistake is told as several:\n%v", c.name, err)
		}
	}
}

// The reasons that come with the program are nine, each says why and what to do in both languages; those of old can be read.
func TestReasons(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.Reasons()); n != 9 {
		t.Errorf("%d reasons are offered", n)
	}
	for _, r := range p.Reasons() {
		if r.Words == "" || r.WordsEN == "" || r.Next == "" || r.NextEN == "" || r.NameEN == "" {
			t.Errorf("%s does not say all in both languages", r.Code)
		}
	}
	for _, old := range []string{"tidak_jelas", "tidak_benar", "bukan_laporan", "sudah_selesai", "luar_wilayah", "proses_hukum", "urusan_pribadi", "sara_fitnah"} {
		if r, ok := p.Rejection(old); !ok || r.Name == "" {
			t.Errorf("the reason %s of old cannot be read", old)
		}
	}
}
