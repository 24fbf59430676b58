package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
)

// gatherRow is how long a row of Gather is, in UTF-16 units: twenty fit one message.
const gatherRow = 170

// Gather tells of several alarms in one message, when more of them come at once than the group takes (outbox.Gatherer). What is confidential
// does not stand in the alarms themselves, and so not here.
func (d *Desk) Gather(alarms []ledger.Letter) bot.Message {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nKartu masing-masing menyusul di bawah; balas di sana.\n", bot.Bold(fmt.Sprintf("🚨 %d pesan darurat sekaligus", len(alarms))))
	more := map[string]int{}
	for _, l := range alarms {
		more[l.Intent]++
	}
	told := map[string]bool{}
	for _, l := range alarms {
		if l.Intent != "" && told[l.Intent] {
			continue
		}
		told[l.Intent] = true
		text := alarmRow(l.Message.Text)
		if n := len(l.Message.Photos) + len(l.Message.Files); n > 0 {
			text += fmt.Sprintf(" (%d lampiran)", n)
		}
		text = say.Clip(text, gatherRow)
		if n := more[l.Intent] - 1; l.Intent != "" && n > 0 {
			text += fmt.Sprintf(" (+%d pesan)", n)
		}
		b.WriteString("\n• " + text)
	}
	return bot.Message{Text: b.String()}
}

// alarmRow is an alarm in a row: when it came, what was said, and where it is; all of it where it quotes nobody.
func alarmRow(text string) string {
	head, _, _ := strings.Cut(text, "\n")
	_, quoted, ok := strings.Cut(text, "“")
	said, rest, whole := strings.Cut(quoted, "”")
	if !ok || !whole {
		return strings.Join(strings.Fields(text), " ")
	}
	row := "“" + strings.Join(strings.Fields(said), " ") + "”"
	if at := strings.LastIndex(head, " · "); at >= 0 && !strings.Contains(head, "“") {
		row = strings.TrimSpace(head[at+len(" · "):]) + " " + row
	}
	const pin = "📍"
	if _, where, ok := strings.Cut(rest, pin); ok {
		where, _, _ = strings.Cut(where, "\n")
		row = say.Clip(row, gatherRow*2/3) + " " + pin + where
	}
	return row
}
