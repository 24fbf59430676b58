package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alexflint/go-arg"

	"rabeg/internal/app"
	"rabeg/internal/fleet"
)

// Government is the command that does another one for one of several governments.
type Government struct {
	Name        string   `arg:"positional,required" help:"The government: the name of its folder."`
	Command     []string `arg:"positional" help:"What is done for it, such as doctor, pair, or backup DIR."`
	Governments string   `arg:"--governments,env:RABEG_GOVERNMENTS" help:"The folder of all governments, as for serve."`
	keep
}

// Run is not called: the program does the command, see Program.Run.
func (c *Government) Run(context.Context, Streams) error { return errors.New("no program does it") }

// do does the command with the government's settings in the place of the program's own.
func (c *Government) do(ctx context.Context, p Program, s Streams) (err error) {
	if len(c.Command) == 0 || slices.Contains([]string{"serve", government}, c.Command[0]) {
		return app.Wrong("COMMAND", "is not one for a single government", p.Name+" government "+c.Name+" doctor")
	}
	if err := p.knows(c.Command[0]); err != nil {
		return err
	}
	env, end, err := fleet.Alone(ctx, c.Governments, c.Name, c.config())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	env["RABEG_GOVERNMENTS"], env["RABEG_GOVERNMENT"] = "", c.Name
	for variable, value := range map[string]string{"REDIS_URL": c.Redis, "RABEG_DATA": c.Data} {
		if value != "" {
			env[variable] = value
		}
	}
	for variable, value := range env {
		if err := os.Setenv(variable, value); err != nil {
			return err
		}
	}
	return p.Run(ctx, c.Command, s.Out, s.Err)
}

// government is what the command is called.
const government = "government"

// parted is a command line in which what is to be done for a government is no option of the command that does it.
func parted(args []string) []string {
	if len(args) == 0 || args[0] != government {
		return args
	}
	valued := []string{"--governments", "--profile", "--database-url", "--data", "--redis-url", "--media-url"}
	named := false
	for i := 1; i < len(args); i++ {
		option, _, whole := strings.Cut(args[i], "=")
		switch ours := slices.Contains(valued, option); {
		case ours && !whole:
			i++
		case ours, !named && strings.HasPrefix(args[i], "-"):
		case named:
			return slices.Concat(args[:i], []string{"--"}, args[i:])
		default:
			named = true
		}
	}
	return args
}

// knows reports that a program has no command of a name.
func (p Program) knows(command string) error {
	parser, err := arg.NewParser(arg.Config{Program: p.Name}, p.Commands)
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	if err := parser.Parse([]string{command, "--help"}); !errors.Is(err, arg.ErrHelp) {
		return p.legible(err)
	}
	return nil
}
