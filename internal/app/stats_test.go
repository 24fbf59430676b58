package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/deadline"
	"rabeg/internal/desk"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/figures"
	"rabeg/internal/figures/byhand"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/migrations"
)

// lived is a store that holds reports as chance has them, filed from a day on.
func lived(t *testing.T, seed uint64, n int, from time.Time) *postgres.Store {
	t.Helper()
	pool := testdb.Pool(t, migrations.At)
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "CTH"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	reports, facts := casetest.Lives(seed, n, from)
	for i, r := range reports {
		opened := ledger.Opened{Report: r, Facts: facts[i]}
		if err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint("c", i), Changes: []ledger.Change{opened}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pool.Exec(t.Context(), `UPDATE figures SET delivered = report % 5, undelivered = (report % 7) / 5`); err != nil {
		t.Fatal(err)
	}
	return s
}

// The figures are what a slow program makes of the exported facts alone that has nothing in common with the one that made them.
func TestFiguresAreWhatTheFactsSay(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	in := p.Location()
	s := lived(t, 21, 700, time.Date(2026, 9, 20, 0, 0, 0, 0, in))
	var facts bytes.Buffer
	if err := exportFacts(t.Context(), s.Pool, p, &facts); err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, c := range []struct {
		from, days int
		at         time.Time
	}{
		{0, 30, time.Date(2026, 12, 1, 9, 0, 0, 0, in)},
		{0, 30, time.Date(2027, 6, 1, 9, 0, 0, 0, in)},
		{10, 7, time.Date(2026, 11, 20, 23, 30, 0, 0, in)},
		{15, 200, time.Date(2027, 6, 1, 9, 0, 0, 0, in)},
		{400, 30, time.Date(2027, 12, 1, 9, 0, 0, 0, in)},
	} {
		from := time.Date(2026, 10, 1+c.from, 0, 0, 0, 0, in)
		of := figures.Period{From: from, To: from.AddDate(0, 0, c.days)}
		for _, by := range []figures.By{figures.ByNothing, figures.ByOffice, figures.ByCategory, figures.ByArea} {
			var out bytes.Buffer
			if err := tellStats(t.Context(), s.Pool, p, figures.Ask(p, of, c.at, by), Counted{CSV: true}, &out, io.Discard); err != nil {
				t.Fatal(err)
			}
			want, err := byhand.Figures(bytes.NewReader(facts.Bytes()), byhand.Asked{From: of.From, To: of.To, Now: c.at, By: string(by), Zone: in,
				Works: func(t time.Time) bool { return deadline.WorkingDay(p, t) }, ReopenDays: func(string) int { return 30 }})
			if err != nil {
				t.Fatal(err)
			}
			got := tableOf(t, out.String())
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s for %d days at %s by %q (- from the facts, + figures)\n%s", from.Format(time.DateOnly), c.days, c.at.Format(time.DateOnly), by, d)
			}
			for _, l := range got {
				told += len(strings.Trim(l["answer_median_days"]+l["reopened_pct"]+l["finish_p90_days"], "0"))
			}
		}
	}
	if told == 0 {
		t.Error("nothing was told")
	}
}

// tableOf reads the figures as CSV has them.
func tableOf(t *testing.T, text string) byhand.Table {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := byhand.Table{}
	for _, row := range rows[1:] {
		l := map[string]string{}
		for i, name := range rows[0][5:] {
			l[name] = row[5+i]
		}
		key := "=" + row[3]
		if row[4] == "all" {
			key = "all"
		}
		out[key] = l
	}
	return out
}

