package profile

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestBuiltins(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Errorf("%s:\n%v", name, err)
			continue
		}
		districts := map[string]bool{}
		for _, a := range p.Areas {
			districts[a.District] = true
			if office, why := p.Office("pelayanan_kelurahan_kecamatan", "lurahnya tidak ada", a.District); office == "" {
				t.Errorf("%s: kecamatan %s has no office (%s)", name, a.DistrictName, why)
			}
		}
		if len(p.Areas) <= len(districts) || len(p.Categories) == 0 {
			t.Errorf("%s: %d kelurahan in %d kecamatan, %d categories", name, len(p.Areas), len(districts), len(p.Categories))
		}
		if p.Emergency[0].Number != "112" || len(p.Neighbours) == 0 {
			t.Errorf("%s: emergency %v, %d neighbours", name, p.Emergency, len(p.Neighbours))
		}
		for _, c := range p.Categories {
			if _, ok := p.Agency(c.Agency); c.Agency != "" && c.Agency != District && !ok {
				t.Errorf("%s: category %s leads to %q", name, c.Code, c.Agency)
			}
		}
	}
	if _, err := Builtin("jakarta"); err == nil || !strings.Contains(err.Error(), "serang, pandeglang") {
		t.Errorf("an unknown profile says %v", err)
	}
}

// Serang is the default and complete: what the product's promises name must stand in it.
func TestSerang(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	if p.Partial != "" {
		t.Errorf("partial says %q", p.Partial)
	}
	for _, a := range p.Agencies {
		if a.Source == "" || a.Duties == "" {
			t.Errorf("%s has no source or duties", a.Code)
		}
	}
	if out, ok := p.Outside(); !ok || out.Code != "LUAR" {
		t.Errorf("outside is %v", out)
	}
	for _, code := range []string{"darurat", "bukan_laporan"} {
		if c, ok := p.Category(code); !ok || !c.Hidden {
			t.Errorf("%s must be hidden", code)
		}
	}
	for _, code := range []string{"pungli_integritas", "perempuan_anak_kb"} {
		if c, _ := p.Category(code); !c.Sensitive {
			t.Errorf("%s must be sensitive", code)
		}
	}
	if len(p.Streets) == 0 || len(p.Landmarks) == 0 {
		t.Errorf("%d streets, %d landmarks", len(p.Streets), len(p.Landmarks))
	}
	for _, m := range p.Landmarks {
		if m.Area == "" {
			continue
		}
		if _, ok := p.Area(m.Area); !ok {
			t.Errorf("landmark %s lies in %q", m.Name, m.Area)
		}
	}
}

func TestEmbeddedSize(t *testing.T) {
	t.Parallel()
	total := int64(0)
	err := fs.WalkDir(builtin, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		i, err := d.Info()
		if err == nil {
			total += i.Size()
		}
		return err
	})
	if err != nil || total > 600<<10 {
		t.Errorf("the profiles take %d bytes (limit %d): %v", total, 600<<10, err)
	}
	t.Logf("%d bytes embedded", total)
}

func TestAreasRoundTrip(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := WriteAreas(&out, p.Areas); err != nil {
			t.Fatal(err)
		}
		was, err := fs.ReadFile(builtin, name+"/areas.tsv")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(was, out.Bytes()) {
			t.Errorf("%s: areas written again differ", name)
		}
	}
}

// A hole and a second island survive, as do points south and west of zero.
func TestAreasWithHoles(t *testing.T) {
	t.Parallel()
	square := func(x, y, s float64) [][2]float64 {
		return [][2]float64{{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}, {x, y}}
	}
	want := []Area{{Code: "1.2.3", Name: "Pulau", District: "1.2", DistrictName: "Kec", Polygons: [][][][2]float64{
		{square(0, 0, 3), square(1, 1, 1)}, {square(-5.12345, -6, 0.5)},
	}}}
	var out bytes.Buffer
	if err := WriteAreas(&out, want); err != nil {
		t.Fatal(err)
	}
	l := loader{decoder: decoder{fsys: fstest.MapFS{"a.tsv": {Data: out.Bytes()}}}}
	got := l.listedAreas("a.tsv")
	if len(l.problems) > 0 {
		t.Fatal(l.problems)
	}
	near := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })
	if d := cmp.Diff(want, got, near); d != "" {
		t.Error(d)
	}
}

