package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// How long the parts of a card may be, in UTF-16 units: together they stay under a message's 4,096.
const (
	cardText  = 1900
	cardWords = 300
	cardHint  = 160
	cardPhone = 100
	// cardForeign is how many numbers elsewhere are shown.
	cardForeign = 2
)

// View is what a card is made of.
type View struct {
	Profile  *profile.Profile
	Report   report.Report
	Facts    []report.Fact
	Delivery ledger.Delivery
	// Moved says that the report has another card by now: this one only tells where it went.
	Moved bool
	// Hidden leaves out what was said, by whomever, and where exactly it is: everybody in the group reads the card.
	Hidden bool
	// Whole shows numbers of people in what was said, for one reader alone.
	Whole bool
}

// card shows a report to operators: what, where, how it stands, what was answered and whether that reached the citizen.
// The reporter is masked. It is pure: the same view gives the same card.
func card(verbs table, v View) bot.Message {
	o := &casework.Office{Profile: v.Profile}
	v.Facts = o.DiscreetFacts(v.Report, v.Facts)
	v.Report = o.Discreet(v.Report)
	w := cardWriter{View: v, names: o}
	w.head()
	if v.Moved {
		w.line("➡️ Sekarang di %s; lihat kartunya yang baru.", bot.Bold(w.names.OfficeName(v.Report.Agency)))
		if !w.Hidden && !w.hides(report.Group) && v.Report.Erased.IsZero() {
			w.line("“%s”", say.Clip(w.veil(v.Report.Text), cardHint))
		}
		return bot.Message{Text: w.text()}
	}
	w.owner()
	w.said()
	w.person()
	w.story()
	return bot.Message{Text: w.text(), Menu: verbs.card(v.Profile, v.Report)}
}

type cardWriter struct {
	View
	names *casework.Office
	b     strings.Builder
}

func (w *cardWriter) hides(from report.Eyes) bool { return hides(w.Profile, w.Report, from) }

// hides reports whether something of a report is kept from eyes.
func hides(p *profile.Profile, r report.Report, from report.Eyes) bool {
	return r.Shield(p.Sensitive).Hides(from)
}

func (w *cardWriter) line(format string, args ...any) {
	fmt.Fprintf(&w.b, format+"\n", args...)
}

func (w *cardWriter) text() string { return strings.TrimRight(w.b.String(), "\n") }

func (w *cardWriter) head() {
	r := w.Report
	if r.Emergency {
		w.line("🚨 %s", bot.Bold("MUNGKIN DARURAT"))
	}
	w.line("%s %s · %s", mark(r.Status), bot.Bold(string(r.Code)), categoryOf(w.Profile, r))
}

func (w *cardWriter) owner() {
	r := w.Report
	status := casework.StatusName(r.Status)
	if r.Officer.Name != "" && r.Status != report.Received && r.Status != report.Assigned && r.Status != report.Closed {
		status += " · " + say.Clip(r.Officer.Name, 40)
	}
	switch {
	case r.Status == report.Planned && !r.Until.IsZero():
		status += " sampai " + longDay(r.Until, w.Profile)
	case r.Status == report.Closed && r.Verdict == report.Fixed:
		status += ": beres menurut pelapor"
	case r.Status == report.Closed && !r.Recalled.IsZero():
		status += ": ditarik pelapor"
	case r.Status == report.Closed:
		status += " tanpa tanggapan"
	}
	w.line("Status: %s", bot.Bold(status))
	office := w.names.OfficeName(r.Agency)
	meant, _ := w.Profile.Agency(r.Suggested)
	switch {
	case r.Status == report.Transferred:
		office = w.names.OwnerName(r.Owner) + " (koordinator memantau)"
	case r.Agency == "" && r.Owner != "" && (r.Suggested == "" || meant.Outside):
		office = w.names.OwnerName(r.Owner) + " (di koordinator)"
	case r.Agency == "" && r.Suggested != "":
		office = w.names.OfficeName(r.Suggested)
		switch {
		case r.Status == report.Quarantined:
			office += " (sesudah diterima)"
		case meant.Outside, r.Owner != "": // an office had it before it was handed over
			office += " (di koordinator)"
		default:
			office += " (belum ada petugas; di koordinator)"
		}
	}
	w.line("Untuk: %s", office)
	w.disposition()
	w.verdict()
	w.guesses()
	w.limit()
	if f, ok := lastMove(w.Facts); ok && f.Words != "" {
		by, why := "", ": "+say.Clip(f.Words, cardWords)
		if f.By.Name != "" {
			by = " (" + say.Clip(f.By.Name, 40) + ")"
		}
		if w.Hidden {
			why = ""
		}
		w.line("%s%s%s", moveWord(f), by, why)
	}
}