// What leaves the product as facts has no person, no word, no number of a report and no place of a secret one.
func TestFactsHaveNoPersons(t *testing.T) {
	t.Parallel()
	s := lived(t, 4, 120, time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC))
	reports, _ := casetest.Lives(4, 120, time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC))
	var out bytes.Buffer
	p := casetest.Profile()
	if err := exportFacts(t.Context(), s.Pool, p, &out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, r := range reports {
		for _, trace := range []string{string(r.Code), r.Reporter.String(), r.Reporter.ID + ","} {
			if trace != "," && len(trace) > 4 && strings.Contains(text, trace) {
				t.Errorf("%q is told", trace)
			}
		}
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) < 300 {
		t.Fatal(len(rows), err)
	}
	secret := 0
	for _, row := range rows {
		if row[21] == figures.Hushed {
			secret++
			if row[22] != "" || row[23] != "" {
				t.Errorf("a secret report is in %q, %q", row[22], row[23])
			}
		}
		if row[21] == "bantuan" {
			t.Error("a sensitive category is told")
		}
	}
	if secret == 0 {
		t.Error("no report is secret")
	}
}

// JSON and CSV tell the same; a name that a spreadsheet would run is defused.
func TestStatsAsJSONAndCSV(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	p.Agencies = append([]profile.Agency{}, p.Agencies...)
	for i := range p.Agencies {
		p.Agencies[i].Short = `=HYPERLINK("x";"` + p.Agencies[i].Code + `")`
	}
	at := time.Date(2027, 1, 5, 0, 0, 0, 0, p.Location())
	s := lived(t, 8, 150, time.Date(2026, 10, 1, 0, 0, 0, 0, p.Location()))
	q := figures.Ask(p, figures.Month(at.AddDate(0, -3, 0)), at, figures.ByOffice)
	var asCSV, asJSON, text, errs bytes.Buffer
	for ask, to := range map[Counted]io.Writer{{CSV: true}: &asCSV, {JSON: true}: &asJSON, {}: &text} {
		if err := tellStats(t.Context(), s.Pool, p, q, ask, to, &errs); err != nil {
			t.Fatal(err)
		}
	}
	var doc struct {
		From, To string
		All      map[string]any
		Lines    []map[string]any
	}
	if err := json.Unmarshal(asJSON.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	table := tableOf(t, asCSV.String())
	if doc.From != "2026-10-01" || doc.To != "2026-10-31" || len(doc.Lines) != len(table)-1 || len(doc.Lines) < 4 {
		t.Errorf("%s to %s, %d lines and %d", doc.From, doc.To, len(doc.Lines), len(table))
	}
	for _, l := range append(doc.Lines, doc.All) {
		key := "all"
		if k, ok := l["key"].(string); ok {
			key = "=" + k
		}
		for name, want := range table[key] {
			got := l[name]
			if got == nil {
				got = ""
			}
			if fmt.Sprint(got) != want {
				t.Errorf("%s of %q is %v as JSON, %q as CSV", name, key, got, want)
			}
		}
	}
	if strings.Contains(asCSV.String(), ",=") || strings.Contains(asCSV.String(), `,"=`) || !strings.Contains(asCSV.String(), `'=HYPER`) {
		t.Error("a spreadsheet would run a cell")
	}
	if !strings.Contains(errs.String(), "offices linked") || strings.Count(text.String(), "\n") < 6 {
		t.Errorf("%s\n%s", text.String(), errs.String())
	}
}

// What cannot be asked for is refused in one line that names the flag and gives an example.
func TestWhatCannotBeCounted(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 20, 0, 0, 0, time.UTC)
	for want, c := range map[string]Counted{
		"--from: is no day":              {From: "1 Oktober"},
		"--to: is no day":                {To: "2026-02-30"},
		"--to: is before --from":         {From: "2026-10-02", To: "2026-10-01"},
		"--by: is none of":               {By: "dinas"},
		"only one of them":               {JSON: true, CSV: true},
		"do not go with --facts":         {Facts: true, From: "2026-10-01"},
		"--json, --csv, --facts, --rebu": {Rebuild: true, Facts: true},
	} {
		_, _, err := c.check(casetest.Profile(), now)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "example: rabeg stats") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%+v: %v, want %q", c, err, want)
		}
	}
	of, by, err := Counted{}.check(casetest.Profile(), now) // it is the 30th in Jakarta
	if err != nil || by != figures.ByNothing || of.From.Format(time.DateOnly) != "2026-11-01" || of.To.Format(time.DateOnly) != "2026-12-01" {
		t.Errorf("%v %q %v", of, by, err)
	}
}

