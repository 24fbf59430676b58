package warelay

import (
	"bufio"
	"bytes"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
)

// The second retry carries keys for a new session.
func TestRetryTwice(t *testing.T) {
	t.Parallel()
	for name, inGroup := range map[string]bool{"direct": false, "group": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, r := start(t)
			siti := person(ctx, t, r, "6281450000001", "Siti")
			b := bot(ctx, t, r, "6281450000002")
			to := b.Phone()
			if inGroup {
				to = must[*Group](t)(r.Group("Meja", siti.Account(), b.acct)).ID()
			}
			var seen atomic.Int32
			r.Fault(func(s Stanza) Verdict {
				if !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Device > 0 && seen.Add(1) <= 2 {
					return Verdict{Do: Corrupt}
				}
				return Verdict{}
			})
			must[string](t)(siti.Text(ctx, to, "dua kali rusak"))
			wantText(ctx, t, b.Person, "dua kali rusak")
			again, err := r.Seen(ctx, func(s Stanza) bool { return s.In && s.Tag == "message" && s.Retry == "2" })
			ok(t, err)
			if again.Phone != siti.Phone() {
				t.Errorf("sent again by %s", again.Phone)
			}
			must[string](t)(b.Text(ctx, siti.Phone(), "terima"))
			wantText(ctx, t, siti, "terima")
		})
	}
}

// The sender is away when the message cannot be read, and has forgotten it
// but for its store when the retry reaches it.
func TestRetryAfterTheSenderCameBack(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281450000011", "Siti")
	b := bot(ctx, t, r, "6281450000012")
	b.Disconnect()
	must[string](t)(siti.Text(ctx, b.Phone(), "surat lama"))
	siti.Disconnect()
	r.Fault(once(func(s Stanza) bool { return !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Offline },
		Verdict{Do: Corrupt}))
	ok(t, b.Connect(ctx))
	_, err := r.Seen(ctx, func(s Stanza) bool { return s.In && s.Tag == "receipt" && s.Type == "retry" })
	ok(t, err)
	ok(t, siti.Connect(ctx))
	wantText(ctx, t, b.Person, "surat lama")
}

// The office's phone cannot read what the bot has sent, and asks the bot.
func TestRetryBetweenOwnDevices(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281450000021", "Siti")
	b := bot(ctx, t, r, "6281450000022")
	phone := must[*Person](t)(r.Live(ctx, b.acct))
	r.Fault(once(func(s Stanza) bool {
		return !s.In && s.Tag == "message" && s.Phone == b.Phone() && s.Device == 0
	}, Verdict{Do: Corrupt}))
	must[string](t)(b.Text(ctx, siti.Phone(), "jawaban"))
	wantText(ctx, t, siti, "jawaban")
	if m := wantText(ctx, t, phone, "jawaban"); !m.Mine || m.Chat != siti.LID() {
		t.Errorf("the phone sees %+v", m)
	}
}

// Faults on what clients send.
func TestFaultsOnTheWayIn(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281450000031", "Siti")
	b := bot(ctx, t, r, "6281450000032")
	fromSiti := func(s Stanza) bool { return s.In && s.Tag == "message" && s.Phone == siti.Phone() }
	for text, v := range map[string]Verdict{
		"rusak":  {Do: Corrupt},
		"lambat": {Do: Delay, For: 20 * time.Millisecond},
		"ganda":  {Do: Duplicate},
		"putus":  {Do: Close}, // the client connects again and repeats the message by itself
	} {
		remove := r.Fault(once(fromSiti, v))
		must[string](t)(siti.Text(ctx, b.Phone(), text))
		wantText(ctx, t, b.Person, text)
		remove()
	}
	// A lost receipt of a message: the relay keeps the message.
	ok(t, r.Until(ctx, func() bool { return b.acct.Pending() == 0 }))
	r.Fault(once(func(s Stanza) bool { return s.In && s.Tag == "receipt" && s.Phone == b.Phone() }, Verdict{Do: Drop}))
	id := must[string](t)(siti.Text(ctx, b.Phone(), "tak bertanda"))
	wantText(ctx, t, b.Person, "tak bertanda")
	_, err := r.Seen(ctx, func(s Stanza) bool { return s.In && s.Tag == "receipt" && s.Phone == b.Phone() && s.ID == id })
	ok(t, err)
	if b.acct.Pending() == 0 {
		t.Error("settled by a receipt that was lost")
	}
}

