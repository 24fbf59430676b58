package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What officers say of a report that is over: that it is not, or more to its citizen.

// retract takes back that a report is done. While the news is held it is taken back unread; later the citizen is told.
func retract(h *handling, c Command, on subject) (report.Action, bool, error) {
	if on.report.Status != report.Resolved && c.Said != "" && c.Said == c.Words {
		if _, _, command := bot.Command(bot.Words(h.ev.Body)); !command { // "belum selesai pak" of one that was not said to be
			return nil, true, h.plainly()
		}
	}
	if f, ok := lastOf(on.facts, report.WasResolved); ok && on.report.Status == report.Resolved && !h.late && h.ev.At.Before(h.office.HeldUntil(f.At)) {
		return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
	}
	return h.unending(c.Words, on), false, nil
}

// reopen opens a report again that is over. One whose refusal its reporter does not take is open already, at the coordinator, who decides about
// it so: it goes back to the office that refused it.
func reopen(_ *handling, c Command, on subject) (report.Action, bool, error) {
	if office, undecided := casework.Undecided(on.report, on.facts); undecided && on.by.Role == report.Coordinator {
		return report.Forward{To: office, Why: c.Words}, false, nil
	}
	return report.Reopen{Why: c.Words}, false, nil
}

// reopenedText confirms it.
func reopenedText(o *casework.Office, was, r report.Report) string {
	if was.Status.Open() {
		return fmt.Sprintf("Penolakan laporan %s dibatalkan; laporannya kembali ke %s. Warga dikabari.", r.Code, o.OfficeName(r.Agency))
	}
	return fmt.Sprintf("Laporan %s dibuka lagi.", r.Code)
}

// unending is what opens a report again that was called done: of the coordinator its office hears, too.
func (h *handling) unending(why string, on subject) report.Action {
	if on.by.Role == report.Coordinator && on.report.Status == report.Resolved {
		return report.Reopen{Why: why}
	}
	return report.Retract{Why: why}
}

// plainly reads the event once more, as words that take nothing back.
func (h *handling) plainly() error {
	p := h.replies()
	p.plain = true
	c, err := p.parse(h.ev)
	if err != nil {
		return err
	}
	return h.run(c)
}

