package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

func jid(s string) types.JID {
	j, err := types.ParseJID(s)
	if err != nil {
		panic(err)
	}
	return j
}

var (
	us     = own{lid: "900@lid", phone: "6289@s.whatsapp.net"}
	sentAt = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
)

// incoming is a message of the citizen 111@lid.
func incoming(m *waE2E.Message, change ...func(*events.Message)) *events.Message {
	e := &events.Message{RawMessage: m, Info: types.MessageInfo{
		ID: "3A01", Timestamp: sentAt, PushName: " Bu\x00di ",
		MessageSource: types.MessageSource{
			Chat: jid("111@lid"), Sender: jid("111:4@lid"), SenderAlt: jid("6281:4@s.whatsapp.net"),
		},
	}}
	for _, f := range change {
		f(e)
	}
	return e.UnwrapRaw()
}

func in(chat, sender string) func(*events.Message) {
	return func(e *events.Message) {
		e.Info.Chat, e.Info.Sender, e.Info.SenderAlt = jid(chat), jid(sender), types.EmptyJID
		e.Info.IsGroup = e.Info.Chat.Server == types.GroupServer
	}
}

func said(s string) *waE2E.Message { return &waE2E.Message{Conversation: &s} }

func edited(m *waE2E.Message) *waE2E.Message {
	return &waE2E.Message{EditedMessage: &waE2E.FutureProofMessage{Message: &waE2E.Message{
		ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), EditedMessage: m, Key: &waCommon.MessageKey{ID: new("3A00")},
		},
	}}}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	group := in("1203@g.us", "111:2@lid")
	for name, c := range map[string]struct {
		m    *waE2E.Message
		with []func(*events.Message)
		want bot.Body // nil for no event
		is   func(draft) bool
	}{
		"text":                {m: said("a\x00b"), want: bot.Text{Text: "ab"}},
		"formatted text":      {m: &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: new("*x*")}}, want: bot.Text{Text: "*x*"}},
		"disappearing text":   {m: &waE2E.Message{EphemeralMessage: &waE2E.FutureProofMessage{Message: said("x")}}, want: bot.Text{Text: "x"}},
		"in a group":          {m: said("x"), with: []func(*events.Message){group}, want: bot.Text{Text: "x"}, is: func(d draft) bool { return d.group && d.lid == "111@lid" && d.phone == "" }},
		"edit":                {m: edited(said("x")), want: bot.Text{Text: "x"}, is: func(d draft) bool { return d.edits == "3A00" && d.id == "3A01" }},
		"edit of nothing":     {m: edited(nil)},
		"location":            {m: &waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: new(-6.1), DegreesLongitude: new(106.2), Name: new("Alun-alun"), Address: new("Jl. Veteran")}}, want: bot.Location{Lat: -6.1, Lon: 106.2, Name: "Alun-alun", Address: "Jl. Veteran"}},
		"live location":       {m: &waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{DegreesLatitude: proto.Float64(1), SequenceNumber: proto.Int64(1700000000000000)}}, want: bot.Location{Lat: 1}},
		"moving on":           {m: &waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{TimeOffset: proto.Uint32(60)}}},
		"round video":         {m: &waE2E.Message{PtvMessage: &waE2E.VideoMessage{}}, is: func(d draft) bool { return kindOf(d.body) == kindDocument }},
		"contact":             {m: &waE2E.Message{ContactMessage: &waE2E.ContactMessage{}}, want: bot.Unsupported{Kind: "contact"}},
		"sticker":             {m: &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}, want: bot.Unsupported{Kind: "sticker"}},
		"event":               {m: &waE2E.Message{EventMessage: &waE2E.EventMessage{}}, want: bot.Unsupported{Kind: "event"}},
		"poll":                {m: &waE2E.Message{PollCreationMessageV3: &waE2E.PollCreationMessage{}}, want: bot.Unsupported{Kind: "poll"}},
		"button":              {m: &waE2E.Message{ButtonsResponseMessage: &waE2E.ButtonsResponseMessage{Response: &waE2E.ButtonsResponseMessage_SelectedDisplayText{SelectedDisplayText: "Kirim"}}}, want: bot.Text{Text: "Kirim"}},
		"list":                {m: &waE2E.Message{ListResponseMessage: &waE2E.ListResponseMessage{Title: new("Ubah")}}, want: bot.Text{Text: "Ubah"}},
		"reaction taken back": {m: &waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Text: new("")}}},
		"deleted":             {m: &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: &waCommon.MessageKey{ID: new("3A00")}}}, want: bot.Unsupported{Kind: "revoke"}, is: func(d draft) bool { return d.about == "3A00" }},
		"settings":            {m: &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_EPHEMERAL_SETTING.Enum()}}},
		"only a key":          {m: &waE2E.Message{SenderKeyDistributionMessage: &waE2E.SenderKeyDistributionMessage{}, MessageContextInfo: &waE2E.MessageContextInfo{}}, with: []func(*events.Message){group}},
		"key and text":        {m: &waE2E.Message{SenderKeyDistributionMessage: &waE2E.SenderKeyDistributionMessage{}, Conversation: new("x")}, with: []func(*events.Message){group}, want: bot.Text{Text: "x"}},
		"nothing":             {m: &waE2E.Message{}},
		"status":              {m: said("x"), with: []func(*events.Message){in("status@broadcast", "111@lid")}},
		"channel":             {m: said("x"), with: []func(*events.Message){in("120@newsletter", "120@newsletter")}},
		"machine":             {m: said("x"), with: []func(*events.Message){in("13135550002@s.whatsapp.net", "13135550002@s.whatsapp.net")}},
		"our own in a group":  {m: said("x"), with: []func(*events.Message){group, func(e *events.Message) { e.Info.IsFromMe = true }}},
		"note to ourselves":   {m: said("x"), with: []func(*events.Message){in("900@lid", "900@lid"), func(e *events.Message) { e.Info.IsFromMe = true }}},
		"by the office":       {m: said("x"), with: []func(*events.Message){in("111@lid", "900@lid"), func(e *events.Message) { e.Info.IsFromMe = true }}, want: bot.Text{Text: "x"}, is: func(d draft) bool { return d.office && d.lid == "111@lid" && d.name == "" }},
	} {
		d, ok := decode(incoming(c.m, c.with...), us)
		switch {
		case ok != (c.want != nil || c.is != nil):
			t.Errorf("%s: ok is %v: %#v", name, ok, d.body)
		case c.want != nil && d.body != c.want:
			t.Errorf("%s came as %#v", name, d.body)
		case c.is != nil && !c.is(d):
			t.Errorf("%s came as %+v", name, d)
		case ok && (!d.at.Equal(sentAt) || d.id != "3A01" || !d.office && d.name != "Budi"):
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestDecodeMedia(t *testing.T) {
	t.Parallel()
	key := bytes.Repeat([]byte{7}, 32)
	d, ok := decode(incoming(&waE2E.Message{
		ImageMessage: &waE2E.ImageMessage{
			Caption: new("rusak"), Mimetype: new("image/jpeg"), FileLength: proto.Uint64(123), MediaKey: key,
			DirectPath: new("/v/x?ccb=1"), FileSHA256: key, FileEncSHA256: key,
		},
		MessageContextInfo: &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
			AssociationType: waE2E.MessageAssociation_MEDIA_ALBUM.Enum(), ParentMessageKey: &waCommon.MessageKey{ID: new("ALBUM")},
		}},
	}), us)
	ph, is := d.body.(bot.Photo)
	if !ok || !is || ph.Caption != "rusak" || ph.Album != "ALBUM" || ph.Media.Size != 123 || ph.Media.MIME != "image/jpeg" {
		t.Fatalf("came as %#v", d.body)
	}
	tk, err := parseMedia(ph.Media)
	if err != nil || tk.Path != "/v/x?ccb=1" || tk.Type != whatsmeow.MediaImage || !bytes.Equal(tk.Key, key) {
		t.Errorf("the ticket is %+v, %v", tk, err)
	}
	ph.Media.ID = ph.Media.ID[:len(ph.Media.ID)/2]
	if _, err := parseMedia(ph.Media); err == nil {
		t.Error("half a ticket was accepted")
	}
	sealed, _ := decode(incoming(&waE2E.Message{ImageMessage: &waE2E.ImageMessage{DirectPath: new("/x")}}), us)
	if _, err := parseMedia(sealed.body.(bot.Photo).Media); err == nil {
		t.Error("a ticket without keys was accepted")
	}
}

