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
		"":                        "say what it is to do, for example: rabeg-lab try",
		"classify":                "invalid subcommand: classify",
		"bench --seconds=rahasia": "error processing --seconds",
		"bench rahasia":           "there is no such measurement",
		"bench store --reports=9": "--reports: is less than a thousand",
		"bench --only=rahasia":    "--only: there is no such measurement",
		"serve --whatsapp-local=rahasia --telegram-token=1": "RABEG_WHATSAPP_LOCAL: the file cannot be read",
		"pair --whatsapp-local=rahasia":                     "RABEG_WHATSAPP_LOCAL: the file cannot be read",
		"doctor --whatsapp-local=rahasia":                   "RABEG_WHATSAPP_LOCAL: the file cannot be read",
	} {
		var out, errs bytes.Buffer
		err := program().Run(t.Context(), strings.Fields(line), &out, &errs)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "rahasia") || strings.Contains(err.Error(), "\n") {
			t.Errorf("rabeg-lab %s: %v, want %q", line, err, want)
		}
		if help := errs.String(); (help != "") != (line == "") || out.Len() != 0 {
			t.Errorf("rabeg-lab %s writes %q and %q", line, out.String(), help)
		}
	}
}

// Help is asked for, so it is no error; what only tests and measurements set is not in it.
func TestHelp(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"--help": "bench", "try --help": "--dir", "talk --help": "--dir", "bench -h": "--only", "serve --help": "--whatsapp-local",
	} {
		var out, errs bytes.Buffer
		if err := program().Run(t.Context(), strings.Fields(line), &out, &errs); err != nil || errs.Len() != 0 {
			t.Errorf("rabeg-lab %s: %v, %q", line, err, errs.String())
		}
		if help := out.String(); !strings.Contains(help, want) || strings.Contains(help, "--pace") || strings.Contains(help, "--cpu-profile") {
			t.Errorf("rabeg-lab %s says\n%s", line, help)
		}
	}
}
