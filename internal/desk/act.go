package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// act turns a command into an action, asks for what is missing, and does it.
func (t *turn) act(c Command, r report.Report, facts []report.Fact, by report.Actor) error {
	a, asked, err := t.action(c, r, facts, by)
	if err != nil || asked {
		return err
	}
	// Only Forward asks who is served, and only about the office it names.
	var servedErr error
	served := func(agency string) bool {
		ok, err := t.Reader.Served(t.ctx, agency)
		servedErr = err
		return ok
	}
	after, b, err := t.office.Act(r, by, a, casework.Turn{
		Cause: string(t.ev.ID), At: t.ev.At, Facts: facts, Served: served, Album: c.Album, Late: t.late,
	})
	if servedErr != nil {
		return fmt.Errorf("ask who is served: %w", servedErr)
	}
	if err != nil {
		return err
	}
	t.batch.Add(b)
	switch done := doneText(t.office, c.Verb, after); {
	case done == "":
	case t.press:
		t.notice = done
	default:
		t.letter(ledger.Letter{Report: r.ID, Message: bot.Message{Text: done}})
	}
	return nil
}

// action is what the command asks for. asked says that something is missing and a letter asks for it.
func (t *turn) action(c Command, r report.Report, facts []report.Fact, by report.Actor) (a report.Action, asked bool, err error) {
	if c.Held && already(facts, c) {
		return nil, false, t.no(casework.Choice, "Itu sudah dicatat atau dikirim.")
	}
	switch c.Verb {
	case Take:
		return report.Take{}, false, nil
	case Forward:
		return t.forward(c, r, by)
	case Reject:
		return t.reject(c, r, by)
	case Undo:
		return t.undo(c, facts)
	case Reply:
		a = report.Reply{Words: c.Words, Photos: c.Photos, Files: c.Files}
	case Resolve:
		a = report.Resolve{Words: c.Words, Photos: c.Photos}
		if len(c.Files) > 0 {
			return nil, false, t.no(casework.Evidence, "Untuk menyatakan selesai kirim foto atau tulisan, bukan berkas atau rekaman suara.")
		}
	case Ask:
		a = report.Ask{Words: c.Words}
	case Note:
		a = report.Note{Words: c.Words}
	case NotOurs:
		a = report.NotOurs{Why: c.Words}
	case Plan:
		until, why, ok := splitDate(t.office.Profile, c.Words)
		if !c.Bare && !ok {
			return nil, false, t.no(casework.Choice, "Tulis tanggalnya dulu, misalnya: /rencana 31-12-2026 menunggu anggaran.")
		}
		a = report.Plan{Until: until, Why: why}
	default:
		return nil, false, fmt.Errorf("no action for %q", c.Verb)
	}
	if c.Verb != Reply && c.Verb != Resolve && c.media() {
		return nil, false, t.no(casework.Choice, "Foto dan berkas hanya dapat dikirim sebagai jawaban atau bukti selesai. Kirim lagi dengan membalas kartunya.")
	}
	if c.Bare {
		return nil, true, t.prompt(c.Verb, string(c.Verb), r, facts, by, a)
	}
	return a, false, nil
}

// already reports whether the held words were answered or noted before, and stand: a second press must not say them twice.
func already(facts []report.Fact, c Command) bool {
	what := report.WasAnswered
	if c.Verb == Note {
		what = report.WasNoted
	}
	gone := withdrawn(facts)
	return slices.ContainsFunc(facts, func(f report.Fact) bool { return f.What == what && f.Words == c.Words && !gone[f.Seq] })
}

// prompt asks for words or a photo by a message whose reply means the verb, if the person may do it at all.
func (t *turn) prompt(v Verb, intent string, r report.Report, facts []report.Fact, by report.Actor, a report.Action) error {
	if err := t.office.Permit(r, by, a); err != nil {
		return err
	}
	t.ask(r, intent, promptText(t.office.Profile, r, v, casework.HasEvidence(facts)), nil)
	t.notice = "Balas pesan bot di bawah ini."
	return nil
}

func (t *turn) forward(c Command, r report.Report, by report.Actor) (report.Action, bool, error) {
	f := report.Forward{To: c.Arg, Why: c.Words}
	if f.To == ToCoordinator {
		f.To = ""
	}
	if c.Exact {
		return f, false, nil
	}
	if err := t.office.Permit(r, by, f); err != nil {
		return nil, false, err
	}
	if c.Arg == "" {
		menu := ForwardMenu(t.office.Profile, r)
		t.ask(r, string(Forward), string(r.Code)+": teruskan ke mana? Kantor lain: balas pesan ini dengan namanya, atau tulis /teruskan "+
			string(r.Code)+" nama kantor.", &menu)
		t.notice = "Pilih kantornya di bawah."
		return nil, true, nil
	}
	to, why, err := t.oneOffice(c.Arg)
	if err != nil {
		return nil, false, err
	}
	return report.Forward{To: to, Why: why}, false, nil
}

