package whatsapp

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/sim/warelay"
)

const (
	day           = 24 * time.Hour
	lidL, lidN    = "111@lid", "222@lid"
	numA, numB    = "6281@s.whatsapp.net", "6282@s.whatsapp.net"
	secondA       = "6281-2@s.whatsapp.net"
	thirdA        = "6281-3@s.whatsapp.net"
	nobodyReached = "-" // what is written to an address is held
)

// seenAs is one sighting in a story about a number: after so long, under these names, taken for this address.
type seenAs struct {
	after      time.Duration
	lid, phone string
	want       met
}

// Numbers change hands. Whoever comes by a number alone is its known owner while it was seen with that person lately, and somebody new
// where it was not, or where the owner was seen under another: in whatever order things come, and whether the program remembers or
// reads them from the table.
func TestNumbersThatChangeHands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		seen    []seenAs
		reached map[string]string // address → JID
	}{
		"seen with the LID lately": {
			seen:    []seenAs{{0, lidL, numA, met{id: lidL}}, {89 * day, "", numA, met{id: lidL}}},
			reached: map[string]string{lidL: lidL},
		},
		"seen with the LID long ago": {
			seen:    []seenAs{{0, lidL, numA, met{id: lidL}}, {91 * day, "", numA, met{id: secondA}}, {0, "", numA, met{id: secondA}}, {0, lidL, "", met{id: lidL}}},
			reached: map[string]string{lidL: lidL, secondA: numA},
		},
		"by number alone again and again, the LID long ago": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {60 * day, "", numA, met{id: lidL}}, {60 * day, "", numA, met{id: secondA}}},
		},
		"with both now and then": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {60 * day, lidL, numA, met{id: lidL}}, {60 * day, "", numA, met{id: lidL}}},
		},
		"the LID alone says nothing of the number": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {80 * day, lidL, "", met{id: lidL}}, {20 * day, "", numA, met{id: secondA}}},
		},
		"the owner has another number": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {day, lidL, numB, met{id: lidL}}, {day, "", numA, met{id: secondA}},
				{0, "", numB, met{id: lidL}}, {0, lidL, "", met{id: lidL}}},
			reached: map[string]string{lidL: lidL, secondA: numA},
		},
		"a minute later": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {0, "", numA, met{id: lidL}}, {time.Minute, lidL, numB, met{id: lidL}}, {0, "", numA, met{id: secondA}}},
		},
		"the owner comes back to it": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {day, lidL, numB, met{id: lidL}}, {day, lidL, numA, met{id: lidL}}, {0, "", numA, met{id: lidL}}, {0, "", numB, met{id: "6282-2@s.whatsapp.net"}}},
		},
		"the new owner comes with a LID": {
			seen:    []seenAs{{0, lidL, numA, met{id: lidL}}, {day, lidN, numA, met{id: lidN}}, {0, "", numA, met{id: lidN}}, {0, lidL, "", met{id: lidL}}},
			reached: map[string]string{lidL: lidL, lidN: lidN},
		},
		"the new owner comes by number first, and with a LID later": {
			seen: []seenAs{{0, lidL, numA, met{id: lidL}}, {day, lidL, numB, met{id: lidL}}, {day, "", numA, met{id: secondA}},
				{day, lidN, numA, met{id: secondA}}, {0, lidN, "", met{id: secondA}}, {200 * day, lidN, "", met{id: secondA}}},
			reached: map[string]string{secondA: lidN, lidL: lidL},
		},
		"known by number alone, and silent": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {91 * day, "", numA, met{id: secondA}}},
			reached: map[string]string{numA: nobodyReached, secondA: numA},
		},
		"known by number alone, and writing": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {60 * day, "", numA, met{id: numA}}, {60 * day, "", numA, met{id: numA}}},
			reached: map[string]string{numA: numA},
		},
		"known by number alone, silent, and nobody came since": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {91 * day, lidN, "", met{id: lidN}}},
			reached: map[string]string{numA: nobodyReached},
		},
		"known by number alone, then with a LID soon": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {80 * day, lidL, numA, met{id: numA}}, {80 * day, lidL, "", met{id: numA}}},
			reached: map[string]string{numA: lidL},
		},
		"known by number alone, then with a LID after long": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {91 * day, lidN, numA, met{id: lidN}}, {0, "", numA, met{id: lidN}}},
			reached: map[string]string{numA: nobodyReached, lidN: lidN},
		},
		"two addresses that are one, soon": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {day, lidL, "", met{id: lidL}}, {day, lidL, numA, met{id: lidL, was: numA}}},
			reached: map[string]string{numA: lidL, lidL: lidL},
		},
		"two addresses, and the number's is old": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {91 * day, lidL, "", met{id: lidL}}, {0, lidL, numA, met{id: lidL}}},
			reached: map[string]string{numA: nobodyReached, lidL: lidL},
		},
		"three owners by number alone": {
			seen:    []seenAs{{0, "", numA, met{id: numA}}, {91 * day, "", numA, met{id: secondA}}, {91 * day, "", numA, met{id: thirdA}}, {day, "", numA, met{id: thirdA}}},
			reached: map[string]string{numA: nobodyReached, secondA: nobodyReached, thirdA: numA},
		},
		"a number that was given up for a LID, then left": {
			seen: []seenAs{{0, "", numA, met{id: numA}}, {0, lidL, "", met{id: lidL}}, {0, lidL, numA, met{id: lidL, was: numA}},
				{day, lidL, numB, met{id: lidL, was: numA}}, {day, "", numA, met{id: secondA}}},
			reached: map[string]string{secondA: numA, numA: nobodyReached},
		},
		"a number that was given up for a LID, then left, then somebody's with a LID": {
			seen: []seenAs{{0, "", numA, met{id: numA}}, {0, lidL, "", met{id: lidL}}, {0, lidL, numA, met{id: lidL, was: numA}},
				{day, lidL, numB, met{id: lidL, was: numA}}, {day, lidN, numA, met{id: lidN}}},
			reached: map[string]string{lidL: lidL, lidN: lidN, numA: nobodyReached},
		},
	} {
		for _, forgets := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", from the table"}[forgets], func(t *testing.T) {
				t.Parallel()
				s := newSite(t)
				now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
				c0 := s.open(t, func(o *Options) { o.Now = func() time.Time { return now } })
				for i, step := range c.seen {
					now = now.Add(step.after)
					if forgets {
						c0.people = newPeople(c0.opt.DB, c0.opt.Now)
					}
					if got, err := c0.people.resolve(s.ctx, step.lid, step.phone); err != nil || got != step.want {
						t.Fatalf("sighting %d (%s %s) is %+v, %v; want %+v", i+1, step.lid, step.phone, got, err, step.want)
					}
				}
				for at, want := range c.reached {
					got, err := c0.people.reach(s.ctx, at)
					if want == nobodyReached {
						if se := bot.AsSendError(unreached(err)); err == nil || se.Remedy != bot.Gone || !se.Stranger {
							t.Errorf("%s is written to at %s, %v", at, form(got), err)
						}
						continue
					}
					if err != nil || form(got) != want {
						t.Errorf("%s is reached at %s, %v; want %s", at, form(got), err, want)
					}
				}
			})
		}
	}
}

