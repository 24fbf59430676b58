package postgres_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// full is a batch with everything that the shared statement can hold, in words that are hard to carry. bare leaves out
// what may be missing.
func full(cause string, id report.ID, bare bool) ledger.Batch {
	at := time.Date(2026, 11, 27, 10, 30, 0, 123456789, time.FixedZone("WIB", 7*3600))
	words := "“Got” <b>mampet</b> & bau 🤢\n\"kutip\", {kurung}, \\n, NULL, ''; -- é"
	r := report.Report{
		ID: id, Code: report.Code("SRG-" + cause), Rev: 2, Status: report.Assigned, Reporter: chat, Filed: at, Agency: "DPU",
		Draft: report.Draft{ID: "d1", Text: words, Category: "drainase", Visibility: report.Anonymous, Kind: report.Complaint},
	}
	facts := []report.Fact{{Report: id, Seq: 1, At: at, What: report.WasFiled, Words: words}, {Report: id, Seq: 2, At: at.Add(time.Hour), What: report.WasAdded}}
	letters := []ledger.Letter{{Key: cause + "/r0", To: chat, Report: id, Purpose: ledger.Reply, Message: bot.Message{Text: words}}}
	b := ledger.Batch{Cause: cause, At: at, Changes: []ledger.Change{ledger.Opened{Report: r, Facts: facts}}, Letters: letters}
	if bare {
		return b
	}
	r.Place = report.Place{Pin: &report.Pin{Lat: -6.1227, Lon: 106.1754}, Area: "36.73.01.1003", District: "36.73.01"}
	r.Due = at.Add(24 * time.Hour)
	b.Changes[0] = ledger.Opened{Report: r, Facts: facts}
	b.Letters = append(b.Letters, ledger.Letter{
		Key: cause + "/r1", To: bot.Address{Network: bot.WhatsApp, ID: "62812"}, Purpose: ledger.Reply, Fold: "talk", Hold: at.Add(time.Minute),
		Message: bot.Message{Text: "dua", Menu: &bot.Menu{ID: "m", Choices: []bot.Choice{{ID: "ya", Label: "Ya", Also: "y|ok"}}}},
	})
	wake := ledger.Timer{Kind: ledger.WakeTimer, Subject: ledger.OfChat(bot.Address{Network: bot.Telegram, ID: cause}), Rev: "d0", At: at}
	later := wake
	later.Rev, later.At = "d1", at.Add(time.Hour)
	b.Changes = append(b.Changes, ledger.Timed{Timer: wake}, ledger.Timed{Timer: later})
	return b
}

// The shared statement writes the very rows that a transaction of one batch does; and what it can write it does write
// by itself: all rows of a batch come from one command.
func TestTheSharedStatementWritesWhatATransactionDoes(t *testing.T) {
	t.Parallel()
	for _, bare := range []bool{false, true} {
		var rows [2][]string
		for i, alone := range []bool{false, true} {
			pool := testdb.Pool(t, migrations.At)
			s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			b := full("c1", 1<<52+1, bare)
			if alone {
				b.Jobs = append(b.Jobs, ledger.FetchMedia{Report: 1, Seq: 1, Network: bot.Telegram}) // needs a transaction of its own
			}
			if err := s.Commit(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			for table, clock := range map[string]string{"handled": "at", "reports": "", "facts": "", "figures": "", "letters": "created", "timers": "id"} {
				found, err := pool.Query(t.Context(), fmt.Sprintf(`SELECT (to_jsonb(r) - '%s')::text, r.cmin::text FROM %s r`, clock, table))
				if err != nil {
					t.Fatal(err)
				}
				var row, command string
				_, err = pgx.ForEachRow(found, []any{&row, &command}, func() error {
					rows[i] = append(rows[i], table+" "+row)
					if !alone && command != "0" {
						t.Errorf("a row of %s was written by command %s: the batch fell out of the shared statement", table, command)
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		slices.Sort(rows[0])
		slices.Sort(rows[1])
		if len(rows[0]) < 6 || !strings.Contains(strings.Join(rows[0], "\n"), "mampet") {
			t.Fatalf("only these rows were written: %q", rows[0])
		}
		if diff := cmp.Diff(rows[1], rows[0]); diff != "" {
			t.Errorf("bare %v: in one statement (+) other rows than in a transaction (-):\n%s", bare, diff)
		}
	}
}
