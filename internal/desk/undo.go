package desk

import (
	"fmt"
	"strconv"
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// undo takes back the answer that Arg names, or the newest one that stands.
func undo(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.Arg == "" {
		if _, arg, ok := strings.Cut(h.to.Intent, casework.UndoIntent+":"); ok && c.Code == "" {
			c.Arg = arg
		}
	}
	if seq, err := strconv.Atoi(c.Arg); err == nil {
		for _, f := range on.facts {
			if f.Seq == seq && h.sentEnd(f, on) {
				return h.takeBackEnd(c, on)
			}
			if f.Seq == seq && (f.Letter != "" || answerWord(f.What) != "" || f.What == report.WasTransferred) {
				return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
			}
		}
		return nil, false, h.no(casework.Gone, staleText)
	}
	if rejectsOff(c.Said) && on.report.Status != report.Rejected {
		return nil, false, h.no(casework.Gone, "Belum ada penolakan laporan %s yang dikirim (%s); tidak ada yang perlu dibatalkan.", on.report.Code, casework.StatusName(on.report.Status))
	}
	f, ok := lastSent(on.facts)
	if !ok {
		return nil, false, h.no(casework.Gone, "Tidak ada jawaban yang dapat ditarik.")
	}
	if h.sentEnd(f, on) {
		return h.takeBackEnd(c, on)
	}
	return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
}

// sentEnd reports whether an answer says that the report is done, or refuses it, and has reached its citizen.
func (h *handling) sentEnd(f report.Fact, on subject) bool {
	done := f.What == report.WasResolved && on.report.Status == report.Resolved
	refused := f.What == report.WasRejected && on.report.Status == report.Rejected
	_, pends := casework.Pending(on.facts)
	return (done && !pends || refused) && (h.late || !h.ev.At.Before(h.office.HeldUntil(f.At)))
}

// takeBackEnd takes back an end that its citizen knows: for a reason, and the citizen is told. A refusal is the coordinator's to undo.
func (h *handling) takeBackEnd(c Command, on subject) (report.Action, bool, error) {
	v := h.verbs.row(Retract)
	a := h.unending(c.Said, on)
	if on.report.Status == report.Rejected {
		v, a = h.verbs.row(Reopen), report.Reopen{Why: c.Said}
	}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, h.no(casework.Gone, "Kabar itu sudah terkirim ke warga. Laporan %s hanya dapat dibuka lagi oleh koordinator: /bukalagi %s dan alasannya.", on.report.Code, on.report.Code)
	}
	if len(strings.Fields(c.Said)) > 0 {
		return a, false, nil
	}
	h.ask(on.report, string(v.name), fmt.Sprintf("Kabar bahwa laporan %s %s sudah terkirim ke warga. Buka lagi? Balas pesan ini dengan alasannya, misalnya: salah pencet. Warga dikabari.", on.report.Code, casework.StatusName(on.report.Status)), nil)
	h.notice = "Balas pesan bot di bawah ini."
	return nil, true, nil
}

// lastSent is the newest thing said to the citizen that was not taken back, or the handing over that ended the report.
func lastSent(facts []report.Fact) (report.Fact, bool) {
	f, ok := lastAnswer(facts)
	gone := withdrawn(facts)
	for _, t := range facts {
		if t.What == report.WasTransferred && t.Seq > f.Seq && !gone[t.Seq] {
			f, ok = t, true
		}
	}
	return f, ok
}
