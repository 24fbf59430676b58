package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/understand/eval"
)

// Classify is the command that says what texts are understood as.
type Classify struct {
	Profile string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
}

// Run reads JSON lines {"id","text"} on standard input and writes what each is understood as.
func (c *Classify) Run(_ context.Context, s Streams) error {
	p, reader, err := app.Reading(c.Profile)
	if err != nil {
		return err
	}
	return eval.Classify(os.Stdin, s.Out, reader, p)
}

// Eval is the command that measures the understanding.
type Eval struct {
	File    string `arg:"positional,required" help:"Labelled messages, one JSON object a line; - is standard input."`
	Profile string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
}

// Run measures the reader on own phrases that it has not learnt from, then on labelled messages.
func (c *Eval) Run(_ context.Context, s Streams) error {
	p, reader, err := app.Reading(c.Profile)
	if err != nil {
		return err
	}
	in := io.Reader(os.Stdin)
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("read the labelled messages: %w", err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	apart, err := eval.Aside(p)
	if err != nil {
		return err
	}
	var all []eval.Row
	for _, a := range apart {
		t := eval.Measure(a.Rows, reader, p, time.Now)
		_, _ = fmt.Fprintf(s.Out, "%-9s %s\n", a.Name, t.Line())
		all = append(all, a.Rows...)
	}
	apartTable := eval.Measure(all, reader, p, time.Now)
	_, _ = fmt.Fprintf(s.Out, "own phrases kept out of training: %s\n", apartTable)
	t, err := eval.Eval(in, reader, p, time.Now)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "labelled messages: %s", t)
	return err
}
