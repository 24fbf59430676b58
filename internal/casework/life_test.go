package casework_test

import (
	"context"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// deed is an action as it is done, with all it needs, on a report to which before was done; and the same without one thing at a time.
type deed struct {
	// alone says that nobody follows the report: those who would are told something else.
	alone   bool
	before  []report.Action
	whole   report.Action
	without map[report.Need]report.Action
}

func deeds() map[report.Deed]deed {
	pics := photos(1)
	done := report.Resolve{Words: "sudah", Photos: pics}
	refused := report.Reject{Reason: "bohong", Words: "tidak ada"}
	w := report.WordsNeeded
	numbered := report.Numbered{Foreign: report.Foreign{Number: "9000001"}}
	shut := report.Mirrored{Mirror: report.Mirror{Means: "lapsed"}, Turn: report.Shuts}
	neighbour := report.Follow{Lang: "id"}
	toHead := report.Dispose{To: report.Receiver{ID: "telegram:9", Name: "Ani", Title: "kepala"}}
	return map[report.Deed]deed{
		report.Taking:       {whole: report.Take{}},
		report.Replying:     {whole: report.Reply{Words: "kata"}, without: map[report.Need]report.Action{w: report.Reply{}}},
		report.Asking:       {whole: report.Ask{Words: "kata"}, without: map[report.Need]report.Action{w: report.Ask{}}},
		report.Noting:       {whole: report.Note{Words: "kata"}, without: map[report.Need]report.Action{w: report.Note{}}},
		report.Identifying:  {before: []report.Action{report.Take{}}, whole: report.Identify{Why: "kata kata"}, without: map[report.Need]report.Action{w: report.Identify{}}},
		report.Unveiling:    {whole: report.Unveil{Why: "kata kata"}, without: map[report.Need]report.Action{w: report.Unveil{}}},
		report.Planning:     {whole: report.Plan{Until: start.AddDate(1, 0, 0), Why: "kata"}, without: map[report.Need]report.Action{w: report.Plan{Until: start.AddDate(1, 0, 0)}, report.DateNeeded: report.Plan{Why: "kata"}}},
		report.Forwarding:   {whole: report.Forward{To: "DPUPR"}, without: map[report.Need]report.Action{report.OfficeNeeded: report.Forward{To: "?"}}},
		report.Returning:    {whole: report.NotOurs{Why: "kata"}, without: map[report.Need]report.Action{w: report.NotOurs{}}},
		report.Correcting:   {whole: report.Categorise{Category: "jalan"}, without: map[report.Need]report.Action{report.ReasonNeeded: report.Categorise{Category: "?"}}},
		report.Resolving:    {whole: done, without: map[report.Need]report.Action{report.ProofNeeded: report.Resolve{Words: "sudah"}}},
		report.Rejecting:    {whole: refused, without: map[report.Need]report.Action{w: report.Reject{Reason: "bohong"}, report.ReasonNeeded: report.Reject{Reason: "?", Words: "kata"}}},
		report.Withdrawing:  {before: []report.Action{report.Reply{Words: "kata"}}, whole: report.Withdraw{Of: 4}},
		report.Linking:      {whole: report.Link{Foreign: report.Foreign{Source: "SP4N", Number: "1"}}, without: map[report.Need]report.Action{report.ReasonNeeded: report.Link{}}},
		report.Adding:       {whole: report.Add{Words: "kata"}, without: map[report.Need]report.Action{w: report.Add{}}},
		report.Accepting:    {before: []report.Action{done}, whole: report.Judge{Verdict: report.Fixed, Words: "kata"}},
		report.Contesting:   {before: []report.Action{done}, whole: report.Judge{Verdict: report.Unfit, Words: "kata"}},
		report.Disagreeing:  {before: []report.Action{refused}, whole: report.Disagree{Words: "kata"}},
		report.Following:    {whole: neighbour},
		report.Leaving:      {before: []report.Action{neighbour}, whole: report.Unfollow{}},
		report.Splitting:    {whole: report.Split{Part: report.Draft{Text: "y"}, ID: 99, Code: "CTH-99999-9"}, without: map[report.Need]report.Action{w: report.Split{}}},
		report.Merging:      {whole: report.Merge{}, without: map[report.Need]report.Action{report.ReasonNeeded: report.Merge{Into: report.Report{ID: -1}}}},
		report.Parting:      {before: []report.Action{report.Merge{}}, whole: report.Unmerge{}},
		report.Rating:       {before: []report.Action{done, report.Judge{Verdict: report.Fixed}}, whole: report.Rate{Stars: 3}, without: map[report.Need]report.Action{report.StarsNeeded: report.Rate{}}},
		report.Lapsing:      {before: []report.Action{done}, whole: report.Lapse{}},
		report.Reopening:    {before: []report.Action{done}, whole: report.Reopen{Why: "kata"}, without: map[report.Need]report.Action{w: report.Reopen{}}},
		report.Retracting:   {before: []report.Action{done}, whole: report.Retract{Why: "kata"}, without: map[report.Need]report.Action{w: report.Retract{}}},
		report.Transferring: {whole: report.Transfer{Owner: "PLN"}, without: map[report.Need]report.Action{report.OfficeNeeded: report.Transfer{Owner: "?"}}},
		report.Disposing:    {whole: toHead, without: map[report.Need]report.Action{report.ReasonNeeded: report.Dispose{}}},
		report.Undisposing:  {before: []report.Action{toHead}, whole: report.Undispose{}},
		report.Counselling:  {before: []report.Action{toHead}, whole: report.Counsel{Words: "kata"}, without: map[report.Need]report.Action{w: report.Counsel{}}},
		report.Hiding:       {whole: report.Hide{Visibility: report.Anonymous}, without: map[report.Need]report.Action{report.ReasonNeeded: report.Hide{Visibility: "?"}}},
		report.Revealing:    {before: []report.Action{report.Hide{Visibility: report.Anonymous}}, whole: report.Reveal{Words: "kata"}},
		report.Recalling:    {alone: true, whole: report.Recall{Words: "kata"}},
		report.Resuming:     {alone: true, before: []report.Action{report.Recall{}}, whole: report.Resume{}},
		report.Urging:       {whole: report.Urge{Words: "kata"}},
		report.Opposing:     {before: []report.Action{report.Plan{Until: start.AddDate(1, 0, 0), Why: "kata"}}, whole: report.Oppose{Words: "kata"}, without: map[report.Need]report.Action{w: report.Oppose{}}},
		report.Handing:      {whole: report.Handed{}},
		report.Numbering:    {whole: numbered, without: map[report.Need]report.Action{report.ReasonNeeded: report.Numbered{}}},
		report.Mirroring:    {whole: report.Mirrored{Mirror: report.Mirror{Word: "Belum Terverifikasi", Means: "waiting"}}},
		report.Awaiting:     {whole: report.Mirrored{Mirror: report.Mirror{Means: "incomplete"}, Turn: report.Waits}},
		report.Tracking:     {whole: report.Mirrored{Mirror: report.Mirror{Means: "answered"}, Turn: report.Answers}},
		report.Shutting:     {whole: shut},
		report.Refusing:     {whole: report.Mirrored{Mirror: report.Mirror{Means: "refused", Why: "kata"}, Turn: report.Refuses}},
		report.Reviving:     {before: []report.Action{shut}, whole: report.Mirrored{Mirror: report.Mirror{Means: "answered"}, Turn: report.Revives}},
		report.Exposing:     {whole: report.Expose{Words: "Lampu menyala lagi."}, without: map[report.Need]report.Action{w: report.Expose{}}},
		report.Unexposing:   {before: []report.Action{report.Expose{Words: "Lampu menyala lagi."}}, whole: report.Unexpose{}},
		report.Copying:      {before: []report.Action{numbered, report.Reply{Words: "kata"}}, whole: report.Copied{Seq: 5}},
		report.Classing:     {whole: report.Classify{Class: report.Weighty}, without: map[report.Need]report.Action{report.ReasonNeeded: report.Classify{}}},
		report.Restraining:  {whole: report.Restrain{Measure: report.Warned, Until: start.AddDate(0, 0, 30), Why: "kata"}, without: map[report.Need]report.Action{w: report.Restrain{Measure: report.Warned, Until: start.AddDate(0, 0, 30)}}},
	}
}

// doer is somebody who may do a deed, as the table has it.
func doer(by report.Who) report.Actor {
	switch {
	case by&report.TheReporter != 0:
		return report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Chat: citizen}
	case by&report.TheNeighbour != 0:
		return report.Actor{Role: report.Citizen, ID: "telegram:n", Chat: bot.Address{Network: bot.Telegram, ID: "n"}}
	case by&report.TheCoordinator != 0:
		return report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: desk}
	}
	if by&report.TheReceiver != 0 {
		return report.Actor{Role: report.Operator, ID: "telegram:9", Name: "Ani", Home: "DISHUB", Chat: bot.Address{Network: bot.Telegram, ID: "9"}}
	}
	return report.Actor{Role: report.System}
}

