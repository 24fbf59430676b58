package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/internal/sim/warelay"
)

// met is a person who has written once, and the running channel.
func (s *site) met(t *testing.T, change func(*Options)) (*Channel, *person, *diary) {
	t.Helper()
	c, d := s.open(t, change), newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	must[string](t)(p.Text(s.ctx, office, "halo"))
	d.words(s.ctx, t, "halo")
	return c, p, d
}

func TestDuplicatesAndCorruption(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, p, d := s.met(t, nil)
	toUs := func(st warelay.Stanza) bool {
		return !st.In && st.Tag == "message" && st.Phone == office && st.Device > 0
	}
	act := func(do warelay.Action) {
		var done atomic.Bool
		s.Fault(func(st warelay.Stanza) warelay.Verdict {
			if toUs(st) && done.CompareAndSwap(false, true) {
				return warelay.Verdict{Do: do}
			}
			return warelay.Verdict{}
		})
	}
	for i, do := range []warelay.Action{warelay.Duplicate, warelay.Corrupt, warelay.Close} {
		act(do)
		text := fmt.Sprint("pesan ", i)
		must[string](t)(p.Text(s.ctx, office, text))
		d.words(s.ctx, t, text)
	}
	act(warelay.Drop) // comes with the next connection
	lost := must[string](t)(p.Text(s.ctx, office, "hilang di jalan"))
	// Once it has been lost: a connection that ends before would have the second handing out lost in its place.
	if _, err := s.Seen(s.ctx, func(st warelay.Stanza) bool { return toUs(st) && st.ID == lost }); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(); err != nil {
		t.Fatal(err)
	}
	d.words(s.ctx, t, "hilang di jalan")
	if err := p.Connect(s.ctx); err != nil {
		t.Fatal(err)
	}
	s.until(t, "the person is back", func() bool { return p.Account().Online() })
	must[string](t)(p.Text(s.ctx, office, "akhir"))
	d.words(s.ctx, t, "akhir")
	if got := wordsOf(d.events(), p.Chat()); fmt.Sprint(got) != "[halo pesan 0 pesan 1 pesan 2 hilang di jalan akhir]" {
		t.Errorf("handled %q", got)
	}
}

// A message of ours that a phone could not read is sent again, also by the program that runs after the one that wrote it.
func TestPhoneAsksAgainAfterRestart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, d := s.open(t, nil), newDiary()
	stop := s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	must[string](t)(p.Text(s.ctx, office, "halo"))
	d.words(s.ctx, t, "halo")
	p.Disconnect()
	var done atomic.Bool
	s.Fault(func(st warelay.Stanza) warelay.Verdict {
		if !st.In && st.Tag == "message" && st.Phone == p.Phone() && done.CompareAndSwap(false, true) {
			return warelay.Verdict{Do: warelay.Corrupt}
		}
		return warelay.Verdict{}
	})
	if _, err := c.Send(s.ctx, p.Chat(), "surat", bot.Message{Text: "surat"}); err != nil {
		t.Fatal(err)
	}
	stop()
	c2 := s.open(t, nil)
	s.run(t, c2, d.handle)
	s.ready(t, c2)
	if err := p.Connect(s.ctx); err != nil {
		t.Fatal(err)
	}
	must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "surat" }))
}

// A letter sent again after a lost acknowledgement has the id it had before.
func TestSentAgainUnderTheSameID(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, _ := s.met(t, func(o *Options) { o.SendTimeout = time.Second })
	var done atomic.Bool
	s.Fault(func(st warelay.Stanza) warelay.Verdict {
		if !st.In && st.Tag == "ack" && st.Class == "message" && st.Phone == office && done.CompareAndSwap(false, true) {
			return warelay.Verdict{Do: warelay.Drop}
		}
		return warelay.Verdict{}
	})
	if _, err := c.Send(s.ctx, p.Chat(), "surat-1", bot.Message{Text: "surat"}); bot.AsSendError(err).Remedy != bot.Retry {
		t.Errorf("without an acknowledgement Send gives %v", err)
	}
	ref, err := c.Send(s.ctx, p.Chat(), "surat-1", bot.Message{Text: "surat"})
	if err != nil {
		t.Fatal(err)
	}
	in, err := p.Person.Wait(s.ctx, func(in warelay.Inbox) bool { return len(in.Messages) == 2 })
	if err != nil || in.Messages[0].ID != ref.ID || in.Messages[1].ID != ref.ID {
		t.Errorf("the phone has %+v", in.Messages)
	}
}