const minimal = `id: x
city: Kota X
government: Pemerintah Kota X
product: Lapor
prefix: XXX
zone: Asia/Jakarta
coordinator: Kominfo
emergency: [{number: "112", name: Siaga}]
clocks: [{name: Jawaban, from: 2018-01-01, hours: 72}]
rejections: [{code: tidak_jelas, name: Tidak jelas}]
agencies:
  - {code: DISHUB, name: Dinas Perhubungan, short: Dishub}
  - {code: KEC-A, name: Kecamatan A, short: Kec. A, district: "1.1"}
  - {code: LUAR, name: Luar, short: Luar, outside: true}
categories:
  - {code: parkir, name: Parkir, name_en: Parking, agency: DISHUB, keywords: [parkir], short: Parkir, short_en: Parking, icon: "🅿️", group: jalan}
  - {code: lurah, name: Lurah, name_en: Village, agency: KECAMATAN, keywords: [lurah], short: Lurah, short_en: Village, icon: "🏛️", group: jalan}
  - {code: pungli_integritas, name: Pungli, name_en: Bribes, agency: LUAR, keywords: [pungli], short: Pungli, short_en: Bribes, icon: "⚖️", group: jalan, sensitive: true}
  - {code: perempuan_anak_kb, name: Anak, name_en: Children, agency: LUAR, keywords: [anak], short: Anak, short_en: Children, icon: "👩", group: jalan, sensitive: true}
groups: [{code: jalan, name: Jalan, name_en: Roads, icon: "🛣️"}]
whatsapp: {chat_pause: {from: 1, to: 2}, notice_pause: {from: 10, to: 20}, per_minute: 20, per_day: 1000}
`

func minimalFS(profile string) fstest.MapFS {
	var areas bytes.Buffer
	a := Area{Code: "1.1.1", Name: "A", District: "1.1", DistrictName: "A", Polygons: [][][][2]float64{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}}
	if err := WriteAreas(&areas, []Area{a}); err != nil {
		panic(err)
	}
	return fstest.MapFS{"x/profile.yaml": {Data: []byte(profile)}, "x/areas.tsv": {Data: areas.Bytes()}}
}

func TestMinimal(t *testing.T) {
	t.Parallel()
	if _, err := Load(minimalFS(minimal), "x"); err != nil {
		t.Fatal(err)
	}
}

