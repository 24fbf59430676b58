package public_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"

	"rabeg/internal/ledger"
	"rabeg/internal/public"
	"rabeg/internal/report"
)

// watched is a store that counts how often the first page is made, and keeps who asks for a report waiting.
type watched struct {
	public.Store
	made atomic.Int64
	ask  chan struct{} // one for each that has asked
	let  chan struct{} // closed: nobody waits
}

func (s *watched) Displays(ctx context.Context, q ledger.DisplayQuery) ([]report.Display, error) {
	s.made.Add(1)
	return s.Store.Displays(ctx, q)
}

func (s *watched) Display(ctx context.Context, code report.Code) (report.Display, error) {
	s.ask <- struct{}{}
	<-s.let
	return s.Store.Display(ctx, code)
}

// Who guesses many numbers at once, before the first of them is answered, finds no more of them than who guesses one by one.
func TestGuessingAtOnceIsSlow(t *testing.T) {
	t.Parallel()
	const at = "10.1.1.1"
	w := newTown(t)
	const guesses = 60
	s := &watched{Store: w.pages, ask: make(chan struct{}, 2*guesses), let: make(chan struct{})}
	w.options.Store, w.options.Makers = s, semaphore.NewWeighted(guesses)
	w.open()
	guess := func(i int) int { return w.get("/laporan/"+string(w.code(5000+i)), "X-Real-IP", at).Code }
	var all sync.WaitGroup
	for i := range guesses {
		all.Go(func() { guess(i) })
	}
	for range guesses {
		<-s.ask
	}
	close(s.let)
	all.Wait()
	for i, want := range []int{http.StatusTooManyRequests, http.StatusNotFound} { // 60 misses are 15, and 45 of five seconds each
		minute := 3 + i
		w.now = noon.Add(time.Duration(minute) * time.Minute)
		if got := guess(100 + minute); got != want {
			t.Errorf("%d minutes later a guess answers %d", minute, got)
		}
	}
}

// Addresses that nobody made push no page out of memory, whatever they are and however long.
func TestAddressesOfNothingAreKeptNowhere(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	s := &watched{Store: w.pages}
	w.options.Store = s
	w.open()
	w.get("/")
	before := s.made.Load()
	for i := range 20_000 {
		if page := w.get(fmt.Sprint("/tidak-ada/", i)); page.Code != http.StatusNotFound {
			t.Fatalf("it answers %d", page.Code)
		}
	}
	if page := w.get("/" + strings.Repeat("x", 60_000)); page.Code != http.StatusNotFound {
		t.Errorf("a long one answers %d", page.Code)
	}
	w.get("/")
	if n := s.made.Load(); n != before || before == 0 {
		t.Errorf("the first page asked the database %d times, and %d after that", before, n)
	}
}