// oneOffice reads an office that a person typed; the refusal says what could have been meant.
func (t *turn) oneOffice(said string) (code, rest string, err error) {
	codes, rest := FindOffice(t.office.Profile, said)
	switch len(codes) {
	case 1:
		return codes[0], rest, nil
	case 0:
		return "", "", t.no(casework.Choice, "Kantor “%s” tidak dikenal. Tulis nama singkatnya, misalnya dishub.", say.Clip(said, 40))
	}
	return "", "", t.no(casework.Choice, "Yang mana? Tulis kodenya: %s.", strings.Join(codes[:min(len(codes), 8)], ", "))
}

func (t *turn) reject(c Command, r report.Report, by report.Actor) (report.Action, bool, error) {
	a := report.Reject{Reason: c.Arg, Words: c.Words}
	if err := t.office.Permit(r, by, a); err != nil {
		return nil, false, err
	}
	reasons := len(t.office.Profile.Rejections) > 0
	if reasons && c.Arg == "" {
		menu := ReasonMenu(t.office.Profile, r.Code)
		t.ask(r, string(Reject), string(r.Code)+": apa alasan penolakannya?", &menu)
		t.notice = "Pilih alasannya di bawah."
		return nil, true, nil
	}
	if reasons && t.office.RejectionName(c.Arg) == "" {
		return nil, false, t.no(casework.Choice, staleText)
	}
	if c.Words == "" {
		t.ask(r, string(Reject)+":"+c.Arg, promptText(t.office.Profile, r, Reject, false), nil)
		t.notice = "Balas pesan bot di bawah ini."
		return nil, true, nil
	}
	return a, false, nil
}

// undo takes back the answer that Arg names, or the newest one that stands.
func (t *turn) undo(c Command, facts []report.Fact) (report.Action, bool, error) {
	if c.Arg == "" {
		if _, arg, ok := strings.Cut(t.to.Intent, casework.UndoIntent+":"); ok && c.Code == "" {
			c.Arg = arg
		}
	}
	if seq, err := strconv.Atoi(c.Arg); err == nil {
		for _, f := range facts {
			if f.Seq == seq && (f.Letter != "" || answerWord(f.What) != "") {
				return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
			}
		}
		return nil, false, t.no(casework.Gone, staleText)
	}
	f, ok := lastAnswer(facts)
	if !ok {
		return nil, false, t.no(casework.Gone, "Tidak ada jawaban yang dapat ditarik.")
	}
	return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
}

// ask writes a question whose reply means the intent.
func (t *turn) ask(r report.Report, intent, text string, menu *bot.Menu) {
	t.letter(ledger.Letter{Report: r.ID, Intent: intent, Message: bot.Message{Text: text, Menu: menu}})
}

// say answers a person: in the chat, or for a press in the press's own short notice.
func (t *turn) say(text string) {
	if t.press {
		t.notice = text
		return
	}
	t.letter(ledger.Letter{Message: bot.Message{Text: text}})
}

func (t *turn) letter(l ledger.Letter) {
	l.Key = fmt.Sprintf("%s/d%d", t.ev.ID, t.said)
	t.said++
	l.To, l.Purpose = t.ev.Chat, ledger.ToDesk
	if !t.ev.Ref.Zero() {
		l.Message.ReplyTo = &t.ev.Ref
	} else if p, ok := t.ev.Body.(bot.Pick); ok && !p.Message.Zero() {
		l.Message.ReplyTo = &p.Message
	}
	t.batch.Letters = append(t.batch.Letters, l)
}

// refused tells why not. Photos of one album are refused with one answer, not one each.
func (t *turn) refused(no *casework.Refusal, c Command) {
	t.batch = ledger.Batch{Cause: t.batch.Cause, At: t.batch.At}
	t.said, t.notice = 0, ""
	t.say(no.Words)
	if len(t.batch.Letters) != 1 {
		return
	}
	l := &t.batch.Letters[0]
	if c.Album != "" {
		l.Fold = "refused:" + c.Album
	}
	switch no.Why {
	case casework.Evidence, casework.Empty, casework.TooLong, casework.TooMany:
		// Who answers the refusal with what was missing means the same again.
		l.Report, l.Intent = t.on.ID, string(c.Verb)
		if c.Verb == Reject {
			l.Intent += ":" + c.Arg
		}
	}
}

// pressWords is how long a press's notice may be (Telegram: 200).
const pressWords = 190

// answerPress stops the button that the press keeps spinning, always.
func (t *turn) answerPress() {
	if !t.press {
		return
	}
	t.batch.Letters = append(t.batch.Letters, ledger.Letter{
		Key: string(t.ev.ID) + "/press", To: t.ev.Chat, Purpose: ledger.ToPress, Press: t.ev.ID,
		Message: bot.Message{Text: say.Clip(t.notice, pressWords)},
	})
}
