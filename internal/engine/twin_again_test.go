package engine_test

import (
	"context"
	"encoding/json"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// counting counts looks, and questions whether a turn was handled before.
type counting struct {
	ledger.TwinReader
	looks, memos int
}

func (c *counting) Memo(ctx context.Context, cause string) (json.RawMessage, error) {
	c.memos++
	return c.TwinReader.Memo(ctx, cause)
}

func (c *counting) Around(ctx context.Context, a ledger.Around) ([]ledger.Nearby, error) {
	c.looks++
	return c.TwinReader.Around(ctx, a)
}

// Where nothing at all lay around, more words and a picture cost no second look; another place and another matter do, and so does a
// place where something lies.
func TestNothingIsLookedForTwiceWhereNothingLies(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	c := &counting{TwinReader: s.store}
	s.Cases.Twins = c
	tell := func(who bot.Address, body bot.Body, want int, what string) {
		before := c.looks
		s.at(who, body)
		if got := c.looks - before; got != want {
			t.Errorf("%s: %d looks, want %d", what, got, want)
		}
	}
	here, elsewhere := bot.Location{Lat: -6.1227, Lon: 106.1754}, bot.Location{Lat: -6.1237, Lon: 106.1764}
	tell(budi, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"}, 0, "a lamp without a place")
	tell(budi, here, 1, "its place")
	tell(budi, bot.Text{Text: "warga sudah lama menunggu perbaikannya"}, 0, "more words")
	tell(budi, bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "x"}}, 0, "a picture")
	tell(budi, elsewhere, 1, "another place")
	tell(budi, bot.Text{Text: "kirim"}, 0, "sending")
	tell(ani, bot.Text{Text: "lampu pju padam, jalan gelap sekali"}, 0, "a neighbour's lamp without a place")
	tell(ani, elsewhere, 1, "the same place")
	tell(ani, bot.Text{Text: "bukan yang ini"}, 0, "her answer")
	tell(ani, bot.Text{Text: "warga sudah lama menunggu perbaikannya"}, 1, "more words where something lies")
	if c.memos > 0 {
		t.Errorf("%d times it was asked whether a turn was handled before, though none was", c.memos)
	}
}
