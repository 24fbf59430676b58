package desk

import (
	"fmt"
	"strings"
	"unicode"

	"rabeg/internal/report"
	"rabeg/internal/say"
)

// undatedYear stands in place of a year where a plan has no date at all.
const undatedYear = 0

// undated asks for the date of a plan, and keeps the reason that was told.
func (h *handling) undated(words string, on subject) (report.Action, bool, error) {
	if err := h.office.Permit(on.report, on.by, report.Plan{}); err != nil {
		return nil, false, err
	}
	why := "belum ada tanggalnya"
	switch kept := say.Clip(words, disposeWords); {
	case strings.ContainsFunc(words, unicode.IsDigit):
		why, words = "tanggal itu tidak ada di kalender, atau tidak terbaca", ""
	default:
		words = kept
	}
	h.ask(on.report, strings.TrimSpace(fmt.Sprintf("%s:%d %s", Plan, undatedYear, words)), fmt.Sprintf("%s belum direncanakan: %s.%s Sampai kapan? Balas pesan ini dengan tanggalnya, misalnya: 31-12-2026.",
		on.report.Code, why, h.reasonShown("Alasannya", words, on.report)), nil)
	h.notice = "Balas pesan bot di bawah ini."
	return nil, true, nil
}
