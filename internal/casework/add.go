package casework

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// addedFew is how many additions of one person to one report within an hour each have a message of their own.
const addedFew = 3

// add keeps what the citizen sends after filing, whatever the report's status, and shows it under the card. Another place may be another
// office's: the report goes there, also beyond the bounds, but then not twice within an hour. Of very many additions of one person, and of those of who is muted, the card tells alone.
func (c *change) add(a report.Add) error {
	media := len(a.Photos) + len(a.Files)
	if a.Words == "" && media == 0 && a.Place == nil && !a.Unmeant {
		return refuse(Empty, "Tambahannya kosong.")
	}
	if err := c.room(media); err != nil {
		return err
	}
	beside, from := c.beside(), "pelapor"
	if beside {
		from = "warga yang mengikuti"
	}
	f := report.Fact{What: report.WasAdded, Words: a.Words, Photos: a.Photos, Files: a.Files, Place: a.Place, Beside: beside, Unmeant: a.Unmeant}
	before := c.addedBefore()
	f.Silent = c.silent(before)
	owner, meant, moved := "", "", false
	followed := a.Place != nil && !beside && !(f.Silent && before.placed) // of many corrections too, one in an hour
	if followed {
		owner, meant, moved = c.placed(*a.Place)
	}
	if meant != "" && owner == c.was.Agency { // the coordinator keeps it, for another office by now
		f.Meant, moved = meant, false
	}
	c.fact(f)
	if c.was.Status == report.Quarantined {
		return nil // kept with it: it is read when the report is looked at
	}
	if moved {
		c.follows(owner, meant)
	} else if followed {
		c.abroad(*a.Place)
	}
	if !f.Silent {
		c.addition(a, from, moved, before)
	}
	if !moved && !c.muted() {
		c.card()
	}
	return nil
}

// unmeant names the addition that was not meant for the report: by its words where the group has read them, for others may stand between.
func (c *change) unmeant(words string) string {
	said := func(f report.Fact) bool {
		return f.What == report.WasAdded && !f.Unmeant && f.Words == words && sameChat(f.By.Chat, c.by.Chat)
	}
	if words == "" || c.Secret(c.was) || !slices.ContainsFunc(c.Facts, said) {
		return "pesan sebelumnya"
	}
	return "“" + say.Clip(c.Veil(c.Own(c.was, strings.Join(strings.Fields(words), " "))), unmeantLong) + "”"
}

// unmeantLong is how many letters of an addition name it.
const unmeantLong = 80

// addedBefore is what the same person added to the report within the last hour, and the Seq of his or her first addition ever.
func (c *change) addedBefore() (b earlier) {
	for _, f := range c.Facts {
		if f.What != report.WasAdded || c.by.Chat.Zero() || !sameChat(f.By.Chat, c.by.Chat) {
			continue
		}
		if b.first == 0 {
			b.first = f.Seq
		}
		if c.At.Sub(f.At) < BoundsSpan {
			b.within++
			b.placed = b.placed || f.Place != nil
		}
	}
	return b
}

// earlier is what one person added before: how often within BoundsSpan, whether a place was among that, and since which fact.
type earlier struct {
	within, first int
	placed        bool
}

// silent reports whether an addition is kept and makes no letter. What answers a question of the office always makes one, as does all that
// is said of a danger.
func (c *change) silent(before earlier) bool {
	bound := c.Profile.Bounds.Additions
	answers := !c.was.Asked.IsZero() && !c.beside()
	return c.muted() || bound > 0 && before.within >= bound && !answers && !c.was.Emergency
}

// muted reports whether who writes is muted, and tells of no danger.
func (c *change) muted() bool { return c.Conduct.Holds(c.At) == report.Muted && !c.was.Emergency }

// crowded shows one of several additions within an hour: a letter that still waits gives its place to the next, for all of them are in the
// report. Pictures stand for themselves.
func (c *change) crowded(l ledger.Letter, before earlier) ledger.Letter {
	n := before.within + 1
	if n <= addedFew || len(l.Message.Photos)+len(l.Message.Files) > 0 {
		return l
	}
	where := ""
	if !c.Secret(c.was) { // of such it is said already
		where = fmt.Sprintf("; yang tidak tampil di sini: /riwayat %s", c.was.Code)
	}
	l.Fold = fmt.Sprintf("add:%s:%d", c.was.Code, before.first)
	l.Message.Text += fmt.Sprintf("\n(ke-%d dalam satu jam%s)", n, where)
	if n == c.Profile.Bounds.Additions {
		l.Message.Text += "\nYang berikutnya dalam jam ini disimpan dan dihitung di kartu saja."
	}
	return l
}

// addition shows under the card what was added. What came along with a new card (moved) is not shown twice.
func (c *change) addition(a report.Add, from string, moved bool, before earlier) {
	text := "💬 Tambahan dari " + from + " " + bot.Bold(string(c.was.Code))
	if a.Unmeant { // nobody said a word: it is told, not quoted
		text = "↩️ Pelapor menandai: " + c.unmeant(a.Was) + " bukan untuk laporan " + bot.Bold(string(c.was.Code))
	}
	if !c.was.Status.Open() {
		to := ""
		if c.was.With != nil {
			to = " ke " + string(c.was.With.Code)
		}
		text += " (laporan sudah " + StatusName(c.was.Status) + to + ", mohon diperiksa)"
	}
	m := bot.Message{}
	if !moved && !c.Secret(c.was) {
		m = bot.Message{Photos: a.Photos, Files: a.Files}
	}
	switch {
	case c.Secret(c.was):
		text += "\n" + c.SecretText(c.was)
	case a.Words != "":
		text += c.heard(c.Own(c.was, a.Words), c.was.Code)
	}
	if a.Place != nil && !c.Secret(c.was) {
		text += "\n📍 " + c.Veil(c.Own(c.was, say.Site(*a.Place)))
	}
	m.Text = text
	c.letter(c.crowded(ledger.Letter{
		Key: c.key("add"), To: c.Desk, Desk: true, Room: c.now.Agency, Report: c.was.ID, Purpose: ledger.ToDesk,
		Answers: c.now.CardKey, Message: m,
	}, before))
}
