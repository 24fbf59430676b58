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
	case cat.Physical && len(a.Photos) == 0 && pictured(c.Facts):
		return refuse(Evidence, "Foto di jawaban sebelumnya tidak dihitung sebagai bukti selesai laporan %s. Kirim foto hasil pekerjaan yang baru.", c.was.Code)
	case cat.Physical && len(a.Photos) == 0:
		return refuse(Evidence, "Laporan %s tentang %s perlu foto hasil pekerjaan sebelum dinyatakan selesai.", c.was.Code, cat.Name)
	case !cat.Physical && a.Words == "":
		return refuse(Evidence, "Tulis penjelasan penyelesaian laporan %s untuk warga.", c.was.Code)
	}
	if cat.Physical && c.Used != nil && c.Album == "" {
		return refuse(Evidence, "%s Kirim foto hasil pekerjaan yang baru.", c.UsedWords(c.was, *c.Used, c.by))
	}
	return c.answer(report.Fact{What: report.WasResolved, Words: a.Words, Photos: a.Photos, Seen: c.seen()})
}

// pictured reports whether an answer that stands carried a photo.
func pictured(facts []report.Fact) bool {
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

// answer writes what an office says to the citizen: the fact, the held notices, the button to take it back, the card.
func (c *change) answer(f report.Fact) error {
	if err := c.words(f.Words); err != nil {
		return err
	}
	if len(f.Photos)+len(f.Files) > MaxMedia {
		return refuse(TooMany, "Terlalu banyak lampiran; paling banyak %d.", MaxMedia)
	}
	f.Album = c.Album
	if f.Seen != nil {
		c.pend(f)
		return nil
	}
	c.tell(f, c.hold(c.At), func(v say.Voice, to Addressee) bot.Message { return c.told(v, to, f, nil) })
	c.undo(c.facts[len(c.facts)-1])
	c.clocks(f)
	c.card()
	return nil
}

// told is the message of an answer with the photos that joined it.
func (c *change) told(v say.Voice, to Addressee, f report.Fact, joined []report.Fact) bot.Message {
	if !to.Words {
		f.Words, f.Photos, f.Files, joined = "", nil, nil, nil
	}
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
	switch f.What {
	case report.WasAsked:
		m.Text = v.NoticeAsked(c.now, words)
	case report.WasPlanned:
		m.Text = v.NoticePlanned(c.now, f.Until, words)
	case report.WasResolved:
		until, _ := c.lapses(c.At)
		m.Text = v.NoticeResolved(c.now, words, until)
		if to.Reporter {
			m.Menu = v.VerdictMenu(c.now.Code)
		}
	case report.WasRejected:
		why, _ := c.Profile.Rejection(f.Reason)
		m.Text = v.NoticeRejected(c.now, c.reason(v, f, c.At), words, why.Final)
		if to.Reporter && !c.now.Disputed && !why.Final {
			m.Menu = v.RefusalMenu(c.now.Code)
		}
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

func (c *change) undo(f report.Fact) {
	if c.Hold < 0 {
		return
	}
	kind := map[report.What]string{report.WasAsked: "Pertanyaan", report.WasPlanned: "Rencana",
		report.WasResolved: "Keterangan selesai", report.WasRejected: "Penolakan", report.WasTransferred: "Pengalihan"}[f.What]
	if kind == "" {
		kind = "Jawaban"
	}
	other := "sampaikan"
	if f.What == report.WasAsked {
		other = "tanyakan"
	}
	code, seconds := bot.Bold(string(c.was.Code)), int(c.hold(c.At).Sub(c.At).Seconds())
	text := fmt.Sprintf("%s laporan %s dikirim ke warga dalam %d detik.", kind, code, seconds) + c.quoted(f)
	if f.Letter == "" {
		text = fmt.Sprintf("%s laporan %s dicatat. Pelapornya tidak punya chat di sini: %s sendiri.", kind, code, other)
		if c.was.Via == report.ChanLapor {
			text = fmt.Sprintf("%s laporan %s dicatat. Pelapornya ada di LAPOR!: koordinator menyalinnya ke sana (/salinan).", kind, code)
		}
		if c.was.Via == report.ChanOpen311 {
			text = fmt.Sprintf("%s laporan %s dicatat. Pelapornya melapor lewat perangkat lunak lain: di sana statusnya terlihat, kata-kata Anda belum tentu.", kind, code)
		}
		if !c.was.Left.IsZero() {
			text = fmt.Sprintf("%s laporan %s dicatat. Pelapornya sudah mundur dan tidak dikabari lagi.", kind, code)
		}
		if n := len(f.Also); n > 0 {
			text += fmt.Sprintf("\n%d pengikut laporan dikabari dalam %d detik.", n, seconds)
		}
	}
	menu := UndoMenu(c.was.Code, c.now.Rev)
	l := ledger.Letter{
		Key: c.key("undo"), To: c.by.Chat, Report: c.was.ID, Purpose: ledger.ToDesk, Intent: fmt.Sprintf("%s:%d", UndoIntent, c.now.Rev),
		Message: bot.Message{Text: text, Menu: &menu},
	}
	if f.Letter != "" { // once the answer has gone there is nothing to take back, and the line would not be true
		l.Until, l.Fold = c.hold(c.At), "undo:"+string(c.was.Code)
	}
	c.letter(l)
}

// quoted is what an answer says, for its officer to look at before it is out of reach.
func (c *change) quoted(f report.Fact) string {
	const most = 300
	out := ""
	if !f.Until.IsZero() {
		out += "\nSampai " + say.For(c.Profile, "id").LongDay(f.Until)
	}
	if f.What == report.WasTransferred {
		out += "\nKe: " + c.OwnerName(f.Owner)
	}
	if name := c.RejectionName(f.Reason); name != "" {
		out += "\nAlasan: " + name
	}
	if f.Words != "" && !(c.Secret(c.now) && c.inGroup(c.by)) {
		out += "\n“" + say.Clip(f.Words, most) + "”"
	}
	if n := len(f.Photos); n > 0 {
		out += fmt.Sprintf("\n+ %d foto", n)
	}
	if n := len(f.Files); n > 0 {
		out += fmt.Sprintf("\n+ %d berkas", n)
	}
	return out
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
	first, ok := c.joins(a)
	if !ok || len(photos)+len(files) == 0 {
		return false, nil
	}
	_, pends := Pending(c.Facts)
	pends = pends && first.What == report.WasResolved
	if pends && c.Used != nil && c.Album == "" {
		return false, refuse(Evidence, "%s Kirim foto hasil pekerjaan yang baru.", c.UsedWords(c.was, *c.Used, c.by))
	}
	joined := enclosed(c.Facts, first.Seq)
	all := []string{first.Words, words}
	for _, j := range joined {
		all = append(all, j.Words)
	}
	if err := c.words(strings.Join(all, "\n")); err != nil {
		return false, err
	}
	media := len(photos) + len(files)
	for _, part := range append([]report.Fact{first}, joined...) {
		media += len(part.Photos) + len(part.Files)
	}
	if media > MaxMedia {
		return false, refuse(TooMany, "Terlalu banyak lampiran; paling banyak %d.", MaxMedia)
	}
	f := report.Fact{What: report.WasEnclosed, Words: words, Photos: photos, Files: files, Album: c.Album, Of: first.Seq}
	if first.What == report.WasResolved {
		f.Seen = c.seen()
	}
	switch {
	case pends && (f.Seen != nil || len(photos) == 0):
		c.pend(f)
		return true, nil
	case pends:
		c.tell(f, c.hold(c.At), func(v say.Voice, to Addressee) bot.Message { return c.told(v, to, first, append(joined, f)) })
		c.proven(first, joined)
	case c.Late:
		c.tell(f, time.Time{}, func(v say.Voice, to Addressee) bot.Message { return c.more(v, to, f) })
	default:
		c.unsend(c.newestLetters(first, joined))
		c.tell(f, c.hold(c.At), func(v say.Voice, to Addressee) bot.Message { return c.told(v, to, first, append(joined, f)) })
	}
	c.card()
	return true, nil
}

// more is the message of a photo that comes by itself.
func (c *change) more(v say.Voice, to Addressee, f report.Fact) bot.Message {
	if !to.Words {
		f = report.Fact{}
	}
	return bot.Message{Text: v.NoticeMore(c.now, f.Words), Photos: f.Photos, Files: f.Files}
}

// albumAnswer is the answer that stands and came with the album of this occasion, from the same person.
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
	first, ok := answerOf(c.Facts, a)
	if !ok {
		return refuse(Gone, "Tidak ada jawaban yang dapat ditarik.")
	}
	if taken(c.Facts, first.Seq) {
		return refuse(Already, "Jawaban itu sudah ditarik.")
	}
	if c.Late {
		return refuse(Gone, "Sudah terkirim ke warga; tidak dapat ditarik lagi. Kirim penjelasan dengan membalas kartunya.")
	}
	if c.handedFromOffice(first) {
		return refuse(Gone, "Laporannya sudah pindah kartu ke koordinator, jadi pengalihan ini tidak ditarik begitu saja. Keliru? Koordinator membukanya lagi: /bukalagi %s lalu alasannya.", c.was.Code)
	}
	joined := enclosed(c.Facts, first.Seq)
	keys, newest := c.newestLetters(first, joined), newestOf(first, joined)
	if _, pends := Pending(c.Facts); !pends && c.by.Role != report.System && len(keys) == 0 && !c.At.Before(c.hold(newest.At)) { // no letter can tell that it is too late
		return refuse(Gone, "Waktu untuk menarik sudah lewat. Tulis penjelasan dengan membalas kartunya.")
	}
	back := report.Without(c.was, c.Facts, first.Seq)
	c.fact(report.Fact{What: report.WasWithdrawn, Letter: newest.Letter, Also: newest.Also, Of: first.Seq, Back: &back})
	if c.now.Status == report.Planned { // the plan before has its date again
		c.timed(ledger.PlanTimer, c.now.Until)
	}
	c.unsend(keys)
	c.card()
	return nil
}

// answers reports whether a fact is something an office said to the citizen, held before it went out.
func answers(w report.What) bool {
	switch w {
	case report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected, report.WasTransferred:
		return true
	}
	return false
}

// answerOf finds the answer that is meant, through the photos that joined it.
func answerOf(facts []report.Fact, a report.Withdraw) (report.Fact, bool) {
	seq := 0
	for _, f := range facts {
		if a.Letter != "" && f.Letter == a.Letter || a.Letter == "" && f.Seq == a.Of {
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

// newestOf is the part of an answer that came last: its letters tell all of it.
func newestOf(first report.Fact, joined []report.Fact) report.Fact {
	if len(joined) > 0 {
		return joined[len(joined)-1]
	}
	return first
}

// newestLetters are the letters by which it can be taken back. Those to followers of what has become confidential were taken back then.
func (c *change) newestLetters(first report.Fact, joined []report.Fact) []string {
	f := newestOf(first, joined)
	var keys []string
	if f.Letter != "" {
		keys = append(keys, f.Letter)
	}
	if c.was.Shield(c.Profile.Sensitive).Hides(report.Followers) {
		return keys
	}
	return append(keys, f.Also...)
}