func TestDecodeReply(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said   *waE2E.ContextInfo
		id, by string
	}{
		"none":            {},
		"us by LID":       {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("900@lid")}, id: "Q"},
		"us by number":    {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("6289:3@s.whatsapp.net")}, id: "Q"},
		"somebody":        {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("222@lid")}, id: "Q", by: "222@lid"},
		"from a status":   {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("900@lid"), RemoteJID: new("status@broadcast")}},
		"with the chat":   {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("900@lid"), RemoteJID: new("111@lid")}, id: "Q"},
		"nobody readable": {said: &waE2E.ContextInfo{StanzaID: new("Q"), Participant: new("1.2.3@x")}, id: "Q"},
	} {
		for _, m := range []*waE2E.Message{
			{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: new("x"), ContextInfo: c.said}},
			{ImageMessage: &waE2E.ImageMessage{ContextInfo: c.said}},
		} {
			if d, ok := decode(incoming(m), us); !ok || d.replyTo != c.id || d.replyBy != c.by {
				t.Errorf("%s: answers %q of %q", name, d.replyTo, d.replyBy)
			}
		}
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	chat := address("111@lid")
	reply := messageRef("111@lid", "3A00", "222@lid")
	for _, body := range []bot.Body{
		bot.Text{Text: "x"}, bot.Pick{Menu: "m", Choice: "c", Message: reply}, bot.Location{Lat: 1, Lon: 2, Name: "n"},
		bot.Photo{Media: bot.MediaRef{Network: bot.WhatsApp, ID: "i", Size: 3}, Caption: "c", Album: "a"},
		bot.Voice{Seconds: 3}, bot.Document{Name: "d"}, bot.Left{}, bot.Joined{}, bot.Moved{To: chat}, bot.Unsupported{Kind: "k"},
	} {
		ev := bot.Event{
			ID: eventID("111@lid", "111@lid", "3A01"), Chat: chat, Group: true, From: bot.Person{ID: "111@lid", Name: "Budi"},
			At: sentAt, Ref: messageRef("111@lid", "3A01", "111@lid"), ReplyTo: &reply, Edited: true, Body: body,
		}
		raw, err := pack(ev, true)
		if err != nil {
			t.Fatal(err)
		}
		got, byOffice, err := unpack(string(ev.ID), raw)
		if err != nil || !byOffice {
			t.Errorf("%T: %v, %v", body, byOffice, err)
		}
		if diff := cmp.Diff(ev, got); diff != "" {
			t.Errorf("%T: %s", body, diff)
		}
	}
	for _, raw := range []string{"", "{}", `{"k":"tomorrow"}`, `{"k":"text","b":3}`} {
		if _, _, err := unpack("x", []byte(raw)); err == nil {
			t.Errorf("%q was read", raw)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for id, ok := range map[string]bool{
		"111@lid": true, "6281@s.whatsapp.net": true, "1203@g.us": true, "1203-99@g.us": true,
		"": false, "111": false, "@lid": false, "111:2@lid": false, "x@lid": false, "111@c.us": false, "111@lid@lid": false, "1 2@g.us": false,
	} {
		if j, err := parseAddress(address(id)); (err == nil) != ok || ok && form(j) != id {
			t.Errorf("%q: %v, %v", id, j, err)
		}
	}
	if _, err := parseAddress(bot.Address{Network: bot.Telegram, ID: "111@lid"}); err == nil {
		t.Error("an address of Telegram was accepted")
	}
	if _, err := parseAddress(bot.Address{Network: bot.WhatsApp, ID: "111@lid", Topic: "1"}); err == nil {
		t.Error("a topic was accepted")
	}
	a, b := letterID("k", address("111@lid"), 0), letterID("k", address("111@lid"), 1)
	if a == b || a != letterID("k", address("111@lid"), 0) || !strings.HasPrefix(a, "3EB0") || len(a) != 22 {
		t.Errorf("ids %s and %s", a, b)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	menu := bot.Menu{ID: "m", Choices: []bot.Choice{{ID: "a", Label: "Kirim"}, {ID: "b", Label: "*Ubah*\nlah"}}}
	lines := "*1* Kirim\n*2* *" + wasign.Hair + "Ubah* lah"
	pic := bot.MediaRef{Network: bot.Store, ID: "1"}
	for name, c := range map[string]struct {
		m    bot.Message
		want []part
	}{
		"text":              {bot.Message{Text: "x"}, []part{{text: "x", main: true}}},
		"menu":              {bot.Message{Text: "x", Menu: &menu}, []part{{text: "x\n\n" + lines, main: true, menu: true}}},
		"menu alone":        {bot.Message{Menu: &menu}, []part{{text: lines, main: true, menu: true}}},
		"location":          {bot.Message{Text: "x", Want: bot.WantLocation}, []part{{text: "x\n\nhint", main: true}}},
		"photo":             {bot.Message{Text: "x", Photos: []bot.MediaRef{pic}}, []part{{text: "x", media: pic, photo: true, main: true}}},
		"photos":            {bot.Message{Text: "x", Photos: []bot.MediaRef{pic, pic}}, []part{{text: "x", media: pic, photo: true, main: true}, {media: pic, photo: true}}},
		"photos with menu":  {bot.Message{Text: "x", Photos: []bot.MediaRef{pic, pic}, Menu: &menu}, []part{{media: pic, photo: true}, {media: pic, photo: true}, {text: "x\n\n" + lines, main: true, menu: true}}},
		"photo and long":    {bot.Message{Text: strings.Repeat("x", 2000), Photos: []bot.MediaRef{pic}}, []part{{media: pic, photo: true}, {text: strings.Repeat("x", 2000), main: true}}},
		"photo without":     {bot.Message{Photos: []bot.MediaRef{pic}}, []part{{media: pic, photo: true, main: true}}},
		"file":              {bot.Message{Text: "x", Files: []bot.MediaRef{pic}}, []part{{text: "x", main: true}, {media: pic}}},
		"file alone":        {bot.Message{Files: []bot.MediaRef{pic}}, []part{{media: pic, main: true}}},
		"too long for one":  {bot.Message{Text: strings.Repeat("x", 4000) + "\n\n" + strings.Repeat("y", 200)}, []part{{text: strings.Repeat("x", 4000)}, {text: strings.Repeat("y", 200), main: true}}},
		"white space alone": {bot.Message{Text: " \n "}, nil},
	} {
		got, err := render(c.m, rendering{locationHint: "hint"})
		if (err != nil) != (c.want == nil) {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(part{})); diff != "" && c.want != nil {
			t.Errorf("%s: %s", name, diff)
		}
	}
	list, err := render(bot.Message{Text: "x", Menu: &menu}, rendering{polls: true})
	if err != nil || len(list) != 2 || list[1].poll == nil || !list[0].main {
		t.Errorf("with polls: %+v, %v", list, err)
	}
}

func TestRemedies(t *testing.T) {
	t.Parallel()
	c := &Channel{opt: Options{}.withDefaults()}
	server := func(code int) error { return fmt.Errorf("%w %d", whatsmeow.ErrServerReturnedError, code) }
	for name, x := range map[string]struct {
		err  error
		want bot.Remedy
		slow bool
	}{
		"cold":          {server(463), bot.GiveUp, false},
		"too fast":      {server(429), bot.Retry, true},
		"not allowed":   {server(403), bot.Gone, false},
		"refused":       {server(479), bot.GiveUp, false},
		"server's own":  {server(503), bot.Retry, false},
		"not in group":  {fmt.Errorf("members: %w", whatsmeow.ErrNotInGroup), bot.Gone, false},
		"number gone":   {errors.New("no LID found for 6281@s.whatsapp.net from server"), bot.Gone, false},
		"disconnected":  {&whatsmeow.DisconnectedError{Action: "x"}, bot.Retry, true},
		"not connected": {whatsmeow.ErrNotConnected, bot.Retry, true},
		"late":          {whatsmeow.ErrMessageTimedOut, bot.Retry, false},
		"cancelled":     {fmt.Errorf("x: %w", context.Canceled), bot.Retry, false},
		// A database whose socket is gone is "no such file" too: that is no reason to give a letter up.
		"database away": {fmt.Errorf("read the session: %w", &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENOENT)}), bot.Retry, false},
		"anything else": {errors.New("628123456789 exploded"), bot.Retry, false},
	} {
		se := c.sendError(x.err)
		if se.Remedy != x.want || se.Slow != x.slow || strings.Contains(se.Error(), "628123456789") || strings.Contains(se.Error(), "6281@") {
			t.Errorf("%s: %v, slow %v", name, se, se.Slow)
		}
	}
	if !errors.Is(c.sendError(server(463)), ErrCold) {
		t.Error("a cold letter does not say so")
	}
}

