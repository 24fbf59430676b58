package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// An auditor proves the log, notes its end, and comes back when somebody has been at it.
func TestAuditVerify(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	verify := func(more ...string) (string, error) {
		var out bytes.Buffer
		err := program().Run(t.Context(), append([]string{"audit", "verify", "--database-url", pool.Config().ConnString()}, more...), &out, new(bytes.Buffer))
		return out.String(), err
	}
	if out, err := verify(); err != nil || out != "who looked: 0 looks\n" {
		t.Errorf("nobody has looked: %q, %v", out, err)
	}
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	note := func(n int) {
		err := postgres.Note(t.Context(), pool, ledger.Look{At: at.Add(time.Duration(n) * time.Hour), Who: "telegram:7", Act: ledger.LookOpen, Report: 1})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := range 3 {
		note(n)
	}
	out, err := verify()
	if err != nil || !strings.HasPrefix(out, "who looked: 3 looks as they were written, the first 2026-11-28T09:00:00Z, the last 2026-11-28T11:00:00Z\n") {
		t.Fatalf("three have looked: %q, %v", out, err)
	}
	head := strings.TrimSpace(out[strings.LastIndex(out, " "):])
	note(3)
	if out, err := verify("--head", head); err != nil || !strings.HasPrefix(out, "who looked: 4 looks") {
		t.Errorf("the log has grown since: %q, %v", out, err)
	}
	const off = `ALTER TABLE looks DISABLE TRIGGER ALL; ALTER TABLE looks_head DISABLE TRIGGER ALL; `
	do := func(sql string) {
		if _, err := pool.Exec(t.Context(), off); err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	do(`UPDATE looks SET who = 'telegram:8' WHERE n = 3`)
	if out, err := verify(); fmt.Sprint(err) != "the log of who looked is broken: look 3 was changed after it was written" || !strings.HasPrefix(out, "who looked: 2 looks") {
		t.Errorf("one was changed: %q, %v", out, err)
	}
	for _, wrong := range []string{"tiga", "3", "0:" + head[2:], "3:abc"} {
		if _, err := verify("--head", wrong); err == nil || !strings.HasPrefix(err.Error(), "--head is no end") && !strings.HasPrefix(err.Error(), "--head: is no end") {
			t.Errorf("--head %s: %v", wrong, err)
		}
	}
	do(`DROP TABLE looks`)
	if _, err := verify(); err == nil || !strings.Contains(err.Error(), "has not the newest shape") {
		t.Errorf("before the log was there: %v", err)
	}
}

// An auditor reads who looked, at which report and why: the reason stands in a fact of the report, which the reporter reads too.
func TestAuditLooks(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	looks := func(more ...string) (string, error) {
		var out bytes.Buffer
		err := program().Run(t.Context(), append([]string{"audit", "looks", "--database-url", pool.Config().ConnString()}, more...), &out, new(bytes.Buffer))
		return out.String(), err
	}
	if out, err := looks(); err != nil || out != "nobody has looked\n" {
		t.Errorf("nobody has: %q, %v", out, err)
	}
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	const filed = `
INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (1, 'SRG-7K3MQ-9', 'c', '', now(), '{"id": 1, "status": "received"}');
INSERT INTO facts (report, seq, at, what, doc) VALUES (1, 2, '2026-11-28T09:00:00Z', 'unveiled', '{"by": {"id": "telegram:7"}, "words": "mencocokkan NIK"}')`
	if _, err := pool.Exec(t.Context(), filed); err != nil {
		t.Fatal(err)
	}
	err := postgres.Note(t.Context(), pool, ledger.Look{At: at, Who: "telegram:7", Act: ledger.LookUnmask, Report: 1, About: "numbers"},
		ledger.Look{At: at.Add(time.Hour), Who: ledger.AtTerminal, Act: ledger.LookExport, About: "sp4n"})
	if err != nil {
		t.Fatal(err)
	}
	one := "1  2026-11-28T09:00:00Z  telegram:7  unmask numbers  SRG-7K3MQ-9  “mencocokkan NIK”\n"
	if out, err := looks(); err != nil || out != "2  2026-11-28T10:00:00Z  terminal  export sp4n\n"+one {
		t.Errorf("two have: %q, %v", out, err)
	}
	if out, err := looks("--report", "srg-7k3mq-9"); err != nil || out != one {
		t.Errorf("at one report: %q, %v", out, err)
	}
	if out, err := looks("--most", "1"); err != nil || strings.Count(out, "\n") != 1 {
		t.Errorf("the newest: %q, %v", out, err)
	}
	for _, wrong := range []string{"0", "-1", "99999999"} {
		if _, err := looks("--most", wrong); err == nil || !strings.Contains(err.Error(), "--most") {
			t.Errorf("--most %s: %v", wrong, err)
		}
	}
}