// What the table says of a deed is what happens: without what it needs it is refused, afterwards the report stands as it says, and
// those hear of it who are to hear, and nobody else. (How a report comes out of quarantine is told by the tests of that.)
func TestTheTableOfTheLifeIsTrue(t *testing.T) {
	t.Parallel()
	all := deeds()
	for _, rule := range report.Life() {
		d, ok := all[rule.Deed]
		if !ok {
			if rule.Deed != report.Admitting {
				t.Errorf("%s is not tried", rule.Deed)
			}
			continue
		}
		o, m := &casework.Office{Profile: casetest.Profile(), Desk: desk}, casetest.NewMemory("CTH")
		r := open(t, o, m, report.Draft{Text: "x, y", Category: "penerangan_jalan", Visibility: report.Normal})
		if !d.alone {
			r = followed(t, m, r, bot.Address{Network: bot.Telegram, ID: "f"})
		}
		other := openBy(t, o, m, report.Draft{Text: "y", Category: "penerangan_jalan", Visibility: report.Normal}, bot.Address{Network: bot.Telegram, ID: "o"}, "other").ID
		act := func(a report.Action, n int) (report.Report, ledger.Batch, error) {
			facts, err := m.Facts(context.Background(), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			return o.Act(r, doer(report.RuleOf(a).By), joined(t, m, a, other), casework.Occasion{Cause: "e" + string(rune('0'+n)), At: start.Add(casework.Holding / 2), Facts: facts, Served: served})
		}
		for n, a := range d.before {
			after, b, err := act(a, n)
			if err != nil {
				t.Fatalf("%s: before: %v", rule.Deed, err)
			}
			if err := m.Commit(context.Background(), b); err != nil {
				t.Fatal(err)
			}
			r = after
		}
		for need := report.WordsNeeded; need <= report.StarsNeeded; need <<= 1 {
			a, lacks := d.without[need]
			if (rule.Needs&need != 0) != lacks {
				t.Errorf("%s: need %d in the table: %v, tried: %v", rule.Deed, need, rule.Needs&need != 0, lacks)
			}
			if _, _, err := act(a, 8); lacks {
				if _, refused := casework.AsRefusal(err); !refused {
					t.Errorf("%s without need %d: %v", rule.Deed, need, err)
				}
			}
		}
		after, b, err := act(d.whole, 9)
		if err != nil {
			t.Errorf("%s: %v", rule.Deed, err)
			continue
		}
		if got := hearers(b, after); got != rule.Hears && (!d.alone || got != rule.Hears&^report.TheFollowers) {
			t.Errorf("%s is heard by %05b, the table says %05b", rule.Deed, got, rule.Hears)
		}
		switch to := rule.To; to {
		case report.Same, report.Begun:
		case report.Owned:
			if after.Status != report.Assigned && after.Status != report.Received {
				t.Errorf("%s: %s", rule.Deed, after.Status)
			}
		case report.Anew:
			if after.Status != report.Reopened && (after.Status != report.Received || after.Agency != "") {
				t.Errorf("%s: %s of %q", rule.Deed, after.Status, after.Agency)
			}
		default:
			if after.Status != report.Status(to) {
				t.Errorf("%s: %s, the table says %s", rule.Deed, after.Status, to)
			}
		}
	}
}

// joined names the other report of an action that takes one, as it stands now; a report of no number is the same one.
func joined(t *testing.T, m *casetest.Memory, a report.Action, other report.ID) report.Action {
	r, err := m.ByID(context.Background(), other)
	if err != nil {
		t.Fatal(err)
	}
	switch a := a.(type) {
	case report.Merge:
		if a.Into.ID == 0 {
			return report.Merge{Into: r}
		}
		if a.Into, err = m.ByID(context.Background(), other-1); err != nil {
			t.Fatal(err)
		}
		return a
	case report.Unmerge:
		return report.Unmerge{From: r}
	}
	return a
}

// hearers are those who read of a batch: news to the reporter and to followers; a card or a line in the room of who owns the report now; a
// line in the coordinator's room where an office owns it; what the holder of a disposition is told in his or her own chat.
func hearers(b ledger.Batch, after report.Report) report.Hearer {
	var reporter, followers bool
	var out report.Hearer
	for _, l := range b.Letters {
		switch {
		case l.Purpose == ledger.Notice:
			reporter = true
		case l.Purpose == ledger.Echo:
			followers = true
		case l.Desk && (l.Purpose == ledger.Card || l.Purpose == ledger.ToDesk) && l.Room == after.Agency:
			out |= report.TheOwner
		case l.Desk && l.Purpose == ledger.ToDesk && l.Room == "":
			out |= report.TheCity
		case !l.Desk && l.Purpose == ledger.ToDesk && l.To.Chat() == doer(report.TheReceiver).Chat:
			out |= report.TheHolder
		}
	}
	switch {
	case reporter && followers:
		out |= report.TheCitizens
	case reporter:
		out |= report.TheReporterAlone
	case followers:
		out |= report.TheFollowers
	}
	return out
}
