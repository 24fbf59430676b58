package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"rabeg/cmd/internal/cli"
	"rabeg/internal/deadline"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

type clocksCmd struct {
	Profile  string   `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government: a name, or a folder."`
	Filed    string   `arg:"--filed" help:"When the report was filed, in the city's time (2026-11-30T09:00)."`
	Kind     string   `arg:"--kind" default:"pengaduan" help:"pengaduan, aspirasi or informasi."`
	Category string   `arg:"--category" help:"The code of the category (penerangan_jalan)."`
	Class    string   `arg:"--class" help:"What the complaint is taken for: berkadar (pengawasan) or tidak (berkadar)."`
	Channel  string   `arg:"--channel" help:"The way it came, where a rule asks for it (sp4n: out of LAPOR!)."`
	Danger   bool     `arg:"--danger" help:"Somebody may be in danger: reminders wait for no office hours."`
	Pause    []string `arg:"--pause,separate" help:"A time in which the clocks stand still, FROM/TO; may be given again."`
	JSON     bool     `arg:"--json" help:"For programs."`
}

// Run prints what each clock of a report does.
func (c *clocksCmd) Run(_ context.Context, s cli.Streams) error {
	p, err := profile.Open(c.Profile)
	if err != nil {
		return err
	}
	a, err := c.asked(p)
	if err != nil {
		return err
	}
	sheet := deadline.NewSheet(p, a)
	out := sheet.Text()
	if c.JSON {
		if out, err = sheet.JSON(); err != nil {
			return err
		}
	}
	_, err = io.WriteString(s.Out, out)
	return err
}

func (c *clocksCmd) asked(p *profile.Profile) (a deadline.Asked, err error) {
	if c.Filed == "" {
		return a, fmt.Errorf("--filed is missing: say when the report was filed, for example: --filed 2026-11-30T09:00")
	}
	if a.Filed, err = moment(p, c.Filed); err != nil {
		return a, fmt.Errorf("--filed %q is no time; for example: --filed 2026-11-30T09:00", c.Filed)
	}
	switch a.Kind = report.Kind(strings.ToLower(c.Kind)); a.Kind {
	case report.Complaint, report.Wish, report.Question:
	default:
		return a, fmt.Errorf("--kind is pengaduan, aspirasi or informasi, not %q; for example: --kind pengaduan", c.Kind)
	}
	a.Category, a.Urgent = strings.ToLower(c.Category), c.Danger
	if _, ok := p.Category(a.Category); !ok && a.Category != "" {
		return a, fmt.Errorf("--category %q is none of %s%s; for example: --category %s", c.Category, p.City, p.NearCategory(a.Category), p.Categories[0].Code)
	}
	if a.Class, err = class(c.Class, a.Kind); err != nil {
		return a, err
	}
	a.Channel = report.Channel(strings.ToLower(strings.TrimSpace(c.Channel)))
	if c.Channel != "" && !slices.Contains(profile.Channels(), string(a.Channel)) {
		return a, fmt.Errorf("--channel %q is none of %s; for example: --channel sp4n", c.Channel, strings.Join(profile.Channels(), ", "))
	}
	for _, text := range c.Pause {
		from, to, _ := strings.Cut(text, "/")
		var x deadline.Span
		if x.From, err = moment(p, from); err == nil {
			x.To, err = moment(p, to)
		}
		if err != nil {
			return a, fmt.Errorf("--pause %q is not two times; for example: --pause 2026-12-01T09:00/2026-12-03T09:00", text)
		}
		if !x.To.After(x.From) {
			return a, fmt.Errorf("--pause %q ends before it begins; for example: --pause 2026-12-01T09:00/2026-12-03T09:00", text)
		}
		a.Pauses = append(a.Pauses, x)
	}
	return a, nil
}

// class reads what a complaint is taken for, as people write it: "berkadar", "Tidak Berkadar Pengawasan", "tidak-berkadar".
func class(text string, kind report.Kind) (report.Class, error) {
	if text == "" {
		return report.Unclassed, nil
	}
	said := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }), " ")
	said = strings.TrimSuffix(strings.TrimPrefix(said, "pengaduan "), " pengawasan")
	of := report.Unclassed
	switch said {
	case "berkadar":
		of = report.Weighty
	case "tidak", "tidak berkadar", "tdk berkadar", "tak berkadar", "bukan berkadar":
		of = report.Plain
	default:
		return of, fmt.Errorf("--class is berkadar or tidak, not %q; for example: --class berkadar", text)
	}
	if kind != report.Complaint {
		return of, fmt.Errorf("--class is for complaints alone, and --kind is %s; for example: --kind pengaduan --class %s", kind, of)
	}
	return of, nil
}

// moment reads a time in the city's zone, or in the one that it names; a day alone is its midnight.
func moment(p *profile.Profile, text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15.04", "2006-01-02 15.04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, p.Location()); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time", text)
}
