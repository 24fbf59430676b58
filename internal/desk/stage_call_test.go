package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// call brings something of the citizen's to the newest talk, or opens one, as the engine does:
//
//	darurat: words · orang: words · diri: words · kekerasan: words       opens a talk
//	bilang: words · pin · foto · tenang · aman · tidakaman · disini · cukup        says something in it
//	tuduh: words · sembunyi · rahasia                                     says what the group must not read; hides
func (s *stage) call(line string) bool {
	verb, words, _ := strings.Cut(line, ":")
	verb, words = strings.TrimSpace(verb), strings.TrimSpace(words)
	c := flows.Call{What: flows.TellCall, Said: flows.Parcel{Text: words}, Lang: "id"}
	switch verb {
	case "darurat":
		c.Kind, c.What = flows.DangerCall, flows.RaiseCall
	case "orang":
		c.Kind, c.What, c.Wish = flows.HumanCall, flows.RaiseCall, true
	case "diri", "kekerasan":
		c.Kind, c.What = flows.HarmCall, flows.RaiseCall
		c.About = map[string]string{"diri": "self", "kekerasan": "abuse"}[verb]
	case "bilang":
	case "tuduh":
		c.Secret = true
	case "sembunyi", "rahasia":
		c.What, c.Unnamed, c.Secret = flows.HideCall, true, verb == "rahasia"
	case "pin":
		c.Place = &report.Place{AreaName: "Sukawana", DistrictName: "Kota", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}
	case "foto":
		c.Said.Photos = []bot.MediaRef{{Network: bot.WhatsApp, ID: fmt.Sprintf("w%d", s.events)}}
	case "nomor":
		c.What, c.Phone = flows.InsistCall, words
	case "tenang", "aman", "tidakaman", "disini", "cukup":
		c.What = map[string]flows.CallWhat{"disini": flows.HereCall, "tenang": flows.CalmCall, "aman": flows.SafeCall, "tidakaman": flows.UnsafeCall, "cukup": flows.LeaveCall}[verb]
	default:
		return false
	}
	s.events++
	ctx := context.Background()
	s.reporter = bot.Address{Network: bot.WhatsApp, ID: "62811"}
	now, err := s.mem.CallWith(ctx, s.reporter)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		s.Fatal(err)
	}
	by := engine.Caller{Chat: s.reporter, Person: bot.Person{ID: "62811", Name: "Asep Sunarya"}}
	if verb == "darurat" || verb == "diri" {
		by.Phone = "0811-0000-0000"
	}
	_, b, answer := engine.Talk(s.office, now, c, by, casework.Occasion{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now})
	if b.Cause == "" {
		s.out.WriteString("= tidak ada percakapan terbuka\n")
		return true
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
	if !answer.Open {
		s.out.WriteString("= percakapan ditutup\n")
	}
	return true
}

// claim lets somebody write from a number, as the engine is told of it.
func (s *stage) claim(number string) {
	s.events++
	ctx := context.Background()
	left, err := s.mem.LeftFor(ctx, number, casework.ClaimMost)
	if err != nil {
		s.Fatal(err)
	}
	s.reporter = bot.Address{Network: bot.WhatsApp, ID: number}
	b := s.office.Claim(left, s.reporter, "id", casework.Occasion{Cause: fmt.Sprintf("wa:%d/claim", s.events), At: s.now})
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}
