package report

import (
	"testing"
	"time"

	"rabeg/bot"
)

// A report remembers what its reporter still has to answer and when he or she was told something, and forgets it with what is taken back.
func TestWhatWasAskedAndTold(t *testing.T) {
	t.Parallel()
	budi, ani := Actor{Role: Operator, ID: "telegram:1"}, Actor{Role: Citizen}
	facts := []Fact{{Seq: 1, At: at(0), What: WasFiled, By: ani}, {Seq: 2, At: at(0), What: WasAssigned, Agency: "DISHUB"}}
	none := time.Time{}
	for _, tt := range []struct {
		name        string
		then        []Fact
		asked, told time.Time
	}{
		{"nothing yet", nil, none, none},
		{"taken is not told in words", []Fact{{What: WasTaken, By: budi}}, none, none},
		{"a note is the office's own", []Fact{{What: WasNoted, By: budi}}, none, none},
		{"answered", []Fact{{What: WasAnswered, By: budi}}, none, at(1)},
		{"asked", []Fact{{What: WasAsked, By: budi}}, at(1), at(1)},
		{"asked twice", []Fact{{What: WasAsked, By: budi}, {What: WasAsked, By: budi}}, at(2), at(2)},
		{"asked and answered", []Fact{{What: WasAsked, By: budi}, {What: WasAdded, By: ani}}, none, at(1)},
		{"a follower answers no question", []Fact{{What: WasAsked, By: budi}, {What: WasAdded, By: ani, Beside: true}}, at(1), at(1)},
		{"asking when answers no question", []Fact{{What: WasAsked, By: budi}, {What: WasUrged, By: ani}}, at(1), at(1)},
		{"hiding answers no question", []Fact{{What: WasAsked, By: budi}, {What: WasHidden, By: ani, Visibility: Anonymous}}, at(1), at(1)},
		{"answered, and the question stays", []Fact{{What: WasAsked, By: budi}, {What: WasAnswered, By: budi}}, at(1), at(2)},
		{"a question that is taken back", []Fact{{What: WasAsked, By: budi}, {What: WasWithdrawn, By: budi, Of: 3}}, none, none},
		{"the second is taken back, the first stays", []Fact{{What: WasAsked, By: budi}, {What: WasAsked, By: budi}, {What: WasWithdrawn, By: budi, Of: 4}}, at(1), at(1)},
		{"a question stays when an answer is taken back", []Fact{{What: WasAsked, By: budi}, {What: WasAnswered, By: budi}, {What: WasWithdrawn, By: budi, Of: 4}}, at(1), at(1)},
		{"resolved ends a question", []Fact{{What: WasAsked, By: budi}, {What: WasResolved, By: budi}}, none, at(2)},
		{"and it is open again when that is taken back", []Fact{{What: WasAsked, By: budi}, {What: WasResolved, By: budi}, {What: WasWithdrawn, By: budi, Of: 4}}, at(1), at(1)},
		{"rejected ends a question", []Fact{{What: WasAsked, By: budi}, {What: WasRejected, By: budi}}, none, at(2)},
		{"handed over ends a question", []Fact{{What: WasAsked, By: budi}, {What: WasTransferred, By: budi, Owner: "PLN"}}, none, at(2)},
		{"joined ends a question", []Fact{{What: WasAsked, By: budi}, {What: WasMerged, By: budi, With: &Joined{ID: 8}}}, none, at(1)},
		{"recalled ends a question", []Fact{{What: WasAsked, By: budi}, {What: WasRecalled, By: ani}}, none, at(1)},
		{"a verdict answers it", []Fact{{What: WasResolved, By: budi}, {What: WasAsked, By: budi}, {What: WasJudged, By: ani, Verdict: Unfit}}, none, at(2)},
		{"asked of what is done", []Fact{{What: WasResolved, By: budi}, {What: WasAsked, By: budi}}, at(2), at(2)},
		{"and it lapses", []Fact{{What: WasResolved, By: budi}, {What: WasAsked, By: budi}, {What: WasLapsed}}, none, at(2)},
	} {
		all := append([]Fact(nil), facts...)
		r := Fold(Report{ID: 7}, all)
		for i, f := range tt.then {
			f.Seq, f.At = len(all)+1, at(i+1)
			if f.What == WasWithdrawn {
				back := Without(r, all, f.Of)
				f.Back = &back
			}
			all = append(all, f)
			r = Apply(r, f)
		}
		if !r.Asked.Equal(tt.asked) || !r.Told.Equal(tt.told) {
			t.Errorf("%s: asked %v, told %v; want %v, %v", tt.name, r.Asked, r.Told, tt.asked, tt.told)
		}
	}
}

