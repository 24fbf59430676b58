package casework

import (
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A disposition hands a report to the head or a section of its own office. They read it in private and answer there; what they answer
// is a draft in the office's room, and an officer tells the citizen. The owner, the status and the clock stay as they are.

// The intents of a disposition's letters. AloneIntent begins that of every letter of the desk to a person's own chat.
const (
	AloneIntent    = "alone:"
	DisposedIntent = "tanggapi"
	DraftIntent    = "konsep"
)

// DraftMenuKind begins the id of the menu under a draft; DraftSend and DraftEdit begin its choices, before the Seq of the newest answer
// that it shows.
const (
	DraftMenuKind = "p"
	DraftSend     = "k"
	DraftEdit     = "u"
)

// MayReceive tells whether a person can be handed a report in private. The error is a *Refusal.
func (o *Office) MayReceive(op ledger.Operator, r report.Report) error {
	switch {
	case !op.In() || op.Title == "" || op.Agency != r.Agency:
		return refuse(Choice, "%s tidak terdaftar sebagai kepala atau bidang di %s.", op.Name, o.OfficeName(r.Agency))
	case op.Met.IsZero():
		return refuse(Choice, "%s belum pernah menulis ke saya secara pribadi, jadi disposisi %s tidak dapat dikirim dan belum dicatat. "+
			"Minta ia membuka chat dengan bot ini, menekan Start atau menulis halo, lalu kirim lagi disposisinya.", op.Name, r.Code)
	}
	return nil
}

// ReceiverOf is a person as the receiver of a disposition.
func ReceiverOf(op ledger.Operator) report.Receiver {
	return report.Receiver{ID: op.ID, Name: op.Name, Title: op.Title}
}

// ReceiverName is a receiver as cards and lists show him or her: "Ani (kepala)".
func ReceiverName(r report.Receiver) string {
	return fmt.Sprintf("%s (%s)", say.Clip(r.Name, 40), r.Title)
}

// mayCounsel keeps the right of who has a disposition; ok is false for every other action.
func (c *change) mayCounsel(a report.Action) (ok bool, err error) {
	if _, is := a.(report.Counsel); !is {
		return false, nil
	}
	d := c.was.Disposed
	if d == nil || d.ID != c.by.ID || c.by.Home != c.was.Agency || c.by.Role != report.Operator {
		return true, refuse(NoRight, "Disposisi %s sudah berakhir; jawaban ini tidak diteruskan.", c.was.Code)
	}
	return true, nil
}

func (c *change) dispose(a report.Dispose) error {
	switch d := c.was.Disposed; {
	case c.was.Agency == "":
		return refuse(Choice, "Laporan %s ada di koordinator. Teruskan dulu ke kantornya, baru didisposisikan di sana.", c.was.Code)
	case a.To.ID == "":
		return refuse(Choice, "Disposisi laporan %s untuk siapa? Tulis /disposisi untuk memilihnya.", c.was.Code)
	case a.To.ID == c.by.ID:
		return refuse(Choice, "Laporan %s sudah ada di tangan Anda; disposisi ditujukan ke orang lain di kantor Anda.", c.was.Code)
	case d.Waits() && d.ID == a.To.ID:
		return refuse(Already, "Laporan %s memang sudah ada di %s sejak %s.", c.was.Code, ReceiverName(d.Receiver), say.For(c.Profile, "id").When(d.At))
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasDisposed, Words: a.Why, Receiver: &a.To})
	if d := c.was.Disposed; d != nil && d.ID != a.To.ID {
		c.over(d)
		c.toReceiver(d, fmt.Sprintf("📨 Disposisi laporan %s kini diteruskan ke %s; Anda tidak perlu menjawabnya lagi.", bot.Bold(string(c.was.Code)), ReceiverName(a.To)))
	}
	c.handOut(a.Why)
	c.timed(ledger.DisposalTimer, c.At.Add(c.disposalSpan(c.now)))
	c.card()
	return nil
}

