package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// How long the parts of a call's card may be, in UTF-16 units: together they stay under a message's 4,096.
const (
	callFirst = 1200
	callLine  = 180
	callMost  = 9 // newest lines shown
)

// The choices of a call's card.
const (
	CallTake = "ambil"
	CallMake = "laporan"
	CallEnd  = "selesai"
)

// CallMenuKind begins the id of a call's menu.
const CallMenuKind = "k"

// CallMark is what the buttons of a call's card were shown with: what the citizen had said until then, and who had it in hand. A
// press on what has changed since asks anew.
func CallMark(c ledger.Call) string {
	said, lines := int64(0), 0
	for _, l := range c.Lines {
		if l.ByCitizen() {
			said, lines = l.At.UnixMilli(), lines+1
		}
	}
	return mark(strconv.FormatInt(said, 10), strconv.Itoa(lines)) + "-" + mark(c.TakenBy.ID)
}

// CallMenu is what can be done to a call, nil when it is over. Its choices stay the same while it is open, so that their numbers
// do; its id holds the CallMark.
func CallMenu(c ledger.Call) *bot.Menu {
	if !c.Open() {
		return nil
	}
	m := &bot.Menu{ID: CallMenuKind + "." + string(c.ID) + "." + CallMark(c), Columns: 3, Choices: []bot.Choice{
		{ID: CallTake, Label: "✋ Ambil", Also: "ambil"},
		{ID: CallMake, Label: "📄 Jadikan laporan", Also: "jadikan laporan|buat laporan|laporkan"},
		{ID: CallEnd, Label: "✅ Selesai", Also: "selesai|tutup"},
	}}
	if c.Sensitive() { // the citizen alone makes a report of it
		m.Choices = slices.Delete(m.Choices, 1, 2)
	}
	return m
}

// CallCard shows a call to the room. The citizen is masked, or nameless.
func (o *Office) CallCard(c ledger.Call) bot.Message {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s · %s", o.callHead(c), o.hour(c.Opened))
	if c.Kind == ledger.DangerCall && !c.Calm && !c.Safe && c.Open() {
		line("Warga diminta menelepon %s. Mohon dipantau sekarang.", o.emergencyNumber())
	}
	if c.Kind == ledger.DangerCall && c.Calm && !c.Open() {
		line("Ini kata warga; petugas belum memeriksanya. Laporannya tidak ditutup: datang sebagai kartu biasa begitu warga mengirimnya.")
	}
	if c.Kind == ledger.DangerCall && c.About == "abuse" {
		line("🤫 Kekerasan atau ancaman: pelaku mungkin membaca HP ini. Hati-hati membalas.")
	}
	line("")
	o.callWords(c, line)
	if where := say.Site(c.Place); where != "" && !c.Sensitive() {
		line("📍 %s", where)
	}
	if c.Phone != "" && !c.Sensitive() && (c.Open() || !c.Hides(report.Operators)) { // who is nameless is called while it goes on alone
		line("📞 %s", c.Phone+o.opened(c))
	}
	if c.Code != "" {
		line("📄 Laporan %s", bot.Bold(string(c.Code)))
	}
	if c.TakenBy.ID == "" {
		line("Belum ada yang mengambil.")
	} else {
		line("Ditangani: %s (%s)", bot.Bold(say.Clip(c.TakenBy.Name, 40)), o.hour(c.TakenAt))
	}
	who := Mask(c.Person.Name) + " · " + NetworkName(c.Chat.Network)
	if c.Hides(report.Operators) {
		who = Nameless
	}
	line("Warga: %s", who)
	if c.Open() {
		line("Balas pesan ini: langsung sampai ke warga, tanpa ditahan. Warga tidak melihat nama Anda.")
	}
	return bot.Message{Text: strings.TrimRight(b.String(), "\n"), Menu: CallMenu(c)}
}