// What is taken back ends, and stands with its owner again when that is undone; in quarantine where it was. What others follow goes on.
func TestRecalledAndResumed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		from    Report
		back    What
		between Status
		after   Status
	}{
		"of an office":              {Report{Status: InProgress, Agency: "DISHUB", CardKey: "card:7", Officer: Actor{ID: "x"}}, WasRecalled, Closed, Assigned},
		"of the coordinator":        {Report{Status: Received, CardKey: "card:7"}, WasRecalled, Closed, Received},
		"of a plan":                 {Report{Status: Planned, Agency: "DISHUB", CardKey: "card:7", Until: at(9)}, WasRecalled, Closed, Assigned},
		"of quarantine":             {Report{Status: Quarantined}, WasRecalled, Closed, Quarantined},
		"left to others":            {Report{Status: InProgress, Agency: "DISHUB", CardKey: "card:7", Officer: Actor{ID: "x"}}, WasLeft, InProgress, InProgress},
		"left to others, of a plan": {Report{Status: Planned, Agency: "DISHUB", CardKey: "card:7"}, WasLeft, Planned, Planned},
	} {
		r := Apply(tt.from, Fact{Seq: 5, At: at(5), What: tt.back})
		ends := tt.back == WasRecalled
		if r.Status != tt.between || r.Ended.IsZero() == ends || r.Recalled.IsZero() == ends || r.Left.IsZero() != ends {
			t.Errorf("%s: %+v", name, r)
		}
		r = Apply(r, Fact{Seq: 6, At: at(6), What: WasResumed})
		if r.Status != tt.after || !r.Ended.IsZero() || !r.Recalled.IsZero() || !r.Left.IsZero() || r.Reopens+r.Contests != 0 || !r.Owned() {
			t.Errorf("%s, resumed: %+v", name, r)
		}
	}
	r := Apply(Report{Status: Assigned, Agency: "DISHUB", CardKey: "card:7"}, Fact{Seq: 5, At: at(5), What: WasRecalled})
	if r = Apply(r, Fact{Seq: 6, At: at(6), What: WasReopened}); r.Status != Reopened || !r.Recalled.IsZero() || !r.Ended.IsZero() {
		t.Errorf("reopened by a coordinator: %+v", r)
	}
}

func TestWiderShowsMore(t *testing.T) {
	t.Parallel()
	order := []Visibility{Normal, Anonymous, Confidential}
	for i, v := range order {
		for j, than := range order {
			if v.Wider(than) != (i < j) {
				t.Errorf("%s wider than %s: %v", v, than, v.Wider(than))
			}
		}
		if Visibility("?").Wider(v) || v.Wider("?") != (v != Confidential) {
			t.Errorf("a word nobody knows shows nothing: %s", v)
		}
	}
}

// What a reporter said after filing goes with him or her; that it was done, and when, stays.
func TestWhatWasSaidAfterFilingIsErased(t *testing.T) {
	t.Parallel()
	ani := Actor{Role: Citizen, ID: "telegram:7", Chat: bot.Address{Network: bot.Telegram, ID: "7"}}
	facts := []Fact{{Seq: 1, At: at(0), What: WasFiled, By: ani, Words: "lampu mati"}}
	for i, w := range []What{WasUrged, WasHidden, WasLeft, WasResumed, WasRecalled} {
		f := Fact{Seq: i + 2, At: at(i + 1), What: w, By: ani, Words: "kata saya"}
		if w == WasHidden {
			f.Visibility = Confidential
		}
		facts = append(facts, f)
	}
	r := Fold(Report{Reporter: ani.Chat}, facts)
	now, changed, said := Erase(r, facts, Whose{Whole: true}, Fact{At: at(9), By: Actor{Role: Citizen}, Reason: ErasedAsked}, []byte("key"))
	if len(changed) != len(facts) {
		t.Errorf("%d facts of %d are redacted", len(changed), len(facts))
	}
	for _, f := range changed {
		if f.Words != "" || f.By != (Actor{Role: Citizen}) {
			t.Errorf("%s still says %q by %+v", f.What, f.Words, f.By)
		}
	}
	if err := Proven(append(changed, said)); err != nil {
		t.Error(err)
	}
	if now.Status != Closed || now.Visibility != Confidential || !now.Recalled.Equal(at(5)) || !now.Urged.Equal(at(1)) || !now.Reporter.Zero() {
		t.Errorf("stands as %+v", now)
	}
}