// guesses shows what the reader and the second opinion took the report for, where one was asked.
func (w *cardWriter) guesses() {
	f, ok := lastOf(w.Facts, report.WasAdvised)
	if !ok || f.Advice == nil {
		return
	}
	first := "tidak ada"
	if g := w.Report.Guesses; len(g) > 0 {
		first = fmt.Sprintf("%s %.0f %%", w.category(g[0].Category), 100*g[0].P)
	}
	w.line("Tebakan: %s · Pendapat kedua: %s", first, w.category(f.Advice.Category))
	if f.Advice.Emergency && !w.Report.Emergency {
		w.line("⚠️ Pendapat kedua: mungkin darurat. Mohon dibaca sekarang.")
	}
}

func (w *cardWriter) category(code string) string {
	if c, ok := w.Profile.Category(code); ok {
		return say.Clip(c.Name, 60)
	}
	return code
}

func (w *cardWriter) person() {
	r := w.Report
	who := casework.Mask(r.ReporterName)
	if !r.Reporter.Zero() {
		who += " · " + casework.NetworkName(r.Reporter.Network)
	}
	switch {
	case !r.Erased.IsZero():
		who = "dihapus"
	case w.hides(report.Operators) && r.Visibility == report.Normal: // the citizen hid nothing; the matter does
		who = "tidak ditampilkan (hal peka)"
	case w.hides(report.Operators):
		who = casework.Nameless
	}
	if r.Contact && r.Reporter.Zero() {
		who += " · nomornya disimpan terpisah"
	}
	kind := string(r.Kind)
	switch {
	case w.hides(report.Group) && r.Visibility != report.Confidential:
		kind += " · 🔒 hal peka, dijaga seperti rahasia"
	case w.hides(report.Group):
		kind += " · 🔒 rahasia"
	}
	w.line("Pelapor: %s", who)
	if kind != "" {
		w.line("Jenis: %s", strings.TrimPrefix(kind, " · "))
	}
	w.class()
	w.line("Masuk: %s", clock(r.Filed, w.Profile)+sending(r.How, w.Facts)+came(r))
	w.foreign()
	w.mirror()
}

// foreign shows the numbers that the report goes by elsewhere, the newest ones.
func (w *cardWriter) foreign() {
	if w.Hidden {
		return
	}
	known := w.Report.Foreign
	for _, f := range known[max(0, len(known)-cardForeign):] {
		link := ""
		if f.URL != "" {
			link = " · " + f.URL
		}
		w.line("Nomor di %s: %s%s", f.Source, f.Number, link)
	}
}

