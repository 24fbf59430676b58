// Rabeg is the complaint channel of a city, over Telegram and WhatsApp. This is the one place where everything is put
// together.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // zones of the profiles, where the machine has none

	"github.com/alecthomas/kong"
)

type cli struct {
	Try         tryCmd         `cmd:"" help:"Run everything on this machine and play one case from complaint to answer."`
	Serve       serveCmd       `cmd:"" help:"Serve citizens and operators."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database to the newest shape."`
	Pair        pairCmd        `cmd:"" help:"Link the office's WhatsApp."`
	Doctor      doctorCmd      `cmd:"" help:"Check everything serve needs, and say how to mend what is wrong."`
	Classify    classifyCmd    `cmd:"" help:"Read JSON lines {\"id\",\"text\"} and write what each is understood as."`
	Eval        evalCmd        `cmd:"" help:"Measure the understanding on labelled messages."`
	Corrections correctionsCmd `cmd:"" help:"Write what officers corrected, as JSON lines for training. They are citizens' words."`
	Bench       benchCmd       `cmd:"" help:"Measure speed and memory, beside what the machine allows."`
}

func main() {
	runtime.MemProfileRate = 0 // nobody reads that profile, and its table is not small
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "rabeg: %v\n", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// streams are where the program speaks.
type streams struct {
	out, err io.Writer
}

func run(ctx context.Context, args []string, out, errs io.Writer) error {
	var c cli
	exited := false
	parser, err := kong.New(&c, kong.Name("rabeg"), kong.Description("The complaint channel of a city."),
		kong.Writers(out, errs), kong.UsageOnError(), kong.Exit(func(int) { exited = true }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(streams{out, errs}))
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	k, err := parser.Parse(args)
	if exited {
		return nil
	}
	if err != nil {
		return err
	}
	return k.Run()
}

// logger writes JSON lines for machines.
func logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // checked before
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}
