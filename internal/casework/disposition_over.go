package casework

import (
	"fmt"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// What a disposition showed is shown no more once it is over: who had the report in private has no right to it by that any more, and a
// draft that nobody sent says nothing. The story of the report keeps it, for those who may read that.

// The letters that bring a report to its receiver.
const (
	handedText  = "disposed"
	handedFiles = "enclosed"
)

// handedKey is the key of a letter to the receiver, draftKey of the one that shows the newest draft. The words at the end are those of
// ledger.Shown.
func handedKey(id report.ID, d *report.Disposition, what string) string {
	return fmt.Sprintf("disposal:%d/%d/%s", id, d.Seq, what)
}

func draftKey(id report.ID, d *report.Disposition) string {
	return fmt.Sprintf("disposal:%d/%d/draft%d", id, d.Seq, d.Draft)
}

// handedFold lets a letter that still waits be replaced by the one that takes its words out.
func handedFold(code report.Code, what string) string { return what + ":" + string(code) }

// over takes out of the chats what a disposition showed there.
func (c *change) over(d *report.Disposition) {
	code := bot.Bold(string(c.was.Code))
	for _, what := range []string{handedText, handedFiles} {
		l, ok := c.letterTo(d, c.was.ID, c.key("over-"+what), bot.Message{Text: "📨 Disposisi laporan " + code + " sudah berakhir; isinya tidak tampil lagi di sini."})
		if !ok {
			continue
		}
		l.Edits, l.Only, l.Fold = handedKey(c.was.ID, d, what), true, handedFold(c.was.Code, what)
		c.letter(l)
	}
	if d.Draft > 0 {
		c.outdated(d, "Disposisinya sudah berakhir; konsep ini tidak dikirim ke warga dan tidak berlaku lagi.", DraftIntent+":"+string(c.was.Code))
	}
}

// outdated takes the newest draft out of where it was shown, and says why. fold is that of the draft, so that it is not sent where it still
// waits; "" where a newer one takes its place.
func (c *change) outdated(d *report.Disposition, why, fold string) {
	m := bot.Message{Text: fmt.Sprintf("📨 Jawaban disposisi laporan %s dari %s: %s", bot.Bold(string(c.was.Code)), ReceiverName(d.Receiver), why)}
	shown := c.was
	shown.Agency, shown.Disposed = d.Agency, d
	room := c.toOwner(shown, c.key("over-draft"), "")
	room.Message, room.Edits, room.Only, room.Answers = m, draftKey(c.was.ID, d), true, ""
	room.Intent = DraftShownIntent(shown) // who still replies to it means the draft, and no answer
	for i, p := range c.Posts {           // it was asked for once more
		if again := room; strings.HasSuffix(p.Key, fmt.Sprintf("/draft%d", d.Draft)) && p.Key != room.Edits {
			again.Key, again.Room, again.Edits = c.key("over-again")+"."+strconv.Itoa(i), p.Room, p.Key
			c.letter(again)
		}
	}
	if !c.Secret(c.was) {
		room.Fold = fold
		c.letter(room)
		return
	}
	if to, ok := c.Alone(d.By); ok { // the room was told that there is one
		c.letter(ledger.Letter{Key: c.key("over-draft") + "/alone", To: to, Report: c.was.ID, Purpose: ledger.ToDesk, Intent: AloneIntent + room.Intent,
			Edits: draftKey(c.was.ID, d) + "/alone", Only: true, Fold: fold, Message: m})
	}
}