// Somebody who is quoted was not seen: what is known of people does not change by it.
func TestToBeQuotedIsNotToBeSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	c := s.open(t, func(o *Options) { o.Now = func() time.Time { return now } })
	p := c.people
	if _, err := p.resolve(s.ctx, "", numA); err != nil {
		t.Fatal(err)
	}
	now = now.Add(91 * day)
	for jid, want := range map[string]string{numA: numA, numB: numB} {
		if got, err := p.named(s.ctx, jid); err != nil || got != want {
			t.Errorf("%s is named %s, %v", jid, got, err)
		}
	}
	if got, err := p.resolve(s.ctx, "", numA); err != nil || got.id != secondA {
		t.Errorf("its next owner is %+v, %v", got, err)
	}
}

// On the line: somebody known by number alone is silent for long, and the number goes to somebody else. Who has it now is a new
// person, and what is for the former owner is held.
func TestARecycledNumberOnTheLine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var later atomic.Int64
	c := s.open(t, func(o *Options) { o.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) } })
	c.timing.lookup = time.Millisecond
	s.Fault(func(st warelay.Stanza) warelay.Verdict {
		if st.In && st.Phone == office && st.Device > 0 && st.Xmlns == "usync" {
			return warelay.Verdict{Do: warelay.Delay, For: 300 * time.Millisecond}
		}
		return warelay.Verdict{}
	})
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	p.Account().SetAddressing(warelay.ByPhoneOnly)
	must[string](t)(p.Text(s.ctx, office, "lampu mati"))
	old := d.words(s.ctx, t, "lampu mati")
	later.Store(int64(91 * day))
	must[string](t)(p.Text(s.ctx, office, "status"))
	now := d.words(s.ctx, t, "status")
	if now.Chat == old.Chat || now.From.ID == old.From.ID {
		t.Fatalf("who has the number now is taken for %v", old.Chat)
	}
	_, err := c.Send(s.ctx, old.Chat, "rahasia", bot.Message{Text: "kabar untuk pemilik lama"})
	if se := bot.AsSendError(err); err == nil || se.Remedy != bot.Gone || !se.Stranger {
		t.Errorf("what is for the former owner: %v", err)
	}
	if _, err := c.Send(s.ctx, now.Chat, "baru", bot.Message{Text: "halo", ReplyTo: &now.Ref}); err != nil {
		t.Fatal(err)
	}
	got := must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "halo" || strings.Contains(m.Text, "pemilik lama") }))
	if got.Text != "halo" {
		t.Errorf("the new owner reads %q", got.Text)
	}
}

