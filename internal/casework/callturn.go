package casework

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// talk is one change of a call in the making.
type talk struct {
	*Office
	Occasion
	was, now ledger.Call
	batch    ledger.Batch
}

func (o *Office) talk(c ledger.Call, t Occasion) *talk {
	k := &talk{Office: o, Occasion: t, was: c, now: c, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	k.now.Rev++
	k.now.Lines = append([]ledger.Line(nil), c.Lines...)
	return k
}

func (k *talk) done() (ledger.Call, ledger.Batch) {
	b := k.batch
	b.Changes = append(b.Changes, ledger.Called{Call: k.now, Was: k.was.Rev})
	return k.now, b
}

// The lines that a call keeps: of a talk without end the beginning and the newest are kept. The room has seen all of it.
const (
	keepFirst = 20
	keepLines = 220
)

// line appends one line and moves the call with it.
func (k *talk) line(l ledger.Line) {
	l.At = k.At
	c := &k.now
	c.Lines = append(c.Lines, l)
	if len(c.Lines) > keepLines {
		c.Lines = append(c.Lines[:keepFirst], c.Lines[keepFirst+1:]...)
	}
	switch {
	case l.Place != nil:
		c.Place = *l.Place
	case l.What == ledger.LineFiled:
		c.Report, c.Code = l.Report, l.Code
	}
	if l.Phone != "" {
		c.Phone = l.Phone
	}
	c.Unnamed, c.Secret = c.Unnamed || l.Unnamed, c.Secret || l.Secret
	c.Kept = c.Kept || l.Kept || l.Secret && (l.What == ledger.LineFiled || l.What == ledger.LineHidden)
	switch l.What {
	case ledger.LineAlarm:
		c.Calm, c.Safe, c.Ended = false, false, time.Time{}
	case ledger.LineCalm:
		c.Calm = true
	case ledger.LineSafe:
		c.Safe = true
	}
}

// citizen is the citizen as the actor of a line.
func (k *talk) citizen() report.Actor {
	return report.Actor{Role: report.Citizen, ID: string(k.was.Chat.Network) + ":" + k.was.Person.ID, Chat: k.was.Chat}
}

// key names a letter of this change: unique, as the cause is, and the Rev within it.
func (k *talk) key(what string) string { return lineKey(k.Cause, what, k.now.Rev) }

func lineKey(cause, what string, rev int) string { return fmt.Sprintf("%s/%s%d", cause, what, rev) }

// turnedSecret reports whether this change keeps from the group what it was shown until now.
func (k *talk) turnedSecret() bool { return k.now.Sensitive() && !k.was.Sensitive() }

// hush takes what was said off the group, as far as the network lets it be, and opens it to who has the talk in hand. The card is drawn
// anew by refresh.
func (k *talk) hush() {
	k.takeOff(func(ledger.Line) bool { return true }, "🔒 Dihapus: isi percakapan ini sekarang dirahasiakan.")
	if k.now.TakenBy.ID != "" {
		k.shown()
	}
}

// takeOff takes some of what was said off the group, as far as the network lets it be.
func (k *talk) takeOff(which func(ledger.Line) bool, text string) {
	for i, l := range k.was.Lines {
		if !which(l) || !l.ByCitizen() || l.Cause == "" || l.Words == "" && !l.Media() && l.Place == nil && l.Phone == "" {
			continue
		}
		for _, what := range [...]string{"line", "media"} {
			opening := l.Rev == 1 // the card says it
			if what == "media" && !l.Media() || what == "line" && (opening || l.Words == "" && l.Place == nil && l.Phone == "") {
				continue
			}
			k.letter(ledger.Letter{Key: k.key(fmt.Sprintf("off%s%d.", what, i)), To: k.Desk, Desk: true, Purpose: k.purpose(ledger.ToDesk),
				Edits: lineKey(l.Cause, what, l.Rev), Only: true, Message: bot.Message{Text: text}})
		}
	}
}

func (k *talk) letter(l ledger.Letter) {
	l.Intent = CallIntent(k.was.ID)
	k.batch.Letters = append(k.batch.Letters, l)
}

// purpose is Alarm where the call is urgent.
func (k *talk) purpose(calm ledger.Purpose) ledger.Purpose {
	if k.now.Urgent() {
		return ledger.Alarm
	}
	return calm
}

// refresh shows the card as it is when the letter goes out.
func (k *talk) refresh() {
	l := k.Office.refresh(k.now.CardKey, "", 0, k.key("callcard"))
	k.letter(l)
}

// media lets what the citizen sent follow to the room, once it is fetched: words never wait for it. Of a sensitive call it
// goes to the one who has it in hand.
func (k *talk) media(l ledger.Line) {
	if !l.Media() {
		return
	}
	k.fetch(l)
	if k.now.Sensitive() {
		return
	}
	k.letter(ledger.Letter{Key: k.key("media"), To: k.Desk, Desk: true, Purpose: k.purpose(ledger.ToDesk), Answers: k.now.CardKey,
		Message: bot.Message{Text: "Dari warga", Photos: l.Photo, Files: l.Files}})
}

func (k *talk) fetch(l ledger.Line) {
	for _, m := range append(append([]bot.MediaRef(nil), l.Photo...), l.Files...) {
		if m.Network != bot.Store {
			k.batch.Jobs = append(k.batch.Jobs, ledger.FetchTalk{Call: k.now.ID, Network: m.Network})
			return
		}
	}
}

// under is what the room reads under the card of a citizen's line; "" where the card alone tells it.
func (k *talk) under(l ledger.Line) string {
	switch l.What {
	case ledger.LineCalm:
		return withWords("⚪ Warga menyatakan ini bukan darurat.", k.quoted(l))
	case ledger.LineSafe:
		return withWords("🟢 Warga menyatakan sudah aman.", k.quoted(l))
	case ledger.LineUnsafe:
		return "🤫 Warga menyatakan tidak aman dibalas di chat ini. Jangan menulis kepadanya sekarang."
	case ledger.LineHere:
		return "Warga: aman dibalas di chat ini."
	case ledger.LineLeft:
		return withWords("☑️ Warga mengakhiri percakapan ini.", k.quoted(l))
	case ledger.LineHidden:
		return k.hiddenText()
	case ledger.LineMade:
		return "📄 Warga menjadikannya laporan sendiri."
	case ledger.LineFiled:
		return ""
	}
	switch {
	case k.turnedSecret():
		return "🔒 Isi percakapan ini menyangkut hal yang peka, jadi mulai sekarang dirahasiakan. " + k.takenOff()
	case k.now.Unnamed && !k.was.Unnamed && !k.was.Sensitive():
		return strings.TrimSpace(k.hiddenText() + "\n" + k.plain(l))
	case k.now.Sensitive():
		if k.now.TakenBy.ID == "" {
			return "💬 Pesan baru dari warga. Tekan Ambil untuk membacanya secara pribadi."
		}
		return "💬 Pesan baru dari warga, dikirim secara pribadi ke " + say.Clip(k.now.TakenBy.Name, 40) + "."
	}
	return k.plain(l)
}

// hiddenText tells the room that the citizen hides, and what it may not repeat.
func (k *talk) hiddenText() string {
	if k.turnedSecret() {
		return "🔒 Warga minta percakapan ini dirahasiakan. " + k.takenOff()
	}
	return "🙈 Warga minta namanya disembunyikan. Mulai sekarang namanya tidak tampil di percakapan ini; mohon jangan disebut lagi."
}

// takenOff says what became of what the room has seen, and how what comes is read.
func (k *talk) takenOff() string {
	s := "Yang pernah tampil di sini saya hapus sejauh bisa; mohon hapus juga yang Anda kutip sendiri, dan jangan dibahas di grup. "
	if k.now.TakenBy.ID == "" {
		return s + "Tekan Ambil untuk membacanya secara pribadi."
	}
	return s + "Isinya dikirim secara pribadi ke " + say.Clip(k.now.TakenBy.Name, 40) + "."
}

// plain is what a line says, as the room reads it where it may; "" where photos and files alone follow by themselves.
func (k *talk) plain(l ledger.Line) string {
	var parts []string
	if l.Words != "" {
		mark := "💬"
		if l.What == ledger.LineAlarm {
			mark = "🚨"
		}
		parts = append(parts, mark+" Warga: “"+say.Clip(l.Words, 3000)+"”")
	}
	if l.Place != nil {
		parts = append(parts, "📍 "+say.Site(*l.Place))
	}
	if l.Phone != "" {
		parts = append(parts, "📞 "+l.Phone+" (dikirim warga)")
	}
	return strings.Join(parts, "\n")
}

// quoted are words that may be shown in the group.
func (k *talk) quoted(l ledger.Line) string {
	if l.Words == "" || k.now.Sensitive() {
		return ""
	}
	return "“" + say.Clip(l.Words, 300) + "”"
}

func withWords(head, words string) string {
	if words == "" {
		return head
	}
	return head + " " + words
}

// shown opens all that was said in a sensitive call to who took it.
func (k *talk) shown() {
	if !k.now.Sensitive() {
		return
	}
	var b strings.Builder
	var all ledger.Line
	for _, l := range k.now.Lines {
		if !l.ByCitizen() {
			continue
		}
		if l.Words != "" {
			fmt.Fprintf(&b, "%s “%s”\n", k.hour(l.At), say.Clip(l.Words, 1200))
		}
		all.Photo, all.Files = append(all.Photo, l.Photo...), append(all.Files, l.Files...)
	}
	if k.now.Place.Known() {
		b.WriteString("📍 " + say.Site(k.now.Place) + "\n")
	}
	if k.now.Phone != "" {
		b.WriteString("📞 " + k.now.Phone + " (dibuka untuk Anda; tercatat)\n")
	}
	k.privately("shown", "🔒 Pesan sensitif, hanya untuk Anda. Jawab dengan membalas kartunya di grup.\n\n"+say.Clip(b.String(), 3000), all)
	k.line(ledger.Line{By: k.now.TakenBy, What: ledger.LineShown})
	k.batch.Looks = append(k.batch.Looks, ledger.Look{At: k.At, Who: k.now.TakenBy.ID, Act: ledger.LookOpen, Report: k.now.Report, About: "talk"})
}

// private lets who has a sensitive call in hand read a new line of it.
func (k *talk) private(l ledger.Line) {
	if !k.now.Sensitive() || k.now.TakenBy.ID == "" || l.Words == "" && !l.Media() && l.Place == nil && l.Phone == "" {
		return
	}
	text := "🔒 Dari warga:"
	if l.Words != "" {
		text += "\n“" + say.Clip(l.Words, 3000) + "”"
	}
	if l.Place != nil {
		text += "\n📍 " + say.Site(*l.Place)
	}
	if l.Phone != "" {
		text += "\n📞 " + l.Phone
	}
	k.privately("private", text, l)
}

// privately writes to the officer's own chat with the bot.
func (k *talk) privately(what, text string, l ledger.Line) {
	to, ok := k.Alone(k.now.TakenBy)
	if !ok {
		return
	}
	k.batch.Letters = append(k.batch.Letters, ledger.Letter{Key: k.key(what), To: to, Purpose: k.purpose(ledger.Reply), Intent: CallIntent(k.was.ID),
		Message: bot.Message{Text: text}})
	if l.Media() {
		k.batch.Letters = append(k.batch.Letters, ledger.Letter{Key: k.key(what + "media"), To: to, Purpose: k.purpose(ledger.Reply), Intent: CallIntent(k.was.ID),
			Message: bot.Message{Text: "🔒 Dari warga", Photos: l.Photo, Files: l.Files}})
	}
}

// hour is a time of day in the government's zone: "16.05".
func (o *Office) hour(at time.Time) string { return at.In(o.Profile.Location()).Format("15.04") }
