package profile_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/profile"
)

// A city's own canned answer is told where it is wrong: a blank that nothing fills, a category that there is not.
func TestBrokenCanned(t *testing.T) {
	t.Parallel()
	const was = `# canned:
#   - {code: dermaga_ditutup, title: Dermaga ditutup dulu, categories: [parkir], words: "Dermaga di {tempat} kami tutup dulu."}`
	const blanks = "{nomor}, {kategori}, {kantor}, {tempat}, {batas}, {masuk}, {kota}"
	const like = "; example: words: Laporan {nomor} sudah kami jadwalkan."
	long := strings.Repeat("x", 901)
	for name, c := range map[string]struct{ entry, want string }{
		"a typo in a blank":  {`{code: a, title: Dermaga, words: "Laporan {nomer} di sana"}`, `DIR/profile.yaml:LINE:38: a canned answer has the blank {nomer}, which nothing fills (did you mean "nomor"?); there are ` + blanks + like},
		"a person's name":    {`{code: a, title: Dermaga, words: "Pak {nama}, sudah"}`, `DIR/profile.yaml:LINE:38: a canned answer has the blank {nama}, which nothing fills; there are ` + blanks + like},
		"in English":         {`{code: a, title: Dermaga, words: Ya, words_en: "report {number}"}`, `DIR/profile.yaml:LINE:52: a canned answer has the blank {number}, which nothing fills; there are ` + blanks + like},
		"an open brace":      {`{code: a, title: Dermaga, words: "Laporan {nomor"}`, `DIR/profile.yaml:LINE:38: a brace "{" stands alone in a canned answer; blanks are ` + blanks + like},
		"nothing to say":     {`{code: a, title: Dermaga}`, `DIR/profile.yaml:LINE:5: the canned answer a has no words` + like},
		"too much to say":    {`{code: a, title: Dermaga, words: ` + long + `}`, `DIR/profile.yaml:LINE:38: the words of a canned answer are too long: 901, at most 900` + like},
		"no title":           {`{code: a, title: "12", words: Ya}`, `DIR/profile.yaml:LINE:22: the canned answer a needs a title in words; example: title: Sudah dijadwalkan`},
		"a title for a page": {`{code: a, title: Dermaga yang ditutup sampai air surut lagi ya, words: Ya}`, `DIR/profile.yaml:LINE:22: "Dermaga yang ditutup sampai air surut lagi ya" is too long for a title: at most 40 letters; example: title: Sudah dijadwalkan`},
		"a title twice":      {`{code: a, title: Minta foto, words: Ya}`, `DIR/profile.yaml:LINE:22: "Minta foto" is the title of perlu_foto and of a; example: every title once`},
		"a code in capitals": {`{code: A, title: Dermaga, words: Ya}`, `DIR/profile.yaml:LINE:12: a canned answer's code is small letters, digits and underscores, not "A"; example: code: dijadwalkan`},
		"no such category":   {`{code: a, title: Dermaga, words: Ya, categories: [parkirr]}`, `DIR/profile.yaml:LINE:55: the canned answer a names the category "parkirr", which there is not (did you mean "parkir"?); example: categories: [penerangan_jalan]`},
		"a key nobody knows": {`{code: a, titel: Dermaga, title: Dermaga, words: Ya}`, `DIR/profile.yaml:LINE:15: unknown key "titel" in canned[a] (did you mean "title"?); example: title: …`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			edit(t, filepath.Join(dir, "profile.yaml"), was, "canned:\n  - "+c.entry)
			told(t, dir, strings.ReplaceAll(c.want, "LINE", "192"))
		})
	}
	most := "canned:"
	for i := range 12 {
		most += fmt.Sprintf("\n  - {code: m%d, title: Judul ke %d, categories: [parkir], words: Ya}", i, i)
	}
	dir := begun(t)
	edit(t, filepath.Join(dir, "profile.yaml"), was, most)
	told(t, dir, "DIR/profile.yaml:192:3: officers choose from at most 12 canned answers, not from 18 as for parkir; example: - {code: dijadwalkan, title: Sudah dijadwalkan, words: Laporan {nomor} sudah kami jadwalkan.}")
	dir = begun(t)
	edit(t, filepath.Join(dir, "profile.yaml"), was, "canned:\n  - {code: perlu_foto, retired: true}\n  - {code: foto, title: Minta foto, words: Foto}")
	p, err := profile.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if list := p.CannedFor("kesbang"); len(list) != 6 || list[5].Title != "Minta foto" || list[5].Words != "Foto" {
		t.Errorf("one that was put in another's place: %+v", list)
	}
}
