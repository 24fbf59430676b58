package profile_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/understand"
	"rabeg/internal/understand/eval"
)

// begun is a new city's folder, as the program writes it.
func begun(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kota")
	if err := profile.New(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// edit changes one place of a file, as a clerk does.
func edit(t *testing.T, file, old, as string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), old, as, 1)
	if changed == string(text) {
		t.Fatalf("%q does not stand in %s", old, file)
	}
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A clerk's way: a new folder is well as it is; an office, a category with its words and a kelurahan are written into it; it
// is well again, and citizens' words find them.
func TestACityOfItsOwn(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	var out bytes.Buffer
	if err := profile.Check(&out, dir); err != nil {
		t.Fatalf("a new folder is not well: %v\n%s", err, &out)
	}
	if err := profile.New(dir); err == nil || !strings.Contains(err.Error(), "is not empty (it holds ") {
		t.Errorf("a folder that holds something: %v", err)
	}
	yaml, areas := filepath.Join(dir, "profile.yaml"), filepath.Join(dir, "areas.geojson")
	edit(t, yaml, "agencies:\n", `agencies:
  - code: UPT-DERMAGA
    name: UPT Dermaga dan Sungai Kota Contoh
    short: UPT Dermaga
`)
	edit(t, yaml, "# Daerah tetangga", `categories:
  - code: dermaga
    name: Dermaga & perahu
    name_en: Jetties & boats
    short: Dermaga & perahu
    short_en: Jetties & boats
    icon: "⛴️"
    group: jalan
    agency: UPT-DERMAGA
    keywords: [dermaga, perahu penyeberangan, klotok]

# Daerah tetangga`)
	edit(t, areas, `{"type": "Feature"`, `{"type": "Feature", "properties": {"kode": "99.99.01.1003", "nama": "Kuala Anggrek", "kecamatan": "Utara", "kode_kec": "99.99.01"},
 "geometry": {"type": "Polygon", "coordinates": [[[106.140, -6.100], [106.160, -6.100], [106.160, -6.120], [106.140, -6.100]]]}},
{"type": "Feature"`)
	out.Reset()
	if err := profile.Check(&out, dir); err != nil {
		t.Fatalf("the edited folder is not well: %v\n%s", err, &out)
	}
	for _, line := range []string{"Kota Contoh is well: report numbers begin with CTH, region 99.99", "3 kelurahan in 1 kecamatan", "without      neighbours"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("the summary does not say %q:\n%s", line, &out)
		}
	}
	p, err := profile.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	a := classify(t, p, "dermaga klotoknya rusak, papannya lepas")
	if a.Category != "dermaga" || len(a.Agencies) == 0 || a.Agencies[0].Code != "UPT-DERMAGA" || !strings.HasSuffix(a.Why[len(a.Why)-1], "→ Dermaga & perahu") {
		t.Errorf("understood as %+v", a)
	}
	if a := classify(t, p, "lampu jalan mati"); a.Category != "penerangan_jalan" || a.Agencies[0].Code != "DISHUB" {
		t.Errorf("the shared categories: %+v", a)
	}
	finder, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	if spot, ok := finder.At(-6.104, 106.155); !ok || !spot.Inside || spot.Area != "99.99.01.1003" {
		t.Errorf("a pin in the new kelurahan is %+v", spot)
	}
}