// The desk and the terminal tell the same figures, of the city and of one office.
func TestTheDeskCountsAsTheTerminal(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	at := time.Date(2026, 12, 29, 9, 0, 0, 0, p.Location())
	s := lived(t, 30, 260, time.Date(2026, 9, 25, 0, 0, 0, 0, p.Location()))
	group := bot.Address{Network: bot.Telegram, ID: "-100500"}
	d := &desk.Desk{Office: func() *casework.Office { return &casework.Office{Profile: p, Desk: group} }, Reader: s,
		Admin: func(context.Context, bot.Address, string) (bool, error) { return true, nil },
		Bills: func(_ context.Context, from, to time.Time) ([]ledger.Bill, error) {
			if from.Day() != 1 || to.Day() != 1 || from.Month() != time.October {
				t.Errorf("what was delivered from %v to %v is asked for", from, to)
			}
			return []ledger.Bill{{Category: "service", N: 1200}, {Category: "utility", N: 34}}, nil
		}}
	from := figures.Month(at.AddDate(0, -2, 0))
	var out bytes.Buffer
	if err := tellStats(t.Context(), s.Pool, p, figures.Ask(p, from, at, figures.ByOffice), Counted{CSV: true}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	table := tableOf(t, out.String())
	for said, key := range map[string]string{"semua Oktober": "all", "dishub 2026-10": "=DISHUB", "Oktober 2026 pupr": "=DPUPR"} {
		b, err := d.Handle(t.Context(), bot.Event{ID: bot.EventID(said), At: at, Chat: group, From: bot.Person{ID: "7", Name: "Rina"}, Body: bot.Text{Text: "/statistik " + said}})
		if err != nil || len(b.Letters) != 1 {
			t.Fatalf("%s: %d letters (%v)", said, len(b.Letters), err)
		}
		if bill := strings.Contains(b.Letters[0].Message.Text, "WhatsApp resmi: 1234 pesan sampai (service 1200, utility 34)"); bill != (key == "all") {
			t.Errorf("%s: it tells what is billed: %v", said, bill)
		}
		text, l := strings.ReplaceAll(b.Letters[0].Message.Text, ",", "."), table[key]
		for _, form := range []string{
			"Masuk: {filed} · dari itu dijawab petugas {followed_up}. berakhir {settled}\n", "tepat waktu: {in_time} dari {due} ", "dalam {answer_median_days} hari kerja. 9 dari 10 dalam {answer_p90_days} (dari {answer_n} laporan",
			"selesai: {resolved} · dengan bukti {proved} dari {resolved}", "{fixed} beres. {partly} sebagian. {not_fixed} belum. {lapsed} tanpa tanggapan. {awaited} masih", "Dibuka lagi: {reopened} dari {held} ",
			"{rejected} ditolak. {merged} digabung. {transferred} dialihkan. {recalled} ditarik", "Kabar tidak sampai: {undelivered} dari ", "{returned} dikembalikan. {astray} kembali",
			"hari kerja. jumlah dari {spells} kali dipegang", "terbuka: {open}. lewat batas: {late}",
		} {
			want := regexp.MustCompile(`\{(\w+)\}`).ReplaceAllStringFunc(form, func(name string) string {
				v := l[strings.Trim(name, "{}")]
				if n, err := strconv.ParseFloat(v, 64); err == nil && strings.HasSuffix(name, "_days}") && n >= 1 {
					return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0")
				}
				return v
			})
			want = strings.ReplaceAll(want, "dalam "+figures.NotYet, figures.NotYet)
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", said, want, text)
			}
		}
	}
}
