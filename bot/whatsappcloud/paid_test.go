package whatsappcloud

import (
	"context"
	"testing"
	"time"

	"rabeg/bot"
)

// What Meta tells of payment is told late, twice and in any order, and counts by its own clock: a failure from before it was paid begins no
// trouble, and neither what came before the trouble nor who reads it now ends one.
func TestPaymentIsToldInAnyOrder(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	type told struct {
		what     bot.Outcome
		category string
		minute   int
		then     Trouble
	}
	unpaid := func(minute int, then Trouble) told { return told{bot.Missed, "", minute, then} }
	came := func(minute int, then Trouble) told { return told{bot.Arrived, "utility", minute, then} }
	for name, story := range map[string][]told{
		"paid after a while":           {came(0, None), unpaid(1, Payment), unpaid(2, Payment), came(3, None)},
		"a failure told twice":         {unpaid(1, Payment), came(3, None), unpaid(1, None), unpaid(2, None), unpaid(4, Payment)},
		"an arrival told late":         {unpaid(2, Payment), came(1, Payment), came(2, None)},
		"somebody reads what is older": {came(0, None), unpaid(2, Payment), {bot.Read, "", 3, Payment}},
		"somebody reads it at once":    {unpaid(2, Payment), {bot.Read, "utility", 3, None}},
	} {
		// The machine's clock is wrong by days.
		for _, ahead := range []time.Duration{-48 * time.Hour, 0, 48 * time.Hour} {
			ch := &Channel{opt: Options{
				Now: func() time.Time { return noon.Add(ahead) }, OnTrouble: func(Trouble) {},
				OnDelivered: func(context.Context, bot.MessageRef, string, time.Time) error { return nil },
			}, steps: newLadder()}
			ch.trouble.Store(None)
			for i, s := range story {
				r := receipt{Receipt: bot.Receipt{Ref: messageRef("ID.1", "a"), Outcome: s.what, At: noon.Add(time.Duration(s.minute) * time.Minute)}, category: s.category}
				if s.what == bot.Missed {
					r.code = 131042
				}
				if err := ch.receive(t.Context(), r); err != nil {
					t.Fatal(err)
				}
				if got := ch.Trouble(); got != s.then {
					t.Errorf("%s, the clock ahead by %v: after step %d the trouble is %q, want %q", name, ahead, i+1, got, s.then)
				}
			}
		}
	}
}