func classify(t *testing.T, p *profile.Profile, text string) eval.Answer {
	t.Helper()
	reader, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(map[string]string{"id": "1", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := eval.Classify(bytes.NewReader(in), &out, reader, p); err != nil {
		t.Fatal(err)
	}
	var a eval.Answer
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// Each broken folder is told by exactly these lines, DIR being the folder.
func TestBrokenFolders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, old, as, want string }{
		"a typo":              {"profile.yaml", "prefix: CTH", "prefx: CTH", `DIR/profile.yaml:18:1: unknown key "prefx" in the profile (did you mean "prefix"?); example: prefix: …`},
		"a typo further in":   {"profile.yaml", "aliases: [PUPR", "alias: [PUPR", `DIR/profile.yaml:62:5: unknown key "alias" in agencies[DPUPR] (did you mean "aliases"?); example: aliases: …`},
		"a key nobody knows":  {"profile.yaml", "id: contoh ", "walikota: Budi\nid: contoh", `DIR/profile.yaml:14:1: unknown key "walikota" in the profile; example: agencies: …`},
		"an office twice":     {"profile.yaml", "code: DISHUB", "code: DPUPR", `DIR/profile.yaml:64:11: the code "DPUPR" stands twice in agencies; example: every code once`},
		"an unknown office":   {"profile.yaml", "DAMKAR: SATPOLPP", "DAMKAR: SATPOLP", `DIR/profile.yaml:133:11: role DAMKAR leads to "SATPOLP", which is none of the agencies; example: DAMKAR: DISHUB`},
		"hours of nothing":    {"profile.yaml", "hours: 72", "hours: 0", `DIR/profile.yaml:38:12: the clock "Jawaban pertama" needs either hours or working_days or working_hours, above 0; example: hours: 72`},
		"hours below nothing": {"profile.yaml", "hours: 24", "hours: -24", `DIR/profile.yaml:42:12: the clock "Jawaban pertama, laporan ringan" needs either hours or working_days or working_hours, above 0, not -24 hours; example: hours: 72`},
		"hours in words":      {"profile.yaml", "hours: 72", "hours: tiga hari", `DIR/profile.yaml:38:12: clocks[7].hours must be a whole number, not "tiga hari"; example: 72`},
		"no such holiday":     {"profile.yaml", "# Jam kerja lain di waktu tertentu", "holidays:\n  - 2027-02-30\n# Jam", `DIR/profile.yaml:49:5: a holiday is a day, not "2027-02-30"; example: 2026-12-25`},
		"no such zone":        {"profile.yaml", "zone: Asia/Jakarta", "zone: Asia/Contoh", `DIR/profile.yaml:19:7: there is no time zone "Asia/Contoh"; example: zone: Asia/Jakarta`},
		"letters to call":     {"profile.yaml", `number: "112"`, `number: satu-satu-dua`, `DIR/profile.yaml:27:13: "satu-satu-dua" is no number to call; example: number: "112"`},
		"nobody to call": {"profile.yaml", `emergency:
  - number: "112"
    name: Darurat 112
    about: Gratis, 24 jam. Kebakaran, kecelakaan, bencana, orang sakit, kejahatan.`, "emergency: []", `DIR/profile.yaml:26:12: no emergency number is given; example: emergency: [{number: "112", name: Serang Siaga 112}]`},
		"no coordinator":     {"profile.yaml", "coordinator: Diskominfo Kota Contoh", "coordinator: \"\"", `DIR/profile.yaml:20:14: coordinator is missing or empty; example: coordinator: Diskominfo`},
		"nobody outside":     {"profile.yaml", "outside: true", "outside: false", `DIR/profile.yaml:59:3: exactly one agency must be marked outside, not 0; example: - {code: LUAR, outside: true, …}`},
		"tabs":               {"profile.yaml", "    hours: 72", "\thours: 72", `DIR/profile.yaml:38:1: is not YAML: a tab stands at the beginning of the line; example: spaces in its place, as many as in the lines around`},
		"no such list":       {"profile.yaml", "../common/rules.yaml", "../common/rule.yaml", `DIR/profile.yaml:12:85: the included file ../common/rule.yaml cannot be read: there is no such file; example: include: [../common/categories.yaml, ../common/rules.yaml]`},
		"outside the folder": {"profile.yaml", "../common/rules.yaml", "../../rules.yaml", `DIR/profile.yaml:12:85: the included file ../../rules.yaml cannot be read: it lies outside the profile's folder; example: include: [../common/categories.yaml, ../common/rules.yaml]`},
		"an open border":     {"areas.geojson", "[106.100, -6.120], [106.100, -6.100]]", "[106.100, -6.120]]", `DIR/areas.geojson:4:1: Mawar: the ring is not closed: its last point is not its first; example: [[[106.15, -6.11], [106.16, -6.11], [106.16, -6.12], [106.15, -6.11]]]`},
		"north before east":  {"areas.geojson", "[106.120, -6.100]", "[-6.100, 106.120]", `DIR/areas.geojson:4:1: Mawar: latitude 106.12, longitude -6.1 is not on earth; example: [[[106.15, -6.11], [106.16, -6.11], [106.16, -6.12], [106.15, -6.11]]]`},
		"a kelurahan twice":  {"areas.geojson", "99.99.01.1002", "99.99.01.1001", `DIR/areas.geojson:6:1: the code "99.99.01.1001" stands twice; example: every code once`},
		"no more a map":      {"areas.geojson", "\n]\n}", "", `DIR/areas.geojson:8:1: is not JSON: it ends in the middle; example: `},
		"a kecamatan too many": {"areas.geojson", `"99.99.01.1002", "nama": "Melati", "kecamatan": "Utara", "kode_kec": "99.99.01"`, `"99.99.02.1002", "nama": "Melati", "kecamatan": "Selatan", "kode_kec": "99.99.02"`,
			`DIR/profile.yaml:59:3: kecamatan Selatan (99.99.02) has no agency, and categories go to KECAMATAN; example: - {code: KEC-…, district: "99.99.02"}`},
		"a street elsewhere": {"streets.csv", "99.99.01.1001", "99.99.01.2001", `DIR/streets.csv:4:15: no kelurahan of the areas file has the code "99.99.01.2001"; example: 36.73.01.1002`},
		"another comma":      {"landmarks.csv", "name,kind,address,area,district,lat,lon,also", "name;kind;address;area;district;lat;lon;also", `DIR/landmarks.csv:3:1: wrong number of fields; example: name,kind,address,area,district,lat,lon,also`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			edit(t, filepath.Join(dir, c.file), c.old, c.as)
			told(t, dir, c.want)
		})
	}
}