// Whoever is no WhatsApp client is turned away, and the relay goes on.
func TestStrangersAtTheDoor(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	for name, data := range map[string][]byte{
		"text":         []byte("GET / HTTP/1.1\r\n\r\n"),
		"empty hello":  []byte("WA\x06\x03\x00\x00\x00"),
		"short key":    []byte("WA\x06\x03\x00\x00\x06\x12\x04\x0a\x02ab"),
		"routing only": []byte("ED\x00\x01\x00\x00\x02abXX\x06\x03"),
	} {
		ws, _, err := websocket.Dial(ctx, r.PlainURL(), nil)
		ok(t, err)
		ok(t, ws.Write(ctx, websocket.MessageBinary, data))
		if _, _, err = ws.Read(ctx); err == nil {
			t.Errorf("%s was answered", name)
		}
		ws.CloseNow()
	}
	head, err := readPrologue(bufio.NewReader(bytes.NewReader([]byte("ED\x00\x01\x00\x00\x02abWA\x06\x03rest"))))
	if err != nil || string(head) != "WA\x06\x03" {
		t.Errorf("after edge routing: %q, %v", head, err)
	}
}

func TestDeviceWithAnotherKey(t *testing.T) {
	t.Parallel()
	unsafeUnderRace(t, raceDelete)
	ctx, r := start(t)
	a := r.Account("6281450000041", AccountOptions{PushName: "Rabeg"})
	dev, err := r.Device(a)
	ok(t, err)
	dev.NoiseKey = keys.NewKeyPair()
	thief := dial(t, a, dev)
	if err = thief.Connect(ctx); err == nil || !strings.Contains(err.Error(), "logged out") {
		t.Errorf("a device with another key: %v", err)
	}
}

// Groups as their members' clients change them.
func TestClientsChangeGroups(t *testing.T) {
	t.Parallel()
	unsafeUnderRace(t, raceGroup)
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281450000051", "Siti")
	b := bot(ctx, t, r, "6281450000052")
	g := must[*Group](t)(r.Group("Meja", siti.Account(), b.acct))
	event[*events.JoinedGroup](ctx, t, b)
	cli := siti.client()
	ok(t, cli.SetGroupName(ctx, g.jid(), "Meja Dishub"))
	if e := event[*events.GroupInfo](ctx, t, b); e.Name == nil || e.Name.Name != "Meja Dishub" {
		t.Errorf("saw %+v", e)
	}
	ok(t, cli.SetGroupTopic(ctx, g.jid(), "", "", "lampu jalan"))
	ok(t, cli.SetGroupAnnounce(ctx, g.jid(), true))
	if e := event[*events.GroupInfo](ctx, t, b); e.Announce == nil || !e.Announce.IsAnnounce {
		t.Errorf("saw %+v", e)
	}
	ok(t, cli.SetGroupAnnounce(ctx, g.jid(), false))
	ok(t, cli.SetGroupLocked(ctx, g.jid(), true))
	if err := b.client().SetGroupName(ctx, g.jid(), "lain"); err == nil {
		t.Error("a plain member renamed a locked group")
	}
	old := must[string](t)(cli.GetGroupInviteLink(ctx, g.jid(), false))
	link := must[string](t)(cli.GetGroupInviteLink(ctx, g.jid(), true))
	if old == link || link != g.InviteLink() {
		t.Errorf("links %s, %s, %s", old, link, g.InviteLink())
	}
	if _, err := b.client().GetGroupInfoFromLink(ctx, old); err == nil {
		t.Error("a revoked link still works")
	}
	info, err := b.client().GetGroupInfoFromLink(ctx, link)
	ok(t, err)
	if info.Name != "Meja Dishub" || info.Topic != "lampu jalan" || !info.IsLocked || info.IsAnnounce {
		t.Errorf("group is %+v", info)
	}
}
