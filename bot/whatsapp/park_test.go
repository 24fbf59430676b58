package whatsapp

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/bot"
)

// What cannot be written down as it came stops nobody: its sender is answered, the next messages of everybody come, and no
// new connection is made for it.
func TestNothingThatCannotBeStoredStopsTheIntake(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var resets atomic.Int64
	_, p, d := s.met(t, func(o *Options) {
		o.OnFault = func(kind string) {
			if kind == "reset" {
				resets.Add(1)
			}
		}
	})
	other := s.person(t)
	for _, name := range []string{"wa-pin-nan", "wa-live-inf", "wa-quote-nul"} {
		must[string](t)(p.Raw(s.ctx, office, field(t, name)))
	}
	nul := &waCommon.MessageKey{ID: new("3EB0\x00AA"), RemoteJID: new(s.acct.LID())}
	for _, m := range []*waE2E.Message{
		{PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: nul, Vote: &waE2E.PollEncValue{EncPayload: []byte("x"), EncIV: []byte("x")}}},
		{ReactionMessage: &waE2E.ReactionMessage{Key: nul, Text: new("👍")}},
		{SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{TargetMessageKey: nul, SecretEncType: waE2E.SecretEncryptedMessage_MESSAGE_EDIT.Enum(), EncPayload: []byte("x"), EncIV: []byte("x")}},
		edited(said("diubah")), said("nol \x00 di tengah"),
		{ImageMessage: &waE2E.ImageMessage{DirectPath: new(strings.Repeat("/x", 3000)), Caption: new("jauh sekali")}},
	} {
		must[string](t)(p.Raw(s.ctx, office, m))
	}
	must[string](t)(p.Text(s.ctx, office, "sesudahnya"))
	must[string](t)(other.Text(s.ctx, office, "orang lain"))
	d.words(s.ctx, t, "orang lain")
	d.words(s.ctx, t, "sesudahnya")
	var got []string
	for _, ev := range d.events() {
		if ev.Chat == p.Chat() {
			got = append(got, told([]bot.Event{ev})...)
		}
	}
	want := "halo bot.Location bot.Location lampu jalan mati di Kelurahan Cipare bot.Unsupported bot.Unsupported bot.Unsupported diubah nol  di tengah jauh sekali sesudahnya"
	if strings.Join(got, " ") != want || resets.Load() != 0 {
		t.Errorf("%d new connections; handled %q", resets.Load(), got)
	}
}

// A photo in HD comes twice and is one event; its bytes are the sharp ones, and the small ones when those are gone.
func TestAPhotoInHDIsOnePhoto(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, d := s.met(t, nil)
	small, sharp := []byte("\xff\xd8 kecil"), []byte("\xff\xd8 tajam, dan besar")
	id := must[string](t)(p.Image(s.ctx, office, small, "got mampet"))
	ev := d.words(s.ctx, t, "got mampet")
	must[string](t)(p.Image(s.ctx, office, sharp, "contoh")) // only to have it on the network
	tk, err := parseMedia(d.words(s.ctx, t, "contoh").Body.(bot.Photo).Media)
	if err != nil {
		t.Fatal(err)
	}
	child := field(t, "wa-hd-child", "PARENT", id)
	i := child.AssociatedChildMessage.Message.ImageMessage
	i.DirectPath, i.MediaKey, i.FileSHA256, i.FileEncSHA256, i.FileLength = &tk.Path, tk.Key, tk.Plain, tk.Sealed, new(uint64(len(sharp)))
	must[string](t)(p.Raw(s.ctx, office, child))
	must[string](t)(p.Text(s.ctx, office, "akhir"))
	d.words(s.ctx, t, "akhir")
	if n := len(d.events()); n != 4 {
		t.Errorf("%d events came: %v", n, told(d.events()))
	}
	bytesOf := func() string {
		t.Helper()
		f, err := c.Fetch(s.ctx, ev.Body.(bot.Photo).Media)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		all, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(all)
	}
	if got := bytesOf(); got != string(sharp) {
		t.Errorf("the photo is %q", got)
	}
	if _, err := c.opt.DB.ExecContext(s.ctx, `UPDATE sharper SET media = 'x'`); err != nil {
		t.Fatal(err)
	}
	if got := bytesOf(); got != string(small) {
		t.Errorf("without the sharp copy it is %q", got)
	}
}

// An event that fails for long is set aside, and what cannot be read any more is kept where a person will find it. The chat
// goes on after both, and so does everybody else.
func TestWhatFailsForLongIsSetAside(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	parked := make(chan bot.Event, 10)
	c := s.open(t, func(o *Options) {
		o.ParkAfter = 20 * time.Millisecond
		o.Park = func(_ context.Context, ev bot.Event, cause error) error {
			if cause == nil || cause.Error() != "never" {
				t.Errorf("the cause is %v", cause)
			}
			parked <- ev
			return nil
		}
	})
	const damaged = `INSERT INTO inbox (id, chat, event) VALUES ('wa:1@lid/1@lid/A', '1@lid', '{"k":"tomorrow","f":{"i":"1@lid","n":"Budi"}}'),
		('wa:120@g.us/1@lid/A', '120@g.us', '\xff')`
	if _, err := c.opt.DB.ExecContext(s.ctx, damaged); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"racun", "sesudahnya"} {
		ev := bot.Event{ID: eventID("1@lid", "1@lid", text), Chat: address("1@lid"), From: bot.Person{ID: "1@lid"}, At: sentAt, Body: bot.Text{Text: text}}
		if _, err := c.put(s.ctx, ev, false); err != nil {
			t.Fatal(err)
		}
	}
	d := newDiary()
	s.run(t, c, func(ctx context.Context, ev bot.Event) error {
		if bot.Words(ev.Body) == "racun" {
			return errors.New("never")
		}
		return d.handle(ctx, ev)
	})
	d.words(s.ctx, t, "sesudahnya")
	if ev := <-parked; bot.Words(ev.Body) != "racun" {
		t.Errorf("set aside: %v", ev)
	}
	all := d.wait(s.ctx, t, func(all []bot.Event) bool { return len(all) == 3 })
	for _, ev := range all {
		if bot.Words(ev.Body) == "sesudahnya" {
			continue
		}
		if ev.Body != (bot.Unsupported{Kind: bot.Unreadable}) || ev.Group != (ev.Chat.ID == "120@g.us") || !ev.Group && ev.From.ID != "1@lid" {
			t.Errorf("a damaged row came as %+v", ev)
		}
	}
	s.until(t, "the inbox is empty", func() bool {
		left, err := c.rows.after(s.ctx, 0, 10)
		return err == nil && len(left) == 0
	})
	var kept int
	if err := c.opt.DB.QueryRowContext(s.ctx, `SELECT count(*) FROM unread`).Scan(&kept); err != nil || kept != 2 {
		t.Errorf("%d damaged rows are kept: %v", kept, err)
	}
}