func TestReaction(t *testing.T) {
	t.Parallel()
	on := messageRef("111@lid", "3EB0", "")
	m := bot.Menu{ID: "m", Choices: []bot.Choice{
		{ID: "kirim", Label: "✅ Kirim", Also: "ya"}, {ID: "ubah", Label: "✏️ Ubah"}, {ID: "batal", Label: "Batal"},
	}}
	for emoji, want := range map[string]string{"✅": "kirim", "👍": "kirim", "👍🏽": "kirim", "✏️": "ubah", "👎": "batal", "😮": "", "": "", "B": "batal"} {
		if got, ok := reaction(m, emoji, on); got.Choice != want || ok != (want != "") {
			t.Errorf("%s means %q", emoji, got.Choice)
		}
	}
}

// Nothing of a person is in a log line: the library's errors hold numbers.
func TestLogHoldsNoNumbers(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := &Channel{opt: Options{Log: slog.New(slog.NewTextHandler(&out, nil))}.withDefaults()}
	c.fault("database", fmt.Errorf("failed to load session with 628123456789:4: %w", errors.New("boom")))
	if s := out.String(); strings.Contains(s, "628123456789") || !strings.Contains(s, "boom") {
		t.Errorf("logged %q", s)
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	span := Span{First: time.Second, Last: 2 * time.Second}
	if d := span.within(func() float64 { return 0.5 }); d != 1500*time.Millisecond {
		t.Errorf("half of %v is %v", span, d)
	}
}

// Ids of events stand in logs: no number of a person, and none of an old group's founder, is in them.
func TestEventsAreNotNamedByNumbers(t *testing.T) {
	t.Parallel()
	for _, jid := range []string{"6281234567890@s.whatsapp.net", "6281234567890-1416000000@g.us"} {
		if id := eventID(jid, jid, "3A01"); strings.Contains(string(id), "6281234567890") || id == eventID(jid, "x@lid", "3A01") {
			t.Errorf("an event of %s is called %s", jid, id)
		}
	}
	if id := eventID("111@lid", "120363@g.us", "3A01"); id != "wa:111@lid/120363@g.us/3A01" {
		t.Errorf("an event is called %s", id)
	}
}
