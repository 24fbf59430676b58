package twin_test

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/twin"
	"rabeg/internal/understand/words"
)

var letters = map[string]string{"l": "penerangan_jalan", "j": "jalan_jembatan", "d": "drainase_banjir", "s": "sampah_kebersihan", "p": "pohon_taman",
	"c": "pencemaran_lingkungan", "t": "ketertiban_umum", "k": "parkir", "r": "lalu_lintas_angkutan", "a": "air_bersih", "m": "pasar_umkm_konsumen",
	"e": "pendidikan", "h": "kesehatan", "g": "perumahan_permukiman", "u": "administrasi_kependudukan", "b": "bantuan_sosial",
	"x": "pelayanan_kelurahan_kecamatan", "v": "pertanian_pangan_hewan", "y": "pungli_integritas", "f": "damkar_penyelamatan",
	"n": "bencana", "o": "masalah_sosial"}

var now = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// side reads "l @0,0 lampu mati": category, place, words.
func side(t *testing.T, s string) report.Draft {
	t.Helper()
	letter, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	d := report.Draft{Kind: report.Complaint, Visibility: report.Normal, Category: letters[letter]}
	if d.Category == "" {
		t.Fatalf("no category %q in %q", letter, s)
	}
	switch rest[0] {
	case '@':
		at, words, _ := strings.Cut(rest[1:], " ")
		at, d.Place.Area, _ = strings.Cut(at, "/")
		n, e, _ := strings.Cut(at, ",")
		north, err1 := strconv.ParseFloat(n, 64)
		east, err2 := strconv.ParseFloat(e, 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("no place in %q", s)
		}
		const lat, lon, degree = -6.115, 106.15, 111194.9
		d.Place.Pin = &report.Pin{Lat: lat + north/degree, Lon: lon + east/degree/math.Cos(lat*math.Pi/180)}
		d.Text = words
	case '~': // names hold spaces: the kelurahan ends at the first word in small letters
		street, after, _ := strings.Cut(rest[1:], ",")
		d.Place.Said = street
		d.Place.Area, d.Text = names(after)
	case '=':
		d.Place.Area, d.Text = names(rest[1:])
	default:
		_, d.Text, _ = strings.Cut(rest, " ")
	}
	return d
}

// names takes the kelurahan off the front of a text: those with two words are known.
func names(s string) (area, words string) {
	if rest, ok := strings.CutPrefix(s, "Kota Baru "); ok {
		return "Kota Baru", rest
	}
	area, words, _ = strings.Cut(s, " ")
	return area, words
}

// pair plays one line of the file: what is shown of the earlier report to who files the later one.
func pair(t *testing.T, p *profile.Profile, lx *words.Lexicon, line string) (want, got bool) {
	t.Helper()
	parts := strings.Split(line, " | ")
	days, err := strconv.Atoi(strings.TrimSpace(parts[1]))
	if err != nil {
		t.Fatal(line)
	}
	was := report.Report{ID: 1, Code: "SRG-RY77R-W", Status: report.Assigned, Draft: side(t, parts[2]), Filed: now.AddDate(0, 0, -days),
		Reporter: bot.Address{Network: "telegram", ID: "1"}}
	f := twin.Fresh{Draft: side(t, parts[3]), Reporter: bot.Address{Network: "telegram", ID: "2"}, At: now, Words: lx}
	n := ledger.Nearby{}
	if len(parts) > 4 {
		switch strings.TrimSpace(parts[4]) {
		case "foto":
			f.Looks, n.Photos = []string{"0f1e2d3c4b5a6978"}, []ledger.File{{Look: "0f1e2d3c4b5a6979"}}
		case "orang":
			f.Reporter = was.Reporter
		case "rahasia":
			was.Visibility = report.Confidential
		case "anonim":
			was.Visibility = report.Anonymous
		case "selesai":
			was.Status = report.Resolved
		default:
			t.Fatalf("unknown: %s", line)
		}
	}
	n.Report = was
	around, ok := twin.Around(p, &f)
	if !ok || !found(around, was) {
		return parts[0] == "show", false
	}
	return parts[0] == "show", len(twin.Pick(p, &f, []ledger.Nearby{n})) > 0
}

// found reports whether a look around finds a report, as the stores do.
func found(a ledger.Around, r report.Report) bool {
	pin := r.Place.Pin
	return slices.Contains(a.Categories, r.Category) && !r.Filed.Before(a.Since) &&
		(a.Pin != nil && pin != nil && ledger.BoxAround(*a.Pin, a.Metres).Holds(*pin) || a.Area != "" && a.Area == r.Place.Area && (a.Pin == nil || pin == nil) ||
			a.Reporter.Chat() == r.Reporter.Chat())
}

// Of pairs of reports that stand in testdata/pairs.txt, the earlier one is shown to who is about to file the later one where it is
// the same trouble, and seldom where it is not.
func TestPairsOfReports(t *testing.T) {
	t.Parallel()
	f := figureOf(t, "testdata/pairs.txt")
	if f.same+f.others < 200 || float64(f.shown) < 0.95*float64(f.same) || float64(f.wrong) > 0.05*float64(f.others) {
		t.Error(f)
	}
}

// Pairs that were written after those.
func TestPairsWrittenLater(t *testing.T) {
	t.Parallel()
	if f := figureOf(t, "testdata/later.txt"); float64(f.shown) < 0.9*float64(f.same) || float64(f.wrong) > 0.05*float64(f.others) {
		t.Error(f)
	}
}

// figure counts what was shown of pairs that are the same, and of others.
type figure struct{ shown, same, wrong, others int }

// String tells it in percent.
func (f figure) String() string {
	return fmt.Sprintf("shown %d of %d that are the same (%.1f %%), %d of %d that are not (%.1f %%)", f.shown, f.same, 100*float64(f.shown)/float64(f.same),
		f.wrong, f.others, 100*float64(f.wrong)/float64(f.others))
}

func figureOf(t *testing.T, name string) (f figure) {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		want, got := pair(t, p, lx, line)
		switch {
		case want && got:
			f.shown++
			f.same++
		case want:
			f.same++
			t.Log("not shown: " + line)
		case got:
			f.wrong++
			f.others++
			t.Log("wrongly shown: " + line)
		default:
			f.others++
		}
	}
	t.Log(f)
	return f
}
