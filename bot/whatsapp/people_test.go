package whatsapp

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/sim/warelay"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	const lidA, lidB, phoneA, phoneB = "111@lid", "222@lid", "6281@s.whatsapp.net", "6282@s.whatsapp.net"
	for _, step := range []struct {
		name, lid, phone string
		want             met
	}{
		{"by number first", "", phoneA, met{id: phoneA}},
		{"the LID shows up and leads to the same", lidA, phoneA, met{id: phoneA}},
		{"the LID alone", lidA, "", met{id: phoneA}},
		{"a new number of the same person", lidA, phoneB, met{id: phoneA}},
		{"by the new number alone", "", phoneB, met{id: phoneA}},
		{"the old number has a new owner", lidB, phoneA, met{id: lidB}},
		{"who is also met alone", "", phoneA, met{id: lidB}},
		{"and the first is still the first", lidA, "", met{id: phoneA}},
		{"by LID alone", "333@lid", "", met{id: "333@lid"}},
		{"by number alone, unknown to be the same", "", "6283@s.whatsapp.net", met{id: "6283@s.whatsapp.net"}},
		{"both are one: the number's address is given up", "333@lid", "6283@s.whatsapp.net",
			met{id: "333@lid", was: "6283@s.whatsapp.net"}},
		{"which is said until it is told", "333@lid", "", met{id: "333@lid", was: "6283@s.whatsapp.net"}},
		{"and then not again", "333@lid", "6283@s.whatsapp.net", met{id: "333@lid"}},
	} {
		if step.name == "and then not again" {
			if err := c.people.told(s.ctx, "6283@s.whatsapp.net"); err != nil {
				t.Fatal(err)
			}
		}
		for _, fresh := range []bool{false, true} { // from memory and from the table
			if fresh {
				c.people = newPeople(c.opt.DB, c.opt.Now)
			}
			if got, err := c.people.resolve(s.ctx, step.lid, step.phone); err != nil || got != step.want {
				t.Errorf("%s: %+v, %v; want %+v", step.name, got, err, step.want)
			}
		}
	}
	for at, want := range map[string]string{
		phoneA: lidA, // the address of the first person, whose number it was
		lidA:   lidA, lidB: lidB,
		"6283@s.whatsapp.net": "333@lid",
		"6289@s.whatsapp.net": "6289@s.whatsapp.net",
		"1203@g.us":           "1203@g.us",
	} {
		if got, err := c.people.reach(s.ctx, at); err != nil || form(got) != want {
			t.Errorf("%s is reached at %s, %v; want %s", at, got, err, want)
		}
	}
	if _, err := c.people.resolve(s.ctx, "", ""); err == nil {
		t.Error("nobody was resolved")
	}
}

// One person by number alone, by number with the LID, by LID, and under a new number: one address, which answers reach.
func TestOnePersonUnderManyNames(t *testing.T) {
	t.Parallel()
	for _, lookup := range []bool{true, false} {
		t.Run(map[bool]string{true: "looked up", false: "not to be looked up"}[lookup], func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			c := s.open(t, nil)
			if !lookup {
				c.timing.lookup = time.Millisecond
				s.Fault(func(st warelay.Stanza) warelay.Verdict {
					if st.In && st.Phone == office && st.Device > 0 && st.Xmlns == "usync" {
						return warelay.Verdict{Do: warelay.Delay, For: 300 * time.Millisecond}
					}
					return warelay.Verdict{}
				})
			}
			d := newDiary()
			s.run(t, c, d.handle)
			s.ready(t, c)
			p := s.person(t)
			p.Account().SetAddressing(warelay.ByPhoneOnly)
			must[string](t)(p.Text(s.ctx, office, "nomor saja"))
			first := d.words(s.ctx, t, "nomor saja")
			want := p.LID()
			if !lookup {
				want = p.Phone() + "@s.whatsapp.net"
			}
			if first.Chat != address(want) || first.From.ID != want {
				t.Errorf("met as %v, %v", first.Chat, first.From)
			}
			for _, how := range []struct {
				as   warelay.Addressing
				text string
			}{{warelay.ByPhone, "keduanya"}, {warelay.ByLID, "LID"}, {warelay.ByPhoneOnly, "nomor lagi"}} {
				p.Account().SetAddressing(how.as)
				must[string](t)(p.Text(s.ctx, office, how.text))
				ev := d.words(s.ctx, t, how.text)
				if ev.Chat != first.Chat || ev.From.ID != first.From.ID {
					t.Errorf("%s came as %v", how.text, ev.Chat)
				}
			}
			if err := p.Move(s.ctx, "6281399999999"); err != nil {
				t.Fatal(err)
			}
			p.Account().SetAddressing(warelay.ByLID)
			must[string](t)(p.Text(s.ctx, office, "nomor baru"))
			if ev := d.words(s.ctx, t, "nomor baru"); ev.Chat != first.Chat {
				t.Errorf("under a new number it is %v", ev.Chat)
			}
			if _, err := c.Send(s.ctx, first.Chat, "k", bot.Message{Text: "balasan"}); err != nil {
				t.Fatal(err)
			}
			must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "balasan" }))
		})
	}
}

