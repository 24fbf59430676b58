package warelay

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
)

func TestOfflineQueue(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000001", "Siti")
	b := bot(ctx, t, r, "6281400000002")
	b.Disconnect()
	ok(t, r.Until(ctx, func() bool { return !b.acct.Online() }))
	for i := range 5 {
		must[string](t)(siti.Text(ctx, b.Phone(), fmt.Sprintf("pesan %d", i)))
	}
	if len(b.Inbox().Messages) != 0 || b.acct.Pending() < 5 {
		t.Fatalf("%d wait, %d came", b.acct.Pending(), len(b.Inbox().Messages))
	}
	ok(t, b.Connect(ctx))
	preview := event[*events.OfflineSyncPreview](ctx, t, b)
	done := event[*events.OfflineSyncCompleted](ctx, t, b)
	if preview.Messages != 5 || done.Count < 5 {
		t.Errorf("preview %+v, completed %+v", preview, done)
	}
	for i := range 5 {
		wantText(ctx, t, b.Person, fmt.Sprintf("pesan %d", i))
	}
	ok(t, r.Until(ctx, func() bool { return b.acct.Pending() == 0 }))
}

func TestRelayRestarts(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000011", "Siti")
	b := bot(ctx, t, r, "6281400000012")
	b.Disconnect()
	ok(t, r.Until(ctx, func() bool { return !b.acct.Online() }))
	must[string](t)(siti.Text(ctx, b.Phone(), "sebelum"))
	before := siti.Inbox().Connects
	ok(t, r.Restart())
	_, err := siti.Wait(ctx, func(in Inbox) bool { return in.Connects > before })
	ok(t, err)
	ok(t, b.Connect(ctx))
	wantText(ctx, t, b.Person, "sebelum")
	must[string](t)(siti.Text(ctx, b.Phone(), "sesudah"))
	wantText(ctx, t, b.Person, "sesudah")
	at := r.Addr()
	for range 20 { // a port is never given up: nobody else gets it meanwhile
		r.Pause()
		if r.Addr() != "" || r.PlainURL() != "" {
			t.Error("a paused relay has an address")
		}
		if l, err := net.Listen("tcp", at); err == nil {
			_ = l.Close()
			t.Fatal("the port of a paused relay is anybody's")
		}
		c, err := net.Dial("tcp", at)
		if err == nil {
			_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
			_, err = c.Read(make([]byte, 1))
			_ = c.Close()
		}
		if err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("who knocks at a paused relay is not turned away: %v", err)
		}
		ok(t, r.Resume())
		if r.Addr() != at {
			t.Fatalf("the relay moved from %s to %s", at, r.Addr())
		}
	}
}

// Corrupted ciphertext is asked for again, direct and in groups, and comes.
func TestRetryAfterCorruption(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"pkmsg", "msg", "skmsg"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			ctx, r := start(t)
			siti := person(ctx, t, r, "6281400000021", "Siti")
			b := bot(ctx, t, r, "6281400000022")
			to := b.Phone()
			if kind == "skmsg" {
				to = must[*Group](t)(r.Group("Meja", siti.Account(), b.acct)).ID()
			}
			str := must[string](t)
			if kind == "msg" { // the session is settled once the other side has answered
				str(siti.Text(ctx, to, "buka"))
				wantText(ctx, t, b.Person, "buka")
				str(b.Text(ctx, siti.Phone(), "terbuka"))
				wantText(ctx, t, siti, "terbuka")
			}
			r.Fault(once(func(s Stanza) bool {
				return !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Device > 0 && contains(s.Encs, kind)
			}, Verdict{Do: Corrupt}))
			id := str(siti.Text(ctx, to, "rusak"))
			m := wantText(ctx, t, b.Person, "rusak")
			if m.ID != id {
				t.Errorf("came as %s, sent as %s", m.ID, id)
			}
			if failed := b.Inbox().Failed; len(failed) == 0 || failed[0] != id {
				t.Errorf("failed at first: %v", failed)
			}
			_, err := r.Seen(ctx, func(s Stanza) bool { return s.In && s.Tag == "receipt" && s.Type == "retry" && s.ID == id })
			ok(t, err)
			ok(t, r.Until(ctx, func() bool { return b.acct.Pending() == 0 }))
		})
	}
}

