package casework

import (
	"fmt"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A group has no secrets: everybody in it reads every topic of it, now and later. So of what is confidential nothing that the citizen
// said stands there, no picture, and no place finer than the kecamatan. Who may read it asks for it and reads it alone.

// Secret reports whether what a report says is kept from the operators' group.
func (o *Office) Secret(r report.Report) bool {
	return r.Shield(o.Profile.Sensitive).Hides(report.Group)
}

// SecretText stands in the group in place of what was said.
func (o *Office) SecretText(r report.Report) string {
	return fmt.Sprintf("🔒 Isinya tidak tampil di grup. Petugasnya membaca secara pribadi: /buka %s", r.Code)
}

// MayOpen tells whether a person may read a report that is kept from the group: an operator of the office that has it, or a
// coordinator. The error is a *Refusal.
func (o *Office) MayOpen(r report.Report, by report.Actor) error {
	switch {
	case by.Role == report.Coordinator, by.Role == report.Operator && by.Home != "" && by.Home == r.Agency:
		return nil
	case r.Agency == "":
		return refuse(NoRight, "Laporan %s ada di koordinator; hanya koordinator yang dapat membukanya.", r.Code)
	}
	return refuse(NoRight, "Laporan %s ada di %s; hanya petugasnya atau koordinator yang dapat membukanya.", r.Code, o.OfficeName(r.Agency))
}

// Looked is the look of who opens a report, none where everybody in the group may read all of it anyway.
func (o *Office) Looked(r report.Report, facts []report.Fact, by report.Actor, t Occasion) []ledger.Look {
	act := ledger.LookOpen
	switch {
	case o.Secret(r):
	case o.Veiled(r, facts):
		act = ledger.LookUnmask
	default:
		return nil
	}
	return []ledger.Look{{At: t.At, Who: by.ID, Act: act, Report: r.ID, About: "asked"}}
}

// Alone is a person's own chat with the bot: on every network it goes by the person's id. ok is false for who has none, as whoever acts in
// the name of the group: what is for one alone would be written to all.
func (o *Office) Alone(by report.Actor) (to bot.Address, ok bool) {
	to, ok = bot.ParseAddress(by.ID)
	return to, ok && to.Chat() != o.Desk.Chat()
}

// inGroup reports whether what is written to an actor is read by the group.
func (o *Office) inGroup(by report.Actor) bool { return by.Chat.Chat() == o.Desk.Chat() }
