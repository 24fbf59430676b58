package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Word is something a citizen may say at any time, in either language, as a word or as a slash command.
type Word int

// The words. NoWord is everything else.
const (
	NoWord Word = iota
	WordStart
	WordMenu
	WordHelp
	WordPrivacy
	WordLanguage
	WordIndonesian
	WordEnglish
	WordReport // begin a report
	WordStatus // the own reports
	WordMine   // what is kept about me
	WordForget // erase it
	WordSpare  // do not erase it after all
	WordCancel
	WordUndo
	WordSend
	WordEdit
	WordSkip
	WordResume // go on where we were
	WordUnknown
)

// WordOf reads the word that a whole text is, however politely it is said ("batal aja pak"); rest is what follows a slash
// command. A slash command with more behind it than its name is a command only where the name is known.
func (o Options) WordOf(text string) (w Word, rest string) {
	was := o.words.of(text, func(text string) wordAndRest {
		w, rest := o.wordOf(text)
		return wordAndRest{w, rest}
	})
	return was.Word, was.rest
}

// wordAndRest is what WordOf gives: nearly every flow asks it of a message.
type wordAndRest struct {
	Word
	rest string
}

func (o Options) wordOf(text string) (w Word, rest string) {
	if name, rest, ok := bot.Command(text); ok {
		w := word(name)
		if w == NoWord {
			w, rest = o.joined(name, rest)
		}
		if w == NoWord && rest == "" {
			w = WordUnknown
		}
		if w == NoWord {
			return NoWord, ""
		}
		return w, rest
	}
	if len(text) <= 200 {
		if own := meant(o.Answers.Own(text)); own != NoWord {
			return own, ""
		}
	}
	if len(text) > 80 {
		return NoWord, ""
	}
	if w := word(bot.Fold(text)); w != NoWord {
		return w, ""
	}
	if w := announced(text); w != NoWord {
		return w, ""
	}
	if erases(text) {
		return WordForget, ""
	}
	if means, ok := o.Answers.Read(text).Only(); ok {
		return meant(means), ""
	}
	return NoWord, ""
}

// joined parts the command for a report's standing from the number that was written to it without a space ("/status-SRG-7K3MQ-9").
func (o Options) joined(name, rest string) (Word, string) {
	behind, ok := strings.CutPrefix(name, "status")
	if !ok {
		return NoWord, rest
	}
	behind = strings.Trim(behind, "-_:./#")
	if behind == "" { // "/status-"
		return WordStatus, rest
	}
	if _, found, _ := report.FindCode(o.Profile.Prefix, behind); found {
		return WordStatus, behind
	}
	return NoWord, rest
}

// asksOfBot answers a question about the bot itself, where something else is asked: it is no part of the report. ok is false for
// all other messages.
func (m *Machine) asksOfBot(s State, ev bot.Event) (words string, ok bool) {
	text, plain := ev.Body.(bot.Text)
	if !plain || ev.Edited || ev.ReplyTo != nil || s.Ask == nil || s.Ask.Light && !m.Open(s) || m.InDanger(s) || m.ofOwn(ev.Body) {
		return "", false
	}
	if talk := m.Talking(s); talk != nil && !talk.Over {
		return "", false
	}
	rd := m.Reader.Read(text.Text)
	if rd.Human { // and wants a person: both are answered there
		return "", false
	}
	v := m.Voice(s)
	if words := m.factBeside(s, text.Text); words != "" && rd.Harm == understand.NoHarm && !rd.Emergency {
		return words, true
	}
	switch m.Answers.Question(text.Text) {
	case answer.AskedWhat, answer.AskedWho:
		return v.AnswerWho(), true
	case answer.AskedHow:
		return m.turns(s), true
	case answer.AskedThen:
		return v.AnswerThen(), true
	case answer.AskedBot:
		return v.AnswerBot(), true
	case answer.AskedFear:
		return v.Reassure(), rd.Harm == understand.NoHarm && !rd.Emergency
	case answer.AskedCome:
		return v.AnswerCome(), true
	case answer.NoTopic:
	}
	return "", false
}

// asksBack reports whether a text asks about the bot so plainly that it chooses nothing, whatever choices it names.
func (m *Machine) asksBack(text string) bool {
	switch m.Answers.Wonders(text) {
	case answer.FactKept, answer.FactPhone, answer.FactSelf, answer.FactDoor:
		return true
	case answer.NoFact, answer.FactCode, answer.FactMap, answer.FactOffice:
	}
	topic := m.Answers.Question(text)
	return topic == answer.AskedWhat || topic != answer.NoTopic && strings.Contains(text, "?")
}

// meant is the word that a meaning is, NoWord for answers that need a question.
func meant(m answer.Meaning) Word {
	switch m {
	case answer.Start:
		return WordStart
	case answer.Menu:
		return WordMenu
	case answer.Help:
		return WordHelp
	case answer.Privacy:
		return WordPrivacy
	case answer.Language:
		return WordLanguage
	case answer.Indonesian:
		return WordIndonesian
	case answer.English:
		return WordEnglish
	case answer.Report, answer.Anew:
		return WordReport
	case answer.Status:
		return WordStatus
	case answer.Mine:
		return WordMine
	case answer.Forget:
		return WordForget
	case answer.Spare:
		return WordSpare
	case answer.Cancel, answer.Needless:
		return WordCancel
	case answer.Undo:
		return WordUndo
	case answer.Send:
		return WordSend
	case answer.Edit:
		return WordEdit
	case answer.Skip:
		return WordSkip
	case answer.Go, answer.Enough:
		return WordResume
	}
	return NoWord
}

// word knows the words by their folded form. "mulai" and "start" are what Telegram's first button sends.
func word(s string) Word {
	switch strings.ReplaceAll(s, "_", " ") {
	case "start", "mulai":
		return WordStart
	case "menu", "menu utama":
		return WordMenu
	case "help", "bantuan", "cara pakai", "cara lapor":
		return WordHelp
	case "privasi", "privacy":
		return WordPrivacy
	case "bahasa", "language":
		return WordLanguage
	case "id", "indonesia", "bahasa indonesia", "indonesian":
		return WordIndonesian
	case "en", "english", "bahasa inggris", "inggris":
		return WordEnglish
	case "lapor", "buat laporan", "laporan baru", "lapor baru", "report", "new report", "mau lapor", "saya mau lapor":
		return WordReport
	case "status", "status laporan", "cek status", "cek laporan", "laporan saya", "my reports", "laporanku":
		return WordStatus
	case "data saya", "datasaya", "my data", "mydata":
		return WordMine
	case "hapus data saya", "hapusdata", "hapus data", "delete my data", "hapus semua data saya":
		return WordForget
	case "batal", "batalkan", "cancel", "gak jadi", "ga jadi", "tidak jadi", "nggak jadi":
		return WordCancel
	case "urungkan", "undo":
		return WordUndo
	case "kirim", "kirimkan", "kirim laporan", "send":
		return WordSend
	case "ubah", "edit", "change", "ganti", "ubah laporan":
		return WordEdit
	case "lewati", "skip", "lewat":
		return WordSkip
	case "lanjut", "lanjutkan", "continue", "selesai", "done", "sudah", "udah", "cukup":
		return WordResume
	}
	return NoWord
}
