// Package cli is the command line that rabeg and rabeg-lab share: reading it, wording its errors, and the commands that
// both have. Nothing here does the work; internal/app does.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alexflint/go-arg"

	"rabeg/internal/app"
)

// Program is one of the two: its name, and a struct with a field for each command.
type Program struct {
	Name     string
	Commands any
	Example  string // a command to begin with
}

// Main runs the program with this process's arguments and streams, and ends the process.
func (p Program) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks twice means it: the second signal ends the process
	if err := p.Run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "%s: %v\n", p.Name, err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

// Streams are where the program speaks.
type Streams struct {
	Out, Err io.Writer
}

// Command is one of the things a program does.
type Command interface {
	Run(ctx context.Context, s Streams) error
}

// Run does what the arguments say.
func (p Program) Run(ctx context.Context, args []string, out, errs io.Writer) error {
	parser, err := arg.NewParser(arg.Config{Program: p.Name}, p.Commands)
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	err = parser.Parse(parted(args))
	todo, known := parser.Subcommand().(Command)
	switch {
	case errors.Is(err, arg.ErrHelp):
		return parser.WriteHelpForSubcommand(out, parser.SubcommandNames()...)
	case err != nil:
		return p.legible(err)
	case !known:
		parser.WriteHelp(errs)
		return fmt.Errorf("say what it is to do, for example: %s %s", p.Name, p.Example)
	}
	if of, ok := todo.(*Government); ok {
		return of.do(ctx, p, Streams{out, errs})
	}
	return todo.Run(ctx, Streams{out, errs})
}

// legible words an error of the command line. What was given as a value is not repeated: it may be a secret.
func (p Program) legible(err error) error {
	said := err.Error()
	if variable, ok := strings.CutPrefix(said, "error processing environment variable "); ok {
		variable, _, _ = strings.Cut(variable, ":")
		return app.Wrong(variable, "is neither true nor false", variable+"=true") // all others are texts
	}
	said, _, _ = strings.Cut(said, "=")
	said, _, _ = strings.Cut(said, ": strconv.")
	if strings.HasPrefix(said, "too many positional arguments") {
		said = "there is a word too many"
	}
	return fmt.Errorf("%s (%s --help tells more)", said, p.Name)
}

// Logger writes JSON lines for machines.
func Logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // checked before
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}
