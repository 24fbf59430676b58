// Rabeg is the complaint channel of a city, over Telegram and WhatsApp. This is the one place where everything is put
// together.
package main

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
	_ "time/tzdata" // zones of the profiles, where the machine has none

	"github.com/alexflint/go-arg"
)

type cli struct {
	Try         *tryCmd         `arg:"subcommand:try" help:"Run everything on this machine and play one case from complaint to answer."`
	Serve       *serveCmd       `arg:"subcommand:serve" help:"Serve citizens and operators."`
	Migrate     *migrateCmd     `arg:"subcommand:migrate" help:"Bring the database to the newest shape."`
	Pair        *pairCmd        `arg:"subcommand:pair" help:"Link the office's WhatsApp."`
	Doctor      *doctorCmd      `arg:"subcommand:doctor" help:"Check everything serve needs, and say how to mend what is wrong."`
	Classify    *classifyCmd    `arg:"subcommand:classify" help:"Read JSON lines {\"id\",\"text\"} and write what each is understood as."`
	Eval        *evalCmd        `arg:"subcommand:eval" help:"Measure the understanding on labelled messages."`
	Profile     *profileCmd     `arg:"subcommand:profile" help:"Check the folder of a city, or write a new one."`
	Corrections *correctionsCmd `arg:"subcommand:corrections" help:"Write what officers corrected, as JSON lines for training. They are citizens' words."`
	Bench       *benchCmd       `arg:"subcommand:bench" help:"Measure speed and memory, beside what the machine allows."`
}

// Description heads the help.
func (*cli) Description() string { return "The complaint channel of a city." }

func main() {
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

// command is one of the things the program does.
type command interface {
	Run(ctx context.Context, s streams) error
}

func run(ctx context.Context, args []string, out, errs io.Writer) error {
	parser, err := arg.NewParser(arg.Config{Program: "rabeg"}, &cli{})
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	err = parser.Parse(args)
	todo, known := parser.Subcommand().(command)
	switch {
	case errors.Is(err, arg.ErrHelp):
		return parser.WriteHelpForSubcommand(out, parser.SubcommandNames()...)
	case err != nil:
		return legible(err)
	case !known:
		parser.WriteHelp(errs)
		return errors.New("say what it is to do, for example: rabeg try")
	}
	return todo.Run(ctx, streams{out, errs})
}

// legible words an error of the command line. What was given as a value is not repeated: it may be a secret.
func legible(err error) error {
	said := err.Error()
	if variable, ok := strings.CutPrefix(said, "error processing environment variable "); ok {
		variable, _, _ = strings.Cut(variable, ":")
		return wrong(variable, "is neither true nor false", variable+"=true") // all others are texts
	}
	said, _, _ = strings.Cut(said, "=")
	said, _, _ = strings.Cut(said, ": strconv.")
	if strings.HasPrefix(said, "too many positional arguments") {
		said = "there is a word too many"
	}
	return fmt.Errorf("%s (rabeg --help tells more)", said)
}

// logger writes JSON lines for machines.
func logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // checked before
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}
