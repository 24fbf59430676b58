package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
)

// A citizen asks the running program for a copy of what is kept, and has it erased.
func TestAPersonsOwnData(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	p := w.person("Sri Wahyuningsih")
	const words = "sampah zamrudkuning menumpuk di pinggir jalan, bau sekali"
	w.ears.keepPrivate("what was written", words)
	sent, err := p.In(p.ID()).Text(words)
	if err != nil {
		t.Fatal(err)
	}
	code := w.sends(t, p, sent.MessageID)
	asked, err := p.In(p.ID()).Text("data apa saja yang kalian simpan tentang saya?")
	if err != nil {
		t.Fatal(err)
	}
	copied := w.wait(t, p.ID(), asked.MessageID, "the copy", func(m botapi.Seen) bool { return m.Document != nil })
	doc, ok := w.api.File(copied.Document.FileID)
	if !ok || !strings.Contains(string(doc), words) || !strings.Contains(string(doc), code) || !strings.HasSuffix(copied.Document.FileName, ".html") {
		t.Errorf("the copy is %q with %d bytes", copied.Document.FileName, len(doc))
	}
	asked, err = p.In(p.ID()).Text("tolong hapus semua data saya")
	if err != nil {
		t.Fatal(err)
	}
	first := w.wait(t, p.ID(), asked.MessageID, "the first question", offers("Ya, hapus"))
	w.pressed(t, p, first, "Ya, hapus")
	again := w.wait(t, p.ID(), first.MessageID, "the second question", offers("Tarik laporan dan hapus"))
	w.pressed(t, p, again, "Tarik laporan dan hapus")
	set := w.wait(t, p.ID(), again.MessageID, "when it is done", said("10 menit"))
	if _, err := w.db.Exec(t.Context(), `UPDATE timers SET at = now() WHERE kind = 'plea' AND subject LIKE 'plea:%' AND at > now()
AND at < now() + interval '1 hour'`); err != nil { // ten minutes go by
		t.Fatal(err)
	}
	w.wait(t, p.ID(), set.MessageID, "that it is done", said("Selesai. Data Anda sudah dihapus"))
	var kept int
	const find = `SELECT (SELECT count(*) FROM reports t WHERE t::text LIKE '%zamrud%') + (SELECT count(*) FROM facts t WHERE t::text LIKE '%zamrud%')
+ (SELECT count(*) FROM letters t WHERE t::text LIKE '%zamrud%' AND state <> 'waiting')`
	if err := w.db.QueryRow(t.Context(), find).Scan(&kept); err != nil || kept > 0 {
		t.Errorf("the words are kept in %d places: %v", kept, err)
	}
	if r := w.byCode(code); r.Erased.IsZero() || r.Status != "closed" {
		t.Errorf("the report is %s", r.Status)
	}
}
