package ledger_test

import (
	"encoding/json"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Jobs lie in the queue while the program is made new: what they are called there stays.
func TestWhatTheQueueKeeps(t *testing.T) {
	t.Parallel()
	voice := bot.MediaRef{Network: bot.Telegram, ID: "v"}
	for _, c := range []struct {
		job        ledger.Job
		kind, want string
	}{
		{ledger.FetchMedia{Report: 7, Seq: 2, Network: bot.Telegram}, "fetch_media", `{"report":7,"seq":2,"network":"telegram"}`},
		{ledger.FetchTalk{Call: "c", Network: bot.WhatsApp}, "fetch_talk", `{"call":"c","network":"whatsapp"}`},
		{ledger.Transcribe{Chat: bot.Address{Network: bot.Telegram, ID: "7"}, Draft: "d", Media: voice}, "transcribe",
			`{"chat":{"n":"telegram","i":"7"},"draft":"d","media":{"n":"telegram","i":"v"}}`},
		{ledger.Consult{Report: 7}, "consult", `{"report":7}`},
	} {
		got, err := json.Marshal(c.job)
		if err != nil || string(got) != c.want || c.job.Kind() != c.kind {
			t.Errorf("%s %s (%v), want %s %s", c.job.Kind(), got, err, c.kind, c.want)
		}
	}
}
