package warelay

import (
	"bytes"
	"context"
	"testing"
	"time"
)

func TestTextBothWays(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281100000001", "Siti")
	b := bot(ctx, t, r, "6281100000002")
	b.echo(t)
	id := must[string](t)(siti.Text(ctx, b.Phone(), "halo"))
	m := wantText(ctx, t, siti, "echo: halo")
	if m.Name != "Rabeg" || m.Phone != b.Phone() || m.Sender != b.LID() {
		t.Errorf("the answer comes from %+v", m)
	}
	got := wantText(ctx, t, b.Person, "halo")
	if got.ID != id || got.Name != "Siti" || got.Phone != siti.Phone() || got.Chat != siti.LID() {
		t.Errorf("the question came as %+v", got)
	}
	_, err := siti.Wait(ctx, func(in Inbox) bool {
		return len(in.Receipts) > 0 && in.Receipts[0].IDs[0] == id
	})
	ok(t, err)
	ok(t, r.Until(ctx, func() bool { return siti.Account().Pending() == 0 && b.acct.Pending() == 0 }))
}

func TestEveryKindOfMessage(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281100000011", "Siti")
	b := bot(ctx, t, r, "6281100000012")
	to := b.Phone()
	str := must[string](t)
	picture := bytes.Repeat([]byte("picture "), 500)
	asked := str(b.Poll(ctx, siti.Phone(), "Puas?", "ya", "tidak"))
	poll, err := siti.Next(ctx, func(m Received) bool { return m.ID == asked })
	ok(t, err)
	if poll.Kind != "poll" || poll.Text != "Puas?" || len(poll.Options) != 2 {
		t.Errorf("poll came as %+v", poll)
	}

	first := sayEverything(ctx, t, siti, to, poll, picture)
	in, err := b.Wait(ctx, func(in Inbox) bool {
		return len(in.Messages) > 0 && in.Messages[len(in.Messages)-1].Kind == "revoke"
	})
	ok(t, err)
	var kinds []string
	for _, m := range in.Messages {
		kinds = append(kinds, m.Kind)
	}
	want := []string{"text", "edit", "image", "album", "image", "image", "image", "voice", "video", "document",
		"sticker", "location", "live", "contact", "image", "text", "reaction", "vote", "vote", "text", "revoke"}
	if !equal(kinds, want) {
		t.Fatalf("kinds came as %v\nwant %v", kinds, want)
	}
	at := func(i int) Received { return in.Messages[i] }
	if at(1).Target != first || at(1).Text != "dua" || at(20).Target != first {
		t.Errorf("edit %+v, revoke %+v, of %s", at(1), at(20), first)
	}
	if at(15).Quoted != asked || at(16).Target != asked || at(17).Target != asked {
		t.Errorf("reply, reaction and vote are not about the poll: %+v", in.Messages[15:18])
	}
	if !at(14).Once || at(11).Lat != -6.12 || at(9).Text != "surat.pdf" {
		t.Errorf("view once %+v, location %+v, document %+v", at(14), at(11), at(9))
	}
	data, err := b.Media(ctx, at(2))
	ok(t, err)
	if !bytes.Equal(data, picture) {
		t.Error("the picture came out different")
	}
	for _, stored := range r.StoredMedia() {
		if bytes.Contains(stored, []byte("picture")) {
			t.Error("the relay holds a picture in the clear")
		}
	}
}

// sayEverything sends one message of each kind and gives the id of the first.
func sayEverything(ctx context.Context, t *testing.T, siti *Person, to string, poll Received, picture []byte) (first string) {
	t.Helper()
	str := must[string](t)
	first = str(siti.Text(ctx, to, "satu"))
	str(siti.EditLast(ctx, to, "dua"))
	str(siti.Image(ctx, to, picture, "foto"))
	must[[]string](t)(siti.Album(ctx, to, "tiga foto", picture, picture[1:], picture[2:]))
	str(siti.Voice(ctx, to, []byte("OggS voice"), 3*time.Second))
	str(siti.Video(ctx, to, []byte("mp4"), "video"))
	str(siti.Document(ctx, to, "surat.pdf", "application/pdf", []byte("%PDF"), 0))
	str(siti.Sticker(ctx, to, []byte("RIFF")))
	str(siti.Location(ctx, to, -6.12, 106.15, "Alun-alun"))
	str(siti.LiveLocation(ctx, to, -6.13, 106.16))
	str(siti.Contact(ctx, to, "Budi", "6281100000099"))
	str(siti.ViewOnce(ctx, to, picture))
	str(siti.ReplyTo(ctx, poll, "kenapa?"))
	str(siti.Reaction(ctx, poll, "👍"))
	str(siti.Vote(ctx, poll, "ya"))
	str(siti.VoteUnknown(ctx, to, "3EB0NEVER"))
	str(siti.QuoteUnknown(ctx, to, "3EB0NEVER", "lanjut"))
	str(siti.Revoke(ctx, to))
	return first
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