func (o *Office) callHead(c ledger.Call) string {
	head := "🚨 " + bot.Bold("Mungkin darurat")
	switch {
	case c.Kind == ledger.HumanCall:
		head = "🙋 " + bot.Bold("Warga ingin bicara dengan petugas")
	case c.Kind == ledger.HarmCall && c.About == "self":
		head = "🤍 " + bot.Bold("Warga mungkin ingin menyakiti diri: mohon ditemani sekarang")
	case c.Kind == ledger.HarmCall:
		head = "🟣 " + bot.Bold("Kekerasan terhadap perempuan atau anak: mohon didampingi sekarang")
	case c.Calm:
		head = "⚪ " + bot.Bold("Bukan darurat, kata warga")
	case c.Safe:
		head = "🟢 " + bot.Bold("Darurat; warga: sudah aman")
	}
	if !c.Open() && !c.Calm { // who calls it no emergency has not settled the matter
		head += " · selesai"
	}
	return head
}

// callWords are what was said: the beginning and the newest, or that it is not for the group.
func (o *Office) callWords(c ledger.Call, line func(string, ...any)) {
	if c.Sensitive() {
		line("🔒 Isi pesan tidak ditampilkan di grup. Tekan Ambil: bot mengirimnya kepada Anda secara pribadi (buka dulu chat dengan bot ini).")
		if Unsafe(c) {
			line("🤫 Tidak aman dibalas di chat ini, kata warga.")
		} else if Unasked(c) {
			line("🤫 Warga belum menjawab apakah aman dibalas di chat ini: orang lain mungkin membacanya.")
		}
		return
	}
	var told []ledger.Line
	for _, l := range c.Lines {
		if l.Words != "" || l.Media() {
			if l.What == ledger.LineSaid || l.What == ledger.LineAlarm || l.What == ledger.LineWish || l.What == ledger.LineAnswered || l.What == ledger.LineSafe {
				told = append(told, l)
			}
		}
	}
	for i, l := range told {
		most := callLine
		switch {
		case i == 0:
			most = callFirst
		case i < len(told)-callMost:
			if i == 1 {
				line("…")
			}
			continue
		}
		line("%s", o.callSaid(l, most))
	}
}

// Unsafe reports whether the citizen said last that an answer in the chat is not safe.
func Unsafe(c ledger.Call) bool {
	for _, l := range slices.Backward(c.Lines) {
		switch l.What {
		case ledger.LineUnsafe:
			return true
		case ledger.LineHere:
			return false
		}
	}
	return false
}

// Unasked reports whether somebody who is harmed has not said yet that an answer in the chat is safe, nor that it is not, and nobody has written.
func Unasked(c ledger.Call) bool {
	return c.Kind == ledger.HarmCall && c.About == "abuse" && c.Spoken.IsZero() &&
		!slices.ContainsFunc(c.Lines, func(l ledger.Line) bool { return l.What == ledger.LineHere || l.What == ledger.LineUnsafe })
}

func (o *Office) callSaid(l ledger.Line, most int) string {
	who := "💬"
	switch {
	case l.What == ledger.LineAnswered:
		who = "↪️ " + say.Clip(l.By.Name, 30) + ":"
	case l.What == ledger.LineAlarm:
		who = "🚨"
	case l.What == ledger.LineSafe:
		who = "🟢"
	}
	s := who
	if l.Words != "" {
		s += " “" + say.Clip(l.Words, most) + "”"
	}
	if n := len(l.Photo); n > 0 {
		s += fmt.Sprintf(" 🖼 %d foto", n)
	}
	if n := len(l.Files); n > 0 {
		s += fmt.Sprintf(" 📎 %d berkas", n)
	}
	return s
}

// opened tells why the room sees the number.
func (o *Office) opened(c ledger.Call) string {
	for _, l := range slices.Backward(c.Lines) {
		switch {
		case l.Phone == "":
		case l.What == ledger.LinePhone:
			return fmt.Sprintf(" (dibuka untuk ruang ini karena %s, %s; tercatat)", l.Words, o.hour(l.At))
		case l.By.Role == report.Citizen:
			return " (dikirim warga)"
		}
	}
	return ""
}
