package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// reject asks for what a reason needs: whose duty it is, the number of the report that was there before, a photo, and always words
// of the officer's own.
func reject(h *handling, c Command, on subject) (report.Action, bool, error) {
	a := report.Reject{Reason: c.Arg, Words: c.Words, Photos: c.Photos}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, err
	}
	if len(c.Files) > 0 {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	if !c.Exact && on.by.Role == report.Operator && disowns(c.Said) {
		return report.NotOurs{Why: c.Said}, false, nil
	}
	why, known := h.office.Profile.Rejection(c.Arg)
	listed := len(h.office.Profile.Reasons()) > 0
	switch {
	case listed && c.Arg == "":
		m := ReasonMenu(h.office.Profile, on.report.Code)
		h.ask(on.report, withReason(Reject, c.Words), string(on.report.Code)+": apa alasan penolakannya?"+h.reasonShown("Penjelasan untuk warga", c.Words, on.report), &m)
		h.notice = "Pilih alasannya di bawah."
		return nil, true, nil
	case listed && (!known || why.Retired):
		return nil, false, h.no(casework.Choice, staleText)
	case c.Words == "" && !c.media():
		h.ask(on.report, string(Reject)+":"+c.Arg, fmt.Sprintf("%s: balas pesan ini dengan %s.", on.report.Code, h.missing(why, on.report)), nil)
		h.notice = "Balas pesan bot di bawah ini."
		return nil, true, nil
	}
	if why.Outside {
		a.Owner = on.report.Owner
		if owner, rest, ok := h.oneOwner(a.Words); ok {
			a.Owner = owner
			named := strings.TrimSpace(strings.TrimSuffix(a.Words, rest))
			if rest == "" || strings.TrimRight(named, ":,-–—") != named { // else the name is part of the sentence
				a.Words = rest
			}
		}
	}
	if h.explained(a, c, on) {
		return nil, true, nil
	}
	if !why.Other {
		return a, false, nil
	}
	return h.rejectOther(a, on.report)
}

// missing is what a reason wants to be sent.
func (h *handling) missing(why profile.Rejection, r report.Report) string {
	c, _ := h.office.Profile.Category(r.Category)
	owner, known := h.office.Profile.Owner(r.Owner)
	switch {
	case why.Outside && known:
		return "penjelasan penolakan untuk warga; pintu " + owner.Short + " disebut dengan sendirinya (bukan mereka? awali dengan nama yang benar)"
	case why.Outside && len(h.office.Profile.Owners) > 0:
		return "nama yang berwenang lalu penjelasan untuk warga, misalnya: " + h.office.Profile.Owners[0].Short + ": tiang itu milik mereka"
	case why.Other:
		return "nomor laporan yang lebih dulu, lalu penjelasan untuk warga"
	case why.Photo && c.Physical:
		return "foto keadaannya sekarang dan penjelasan untuk warga"
	}
	return "penjelasan penolakan untuk warga"
}

// rejectOther finds the report that was there before. Its number is told to the citizen, so it must not be one that strangers are
// not to know of.
func (h *handling) rejectOther(a report.Reject, r report.Report) (report.Action, bool, error) {
	code, found, valid := report.FindCode(h.office.Profile.Prefix, a.Words)
	switch {
	case !found:
		return a, false, nil // casework asks for it
	case !valid:
		return nil, false, h.no(casework.Evidence, noCodeText, code)
	}
	a.Other = code
	if first, rest, ok, _ := leading(h.office.Profile.Prefix, a.Words); ok && first == code {
		a.Words = rest
	}
	other, err := h.Reader.ByCode(h.ctx, code)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return nil, false, h.no(casework.Evidence, noCodeText, code)
	case err != nil:
		return nil, false, fmt.Errorf("find the other report: %w", err)
	case hides(h.office.Profile, other, report.Strangers) && !sameReporter(other, r):
		return nil, false, h.no(casework.Evidence, "Laporan %s rahasia, jadi nomornya tidak boleh disebut ke warga lain. Sebut nomor lain, atau pakai alasan lain.", code)
	}
	return a, false, nil
}

func sameReporter(a, b report.Report) bool {
	return a.Reporter.Chat() == b.Reporter.Chat() && a.Reporter != (bot.Address{})
}

// reasons is the menu of reasons until one is chosen: then the words for the citizen are awaited.
func reasons(p *profile.Profile, r report.Report, chosen string) bot.Menu {
	if chosen != "" && !strings.HasPrefix(chosen, reasonLead) {
		return bot.Menu{}
	}
	return ReasonMenu(p, r.Code)
}

// rejected tells of what went back to the coordinator in place of a refusal.
func rejected(_ *casework.Office, was, now report.Report) string {
	if was.Agency == now.Agency || now.Status == report.Rejected {
		return ""
	}
	return fmt.Sprintf("Laporan %s dikembalikan ke koordinator, karena bukan kewenangan kantor Anda; warga belum ditolak.", now.Code)
}
