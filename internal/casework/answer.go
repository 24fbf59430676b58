package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

func (c *change) reply(a report.Reply) error {
	if a.Words == "" && len(a.Photos)+len(a.Files) == 0 {
		return refuse(Empty, "Jawabannya kosong. Balas kartunya dengan kata-kata atau foto.")
	}
	return c.answer(report.Fact{What: report.WasAnswered, Words: a.Words, Photos: a.Photos, Files: a.Files})
}

func (c *change) ask(a report.Ask) error {
	if a.Words == "" {
		return refuse(Empty, "Pertanyaannya kosong. Tulis misalnya: /tanya lampunya di sebelah mana?")
	}
	return c.answer(report.Fact{What: report.WasAsked, Words: a.Words})
}

func (c *change) plan(a report.Plan) error {
	if !a.Until.After(c.At) {
		return refuse(Choice, "Tanggal rencananya harus sesudah hari ini, misalnya: /rencana 31-12-2026 menunggu anggaran.")
	}
	if a.Why == "" {
		return refuse(Empty, "Sebutkan alasannya, misalnya: /rencana 31-12-2026 menunggu anggaran.")
	}
	return c.answer(report.Fact{What: report.WasPlanned, Words: a.Why, Until: a.Until})
}

func (c *change) resolve(a report.Resolve) error {
	cat, _ := c.Profile.Category(c.was.Category)
	switch {
	case cat.Physical && len(a.Photos) == 0 && !HasEvidence(c.Facts):
		return refuse(Evidence, "Laporan %s tentang %s perlu foto hasil pekerjaan sebelum dinyatakan selesai.", c.was.Code, cat.Name)
	case !cat.Physical && a.Words == "":
		return refuse(Evidence, "Tulis penjelasan penyelesaian laporan %s untuk warga.", c.was.Code)
	}
	return c.answer(report.Fact{What: report.WasResolved, Words: a.Words, Photos: a.Photos})
}

func (c *change) reject(a report.Reject) error {
	if len(c.Profile.Rejections) > 0 && c.RejectionName(a.Reason) == "" {
		return refuse(Choice, "Alasan penolakan tidak dikenal. Pilih Tolak di kartu untuk melihat daftarnya.")
	}
	if a.Words == "" {
		return refuse(Evidence, "Tulis penjelasan penolakan laporan %s untuk warga.", c.was.Code)
	}
	return c.answer(report.Fact{What: report.WasRejected, Words: a.Words, Reason: a.Reason})
}

// RejectionName is the profile's name of a reason, "" for none.
func (o *Office) RejectionName(code string) string {
	for _, r := range o.Profile.Rejections {
		if r.Code == code {
			return r.Name
		}
	}
	return ""
}

// HasEvidence reports whether an answer that stands carried a photo.
func HasEvidence(facts []report.Fact) bool {
	for _, f := range facts {
		of := f.Seq
		if f.Of != 0 {
			of = f.Of
		}
		switch f.What {
		case report.WasAnswered, report.WasResolved, report.WasEnclosed:
			if len(f.Photos) > 0 && !taken(facts, of) {
				return true
			}
		}
	}
	return false
}

// answer writes what an office says to the citizen: the fact, the held notice, the button to take it back, the card.
func (c *change) answer(f report.Fact) error {
	if err := c.words(f.Words); err != nil {
		return err
	}
	if len(f.Photos)+len(f.Files) > MaxMedia {
		return refuse(TooMany, "Terlalu banyak lampiran; paling banyak %d.", MaxMedia)
	}
	f.Letter, f.Album = c.key("n"), c.Album
	c.fact(f)
	c.notice(c.told(f, nil), c.hold(c.At))
	c.undo(f.What)
	c.card()
	return nil
}

// told is the message of an answer with the photos that joined it.
func (c *change) told(f report.Fact, joined []report.Fact) bot.Message {
	words, photos, files := f.Words, append([]bot.MediaRef(nil), f.Photos...), append([]bot.MediaRef(nil), f.Files...)
	for _, j := range joined {
		if j.Words != "" && words != "" {
			words += "\n"
		}
		words += j.Words
		photos = append(photos, j.Photos...)
		files = append(files, j.Files...)
	}
	m := bot.Message{Photos: photos, Files: files}
	v := c.voice()
	switch f.What {
	case report.WasAsked:
		m.Text = v.NoticeAsked(c.now, words)
	case report.WasPlanned:
		m.Text = v.NoticePlanned(c.now, f.Until, words)
	case report.WasResolved:
		m.Text = v.NoticeResolved(c.now, words)
	case report.WasRejected:
		m.Text = v.NoticeRejected(c.now, c.RejectionName(f.Reason), words)
	default:
		m.Text = v.NoticeAnswered(c.now, words)
	}
	return m
}

// UndoMenu is the one button under an answer that is held: the answer is the report's fact seq.
func UndoMenu(code report.Code, seq int) bot.Menu {
	return bot.Menu{ID: "u." + string(code), Choices: []bot.Choice{
		{ID: fmt.Sprintf("s%d", seq), Label: "↩️ Urungkan", Also: "urungkan|batal|tarik"},
	}}
}

// UndoIntent is the intent of the letter that carries UndoMenu.
const UndoIntent = "undo"

