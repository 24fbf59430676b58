package rights_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// waited is a report of Sri's that Budi follows, with words and a picture of his own, and with which one of the neighbour's was joined.
func waited(h *house) (id, joined report.ID) {
	h.t.Helper()
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	id = h.of(sri, "zamrudkuning").ID
	h.writes(tetangga, "Tetangga Baik", "lampu jalan di gang kami mati, kel Cipare", "kirim")
	joined = h.of(tetangga, "gang kami").ID
	h.post()
	h.citizen(id, budi, report.Follow{Lang: "id", With: report.Add{Words: "tiangnya di depan nomor duabelas", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-BUDI"}}}})
	h.photo(id, bot.MediaRef{Network: bot.Telegram, ID: "FILE-BUDI"}, "the picture of Budi")
	h.officer(joined, report.Merge{Into: h.whole(id).Report})
	h.post()
	return id, joined
}

// citizen lets somebody do something to a report.
func (h *house) citizen(id report.ID, who bot.Address, a report.Action) {
	h.t.Helper()
	h.sent++
	k := h.whole(id)
	office := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	_, b, err := office.Act(k.Report, report.Actor{Role: report.Citizen, ID: who.String(), Chat: who}, a,
		casework.Occasion{Cause: fmt.Sprintf("citizen%d", h.sent), At: h.clock(), Facts: k.Facts})
	h.must(err)
	h.must(h.store.Commit(h.ctx, b))
}

// Whoever is erased takes a report back that others wait for: it goes on for them, with what they said and sent, and they hear that its
// reporter left. A coordinator who lets the data of such a report go brings the same about. What was joined with it can be parted again.
func TestOthersWaitForWhatIsErased(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(h *house, code report.Code){
		"taken back": func(h *house, _ report.Code) {
			h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "tarik laporan")
			h.pass(casework.Grace + time.Minute)
		},
		"let go by a coordinator": func(h *house, code report.Code) {
			h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
			h.pass(casework.Grace + time.Minute)
			h.writes(deskAt, "Bu Ketua", "/hapusdata "+string(code))
			h.pass(time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			id, joined := waited(h)
			code := h.code(id)
			goes(h, code)
			h.post()
			k := h.whole(id)
			if r := k.Report; !r.Status.Open() || r.Text != "" || !r.Reporter.Zero() || !r.Follows(budi) || !r.Follows(tetangga) {
				t.Errorf("the report: %+v", r)
			}
			theirs := slices.ContainsFunc(k.Facts, func(f report.Fact) bool {
				return f.Words == "tiangnya di depan nomor duabelas" && len(f.Photos) == 1
			})
			if !theirs || len(h.files()) != 1 {
				t.Errorf("what Budi said and sent is gone: %v, %q", !theirs, h.files())
			}
			for _, who := range []bot.Address{budi, tetangga} {
				if said := h.last(who); !strings.Contains(said, "Pelapor "+string(code)+" mundur") {
					t.Errorf("%s hears: %s", who, said)
				}
			}
			if said := strings.Join(h.heard[deskAt.String()], "\n"); !strings.Contains(said, "2 warga lain menunggu") || strings.Contains(said, "Tidak perlu ditindak") {
				t.Errorf("the office reads: %s", said)
			}
			h.officer(id, report.Reply{Words: "besok kami perbaiki"})
			h.post()
			for _, who := range []bot.Address{budi, tetangga} {
				if said := h.last(who); !strings.Contains(said, "besok kami perbaiki") {
					t.Errorf("%s hears nothing more: %s", who, said)
				}
			}
			h.officer(joined, report.Unmerge{From: h.whole(id).Report})
			if r := h.whole(joined).Report; !r.Status.Open() || r.Reporter != tetangga {
				t.Errorf("what was joined: %+v", r)
			}
			for range 3 {
				h.pass(25 * time.Hour)
				h.post()
			}
			if left := h.finds(traces()...); len(left) > 0 {
				t.Errorf("left: %s", strings.Join(left, "\n"))
			}
		})
	}
}

// What others said in a report whose reporter was erased is kept as long as any report, and goes then.
func TestWhoStayedBehindIsNotKeptForEver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.must(h.clerk.Begin(h.ctx))
	id, _ := waited(h)
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "tarik laporan")
	h.pass(casework.Grace + time.Minute)
	h.officer(id, report.Resolve{Words: "sudah menyala", Photos: proofs()})
	h.post()
	h.pass(700 * 24 * time.Hour)
	if len(h.finds(budi.ID, "duabelas")) == 0 {
		t.Error("it went too soon")
	}
	h.pass(40 * 24 * time.Hour)
	h.pass(2 * time.Hour)
	h.pass(2 * time.Hour)
	h.whole(id)
	for _, left := range h.finds(budi.ID, tetangga.ID, "duabelas") {
		if !strings.Contains(left, "in redis ") && !strings.Contains(left, "in public.timers ") { // a conversation ends by itself
			t.Errorf("left: %s", left)
		}
	}
}
