package casework

import (
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// TalksMost is how many talks of a chat are looked at when who talked hides: a card so far back stands nowhere any more.
const TalksMost = 50

// UnnameTalks hides who talked in talks of before, once reports of theirs hide it: their cards still stand in the group. What was said
// about one of those very reports goes as well where it is confidential now. Nobody in the room is told: one word about it is enough. Talks that
// hide as much already stay as they are.
func (o *Office) UnnameTalks(all []ledger.Call, hidden []report.Report, t Occasion) (b ledger.Batch) {
	for _, c := range all {
		secret := slices.ContainsFunc(hidden, func(r report.Report) bool { return r.ID != 0 && c.Report == r.ID && o.Secret(r) })
		if c.Hides(report.Operators) && (!secret || c.Sensitive()) {
			continue
		}
		t := t
		t.Cause = t.Cause + "/past-" + string(c.ID)
		k := o.talk(c, t)
		k.line(ledger.Line{By: k.citizen(), What: ledger.LineHidden, Unnamed: true, Secret: secret})
		switch {
		case k.turnedSecret():
			k.takeOff(func(ledger.Line) bool { return true }, "🔒 Dihapus: isi percakapan ini sekarang dirahasiakan.")
		case !c.Open():
			k.takeOff(func(l ledger.Line) bool { return l.Phone != "" }, "🙈 Nomor ini dihapus: warganya minta namanya disembunyikan.")
		}
		l := o.refresh(c.CardKey, "", 0, k.key("callcard"))
		l.Only = !c.Open() // a card that cannot be changed any more is not worth another one
		k.letter(l)
		_, one := k.done()
		b.Add(one)
	}
	return b
}

// copied is what stands in place of a copy of a card that named its reporter.
func copied(code report.Code) string {
	return "🙈 Salinan kartu ini dihapus: pelapor " + bot.Bold(string(code)) + " minta namanya disembunyikan. Kartunya yang sekarang: /laporan " + string(code)
}

// forgotten stands where an officer read who filed a report that has been made nameless since.
func forgotten(code report.Code) string {
	return "🙈 Identitas pelapor " + bot.Bold(string(code)) + " dihapus dari sini: ia minta namanya disembunyikan. Mohon jangan dipakai lagi."
}
