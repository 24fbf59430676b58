package outbox

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Later keeps what becomes of letters after their network took them (bot.Receipts).
type Later interface {
	// Received writes down what a receipt brings about (Standing.After). again says that a letter waits once more.
	Received(ctx context.Context, r bot.Receipt) (again bool, err error)
	// Refused says that the network did not take a letter that was written down as on its way: it waits again, and with a wait not
	// before that is over. refusals is how often it was laid aside so, with this time.
	Refused(ctx context.Context, id int64, wait time.Duration) (refusals int, err error)
	// Unsettle lets the letters that an earlier sender may have sent wait for so long: the network may yet tell of them.
	Unsettle(ctx context.Context, networks []string, wait time.Duration) error
}

// ErrEarly says that a receipt came before what it is about was written down: it is to be told again.
var ErrEarly = errors.New("the letter is still on its way")

const (
	// settleWait is how long a letter waits that an earlier sender may have sent. The network knows no second copy.
	settleWait = 10 * time.Second
	// latesMost is how often a letter goes out anew that was taken and did not arrive, where the network's remedy says no number.
	latesMost = 3
	// wakeKey begins the key under which a person is invited; the letter's key follows.
	wakeKey = "wake:"
)

// WakeOf is the key of the letter for which a person was invited under a key; ok is false for every other key.
func WakeOf(key string) (letter string, ok bool) {
	if len(key) > len(wakeKey) && key[:len(wakeKey)] == wakeKey {
		return key[len(wakeKey):], true
	}
	return "", false
}

// longWait is how long a letter may wait here for its next try. One that is to wait longer is laid aside: what is behind it in its
// chat goes on.
const longWait = 10 * time.Minute

// errAside says that a letter was laid aside: the database knows when it is to be tried again.
var errAside = errors.New("laid aside for long")

// notTaken writes down that the network did not take a letter that was written down as on its way.
func (w *wire) notTaken(ctx context.Context, it *Item, se *bot.SendError) error {
	if w.later == nil || se.Remedy != bot.Retry || se.Unsure {
		return se
	}
	wait := se.After
	if se.Slow || wait < longWait {
		wait = 0
	}
	refusals, err := w.later.Refused(ctx, it.ID, wait)
	switch {
	case err != nil:
		w.log.Warn("a letter that was not taken is not known as such", "letter", it.ID, "error", err)
		return se
	case wait == 0:
		return se
	case se.Tries > 0 && refusals >= se.Tries:
		return &bot.SendError{Remedy: se.Then, Err: se.Err}
	}
	return errAside
}

// What the card says of letters that did not arrive, and of an invitation that did not.
const (
	neverArrived = "tidak sampai ke ponsel warga; hubungi dengan cara lain"
	refusedLate  = "ditolak jaringan setelah terkirim"
	// NotInvited is said of a letter that waits for somebody whom not even the invitation reached.
	NotInvited = "tidak sampai: warga lama diam dan ajakan membaca pun tidak sampai; hubungi dengan cara lain"
)

// Standing is where a letter stands when a receipt comes for it.
type Standing struct {
	State ledger.DeliveryState
	Seen  ledger.Seen
	Why   string
	Ref   bot.MessageRef
	Lates int  // how often it was taken and did not arrive
	News  bool // see ledger.Purpose
}

// After is where it stands afterwards, and how long it waits when it is to go out anew. Receipts come in any order, twice, and
// before the sender knows that the letter was taken: what came so far is never taken back, but for a failure.
func (s Standing) After(r bot.Receipt) (Standing, time.Duration, error) {
	onItsWay := s.State == ledger.Waiting || s.State == ledger.Sending
	same := !s.Ref.Zero() && s.Ref == r.Ref
	switch r.Outcome {
	case bot.Took, bot.Arrived, bot.Read:
		if r.Beside || onItsWay && same && r.Outcome == bot.Took {
			return s, 0, nil // another part of it; or an old word on the copy that failed
		}
		if onItsWay {
			s.State, s.Ref, s.Why = ledger.Sent, r.Ref, ""
			same = true
		}
		if s.State == ledger.Sent && same {
			s.Seen = farther(s.Seen, r.Outcome)
			if s.Why == NotSeen && s.Seen != ledger.Unseen {
				s.Why = ""
			}
		}
		return s, 0, nil
	case bot.Missed:
		switch {
		case onItsWay && same:
			return s, 0, nil // that is known
		case onItsWay:
			return s, 0, ErrEarly
		case s.State != ledger.Sent, !r.Beside && !s.Ref.Zero() && !same:
			return s, 0, nil
		}
		return s.missed(r.Err)
	}
	return s, 0, nil
}

func farther(seen ledger.Seen, o bot.Outcome) ledger.Seen {
	switch {
	case o == bot.Read, seen == ledger.Read:
		return ledger.Read
	case o == bot.Arrived:
		return ledger.Arrived
	}
	return seen
}

// missed is where a letter stands that was taken and did not arrive.
func (s Standing) missed(se *bot.SendError) (Standing, time.Duration, error) {
	if se == nil {
		se = &bot.SendError{Remedy: bot.GiveUp}
	}
	s.Seen = ledger.Unseen
	s.Lates++
	remedy, most := se.Remedy, latesMost
	if se.Tries > 0 {
		most = se.Tries
	}
	switch {
	case se.Cold && s.News && s.Lates < latesMost:
		s.State, s.Why = ledger.Waiting, "" // the network's window is known to be shut by now: the person is invited
		return s, settleWait, nil
	case se.Cold:
		s.State, s.Why = ledger.Cold, waitsForWord
		return s, 0, nil
	case remedy == bot.Retry && se.Tries < 0: // nothing arrives until somebody acts: that is no fault of the letter's
		s.State, s.Why, s.Lates = ledger.Waiting, NotSeen, s.Lates-1
		return s, max(se.After, settleWait), nil
	case remedy == bot.Retry && s.Lates < most:
		s.State, s.Why = ledger.Waiting, ""
		return s, max(se.After, settleWait), nil
	case remedy == bot.Retry:
		remedy = se.Then
		if remedy == bot.Retry {
			remedy = bot.GiveUp
		}
	}
	s.State, s.Why = ledger.Failed, refusedLate
	if remedy == bot.Gone {
		s.Why = neverArrived
	}
	return s, 0, nil
}

// Received is told by the network what became of a letter.
func (s *Sender) Received(ctx context.Context, r bot.Receipt) error {
	if s.Later == nil {
		return nil
	}
	again, err := s.Later.Received(ctx, r)
	if again {
		s.Observe("late "+bot.Missed.String(), 0)
		s.Look()
	}
	return err
}

// receipts reports whether the network tells later what became of a letter: then each is written down as on its way before it
// goes, for nobody else could tell afterwards whether it went.
func (w *wire) receipts() bool {
	_, ok := w.channel.(bot.Receipts)
	return ok
}