// retracts reports whether words say that something was called done in error: "selesainya dibatalkan, salah laporan", "eh belum selesai ding".
func retracts(text string) bool {
	const most = 12
	words := strings.Fields(bot.Fold(text))
	for len(words) > 0 && (polite(words[0]) || exclaims(words[0])) {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > most || strings.HasSuffix(strings.TrimSpace(text), "?") {
		return false
	}
	end := slices.IndexFunc(words, ofEnd)
	if end < 0 || end > 0 && cameTo(words[end-1]) {
		return false
	}
	if not := slices.IndexFunc(words, unendedWord); not >= 0 && not <= 1 && end-not <= 2 {
		return end > not
	}
	if toCitizen(text) {
		return false
	}
	said := " " + strings.Join(words, " ") + " "
	for _, cue := range [...]string{" batal", " dibatal", " cabut ", " dicabut ", " tarik ", " ditarik ", " urungkan ", " diurungkan ", " cancel", " dicancel", " ga jadi ", " gak jadi ", " gk jadi ", " tidak jadi ", " nggak jadi ", " tdk jadi ", " salah pencet ",
		" salah tekan ", " salah klik ", " salah laporan ", " salah nomor ", " kepencet ", " kepencetan ", " ketekan ", " keliru "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// cameTo reports whether a word says that something has come to pass.
func cameTo(w string) bool {
	switch w {
	case "sudah", "udah", "sdh", "udh", "dah", "telah", "uda", "wis", "geus":
		return true
	}
	return false
}

// callsOff reports whether words only take back what was done before.
func callsOff(text string) bool {
	words := strings.Fields(bot.Fold(text))
	words = slices.DeleteFunc(words, func(w string) bool { return polite(w) || particle(w) || exclaims(w) })
	switch strings.Join(words, " ") {
	case "batal", "batalin", "batalkan", "dibatalkan", "cancel", "urungkan", "tarik", "tarik lagi", "salah kirim", "salah pencet", "salah tekan", "salah klik", "kepencet", "ketekan", "salah", "salah kartu", "salah nomor", "ga jadi", "gak jadi", "gk jadi",
		"tidak jadi", "nggak jadi", "tdk jadi", "batalin tadi", "batalin yang tadi", "tarik tadi":
		return true
	}
	return false
}

func unendedWord(w string) bool {
	switch w {
	case "belum", "blm", "belom", "blom", "blum", "durung", "tacan", "acan":
		return true
	}
	return false
}

func ofEnd(w string) bool {
	switch w {
	case "selesai", "selesainya", "selese", "beres", "beresnya", "kelar", "kelarnya", "tuntas", "tuntasnya", "rampung", "done", "diselesaikan", "dinyatakan":
		return true
	}
	return false
}

// exclaims reports whether a word only shows that somebody noticed something.
func exclaims(w string) bool {
	switch w {
	case "eh", "ehh", "aduh", "waduh", "wah", "lah", "loh", "lho", "maaf", "sorry", "sori", "ternyata", "tunggu", "ups", "oh", "eits", "astaga", "yah", "sebenarnya", "ini":
		return true
	}
	return false
}

// afterEnd asks first where words go to the citizen of a report that is resolved or refused: whether it is opened again, or they are only sent.
func (h *handling) afterEnd(c Command, on subject) bool {
	r := on.report
	if c.Held || c.Bare || c.Verb != Reply && c.Verb != Ask || r.Status != report.Resolved && r.Status != report.Rejected {
		return false
	}
	_, pends := casework.Pending(on.facts)
	album := c.Album != "" && slices.ContainsFunc(on.facts, func(f report.Fact) bool { return f.Album == c.Album })
	if pends || album || h.office.Permit(r, on.by, report.Reply{Words: c.Words}) != nil {
		return false
	}
	k := kept{Words: c.Words, Photos: c.Photos, Files: c.Files, Album: c.Album, For: c.Verb, Over: true}
	switch {
	case h.office.Permit(r, on.by, report.Reopen{}) == nil:
		k.Again = Reopen
	case h.office.Permit(r, on.by, report.Retract{}) == nil:
		k.Again = Retract
	}
	how := ": buka lagi, atau kirim saja?"
	if k.Again == "" {
		how = "; hanya koordinator yang dapat membukanya lagi. Kirim saja?"
	}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nLaporan %s sudah %s%s", k.shown(h.secret(r)), r.Code, casework.StatusName(r.Status), how))
	return true
}

// then does the second of two things that were wanted at once. What cannot be done is said; the first stands.
func (h *handling) then(c Command) error {
	on := *h.acted
	h.on = on.report
	v := h.verbs.row(c.Verb)
	was, said := len(h.batch.Changes), h.said
	by, err := h.actor(on.report)
	if err == nil {
		on.by, h.by = by, by
		before := h.batch
		before.Letters, before.Changes = slices.Clip(h.batch.Letters), slices.Clip(h.batch.Changes)
		if err = h.act(v, c, on); err != nil {
			h.batch, h.said = before, said
		}
	}
	if no, refused := casework.AsRefusal(err); refused {
		h.say(fmt.Sprintf("Belum dilakukan: %s. %s", c.Verb, no.Words))
		return nil
	}
	h.together(was, on.report.ID)
	return err
}

// together makes one change of two of the same report.
func (h *handling) together(from int, id report.ID) {
	first := -1
	for i := 0; i < len(h.batch.Changes); i++ {
		c, ok := h.batch.Changes[i].(ledger.Changed)
		switch {
		case !ok || c.Report.ID != id:
		case first < 0:
			first = i
		case i >= from:
			f, _ := h.batch.Changes[first].(ledger.Changed)
			f.Report, f.Facts = c.Report, append(slices.Clip(f.Facts), c.Facts...)
			h.batch.Changes[first] = f
			h.batch.Changes = slices.Delete(slices.Clone(h.batch.Changes), i, i+1)
			i--
		}
	}
}

// endOf is what a report that is resolved, closed or refused was ended with: it stays on the card beside what was said since.
func endOf(r report.Report, facts []report.Fact) (report.Fact, bool) {
	what := report.WasResolved
	switch r.Status {
	case report.Rejected:
		what = report.WasRejected
	case report.Resolved, report.Closed:
	default:
		return report.Fact{}, false
	}
	gone := withdrawn(facts)
	for _, f := range slices.Backward(facts) {
		if f.What == what && !gone[f.Seq] {
			return f, true
		}
	}
	return report.Fact{}, false
}

// answer shows something that was said to the citizen.
func (w *cardWriter) answer(f report.Fact) {
	word := answerWord(f.What)
	if why := w.names.RejectionName(f.Reason); why != "" {
		word += " · " + say.Clip(why, 60)
	}
	w.line("%s (%s, %s)%s", word, say.Clip(f.By.Name, 40), clock(f.At, w.Profile), w.quoted(f))
}
