package gather

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

// What comes while a batch is at work makes the next one, in order and not larger than it may be.
func TestWhatWaitsGoesTogether(t *testing.T) {
	t.Parallel()
	var batches [][]int
	began, goOn := make(chan struct{}, 10), make(chan struct{})
	l := New(1, 4, func(batch []int) {
		batches = append(batches, slices.Clone(batch))
		began <- struct{}{}
		<-goOn
	})
	put := func(n int) {
		if err := l.Put(t.Context(), n); err != nil {
			t.Error(err)
		}
	}
	put(1)
	<-began
	for n := 2; n <= 5; n++ {
		put(n)
	}
	goOn <- struct{}{}
	<-began
	put(6)
	close(goOn)
	l.Close()
	if want := [][]int{{1}, {2, 3, 4, 5}, {6}}; !slices.EqualFunc(batches, want, slices.Equal) {
		t.Errorf("the batches were %v, want %v", batches, want)
	}
}

// A line that is full keeps nobody who does not want to wait, and one that closes finishes what it took.
func TestFullAndClosed(t *testing.T) {
	t.Parallel()
	began, goOn := make(chan struct{}), make(chan struct{})
	done := 0
	l := New(1, 1, func(batch []int) {
		began <- struct{}{}
		<-goOn
		done += len(batch)
	})
	_ = l.Put(t.Context(), 1)
	<-began
	_ = l.Put(t.Context(), 2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Put(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("a full line answered %v", err)
	}
	go func() { goOn <- struct{}{}; <-began; goOn <- struct{}{} }()
	l.Close()
	l.Close()
	if err := l.Put(t.Context(), 4); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed line answered %v", err)
	}
	if done != 2 {
		t.Errorf("%d of the two values that were taken were done", done)
	}
}

// Callers at once, several workers: everything is done once.
func TestEverythingOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[int]int{}
	l := New(3, 8, func(batch []int) {
		mu.Lock()
		defer mu.Unlock()
		for _, n := range batch {
			seen[n]++
		}
	})
	var all sync.WaitGroup
	for from := range 20 {
		all.Go(func() {
			for n := range 50 {
				if err := l.Put(t.Context(), 50*from+n); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	l.Close()
	for n := range 1000 {
		if seen[n] != 1 {
			t.Fatalf("%d was done %d times", n, seen[n])
		}
	}
}
