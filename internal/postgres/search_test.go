package postgres_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"rabeg/internal/ledger"
)

// lamps are the categories whose words are searched.
func lamps() []string { return []string{"penerangan_jalan", "jalan_jembatan", "parkir", "pohon_taman"} }

// sought are searches: of a word that every report has, of one that one report has, of one that nobody has, and by numbers.
func sought() map[string]ledger.Search {
	words := func(text, agency string) ledger.Search {
		return ledger.Search{Words: ledger.SearchWords(text), Agency: agency, Everywhere: agency == "", Categories: lamps(), Most: 10}
	}
	return map[string]ledger.Search{
		"a word of all":            words("lampu", ""),
		"a word of all, of one":    words("lampu masjid", "a7"),
		"a rare word":              words("sumur kering", ""),
		"a rare word, of one":      words("sumur kering", "a3"),
		"a word of nobody":         words("gajah lampu", ""),
		"a beginning of three":     words("keb", ""),
		"a part of a number":       {Part: "7k3", Everywhere: true, Most: 10},
		"a part of a number, of a": {Part: "7k3", Agency: "a3", Most: 10},
		"a number or a word":       {Part: "7k3", Words: []string{"sumur"}, Categories: lamps(), Everywhere: true, Most: 10},
	}
}

// rare gives a few old reports words and numbers of their own.
const rare = `
UPDATE reports SET code = 'SRG-7K3MQ-' || id, doc = doc || jsonb_build_object('text', 'sumur warga kering di dekat kebun nomor ' || id,
    'vis', CASE WHEN id = 700 THEN 'rahasia' ELSE 'biasa' END) WHERE id BETWEEN 700 AND 706`

// Whatever is looked for is found in an index, however many reports there are, and what is confidential by its number alone.
func TestASearchReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	s, seen := placed(t, 60000)
	for _, sql := range []string{rare, "VACUUM ANALYZE reports"} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	seen.take()
	want := map[string]string{
		"a word of all": "10 more", "a word of all, of one": "10 more", "a rare word": "6", "a rare word, of one": "1", "a word of nobody": "0",
		"a beginning of three": "6", "a part of a number": "7", "a part of a number, of a": "1", "a number or a word": "7",
	}
	for name, q := range sought() {
		got, err := s.Search(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		found := strconv.Itoa(len(got.Reports))
		if got.More > 0 {
			found += " more"
		}
		if found != want[name] || got.More > 0 && !got.AtLeast {
			t.Errorf("%s: %s are found (%d, %v), not %s", name, found, got.More, got.AtLeast, want[name])
		}
		for _, q := range seen.take() {
			if whole := wholeTables(t, s.Pool, q); len(whole) > 0 {
				t.Errorf("%s reads all of %v: %s", name, whole, q.sql)
			}
		}
	}
	if _, err := s.WaitingFor(t.Context(), "a7", 10); err != nil {
		t.Fatal(err)
	}
	for _, q := range seen.take() {
		if whole := wholeTables(t, s.Pool, q); len(whole) > 0 {
			t.Errorf("what waits for an office reads all of %v", whole)
		}
	}
}

// Among a million reports: go test ./internal/postgres -run HowLongASearch -twins 1000000 -v
func TestHowLongASearchTakes(t *testing.T) {
	if *million == 0 {
		t.Skip("a measurement: -twins 1000000")
	}
	s, _ := placed(t, *million)
	if _, err := s.Pool.Exec(t.Context(), rare); err != nil {
		t.Fatal(err)
	}
	for name, q := range sought() {
		var took []time.Duration
		for range 20 {
			began := time.Now()
			if _, err := s.Search(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		t.Logf("%-26s median %-8s longest %s", name, took[10].Round(10*time.Microsecond), took[19].Round(10*time.Microsecond))
	}
}

// Where many reports say the whole words, the newest of these are given, after the newest of all that only begin so; where few do, all that
// begin so are.
func TestWholeWordsComeFirstWhereTheyAreMany(t *testing.T) {
	t.Parallel()
	s, _ := placed(t, 3000)
	const leak = `
UPDATE reports SET doc = doc || jsonb_build_object('vis', 'biasa', 'category', 'parkir', 'text', CASE WHEN id IN (999, 2999) THEN 'pompanya bocor' WHEN id = 998 THEN 'pompa bocoran' ELSE 'pompa bocor' END)
WHERE id BETWEEN 1001 AND 1040 OR id IN (998, 999, 2999)`
	if _, err := s.Pool.Exec(t.Context(), leak); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]struct {
		ids     []int64
		more    int
		atLeast bool
	}{
		"pompa bocor":    {[]int64{2999, 1040, 1039, 1038, 1037, 1036, 1035, 1034, 1033, 1032}, 30, true},
		"pompanya bocor": {[]int64{2999, 999}, 0, false},
		"pomp boc":       {[]int64{2999, 1040, 1039, 1038, 1037, 1036, 1035, 1034, 1033, 1032}, 33, false},
		"pompa bocoran":  {[]int64{998}, 0, false},
		"pompa kering":   {nil, 0, false},
	} {
		got, err := s.Search(t.Context(), ledger.Search{Words: ledger.SearchWords(text), Everywhere: true, Categories: lamps(), Most: 10})
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, r := range got.Reports {
			ids = append(ids, int64(r.ID))
		}
		if !slices.Equal(ids, want.ids) || got.More != want.more || got.AtLeast != want.atLeast {
			t.Errorf("%s: %v, %d more (%v); want %+v", text, ids, got.More, got.AtLeast, want)
		}
	}
}
