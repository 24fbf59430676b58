package sp4ntest

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"rabeg/internal/sp4n"
)

// Door is a Handover without LAPOR!. It is slow where Wait says so, busy for the next Busy calls, and loses its answer for the next Deaf
// ones: what was sent has come all the same. It refuses packets without a title.
type Door struct {
	mu         sync.Mutex
	sent       map[string]string // by key
	Stands     map[string]sp4n.Standing
	Busy, Deaf int
	Wait       <-chan struct{}
}

var _ sp4n.Handover = (*Door)(nil)

// Send is of sp4n.Handover.
func (d *Door) Send(ctx context.Context, key string, p sp4n.Packet, _ [][]byte) (string, error) {
	if d.Wait != nil {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-d.Wait:
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Busy > 0 {
		d.Busy--
		return "", sp4n.ErrBusy
	}
	if p.Title == "" || len(p.Text) == 0 {
		return "", &sp4n.RefusedError{Why: "tanpa judul atau isi"}
	}
	if d.sent == nil {
		d.sent = map[string]string{}
	}
	number, again := d.sent[key]
	if !again {
		number = strconv.Itoa(8000001 + len(d.sent))
		d.sent[key] = number
	}
	if d.Deaf > 0 {
		d.Deaf--
		return "", sp4n.ErrBusy
	}
	return number, nil
}

// Standing is of sp4n.Handover.
func (d *Door) Standing(_ context.Context, tracking string) (sp4n.Standing, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, n := range d.sent {
		if n == tracking {
			if s, ok := d.Stands[n]; ok {
				return s, nil
			}
			return sp4n.Standing{Status: "Belum Terverifikasi"}, nil
		}
	}
	return sp4n.Standing{}, sp4n.ErrUnknown
}

// HandoverContract holds a Handover to what sp4n.Handover promises. open makes one that knows no packet of the keys "a" and "b" yet.
func HandoverContract(t *testing.T, open func(t *testing.T) sp4n.Handover) {
	t.Helper()
	ctx := context.Background()
	p := sp4n.Packet{Kind: "Pengaduan", Title: "Lampu padam", Text: []string{"Lampu di Jalan Contoh padam."}, Date: "3 November 2026", Place: "Jalan Contoh", Office: "Dinas Contoh"}
	send := func(h sp4n.Handover, key string) string {
		t.Helper()
		for range 20 { // it may be busy for a while
			n, err := h.Send(ctx, key, p, nil)
			if errors.Is(err, sp4n.ErrBusy) {
				continue
			}
			must(t, err)
			return n
		}
		t.Fatal("it never answers")
		return ""
	}
	t.Run("a packet gets a number, and the same one however often it is sent", func(t *testing.T) {
		h := open(t)
		first := send(h, "a")
		if n, ok := sp4n.TrackingID(first); !ok || n != first {
			t.Errorf("%q is no tracking id", first)
		}
		if again := send(h, "a"); again != first {
			t.Errorf("sent again it is %s, it was %s", again, first)
		}
		if other := send(h, "b"); other == first {
			t.Error("two packets have one number")
		}
		if s, err := h.Standing(ctx, first); err != nil || s.Status == "" {
			t.Errorf("it stands as %+v: %v", s, err)
		}
	})
	t.Run("what is not taken is refused, and stays unsent", func(t *testing.T) {
		h := open(t)
		for range 20 {
			_, err := h.Send(ctx, "a", sp4n.Packet{}, nil)
			if errors.Is(err, sp4n.ErrBusy) {
				continue
			}
			var refused *sp4n.RefusedError
			if !errors.As(err, &refused) || refused.Why == "" {
				t.Errorf("an empty packet: %v", err)
			}
			break
		}
		send(h, "a")
	})
	t.Run("a number of nobody's is unknown", func(t *testing.T) {
		if _, err := open(t).Standing(ctx, "999999"); !errors.Is(err, sp4n.ErrUnknown) {
			t.Errorf("%v", err)
		}
	})
	t.Run("who waits no longer is let go", func(t *testing.T) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := open(t).Send(gone, "a", p, nil); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, sp4n.ErrBusy) {
			t.Errorf("%v", err)
		}
	})
}