func TestOfficeAnswersByHand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	told := make(chan Office, 10)
	var tries atomic.Int64
	_, p, d := s.met(t, func(o *Options) {
		o.OnOffice = func(_ context.Context, x Office) error {
			if tries.Add(1) == 1 {
				return errors.New("not yet")
			}
			told <- x
			return nil
		}
	})
	phone := must[*warelay.Person](t)(s.Live(s.ctx, s.acct))
	must[string](t)(phone.Text(s.ctx, p.LID(), "ini petugas"))
	select {
	case x := <-told:
		if x.To != p.Chat() || x.Text != "ini petugas" || x.Kind != "text" || x.At.IsZero() || x.ID == "" {
			t.Errorf("told %+v", x)
		}
	case <-s.ctx.Done():
		t.Fatal("nobody was told")
	}
	must[string](t)(phone.Revoke(s.ctx, p.LID()))
	must[string](t)(phone.Text(s.ctx, p.LID(), "maaf, ralat"))
	select {
	case x := <-told:
		if x.Text != "maaf, ralat" {
			t.Errorf("told %+v: what is taken back is nothing written", x)
		}
	case <-s.ctx.Done():
		t.Fatal("nobody was told")
	}
	must[string](t)(p.Text(s.ctx, office, "terima kasih"))
	d.words(s.ctx, t, "terima kasih")
	if got := wordsOf(d.events(), p.Chat()); len(got) != 2 {
		t.Errorf("handled %q", got)
	}
}

func TestTypingIsShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, _ := s.met(t, func(o *Options) { o.Typing = Span{First: time.Millisecond, Last: 2 * time.Millisecond} })
	if err := p.Appear(s.ctx, true); err != nil {
		t.Fatal(err)
	}
	must[warelay.Stanza](t)(s.Seen(s.ctx, func(st warelay.Stanza) bool {
		return st.In && st.Tag == "presence" && st.Phone == p.Phone()
	}))
	if _, err := c.Send(s.ctx, p.Chat(), "k", bot.Message{Text: "balasan"}); err != nil {
		t.Fatal(err)
	}
	in, err := p.Person.Wait(s.ctx, func(in warelay.Inbox) bool { return len(in.Typing) > 0 })
	if err != nil || in.Typing[0].State != "composing" {
		t.Errorf("saw %+v, %v", in.Typing, err)
	}
}

func TestPolls(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, d := s.met(t, func(o *Options) { o.Polls = true })
	menu := bot.Menu{ID: "nilai-1", Choices: []bot.Choice{{ID: "beres", Label: "✅ Sudah beres"}, {ID: "belum", Label: "Belum"}}}
	if _, err := c.Send(s.ctx, p.Chat(), "k", bot.Message{Text: "Sudah beres?", Menu: &menu}); err != nil {
		t.Fatal(err)
	}
	poll := must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Kind == "poll" }))
	must[string](t)(p.Vote(s.ctx, poll, "Belum"))
	ev := d.nth(s.ctx, t, 1)
	if got, ok := menu.Match(ev.Body); !ok || got.ID != "belum" || !ev.Ref.Zero() {
		t.Errorf("the vote came as %#v", ev)
	}
	must[string](t)(p.Vote(s.ctx, poll)) // taken back: says nothing
	must[string](t)(p.VoteUnknown(s.ctx, office, "3EB0000000000000000000"))
	if ev := d.nth(s.ctx, t, 2); ev.Body != (bot.Unsupported{Kind: "vote"}) {
		t.Errorf("a vote in a poll that is none came as %#v", ev.Body)
	}
	shown := must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Kind == "text" }))
	must[string](t)(p.Reaction(s.ctx, shown, "✅"))
	if got, ok := menu.Match(d.nth(s.ctx, t, 3).Body); !ok || got.ID != "beres" {
		t.Errorf("the reaction came as %#v", d.nth(s.ctx, t, 3).Body)
	}
	must[string](t)(p.Reaction(s.ctx, shown, ""))
	must[string](t)(p.Reaction(s.ctx, shown, "😮"))
	if ev := d.nth(s.ctx, t, 4); ev.Body != (bot.Unsupported{Kind: "reaction"}) {
		t.Errorf("another reaction came as %#v", ev.Body)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, d := s.met(t, nil)
	n := 0
	next := func() bot.Event { n++; return d.nth(s.ctx, t, n) }

	// A document that claims 100 MB is refused before a byte of it is loaded.
	must[string](t)(p.Document(s.ctx, office, "besar.pdf", "application/pdf", []byte("kecil"), 100<<20))
	doc, ok := next().Body.(bot.Document)
	if !ok || doc.Media.Size != 100<<20 || doc.Name != "besar.pdf" {
		t.Errorf("the document came as %#v", doc)
	}
	if _, err := c.Fetch(s.ctx, doc.Media); bot.AsSendError(err).Remedy != bot.GiveUp || !errors.Is(err, errTooLarge) {
		t.Errorf("fetching it gives %v", err)
	}
	// One that is larger than it claims is stopped on the way.
	must[string](t)(p.Document(s.ctx, office, "bohong.bin", "application/octet-stream", make([]byte, MaxFile+100), 10))
	if doc, ok = next().Body.(bot.Document); !ok {
		t.Fatal("the document came as something else")
	}
	if _, err := c.Fetch(s.ctx, doc.Media); bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("fetching it gives %v", err)
	}
	// A picture whose hash is wrong, and one that is gone.
	must[string](t)(p.Image(s.ctx, office, bottest.Picture(1), "rusak"))
	photo, ok := next().Body.(bot.Photo)
	if !ok {
		t.Fatal("the photo came as something else")
	}
	s.CorruptMedia()
	if _, err := c.Fetch(s.ctx, photo.Media); bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("a picture with a wrong hash gives %v", err)
	}
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		must[string](t)(p.Image(s.ctx, office, bottest.Picture(2), "hilang"))
		if photo, ok = next().Body.(bot.Photo); !ok {
			t.Fatal("the photo came as something else")
		}
		s.ExpireMedia(status)
		if _, err := c.Fetch(s.ctx, photo.Media); bot.AsSendError(err).Remedy != bot.GiveUp {
			t.Errorf("a picture that is gone (%d) gives %v", status, err)
		}
	}
	must[string](t)(p.QuoteUnknown(s.ctx, office, "3EB0FFFFFFFFFFFFFFFFFF", "yang mana?"))
	if ev := next(); ev.ReplyTo == nil || bot.Words(ev.Body) != "yang mana?" {
		t.Errorf("a quotation of nothing came as %#v", ev)
	}
	must[string](t)(p.Voice(s.ctx, office, []byte("OggS"), time.Hour))
	if v, ok := next().Body.(bot.Voice); !ok || v.Seconds != 3600 {
		t.Errorf("an hour came as %#v", v)
	}
	must[string](t)(p.Contact(s.ctx, office, "Ani", "628111"))
	must[string](t)(p.LiveLocation(s.ctx, office, -6.1, 106.1))
	must[string](t)(p.Video(s.ctx, office, []byte("mp4"), "lihat"))
	must[string](t)(p.ViewOnce(s.ctx, office, bottest.Picture(3)))
	must[string](t)(p.Raw(s.ctx, office, &waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{}})) // announces, shows nothing
	must[string](t)(p.Text(s.ctx, office, "salah ketik"))
	must[string](t)(p.Revoke(s.ctx, office))
	for _, want := range []string{"bot.Unsupported{Kind:\"contact\"}", "bot.Location", "Name:\"video\"", "bot.Photo", "salah ketik", "revoke"} {
		if got := fmt.Sprintf("%#v", next().Body); !strings.Contains(got, want) {
			t.Errorf("want %s, came as %s", want, got)
		}
	}
}