// Every mistake is told with its place, what is wrong and an example.
func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "prefix: XXX", "prefx: XXX", `x/profile.yaml:5:1: unknown key "prefx" in the profile (did you mean "prefix"?); example: prefix: …`},
		{"unknown key inside", "short: Dishub", "shrt: Dishub", `x/profile.yaml:12:45: unknown key "shrt" in agencies[DISHUB] (did you mean "short"?); example: short: …`},
		{"not YAML", "city: Kota X", "city: [Kota X", `is not YAML`},
		{"key twice", "city: Kota X", "id: y", `x/profile.yaml:2:1: is not YAML: mapping key "id" already defined`},
		{"list expected", "keywords: [parkir]", "keywords: parkir", `x/profile.yaml:16:78: categories[parkir].keywords must be a list, not one value; example: - DISHUB`},
		{"value expected", "coordinator: Kominfo", "coordinator: [Kominfo]", `x/profile.yaml:7:14: coordinator must be one value, not a list; example: Dishub`},
		{"number expected", "hours: 72", "hours: lama", `x/profile.yaml:9:51: clocks[0].hours must be a whole number, not "lama"; example: 72`},
		{"bool expected", "outside: true", "outside: ya", `agencies[LUAR].outside must be true or false, not "ya"; example: true`},
		{"agency twice", "code: KEC-A", "code: DISHUB", `x/profile.yaml:13:12: the code "DISHUB" stands twice in agencies`},
		{"category twice", "code: lurah", "code: parkir", `x/profile.yaml:17:12: the code "parkir" stands twice in categories`},
		{"no code", "code: lurah, ", "", `an entry of categories has no code`},
		{"no such agency", "agency: DISHUB", "agency: DISHUP", `x/profile.yaml:16:60: agency "DISHUP" is none of this profile's agencies nor roles (did you mean "DISHUB"?); example: agency: DISHUB`},
		{"agency not said", "agency: DISHUB, ", "", `category parkir does not say whose duty it is`},
		{"prefix", "prefix: XXX", "prefix: Xx", `x/profile.yaml:5:9: prefix must be 2 to 4 capital letters, not "Xx"; example: prefix: SRG`},
		{"long prefix", "prefix: XXX", "prefix: XXXXX", `prefix must be 2 to 4 capital letters, not "XXXXX"`},
		{"zone", "Asia/Jakarta", "Asia/Serang", `x/profile.yaml:6:7: there is no time zone "Asia/Serang"; example: zone: Asia/Jakarta`},
		{"local zone", "Asia/Jakarta", "Local", `there is no time zone "Local"`},
		{"missing name", "city: Kota X", "", `city is missing or empty; example: city: Kota Serang`},
		{"no emergency", `emergency: [{number: "112", name: Siaga}]`, "", `no emergency number is given`},
		{"bad emergency", `"112"`, `"satu"`, `x/profile.yaml:8:22: "satu" is no number to call; example: number: "112"`},
		{"no outside", ", outside: true", "", `exactly one agency must be marked outside, not 0`},
		{"two outside", `district: "1.1"`, `district: "1.1", outside: true`, `exactly one agency must be marked outside, not 2`},
		{"kecamatan without office", `, district: "1.1"`, "", `kecamatan A (1.1) has no agency, and categories go to KECAMATAN`},
		{"kecamatan unknown", `district: "1.1"`, `district: "1.9"`, `no kelurahan of the areas file lies in kecamatan "1.9"`},
		{"two called one", "short: Kec. A", "short: dishub", `"dishub" calls both DISHUB and KEC-A`},
		{"no key words", "keywords: [parkir]", "keywords: []", `x/profile.yaml:16:78: category parkir has no key words`},
		{"empty key word", "keywords: [parkir]", `keywords: ["!"]`, `a key word of parkir is empty`},
		{"no English", "name_en: Parking, ", "", `category parkir needs a name in Indonesian and in English`},
		{"bad code", "code: lurah", "code: Pak Lurah", `a category's code is small letters`},
		{"no icon", ` icon: "🅿️",`, "", `category parkir needs a short name in Indonesian and in English, and an icon`},
		{"short name too long", "short: Parkir", "short: Parkir dan juru parkir liar", `"Parkir dan juru parkir liar" is too long for a button: at most 24 letters`},
		{"no such group", "group: jalan}\n", "group: jalanan}\n", `category parkir is in no group of the menu: "jalanan"`},
		{"no groups", `groups: [{code: jalan, name: Jalan, name_en: Roads, icon: "🛣️"}]`, "", `the menu of categories has 1 to 7 groups, not 0`},
		{"an empty group", `icon: "🛣️"}]`, `icon: "🛣️"}, {code: air, name: Air, name_en: Water, icon: "💧"}]`, `the group air offers no category`},
		{"a long code", "code: lurah", "code: " + strings.Repeat("lurah", 7), `is too long: at most 32 letters`},
		{"a button's code", "code: lurah", "code: back", `the code "back" is a button's own`},
		{"two of one name", "short: Lurah", "short: parking!", `x/profile.yaml:17:95: "parking!" calls both parkir and lurah in the group jalan`},
		{"a reason's code", "code: tidak_jelas", "code: Tidak jelas", `a rejection's code is small letters, digits and underscores, not "Tidak jelas"`},
		{"rule without words", "keywords: [parkir]", "keywords: [parkir], rules: [{agency: LUAR}]", `a rule of parkir has no words`},
		{"rule to nobody", "keywords: [parkir]", "keywords: [parkir], rules: [{words: [a], agency: LUARR}]", `agency "LUARR" is none`},
		{"no clock for all kinds", "hours: 72", "hours: 72, kinds: [pengaduan]", `no clock says how long an answer to aspirasi may take`},
		{"light clock is not enough", "hours: 72", "hours: 72, light: true", `no clock says how long an answer to pengaduan may take`},
		{"hours and days", "hours: 72", "hours: 72, working_days: 3", `the clock "Jawaban" needs either hours or working_days or working_hours, above 0`},
		{"no length", ", hours: 72", "", `the clock "Jawaban" needs either hours or working_days`},
		{"clock's day", "2018-01-01", "1-1-2018", `from of the clock "Jawaban" must be a day, not "1-1-2018"; example: from: 2026-01-31`},
		{"clock's kind", "hours: 72", "hours: 72, kinds: [keluhan]", `a clock's kinds are pengaduan, aspirasi and informasi, not "keluhan"`},
		{"clock's stage", "hours: 72", "hours: 72, stage: lain", `a clock's stage is verify, answer or finish, not "lain"`},
		{"clock's category", "hours: 72", "hours: 72, categories: [x]", `names the category "x", which there is not`},
		{"holiday", "coordinator: Kominfo", "coordinator: Kominfo\nholidays: [2026-12-25, 25 Des]", `x/profile.yaml:8:24: a holiday is a day, not "25 Des"; example: 2026-12-25`},
		{"a word for two rejections", "rejections: [{code: tidak_jelas, name: Tidak jelas}]",
			"rejections: [{code: tidak_jelas, name: Tidak jelas, also: [kurang]}, {code: kurang_data, name: Kurang data, also: [Kurang]}]", `"Kurang" means two rejections, tidak_jelas and kurang_data`},
		{"a word that is another rejection", "rejections: [{code: tidak_jelas, name: Tidak jelas}]",
			"rejections: [{code: tidak_jelas, name: Tidak jelas}, {code: lain, name: Lain, also: [tidak jelas]}]", `"tidak jelas" means two rejections, tidak_jelas and lain`},
		{"an empty word for a rejection", "rejections: [{code: tidak_jelas, name: Tidak jelas}]", "rejections: [{code: tidak_jelas, name: Tidak jelas, also: [\"!\"]}]", `the rejection tidak_jelas has an empty word`},
		{"no rejections", "rejections: [{code: tidak_jelas, name: Tidak jelas}]", "", `no reason to reject a report is given`},
		{"manners backwards", "{from: 1, to: 2}", "{from: 2, to: 1}", `x/profile.yaml:21:24: whatsapp.chat_pause must go from one number of seconds up to another, at most 3600, not from 2 to 1; example: chat_pause: {from: 1, to: 2}`},
		{"no manners", "notice_pause: {from: 10, to: 20}, ", "", `whatsapp.notice_pause must go from one number of seconds up to another`},
		{"manners of nothing", "per_day: 1000", "per_day: 0", `whatsapp.per_day must be 1 or more, not 0`},
		{"bounds below nothing", "coordinator: Kominfo", "coordinator: Kominfo\nbounds: {open: 20, per_hour: -1}", `x/profile.yaml:8:30: bounds.per_hour must be a number from 0 to 100000, not -1; example: per_hour: 10`},
		{"a block without an end", "coordinator: Kominfo", "coordinator: Kominfo\nbounds: {block_days: 5000}", `bounds.block_days must be a number from 0 to 366, not 5000`},
		{"opened again before it ended", "coordinator: Kominfo", "coordinator: Kominfo\nreopen_days: -1", `x/profile.yaml:8:14: reopen_days must be a number of days from 0 to 366, not -1; example: reopen_days: 30`},
		{"opened again after years", "coordinator: Kominfo", "coordinator: Kominfo\nreopen_days: 3660", `reopen_days must be a number of days from 0 to 366, not 3660`},
		{"a category opened again after years", "keywords: [parkir]", "keywords: [parkir], reopen_days: 367", `categories[parkir].reopen_days must be a number of days from 0 to 366, not 367; example: reopen_days: 30`},
		{"a category opened again before it ended", "keywords: [parkir]", "keywords: [parkir], reopen_days: -30", `categories[parkir].reopen_days must be a number of days from 0 to 366, not -30`},
		{"kept for ever", "coordinator: Kominfo", "coordinator: Kominfo\nkeeping: {reports: 99999, letters: 365, stumbles: 30}", `keeping.reports must be 30 to 3650 days, not 99999; example: reports: 365`},
		{"gone at once", "coordinator: Kominfo", "coordinator: Kominfo\nkeeping: {reports: 0, letters: 365, stumbles: 30}", `keeping.reports must be 30 to 3650 days, not 0`},
		{"letters of a day", "coordinator: Kominfo", "coordinator: Kominfo\nkeeping: {reports: 730, letters: 1, stumbles: 30}", `keeping.letters must be 7 to 3650 days, not 1`},
		{"stumbles of a century", "coordinator: Kominfo", "coordinator: Kominfo\nkeeping: {reports: 730, letters: 365, stumbles: 36500}", `keeping.stumbles must be 1 to 3650 days, not 36500`},
		{"keeping by another word", "coordinator: Kominfo", "coordinator: Kominfo\nkeeping: {laporan: 9}", `unknown key "laporan"`},
		{"neighbour", "coordinator: Kominfo", "coordinator: Kominfo\nneighbours: [{name: Y, points: [[106.1, 600]]}]", `106.1, 600 is no point in degrees`},
		{"neighbour's point", "coordinator: Kominfo", "coordinator: Kominfo\nneighbours: [{name: Y, points: [[106.1]]}]", `must be 2 numbers: latitude, longitude; example: [-6.12, 106.15]`},
		{"role to nobody", "coordinator: Kominfo", "coordinator: Kominfo\nroles: {DLH: DLHK}", `role DLH leads to "DLHK", which is none of the agencies`},
		{"role unused", "coordinator: Kominfo", "coordinator: Kominfo\nroles: {DLH: LUAR}", `role DLH is used by no category`},
		{"include missing", "id: x", "id: x\ninclude: [../c.yaml]", `x/profile.yaml:2:11: the included file ../c.yaml cannot be read: there is no such file`},
		{"anchors", "coordinator: Kominfo", "coordinator: &a Kominfo", `an anchor, alias or tag`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(minimal, c.old, c.new, 1)
			if text == minimal {
				t.Fatal("nothing was changed")
			}
			_, err := Load(minimalFS(text), "x")
			var ps Problems
			if !errors.As(err, &ps) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got:\n%v\nwant:\n%s", err, c.want)
			}
		})
	}
}

