package outbox

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Invitations is a Colds that remembers who was invited, for networks that take nothing else (bot.Waker).
type Invitations interface {
	// Invited reports whether a person was invited since he or she wrote last.
	Invited(ctx context.Context, chat bot.Address) (bool, error)
	// Invite says that the person was. Thaw forgets it.
	Invite(ctx context.Context, chat bot.Address) error
	// Postpone says that a letter is to be tried again after a while, and not before: for so long nobody can be invited.
	Postpone(ctx context.Context, id int64, wait time.Duration) error
}

// Inviter is a Composer that can say what an invitation may say of a letter.
type Inviter interface {
	Wakeup(ctx context.Context, l ledger.Letter) (bot.Wakeup, error)
}

// What the card says of a letter that waits for the person, and of one for which nobody can be invited.
const (
	waitsForWord = "menunggu warga menulis lagi"
	waitsInvited = "warga lama diam: sudah diajak membaca, menunggu jawabannya"
	cannotInvite = "tidak sampai: warga lama diam dan belum bisa diajak membaca; hubungi dengan cara lain"
)

// errWaits is how a letter ends that waits for the person.
var errWaits = &bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: errors.New("the letter waits until the person writes")}

// invite tells a silent person, once, that there is news, and lays the letter aside until he or she answers. The letter is laid
// aside only after the invitation is out: who dies in between invites again.
func (w *wire) invite(ctx, ask context.Context, it *Item, to bot.Address, waker bot.Waker) error {
	invited, err := w.invited(ask, to)
	if err != nil {
		return err
	}
	it.waits = waitsInvited
	if !invited {
		err := w.wakeUp(ctx, ask, it, to, waker)
		se, refused := errors.AsType[*bot.SendError](err)
		switch {
		case refused && se.Remedy == bot.Retry && !se.Slow && se.After >= longWait: // whom it is for may write meanwhile, and is answered
			if err := w.colds.(Invitations).Postpone(ask, it.ID, se.After); err != nil { //nolint:forcetypeassert // invited has looked
				return err
			}
			return errAside
		case refused && se.Remedy == bot.GiveUp:
			it.waits = cannotInvite
			w.log.Warn("a person cannot be invited", "letter", it.ID, "error", se.Err)
		case err != nil:
			return err
		}
	}
	ok, err := w.colds.Chill(ask, it.ID, it.waits)
	switch {
	case err != nil:
		return err
	case !ok:
		return errOvertaken
	case !w.isCold(ask, it, to): // the person wrote meanwhile, and what waited then is on its way
		if err := w.colds.Warm(ask, it.ID); err != nil {
			return err
		}
		it.cold = false
		return errNotYet
	}
	return errWaits
}

func (w *wire) invited(ask context.Context, to bot.Address) (bool, error) {
	if i, ok := w.colds.(Invitations); ok {
		return i.Invited(ask, to)
	}
	return true, nil // nobody would know that it was done: it is not done
}

func (w *wire) wakeUp(ctx, ask context.Context, it *Item, to bot.Address, waker bot.Waker) error {
	inviter, ok := w.composer.(Inviter)
	if !ok {
		return &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("nobody writes invitations")}
	}
	words, err := inviter.Wakeup(ask, it.Letter)
	if errors.Is(err, ledger.ErrUnknown) {
		return errOvertaken
	}
	if err != nil {
		return err
	}
	if err := ledger.Led(ctx); err != nil {
		return err
	}
	if _, err := waker.Wake(ctx, to, wakeKey+it.Letter.Key, words); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	return w.colds.(Invitations).Invite(ctx, to) //nolint:forcetypeassert // invited has looked
}
