package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// EndWhy is why a person of the desk loses a right.
type EndWhy int

// The reasons.
const (
	Dismissed EndWhy = iota // by a coordinator
	WentOut                 // of the desk's group, by own will or not
	Demoted                 // runs the group no more, and was let in by nobody else
)

// Ending is everything EndRight needs to know.
type Ending struct {
	Operator ledger.Operator
	By       report.Actor // who ends it; only for Dismissed
	Why      EndWhy
	Left     Left
	// Calls are the open calls that the person has in hand, Disposed the reports that he or she has by a disposition.
	Calls    []ledger.Call
	Disposed []report.Report
}

// EndRight ends what somebody may do, or asks to do, from now on. What the office has open falls to the coordinator when nobody
// else serves it, and calls that the person had in hand are free again. The coordinator's room reads one notice of all that;
// a request that lapses is worth none. Nothing but a new approval gives the right back.
func (o *Office) EndRight(in Ending, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	op, was := in.Operator, in.Operator.In()
	op.Ended, op.EndedBy, op.Wish = t.At, op.ID, nil
	if in.Why == Dismissed {
		op.EndedBy = in.By.ID
	}
	op.Rev++
	b.Changes = append(b.Changes, ledger.Enrolled{Operator: op, Was: in.Operator.Rev})
	var words []string
	if was && in.Why != Dismissed { // who dismisses somebody is answered
		words = append(words, o.departure(op, in.Why))
	}
	words = append(words, o.fall(&b, in.Left, t)...)
	b.Add(o.EndDispositions(in.Disposed, in.Left, t))
	for _, c := range in.Calls {
		b.Add(o.free(c, t))
	}
	if n := len(in.Calls); n > 0 {
		words = append(words, fmt.Sprintf("☎️ %d percakapan yang ditangani %s kini belum ada yang mengambil; lihat kartunya.", n, bot.Bold(op.Name)))
	}
	if len(words) > 0 {
		l := o.notice(strings.Join(words, "\n"), t)
		if slices.ContainsFunc(in.Calls, ledger.Call.Urgent) {
			l.Purpose = ledger.Alarm
		}
		b.Letters = slices.Insert(b.Letters, 0, l)
	}
	return b
}

func (o *Office) departure(op ledger.Operator, why EndWhy) string {
	role := o.RoleName(op.Right())
	if why == Demoted {
		return fmt.Sprintf("🚪 %s bukan pengelola grup lagi; haknya sebagai %s berhenti.", bot.Bold(op.Name), role)
	}
	return fmt.Sprintf("🚪 %s keluar dari grup; haknya sebagai %s berhenti. Kalau kembali, ia mendaftar lagi.", bot.Bold(op.Name), role)
}

// notice is for the coordinator's room.
func (o *Office) notice(text string, t Occasion) ledger.Letter {
	return ledger.Letter{Key: t.Cause + "/people", To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: text}}
}

// free gives a call back to the room.
func (o *Office) free(c ledger.Call, t Occasion) ledger.Batch {
	t.Cause += "/" + string(c.ID)
	k := o.talk(c, t)
	k.now.TakenBy, k.now.TakenAt = report.Actor{}, time.Time{}
	k.line(ledger.Line{By: report.Actor{Role: report.System}, What: ledger.LineFreed})
	k.refresh()
	_, b := k.done()
	return b
}

// Request asks the coordinators about a person's wish. It shows all that an approval grants, and its menu and intent hold the Rev
// under which it was shown: approved is what was read, nothing that came after.
func (o *Office) Request(op ledger.Operator) string {
	w, _ := op.Asks()
	now := ""
	if op.In() {
		now = " (sekarang " + o.RoleName(op.Right()) + ")"
	}
	if w.Role == report.Coordinator {
		return fmt.Sprintf("⚠️ %s%s ingin menjadi %s: boleh menindak SEMUA laporan dan menerima atau mengeluarkan petugas. Jadikan koordinator? (atau balas dengan /terima · /jangan)",
			bot.Bold(op.Name), now, bot.Bold("KOORDINATOR"))
	}
	if w.Role == report.Leader && w.Title == GroupTitle {
		return fmt.Sprintf("%s ingin menjadi %s: semua anggota grup itu membaca kabar keterlambatan, angka, dan laporan yang tidak rahasia. Terima? (atau balas dengan /terima · /jangan)",
			bot.Bold(op.Name), bot.Bold("grup pimpinan"))
	}
	if w.Role == report.Leader {
		return fmt.Sprintf("%s%s ingin menjadi %s: membaca semua laporan yang tidak rahasia, dan menerima kabar keterlambatan di chat pribadi. Terima? (atau balas dengan /terima · /jangan)",
			bot.Bold(op.Name), now, bot.Bold(o.RoleName(w)))
	}
	if w.Title != "" {
		return fmt.Sprintf("%s%s ingin menjadi %s: boleh menindak laporan kantor itu, dan menerima disposisi di chat pribadi. Terima? (atau balas dengan /terima · /jangan)",
			bot.Bold(op.Name), now, bot.Bold(o.RoleName(w)))
	}
	return fmt.Sprintf("%s%s ingin menjadi petugas %s. Terima? (atau balas dengan /terima · /jangan)",
		bot.Bold(op.Name), now, bot.Bold(o.OfficeName(w.Agency)))
}

// GroupTitle is the title of a group of leaders.
const GroupTitle = "grup"

// RoleName is what a right is called: "petugas Dishub", "koordinator".
func (o *Office) RoleName(w ledger.Wish) string {
	if w.Role == report.Coordinator {
		return "koordinator"
	}
	if w.Role == report.Leader && w.Title == GroupTitle {
		return "grup pimpinan"
	}
	if w.Role == report.Leader {
		return "pimpinan (" + w.Title + ")"
	}
	if w.Title != "" {
		return w.Title + " " + o.OfficeName(w.Agency)
	}
	return "petugas " + o.OfficeName(w.Agency)
}

// PersonLine is one person in a list: the name, when he or she last did something, and whether that person is on duty at a time.
func (o *Office) PersonLine(op ledger.Operator, at time.Time) string {
	last := "belum pernah bertindak"
	if !op.Acted.IsZero() {
		last = "terakhir " + say.For(o.Profile, "id").When(op.Acted)
	}
	if op.OnDuty(at) {
		last += " · 🟢 piket sampai " + say.For(o.Profile, "id").When(op.Duty)
	}
	title := ""
	if op.Title != "" {
		title = " (" + op.Title + ")"
	}
	return op.Name + title + " · " + last
}
