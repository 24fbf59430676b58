package casework_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// joining is a house in which random people follow, add, join and part.
type joining struct {
	*rapid.T
	*casework.Office
	mem *casetest.Memory
	n   int
	// left are those who have said that they want to hear no more, by report.
	left map[report.ID]map[bot.Address]bool
	// done counts what was done, by action.
	done map[string]int
}

const secretWords = "kata rahasia"

func chatOf(n int) bot.Address { return bot.Address{Network: bot.Telegram, ID: fmt.Sprintf("w%d", n)} }

func (j *joining) file(n int, how report.Visibility) {
	ctx := context.Background()
	id, code, err := j.mem.NextID(ctx, fmt.Sprintf("file%d", n))
	if err != nil {
		j.Fatal(err)
	}
	f := casework.Filing{ID: id, Code: code, Reporter: chatOf(n), Person: bot.Person{ID: fmt.Sprint(n), Name: "Zulkifli"}, Cause: fmt.Sprintf("file%d", n), At: start,
		Served: served, Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati, sampah numpuk", Category: "penerangan_jalan", Visibility: how}}
	if how == report.Confidential {
		f.Draft.Text = secretWords
	}
	if n == 3 {
		f.Reporter = bot.Address{}
	}
	_, b := j.Open(f)
	if err := j.mem.Commit(ctx, b); err != nil {
		j.Fatal(err)
	}
}

// root is the report that stands for all that were joined with it, as the desk finds it.
func (j *joining) root(r report.Report) (report.Report, []report.Code) {
	var through []report.Code
	for range casework.JoinHops {
		if r.With == nil {
			return r, through
		}
		through = append(through, r.Code)
		next, err := j.mem.ByID(context.Background(), r.With.ID)
		if err != nil {
			j.Fatal(err)
		}
		r = next
	}
	j.Fatalf("%s is in a ring", r.Code)
	return r, nil
}

// split makes a second report of a part.
func (j *joining) split(r report.Report, words string) {
	a := report.Split{Part: report.Draft{Text: words, Category: "penerangan_jalan", Place: r.Place}}
	var err error
	if a.ID, a.Code, err = j.mem.NextID(context.Background(), fmt.Sprintf("e%d", j.n+1)); err != nil {
		j.Fatal(err)
	}
	for _, p := range r.Parts {
		part, err := j.mem.ByID(context.Background(), p.ID)
		if err != nil {
			j.Fatal(err)
		}
		a.Before = append(a.Before, part)
	}
	j.act(r, budi, a)
	if part, err := j.mem.ByID(context.Background(), a.ID); err == nil && (part.Reporter != r.Reporter || part.Visibility != r.Visibility || !part.Filed.Equal(r.Filed) || !part.Owned()) {
		j.Fatalf("%s is no part of %s: %+v", part.Code, r.Code, part)
	}
}

// strangers reports whether a report is joined with one that is not made of it, nor it of that one.
func (j *joining) strangers(r report.Report) bool {
	other := func(o report.ID) bool {
		return (r.PartOf == nil || r.PartOf.ID != o) && !slices.ContainsFunc(r.Parts, func(p report.Joined) bool { return p.ID == o })
	}
	return r.With != nil && other(r.With.ID) || slices.ContainsFunc(r.Joined, func(o report.Joined) bool { return other(o.ID) })
}

// next is the report that one was joined with.
func (j *joining) next(r report.Report) (report.Report, error) {
	return j.mem.ByID(context.Background(), r.With.ID)
}

func (j *joining) act(r report.Report, by report.Actor, a report.Action) {
	ctx := context.Background()
	facts, err := j.mem.Facts(ctx, r.ID)
	if err != nil {
		j.Fatal(err)
	}
	j.n++
	_, b, err := j.Act(r, by, a, casework.Occasion{Cause: fmt.Sprintf("e%d", j.n), At: start, Facts: facts, Served: served})
	if _, refused := casework.AsRefusal(err); refused {
		j.done[fmt.Sprintf("%T refused", a)]++
		return
	}
	if err == nil {
		err = j.mem.Commit(ctx, b)
	}
	if err != nil && !errors.Is(err, ledger.ErrSent) {
		j.Fatal(err)
	}
	j.done[fmt.Sprintf("%T", a)]++
	for _, l := range b.Letters {
		if strings.Contains(l.Message.Text, "Zulkifli") || !l.Desk && strings.Contains(l.Message.Text, secretWords) {
			j.Fatalf("a letter tells a name or a secret: %s", l.Message.Text)
		}
	}
}

// whole checks what holds at any time.
func (j *joining) whole() {
	for _, r := range j.mem.Reports() {
		facts, err := j.mem.Facts(context.Background(), r.ID)
		if err != nil {
			j.Fatal(err)
		}
		if again := report.Fold(report.Origin(r), facts); again.Status != r.Status || again.Agency != r.Agency || len(again.Followers) != len(r.Followers) {
			j.Fatalf("%s does not follow from its facts", r.Code)
		}
		if (r.Status == report.Merged) != (r.With != nil) {
			j.Fatalf("%s is %s with %v", r.Code, r.Status, r.With)
		}
		if r.Agency != "DISHUB" {
			j.Fatalf("%s has lost its owner: %q", r.Code, r.Agency)
		}
		secret := r.Visibility == report.Confidential
		if secret && (j.strangers(r) || len(r.Followers) > 0) {
			j.Fatalf("the secret %s is joined or followed", r.Code)
		}
		chats := map[bot.Address]int{}
		for _, f := range r.Followers {
			chats[f.Chat]++
		}
		for chat, n := range chats {
			if n > 1 || chat.Zero() {
				j.Fatalf("%s is followed %d times by %v", r.Code, n, chat)
			}
		}
		if r.With == nil {
			continue
		}
		root, _ := j.root(r)
		into, err := j.mem.ByID(context.Background(), r.With.ID)
		if err != nil || !slices.ContainsFunc(into.Joined, func(o report.Joined) bool { return o.ID == r.ID }) {
			j.Fatalf("%s is joined with %s, which does not know (%v)", r.Code, r.With.Code, err)
		}
		hears := !r.Hears() || root.Reporter == r.Reporter || root.Follows(r.Reporter)
		for at := into; !hears; at, _ = j.next(at) { // who left one of those on the way has left those behind it
			hears = j.left[at.ID][r.Reporter] || at.Reporter == r.Reporter && !at.Hears()
			if at.With == nil {
				break
			}
		}
		if !hears {
			j.Fatalf("who filed %s hears nothing of %s", r.Code, root.Code)
		}
	}
}

// However people follow, add, leave, join and part: every report keeps its one owner, nobody is in a ring, whoever filed what was joined
// hears of the one that is left, and what is secret stays out of it.
func TestReportsJoinedAtRandom(t *testing.T) {
	t.Parallel()
	done := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		j := &joining{T: rt, Office: &casework.Office{Profile: casetest.Profile(), Desk: desk}, mem: casetest.NewMemory("CTH"),
			left: map[report.ID]map[bot.Address]bool{}, done: done}
		for n, how := range []report.Visibility{report.Normal, report.Normal, report.Anonymous, report.Normal, report.Confidential} {
			j.file(n, how)
		}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			all := j.mem.Reports()
			last := len(all) - 1
			r, other := all[rapid.IntRange(0, last).Draw(rt, "report")], all[rapid.IntRange(0, last).Draw(rt, "other")]
			who := report.Actor{Role: report.Citizen, ID: "x", Chat: chatOf(rapid.IntRange(0, 7).Draw(rt, "who"))}
			switch rapid.IntRange(0, 10).Draw(rt, "what") {
			case 0, 1:
				j.act(r, who, report.Follow{Lang: "id", With: report.Add{Words: "di sini juga"}})
			case 2:
				if r.Follows(who.Chat) {
					if j.left[r.ID] == nil {
						j.left[r.ID] = map[bot.Address]bool{}
					}
					j.left[r.ID][who.Chat] = true
				}
				j.act(r, who, report.Unfollow{})
			case 3, 4:
				root, through := j.root(other)
				j.act(r, rapid.SampledFrom([]report.Actor{budi, rina}).Draw(rt, "officer"), report.Merge{Into: root, Through: through})
			case 5: // of the reports that are joined just now
				all = slices.DeleteFunc(all, func(r report.Report) bool { return r.With == nil })
				if len(all) == 0 {
					continue
				}
				r = all[len(all)-1]
				from, err := j.mem.ByID(context.Background(), r.With.ID)
				if err != nil {
					rt.Fatal(err)
				}
				j.act(r, budi, report.Unmerge{From: from})
			case 6:
				j.act(r, budi, report.Reply{Words: "sedang kami cek"})
			case 7:
				j.act(r, budi, report.Take{})
			case 8:
				j.split(r, rapid.SampledFrom([]string{"sampah numpuk", "lampu", "rahasia", "jalan rusak"}).Draw(rt, "part"))
			case 9:
				j.act(r, report.Actor{Role: report.Citizen, ID: "x", Chat: r.Reporter}, report.Recall{})
			case 10:
				a := report.Resume{}
				if r.With != nil {
					a.Into, _ = j.root(r)
				}
				j.act(r, report.Actor{Role: report.Citizen, ID: "x", Chat: r.Reporter}, a)
			}
			j.whole()
		}
	})
	for _, must := range []string{"report.Follow", "report.Recall", "report.Merge", "report.Unmerge", "report.Merge refused", "report.Split", "report.Split refused", "report.Follow refused"} {
		if done[must] == 0 {
			t.Errorf("%s never happened: %v", must, done)
		}
	}
}

// Who has left the own report, which goes on for others, does not come back by its being joined with another; who follows it does.
func TestWhoHasLeftIsNotBroughtBack(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	l.r = followed(t, l.m, l.r, follower)
	l.act(asep, report.Recall{})
	other := l.r
	other.ID, other.Code, other.Reporter, other.Followers, other.Left = l.r.ID+1, "CTH-M2P8X-4", chatOf(9), nil, time.Time{}
	_, b, err := l.o.Act(l.r, rina, report.Merge{Into: other}, casework.Occasion{Cause: "merge", At: l.at, Served: served})
	if err != nil {
		t.Fatal(err)
	}
	var into report.Report
	for _, ch := range b.Changes {
		if ch, ok := ch.(ledger.Changed); ok && ch.Report.ID == other.ID {
			into = ch.Report
		}
	}
	if into.Follows(citizen) || !into.Follows(follower) || len(into.Joined) != 1 {
		t.Errorf("the other report: %+v", into)
	}
	for _, letter := range b.Letters {
		if letter.To.Chat() == citizen.Chat() {
			t.Errorf("who has left reads: %s", letter.Message.Text)
		}
	}
}
