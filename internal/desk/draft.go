package desk

import (
	"fmt"
	"strconv"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What the head answers to a disposition is a draft in the office's room. It goes to the citizen when an officer sends it, as it is or
// in other words; the pictures that came with it go along.

// draftEdit is what an asking for other words has behind its verb.
const draftEdit = "ubah"

func draftMenu(_ *profile.Profile, r report.Report, _ string) bot.Menu { return casework.DraftMenu(r) }

// sendDraft sends a draft, asks for other words, or shows it as it stands now.
func sendDraft(h *handling, c Command, on subject) (report.Action, bool, error) {
	d, all := on.report.Disposed, report.DraftOf(on.report, on.facts)
	if err := h.office.Permit(on.report, on.by, report.Reply{}); err != nil {
		return nil, false, err
	}
	if d.Waits() || d == nil {
		return nil, false, h.no(casework.Gone, "Tidak ada konsep jawaban yang menunggu untuk %s: sudah dikirim, atau disposisinya sudah berakhir.", on.report.Code)
	}
	switch {
	case c.Exact:
		seq := strconv.Itoa(d.Draft)
		switch c.Arg {
		case casework.DraftSend + seq:
			return all, false, nil
		case casework.DraftEdit + seq:
			text := "tulis kata-kata Anda sendiri dengan membalas pesan ini"
			if n := len(all.Photos) + len(all.Files); n > 0 {
				text += fmt.Sprintf("; %d lampiran dari konsepnya ikut dikirim", n)
			}
			h.ask(on.report, string(Draft)+":"+draftEdit, fmt.Sprintf("%s: %s.", on.report.Code, text), nil)
			h.notice = "Balas pesan bot di bawah ini."
			return nil, true, nil
		}
		h.drafted(on)
		h.say(fmt.Sprintf("Konsep jawaban %s sudah bertambah sejak tombol itu ditampilkan. Belum ada yang dikirim; baca yang baru.", on.report.Code))
		return nil, true, nil
	case c.Words != "":
		a := report.Reply{Words: c.Words, Photos: all.Photos, Files: all.Files}
		if c.media() { // pictures of the officer's own go in their place
			a.Photos, a.Files = c.Photos, c.Files
		}
		return a, false, nil
	case c.media():
		return nil, false, h.no(casework.Choice, "Tulis kata-katanya bersama fotonya, atau pilih Kirim ke warga. Belum ada yang dikirim.")
	}
	h.drafted(on)
	return nil, true, nil
}

// drafted shows a draft once more, where the one who asked may read it.
func (h *handling) drafted(on subject) {
	m := h.office.DraftShown(on.report, report.DraftOf(on.report, on.facts))
	if to, ok := h.office.Alone(on.by); ok && h.secret(on.report) {
		h.batch.Letters = append(h.batch.Letters, ledger.Letter{Key: string(h.ev.ID) + "/draft", To: to, Report: on.report.ID, Purpose: ledger.ToDesk,
			Intent: casework.AloneIntent + casework.DraftShownIntent(on.report), Message: m})
		h.say("Konsepnya saya kirim ke chat pribadi Anda.")
		return
	}
	h.letter(ledger.Letter{Report: on.report.ID, Intent: casework.DraftShownIntent(on.report), Message: m})
	h.quotes(fmt.Sprintf("draft%d", on.report.Disposed.Draft))
	h.notice = "Baca konsepnya di bawah; belum dikirim."
}

// draft reads a reply to a draft: a choice, or what is sent in its place. A nod is neither, and what belongs to colleagues is asked about
// as in a reply to the card.
func (p parser) draft(v row, asked string, c Command) Command {
	m := casework.DraftMenu(p.target.Report)
	choice, exact := m.Match(bot.Text{Text: c.Words})
	switch {
	case !c.media() && asked != draftEdit && casework.DraftIntent+":"+asked != casework.DraftShownIntent(p.target.Report) && (exact || saysSend(c.Words)):
		return Command{Verb: v.name, Bare: true} // more has come since: what goes out is what was read
	case !c.media() && saysSend(c.Words):
		return Command{Verb: v.name, Arg: m.Choices[0].ID, Exact: true, Bare: true}
	case !c.media() && exact:
		return Command{Verb: v.name, Arg: choice.ID, Exact: true, Bare: true}
	case !c.media() && nodding(p.lexicon, c.Words):
		return Command{Verb: v.name, Bare: true}
	}
	if asked != draftEdit {
		if other := p.spoken(p.target.Report, c); other.Verb != Silent {
			return other
		}
	}
	c.Verb = v.name
	return c
}
