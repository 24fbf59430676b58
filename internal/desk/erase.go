package desk

import (
	"context"
	"fmt"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Pleas finds who asked to be erased from a report that is open.
type Pleas interface {
	PleasFor(ctx context.Context, id report.ID) ([]ledger.Plea, error)
}

// decides is a coordinator's word on such a report: it goes now, or is kept, with the reason that the citizen is told.
func decides(goes bool) func(*handling, Command, subject) (report.Action, bool, error) {
	return func(h *handling, c Command, on subject) (report.Action, bool, error) {
		if h.Pleas == nil {
			return nil, false, h.no(casework.Choice, noPleaText, on.report.Code)
		}
		pleas, err := h.Pleas.PleasFor(h.ctx, on.report.ID)
		if err != nil {
			return nil, false, fmt.Errorf("read who asked to be erased: %w", err)
		}
		if len(pleas) == 0 {
			return nil, false, h.no(casework.Choice, noPleaText, on.report.Code)
		}
		if !goes && c.Words == "" {
			return nil, false, h.no(casework.Empty, "Sebutkan alasannya; warga membacanya. Misalnya: /tahandata %s masih diperlukan untuk pemeriksaan lapangan", on.report.Code)
		}
		h.batch.Add(h.office.Decide(pleas[0], on.report, goes, c.Words, casework.Occasion{Cause: string(h.ev.ID), At: h.ev.At}))
		if goes {
			h.say(fmt.Sprintf("Data pelapor pada %s dihapus sekarang. Laporannya tetap terbuka, tanpa pelapor dan tanpa isi; catat dulu yang masih diperlukan.", on.report.Code))
		} else {
			h.say(fmt.Sprintf("Data pelapor pada %s disimpan sampai laporannya selesai. Warga diberi tahu alasannya.", on.report.Code))
		}
		return nil, true, nil
	}
}

const noPleaText = "Tidak ada permintaan hapus data yang menunggu putusan untuk laporan %s."
