package understand

import (
	"slices"
	"strings"
	"testing"
)

// besideKeys are the keys beside a letter.
var besideKeys = map[byte]string{
	'a': "sq", 'b': "vn", 'c': "xv", 'd': "sf", 'e': "rw", 'g': "fh", 'i': "uo", 'j': "hk", 'k': "jl", 'l': "k", 'm': "n", 'n': "mb", 'o': "ip", 'p': "o",
	'r': "et", 's': "ad", 't': "ry", 'u': "yi",
}

// slips are a word with one slip of the thumb: a letter left out, doubled, held down, swapped with the next, or the key beside it.
func slips(w string) []string {
	var out []string
	for k := range len(w) {
		out = append(out, w[:k]+w[k+1:], w[:k+1]+w[k:], w[:k+1]+w[k:k+1]+w[k:k+1]+w[k+1:])
		if k+1 < len(w) {
			out = append(out, w[:k]+w[k+1:k+2]+w[k:k+1]+w[k+2:])
		}
		for _, x := range besideKeys[w[k]] {
			out = append(out, w[:k]+string(x)+w[k+1:])
		}
	}
	return out
}

// TestSlips counts the dangers that one slip hides. What is left are mostly slips that make another word ("malin", "tersesak").
func TestSlips(t *testing.T) {
	t.Parallel()
	const most = 80
	m, _ := model(t)
	plain := []string{"rumah", "anak", "orang", "bapak", "mobil", "masuk", "kami", "sekarang", "butuh"}
	missed, all := 0, 0
	for _, s := range []string{
		"kebakaran", "rumah kebakaran", "kecelakaan", "ada kecelakaan", "anak kesetrum", "anak tenggelam", "orang ketabrak", "banjir bandang", "longsor", "bapak pingsan", "anak kejang",
		"ada rampok", "ada begal", "ada maling", "maling masuk rumah", "ular masuk rumah", "gempa", "tawuran", "gas meledak", "gas bocor", "anak kejebak", "kami terjebak", "anak hanyut",
		"orang dibacok", "butuh ambulans sekarang", "darurat", "rumah kebakar", "rumah terbakar", "tabrakan", "keracunan", "rumah roboh menimpa orang", "pohon tumbang nimpa mobil",
		"sesak napas", "tertimbun longsor", "dibegal", "penculikan anak", "kobongan umah", "katabrak", "fire in the house", "anak kecebur sumur", "orang ngamuk bawa golok", "kelindas truk",
		"tersedak", "keselek", "korsleting",
	} {
		words := strings.Fields(s)
		for i, w := range words {
			if len(w) < 4 || slices.Contains(plain, w) {
				continue
			}
			for _, slip := range slips(w) {
				said := slices.Clone(words)
				said[i] = slip
				if all++; !m.Read(strings.Join(said, " ")).Emergency {
					missed++
				}
			}
		}
	}
	t.Logf("%d of %d slips hide a danger", missed, all)
	if missed > most {
		t.Errorf("%d of %d slips hide a danger; it was %d", missed, all, most)
	}
}
