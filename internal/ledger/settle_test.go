package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabeg/internal/ledger"
)

// script answers one commit after the other; what is not in it succeeds.
type script struct {
	answers []error
	causes  []string
}

func (s *script) Commit(_ context.Context, b ledger.Batch) error {
	s.causes = append(s.causes, b.Cause)
	if len(s.answers) == 0 {
		return nil
	}
	err := s.answers[0]
	s.answers = s.answers[1:]
	return err
}

// Whatever was overtaken is decided anew, and the decision is told by what.
func TestSettle(t *testing.T) {
	t.Parallel()
	broken := errors.New("database away")
	wrapped := fmt.Errorf("commit: %w", ledger.ErrStale)
	for name, c := range map[string]struct {
		answers []error
		told    []error // what each decision was told
		want    error
	}{
		"at once":               {nil, []error{nil}, nil},
		"handled before":        {[]error{ledger.ErrDone}, []error{nil}, nil},
		"changed meanwhile":     {[]error{wrapped}, []error{nil, ledger.ErrStale}, nil},
		"the number was taken":  {[]error{ledger.ErrTaken}, []error{nil, ledger.ErrTaken}, nil},
		"the letter has left":   {[]error{ledger.ErrSent}, []error{nil, ledger.ErrSent}, nil},
		"one after the other":   {[]error{wrapped, ledger.ErrSent, ledger.ErrDone}, []error{nil, ledger.ErrStale, ledger.ErrSent}, nil},
		"a store that is away":  {[]error{broken}, []error{nil}, broken},
		"away at the second":    {[]error{ledger.ErrTaken, broken}, []error{nil, ledger.ErrTaken}, broken},
		"there is no such case": {[]error{ledger.ErrUnknown}, []error{nil}, ledger.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &script{answers: c.answers}
			var told []error
			err := ledger.Settle(t.Context(), store, func(was error) (ledger.Batch, error) {
				told = append(told, was)
				return ledger.Batch{Cause: fmt.Sprint(len(told))}, nil
			})
			if !errors.Is(err, c.want) {
				t.Errorf("ends with %v, want %v", err, c.want)
			}
			if len(told) != len(c.told) || len(store.causes) != len(told) {
				t.Fatalf("decided %d times, committed %v, want %d", len(told), store.causes, len(c.told))
			}
			for i := range told {
				if !errors.Is(told[i], c.told[i]) {
					t.Errorf("decision %d is told %v, want %v", i, told[i], c.told[i])
				}
			}
		})
	}
}

// What never comes to rest ends all the same, with its reason.
func TestSettleEnds(t *testing.T) {
	t.Parallel()
	store := &script{}
	n := 0
	err := ledger.Settle(t.Context(), store, func(error) (ledger.Batch, error) {
		n++
		store.answers = []error{ledger.ErrStale}
		return ledger.Batch{Cause: "e"}, nil
	})
	if !errors.Is(err, ledger.ErrStale) || n < 2 || n > 20 {
		t.Errorf("after %d tries: %v", n, err)
	}
}

// Nobody decides for a caller who has left.
func TestSettleMindsItsContext(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	n := 0
	err := ledger.Settle(ctx, &script{answers: []error{ledger.ErrStale}}, func(error) (ledger.Batch, error) {
		n++
		leave()
		return ledger.Batch{Cause: "e"}, nil
	})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("after %d tries: %v", n, err)
	}
}

func TestSettleNothing(t *testing.T) {
	t.Parallel()
	store := &script{}
	if err := ledger.Settle(t.Context(), store, func(error) (ledger.Batch, error) { return ledger.Batch{}, nil }); err != nil || len(store.causes) > 0 {
		t.Errorf("nothing to commit: %v %v", store.causes, err)
	}
	away := errors.New("database away")
	err := ledger.Settle(t.Context(), store, func(error) (ledger.Batch, error) { return ledger.Batch{Cause: "e"}, away })
	if !errors.Is(err, away) || len(store.causes) > 0 {
		t.Errorf("a decision that could not be made: %v %v", store.causes, err)
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	b := ledger.Batch{Cause: "e", Letters: []ledger.Letter{{Key: "1"}}}
	b.Add(ledger.Batch{Cause: "other", Changes: []ledger.Change{ledger.Unsent{Key: "x"}}, Letters: []ledger.Letter{{Key: "2"}}, Jobs: []ledger.Job{ledger.Consult{Report: 1}}})
	b.Add(ledger.Batch{})
	want := ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Unsent{Key: "x"}}, Letters: []ledger.Letter{{Key: "1"}, {Key: "2"}}, Jobs: []ledger.Job{ledger.Consult{Report: 1}}}
	if d := cmp.Diff(want, b); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
