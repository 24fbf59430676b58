package answer

import (
	"slices"
	"testing"
)

// The kinds of a word are found by one look for each of its spellings; they are those whose lists have it.
func TestTheKindsOfAWordAreThoseWhoseListsHaveIt(t *testing.T) {
	t.Parallel()
	lx := Must()
	some := 0
	for _, text := range []string{
		"kapan diperbaiki, udah nunggu 2 minggu blm ada kabar", "laporannya dicabut aja, lampune wis murub", "namanya jangan disebutin ya pak takut",
		"kok lama bgt sihhh, petugasnya ga dateng2", "masih mati, bohong katanya sudah beres", "maaf lokasinya salah, harusnya depan sdn 3", "👍 👎",
		"when will it be fixed", "ora setuju, tolong dibenerin maning", "bocooor lagi, baunya nyengat",
	} {
		ts, _ := lx.tokens(text)
		for _, w := range ts {
			var listed []int
			for i, k := range cueKinds {
				if w.is(k.words) {
					listed = append(listed, i)
				}
			}
			if !slices.Equal(w.kinds(), listed) {
				t.Errorf("%q in %q: kinds %v, the lists say %v", w.raw, text, w.kinds(), listed)
			}
			some += len(listed)
		}
	}
	if some < 20 {
		t.Errorf("only %d kinds were found", some)
	}
}

// A list has a word with the endings of the region, with a 2 for what is said twice, and where letters were held down.
func TestAListHasAWordHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	lx := Must()
	for _, c := range []struct {
		text      string
		of        List
		is, typed bool
	}{
		{"laporan", theReport, true, true}, {"laporannya", theReport, true, true}, {"laporane", theReport, true, true}, {"kapankah", newsWords, true, true},
		{"lamaaa", slowWords, true, true}, {"goblokk", angryWords, false, true}, {"lampu", theReport, false, false}, {"👍", theReport, false, false},
	} {
		ts, _ := lx.tokens(c.text)
		if len(ts) != 1 {
			t.Fatalf("%q is %d words", c.text, len(ts))
		}
		if is, typed := ts[0].is(c.of), ts[0].typed(c.of); is != c.is || typed != c.typed {
			t.Errorf("%q: is %t, typed %t, want %t, %t", c.text, is, typed, c.is, c.typed)
		}
	}
}
