package rights_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// Who has several reports in quarantine is erased like anybody else, and the desk gets no card of what it has never seen.
func TestReportsInQuarantineAreErased(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		gone   bool
	}{"they remain": {"hapus", false}, "taken back": {"tarik laporan", true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.profile.Bounds.PerHour = 1
			words := []string{"zamrudkuning", "kemangibiru", "wortelmerah"}
			var ids []report.ID
			for _, w := range words {
				h.writes(sri, "Sri Wahyuningsih", "lampu "+w+" mati di jalan veteran cipare", "kirim")
				ids = append(ids, h.of(sri, w).ID)
			}
			h.post()
			for i, id := range ids {
				if k := h.whole(id); (k.Report.Status == report.Quarantined) != (i > 0) {
					t.Fatalf("report %d is %s", i, k.Report.Status)
				}
			}
			h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", c.answer)
			h.pass(casework.Grace + time.Minute)
			h.post()
			if said := h.last(sri); !strings.Contains(said, "Selesai. Data Anda sudah dihapus") {
				t.Fatalf("she is told: %s", said)
			}
			for _, id := range ids {
				if k := h.whole(id); k.Report.ReporterName != "" || k.Report.Erased.IsZero() == c.gone || (k.Report.Text == "") != c.gone {
					t.Errorf("the report: %+v", k.Report)
				}
			}
			if told := strings.Join(h.heard[deskAt.String()], "\n"); c.gone && strings.Count(told, "ditarik oleh pelapornya") != 1 {
				t.Errorf("the offices are told of what they have never seen: %s", told)
			}
			for _, row := range h.dump() {
				if strings.HasPrefix(row, "public.letters ") && strings.Contains(row, `"refresh"`) && !strings.Contains(row, `"Edits": "card:`) && !strings.Contains(row, `"Edits":"card:`) {
					t.Errorf("a card without a card: %s", row)
				}
			}
		})
	}
}
