package desk_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/report"
)

// coverage is what became of things in all transcripts, by the network that the desk is on.
type coverage struct {
	mu     sync.Mutex
	played int
	all    map[bot.Network]map[string]bool
}

func (c *coverage) add(s *stage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.played++
	if c.all == nil {
		c.all = map[bot.Network]map[string]bool{}
	}
	if c.all[s.network] == nil {
		c.all[s.network] = map[string]bool{}
	}
	maps.Copy(c.all[s.network], s.became)
}

// covers notes what a batch puts on record: each deed by its fact, what was taken back, and from where a report was reopened.
func (s *stage) covers(id report.ID, facts []report.Fact) {
	all, err := s.mem.Facts(context.Background(), id)
	if err != nil {
		s.Fatal(err)
	}
	r, err := s.mem.ByID(context.Background(), id)
	if err != nil {
		s.Fatal(err)
	}
	for _, f := range facts {
		s.became["fact "+string(f.What)] = true
		switch f.What {
		case report.WasWithdrawn:
			for _, o := range all {
				if o.Seq == f.Of && f.By.Role != report.System {
					s.became["taken back "+string(o.What)] = true
				}
			}
		case report.WasReopened:
			s.became["reopened "+string(report.Fold(report.Origin(r), all[:f.Seq-1]).Status)] = true
		case report.WasRestrained:
			s.became["measure "+string(f.Measure)] = true
		}
	}
}

// deedVerbs are the verbs by which people of the desk do the deeds of the table of the life, and the fact of each. A deed without one is a
// citizen's, a clock's, or another system's.
var deedVerbs = map[report.Deed]struct {
	verb desk.Verb
	fact report.What
}{
	report.Taking: {desk.Take, report.WasTaken}, report.Replying: {desk.Reply, report.WasAnswered}, report.Asking: {desk.Ask, report.WasAsked},
	report.Noting: {desk.Note, report.WasNoted}, report.Identifying: {desk.Identity, report.WasIdentified}, report.Planning: {desk.Plan, report.WasPlanned},
	report.Forwarding: {desk.Forward, report.WasForwarded}, report.Returning: {desk.NotOurs, report.WasReturned}, report.Correcting: {desk.Category, report.WasCategorised},
	report.Resolving: {desk.Resolve, report.WasResolved}, report.Rejecting: {desk.Reject, report.WasRejected}, report.Withdrawing: {desk.Undo, report.WasWithdrawn},
	report.Transferring: {desk.Transfer, report.WasTransferred}, report.Merging: {desk.Merge, report.WasMerged}, report.Parting: {desk.Unmerge, report.WasUnmerged},
	report.Splitting: {desk.Split, report.WasSplit}, report.Admitting: {desk.Admit, report.WasAdmitted}, report.Restraining: {desk.Mute, report.WasRestrained},
	report.Disposing: {desk.Dispose, report.WasDisposed}, report.Undisposing: {desk.Dispose, report.WasUndisposed}, report.Counselling: {desk.Counsel, report.WasCounselled},
	report.Reopening: {desk.Reopen, report.WasReopened}, report.Retracting: {desk.Retract, report.WasReopened}, report.Handing: {desk.ToLapor, report.WasHanded}, report.Numbering: {desk.ToLapor, report.WasLinked},
	report.Copying: {desk.Typed, report.WasCopied}, report.Classing: {desk.Classify, report.WasClassed}, report.Unveiling: {desk.Open, report.WasUnveiled},
	report.Exposing: {desk.Expose, report.WasDisplayed}, report.Unexposing: {desk.Unexpose, report.WasUndisplayed},
}

// programs are the deeds of the desk that no verb does, each with the reason.
var programs = map[report.Deed]string{
	report.Linking:   "numbers elsewhere come from the coordinator's program",
	report.Mirroring: fromSheet, report.Awaiting: fromSheet, report.Tracking: fromSheet, report.Shutting: fromSheet, report.Refusing: fromSheet, report.Reviving: fromSheet,
}

// fromSheet is why nobody types what LAPOR! says of a report.
const fromSheet = "it is read from an export, of all its reports at once; people only send the file"

