package outbox

import (
	"context"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Colds keeps letters to people who have been silent for so long that their network may refuse them (bot.Silences), and to those who have shut
// the bot out. A letter of the first kind is given to the network once: it is written down as cold before that, and from then on no sender takes
// it by itself, whatever becomes of this process.
type Colds interface {
	// Chill says that a letter is being tried, with a word for the report's card; ok is false when it was withdrawn or
	// replaced in between.
	Chill(ctx context.Context, id int64, why string) (ok bool, err error)
	// Warm puts a letter back that the network did not take for another reason: it is tried again.
	Warm(ctx context.Context, id int64) error
	// Thaw lets all cold letters of a chat wait again, for the person has written; it tells how many.
	Thaw(ctx context.Context, chat bot.Address) (int, error)
}

// What the card says of a cold letter that is or was on its way, and of one that was refused.
const (
	mayMiss = "warga sudah lama diam, mungkin tidak sampai"
	missed  = "tidak sampai: warga lama diam; hubungi dengan cara lain"
	// shutOut is said of a letter to a chat that takes none, shutFor where its person may let the bot in again.
	shutOut = "diblokir atau keluar dari chat"
	shutFor = "gagal: bot diblokir atau akunnya tidak aktif; dikirim begitu warga kembali"
)

// Unreachable reports whether a letter that ended so shows that its chat takes no others either, until somebody writes there.
func Unreachable(state ledger.DeliveryState, why string) bool {
	switch why {
	case shutOut, neverArrived, ledger.Stranger:
		return state == ledger.Failed
	case missed, shutFor, cannotInvite, NotInvited:
		return state == ledger.Cold
	}
	return false
}

// coldTimeout bounds asking for a silence: a letter is not held up by it for longer.
const coldTimeout = 2 * time.Second

// claim takes a letter for sending: one to a silent person, and one that could be taken back until now, be it an answer or what must no
// longer be seen.
func (w *wire) claim(ctx, ask context.Context, it *Item, to bot.Address) (err error) {
	ok := true
	it.cold = w.isCold(ask, it, to)
	waker, invites := w.channel.(bot.Waker)
	switch {
	case it.cold && invites:
		return w.invite(ctx, ask, it, to, waker)
	case it.cold:
		ok, err = w.colds.Chill(ask, it.ID, mayMiss)
	case !it.Letter.Hold.IsZero() && it.Letter.Purpose != ledger.Reply, it.Letter.Shows(), w.receipts():
		ok, err = w.claims.Claim(ask, it.ID)
	}
	if err == nil && !ok {
		err = errOvertaken
	}
	return err
}

// isCold asks about notices alone: who is answered has just written. Where it is not known the letter goes out as others
// do, and the network has the last word.
func (w *wire) isCold(ctx context.Context, it *Item, to bot.Address) bool {
	silences, ok := w.channel.(bot.Silences)
	if !ok || w.colds == nil || !it.Letter.News() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, coldTimeout)
	defer cancel()
	cold, err := silences.Cold(ctx, to)
	if err != nil {
		w.log.Warn("a silence is not known", "letter", it.ID, "error", err)
	}
	return cold && err == nil
}

// refused keeps the books of cold letters after a failure: one that was not refused for its coldness waits again, and one
// that was, though nobody knew, is cold from now on.
func (w *wire) refused(ctx context.Context, it *Item, err error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	se := bot.AsSendError(err)
	switch {
	case it.cold && (se.Remedy == bot.Retry || se.Remedy == bot.Move):
		if werr := w.colds.Warm(ctx, it.ID); werr != nil {
			w.log.Warn("a cold letter could not be put back", "letter", it.ID, "error", werr)
		}
	case !it.cold && se.Cold && w.colds != nil && (w.invites() || it.Letter.News()):
		it.waits = missed
		if se.Remedy == bot.Gone && !w.invites() {
			it.waits = shutFor
		}
		if w.invites() {
			if it.Letter.News() { // the channel knows now that the window is shut: the next try invites
				return &bot.SendError{Remedy: bot.Retry, Tries: latesMost, Then: bot.GiveUp, Err: se.Err}
			}
			it.waits = waitsForWord
		}
		ok, cerr := w.colds.Chill(ctx, it.ID, it.waits)
		switch {
		case cerr != nil:
			return cerr
		case !ok:
			return errOvertaken
		}
		it.cold = true
	default:
		return w.notTaken(ctx, it, se)
	}
	return err
}

// invites reports whether the network takes an invitation, and nothing else, to a silent person.
func (w *wire) invites() bool {
	_, ok := w.channel.(bot.Waker)
	return ok
}
