package postgres_test

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// places are reports of three years in a city of 15 by 15 km with 66 kelurahan: three in ten about lamps, one in seven still open,
// one in five without a pin, one in a hundred followed by somebody, every one with a photo.
const places = `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT i, 'SRG-' || i, 'c' || i, 'telegram:' || i %% 50000, now() - (%[1]d - i) * interval '3 years' / %[1]d,
       jsonb_build_object('id', i, 'code', 'SRG-' || i, 'rev', 3, 'status', CASE WHEN i %% 7 = 0 THEN 'assigned' ELSE 'closed' END, 'agency', 'a' || i %% 35,
         'vis', CASE WHEN i %% 50 = 0 THEN 'rahasia' ELSE 'biasa' END, 'text', 'lampu jalan mati sudah lama sekali di depan masjid nomor ' || i,
         'category', (ARRAY['penerangan_jalan', 'penerangan_jalan', 'penerangan_jalan', 'jalan_jembatan', 'jalan_jembatan', 'drainase_banjir',
                            'sampah_kebersihan', 'air_bersih', 'parkir', 'pohon_taman'])[1 + (i / 7) %% 10],
         'photos', jsonb_build_array(jsonb_build_object('n', 'telegram', 'i', 'f' || i)),
         'place', jsonb_strip_nulls(jsonb_build_object('area', 'a' || i %% 66, 'pin', CASE WHEN i %% 5 = 0 THEN NULL ELSE
           jsonb_build_object('lat', -6.2 + 0.135 * ((i::bigint * 7919) %% 100003) / 100003, 'lon', 106.1 + 0.135 * ((i::bigint * 104729) %% 99991) / 99991) END)))
       || CASE WHEN i %% 100 = 0 THEN jsonb_build_object('followers', jsonb_build_array(jsonb_build_object('chat',
              jsonb_build_object('n', 'telegram', 'i', 'w' || i %% 2000)))) ELSE '{}' END
FROM generate_series(1, %[1]d) AS i`

const pictures = `
INSERT INTO media (source, report, doc)
SELECT 'telegram:f' || i, i, jsonb_build_object('look', lpad(to_hex(i), 16, '0'), 'ref', jsonb_build_object('n', 'store', 'i', 'p' || i)) FROM generate_series(1, %d) AS i`

func placed(t testing.TB, n int) (*postgres.Store, *statements) {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(testdb.New(t, migrations.At))
	if err != nil {
		t.Fatal(err)
	}
	seen := &statements{}
	cfg.ConnConfig.Tracer = seen
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	for _, sql := range []string{fmt.Sprintf(places, n), fmt.Sprintf(pictures, n), "VACUUM ANALYZE reports", "VACUUM ANALYZE media"} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, seen
}

// looks are what is looked for around a place before a report is filed.
func looks() map[string]ledger.Around {
	here := &report.Pin{Lat: -6.13, Lon: 106.17}
	days := func(n int) time.Time { return time.Now().AddDate(0, 0, -n) }
	who := bot.Address{Network: bot.Telegram, ID: "7"}
	return map[string]ledger.Around{
		"a lamp":                    {Categories: []string{"penerangan_jalan"}, Pin: here, Metres: 40, Area: "a7", Reporter: who, Since: days(60)},
		"a pothole":                 {Categories: []string{"jalan_jembatan", "perumahan_permukiman"}, Pin: here, Metres: 50, Area: "a7", Reporter: who, Since: days(60)},
		"a flood":                   {Categories: []string{"drainase_banjir", "bencana"}, Pin: here, Metres: 500, Area: "a7", Reporter: who, Since: days(3)},
		"of four categories":        {Categories: []string{"pohon_taman", "lalu_lintas_angkutan", "drainase_banjir", "parkir"}, Pin: here, Metres: 300, Area: "a7", Reporter: who, Since: days(7)},
		"no water":                  {Categories: []string{"air_bersih"}, Pin: here, Metres: 1000, Area: "a7", Reporter: who, Since: days(3)},
		"as far and long as can be": {Categories: []string{"penerangan_jalan"}, Pin: here, Metres: 1000, Area: "a7", Reporter: who, Since: days(366)},
		"a kelurahan":               {Categories: []string{"penerangan_jalan"}, Area: "a14", Reporter: who, Since: days(60)},
		"papers":                    {Categories: []string{"administrasi_kependudukan"}, Reporter: who, Since: days(30)},
	}
}

// What is looked for before a report is filed is found in an index, however many reports there are.
func TestTwinsAreFoundInAnIndex(t *testing.T) {
	t.Parallel()
	s, seen := placed(t, 60000)
	seen.take()
	check := func(name string, ask func() (int, error), some bool) {
		n, err := ask()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if some && n == 0 {
			t.Errorf("%s: nothing is found, so that the test shows nothing", name)
		}
		asked := seen.take()
		if len(asked) == 0 {
			t.Errorf("%s asked nothing", name)
		}
		for _, q := range asked {
			if whole := wholeTables(t, s.Pool, q); len(whole) > 0 {
				t.Errorf("%s reads all of %v: %s", name, whole, q.sql)
			}
		}
	}
	for name, a := range looks() {
		check(name, func() (int, error) { all, err := s.Around(t.Context(), a); return len(all), err }, name == "as far and long as can be" || name == "a kelurahan")
	}
	check("Followed", func() (int, error) {
		all, err := s.Followed(t.Context(), bot.Address{Network: bot.Telegram, ID: "w700"}, 10)
		return len(all), err
	}, true)
}

// million makes the database of the measurement below.
var million = flag.Int("twins", 0, "measure the look for twins among so many reports")

// Among a million reports a look takes a few milliseconds: go test ./internal/postgres -run HowLong -twins 1000000 -v
func TestHowLongALookForTwinsTakes(t *testing.T) {
	if *million == 0 {
		t.Skip("a measurement: -twins 1000000")
	}
	s, _ := placed(t, *million)
	for name, a := range looks() {
		var took []time.Duration
		found := 0
		for i := range 200 {
			b := a
			if a.Pin != nil { // another corner each time
				b.Pin = &report.Pin{Lat: -6.19 + 0.12*float64(i%20)/20, Lon: 106.11 + 0.12*float64(i)/200}
			}
			began := time.Now()
			all, err := s.Around(context.Background(), b)
			if err != nil {
				t.Fatal(err)
			}
			took, found = append(took, time.Since(began)), found+len(all)
		}
		slices.Sort(took)
		t.Logf("%-26s median %-8s p95 %-8s longest %-8s found %.1f", name, took[100].Round(10*time.Microsecond), took[190].Round(10*time.Microsecond),
			took[199].Round(10*time.Microsecond), float64(found)/200)
		if took[100] > 20*time.Millisecond {
			t.Errorf("%s takes %s", name, took[100])
		}
	}
}
