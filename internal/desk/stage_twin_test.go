package desk_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

var neighbours = regexp.MustCompile(`^tetangga (\w+) (ikut|berhenti|tambah) (@\d+)(?:: (.*))?$`)

// with is the other report of a fact, with how many came along by it.
func with(f report.Fact) string {
	if f.With == nil {
		return ""
	}
	if n := len(f.With.Came); n > 0 {
		return fmt.Sprintf("%s ikut=%d", f.With.Code, n)
	}
	return string(f.With.Code)
}

// person is the chat of somebody who is named.
func person(name string) bot.Address { return bot.Address{Network: bot.Telegram, ID: name} }

// neighbour lets somebody follow a report, leave it, or add to it, as the engine does.
func (s *stage) neighbour(line string) bool {
	m := neighbours.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	s.events++
	ctx := context.Background()
	r, err := s.mem.ByCode(ctx, report.Code(s.codes(m[3])))
	if err != nil {
		s.Fatal(err)
	}
	facts, err := s.mem.Facts(ctx, r.ID)
	if err != nil {
		s.Fatal(err)
	}
	var a report.Action = report.Follow{Lang: "id"}
	switch m[2] {
	case "berhenti":
		a = report.Unfollow{}
	case "tambah":
		a = report.Add{Words: m[4], Place: &report.Place{Said: "rumah saya"}}
	}
	by := report.Actor{Role: report.Citizen, ID: "telegram:" + m[1], Chat: person(m[1])}
	after, b, err := s.office.Act(r, by, a, casework.Occasion{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now, Facts: facts})
	if no, ok := casework.AsRefusal(err); ok {
		s.out.WriteString("= ditolak: " + string(no.Why) + "\n")
		return true
	}
	if err == nil {
		err = s.mem.Commit(ctx, b)
	}
	if err != nil {
		s.Fatal(err)
	}
	if after.Place.Said != r.Place.Said {
		s.Fatal("a follower has moved the report")
	}
	s.facts(b)
	return true
}

// reporterOf is the chat that "oleh=NAME" names.
func reporterOf(how string) (bot.Address, bool) {
	name, ok := strings.CutPrefix(how, "oleh=")
	return person(name), ok
}