// told checks a folder and compares what is printed, to the last line unless want ends in the middle of one.
func told(t *testing.T, dir, want string) {
	t.Helper()
	var out bytes.Buffer
	if err := profile.Check(&out, dir); err == nil {
		t.Errorf("the folder is well:\n%s", &out)
	}
	got := strings.ReplaceAll(out.String(), dir, "DIR")
	if !strings.HasPrefix(got, want) || strings.Count(got, "\n") > strings.Count(want, "\n")+1 && !strings.HasSuffix(want, ":") {
		t.Errorf("printed:\n%s\nwant:\n%s", got, want)
	}
	if _, err := profile.Open(dir); err == nil {
		t.Error("it can be opened")
	}
}

// What is wrong with a file as a whole has its line, too.
func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(file string) error
		file  string
		want  string
	}{
		"a file that is not there": {os.Remove, "profile.yaml", "DIR/profile.yaml: cannot be read: there is no such file"},
		"no map":                   {os.Remove, "areas.geojson", "DIR/areas.geojson: is missing: it holds the kelurahan with their borders; example: rabeg profile new DIR writes one"},
		"a folder": {func(f string) error { _ = os.Remove(f); return os.Mkdir(f, 0o700) }, "profile.yaml",
			"DIR/profile.yaml: cannot be read: it is a folder"},
		"a link to itself": {func(f string) error { _ = os.Remove(f); return os.Symlink(f, f) }, "streets.csv",
			"DIR/streets.csv: cannot be read: it is a symbolic link that leads back to itself"},
		"another code": {func(f string) error { return os.WriteFile(f, []byte("id: contoh\ncity: Kota \xe9\n"), 0o600) }, "profile.yaml",
			"DIR/profile.yaml:2:12: is not written in UTF-8; example: save it as UTF-8 in the editor"},
		"two bytes a letter": {func(f string) error { return os.WriteFile(f, []byte("\xff\xfei\x00d\x00"), 0o600) }, "profile.yaml",
			"DIR/profile.yaml:1:1: is not written in UTF-8; example: save it as UTF-8 in the editor"},
		"too large": {func(f string) error { return os.Truncate(f, 3<<20) }, "profile.yaml",
			"DIR/profile.yaml: is too large: 3072 KB, at most 1024 KB are read"},
		"brackets without end": {func(f string) error { return os.WriteFile(f, bytes.Repeat([]byte("["), 1<<19), 0o600) }, "profile.yaml",
			"DIR/profile.yaml:1:41: more than 40 lists or brackets stand inside each other"},
		"lists without end": {func(f string) error { return os.WriteFile(f, bytes.Repeat([]byte("- "), 1<<18), 0o600) }, "profile.yaml",
			"DIR/profile.yaml:1:81: more than 40 lists or brackets stand inside each other"},
		"nothing in it": {func(f string) error { return os.WriteFile(f, nil, 0o600) }, "profile.yaml",
			"DIR/profile.yaml: needs exactly one YAML document; example: id: serang"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			if err := c.spoil(filepath.Join(dir, c.file)); err != nil {
				t.Fatal(err)
			}
			told(t, dir, c.want)
		})
	}
	t.Run("no permission", func(t *testing.T) {
		t.Parallel()
		dir := begun(t)
		file := filepath.Join(dir, "profile.yaml")
		if err := os.Chmod(file, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := os.ReadFile(file); err == nil {
			t.Skip("this user may read everything")
		}
		told(t, dir, "DIR/profile.yaml: cannot be read: the user who runs rabeg has no permission")
	})
	t.Run("two maps", func(t *testing.T) {
		t.Parallel()
		dir := begun(t)
		if err := os.WriteFile(filepath.Join(dir, "areas.tsv"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		told(t, dir, "DIR/areas.geojson: stands beside areas.tsv: which of them holds?; example: keep one of the two")
	})
}

// The menu's pages have room for so many; what the city adds beyond that is told, not what was there.
func TestAFullPage(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	yaml := filepath.Join(dir, "profile.yaml")
	edit(t, yaml, "# Daerah tetangga", `categories:
  - {code: dermaga, name: Dermaga, name_en: Jetties, short: Dermaga, short_en: Jetties, icon: "⛴️", group: lain, agency: DISHUB, keywords: [dermaga]}

# Daerah tetangga`)
	told(t, dir, `DIR/profile.yaml:182:108: category dermaga has no room in the group lain: a page of the menu holds 8; example: group: one that has fewer`)
}

// Everything that is wrong is told at once, in the order in which a person mends it, and nothing that only follows from it.
func TestAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	yaml := filepath.Join(dir, "profile.yaml")
	edit(t, yaml, "prefix: CTH", "prefx: CTH")
	edit(t, yaml, "zone: Asia/Jakarta", "zone: Mars")
	edit(t, yaml, "hours: 24", "hours: sehari")
	edit(t, yaml, "outside: true", "outside: ya")
	edit(t, filepath.Join(dir, "areas.geojson"), "[106.140, -6.120], [106.120, -6.120], [106.120, -6.100]]", "[106.140, -6.120], [106.120, -6.120]]")
	edit(t, filepath.Join(dir, "streets.csv"), "kota\n", "desa\n")
	told(t, dir, `DIR/profile.yaml:18:1: unknown key "prefx" in the profile (did you mean "prefix"?); example: prefix: …
DIR/profile.yaml:19:7: there is no time zone "Mars"; example: zone: Asia/Jakarta
DIR/profile.yaml:42:12: clocks[8].hours must be a whole number, not "sehari"; example: 72
DIR/profile.yaml:126:14: agencies[LUAR].outside must be true or false, not "ya"; example: true
DIR/areas.geojson:6:1: Melati: the ring is not closed: its last point is not its first; example: [[[106.15, -6.11], [106.16, -6.11], [106.16, -6.12], [106.15, -6.11]]]
DIR/streets.csv:4:38: the keeper of a street is kota, provinsi, nasional or empty, not "desa"; example: provinsi`)
}

// A bare name is the product's own city, a path is a folder; editors put things in front of files and behind lines.
func TestNames(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	yaml := filepath.Join(dir, "profile.yaml")
	text, err := os.ReadFile(yaml)
	if err != nil {
		t.Fatal(err)
	}
	windows := "\xef\xbb\xbf" + strings.ReplaceAll(string(text), "\n", "\r\n")
	if err := os.WriteFile(yaml, []byte(windows), 0o600); err != nil {
		t.Fatal(err)
	}
	if p, err := profile.Open(dir); err != nil || p.Prefix != "CTH" {
		t.Errorf("as Windows writes it: %v", err)
	}
	if p, err := profile.Open("denpasar"); err != nil || p.Prefix != "DPS" {
		t.Errorf("denpasar: %v", err)
	}
	for name, want := range map[string]string{
		"jakarta":               `no profile is called "jakarta": choose one of serang, pandeglang, denpasar, banjarmasin, or a folder (./jakarta)`,
		filepath.Join(dir, "x"): "there is no folder " + filepath.Join(dir, "x"),
		yaml:                    yaml + " is no folder",
	} {
		if _, err := profile.Open(name); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if err := profile.New(yaml); err == nil {
		t.Error("a folder was made of a file")
	}
}

// An office that nothing leads to, and an inspectorate that is only promised, are told, and stop nobody.
func TestNotes(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	yaml := filepath.Join(dir, "profile.yaml")
	edit(t, yaml, "agencies:\n", "agencies:\n  - {code: SETWAN, name: Sekretariat DPRD, short: Setwan}\n")
	edit(t, yaml, "  - code: INSPEKTORAT\n    name: Inspektorat Kota Contoh\n    short: Inspektorat\n    duties: pungli dan penyalahgunaan wewenang\n", "")
	edit(t, yaml, "roles:\n", "roles:\n  INSPEKTORAT: \"\"\n")
	p, err := profile.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range p.Notes() {
		got = append(got, strings.ReplaceAll(n.What, dir, "DIR"))
	}
	want := "category pungli_integritas has no office: who accuses an official reaches the coordinator\n" +
		"no category leads to agency SETWAN: only what officers forward by hand reaches it"
	if len(got) != 2 || !strings.Contains(want, got[0]) || !strings.Contains(want, got[1]) {
		t.Errorf("notes:\n%s", strings.Join(got, "\n"))
	}
	edit(t, yaml, "partial: ", "# partial: ")
	told(t, dir, `DIR/profile.yaml:129:16: category pungli_integritas has no office: who accuses an official would reach the coordinator alone. Name the office, or say in "partial" that it is not known; example: agency: INSPEKTORAT`)
}

// A city that lists its own categories alone still needs those that protect people.
func TestProtectedCategories(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	yaml := filepath.Join(dir, "profile.yaml")
	edit(t, yaml, "# categories:", "categories:\n  - {code: pungli_integritas, sensitive: false}\n  - {code: perempuan_anak_kb, hidden: true}\n# categories:")
	told(t, dir, `DIR/profile.yaml:168:42: category pungli_integritas must be sensitive and not hidden: who accuses an official is protected; example: sensitive: true
DIR/profile.yaml:169:39: category perempuan_anak_kb must be sensitive and not hidden: who tells of violence against a woman or a child is protected; example: sensitive: true`)
}