// Somebody seen by number alone and by LID alone is two people, until both names come at once: then the number's address
// moves, before what is said with both, however often the handling of the move fails. Letters to the old address arrive,
// and an answer to one names the same message.
func TestTwoAddressesBecomeOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	c.timing.lookup = time.Millisecond
	s.Fault(func(st warelay.Stanza) warelay.Verdict {
		if st.In && st.Phone == office && st.Device > 0 && st.Xmlns == "usync" {
			return warelay.Verdict{Do: warelay.Delay, For: 300 * time.Millisecond}
		}
		return warelay.Verdict{}
	})
	d := newDiary()
	var refusals atomic.Int64
	s.run(t, c, func(ctx context.Context, ev bot.Event) error {
		if _, moved := ev.Body.(bot.Moved); moved && refusals.Add(1) < 4 {
			return errors.New("not yet")
		}
		return d.handle(ctx, ev)
	})
	s.ready(t, c)
	p := s.person(t)
	p.Account().SetAddressing(warelay.ByPhoneOnly)
	must[string](t)(p.Text(s.ctx, office, "nomor saja"))
	old := d.words(s.ctx, t, "nomor saja").Chat
	notice, err := c.Send(s.ctx, old, "kabar", bot.Message{Text: "kabar"})
	if err != nil {
		t.Fatal(err)
	}
	seen := must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "kabar" }))
	p.Account().SetAddressing(warelay.ByLID)
	p.Account().SetHidePhone(true)
	must[string](t)(p.Text(s.ctx, s.acct.LID(), "LID saja"))
	now := d.words(s.ctx, t, "LID saja").Chat
	if old.ID != p.Phone()+"@s.whatsapp.net" || now != p.Chat() {
		t.Fatalf("met at %v and at %v", old, now)
	}
	p.Account().SetHidePhone(false)
	must[string](t)(p.ReplyTo(s.ctx, seen, "keduanya"))
	d.words(s.ctx, t, "keduanya")
	all := d.events()
	moved, reply := all[len(all)-2], all[len(all)-1]
	if moved.Body != (bot.Moved{To: now}) || moved.Chat != old || moved.Group {
		t.Errorf("before the answer came %+v", moved)
	}
	if reply.Chat != now || reply.ReplyTo == nil || *reply.ReplyTo != (bot.MessageRef{Chat: now, ID: notice.ID}) {
		t.Errorf("the answer is at %v to %v; the notice was %v", reply.Chat, reply.ReplyTo, notice)
	}
	if _, err := c.Send(s.ctx, old, "lagi", bot.Message{Text: "lagi"}); err != nil {
		t.Fatal(err)
	}
	must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "lagi" }))
	must[string](t)(p.Text(s.ctx, office, "sekali saja"))
	d.words(s.ctx, t, "sekali saja")
	if n := len(d.events()); n != len(all)+1 {
		t.Errorf("%d events came, want %d: it moves once", n, len(all)+1)
	}
}

func TestHiddenNumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	s.Account("6281300000099", warelay.AccountOptions{HidePhone: true})
	p := must[*warelay.Person](t)(s.Person(s.ctx, "6281300000099", "Tanpa Nama"))
	must[string](t)(p.Text(s.ctx, s.acct.LID(), "rahasia"))
	ev := d.words(s.ctx, t, "rahasia")
	if ev.Chat.ID != p.LID() || ev.From.Name != "Tanpa Nama" {
		t.Errorf("came as %v from %v", ev.Chat, ev.From)
	}
	if _, err := c.Send(s.ctx, ev.Chat, "k", bot.Message{Text: "balasan", ReplyTo: &ev.Ref}); err != nil {
		t.Fatal(err)
	}
	must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "balasan" && m.Quoted != "" }))
	if phone, err := c.Phone(s.ctx, ev.Chat); !errors.Is(err, ErrHidden) {
		t.Errorf("the hidden number is %q, %v", phone, err)
	}
	open := s.person(t)
	must[string](t)(open.Text(s.ctx, office, "terbuka"))
	d.words(s.ctx, t, "terbuka")
	if phone, err := c.Phone(s.ctx, open.Chat()); err != nil || phone != open.Phone() {
		t.Errorf("the number is %q, %v", phone, err)
	}
	for at, want := range map[bot.Address]bool{open.Chat(): false, address("999@lid"): true, address("1203@g.us"): false} {
		if cold, err := c.Cold(s.ctx, at); err != nil || cold != want {
			t.Errorf("%v is cold: %v, %v", at, cold, err)
		}
	}
}

// The desk's group is turned from numbers to LIDs: the same people, the same group, replies find their card.
func TestGroupChangesItsAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, q := s.person(t), s.person(t)
	g := must[*warelay.Group](t)(s.Group("Meja", p.Account(), q.Account(), s.acct))
	other := must[*warelay.Group](t)(s.Group("Arisan", p.Account(), s.acct))
	g.SetByPhone(true)
	c := s.open(t, func(o *Options) { o.DeskGroup = g.ID() })
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	card, err := c.Send(s.ctx, address(g.ID()), "kartu", bot.Message{Text: "Kartu " + bot.Bold("SRG-7K3MQ-9")})
	if err != nil {
		t.Fatal(err)
	}
	seen := must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Chat == g.ID() }))
	must[string](t)(p.Text(s.ctx, other.ID(), "bukan untuk kita"))
	must[string](t)(p.ReplyTo(s.ctx, seen, "/ambil"))
	before := d.words(s.ctx, t, "/ambil")
	g.SetByPhone(false)
	must[string](t)(p.ReplyTo(s.ctx, seen, "/selesai"))
	after := d.words(s.ctx, t, "/selesai")
	if before.Chat != after.Chat || before.From.ID != after.From.ID || !before.Group || !after.Group || before.From.ID == "" {
		t.Errorf("before %+v, after %+v", before, after)
	}
	for _, ev := range []bot.Event{before, after} {
		if ev.ReplyTo == nil || *ev.ReplyTo != card {
			t.Errorf("%s answers %v, not %v", bot.Words(ev.Body), ev.ReplyTo, card)
		}
	}
	if len(wordsOf(d.events(), address(other.ID()))) != 0 {
		t.Error("another group's messages came")
	}
	for person, want := range map[*person]bool{p: true, q: false} {
		if is, err := c.Admin(s.ctx, address(g.ID()), person.LID()); err != nil || is != want {
			t.Errorf("admin: %v, %v", is, err)
		}
	}
	for _, byPhone := range []bool{true, false} {
		g.SetByPhone(byPhone)
		if is, err := c.Here(s.ctx, address(g.ID()), before.From.ID); err != nil || !is {
			t.Errorf("by phone: %v; who writes in the group is in it: %v, %v", byPhone, is, err)
		}
	}
	if is, err := c.Admin(s.ctx, address(g.ID()), "siapa"); err != nil || is {
		t.Errorf("nobody is an admin: %v, %v", is, err)
	}
	if desk, err := c.Check(s.ctx, address(g.ID())); err != nil || !desk.Member || desk.Admin || desk.Title != "Meja" || desk.Members != 3 {
		t.Errorf("Check: %+v, %v", desk, err)
	}
	if desk, err := c.Check(s.ctx, address("120363999999999999@g.us")); err != nil || desk.Member {
		t.Errorf("a group that is none: %+v, %v", desk, err)
	}
	if _, err := c.Check(s.ctx, p.Chat()); err == nil {
		t.Error("a person is no group")
	}
	if _, err := c.Send(s.ctx, address(g.ID()), "lagi", bot.Message{Text: "Dijawab", ReplyTo: &after.Ref}); err != nil {
		t.Fatal(err)
	}
	must[warelay.Received](t)(q.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "Dijawab" && m.Quoted != "" }))
}

