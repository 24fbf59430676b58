package warelay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"testing"

	"go.mau.fi/whatsmeow/types/events"
)

func TestGroupInBothFamilies(t *testing.T) {
	t.Parallel()
	for name, byPhone := range map[string]bool{"lid": false, "phone": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, r := start(t)
			siti := person(ctx, t, r, "6281200000001", "Siti")
			budi := person(ctx, t, r, "6281200000002", "Budi")
			b := bot(ctx, t, r, "6281200000003")
			g := must[*Group](t)(r.Group("Meja", siti.Account(), budi.Account(), b.acct))
			g.SetByPhone(byPhone)
			str := must[string](t)

			str(siti.Text(ctx, g.ID(), "pagi"))
			wantText(ctx, t, budi, "pagi")
			m := wantText(ctx, t, b.Person, "pagi")
			if m.Chat != g.ID() || m.Phone != siti.Phone() {
				t.Errorf("came as %+v", m)
			}
			if byPhone == (m.Sender == siti.LID()) {
				t.Errorf("sender is named %s", m.Sender)
			}
			str(b.ReplyTo(ctx, m, "siap"))
			answer := wantText(ctx, t, siti, "siap")
			if answer.Quoted != m.ID {
				t.Errorf("answer quotes %q", answer.Quoted)
			}
			str(b.Image(ctx, g.ID(), []byte("jpeg of a lamp"), "lampu"))
			picture := wantText(ctx, t, budi, "lampu")
			if data := must[[]byte](t)(budi.Media(ctx, picture)); !bytes.Equal(data, []byte("jpeg of a lamp")) {
				t.Error("the picture came out different")
			}
			voteInGroup(ctx, t, b, budi, g)
			str(siti.Text(ctx, g.ID(), "@bot tolong", b.LID()))
			if m = wantText(ctx, t, b.Person, "@bot tolong"); len(m.Mentions) != 1 || m.Mentions[0] != b.LID() {
				t.Errorf("mentions %v", m.Mentions)
			}
			ok(t, budi.Read(ctx, answer))
			_, err := b.Wait(ctx, func(in Inbox) bool {
				for _, rc := range in.Receipts {
					if rc.Kind == "read" && rc.Chat == g.ID() {
						return true
					}
				}
				return false
			})
			ok(t, err)
		})
	}
}

// voteInGroup asks a question of which the bot has to understand the answer.
func voteInGroup(ctx context.Context, t *testing.T, b *testBot, budi *Person, g *Group) {
	t.Helper()
	poll := must[string](t)(b.Poll(ctx, g.ID(), "Setuju?", "ya", "tidak"))
	asked, err := budi.Next(ctx, func(m Received) bool { return m.ID == poll })
	ok(t, err)
	must[string](t)(budi.Vote(ctx, asked, "ya"))
	vote := event[*events.Message](ctx, t, b)
	for vote.Message.GetPollUpdateMessage() == nil {
		vote = event[*events.Message](ctx, t, b)
	}
	chosen, err := b.client().DecryptPollVote(ctx, vote)
	ok(t, err)
	yes := sha256.Sum256([]byte("ya"))
	if len(chosen.GetSelectedOptions()) != 1 || !bytes.Equal(chosen.GetSelectedOptions()[0], yes[:]) {
		t.Errorf("voted %x", chosen.GetSelectedOptions())
	}
}

func TestGroupChangesAddressing(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281200000011", "Siti")
	b := bot(ctx, t, r, "6281200000012")
	g := must[*Group](t)(r.Group("Meja", siti.Account(), b.acct))
	g.SetByPhone(true)
	str := must[string](t)
	str(siti.Text(ctx, g.ID(), "satu"))
	wantText(ctx, t, b.Person, "satu")
	str(b.Text(ctx, g.ID(), "terima satu"))
	wantText(ctx, t, siti, "terima satu")

	g.SetByPhone(false)
	str(siti.Text(ctx, g.ID(), "dua"))
	m := wantText(ctx, t, b.Person, "dua")
	if m.Sender != siti.LID() {
		t.Errorf("after the switch the sender is %s", m.Sender)
	}
	str(b.Text(ctx, g.ID(), "terima dua"))
	wantText(ctx, t, siti, "terima dua")
	// The ack's hash has told the client that its member list is stale.
	str(siti.Text(ctx, g.ID(), "tiga"))
	wantText(ctx, t, b.Person, "tiga")
	info, err := b.client().GetGroupInfo(ctx, g.jid())
	ok(t, err)
	if string(info.AddressingMode) != "lid" || len(info.Participants) != 2 {
		t.Errorf("group is %+v", info)
	}
}

func TestGroupMembers(t *testing.T) {
	t.Parallel()
	unsafeUnderRace(t, raceGroup)
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281200000021", "Siti")
	budi := person(ctx, t, r, "6281200000022", "Budi")
	b := bot(ctx, t, r, "6281200000023")
	str := must[string](t)
	id := str(siti.CreateGroup(ctx, "Baru", b.acct))
	_, err := b.Wait(ctx, func(in Inbox) bool { return len(in.Groups) == 1 && in.Groups[0] == id })
	ok(t, err)
	if _, err = budi.Text(ctx, id, "belum anggota"); err == nil {
		t.Error("somebody outside could write")
	}
	ok(t, siti.ChangeMembers(ctx, id, "add", budi.Account()))
	str(budi.Text(ctx, id, "sudah anggota"))
	wantText(ctx, t, b.Person, "sudah anggota")
	if err = budi.ChangeMembers(ctx, id, "remove", b.acct); err == nil {
		t.Error("a plain member could remove another")
	}
	ok(t, siti.ChangeMembers(ctx, id, "promote", budi.Account()))
	ok(t, budi.ChangeMembers(ctx, id, "remove", siti.Account()))
	if _, err = siti.Text(ctx, id, "masih?"); err == nil {
		t.Error("a removed member could write")
	}
	g := r.FindGroup(id)
	g.Add(siti.Account())
	ok(t, g.Promote(siti.Account()))
	g.SetSubject("Lama")
	g.SetAnnounce(true)
	ok(t, g.Demote(budi.Account()))
	if _, err = budi.Text(ctx, id, "boleh?"); err == nil {
		t.Error("a plain member could write where only admins may")
	}
	phones, admins := g.Members()
	if len(phones) != 3 || !admins[siti.Phone()] || admins[budi.Phone()] || g.Subject() != "Lama" {
		t.Errorf("members %v, admins %v, subject %s", phones, admins, g.Subject())
	}
	other := person(ctx, t, r, "6281200000024", "Wati")
	if joined := str(other.JoinGroup(ctx, g.InviteLink())); joined != id {
		t.Errorf("joined %s", joined)
	}
	ok(t, g.Remove(other.Account()))
	if err = g.Remove(other.Account()); err == nil {
		t.Error("removed twice")
	}
	groups, err := b.client().GetJoinedGroups(ctx)
	ok(t, err)
	if len(groups) != 1 || groups[0].Name != "Lama" || len(groups[0].Participants) != 3 {
		t.Errorf("the bot is in %+v", groups)
	}
	ok(t, b.client().LeaveGroup(ctx, g.jid()))
	if groups, err = b.client().GetJoinedGroups(ctx); err != nil || len(groups) != 0 {
		t.Errorf("after leaving: %v %v", groups, err)
	}
}