func (w *cardWriter) story() {
	w.people()
	w.partLines()
	if n := w.Report.Additions; n > 0 {
		w.line("➕ %d tambahan dari pelapor", n)
	}
	if n := silent(w.Facts); n > 0 {
		command := "/riwayat"
		if w.Hidden {
			command = "/buka"
		}
		w.line("🔕 %d tambahan disimpan tanpa pesan (terlalu banyak dalam satu jam, atau pengirimnya dibisukan): %s %s", n, command, w.Report.Code)
	}
	if f, ok := lastOf(w.Facts, report.WasNoted); ok && !w.Hidden {
		w.line("📝 %s: %s", say.Clip(f.By.Name, 40), say.Clip(f.Words, cardWords))
	}
	w.phoned()
	if f, ok := lastAnswer(w.Facts); ok {
		w.line("")
		if end, ok := endOf(w.Report, w.Facts); ok && end.Seq != f.Seq {
			w.answer(end)
		}
		w.answer(f)
	}
	d := delivery(w.fate(), w.Profile)
	switch {
	case !w.Report.Erased.IsZero(), !w.Report.Left.IsZero():
		d = "" // nobody hears of it any more, or the reporter does not
	case w.Report.Reporter.Zero() && w.Report.Via == report.ChanLapor:
		d = "lewat LAPOR!, disalin koordinator"
	case w.Report.Reporter.Zero() && w.Report.Via == report.ChanOpen311:
		d = "statusnya terlihat di perangkat lunak asalnya, kata-katanya belum tentu"
	case w.Report.Reporter.Zero():
		d = "tidak ada chat; sampaikan sendiri"
	}
	if d != "" {
		w.line("Kabar terakhir ke warga: %s", d)
	}
}

// fate is what became of the last news. A long silence is of one network's rules: it would tell where a nameless
// reporter writes.
func (w *cardWriter) fate() ledger.Delivery {
	d := w.Delivery
	if !w.hides(report.Operators) {
		return d
	}
	switch d.State {
	case ledger.Cold:
		d.Why = "belum sampai"
	case ledger.Sent, ledger.Waiting, ledger.Sending:
		d.Why, d.Seen = "", ledger.Unseen // one network alone tells
	case ledger.Failed:
		if d.Why == ledger.Stranger { // of one network alone, too
			d.Why = "tidak bisa sampai lagi"
		}
	}
	return d
}

// phoned shows the newest message that somebody of the office wrote by hand.
func (w *cardWriter) phoned() {
	for _, f := range slices.Backward(w.Facts) {
		if !casework.ShowsPhoned(f) || w.hides(report.Phone) {
			continue
		}
		said := sortWord(f.Sent)
		if f.Words != "" {
			said += " “" + say.Clip(f.Words, cardPhone) + "”"
		}
		w.line("📱 Dibalas dari HP kantor (%s): %s", clock(f.At, w.Profile), strings.TrimSpace(said))
		w.line("   Dicatat di laporan warga ini yang terakhir aktif; belum dihitung sebagai jawaban.")
		return
	}
}

// quoted is an answer's words, and how many files came with it and joined it.
func (w *cardWriter) quoted(f report.Fact) string {
	said, n := "", len(f.Photos)+len(f.Files)
	if f.Words != "" && !w.Hidden {
		said = ": “" + say.Clip(f.Words, cardWords) + "”"
	}
	for _, j := range w.Facts {
		if j.What == report.WasEnclosed && j.Of == f.Seq {
			n += len(j.Photos) + len(j.Files)
		}
	}
	if n > 0 {
		said += fmt.Sprintf(" · %d lampiran", n)
	}
	return said
}

func lastOf(facts []report.Fact, what report.What) (report.Fact, bool) {
	for _, f := range slices.Backward(facts) {
		if f.What == what {
			return f, true
		}
	}
	return report.Fact{}, false
}

// lastMove is the newest fact that gave the report to another owner.
func lastMove(facts []report.Fact) (report.Fact, bool) {
	gone := withdrawn(facts)
	for _, f := range slices.Backward(facts) {
		if gone[f.Seq] {
			continue
		}
		switch f.What {
		case report.WasForwarded, report.WasReturned:
			return f, true
		case report.WasTransferred:
			if f.Words != "" { // a number alone stands on a line of its own
				return f, true
			}
		}
	}
	return report.Fact{}, false
}

// lastAnswer is the newest thing said to the citizen that was not taken back.
func lastAnswer(facts []report.Fact) (report.Fact, bool) {
	gone := withdrawn(facts)
	for _, f := range slices.Backward(facts) {
		if answerWord(f.What) != "" && !gone[f.Seq] {
			return f, true
		}
	}
	return report.Fact{}, false
}
