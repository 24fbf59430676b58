package desk

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// shelfMost is how many answers an office may put by: with the profile's they are one list on a phone.
const shelfMost = 10

const (
	shelfLike  = "/jawabtetap Menunggu suku cadang: Laporan {nomor} menunggu suku cadang."
	shelfEmpty = "%s belum punya jawaban siap sendiri. Tambah dengan judul, titik dua, lalu katanya, misalnya: " + shelfLike
	shelfAway  = "Tidak ada jawaban siap berjudul %s di %s. Yang ada: %s."
)

// putBy adds an answer to the shelf of the sender's office, puts it in place of one with the same title, or takes one away.
func (h *handling) putBy(c Command, by report.Actor) error {
	if by.Role != report.Operator && by.Role != report.Coordinator {
		return h.no(casework.NoRight, "Hanya petugas dan koordinator yang dapat menyimpan jawaban siap.")
	}
	if c.media() {
		return h.no(casework.Choice, "Foto dan berkas tidak ikut disimpan di jawaban siap. Kirim kata-katanya saja: %s", shelfLike)
	}
	if ok, err := h.teaches(c, by); ok || err != nil {
		return err
	}
	office := ""
	if by.Role == report.Operator {
		office = by.Home
	}
	shelf, err := h.Reader.Shelf(h.ctx, office)
	if err != nil {
		return fmt.Errorf("read what was put by: %w", err)
	}
	title, words, both := strings.Cut(c.Arg, ":")
	title, words = strings.Join(strings.Fields(title), " "), strings.TrimSpace(words)
	first, rest, _ := strings.Cut(title, " ")
	away := slices.Contains([]string{"hapus", "buang", "hilangkan", "delete", "remove"}, bot.Fold(first))
	switch {
	case title == "" && words == "":
		return h.shelf(shelf)
	case away && (!both || rest == "" || words == ""):
		return h.takeAway(shelf, strings.TrimSpace(rest+" "+words))
	}
	if err := h.fitsShelf(title, words); err != nil {
		return err
	}
	answer := ledger.PutBy{Title: title, Words: words, At: h.ev.At.UTC()}
	at, done := titled(shelf, title), "disimpan"
	switch {
	case at >= 0:
		shelf.Answers, done = slices.Clone(shelf.Answers), "diganti"
		shelf.Answers[at] = answer
	case len(shelf.Answers) >= shelfMost:
		return h.no(casework.TooMany, "%s sudah punya %d jawaban siap, itu yang paling banyak. Hapus satu dulu: /jawabtetap hapus judul. Yang ada: %s.",
			h.office.OfficeName(shelf.Office), shelfMost, titles(shelf))
	default:
		shelf.Answers = append(slices.Clone(shelf.Answers), answer)
	}
	h.shelve(shelf)
	whose := "petugas " + h.office.OfficeName(office)
	if office == "" {
		whose = "semua kantor"
	}
	h.say(fmt.Sprintf("Jawaban siap “%s” %s untuk %s. Lihat dengan /jawab di kartu laporan; hapus dengan /jawabtetap hapus %s", title, done, whose, title))
	return nil
}

// fitsShelf refuses what no answer can be, with what to do instead.
func (h *handling) fitsShelf(title, words string) error {
	switch n := utf8.RuneCountInString(title); {
	case words == "":
		return h.no(casework.Choice, "Tulis judul, titik dua, lalu katanya, misalnya: %s", shelfLike)
	case n < 3 || strings.Trim(bot.Fold(title), "0123456789 ") == "":
		return h.no(casework.Choice, "Judulnya terlalu pendek: beri nama yang mudah dikenali, misalnya: %s", shelfLike)
	case n > profile.CannedTitle:
		return h.no(casework.Choice, "Judulnya terlalu panjang (%d huruf); paling banyak %d.", n, profile.CannedTitle)
	case say.Units(words) > profile.CannedWords:
		return h.no(casework.Choice, "Katanya terlalu panjang (%d huruf); paling banyak %d.", say.Units(words), profile.CannedWords)
	case h.office.Veil(title) != title || h.office.Veil(words) != words:
		return h.no(casework.Choice, "Belum disimpan: ada nomor HP, NIK, KK, pelat, atau alamat surel orang di dalamnya. Jawaban siap dikirim ke banyak warga; tulis lagi tanpa itu.")
	}
	if bad := profile.BadBlank(words); bad != "" {
		return h.no(casework.Choice, "Belum disimpan: %s tidak bisa diisi sendiri. Yang bisa: {%s}.", bad, strings.Join(profile.Blanks(), "}, {"))
	}
	same := func(c profile.Canned) bool { return !c.Retired && bot.Fold(c.Title) == bot.Fold(title) }
	if slices.ContainsFunc(h.office.Profile.Canned, same) {
		return h.no(casework.Choice, "Judul “%s” sudah dipakai jawaban siap bersama. Pakai judul lain.", title)
	}
	return nil
}

func (h *handling) takeAway(shelf ledger.Shelf, title string) error {
	at := titled(shelf, title)
	switch {
	case len(shelf.Answers) == 0:
		return h.no(casework.Choice, shelfEmpty, h.office.OfficeName(shelf.Office))
	case at < 0:
		return h.no(casework.Choice, shelfAway, h.repeat(title), h.office.OfficeName(shelf.Office), titles(shelf))
	}
	gone := shelf.Answers[at].Title
	shelf.Answers = slices.Delete(slices.Clone(shelf.Answers), at, at+1)
	h.shelve(shelf)
	h.say(fmt.Sprintf("Jawaban siap “%s” dihapus.", gone))
	return nil
}

func (h *handling) shelve(shelf ledger.Shelf) {
	shelf.Rev++
	h.batch.Changes = append(h.batch.Changes, ledger.Shelved{Shelf: shelf, Was: shelf.Rev - 1})
}

// shelf lists what the office has put by.
func (h *handling) shelf(shelf ledger.Shelf) error {
	if len(shelf.Answers) == 0 {
		return h.no(casework.Choice, shelfEmpty, h.office.OfficeName(shelf.Office))
	}
	h.say(fmt.Sprintf("Jawaban siap %s: %s.\nTambah atau ganti: /jawabtetap judul: kata. Hapus: /jawabtetap hapus judul.", h.office.OfficeName(shelf.Office), titles(shelf)))
	return nil
}

func titled(shelf ledger.Shelf, title string) int {
	return slices.IndexFunc(shelf.Answers, func(a ledger.PutBy) bool { return bot.Fold(a.Title) == bot.Fold(title) })
}

func titles(shelf ledger.Shelf) string {
	var out []string
	for _, a := range shelf.Answers {
		out = append(out, "“"+a.Title+"”")
	}
	return strings.Join(out, ", ")
}
