package rights_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// visited is a report of Budi's that Sri has followed, with words and a picture of hers, and follows no more.
func visited(h *house) (id report.ID, picture string) {
	h.t.Helper()
	h.writes(budi, "Budi", "jalan berlubang dalam sekali di jalan veteran cipare", "kirim")
	id = h.of(budi, "berlubang").ID
	h.citizen(id, sri, report.Follow{Lang: "id", With: report.Add{Words: "di depan rumah wortelmerah", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-AAA"}}}})
	picture = h.photo(id, bot.MediaRef{Network: bot.Telegram, ID: "FILE-AAA"}, "her house")
	h.citizen(id, sri, report.Unfollow{})
	h.post()
	return id, picture
}

// What somebody said and sent in another's report that he or she has left is in the copy, and goes with the erasing.
func TestWhatWasSaidWhereOneHasLeft(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id, picture := visited(h)
	h.writes(sri, "Sri Wahyuningsih", "data apa saja yang kalian simpan tentang saya")
	h.post()
	if all := strings.Join(h.heard[sri.String()], "\n"); !strings.Contains(all, picture) {
		t.Errorf("her picture does not come: %s", all)
	}
	var doc []byte
	for _, name := range h.files() {
		if strings.HasSuffix(name, ".html") {
			var err error
			doc, err = os.ReadFile(filepath.Join(h.folder, name))
			h.must(err)
		}
	}
	if !strings.Contains(string(doc), "wortelmerah") || !strings.Contains(string(doc), string(h.code(id))) || strings.Contains(string(doc), "dalam sekali") {
		t.Errorf("the copy is: %s", doc)
	}
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	h.post()
	for range 3 {
		h.pass(25 * time.Hour)
		h.post()
	}
	if left := h.finds(traces()...); len(left) > 0 {
		t.Errorf("left: %s", strings.Join(left, "\n"))
	}
	if h.has(picture) {
		t.Error("her picture lies there")
	}
	k, err := h.store.Case(h.ctx, id)
	h.must(err)
	h.must(report.Proven(k.Facts))
	if k.Report.Text == "" || k.Report.Reporter != budi {
		t.Errorf("the report: %+v", k.Report)
	}
}