func TestMistakesInTables(t *testing.T) {
	t.Parallel()
	const streets = "name,area,district,keeper\n"
	const places = "name,kind,address,area,district,lat,lon,also\n"
	for _, c := range []struct{ name, file, text, want string }{
		{"open ring", "areas.tsv", "1.1\tA\n1.1.1\tA\t" + encodeRing([][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}) + "\n", "x/areas.tsv:2:9: A: the ring is not closed"},
		{"short ring", "areas.tsv", "1.1\tA\n1.1.1\tA\t??\n", "a ring of 1 points has no inside"},
		{"cut ring", "areas.tsv", "1.1\tA\n1.1.1\tA\t~\n", "ends inside a number"},
		{"bad letter", "areas.tsv", "1.1\tA\n1.1.1\tA\t!!\n", "does not belong in a ring"},
		{"no kecamatan", "areas.tsv", "1.1.1\tA\t??\n", `x/areas.tsv:1:1: kelurahan A stands before its kecamatan "1.1"`},
		{"twice", "areas.tsv", "1.1\tA\n1.1\tB\n", `x/areas.tsv:2:1: the code "1.1" stands twice`},
		{"no name", "areas.tsv", "1.1\n", `x/areas.tsv:1:1: a line needs a code, a name`},
		{"empty", "areas.tsv", "# nothing\n", `holds no kelurahan`},
		{"street's head", "streets.csv", "nama\n", `x/streets.csv:1:`},
		{"street's area", "streets.csv", streets + "Veteran,1.1.9,,\n", `x/streets.csv:2:9: no kelurahan of the areas file has the code "1.1.9"; example: 36.73.01.1002`},
		{"street's keeper", "streets.csv", streets + "Veteran,,1.1,desa\n", `x/streets.csv:2:14: the keeper of a street is kota, provinsi, nasional or empty, not "desa"`},
		{"street's name", "streets.csv", streets + ",,,\n", `a street needs a name`},
		{"place's point", "landmarks.csv", places + "Pasar,pasar,,,,6,x,\n", `x/landmarks.csv:2:16: "6", "x" is no point in degrees`},
		{"place's kecamatan", "landmarks.csv", places + "Pasar,pasar,,,1.7,,,\n", `no kecamatan of the areas file has the code "1.7"`},
		{"place's fields", "landmarks.csv", places + "Pasar,pasar\n", `x/landmarks.csv:2:1: wrong number of fields`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fsys := minimalFS(minimal)
			fsys["x/"+c.file] = &fstest.MapFile{Data: []byte(c.text)}
			_, err := Load(fsys, "x")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got:\n%v\nwant:\n%s", err, c.want)
			}
		})
	}
	fsys := minimalFS(minimal)
	delete(fsys, "x/areas.tsv")
	if _, err := Load(fsys, "x"); err == nil || !strings.Contains(err.Error(), "x/areas.geojson: is missing") {
		t.Errorf("without areas: %v", err)
	}
}