func contains(all []string, one string) bool {
	return slices.Contains(all, one)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000031", "Siti")
	b := bot(ctx, t, r, "6281400000032")
	str := must[string](t)
	toBot := func(s Stanza) bool {
		return !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Device > 0 && !s.Offline
	}
	// Lost on the way: stays in the queue and comes with the next connection.
	remove := r.Fault(once(toBot, Verdict{Do: Drop}))
	str(siti.Text(ctx, b.Phone(), "hilang"))
	str(siti.Text(ctx, b.Phone(), "ada"))
	wantText(ctx, t, b.Person, "ada")
	remove()
	r.DropSession(b.acct)
	wantText(ctx, t, b.Person, "hilang")

	// The connection breaks instead of the delivery.
	remove = r.Fault(once(toBot, Verdict{Do: Close}))
	str(siti.Text(ctx, b.Phone(), "putus"))
	wantText(ctx, t, b.Person, "putus")
	remove()
}

func TestFaultsOfOrder(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000091", "Siti")
	b := bot(ctx, t, r, "6281400000092")
	str := must[string](t)
	toBot := func(s Stanza) bool {
		return !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Device > 0 && !s.Offline
	}
	// A stanza is overtaken by the next.
	remove := r.Fault(once(toBot, Verdict{Do: Delay, For: 50 * time.Millisecond}))
	str(siti.Text(ctx, b.Phone(), "lambat"))
	str(siti.Text(ctx, b.Phone(), "cepat"))
	wantText(ctx, t, b.Person, "lambat")
	remove()
	in := b.Inbox().Messages
	if len(in) < 2 || in[len(in)-1].Text != "lambat" || in[len(in)-2].Text != "cepat" {
		t.Errorf("order: %+v", in)
	}

	// Twice the same ciphertext: the client shows it once.
	remove = r.Fault(once(toBot, Verdict{Do: Duplicate}))
	str(siti.Text(ctx, b.Phone(), "dua kali"))
	str(siti.Text(ctx, b.Phone(), "akhir"))
	wantText(ctx, t, b.Person, "akhir")
	remove()
	n := 0
	for _, m := range b.Inbox().Messages {
		if m.Text == "dua kali" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("shown %d times", n)
	}

	// A receipt of the client that never arrives: the message comes again.
	ok(t, r.Until(ctx, func() bool { return b.acct.Pending() == 0 }))
	remove = r.Fault(once(func(s Stanza) bool {
		return s.In && s.Phone == b.Phone() && (s.Tag == "receipt" || s.Tag == "ack")
	}, Verdict{Do: Drop}))
	id := str(siti.Text(ctx, b.Phone(), "tanpa tanda"))
	wantText(ctx, t, b.Person, "tanpa tanda")
	_, err := r.Seen(ctx, func(s Stanza) bool { return s.In && s.Tag == "receipt" && s.Phone == b.Phone() && s.ID == id })
	ok(t, err)
	remove()
	if b.acct.Pending() == 0 {
		t.Error("settled without a receipt")
	}
	r.DropSession(b.acct)
	_, err = r.Seen(ctx, func(s Stanza) bool { return !s.In && s.Tag == "message" && s.ID == id && s.Offline })
	ok(t, err)
	ok(t, r.Until(ctx, func() bool { return b.acct.Pending() == 0 }))
}

