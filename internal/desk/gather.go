package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
)

// Gather tells of several alarms in one message, when more of them come at once than the group takes (outbox.Gatherer). What is confidential
// does not stand in the alarms themselves, and so not here.
func (d *Desk) Gather(alarms []ledger.Letter) bot.Message {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nMasing-masing menyusul di bawah; balas di sana.\n", bot.Bold(fmt.Sprintf("🚨 %d pesan darurat sekaligus", len(alarms))))
	for _, l := range alarms {
		text := strings.Join(strings.Fields(l.Message.Text), " ")
		if n := len(l.Message.Photos) + len(l.Message.Files); n > 0 {
			text += fmt.Sprintf(" (%d lampiran)", n)
		}
		b.WriteString("\n• " + say.Clip(text, 160))
	}
	return bot.Message{Text: b.String()}
}
