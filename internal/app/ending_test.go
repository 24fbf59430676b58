package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The program ends in time, whatever hangs, and says what hung.
func TestTheEndIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		log := slog.New(slog.NewJSONHandler(&said, nil))
		ctx, cancel := context.WithCancel(t.Context())
		never := make(chan struct{})
		began := time.Now()
		time.AfterFunc(time.Minute, cancel)
		err := ended(ctx, log, func(context.Context) error { <-never; return nil })
		if took := time.Since(began); err == nil || took != time.Minute+endMost {
			t.Errorf("after %s: %v", took, err)
		}
		if !strings.Contains(said.String(), "TestTheEndIsBounded") {
			t.Error("the log does not say what hung")
		}
		close(never)
		away := errors.New("away")
		if err := ended(t.Context(), log, func(context.Context) error { return away }); !errors.Is(err, away) {
			t.Errorf("an end by itself: %v", err)
		}
	})
}