func TestMediaThatAreGone(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000041", "Siti")
	b := bot(ctx, t, r, "6281400000042")
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		must[string](t)(siti.Image(ctx, b.Phone(), []byte("jpeg"), fmt.Sprint(status)))
		m := wantText(ctx, t, b.Person, fmt.Sprint(status))
		if r.ExpireMedia(status) == 0 {
			t.Error("nothing to expire")
		}
		if _, err := b.Media(ctx, m); err == nil {
			t.Errorf("media with %d could be fetched", status)
		}
	}
	must[string](t)(siti.Image(ctx, b.Phone(), []byte("jpeg"), "hash"))
	m := wantText(ctx, t, b.Person, "hash")
	r.CorruptMedia()
	if _, err := b.Media(ctx, m); err == nil {
		t.Error("media with a wrong hash could be fetched")
	}
}

func TestUploadTooLarge(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), testLimit)
	defer cancel()
	r := must[*Relay](t)(New(Options{MaxMedia: 1000}))
	r.Trust()
	ok(t, r.Start(ctx))
	defer r.Close()
	siti := person(ctx, t, r, "6281400000051", "Siti")
	if _, err := siti.Image(ctx, siti.Phone(), make([]byte, 2000), ""); err == nil {
		t.Error("a file over the limit was taken")
	}
}

// The office's phone answers by hand: the bot sees it as its own, and the
// phone sees what the bot writes.
func TestOfficePhone(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000061", "Siti")
	b := bot(ctx, t, r, "6281400000062")
	str := must[string](t)
	str(b.Text(ctx, siti.Phone(), "sebelum telepon hidup"))
	wantText(ctx, t, siti, "sebelum telepon hidup")
	phone := must[*Person](t)(r.Live(ctx, b.acct))
	str(phone.Text(ctx, siti.Phone(), "ini petugas"))
	m := wantText(ctx, t, siti, "ini petugas")
	if m.Sender != b.LID() {
		t.Errorf("the citizen sees %s", m.Sender)
	}
	own := wantText(ctx, t, b.Person, "ini petugas")
	if !own.Mine || own.Chat != siti.LID() {
		t.Errorf("the bot sees %+v", own)
	}
	str(b.Text(ctx, siti.Phone(), "ini bot"))
	if seen := wantText(ctx, t, phone, "ini bot"); !seen.Mine {
		t.Errorf("the phone sees %+v", seen)
	}
	str(siti.Text(ctx, b.Phone(), "terima kasih"))
	wantText(ctx, t, phone, "terima kasih")
	wantText(ctx, t, b.Person, "terima kasih")
}

func TestPreKeysRunLow(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	b := bot(ctx, t, r, "6281400000071")
	if n := r.PreKeys(b.acct, 1); n != whatsmeow.WantedPreKeyCount {
		t.Errorf("the bot has uploaded %d", n)
	}
	r.mu.Lock()
	for range whatsmeow.WantedPreKeyCount - 3 {
		r.handOut(b.acct.lidJID(1))
	}
	r.mu.Unlock()
	ok(t, r.Until(ctx, func() bool { return r.PreKeys(b.acct, 1) >= whatsmeow.WantedPreKeyCount }))
	if n := r.PreKeys(b.acct, 7); n != -1 {
		t.Errorf("a device that is none has %d", n)
	}
}

// The same message sent again with its id, as after a lost ack.
func TestSendAgainWithTheSameID(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281400000081", "Siti")
	b := bot(ctx, t, r, "6281400000082")
	r.Fault(once(func(s Stanza) bool { return !s.In && s.Tag == "ack" && s.Class == "message" && s.Phone == b.Phone() },
		Verdict{Do: Drop}))
	chat, err := parseChat(siti.Phone())
	ok(t, err)
	send := func(limit time.Duration) error {
		_, err := b.client().SendMessage(ctx, chat, &waE2E.Message{Conversation: new("surat")},
			whatsmeow.SendRequestExtra{ID: "3EB0AABBCC", Timeout: limit})
		return err
	}
	if err = send(100 * time.Millisecond); err == nil {
		t.Error("sent without an ack")
	}
	ok(t, send(0))
	_, err = siti.Wait(ctx, func(in Inbox) bool { return len(in.Messages) == 2 && in.Messages[0].ID == in.Messages[1].ID })
	ok(t, err)
}
