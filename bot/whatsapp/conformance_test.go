package whatsapp

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/internal/sim/warelay"
)

func TestConforms(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T) bottest.Harness {
		s := newSite(t)
		s.link(t, s.open(t, nil)) // before anybody writes: phones encrypt for the devices they know
		return s.harness()
	})
}

func (s *site) harness() bottest.Harness {
	return bottest.Harness{
		Open: func(t testing.TB) bot.Channel {
			return s.open(t, func(o *Options) { o.SendTimeout = 2 * time.Second })
		},
		Phone: func(t testing.TB) bottest.Phone { return s.person(t) },
		Store: s.store,
		Faults: bottest.Faults{
			FailSends: s.dropSends,
			Lose:      func(bot.MediaRef) { s.ExpireMedia(http.StatusGone) },
		},
	}
}

// dropSends loses the next n messages of the office on their way to the network.
func (s *site) dropSends(n int) {
	var left atomic.Int64
	left.Store(int64(n))
	s.Fault(func(st warelay.Stanza) warelay.Verdict {
		if st.In && st.Tag == "message" && st.Phone == office && st.Device > 0 && left.Add(-1) >= 0 {
			return warelay.Verdict{Do: warelay.Drop}
		}
		return warelay.Verdict{}
	})
}
