package casework

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Who hears of what is late is counted as told where the bot may write, and nowhere else: a leader who has shut it out must not look like
// one who knows.

// Reached reports whether the bot may write to somebody in the own chat.
func Reached(op ledger.Operator) bool { return op.In() && !op.Met.IsZero() }

// Unreached is what becomes of a person whose chat takes no letters any more: until he or she writes again, the bot counts on nobody there,
// and the coordinator's room reads that once. ok is false where nothing changes by it.
func (o *Office) Unreached(op ledger.Operator, cause string) (b ledger.Batch, ok bool) {
	if !Reached(op) || op.Title == "" { // nothing is counted on of who gets no letters as nobody else does
		return b, false
	}
	was := op.Rev
	op.Rev, op.Met = was+1, time.Time{}
	return ledger.Batch{Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: was}},
		Letters: []ledger.Letter{o.notice(o.unreachedText(op), Occasion{Cause: cause})}}, true
}

func (o *Office) unreachedText(op ledger.Operator) string {
	text := fmt.Sprintf("⚠️ Bot tidak dapat menulis lagi kepada %s (%s): bot diblokir, dikeluarkan dari chat itu, atau terlalu lama didiamkan. "+
		"Kabar terakhir untuknya mungkin tidak sampai, dan mulai sekarang ia dihitung belum tahu. ", bot.Bold(op.Name), o.RoleName(op.Right()))
	return text + o.reachAgain(op)
}

// reachAgain is what makes the bot able to write to somebody.
func (o *Office) reachAgain(op ledger.Operator) string {
	if op.Role == report.Leader && op.Title == GroupTitle {
		return "Masukkan lagi bot ke grup itu, lalu tulis di sana: /daftar pimpinan"
	}
	return fmt.Sprintf("Minta %s membuka chat pribadinya dengan bot ini dan menulis halo.", op.Name)
}

// superiors are who hears of what an office leaves lying: those whom the bot may write to, and those who are enrolled in vain.
type superiors struct{ reached, unmet []ledger.Operator }

// above are the people of a kind.
func above(people []ledger.Operator, is func(ledger.Operator) bool) (s superiors) {
	for _, op := range people {
		switch {
		case !op.In() || !is(op):
		case Reached(op):
			s.reached = append(s.reached, op)
		default:
			s.unmet = append(s.unmet, op)
		}
	}
	return s
}

// told reports whether one of them at least is written to.
func (s superiors) told() bool { return len(s.reached) > 0 }

// reachThem says whom the bot cannot write to, and what helps.
func (o *Office) reachThem(people []ledger.Operator) string {
	var names []string
	for _, op := range people {
		names = append(names, op.Name)
	}
	return "Bot belum dapat menulis kepada " + strings.Join(names, ", ") + ". " + o.reachAgain(people[0])
}