// Several mistakes are told together, all of them.
func TestManyMistakes(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer("prefix: XXX", "prefix: x", "Asia/Jakarta", "Mars", "city: Kota X", "city: ''").Replace(minimal)
	_, err := Load(minimalFS(text), "x")
	var ps Problems
	if !errors.As(err, &ps) || len(ps) != 3 {
		t.Errorf("got %v", err)
	}
	_, err = Load(minimalFS("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\n"), "x")
	if err == nil || strings.Count(err.Error(), "unknown key") != 10 {
		t.Errorf("got %v", err)
	}
}

// A city's file changes single fields of shared entries, adds to them, and names its own offices for the roles.
func TestOverride(t *testing.T) {
	t.Parallel()
	fsys := minimalFS(strings.Replace(minimal, "categories:\n", `include: [../c.yaml]
roles: {DLH: DISHUB, BPBD: ""}
categories:
  - {code: sampah, name: Sampah kota, add_keywords: [cilowong], add_rules: [{words: [pasar], agency: LUAR}]}
`, 1))
	fsys["c.yaml"] = &fstest.MapFile{Data: []byte(`categories:
  - code: sampah
    name: Sampah
    name_en: Waste
    short: Sampah
    short_en: Rubbish
    icon: "🗑️"
    group: jalan
    agency: DLH
    others: [BPBD, LUAR]
    keywords: [sampah]
    rules: [{words: [banjir], agency: BPBD, why: banjir}]
holidays: [2026-01-01]
`)}
	p, err := Load(fsys, "x")
	if err != nil {
		t.Fatal(err)
	}
	got, _ := p.Category("sampah")
	want := Category{Code: "sampah", Name: "Sampah kota", NameEN: "Waste", Agency: "DISHUB",
		Short: "Sampah", ShortEN: "Rubbish", Icon: "🗑️", Group: "jalan", Others: []string{"LUAR"},
		Keywords: []string{"cilowong", "sampah"}, Added: []string{"cilowong"}, Rules: []Rule{{Words: []string{"pasar"}, Agency: "LUAR"}, {Words: []string{"banjir"}, Why: "banjir"}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(p.Holidays) != 1 || len(p.Categories) != 5 {
		t.Errorf("holidays %v, %d categories", p.Holidays, len(p.Categories))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(minimal)
	f.Add("a: [")
	f.Add("categories: [{code: [x]}, 3]\nclocks: {a: b}\nroles: [1]\nemergency: 3")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Load(minimalFS(text), "x")
		if (p == nil) == (err == nil) {
			t.Errorf("profile %v, error %v", p, err)
		}
	})
}
