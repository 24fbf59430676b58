package warelay

import (
	"errors"
	"testing"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// One person as LID, as phone with and without the LID beside it.
func TestAddressing(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000001", "Siti")
	b := bot(ctx, t, r, "6281600000002")
	b.echo(t)
	byPhone := siti.Phone() + "@s.whatsapp.net"
	for _, c := range []struct {
		how  Addressing
		text string
		chat string
	}{
		{ByPhoneOnly, "nomor saja", byPhone},
		{ByPhone, "nomor dan LID", byPhone},
		{ByLID, "LID", siti.LID()},
	} {
		siti.Account().SetAddressing(c.how)
		must[string](t)(siti.Text(ctx, b.Phone(), c.text))
		if m := wantText(ctx, t, b.Person, c.text); m.Chat != c.chat || m.Phone != siti.Phone() {
			t.Errorf("%s came as %+v", c.text, m)
		}
		wantText(ctx, t, siti, "echo: "+c.text)
	}
}

func TestHiddenPhone(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	r.Account("6281600000011", AccountOptions{HidePhone: true, LID: "990011223344556"})
	siti := person(ctx, t, r, "6281600000011", "Siti")
	b := bot(ctx, t, r, "6281600000012")
	b.echo(t)
	g := must[*Group](t)(r.Group("Meja", b.acct, siti.Account()))
	must[string](t)(siti.Text(ctx, b.LID(), "rahasia"))
	must[string](t)(siti.Text(ctx, g.ID(), "rahasia di grup"))
	wantText(ctx, t, siti, "echo: rahasia")
	wantText(ctx, t, siti, "echo: rahasia di grup")
	for _, m := range b.Inbox().Messages {
		if m.Phone != "" || m.Sender != "990011223344556@lid" {
			t.Errorf("the number shows: %+v", m)
		}
	}
	lid, err := types.ParseJID(siti.LID())
	ok(t, err)
	if pn, err := b.mem.GetPNForLID(ctx, lid); err != nil || !pn.IsEmpty() {
		t.Errorf("the bot has learnt the number: %s, %v", pn, err)
	}
	siti.Account().SetHidePhone(false)
	must[string](t)(siti.Text(ctx, b.LID(), "terbuka"))
	if m := wantText(ctx, t, b.Person, "terbuka"); m.Phone != siti.Phone() {
		t.Errorf("now open: %+v", m)
	}
}

func TestNumberChanges(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000021", "Siti")
	b := bot(ctx, t, r, "6281600000022")
	b.echo(t)
	must[string](t)(siti.Text(ctx, b.Phone(), "lama"))
	before := wantText(ctx, t, b.Person, "lama")
	wantText(ctx, t, siti, "echo: lama")
	if err := siti.Move(ctx, b.Phone()); err == nil {
		t.Error("took a number that is taken")
	}
	ok(t, siti.Connect(ctx))
	ok(t, siti.Move(ctx, "6281600000029"))
	must[string](t)(siti.Text(ctx, b.Phone(), "baru"))
	after := wantText(ctx, t, b.Person, "baru")
	if after.Sender != before.Sender || after.Phone != "6281600000029" {
		t.Errorf("before %+v, after %+v", before, after)
	}
	wantText(ctx, t, siti, "echo: baru")
}

func TestLookUpNumbers(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000031", "Siti")
	b := bot(ctx, t, r, "6281600000032")
	found, err := b.client().IsOnWhatsApp(ctx, []string{"+" + siti.Phone(), "+6281699999999"})
	ok(t, err)
	if len(found) != 2 || !found[0].IsIn || found[0].JID.String() != siti.LID() || found[0].PhoneNumber.User != siti.Phone() || found[1].IsIn {
		t.Errorf("found %+v", found)
	}
	chat := types.NewJID(siti.Phone(), types.DefaultUserServer)
	info, err := b.client().GetUserInfo(ctx, []types.JID{chat})
	ok(t, err)
	if info[chat].LID.String() != siti.LID() || len(info[chat].Devices) != 1 {
		t.Errorf("info %+v", info[chat])
	}
	if _, err = b.Text(ctx, "6281699999999", "halo"); err == nil {
		t.Error("wrote to a number that is not on WhatsApp")
	}
	if _, err = b.Text(ctx, "123456789012345@lid", "halo"); err == nil {
		t.Error("wrote to a LID that does not exist")
	}
}

func TestPresenceAndTyping(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000041", "Siti")
	b := bot(ctx, t, r, "6281600000042")
	ok(t, siti.Watch(ctx, b.LID()))
	ok(t, b.Appear(ctx, true))
	_, err := siti.Wait(ctx, func(in Inbox) bool {
		return len(in.Presence) > 0 && in.Presence[len(in.Presence)-1] == Presence{From: b.LID(), Online: true}
	})
	ok(t, err)
	ok(t, siti.Appear(ctx, true))
	_, err = r.Seen(ctx, func(s Stanza) bool {
		return s.In && s.Tag == "presence" && s.Phone == siti.Phone() && s.Type == "available"
	})
	ok(t, err)
	ok(t, b.Type(ctx, siti.Phone(), true))
	ok(t, b.Type(ctx, siti.Phone(), false))
	in, err := siti.Wait(ctx, func(in Inbox) bool { return len(in.Typing) == 2 })
	ok(t, err)
	if in.Typing[0].State != "composing" || in.Typing[1].State != "paused" || in.Typing[0].From != b.Phone()+"@s.whatsapp.net" {
		t.Errorf("saw %+v", in.Typing)
	}
	g := must[*Group](t)(r.Group("Meja", siti.Account(), b.acct))
	ok(t, b.Type(ctx, g.ID(), true))
	in, err = siti.Wait(ctx, func(in Inbox) bool { return len(in.Typing) == 3 })
	ok(t, err)
	if in.Typing[2].Chat != g.ID() || in.Typing[2].From != b.LID() {
		t.Errorf("saw %+v", in.Typing[2])
	}
	ok(t, b.Appear(ctx, false))
	_, err = siti.Wait(ctx, func(in Inbox) bool { return !in.Presence[len(in.Presence)-1].Online })
	ok(t, err)
}

// Clients ask for much that nothing depends on, and survive the answers.
func TestSideQueries(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	b := bot(ctx, t, r, "6281600000051")
	settings, err := b.client().TryFetchPrivacySettings(ctx, true)
	ok(t, err)
	if settings.ReadReceipts != types.PrivacySettingAll {
		t.Errorf("settings %+v", settings)
	}
	if list, err := b.client().GetBlocklist(ctx); err != nil || len(list.JIDs) != 0 {
		t.Errorf("blocklist %+v, %v", list, err)
	}
	if _, err = b.client().GetProfilePictureInfo(ctx, b.acct.lidJID(0), nil); err == nil {
		t.Error("somebody has a picture")
	}
	if _, err = b.client().GetGroupInfo(ctx, types.NewJID("120363400000000000", types.GroupServer)); err == nil {
		t.Error("a group that does not exist has been shown")
	}
	if alive, _ := b.client().DangerousInternals().SendKeepAlive(ctx); !alive { //nolint:staticcheck // the only way to ping at will
		t.Error("no answer to a ping")
	}
	if err = b.client().SetPassive(ctx, true); err != nil {
		t.Error(err)
	}
	if _, err := b.client().Upload(ctx, nil, "WhatsApp Image Keys"); err != nil {
		t.Errorf("upload of nothing: %v", err)
	}
}

// Errors of people are errors, not panics.
func TestMistakes(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000061", "Siti")
	for name, err := range map[string]error{
		"edit nothing":    second(siti.EditLast(ctx, "6281600000069", "x")),
		"revoke nothing":  second(siti.Revoke(ctx, "6281600000069")),
		"vote in no poll": second(siti.Vote(ctx, Received{ID: "x"})),
		"media of text":   second(siti.Media(ctx, Received{ID: "x"})),
		"bad address":     second(siti.Text(ctx, "1.2.3:4@s.whatsapp.net", "x")),
		"empty group":     second(r.Group("kosong")),
		"not a QR code":   second(siti.Account().Scan(ctx, "halo")),
	} {
		if err == nil {
			t.Errorf("%s gives no error", name)
		}
	}
	siti.Disconnect()
	if _, err := siti.Text(ctx, siti.Phone(), "x"); !errors.Is(err, errLoggedOut) {
		t.Errorf("sending offline gives %v", err)
	}
	r.Unplug(siti.Account())
	r.Plug(siti.Account())
	ok(t, siti.Connect(ctx))
	r.Close()
	r.Close()
	if _, err := r.Person(ctx, "6281600000062", "Budi"); err == nil {
		t.Error("somebody logged in at a closed relay")
	}
	if err := r.Restart(); err == nil {
		t.Error("a closed relay has restarted")
	}
}

func second[T any](_ T, err error) error { return err }

// The SKDM gotcha: the first group message of a sender is two events with one
// id for whatsmeow, and the inbox shows one.
func TestFirstGroupMessageIsTwoEvents(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000071", "Siti")
	b := bot(ctx, t, r, "6281600000072")
	g := must[*Group](t)(r.Group("Meja", siti.Account(), b.acct))
	id := must[string](t)(siti.Text(ctx, g.ID(), "pertama"))
	first := event[*events.Message](ctx, t, b)
	then := event[*events.Message](ctx, t, b)
	if first.Info.ID != id || then.Info.ID != id || first.Message.GetConversation() != "" || then.Message.GetConversation() != "pertama" {
		t.Errorf("events %+v and %+v", first, then)
	}
	if n := len(b.Inbox().Messages); n != 1 {
		t.Errorf("the inbox shows %d", n)
	}
}