func (c *change) undispose() error {
	d := c.was.Disposed
	if d == nil {
		return refuse(Already, "Laporan %s tidak sedang didisposisikan.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasUndisposed, Receiver: &d.Receiver})
	c.over(d)
	c.toReceiver(d, fmt.Sprintf("📨 Disposisi laporan %s dibatalkan oleh %s; Anda tidak perlu menjawabnya lagi.", bot.Bold(string(c.was.Code)), say.Clip(c.by.Name, 40)))
	c.card()
	return nil
}

// counsel puts the receiver's answer on record and lays it into the room as a draft. It reaches no citizen by itself.
func (c *change) counsel(a report.Counsel) error {
	if a.Words == "" && len(a.Photos)+len(a.Files) == 0 {
		return refuse(Empty, "Jawabannya kosong. Balas pesan disposisi dengan kata-kata atau foto.")
	}
	f := report.Fact{What: report.WasCounselled, Words: a.Words, Photos: a.Photos, Files: a.Files, Album: c.Album, Receiver: &c.was.Disposed.Receiver}
	all := report.DraftOf(c.was, append(slices.Clip(c.Facts), f))
	if err := c.words(all.Words + "\n" + a.Words); err != nil {
		return err
	}
	if len(all.Photos)+len(all.Files)+len(a.Photos)+len(a.Files) > MaxMedia {
		return refuse(TooMany, "Terlalu banyak lampiran; paling banyak %d.", MaxMedia)
	}
	c.fact(f)
	if d := c.was.Disposed; d.Draft > 0 {
		c.outdated(d, "Konsep ini sudah bertambah; yang terbaru ada di bawah.", "")
	}
	for _, l := range c.drafted(append(slices.Clip(c.Facts), c.facts...)) {
		c.letter(l)
	}
	c.card()
	return nil
}

// drafted are the letters that show the draft of a disposition as it stands: in the room of the office, and, where the group must not
// read it, to the officer who asked for it, unless that one may act no more: whoever may asks for it then.
func (c *change) drafted(facts []report.Fact) []ledger.Letter {
	r, key := c.now, draftKey(c.now.ID, c.now.Disposed)
	d, draft := r.Disposed, report.DraftOf(r, facts)
	room := c.toOwner(r, key, "")
	room.Intent, room.Fold = DraftShownIntent(r), DraftIntent+":"+string(r.Code)
	m := c.DraftShown(r, draft)
	if !c.Secret(r) {
		room.Message = m
		return []ledger.Letter{room}
	}
	to, alone := c.Alone(d.By)
	alone = alone && !left(c.Left, d.By.ID)
	where := fmt.Sprintf("Tulis /konsep %s untuk membacanya secara pribadi.", r.Code)
	if alone {
		where = fmt.Sprintf("Dikirim ke %s secara pribadi.", say.Clip(d.By.Name, 40))
	}
	room.Intent, room.Message = "", bot.Message{Text: fmt.Sprintf("📨 Jawaban disposisi laporan %s dari %s sudah masuk, belum dikirim ke warga. %s\n%s",
		bot.Bold(string(r.Code)), ReceiverName(d.Receiver), where, c.SecretText(r))}
	out := []ledger.Letter{room}
	if alone {
		out = append(out, ledger.Letter{Key: key + "/alone", To: to, Report: r.ID, Purpose: ledger.ToDesk, Intent: AloneIntent + DraftShownIntent(r),
			Fold: room.Fold, Message: m})
	}
	return out
}

// DraftShown is a draft with what may be done with it.
func (o *Office) DraftShown(r report.Report, draft report.Reply) bot.Message {
	text := fmt.Sprintf("📨 Jawaban disposisi laporan %s dari %s:", bot.Bold(string(r.Code)), ReceiverName(r.Disposed.Receiver))
	if draft.Words != "" {
		text += "\n“" + draft.Words + "”"
	}
	if n := len(draft.Files); n > 0 {
		text += fmt.Sprintf("\n+ %d berkas", n)
	}
	menu := DraftMenu(r)
	along := ""
	if len(draft.Photos)+len(draft.Files) > 0 {
		along = "; lampirannya ikut"
	}
	return bot.Message{Text: text + "\n\nBelum dikirim ke warga. Kirim apa adanya, atau balas pesan ini dengan kata-kata Anda sendiri" + along + ".", Photos: draft.Photos, Menu: &menu}
}

// DraftShownIntent is the intent of a letter that shows a draft: it names the newest answer in it.
func DraftShownIntent(r report.Report) string {
	if r.Disposed == nil {
		return DraftIntent
	}
	return fmt.Sprintf("%s:%d", DraftIntent, r.Disposed.Draft)
}

// DraftMenu is what may be done with a draft, marked with what it shows.
func DraftMenu(r report.Report) bot.Menu {
	seq := 0
	if r.Disposed != nil {
		seq = r.Disposed.Draft
	}
	return bot.Menu{ID: DraftMenuKind + "." + string(r.Code) + "." + Mark(r), Choices: []bot.Choice{
		{ID: fmt.Sprintf("%s%d", DraftSend, seq), Label: "💬 Kirim ke warga", Also: "kirim|kirimkan|ya kirim|setuju|ok kirim"},
		{ID: fmt.Sprintf("%s%d", DraftEdit, seq), Label: "✏️ Ubah", Also: "ubah|edit|ganti|perbaiki"},
	}}
}

// handOut brings the report to its receiver, in private: what it says as that person may read it, and what came with it.
func (c *change) handOut(why string) {
	d, secret := c.now.Disposed, c.Secret(c.now)
	text := fmt.Sprintf("📨 Disposisi dari %s (%s)", bot.Bold(say.Clip(c.by.Name, 40)), c.OfficeName(c.was.Agency))
	if why != "" {
		text += ": “" + say.Clip(why, 500) + "”"
	}
	text += fmt.Sprintf("\n\n%s · %s\n", bot.Bold(string(c.was.Code)), c.CategoryName(c.was.Category))
	shown := c.Discreet(c.was)
	said := c.Veil(shown.Text)
	where := c.Veil(say.Site(shown.Place))
	if secret { // he or she may open it, and that is written down
		said, where = shown.Text, say.Site(shown.Place)
		c.batch.Looks = append(c.batch.Looks, ledger.Look{At: c.At, Who: d.ID, Act: ledger.LookOpen, Report: c.was.ID, About: "disposed"})
		text += "🔒 Rahasia: hanya untuk Anda; pembukaan ini tercatat.\n"
	}
	if said != "" {
		text += "“" + say.Clip(said, 1900) + "”\n"
	}
	if where != "" {
		text += "📍 " + where + "\n"
	}
	text += "Masuk: " + say.For(c.Profile, "id").When(c.was.Filed)
	if t, owed := c.was.Owes(); owed {
		text += " · batas jawab " + say.For(c.Profile, "id").When(deadline.ForOffice(c.Profile, t.From, t.Due))
	}
	if !secret && said != shown.Text {
		text += "\n🔓 Yang disamarkan Anda baca dengan /buka " + string(c.was.Code)
	}
	c.aloneTo(d, handedText, bot.Message{Text: text + "\n\nBalas pesan ini dengan kata-kata atau foto. Jawaban Anda menjadi konsep bagi petugas; warga belum menerimanya."})
	m := bot.Message{Text: "📎 Lampiran laporan " + string(c.was.Code)}
	for _, f := range c.Facts {
		if f.What == report.WasFiled || f.What == report.WasAdded {
			m.Photos, m.Files = append(m.Photos, f.Photos...), append(m.Files, f.Files...)
		}
	}
	if len(m.Photos)+len(m.Files) > 0 {
		c.aloneTo(d, handedFiles, m)
	}
}

// aloneTo writes to a receiver's own chat; a reply to it is an answer to the disposition.
func (c *change) aloneTo(d *report.Disposition, what string, m bot.Message) {
	if l, ok := c.letterTo(d, c.was.ID, handedKey(c.was.ID, d, what), m); ok {
		l.Fold = handedFold(c.was.Code, what)
		c.letter(l)
	}
}

func (o *Office) letterTo(d *report.Disposition, id report.ID, key string, m bot.Message) (l ledger.Letter, ok bool) {
	to, ok := bot.ParseAddress(d.ID)
	return ledger.Letter{Key: key, To: to, Report: id, Purpose: ledger.ToDesk, Intent: fmt.Sprintf("%s%s:%d", AloneIntent, DisposedIntent, d.Seq), Message: m}, ok
}

// toReceiver tells a receiver what became of the disposition. A newer word takes the place of one that still waits.
func (c *change) toReceiver(d *report.Disposition, text string) {
	if l, ok := c.letterTo(d, c.was.ID, c.key("disposal"), bot.Message{Text: text}); ok {
		l.Fold = "disposal:" + string(c.was.Code)
		c.letter(l)
	}
}

// passed tells the receiver of a disposition that the report went on without it, or that it stands again because an answer was taken
// back. What ends with an answer is told when the answer goes out.
func (c *change) passed() {
	was, now := c.was.Disposed, c.now.Disposed
	code := bot.Bold(string(c.was.Code))
	switch {
	case was == nil && now != nil && c.last() == report.WasWithdrawn:
		c.timed(ledger.DisposalTimer, c.At.Add(c.disposalSpan(c.now)))
		c.toReceiver(now, fmt.Sprintf("📨 Disposisi laporan %s masih terbuka: jawaban petugas ke warga ditarik.", code))
	case was == nil || now != nil || c.last() == report.WasUndisposed:
	case was.Draft > 0 && c.now.Agency == was.Agency && c.now.Status.Working():
		c.toReceiver(was, fmt.Sprintf("📨 Laporan %s sudah dijawab ke warga oleh %s. Terima kasih; disposisinya selesai.", code, say.Clip(c.by.Name, 40)))
		c.batch.Letters[len(c.batch.Letters)-1].Hold = c.hold(c.At)
	default:
		text := fmt.Sprintf("📨 Disposisi laporan %s berakhir: laporannya sudah %s.", code, StatusName(c.now.Status))
		if c.now.Agency != was.Agency {
			text = fmt.Sprintf("📨 Disposisi laporan %s berakhir: laporannya pindah ke %s.", code, c.OfficeName(c.now.Agency))
		}
		back := answers(c.last()) && c.now.Agency == was.Agency
		if !back { // which can still be taken back, and then it goes on
			c.over(was)
		}
		c.toReceiver(was, text)
		if back {
			c.batch.Letters[len(c.batch.Letters)-1].Hold = c.hold(c.At)
		}
	}
}

// last is what the action put on record last.
func (c *change) last() report.What {
	if len(c.facts) == 0 {
		return ""
	}
	return c.facts[len(c.facts)-1].What
}

// EndDispositions ends those of a person who may act no more, and tells the office. What goes to the coordinator in the same breath
// has ended already.
func (o *Office) EndDispositions(reports []report.Report, left Left, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	for _, r := range reports {
		d := r.Disposed
		if d == nil || left.has(r.ID) {
			continue
		}
		at := t
		at.Cause = t.Cause + "/" + string(r.Code)
		c := &change{Office: o, Occasion: at, by: report.Actor{Role: report.System}, was: r, now: r}
		c.fact(report.Fact{What: report.WasUndisposed, Receiver: &d.Receiver})
		c.letter(o.toOwner(r, c.key("disposal"), fmt.Sprintf("📨 Disposisi laporan %s berakhir: %s tidak lagi menerima disposisi di %s. %s, disposisikan ke orang lain atau jawab sendiri.",
			bot.Bold(string(r.Code)), ReceiverName(d.Receiver), o.OfficeName(d.Agency), say.Clip(d.By.Name, 40))))
		c.over(d)
		c.card()
		b.Changes = append(b.Changes, ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts})
		b.Add(c.batch)
	}
	return b
}
