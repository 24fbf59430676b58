package desk

import (
	"fmt"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// identifiedText stands where the officer asked. A network may forbid the bot to write first: nobody knows before it is tried.
const identifiedText = "🪪 Identitas pelapor %s saya kirim ke %s secara pribadi; tercatat dengan alasannya. Belum masuk? Buka chat dengan bot ini, tekan Start atau kirim halo, lalu tulis lagi."

// identify makes the wish to know who filed a report; the reason is asked for where it is missing.
func identify(h *handling, c Command, on subject) (report.Action, bool, error) {
	if err := h.office.MayIdentify(on.report, on.by); err != nil {
		return nil, false, err
	}
	kin, err := h.kin(on.report)
	if err == nil {
		err = h.office.MayIdentifyKin(on.report, kin)
	}
	if err != nil {
		return nil, false, err
	}
	why, asked, err := h.reason(c, on, Identity, identityMenu, "mengapa Anda perlu tahu siapa pelapornya?")
	return report.Identify{Why: why}, asked, err
}

// kin are the reports that were split off from a report, from those, and from what it was split off itself.
func (h *handling) kin(r report.Report) ([]report.Report, error) {
	return casework.KinOf(r, func(id report.ID) (report.Report, error) { return h.Reader.ByID(h.ctx, id) })
}

// number is the phone of a report's chat where an action shows it and the network tells it, "" for none.
func (h *handling) number(a report.Action, on subject) string {
	asked, ok := a.(report.Identify)
	if !ok || asked.Why == "" || h.Phone == nil {
		return ""
	}
	number, err := h.Phone(h.ctx, on.report.Reporter)
	if err != nil {
		return ""
	}
	return number
}

// identified tells in the group where what was asked for went; in private it came right there.
func (h *handling) identified(a report.Action, on subject) {
	if _, asked := a.(report.Identify); asked && !h.alone() {
		h.letter(ledger.Letter{Report: on.report.ID, Message: bot.Message{Text: fmt.Sprintf(identifiedText, on.report.Code, say.Clip(on.by.Name, 40))}})
	}
}