func TestGroupComesAndGoes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.person(t)
	c := s.open(t, nil)
	got := make(chan bot.Event, 10)
	s.run(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	s.ready(t, c)
	g := must[*warelay.Group](t)(s.Group("Meja", p.Account(), s.acct))
	if ev := <-got; ev.Body != (bot.Joined{}) || ev.Chat != address(g.ID()) || !ev.Group {
		t.Errorf("joining came as %#v", ev)
	}
	q := s.person(t)
	g.Add(q.Account())
	if ev := <-got; ev.Body != (bot.Member{Who: bot.Person{ID: q.Chat().ID}, Here: true}) || ev.Chat != address(g.ID()) || !ev.Group {
		t.Errorf("somebody who comes came as %#v", ev)
	}
	for _, c := range []struct {
		do   func(...*warelay.Account) error
		want bot.Member
	}{{g.Promote, bot.Member{Here: true, Runs: true}}, {g.Demote, bot.Member{Here: true}}, {g.Remove, bot.Member{}}} {
		if err := c.do(q.Account()); err != nil {
			t.Fatal(err)
		}
		c.want.Who.ID = q.Chat().ID
		if ev := <-got; ev.Body != c.want {
			t.Errorf("a change of standing came as %#v, want %#v", ev.Body, c.want)
		}
	}
	g.Remove(s.acct)
	if ev := <-got; ev.Body != (bot.Left{}) || ev.Chat != address(g.ID()) {
		t.Errorf("leaving came as %#v", ev)
	}
	if _, err := c.Send(s.ctx, address(g.ID()), "k", bot.Message{Text: "kartu"}); bot.AsSendError(err).Remedy != bot.Gone {
		t.Errorf("sending there gives %v", err)
	}
}

// Whether somebody is in the desk's group is told by the group's own list, whatever it names its members by. Who is not on it, under none of
// the forms that person was seen under, is out; where the list cannot tell, nobody is said to be out.
func TestWhoIsInTheGroup(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, q, stranger := s.person(t), s.person(t), s.person(t)
	g := must[*warelay.Group](t)(s.Group("Meja", p.Account(), q.Account(), s.acct))
	without := must[*warelay.Group](t)(s.Group("Meja lama", p.Account(), q.Account()))
	c := s.open(t, func(o *Options) { o.DeskGroup = g.ID() })
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	for _, one := range []*person{p, stranger} {
		must[string](t)(one.Text(s.ctx, s.acct.LID(), "halo dari "+one.Phone()))
	}
	hidden := d.words(s.ctx, t, "halo dari "+stranger.Phone()).From.ID
	id := d.words(s.ctx, t, "halo dari "+p.Phone()).From.ID
	for _, byPhone := range []bool{false, true} {
		g.SetByPhone(byPhone)
		if is, err := c.Here(s.ctx, address(g.ID()), id); err != nil || !is {
			t.Errorf("by phone: %v; a member is in: %v, %v", byPhone, is, err)
		}
		if is, err := c.Here(s.ctx, address(g.ID()), hidden); err != nil || is {
			t.Errorf("by phone: %v; a stranger is in: %v, %v", byPhone, is, err)
		}
	}
	if is, err := c.Here(s.ctx, address(without.ID()), hidden); err == nil || is {
		t.Errorf("of a group without the bot nothing is known: %v, %v", is, err)
	}
	if err := g.Remove(p.Account()); err != nil {
		t.Fatal(err)
	}
	if is, err := c.Here(s.ctx, address(g.ID()), id); err != nil || is {
		t.Errorf("who was removed is in: %v, %v", is, err)
	}
}
