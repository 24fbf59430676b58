package eval

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// data is the folder of labelled messages, beside the project.
const data = "../../../../shared/data/eval/dev.jsonl"

func TestDev(t *testing.T) {
	t.Parallel()
	in, err := os.Open(filepath.FromSlash(data))
	if err != nil {
		t.Skip("the labelled messages (../shared/data/eval) are not here")
	}
	defer in.Close()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	r, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Eval(in, r, p, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", table)
	for _, f := range []struct {
		name     string
		got, min float64
	}{
		{"office right", table.Right.Percent(), 82}, {"right or acceptable", table.Fine.Percent(), 90},
		{"among three", table.Three.Percent(), 95}, {"emergencies met", table.Met.Percent(), 95},
		{"not asked needlessly", 100 - table.Needless.Percent(), 95}, {"no report: precision", table.Precision.Percent(), 94},
		{"no report: recall", table.Recall.Percent(), 75}, {"kind", table.Kind.Percent(), 84},
		{"calibrated", 1 - table.ECE, 1 - 0.08}, {"calibrated against acceptable", 1 - table.ECEFine, 1 - 0.08},
	} {
		if f.got < f.min {
			t.Errorf("%s: %.2f, want at least %.2f", f.name, f.got, f.min)
		}
	}
}

// TestAside measures on own phrases that the training never sees. Only "mothers" was never looked at either.
func TestAside(t *testing.T) {
	t.Parallel()
	r, p := reader(t)
	apart, err := Aside(p)
	if err != nil {
		t.Fatal(err)
	}
	var all []Row
	for _, a := range apart {
		table := Measure(a.Rows, r, p, time.Now)
		t.Logf("%-9s %s", a.Name, table.Line())
		all = append(all, a.Rows...)
		if a.Name == "mothers" && (table.Right.Percent() < 82 || table.Fine.Percent() < 83 || table.Three.Percent() < 94 || table.AnyKind.Percent() < 85) {
			t.Errorf("%s: too low", a.Name)
		}
	}
	table := Measure(all, r, p, time.Now)
	t.Logf("\n%s", table)
	for _, f := range []struct {
		name     string
		got, min float64
	}{
		{"office right", table.Right.Percent(), 82}, {"right or acceptable", table.Fine.Percent(), 84}, {"among three", table.Three.Percent(), 92},
		{"no report: precision", table.Precision.Percent(), 92}, {"no report: recall", table.Recall.Percent(), 85},
		{"kind", table.AnyKind.Percent(), 89},
	} {
		if f.got < f.min {
			t.Errorf("%s: %.2f, want at least %.2f", f.name, f.got, f.min)
		}
	}
	if len(all) < 500 {
		t.Errorf("%d phrases apart, want at least 500", len(all))
	}
}

// TestAsideIsNotLearnt: no phrase that is kept apart stands in the training.
func TestAsideIsNotLearnt(t *testing.T) {
	t.Parallel()
	_, p := reader(t)
	apart, err := Aside(p)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.FromSlash("../train/seeds/*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no seeds: %v", err)
	}
	learnt := map[string]bool{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(string(b)) {
			learnt[strings.ToLower(strings.TrimSpace(l))] = true
		}
	}
	for _, a := range apart {
		for _, row := range a.Rows {
			if learnt[strings.ToLower(row.Text)] && row.Kind != noReport {
				t.Errorf("%s %q is learnt", row.ID, row.Text)
			}
		}
	}
}

func reader(t *testing.T) (*understand.Model, *profile.Profile) {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	r, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

func TestClassify(t *testing.T) {
	t.Parallel()
	r, p := reader(t)
	in := strings.NewReader(`{"id":"1","text":"lampu pju mati di jl veteran"}` + "\n\n" + `{"id":"2","text":"halo"}` + "\n" +
		`{"id":"3","text":"kebakaran di pasar rau tolong"}` + "\n")
	var out strings.Builder
	if err := Classify(in, &out, r, p); err != nil {
		t.Fatal(err)
	}
	var got []Answer
	for l := range strings.Lines(out.String()) {
		var a Answer
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			t.Fatal(err)
		}
		got = append(got, a)
	}
	if len(got) != 3 {
		t.Fatalf("%d answers, want 3: %s", len(got), out.String())
	}
	if a := got[0]; a.Category != "penerangan_jalan" || a.Kind != "pengaduan" || len(a.Agencies) != 3 || a.Agencies[0].Code != "DISHUB" ||
		a.Emergency || len(a.Why) == 0 {
		t.Errorf("first: %+v", a)
	}
	if a := got[1]; a.Kind != "bukan_laporan" || len(a.Agencies) != 0 || a.Emergency {
		t.Errorf("second: %+v", a)
	}
	if a := got[2]; !a.Emergency || a.Kind != "darurat" {
		t.Errorf("third: %+v", a)
	}
	if err := Classify(strings.NewReader("{\"id\":\"1\",\"text\":\"x\"}\nlampu\n"), &out, r, p); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a line that is no JSON: %v", err)
	}
}

// TestEvalCounts measures a reader that always says the same, so that every figure can be known by hand.
func TestEvalCounts(t *testing.T) {
	t.Parallel()
	_, p := reader(t)
	in := strings.NewReader(`
{"id":"1","text":"a","opd":"DISHUB","opd_alt":[],"kind":"pengaduan"}
{"id":"2","text":"b","opd":"DLH","opd_alt":["DISHUB"],"kind":"aspirasi"}
{"id":"3","text":"c","opd":"DPUPR","opd_alt":[],"kind":"pengaduan"}
{"id":"4","text":"tidak","opd":"","opd_alt":[],"kind":"bukan_laporan"}
{"id":"5","text":"api","opd":"112","opd_alt":[],"kind":"darurat"}
{"id":"6","text":"api","opd":"DISHUB","opd_alt":[],"kind":"pengaduan"}
`)
	now := time.Unix(0, 0)
	got, err := Eval(in, fixed{}, p, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]Share{
		"right": {got.Right, Share{2, 4}}, "fine": {got.Fine, Share{3, 4}}, "three": {got.Three, Share{3, 4}},
		"met": {got.Met, Share{1, 1}}, "needless": {got.Needless, Share{1, 5}}, "precision": {got.Precision, Share{1, 1}},
		"recall": {got.Recall, Share{1, 1}}, "kind": {got.Kind, Share{3, 4}},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %+v, want %+v", name, c[0], c[1])
		}
	}
	if got.ECE < 0.19 || got.ECE > 0.21 { // says 0.7, right in two of four
		t.Errorf("ECE %f", got.ECE)
	}
	if _, err := Eval(strings.NewReader("\n"), fixed{}, p, time.Now); err == nil {
		t.Error("an empty file is measured")
	}
}

// fixed says DISHUB before DPUPR for everything.
type fixed struct{}

func (fixed) Read(text string) understand.Reading {
	if text == "tidak" {
		return understand.Reading{NoReport: true}
	}
	return understand.Reading{Kind: report.Complaint, Emergency: text == "api", Guesses: []report.Guess{
		{Category: "parkir", P: 0.7}, {Category: "jalan_jembatan", P: 0.3},
	}}
}
