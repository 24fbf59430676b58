package whatsapp

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"go.mau.fi/util/dbutil"
	"go.mau.fi/whatsmeow/store"
)

// errAway makes the library leave a message unacknowledged: it does so for this error alone (message.go, decryptMessages).
var errAway = fmt.Errorf("%w: the database is away", context.Canceled)

// errPanic is what a panic inside a decryption becomes. Left alone, the library would acknowledge the message.
var errPanic = errors.New("decrypting panicked")

// buffer stands before the library's event buffer. It adds what keeps messages from being lost:
//
// A database that is away while a message is being decrypted looks to the library like a message that cannot be
// decrypted: it asks for another copy a few times and then acknowledges. Here it becomes a message to be kept.
//
// Encrypting for a person while decrypting that person's message uses a counter twice, and the phone drops the second
// message as a duplicate. Here both wait for each other.
type buffer struct {
	store.EventBuffer
	c    *Channel
	s    *session
	seen atomic.Int64 // failed statements up to the last decryption
}

func (b *buffer) GetBufferedEvent(ctx context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	if b.c.cures.outage && b.s.refusing.Load() {
		return nil, errAway
	}
	found, err := b.EventBuffer.GetBufferedEvent(ctx, hash)
	return found, b.judge(err)
}

func (b *buffer) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	if b.c.cures.lock {
		if !b.c.lockRatchet(ctx) {
			return errAway
		}
		defer b.c.unlockRatchet()
	}
	err := b.EventBuffer.DoDecryptionTxn(ctx, func(ctx context.Context) (err error) {
		defer func() {
			if recover() != nil { // the value may hold text
				b.c.fault("panic", nil)
				err = errPanic
			}
		}()
		if b.c.cures.within != nil {
			b.c.cures.within()
		}
		return decrypt(ctx)
	})
	return b.judge(err)
}

// judge tells a database's failure from a message's. A statement that failed since the last decryption counts, because
// the library swallows some errors and then fails for want of what it did not read. At worst a message that cannot be
// decrypted comes once more.
func (b *buffer) judge(err error) error {
	failed := b.c.trouble.count.Load()
	before := b.seen.Swap(failed)
	if err == nil || !b.c.cures.outage {
		return err
	}
	if failed == before && !errors.Is(err, context.Canceled) && !ofDatabase(err) {
		return err
	}
	b.c.fault("database", err)
	b.s.owe()
	return errAway
}

// ofDatabase reports whether an error is one of the database or of the way to it, and not of what was asked.
func ofDatabase(err error) bool {
	if ofData(err) {
		return false
	}
	var answered *pgconn.PgError
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &answered) || errors.As(err, &connecting) || errors.As(err, &network) ||
		errors.Is(err, dbutil.ErrTxn) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, sql.ErrTxDone) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded)
}

// lockRatchet waits until nobody decrypts or sends; false when ctx is done.
func (c *Channel) lockRatchet(ctx context.Context) bool {
	select {
	case c.ratchet <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *Channel) unlockRatchet() { <-c.ratchet }
