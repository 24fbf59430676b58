package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
	"rabeg/internal/understand/eval"
)

type classifyCmd struct {
	Profile string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
}

// Run reads JSON lines {"id","text"} on standard input and writes what each is understood as.
func (c *classifyCmd) Run(_ context.Context, s streams) error {
	p, reader, err := reading(c.Profile)
	if err != nil {
		return err
	}
	return eval.Classify(os.Stdin, s.out, reader, p)
}

type evalCmd struct {
	File    string `arg:"positional,required" help:"Labelled messages, one JSON object a line; - is standard input."`
	Profile string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
}

// Run measures the reader on own phrases that it has not learnt from, then on labelled messages.
func (c *evalCmd) Run(_ context.Context, s streams) error {
	p, reader, err := reading(c.Profile)
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
		_, _ = fmt.Fprintf(s.out, "%-9s %s\n", a.Name, t.Line())
		all = append(all, a.Rows...)
	}
	apartTable := eval.Measure(all, reader, p, time.Now)
	_, _ = fmt.Fprintf(s.out, "own phrases kept out of training: %s\n", apartTable)
	t, err := eval.Eval(in, reader, p, time.Now)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "labelled messages: %s", t)
	return err
}

func reading(name string) (*profile.Profile, *understand.Model, error) {
	if err := known(name); err != nil {
		return nil, nil, err
	}
	p, err := government(name)
	if err != nil {
		return nil, nil, err
	}
	reader, err := understand.New(p)
	if err != nil {
		return nil, nil, err
	}
	return p, reader, nil
}
