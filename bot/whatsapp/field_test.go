package whatsapp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"rabeg/bot"
	"rabeg/bot/bottest"
)

// field is a message as a phone sent it, with signs in it replaced.
func field(t testing.TB, name string, replace ...string) *waE2E.Message {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var m waE2E.Message
	if err := protojson.Unmarshal([]byte(strings.NewReplacer(replace...).Replace(string(raw))), &m); err != nil {
		t.Fatal(err)
	}
	return &m
}

// eventOf is the event of a message, as it is written down.
func eventOf(d draft) bot.Event {
	ev := bot.Event{
		ID: eventID(d.lid, d.lid, d.id), Chat: address(d.lid), Group: d.group, From: bot.Person{ID: d.lid, Name: d.name}, At: d.at,
		Ref: messageRef(d.lid, d.id, d.lid), Edited: d.edits != "", Body: d.body,
	}
	if d.replyTo != "" {
		to := messageRef(d.lid, d.replyTo, d.replyBy)
		ev.ReplyTo = &to
	}
	return bot.Storable(ev, sentAt)
}

// What phones have sent, and what it is.
func TestFromTheField(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bot.Body{
		"wa-pin-nan":         bot.Location{},
		"wa-live-inf":        bot.Location{},
		"wa-quote-nul":       bot.Text{Text: "lampu jalan mati di Kelurahan Cipare"},
		"wa-group-mentioned": bot.Text{Text: "lampu jalan mati di Kelurahan Cipare kata warga grup"},
		"wa-live-words":      bot.Location{Lat: -6.1227, Lon: 106.1754, Caption: "got mampet di sini airnya meluap ke jalan"},
	} {
		d, ok := decode(incoming(field(t, name)), us)
		ev := eventOf(d)
		if !ok || ev.Body != want || ev.ReplyTo != nil {
			t.Errorf("%s came as %#v, an answer to %v", name, ev.Body, ev.ReplyTo)
		}
		if err := bottest.Kept(ev); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, words := range map[string]string{
		"wa-evidence-file": "/selesai SRG-XXXX-X lampu sudah diganti", "wa-edit-caption": "got mampet di Kelurahan Cipare depan masjid",
	} {
		d, ok := decode(incoming(field(t, name)), us)
		ph, photo := d.body.(bot.Photo)
		if !ok || !photo || ph.Caption != words || d.edits != map[string]string{"wa-edit-caption": "ID-OF-THE-PHOTO"}[name] {
			t.Errorf("%s came as %#v, a change of %q", name, d.body, d.edits)
		}
	}
	for _, name := range []string{"wa-hd-child", "wa-hd-child-bare"} {
		if d, ok := decode(incoming(field(t, name)), us); !ok || d.copies != "PARENT" {
			t.Errorf("%s came as %#v, a copy of %q", name, d.body, d.copies)
		}
	}
}

// The words are read in whatever wrapper, or wrappers, they come; a wrapper that is not known today is one all the same.
func TestEveryWrapperIsOpened(t *testing.T) {
	t.Parallel()
	fields := (&waE2E.Message{}).ProtoReflect().Descriptor().Fields()
	n := 0
	for i := range fields.Len() {
		f := fields.Get(i)
		if f.Message() == nil || f.Message().FullName() != (&waE2E.FutureProofMessage{}).ProtoReflect().Descriptor().FullName() {
			continue
		}
		n++
		wrap := func(m *waE2E.Message) *waE2E.Message {
			var w waE2E.Message
			w.ProtoReflect().Set(f, protoreflect.ValueOfMessage((&waE2E.FutureProofMessage{Message: m}).ProtoReflect()))
			return &w
		}
		if d, ok := decode(incoming(wrap(said("lampu mati"))), us); !ok || d.body != (bot.Text{Text: "lampu mati"}) {
			t.Errorf("%s: %#v", f.Name(), d.body)
		}
		deep := &waE2E.Message{GroupMentionedMessage: &waE2E.FutureProofMessage{Message: wrap(&waE2E.Message{
			EphemeralMessage: &waE2E.FutureProofMessage{Message: said("lampu mati")},
		})}}
		if d, ok := decode(incoming(deep), us); !ok || d.body != (bot.Text{Text: "lampu mati"}) {
			t.Errorf("%s between others: %#v", f.Name(), d.body)
		}
		if d, ok := decode(incoming(wrap(edited(wrap(said("lampu mati"))))), us); !ok || d.body != (bot.Text{Text: "lampu mati"}) || d.edits != "3A00" {
			t.Errorf("%s around a change: %#v of %q", f.Name(), d.body, d.edits)
		}
	}
	if n < 20 {
		t.Errorf("the wire has %d wrappers", n)
	}
	m := said("x")
	for range 1000 {
		m = &waE2E.Message{EphemeralMessage: &waE2E.FutureProofMessage{Message: m}}
	}
	if d, ok := decode(incoming(m), us); !ok || d.body != (bot.Unsupported{Kind: "placeholder"}) {
		t.Errorf("a thousand wrappers: %#v", d.body)
	}
}

// A photo in an album keeps its album inside the wrapper, and what belongs to a photo is none of its own.
func TestPhotosThatBelongTogether(t *testing.T) {
	t.Parallel()
	picture := &waE2E.Message{ImageMessage: &waE2E.ImageMessage{DirectPath: new("/x")}}
	film := &waE2E.Message{VideoMessage: &waE2E.VideoMessage{DirectPath: new("/x"), Mimetype: new("video/mp4")}}
	of := func(m *waE2E.Message, kind waE2E.MessageAssociation_AssociationType) *waE2E.Message {
		return &waE2E.Message{
			AssociatedChildMessage: &waE2E.FutureProofMessage{Message: proto.CloneOf(m)},
			MessageContextInfo: &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
				AssociationType: &kind, ParentMessageKey: &waCommon.MessageKey{ID: new("P")},
			}},
		}
	}
	paired := proto.CloneOf(picture)
	paired.ImageMessage.ContextInfo = &waE2E.ContextInfo{
		PairedMediaType: waE2E.ContextInfo_HD_IMAGE_CHILD.Enum(), StanzaID: new("P"),
	}
	for name, c := range map[string]struct {
		m      *waE2E.Message
		ok     bool
		copies string
		album  string
	}{
		"of an album":             {m: of(picture, waE2E.MessageAssociation_MEDIA_ALBUM), ok: true, album: "P"},
		"sharp":                   {m: of(picture, waE2E.MessageAssociation_HD_IMAGE_DUAL_UPLOAD), ok: true, copies: "P"},
		"sharp, said otherwise":   {m: paired, ok: true, copies: "P"},
		"a sharp film":            {m: of(film, waE2E.MessageAssociation_HD_VIDEO_DUAL_UPLOAD), ok: true, copies: "P"},
		"the film of a photo":     {m: of(film, waE2E.MessageAssociation_MOTION_PHOTO)},
		"the same film, anew":     {m: of(film, waE2E.MessageAssociation_HEVC_VIDEO_DUAL_UPLOAD)},
		"a photo by itself":       {m: picture, ok: true},
		"a photo that has a film": {m: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{ContextInfo: &waE2E.ContextInfo{PairedMediaType: waE2E.ContextInfo_MOTION_PHOTO_PARENT.Enum()}}}, ok: true},
	} {
		d, ok := decode(incoming(proto.CloneOf(c.m)), us)
		ph, _ := d.body.(bot.Photo)
		if ok != c.ok || d.copies != c.copies || ph.Album != c.album {
			t.Errorf("%s: %v, a copy of %q, of the album %q: %#v", name, ok, d.copies, ph.Album, d.body)
		}
	}
}

