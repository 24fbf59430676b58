package jobs

import (
	"context"
	"log/slog"
)

// quiet lets only River's warnings and errors through, and of those only message and error: never a job's arguments.
type quiet struct{ to slog.Handler }

// Enabled is of slog.Handler.
func (q quiet) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

// Handle is of slog.Handler.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	if !q.to.Enabled(ctx, r.Level) {
		return nil
	}
	out := slog.NewRecord(r.Time, r.Level, "job queue: "+r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "err", "error", "job_id", "job_kind":
			out.AddAttrs(a)
		}
		return true
	})
	return q.to.Handle(ctx, out)
}

// WithAttrs is of slog.Handler.
func (q quiet) WithAttrs([]slog.Attr) slog.Handler { return q }

// WithGroup is of slog.Handler.
func (q quiet) WithGroup(string) slog.Handler { return q }