// A storm of stickers from one person: each comes once, in order, and others do not wait for it.
func TestStickerStorm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, p, d := s.met(t, nil)
	other := s.person(t)
	const storm = 100
	var wg sync.WaitGroup
	wg.Go(func() {
		for range storm {
			if _, err := p.Raw(s.ctx, office, &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}); err != nil {
				t.Error(err)
			}
		}
	})
	must[string](t)(other.Text(s.ctx, office, "orang lain"))
	d.words(s.ctx, t, "orang lain")
	wg.Wait()
	all := d.wait(s.ctx, t, func(evs []bot.Event) bool { return len(evs) == storm+2 })
	ids := map[bot.EventID]bool{}
	for _, ev := range all {
		ids[ev.ID] = true
	}
	if len(ids) != storm+2 {
		t.Errorf("%d events have %d ids", len(all), len(ids))
	}
}

// A card can be changed for a quarter of an hour; later it is to be sent anew.
func TestEditWindow(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var later atomic.Int64
	c, p, _ := s.met(t, func(o *Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) }
	})
	ref, err := c.Send(s.ctx, p.Chat(), "kartu", bot.Message{Text: "baru"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Edit(s.ctx, ref, bot.Message{Text: strings.Repeat("panjang ", 1000)}); err != nil {
		t.Errorf("a long edit: %v", err)
	}
	later.Store(int64(EditWindow + time.Second))
	if err := c.Edit(s.ctx, ref, bot.Message{Text: "lama"}); bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("a late edit gives %v", err)
	}
	if err := c.Edit(s.ctx, bot.MessageRef{Chat: ref.Chat, ID: ref.ID + "/" + p.LID()}, bot.Message{Text: "x"}); err == nil {
		t.Error("changed somebody else's message")
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, _ := s.met(t, nil)
	m := bot.Message{Text: "Berkas", Files: []bot.MediaRef{
		s.store.Put([]byte("OggS"), "audio/ogg"), s.store.Put([]byte("%PDF"), "application/pdf"), s.store.Put([]byte("mp4"), "video/mp4"),
	}}
	if _, err := c.Send(s.ctx, p.Chat(), "k", m); err != nil {
		t.Fatal(err)
	}
	in, err := p.Person.Wait(s.ctx, func(in warelay.Inbox) bool { return len(in.Messages) == 4 })
	if err != nil {
		t.Fatal(err)
	}
	for i, kind := range []string{"text", "voice", "document", "video"} {
		if in.Messages[i].Kind != kind {
			t.Errorf("message %d is a %s", i, in.Messages[i].Kind)
		}
	}
	if data := must[[]byte](t)(p.Media(s.ctx, in.Messages[2])); string(data) != "%PDF" {
		t.Errorf("the document is %q", data)
	}
}
