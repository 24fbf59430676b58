package profile_test

import (
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/profile"
)

// A city's own question is told where it is wrong: no source, no day, a category that there is not.
func TestBrokenQuestions(t *testing.T) {
	t.Parallel()
	const was = `# questions:
#   - {code: jam_dermaga, category: parkir, ask: [dermaga buka], answer: "Setiap hari 06.00-18.00.", source: Dishub, checked_on: 2026-11-01}`
	const rest = `answer: Ya, source: Dishub, checked_on: 2026-11-01}`
	for name, c := range map[string]struct{ entry, want string }{
		"no such category": {`{code: a, category: parkirr, ask: [dermaga buka], ` + rest, `DIR/profile.yaml:197:25: the question a names the category "parkirr", which there is not (did you mean "parkir"?); example: category: administrasi_kependudukan`},
		"no words":         {`{code: a, category: parkir, ` + rest, `DIR/profile.yaml:197:5: nobody can ask the question a: it has no words; example: ask: [ktp hilang]`},
		"asked twice":      {`{code: a, category: parkir, ask: [KTP hilang], ` + rest, `DIR/profile.yaml:197:39: "KTP hilang" asks both ktp_hilang and a; example: ask: [ktp hilang]`},
		"no answer":        {`{code: a, category: parkir, ask: [dermaga buka], source: Dishub, checked_on: 2026-11-01}`, `DIR/profile.yaml:197:5: the question a needs an answer of at most 700 letters; example: answer: Gratis.`},
		"no source":        {`{code: a, category: parkir, ask: [dermaga buka], answer: Ya, checked_on: 2026-11-01}`, `DIR/profile.yaml:197:5: the answer to a names no source; example: source: UU 24/2013 pasal 79A`},
		"no day":           {`{code: a, category: parkir, ask: [dermaga buka], answer: Ya, source: Dishub, checked_on: kemarin}`, `DIR/profile.yaml:197:94: the answer to a needs the day on which it was checked, not "kemarin"; example: checked_on: 2026-11-01`},
		"unknown key":      {`{code: a, category: parkir, ask: [dermaga buka], jawab: Ya, ` + rest, `DIR/profile.yaml:197:54: unknown key "jawab" in questions[a]; example: answer: …`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			edit(t, filepath.Join(dir, "profile.yaml"), was, "questions:\n  - "+c.entry)
			told(t, dir, c.want)
		})
	}
	dir := begun(t)
	edit(t, filepath.Join(dir, "profile.yaml"), was, "questions:\n  - {code: ktp_hilang, retired: true}")
	if _, err := profile.Open(dir); err != nil {
		t.Error(err)
	}
}

// What is told of an office can be called, and somebody has looked it up.
func TestBrokenFactsOfAnOffice(t *testing.T) {
	t.Parallel()
	for fact, want := range map[string]string{
		"phone: tanya satpam":    `is no number to call`,
		"address: Jl. Merdeka 1": `needs the day on which it was checked`,
		"checked_on: 2026-11-01\n    phone: 0254-1\n    hours: [{days: [senin], open: \"09.00\", close: \"08.00\"}]": `go from one time of the day to a later one`,
		"checked_on: 2026-11-01\n    phone: 0254-200000":                                                             "",
	} {
		dir := begun(t)
		file := filepath.Join(dir, "profile.yaml")
		edit(t, file, "    short: Dishub\n", "    short: Dishub\n    source: situs\n    "+fact+"\n")
		_, err := profile.Open(dir)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", fact, err)
		}
	}
}
