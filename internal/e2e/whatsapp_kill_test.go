package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// Many people report on WhatsApp at once (thoroughly, a hundred) while the program is killed again and again (thirty times). Each files exactly one report, with
// what was told, gets an answer to the last question, and reads the answers in the order in which they were written.
func TestKilledAgainAndAgainInManyWhatsAppConversations(t *testing.T) { // alone: beside others each start takes seconds
	many, kills := length(100, 30), length(30, 8)
	w := newWorld(t, plan{own: true, whatsapp: linked})
	ctx, cancel := story(150 * time.Second)
	defer cancel()
	people := w.callers(many)
	began := time.Now()
	people.wholeStories(ctx)
	chance := rand.New(rand.NewPCG(3, 4))
	busy := 0
	for i := range kills {
		c := w.start()
		left := max(0, many*talk-people.tally.restart())
		people.tally.wait(ctx, 1+chance.IntN(1+2*left/(kills-i)), people.gone)
		if i%2 == 0 { // not always right after a message: anywhere
			after(time.Duration(chance.IntN(30)) * time.Millisecond)
		}
		c.kill()
		select {
		case <-people.gone:
		default:
			busy++
		}
	}
	last := w.start()
	if !people.end(t) {
		t.Logf("%d kills among talking people", busy)
		return
	}
	took := time.Since(began)
	copies := people.filedOnce(t)
	if busy < kills*3/4 {
		t.Errorf("only %d of %d kills fell among talking people", busy, kills)
	}
	t.Logf("%d kills (%d among talking people) in %s, %d answers; of %d messages a second copy came under the same id; ready again in %s",
		kills, busy, took.Round(time.Millisecond), people.tally.count(), copies, last.up.Round(time.Millisecond))
}

// wholeStory reports, and then asks how the report stands.
func (c *caller) wholeStory(ctx context.Context, t tale) error {
	code, err := c.report(ctx, t)
	if err != nil {
		return err
	}
	m, err := c.asks(ctx, "status")
	if err != nil {
		return err
	}
	if got := numberIn(m.Text); got != code {
		return fmt.Errorf("a caller asks for the status of %s and is told of %q", code, got)
	}
	return nil
}

// calledOnce checks that a tale became exactly one report with one card.
func (w *world) calledOnce(c *caller, told tale) {
	w.t.Helper()
	mine := w.reportsFrom(waAddress(c.p))
	if len(mine) != 1 {
		w.t.Errorf("a caller has %d reports of one tale", len(mine))
		return
	}
	r := mine[0]
	if r.Text != told.text || !slices.Contains(c.codes, string(r.Code)) {
		w.t.Errorf("%s does not hold what was told, or its number was not told", r.Code)
	}
	if r.Place.Pin == nil || *r.Place.Pin != (report.Pin{Lat: told.lat, Lon: told.lon}) {
		w.t.Errorf("the place of %s is not the pin that was sent", r.Code)
	}
	if told.photo != nil && len(r.Photos) != 1 && c.told == 1 {
		w.t.Errorf("%s has %d photos", r.Code, len(r.Photos))
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE report = $1 AND purpose = 'card'`, r.ID); n != 1 {
		w.t.Errorf("%s has %d cards", r.Code, n)
	}
}

// cameInOrder checks that the letters to a caller came in the order in which they were written, none missing. Two things
// may happen to what was on the wire when the program was killed: a second copy comes under the same id, which phones do
// not show and which is counted here, and a question that arrived is asked in another way, because nobody knew that it did.
func (w *world) cameInOrder(t testing.TB, c *caller) (copies int) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	const read = `SELECT coalesce(array_agg(ref ORDER BY id) FILTER (WHERE state = 'sent'), '{}'),
		count(*) FILTER (WHERE state <> 'sent') FROM letters WHERE lane = $1`
	var written []string
	var unsaid int
	if err := w.db.QueryRow(ctx, read, waAddress(c.p)).Scan(&written, &unsaid); err != nil {
		t.Fatalf("read the letters: %v", err)
	}
	var came []string
	for _, m := range c.p.Inbox().Messages {
		ref := postgres.RefKey(bot.MessageRef{Chat: bot.Address{Network: bot.WhatsApp, ID: c.p.LID()}, ID: m.ID})
		switch {
		case slices.Contains(came, ref):
			copies++
		case !slices.Contains(written, ref) && unsaid > 0:
			unsaid--
		default:
			came = append(came, ref)
		}
	}
	if !slices.Equal(came, written) {
		t.Errorf("%d messages came, %d letters were written, or not in this order:\n%s\nagainst\n%s", len(came), len(written),
			strings.Join(came, "\n"), strings.Join(written, "\n"))
	}
	return copies
}
