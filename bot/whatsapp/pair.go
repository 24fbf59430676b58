package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"
)

// PairOptions choose how a device is linked.
type PairOptions struct {
	// Phone is the office's number, digits with the country's in front ("62812…"). When it is given, a code of eight
	// characters to be typed into the phone is shown beside the QR codes.
	Phone string
}

// Code is what the office's phone is to be shown, one after the other until one was used.
type Code struct {
	// QR is the text of a QR code, to be scanned with WhatsApp → Perangkat tertaut.
	QR string
	// Link is a code to be typed into the phone in its place, "ABCD-EFGH"; empty when no number was given.
	Link string
	// For is how long the QR code can be used.
	For time.Duration
}

// Paired is the account that was linked.
type Paired struct {
	Phone string // digits
	LID   string
}

// The ways in which pairing fails.
var (
	ErrPaired      = errors.New("a device is linked already; unlink it on the phone first (Perangkat tertaut)")
	ErrPairing     = errors.New("another program is just pairing")
	ErrPairTimeout = errors.New("no code was used in time; start again")
	ErrPairPasskey = errors.New("this account wants a passkey, which cannot be given here; pair with the other way (QR or code)")
)

// Pair links a device to the office's account and returns when it has logged in for the first time. show is called with
// each code. A running Run, here or in another process, waits meanwhile and takes the device over. Nothing of ours is
// lost by pairing anew: letters wait with the sender, events in the inbox.
func (c *Channel) Pair(ctx context.Context, o PairOptions, show func(Code)) (Paired, error) {
	unlock, err := c.lockPairing(ctx)
	if err != nil {
		return Paired{}, err
	}
	defer func() { unlock(); signal(c.wake) }()
	list, err := c.container.GetAllDevices(ctx)
	if err != nil {
		return Paired{}, fmt.Errorf("read the linked device: %w", err)
	}
	if len(list) > 0 {
		return Paired{}, ErrPaired
	}
	life, die := context.WithCancel(context.WithoutCancel(ctx))
	defer die()
	p := pairing{c: c, show: show, phone: o.Phone, events: make(chan any, 32)}
	return p.run(ctx, life)
}

// Introduce sets the name under which the office's phone lists the device; without it that is the library's. The library
// keeps it for the whole process and without a lock: call it before any client connects, where a device is to be paired.
func Introduce(name string) { store.SetOSInfo(name, [3]uint32{1, 0, 0}) }

type pairing struct {
	c      *Channel
	show   func(Code)
	phone  string
	events chan any
	link   string
}

func (p *pairing) run(ctx, life context.Context) (Paired, error) {
	s := p.c.newSession(life, p.c.container.NewDevice())
	s.cli.RemoveEventHandlers()
	s.cli.AddEventHandlerWithSuccessStatus(func(e any) bool {
		switch e.(type) {
		case *events.Message:
			return false // comes again to Run, which has an inbox for it
		case *events.Disconnected:
			s.noticed()
		}
		select {
		case p.events <- e:
		case <-life.Done():
		}
		return true
	})
	defer s.stop()
	codes, err := s.cli.GetQRChannel(life)
	if err != nil {
		return Paired{}, fmt.Errorf("pair: %w", scrub(err))
	}
	if err := s.cli.ConnectContext(life); err != nil {
		return Paired{}, fmt.Errorf("pair: connect: %w", scrub(err))
	}
	for {
		select {
		case <-ctx.Done():
			return Paired{}, ctx.Err()
		case item, open := <-codes:
			if !open {
				codes = nil
				continue
			}
			if err := p.item(ctx, s.cli, item); err != nil {
				return Paired{}, err
			}
		case e := <-p.events:
			if over, final := p.c.refusalOf(e); final {
				return Paired{}, fmt.Errorf("pair: WhatsApp refused: %s", over.kind)
			}
			if _, in := e.(*events.Connected); in && s.cli.Store.ID != nil {
				return Paired{Phone: s.cli.Store.ID.User, LID: form(s.cli.Store.LID)}, nil
			}
		}
	}
}

// clientName is how a browser would introduce itself; WhatsApp takes no other names with a code.
const clientName = "Chrome (Linux)"

func (p *pairing) item(ctx context.Context, cli *whatsmeow.Client, item whatsmeow.QRChannelItem) error {
	switch item.Event {
	case whatsmeow.QRChannelEventCode:
		if p.phone != "" && p.link == "" {
			link, err := cli.PairPhone(ctx, p.phone, true, whatsmeow.PairClientChrome, clientName)
			if err != nil {
				return fmt.Errorf("pair: ask for a code: %w", scrub(err))
			}
			p.link = link
		}
		p.show(Code{QR: item.Code, Link: p.link, For: item.Timeout})
		return nil
	case whatsmeow.QRChannelSuccess.Event:
		return nil // the first login follows
	case whatsmeow.QRChannelTimeout.Event:
		return ErrPairTimeout
	case whatsmeow.QRChannelClientOutdated.Event:
		return fmt.Errorf("pair: WhatsApp refused: %s", Outdated)
	case whatsmeow.QRChannelScannedWithoutMultidevice.Event:
		return nil // the person is told by the phone
	case whatsmeow.QRChannelEventPasskeyRequest, whatsmeow.QRChannelEventPasskeyResponse:
		return ErrPairPasskey
	default:
		if item.Error != nil {
			return fmt.Errorf("pair: %w", scrub(item.Error))
		}
		return fmt.Errorf("pair: %s", item.Event)
	}
}

// pairingKey is the advisory lock that is held while a device is being linked.
func (c *Channel) pairingKey() int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("whatsapp pairing " + c.opt.Schema)) // never fails
	return int64(h.Sum64())
}

// lockPairing keeps every Run from using a device that is not ready. It ends with its connection, so a program that dies
// leaves nothing behind.
func (c *Channel) lockPairing(ctx context.Context) (unlock func(), err error) {
	conn, err := c.opt.DB.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock the pairing: %w", err)
	}
	var mine bool
	err = conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, c.pairingKey()).Scan(&mine)
	if err == nil && !mine {
		err = ErrPairing
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_, _ = conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, c.pairingKey())
		_ = conn.Close()
	}, nil
}

// tryPairing reports whether nobody is pairing.
func (c *Channel) tryPairing(ctx context.Context) (free bool, err error) {
	const ask = `SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND (classid::bigint << 32) | objid::bigint = $1 AND granted`
	if err = c.opt.DB.QueryRowContext(ctx, ask, c.pairingKey()).Scan(&free); err != nil {
		return false, fmt.Errorf("ask for a pairing: %w", err)
	}
	return free, nil
}