// Whatever message comes, its event is written down and read back as it was.
func FuzzInbox(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.json")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("%d seeds: %v", len(seeds), err)
	}
	for _, path := range seeds {
		raw, err := proto.Marshal(field(f, strings.TrimSuffix(filepath.Base(path), ".json")))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, "3A01")
	}
	f.Fuzz(func(t *testing.T, raw []byte, id string) {
		var m waE2E.Message
		if proto.Unmarshal(raw, &m) != nil {
			return
		}
		d, ok := decode(incoming(&m, func(e *events.Message) { e.Info.ID = id }), us)
		if !ok {
			return
		}
		ev := eventOf(d)
		if err := bottest.Kept(ev); err != nil {
			t.Fatalf("%#v: %v", ev, err)
		}
		doc, err := pack(ev, false)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := unpack(string(ev.ID), doc)
		if err != nil {
			t.Fatal(err)
		}
		if !same(got, ev) {
			t.Fatalf("%#v came back as %#v", ev, got)
		}
	})
}

func same(a, b bot.Event) bool {
	if (a.ReplyTo == nil) != (b.ReplyTo == nil) || a.ReplyTo != nil && *a.ReplyTo != *b.ReplyTo || !a.At.Equal(b.At) {
		return false
	}
	a.ReplyTo, b.ReplyTo, a.At = nil, nil, b.At
	return a == b
}
