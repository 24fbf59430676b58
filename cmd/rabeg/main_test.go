package main

import (
	"bytes"
	"strings"
	"testing"
)

// What is wrong on the command line is told in one line, and what was given as a value is not repeated in it.
func TestCommandLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                                   "say what it is to do",
		"serv":                               "invalid subcommand: serv",
		"serve --telegram-tokne=110:rahasia": "unknown argument --telegram-tokne",
		"serve 110:rahasia":                  "a word too many",
		"serve --telegram-token":             "missing value for --telegram-token",
		"eval":                               "FILE is required",
		"serve --whatsapp-enabled=rahasia":   "error processing --whatsapp-enabled",
		"backup":                             "DIR is required",
		"restore --check":                    "DIR is required",
		"try":                                "invalid subcommand: try",
		"stats --by=rahasia":                 "--by: is none of office, category, area",
		"stats --json --csv":                 "only one of them can be had at a time",
		"stats --from=rahasia":               "--from: is no day",
		"serve --whatsapp-local=rahasia":     "unknown argument --whatsapp-local",
	} {
		var out, errs bytes.Buffer
		err := program().Run(t.Context(), strings.Fields(line), &out, &errs)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "rahasia") || strings.Contains(err.Error(), "\n") {
			t.Errorf("rabeg %s: %v, want %q", line, err, want)
		}
		if help := errs.String(); (help != "") != (line == "") || out.Len() != 0 {
			t.Errorf("rabeg %s writes %q and %q", line, out.String(), help)
		}
	}
}

// Help is asked for, so it is no error; what only tests and measurements set is not in it.
func TestHelp(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--help": "corrections", "serve --help": "--telegram-webhook-secret", "pair -h": "--data", "eval --help": "FILE",
		"backup --help": "--media-url", "restore --help": "--check", "stats --help": "--facts",
	} {
		var out, errs bytes.Buffer
		if err := program().Run(t.Context(), strings.Fields(line), &out, &errs); err != nil || errs.Len() != 0 {
			t.Errorf("rabeg %s: %v, %q", line, err, errs.String())
		}
		if help := out.String(); !strings.Contains(help, want) || strings.Contains(help, "--pace") || strings.Contains(help, "--cpu-profile") {
			t.Errorf("rabeg %s says\n%s", line, help)
		}
	}
}
