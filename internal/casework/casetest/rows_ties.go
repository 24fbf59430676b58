package casetest

import (
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// tying ties two chats of one person, then a third, and takes one out again: a code serves one chat, once and for its time; news go
// where the person wrote last, each once.
func tying(f *fixture) {
	books, ok := f.Reader.(ledger.TieReader)
	if !ok {
		f.Fatalf("%T reads no ties", f.Reader)
	}
	wa, cloud, thief := bot.Address{Network: bot.WhatsApp, ID: "7@lid"}, bot.Address{Network: bot.WhatsAppCloud, ID: "ID.1"}, bot.Address{Network: bot.Telegram, ID: "66"}
	offer := ledger.Offer{Chat: citizen, Code: "AAAA2222", Until: now.Add(10 * time.Minute)}
	refused := func(cause string, c ledger.Change) {
		f.Helper()
		f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{c}}), ledger.ErrStale)
	}
	kin := func(chat bot.Address, want ...bot.Address) {
		f.Helper()
		got, err := books.Ties(f.ctx, chat)
		f.must(err)
		if len(got)+len(want) > 0 {
			f.same("the chats of who writes from "+chat.ID, got, want)
		}
	}
	kin(citizen)
	_, err := books.OfferOf(f.ctx, citizen)
	f.wants(err, ledger.ErrUnknown)
	f.changes("t1", ledger.Offered{Offer: ledger.Offer{Chat: citizen, Code: "BBBB3333", Until: now.Add(time.Minute)}})
	f.changes("t2", ledger.Offered{Offer: offer})
	_, err = books.OfferBy(f.ctx, "BBBB3333")
	f.wants(err, ledger.ErrUnknown)
	got, err := books.OfferBy(f.ctx, offer.Code)
	f.must(err)
	f.same("the code", got, offer)

	refused("t3", ledger.Tied{Chat: citizen, Taker: wa, At: now})              // nobody has wanted it
	refused("t4", ledger.Wanted{Code: "BBBB3333", Taker: wa, At: now})         // another took its place
	refused("t5", ledger.Wanted{Code: offer.Code, Taker: wa, At: offer.Until}) // it is over
	refused("t6", ledger.Wanted{Code: offer.Code, Taker: citizen, At: now})    // it is the own one
	f.changes("t7", ledger.Wanted{Code: offer.Code, Taker: wa, At: now})
	f.changes("t8", ledger.Wanted{Code: offer.Code, Taker: wa, At: now}) // said again
	refused("t9", ledger.Wanted{Code: offer.Code, Taker: thief, At: now})
	refused("t10", ledger.Tied{Chat: citizen, Taker: thief, At: now})
	refused("t11", ledger.Tied{Chat: citizen, Taker: wa, At: offer.Until})
	kin(citizen)
	f.changes("t12", ledger.Tied{Chat: citizen, Taker: wa, At: now})
	refused("t13", ledger.Tied{Chat: citizen, Taker: wa, At: now})
	kin(citizen, citizen, wa)
	kin(wa, citizen, wa)
	kin(thief)

	f.changes("t14", ledger.Offered{Offer: ledger.Offer{Chat: cloud, Code: "CCCC4444", Until: now.Add(time.Hour)}})
	f.changes("t15", ledger.Wanted{Code: "CCCC4444", Taker: wa, At: now})
	f.changes("t15b", ledger.Tied{Chat: cloud, Taker: wa, At: now.Add(time.Second)})
	f.changes("t16", ledger.Homed{Chat: wa, At: now.Add(time.Minute)}, ledger.Homed{Chat: thief, At: now.Add(time.Hour)})
	kin(citizen, wa, cloud, citizen)
	kin(thief)
	notice, echo := func(key string, to bot.Address) ledger.Letter {
		return ledger.Letter{Key: key, To: to, Report: 5, Purpose: ledger.Notice, Message: bot.Message{Text: key}}
	}, func(key string, to bot.Address) ledger.Letter {
		return ledger.Letter{Key: key, To: to, Report: 5, Purpose: ledger.Echo, Message: bot.Message{Text: key}}
	}
	reply := ledger.Letter{Key: "reply", To: citizen, Purpose: ledger.Reply, Message: bot.Message{Text: "reply"}}
	f.letters("t17", notice("n1", citizen), echo("n1.1", cloud), echo("n1.2", thief), reply)
	f.same("the news", f.addressOf("n1"), wa)
	f.same("somebody else's", f.addressOf("n1.2"), thief)
	f.same("an answer", f.addressOf("reply"), citizen)
	for _, key := range f.waiting() {
		if key == "n1.1" {
			f.Errorf("the same news reach one chat twice")
		}
	}
	f.changes("t18", ledger.Homed{Chat: cloud, At: now.Add(2 * time.Minute)})
	f.same("what is on its way", f.addressOf("n1"), wa)
	f.changes("t19", ledger.Homed{Chat: citizen, At: now.Add(3 * time.Minute), Unserved: []bot.Network{bot.WhatsApp}})
	f.same("what waits where nothing is sent any more", f.addressOf("n1"), citizen)

	to := bot.Address{Network: bot.WhatsApp, ID: "8@lid"}
	f.changes("t20", ledger.Moved{Was: wa, Now: to})
	kin(to, citizen, cloud, to)
	kin(wa)
	f.changes("t21", ledger.Untied{Chat: citizen})
	kin(citizen)
	kin(to, cloud, to)
	f.changes("t22", ledger.Untied{Chat: cloud})
	kin(to)
	for n := range ledger.TiesMost { // who wants more codes than may be tied
		shows := bot.Address{Network: bot.Telegram, ID: "70" + strconv.Itoa(n)}
		o := ledger.Offer{Chat: shows, Code: "DDDD555" + strconv.Itoa(n), Until: now.Add(time.Hour)}
		cause := "t22." + strconv.Itoa(n)
		f.changes(cause+"/offer", ledger.Offered{Offer: o})
		f.changes(cause+"/want", ledger.Wanted{Code: o.Code, Taker: to, At: now})
		tie := ledger.Tied{Chat: shows, Taker: to, At: now}
		if n == ledger.TiesMost-1 {
			refused(cause+"/tie", tie)
			kin(shows)
			break
		}
		f.changes(cause+"/tie", tie)
	}
	f.changes("t23", ledger.Offered{Offer: offer})
	f.changes("t24", ledger.Withdrawn{Chat: citizen}, ledger.Withdrawn{Chat: wa})
	_, err = books.OfferBy(f.ctx, offer.Code)
	f.wants(err, ledger.ErrUnknown)
}