// undoes are the ways back: what has to have happened for a deed to have been undone. A deed that is not here has no way back of its own: it is
// done anew the other way round (passed on, a category), or never undone (a note, a look).
var undoes = map[report.Deed][]string{
	report.Replying: {"taken back answered"}, report.Asking: {"taken back asked"}, report.Planning: {"taken back planned"},
	report.Resolving: {"taken back resolved", "reopened resolved"}, report.Rejecting: {"taken back rejected", "reopened rejected"}, report.Transferring: {"reopened transferred"},
	report.Merging: {"fact unmerged"}, report.Disposing: {"fact undisposed"}, report.Lapsing: {"reopened closed"}, report.Exposing: {"fact undisplayed"}, report.Restraining: {"measure " + string(report.NoMeasure)},
}

// listed is what the transcripts have to show on each network: each verb done, and refused to who may not; each deed of the desk in the table
// of the life done, refused where the report does not stand for it, asked for or refused where something is missing, and undone where there is
// a way back; and every kind of refusal.
func listed() (out [][]string) {
	for _, v := range desk.AllVerbs() {
		done := []string{string(v.Verb) + " done"}
		if v.Verb == desk.Canned { // it is shown first, and goes out as an answer
			done = append(done, string(v.Verb)+" asked")
		}
		out = append(out, done)
		if v.Verb == desk.LetGo || v.Verb == desk.KeepOn {
			out = out[:len(out)-1] // there is no stage with requests to be erased: internal/rights plays them
			continue
		}
		if v.Guarded && v.Verb != desk.Counsel {
			out = append(out, []string{string(v.Verb) + " " + string(casework.NoRight)})
		}
	}
	for _, rule := range report.Life() {
		out = append(out, nil)
		for _, u := range undoes[rule.Deed] {
			out = append(out, []string{u})
		}
		d, ours := deedVerbs[rule.Deed]
		if !ours {
			continue
		}
		out = append(out, []string{"fact " + string(d.fact)})
		v := string(d.verb)
		if rule.From != nil && rule.Deed != report.Counselling {
			out = append(out, []string{v + " " + string(casework.Over), v + " " + string(casework.Already), v + " " + string(casework.Quarantine)})
		}
		if rule.Needs != 0 {
			out = append(out, []string{v + " asked", v + " " + string(casework.Evidence), v + " " + string(casework.Empty), v + " " + string(casework.Choice)})
		}
	}
	for _, why := range []casework.Why{casework.NoRight, casework.Held, casework.Over, casework.Evidence, casework.Empty, casework.TooLong, casework.TooMany, casework.Choice,
		casework.Already, casework.Final, casework.Gone, casework.Quarantine} {
		out = append(out, []string{"refused " + string(why)})
	}
	return slices.DeleteFunc(out, func(one []string) bool { return len(one) == 0 })
}

// whole fails where the transcripts lack something on a network; of several, one is enough.
func (c *coverage) whole(t *testing.T) {
	t.Helper()
	for _, n := range []bot.Network{bot.Telegram, bot.WhatsApp} {
		seen := c.all[n]
		for key := range maps.Clone(seen) {
			if _, why, ok := strings.Cut(key, " "); ok {
				seen["refused "+why] = true
			}
		}
		var lacks []string
		for _, one := range listed() {
			if !slices.ContainsFunc(one, func(key string) bool { return seen[key] }) {
				lacks = append(lacks, strings.Join(one, " or "))
			}
		}
		if len(lacks) > 0 {
			t.Errorf("no transcript on %s shows:\n%s", n, strings.Join(lacks, "\n"))
		}
	}
}

// Every deed of the table of the life is the desk's by a verb or by the program, or somebody else's.
func TestEveryDeedHasItsVerb(t *testing.T) {
	t.Parallel()
	for _, rule := range report.Life() {
		_, ours := deedVerbs[rule.Deed]
		desks := rule.By&(report.TheOffice|report.TheCoordinator|report.TheReceiver) != 0
		why, program := programs[rule.Deed]
		switch {
		case ours && program:
			t.Errorf("%s has a verb, and is the program's: %s", rule.Deed, why)
		case desks != (ours || program):
			t.Errorf("%s is the desk's: %v, has a verb: %v", rule.Deed, desks, ours)
		}
	}
	named := map[desk.Verb]bool{}
	for _, v := range desk.AllVerbs() {
		named[v.Verb] = true
	}
	for deed, d := range deedVerbs {
		if !named[d.verb] {
			t.Errorf("%s: there is no verb %q", deed, d.verb)
		}
	}
}
