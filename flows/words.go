package flows

import (
	"strings"

	"rabeg/bot"
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
	WordCancel
	WordUndo
	WordSend
	WordEdit
	WordSkip
	WordResume // go on where we were
	WordUnknown
)

// WordOf reads the word that a whole text is; rest is what follows a slash command. A slash command with more behind it
// than its name is a command only where the name is known.
func WordOf(text string) (w Word, rest string) {
	if name, rest, ok := bot.Command(text); ok {
		w := word(name)
		if w == NoWord && rest == "" {
			w = WordUnknown
		}
		if w == NoWord {
			return NoWord, ""
		}
		return w, rest
	}
	if len(text) > 40 {
		return NoWord, ""
	}
	return word(bot.Fold(text)), ""
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
