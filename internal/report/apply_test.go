package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
)

func at(min int) time.Time { return time.Date(2026, 11, 23, 2, min, 0, 0, time.UTC) }

func TestAllows(t *testing.T) {
	t.Parallel()
	actions := []Action{Add{}, Take{}, Reply{}, Withdraw{}, Forward{}, NotOurs{}, Ask{}, Note{}, Plan{}, Resolve{}, Reject{}, Categorise{}, Link{}}
	const always, speak, open = "add withdraw note link", "add reply withdraw ask note link", "add take reply withdraw forward notours ask note plan resolve reject categorise link"
	names := []string{"add", "take", "reply", "withdraw", "forward", "notours", "ask", "note", "plan", "resolve", "reject", "categorise", "link"}
	for s, want := range map[Status]string{
		Received: open, Assigned: open, InProgress: open, Planned: open, Reopened: open,
		Resolved: speak, Rejected: speak,
		Closed: always, Merged: always, Transferred: always,
		"": always, "nonsense": always,
	} {
		allowed := map[string]bool{}
		for w := range strings.FieldsSeq(want) {
			allowed[w] = true
		}
		for i, a := range actions {
			if got := Allows(s, a); got != allowed[names[i]] {
				t.Errorf("%q: %s allowed = %v", s, names[i], got)
			}
		}
	}
	if Allows(Received, nil) {
		t.Error("nothing is an action")
	}
}

// A number elsewhere is kept once for each source, and put right by a newer one; what was there before stays as it was.
func TestLinked(t *testing.T) {
	t.Parallel()
	r := Report{ID: 7, Rev: 1}
	for i, n := range []Foreign{{"SP4N LAPOR!", "123", ""}, {"112", "9", ""}, {"sp4n lapor!", "1234", "https://example.org/1234"}} {
		before := fmt.Sprint(r.Foreign)
		was := r
		r = Apply(r, Fact{Seq: i + 2, What: WasLinked, Foreign: &n})
		if fmt.Sprint(was.Foreign) != before {
			t.Errorf("what was known is changed: %v", was.Foreign)
		}
	}
	r = Apply(r, Fact{Seq: 5, What: WasLinked})
	if want := []Foreign{{"112", "9", ""}, {"sp4n lapor!", "1234", "https://example.org/1234"}}; fmt.Sprint(r.Foreign) != fmt.Sprint(want) || r.Rev != 5 {
		t.Errorf("%+v, want %+v", r.Foreign, want)
	}
}