// A number goes to somebody else, who is named by it alone. Beside it the library puts the LID that it remembers, which is the former
// owner's: it is not believed. What is written to one of them never reaches the other.
func TestTheLibraryRemembersTheFormerOwner(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lookup bool          // the network answers whose a number is
		writes bool          // the former owner has written from the new number
		after  time.Duration // until the new owner writes
	}{
		"the network tells":                           {lookup: true},
		"the network tells, after long":               {lookup: true, after: 91 * day},
		"the former owner was seen under another":     {writes: true},
		"the former owner was not seen for long":      {after: 91 * day},
		"seen under another, and the network tells":   {lookup: true, writes: true},
		"seen under another, long ago, nobody to ask": {writes: true, after: 91 * day},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			var later atomic.Int64
			ch := s.open(t, func(o *Options) { o.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) } })
			d := newDiary()
			s.run(t, ch, d.handle)
			s.ready(t, ch)
			siti := s.person(t)
			must[string](t)(siti.Text(s.ctx, office, "lampu mati"))
			old := d.words(s.ctx, t, "lampu mati")
			was := siti.Phone()
			if err := siti.Move(s.ctx, s.phone(t)); err != nil {
				t.Fatal(err)
			}
			if c.writes {
				must[string](t)(siti.Text(s.ctx, office, "nomor saya baru"))
				if ev := d.words(s.ctx, t, "nomor saya baru"); ev.Chat != old.Chat {
					t.Fatalf("who has a new number is %v, not %v", ev.Chat, old.Chat)
				}
			}
			later.Store(int64(c.after))
			var deaf atomic.Bool
			deaf.Store(!c.lookup)
			s.Fault(func(st warelay.Stanza) warelay.Verdict {
				if st.In && st.Phone == office && st.Device > 0 && st.Xmlns == "usync" && deaf.Load() {
					return warelay.Verdict{Do: warelay.Drop}
				}
				return warelay.Verdict{}
			})
			if !c.lookup {
				ch.timing.lookup = 50 * time.Millisecond
			}
			s.Account(was, warelay.AccountOptions{PushName: "Pemilik Baru", LID: "199999999999998", Addressing: warelay.ByPhoneOnly})
			next := must[*warelay.Person](t)(s.Person(s.ctx, was, "Pemilik Baru"))
			must[string](t)(next.Text(s.ctx, office, "status"))
			now := d.words(s.ctx, t, "status")
			if now.Chat == old.Chat || now.From.ID == old.From.ID {
				t.Fatalf("the number's new owner is taken for the former one, %v", old.Chat)
			}
			deaf.Store(false)
			for to, who := range map[bot.Address]*warelay.Person{now.Chat: next, old.Chat: siti.Person} {
				if _, err := ch.Send(s.ctx, to, "k"+to.ID, bot.Message{Text: "untuk " + who.Phone()}); err != nil {
					t.Fatal(err)
				}
				got := must[warelay.Received](t)(who.Next(s.ctx, func(m warelay.Received) bool { return strings.HasPrefix(m.Text, "untuk ") }))
				if got.Text != "untuk "+who.Phone() {
					t.Errorf("%s reads %q", who.Phone(), got.Text)
				}
			}
		})
	}
}
