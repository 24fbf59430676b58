package desk_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// An officer who answers a report that a restore lost hears that, with the day and what to do, and that the citizen got nothing.
func TestAReportThatWasLost(t *testing.T) {
	t.Parallel()
	old := bot.MessageRef{Chat: bot.Address{Network: bot.Telegram, ID: group}, ID: "4711"} // a card that the database does not know
	lost := string(report.NewCode("CTH", 4711))
	for words, on := range map[string]*bot.MessageRef{
		"sudah kami perbaiki tadi pagi":         &old,
		lost + " sudah kami perbaiki tadi pagi": nil,
		"/selesai " + lost + " beres":           nil,
		"/ambil " + lost:                        nil,
	} {
		for _, restored := range []bool{false, true} {
			r := newHall(t)
			if restored {
				r.desk.Gap = report.Gap{From: r.now.Add(-50 * time.Hour), Until: r.now.Add(-24 * time.Hour)}
			}
			var how []func(*bot.Event)
			if on != nil {
				how = append(how, replying(*on))
			}
			b := r.hears(bot.Text{Text: words}, how...)
			said := asked(b).Message.Text
			if len(b.Changes) != 0 || told(b) != "" || said == "" {
				t.Fatalf("%q: %d changes, the citizen is told %q, the room %q", words, len(b.Changes), told(b), said)
			}
			says := strings.Contains(said, "dipulihkan dari cadangan pada Minggu, 22 Nov") && strings.Contains(said, "melapor lagi lewat chat")
			if says != restored {
				t.Errorf("%q, restored %v: the room is told %q", words, restored, said)
			}
		}
	}
}