// Whoever follows a report twice hears its news once, in the language that was chosen last.
func TestFollowed(t *testing.T) {
	t.Parallel()
	chat := bot.Address{Network: bot.Telegram, ID: "5"}
	r := Report{ID: 7}
	for i, f := range []Fact{{By: Actor{Chat: chat}, Lang: "id"}, {By: Actor{Chat: bot.Address{Network: bot.WhatsApp, ID: "6"}}}, {}, {By: Actor{Chat: chat}, Lang: "en"}} {
		f.Seq, f.What = i+1, WasFollowed
		r = Apply(r, f)
	}
	want := []Follower{{Chat: bot.Address{Network: bot.WhatsApp, ID: "6"}}, {Chat: chat, Lang: "en"}}
	if fmt.Sprint(r.Followers) != fmt.Sprint(want) {
		t.Errorf("%+v, want %+v", r.Followers, want)
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	budi := Actor{Role: Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB"}
	filed := Report{ID: 7, Rev: 1, Status: Received, CardKey: "card:7", Suggested: "DISHUB", Filed: at(0),
		Draft: Draft{Text: "mati", Category: "pju", Place: Place{Said: "alun-alun"}, Photos: []bot.MediaRef{{ID: "p"}}}}
	taken := filed
	taken.Rev, taken.Status, taken.Agency, taken.Officer = 3, InProgress, "DISHUB", budi

	with := func(r Report, change func(*Report)) Report { change(&r); return r }
	tests := []struct {
		name string
		from Report
		fact Fact
		want Report
	}{
		{"filed", Report{ID: 7}, Fact{Seq: 1, At: at(0), What: WasFiled, Words: "mati", Category: "pju", Agency: "DISHUB",
			Place: &Place{Said: "alun-alun"}, Photos: []bot.MediaRef{{ID: "p"}}}, filed},
		{"assigned", filed, Fact{Seq: 2, What: WasAssigned, Agency: "DISHUB"},
			with(filed, func(r *Report) { r.Rev, r.Status, r.Agency = 2, Assigned, "DISHUB" })},
		{"taken", with(filed, func(r *Report) { r.Agency = "DISHUB" }), Fact{Seq: 3, What: WasTaken, By: budi}, taken},
		{"answered without being taken", with(filed, func(r *Report) { r.Agency = "DISHUB" }), Fact{Seq: 3, At: at(4), What: WasAnswered, By: budi},
			with(taken, func(r *Report) { r.Answered, r.Replies, r.Told = at(4), 1, at(4) })},
		{"the first answer counts", with(taken, func(r *Report) { r.Answered, r.Replies = at(4), 1 }), Fact{Seq: 4, At: at(9), What: WasAnswered, By: budi},
			with(taken, func(r *Report) { r.Rev, r.Answered, r.Replies, r.Told = 4, at(4), 2, at(9) })},
		{"asked is no answer", taken, Fact{Seq: 4, At: at(9), What: WasAsked, By: budi}, with(taken, func(r *Report) { r.Rev, r.Asked, r.Told = 4, at(9), at(9) })},
		{"planned", taken, Fact{Seq: 4, At: at(9), What: WasPlanned, By: budi, Until: at(50)},
			with(taken, func(r *Report) { r.Rev, r.Status, r.Until, r.Answered, r.Told = 4, Planned, at(50), at(9), at(9) })},
		{"resolved", taken, Fact{Seq: 4, At: at(9), What: WasResolved, By: budi},
			with(taken, func(r *Report) { r.Rev, r.Status, r.Answered, r.Told = 4, Resolved, at(9), at(9) })},
		{"rejected", taken, Fact{Seq: 4, At: at(9), What: WasRejected, By: budi},
			with(taken, func(r *Report) { r.Rev, r.Status, r.Answered, r.Told = 4, Rejected, at(9), at(9) })},
		{"forwarded", taken, Fact{Seq: 4, What: WasForwarded, Agency: "DPUPR"},
			with(taken, func(r *Report) {
				r.Rev, r.Status, r.Agency, r.Officer, r.Suggested, r.CardKey = 4, Assigned, "DPUPR", Actor{}, "DPUPR", "card:7/4"
			})},
		{"forwarded to nobody's office", taken, Fact{Seq: 4, What: WasForwarded, Meant: "DINSOS"},
			with(taken, func(r *Report) {
				r.Rev, r.Status, r.Agency, r.Officer, r.Suggested, r.CardKey = 4, Received, "", Actor{}, "DINSOS", "card:7/4"
			})},
		{"returned", taken, Fact{Seq: 4, What: WasReturned},
			with(taken, func(r *Report) {
				r.Rev, r.Status, r.Agency, r.Officer, r.Suggested, r.CardKey, r.Bounces = 4, Received, "", Actor{}, "", "card:7/4", 1
			})},
		{"added", with(taken, func(r *Report) { r.Status = Closed }), Fact{Seq: 4, What: WasAdded, Place: &Place{Said: "gang 2"}},
			with(taken, func(r *Report) { r.Rev, r.Status, r.Additions, r.Place = 4, Closed, 1, Place{Said: "gang 2"} })},
		{"noted", taken, Fact{Seq: 4, What: WasNoted}, with(taken, func(r *Report) { r.Rev = 4 })},
		{"enclosed", taken, Fact{Seq: 4, What: WasEnclosed, Of: 3}, with(taken, func(r *Report) { r.Rev = 4 })},
		{"withdrawn", with(taken, func(r *Report) { r.Status, r.Answered = Resolved, at(9) }),
			Fact{Seq: 5, What: WasWithdrawn, Of: 4, Back: &Standing{Status: InProgress, Officer: budi}}, with(taken, func(r *Report) { r.Rev = 5 })},
		{"another category", taken, Fact{Seq: 4, What: WasCategorised, Category: "jalan", Was: "pju", Meant: "DPUPR"},
			with(taken, func(r *Report) { r.Rev, r.Category, r.Were = 4, "jalan", []string{"pju"} })},
		{"another category, and nobody serves its office", filed, Fact{Seq: 2, What: WasCategorised, Category: "bantuan", Was: "pju", Meant: "DINSOS"},
			with(filed, func(r *Report) { r.Rev, r.Category, r.Suggested, r.Were = 2, "bantuan", "DINSOS", []string{"pju"} })},
		{"another category keeps hidden what was", taken, Fact{Seq: 4, What: WasCategorised, Category: "jalan", Was: "bantuan", Visibility: Confidential},
			with(taken, func(r *Report) {
				r.Rev, r.Category, r.Visibility, r.Were = 4, "jalan", Confidential, []string{"bantuan"}
			})},
		{"an unknown fact of a later version", taken, Fact{Seq: 4, What: "blessed"}, with(taken, func(r *Report) { r.Rev = 4 })},
	}
	for _, tt := range tests {
		if got := Apply(tt.from, tt.fact); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", tt.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

func TestWithout(t *testing.T) {
	t.Parallel()
	budi := Actor{Role: Operator, ID: "telegram:1"}
	facts := []Fact{
		{Seq: 1, At: at(0), What: WasFiled},
		{Seq: 2, What: WasAssigned, Agency: "DISHUB"},
		{Seq: 3, At: at(3), What: WasAnswered, By: budi},
		{Seq: 4, At: at(4), What: WasResolved, By: budi},
	}
	r := Fold(Report{ID: 1}, facts)
	if got := Without(r, facts, 4); got.Status != InProgress || got.Replies != 1 || !got.Answered.Equal(at(3)) {
		t.Errorf("without resolved: %+v", got)
	}
	if got := Without(r, facts, 3); got.Status != Resolved || got.Replies != 0 || !got.Answered.Equal(at(4)) {
		t.Errorf("without the answer: %+v", got)
	}
	back := Without(r, facts, 4)
	facts = append(facts, Fact{Seq: 5, What: WasWithdrawn, Of: 4, Back: &back})
	if got := Without(r, facts, 3); got.Status != Assigned || got.Replies != 0 || !got.Answered.IsZero() || got.Officer.ID != "" {
		t.Errorf("without both: %+v", got)
	}
}