func (c *change) undo(what report.What) {
	if c.Hold < 0 {
		return
	}
	kind := map[report.What]string{report.WasAsked: "Pertanyaan", report.WasPlanned: "Rencana",
		report.WasResolved: "Keterangan selesai", report.WasRejected: "Penolakan"}[what]
	if kind == "" {
		kind = "Jawaban"
	}
	hold := c.hold(c.At).Sub(c.At)
	menu := UndoMenu(c.was.Code, c.now.Rev)
	c.letter(ledger.Letter{
		Key: c.key("undo"), To: c.by.Chat, Report: c.was.ID, Purpose: ledger.ToDesk, Intent: fmt.Sprintf("%s:%d", UndoIntent, c.now.Rev),
		Message: bot.Message{
			Text: fmt.Sprintf("%s laporan %s dikirim ke warga dalam %d detik.", kind, bot.Bold(string(c.was.Code)), int(hold.Seconds())),
			Menu: &menu,
		},
	})
}

// enclose joins a later photo of an album to the answer its first photo made: the held letter is taken back and written
// anew with all photos, in one commit. When the first letter is on its way already (Late), the photo follows by itself.
func (c *change) enclose(a report.Action) (bool, error) {
	var words string
	var photos, files []bot.MediaRef
	switch a := a.(type) {
	case report.Reply:
		words, photos, files = a.Words, a.Photos, a.Files
	case report.Resolve:
		words, photos = a.Words, a.Photos
	}
	if c.Album == "" || len(photos)+len(files) == 0 {
		return false, nil
	}
	first, ok := c.albumAnswer()
	if !ok {
		return false, nil
	}
	joined := enclosed(c.Facts, first.Seq)
	all := []string{first.Words, words}
	for _, j := range joined {
		all = append(all, j.Words)
	}
	if err := c.words(strings.Join(all, "\n")); err != nil {
		return false, err
	}
	f := report.Fact{What: report.WasEnclosed, Words: words, Photos: photos, Files: files, Letter: c.key("n"), Album: c.Album, Of: first.Seq}
	c.fact(f)
	if c.Late {
		c.notice(bot.Message{Text: c.voice().NoticeMore(c.now, words), Photos: photos, Files: files}, time.Time{})
	} else {
		c.batch.Changes = append(c.batch.Changes, ledger.Unsent{Key: newestLetter(first, joined)})
		c.notice(c.told(first, append(joined, f)), c.hold(c.At))
	}
	c.card()
	return true, nil
}

// albumAnswer is the answer that stands and came with this turn's album, from the same person.
func (c *change) albumAnswer() (report.Fact, bool) {
	for _, f := range slices.Backward(c.Facts) {
		if f.Album == c.Album && f.By.ID == c.by.ID && answers(f.What) && !taken(c.Facts, f.Seq) {
			return f, true
		}
	}
	return report.Fact{}, false
}

// withdraw takes a held answer back. The store knows whether it is still held: Commit fails with ErrSent when not.
func (c *change) withdraw(a report.Withdraw) error {
	first, ok := answerOf(c.Facts, a.Letter)
	if !ok {
		return refuse(Gone, "Tidak ada jawaban yang dapat ditarik.")
	}
	if taken(c.Facts, first.Seq) {
		return refuse(Already, "Jawaban itu sudah ditarik.")
	}
	if c.Late {
		return refuse(Gone, "Sudah terkirim ke warga; tidak dapat ditarik lagi. Kirim penjelasan dengan membalas kartunya.")
	}
	back := report.Without(c.was, c.Facts, first.Seq)
	key := newestLetter(first, enclosed(c.Facts, first.Seq))
	c.fact(report.Fact{What: report.WasWithdrawn, Letter: key, Of: first.Seq, Back: &back})
	c.batch.Changes = append(c.batch.Changes, ledger.Unsent{Key: key})
	c.card()
	return nil
}

// answers reports whether a fact is something an office said to the citizen, held before it went out.
func answers(w report.What) bool {
	switch w {
	case report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected:
		return true
	}
	return false
}

// answerOf finds the answer that a letter tells, through the photos that joined it.
func answerOf(facts []report.Fact, letter string) (report.Fact, bool) {
	seq := 0
	for _, f := range facts {
		if letter != "" && f.Letter == letter {
			switch {
			case f.What == report.WasEnclosed:
				seq = f.Of
			case answers(f.What):
				seq = f.Seq
			}
		}
	}
	for _, f := range facts {
		if seq != 0 && f.Seq == seq {
			return f, true
		}
	}
	return report.Fact{}, false
}

func taken(facts []report.Fact, seq int) bool {
	for _, f := range facts {
		if f.What == report.WasWithdrawn && f.Of == seq {
			return true
		}
	}
	return false
}

func enclosed(facts []report.Fact, seq int) []report.Fact {
	var out []report.Fact
	for _, f := range facts {
		if f.What == report.WasEnclosed && f.Of == seq {
			out = append(out, f)
		}
	}
	return out
}

func newestLetter(first report.Fact, joined []report.Fact) string {
	if len(joined) > 0 {
		return joined[len(joined)-1].Letter
	}
	return first.Letter
}
