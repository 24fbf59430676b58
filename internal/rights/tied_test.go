package rights_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
)

// wa is Sri's other chat.
var wa = bot.Address{Network: bot.WhatsApp, ID: "883311447722@lid"}

// tied is a house in which Sri has reports in two chats of hers, which are tied; one in the making, too.
func tied(t *testing.T) *house {
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	h.writes(wa, "Sri W", "sampah kemangibiru menumpuk di jalan ahmad yani cipare", "kirim")
	h.writes(budi, "Budi", "jalan berlubang dalam sekali di jalan veteran cipare", "kirim")
	h.writes(sri, "Sri Wahyuningsih", "hubungkan")
	h.writes(wa, "Sri W", "hubungkan K7MQ-3XPD", "ya")
	h.writes(sri, "Sri Wahyuningsih", "ya")
	h.post()
	if !strings.Contains(h.last(wa), "tersambung") {
		t.Fatalf("on WhatsApp she reads %q", h.last(wa))
	}
	h.writes(wa, "Sri W", "got cempakaungu mampet")
	return h
}

// A copy tells what is kept in all chats of a person, or in this one, as she says when she is asked.
func TestACopyOfAllTiedChats(t *testing.T) {
	t.Parallel()
	h := tied(t)
	h.writes(sri, "Sri Wahyuningsih", "data saya")
	h.post()
	if !strings.Contains(h.last(sri), "Data mana yang dikirim") {
		t.Fatalf("she is asked %q", h.last(sri))
	}
	h.writes(sri, "Sri Wahyuningsih", "semua")
	if all := strings.Join(h.papers(), "\n"); !strings.Contains(all, "zamrudkuning") || !strings.Contains(all, "kemangibiru") || !strings.Contains(all, "cempakaungu") || strings.Contains(all, "berlubang") {
		t.Error("the copy of all does not hold what was told in both chats, or holds another's")
	}
	h.pass(25 * time.Hour)
	h.writes(wa, "Sri W", "data saya", "chat ini saja")
	if one := strings.Join(h.papers(), "\n"); strings.Contains(one, "zamrudkuning") || !strings.Contains(one, "kemangibiru") {
		t.Error("the copy of one chat does not hold what was told there alone")
	}
}

// An erasing of all chats is told in each, can be called off from each, and leaves nothing of the person in any.
func TestAllTiedChatsAreErased(t *testing.T) {
	t.Parallel()
	h := tied(t)
	erase := func() { h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "semua", "ya", "tarik laporan dan hapus") }
	erase()
	h.post()
	if !strings.Contains(h.last(wa), "menghapus data semua chat Anda") {
		t.Fatalf("on WhatsApp she reads %q", h.last(wa))
	}
	h.writes(wa, "Sri W", "jangan hapus data saya")
	h.pass(time.Hour)
	if got := h.of(sri, "zamrudkuning"); !got.Erased.IsZero() {
		t.Fatal("what was called off on WhatsApp is done")
	}
	erase()
	h.pass(11 * time.Minute)
	h.post()
	h.pass(25 * time.Hour)
	if where := h.finds("wahyuningsih", "sri w", sri.ID, wa.ID, "zamrudkuning", "kemangibiru", "cempakaungu"); len(where) > 0 {
		t.Errorf("still there: %s", strings.Join(where, "\n"))
	}
	if got := h.of(budi, "berlubang"); !got.Erased.IsZero() {
		t.Error("somebody else's report is gone")
	}
}

// A chat that parts after an erasing of all was asked for keeps what is in it, whichever of the two was told to part.
func TestAChatThatPartsIsNotErased(t *testing.T) {
	t.Parallel()
	for _, parts := range []bot.Address{sri, wa} {
		h := tied(t)
		h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "semua", "ya", "tarik laporan dan hapus")
		h.post()
		h.writes(parts, "Sri", "putuskan")
		h.pass(11 * time.Minute)
		h.post()
		h.pass(25 * time.Hour)
		if got := h.of(wa, "kemangibiru"); !got.Erased.IsZero() || got.ReporterName == "" {
			t.Errorf("%s parts: a report of the other chat is erased", parts.Network)
		}
		if where := h.finds("wahyuningsih", sri.ID, "zamrudkuning"); len(where) > 0 {
			t.Errorf("%s parts: still there: %s", parts.Network, strings.Join(where, "\n"))
		}
	}
}

// An erasing of this chat alone takes it out of the tie and leaves the others as they are.
func TestOneTiedChatIsErased(t *testing.T) {
	t.Parallel()
	h := tied(t)
	h.writes(wa, "Sri W", "hapus data saya", "chat ini saja", "ya", "tarik laporan dan hapus")
	h.pass(11 * time.Minute)
	h.post()
	h.pass(25 * time.Hour)
	if where := h.finds("kemangibiru", wa.ID); len(where) > 0 {
		t.Errorf("still there: %s", strings.Join(where, "\n"))
	}
	if got := h.of(sri, "zamrudkuning"); got.ReporterName == "" {
		t.Error("the report of the other chat lost its reporter")
	}
	if all, err := h.store.Ties(h.ctx, sri); err != nil || len(all) != 0 {
		t.Errorf("it is still tied to %v, %v", all, err)
	}
}

// papers are the copies that lie in the media store.
func (h *house) papers() (docs []string) {
	h.t.Helper()
	for _, name := range h.files() {
		if strings.HasSuffix(name, ".html") {
			doc, err := os.ReadFile(filepath.Join(h.folder, name))
			h.must(err)
			docs = append(docs, string(doc))
		}
	}
	return docs
}
