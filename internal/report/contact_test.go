package report_test

import (
	"testing"

	"rabeg/internal/report"
)

// Numbers as people write them, and what is none.
func TestDialled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"081234567890": "6281234567890", "0812-3456-7890": "6281234567890", "+62 812 3456 7890": "6281234567890", "62812 3456 7890": "6281234567890",
		"(0812) 3456.7890": "6281234567890", "81234567890": "6281234567890", "00 62 812 3456 7890": "6281234567890", "0254-200123": "62254200123",
		"٠٨١٢٣٤٥٦٧٨٩٠": "6281234567890", "+1 415 555 0100": "14155550100",
		"": "", "0812": "", "31-12-2026": "", "3673011234567890": "", "nomornya 081234567890": "", "RT 02/05": "", "bukan nomor": "", "🙂": "",
	} {
		got, ok := report.Dialled(text)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// Handing over never leaves a report without an owner, nor with two: whatever stood before, the coordinator has it, and nothing
// of who had it in an office stays.
func TestTransferredHasOneOwner(t *testing.T) {
	t.Parallel()
	for _, s := range []report.Status{report.Received, report.Assigned, report.InProgress, report.Planned, report.Reopened, report.Transferred} {
		for _, agency := range []string{"", "DISHUB"} {
			was := report.Report{ID: 1, Status: s, Agency: agency, CardKey: "card:1", Officer: report.Actor{ID: "telegram:1", Home: agency}}
			rina := report.Actor{Role: report.Coordinator, ID: "telegram:9"}
			now := report.Apply(was, report.Fact{Seq: 7, By: rina, What: report.WasTransferred, Owner: "PLN", Foreign: &report.Foreign{Source: "PLN", Number: "12"}})
			if now.Status != report.Transferred || now.Agency != "" || now.Owner != "PLN" || len(now.Foreign) != 1 || !now.Until.IsZero() {
				t.Errorf("%s of %q: %+v", s, agency, now)
			}
			if moved := now.CardKey != was.CardKey; moved != (agency != "") {
				t.Errorf("%s of %q: another card: %v", s, agency, moved)
			}
			if s != report.Transferred && now.Officer.ID != rina.ID {
				t.Errorf("%s of %q is followed by %q", s, agency, now.Officer.ID)
			}
			back := report.Apply(now, report.Fact{Seq: 8, What: report.WasForwarded, Agency: "DPUPR"})
			if back.Owner != "" || back.Agency != "DPUPR" || back.Status != report.Assigned || len(back.Foreign) != 1 {
				t.Errorf("given to an office again: %+v", back)
			}
		}
	}
}
