package report

import (
	"slices"

	"rabeg/bot"
)

// Follow lets somebody hear the news of a report that he or she did not file.
type Follow struct {
	Lang string
	// With is what he or she has to say about it; nothing where it is empty.
	With Add
}

// Unfollow ends that.
type Unfollow struct{}

// Merge joins the report with another, older or better one (Gabung): its people follow that one from then on. Into is the other as
// it was read; where that was itself joined with a third, whoever asks has gone on to the third.
type Merge struct {
	Into Report
	// Through are the reports that led to Into, where the one that was named was joined with another.
	Through []Code
}

// Unmerge parts a report again from the one that it was joined with (Pisahkan). From is that one as it was read, Facts are its own
// report's facts.
type Unmerge struct{ From Report }

func (Follow) deed() Deed   { return Following }
func (Unfollow) deed() Deed { return Leaving }
func (Merge) deed() Deed    { return Merging }
func (Unmerge) deed() Deed  { return Parting }

// Joined is a report that was joined with another, as the other remembers it.
type Joined struct {
	ID   ID   `json:"id"`
	Code Code `json:"code"`
	// Came are those who hear of the other by it, whether they hear of it otherwise or not. Chatless says that its reporter has no chat here.
	Came     []Follower `json:"came,omitempty"`
	Chatless bool       `json:"chatless,omitempty"`
}

// The facts of following and joining.
const (
	WasUnfollowed What = "unfollowed" // By.Chat hears no more of it
	WasMerged     What = "merged"     // it was joined with another: With
	WasUnmerged   What = "unmerged"   // it stands by itself again: With is the other, Back how it stood
	WasJoined     What = "joined"     // another was joined with this one: With
	WasParted     What = "parted"     // another stands by itself again: With
	WasRehomed    What = "rehomed"    // a follower, With.Came, has another address from now on: By.Chat
)

// applyTwin is Apply for the facts of following and joining; ok is false for all others.
func applyTwin(r Report, f Fact) (_ Report, ok bool) {
	switch f.What {
	case WasFollowed:
		r.Followers = followed(r.Followers, Follower{Chat: f.By.Chat, Lang: f.Lang})
	case WasUnfollowed:
		r.Followers = without(r.Followers, f.By.Chat)
	case WasMerged:
		r.Status, r.With = stands(r, Merging), f.With
	case WasUnmerged:
		r.With = nil
		r = putBack(r, f.Back)
		r.Disposed = nil
	case WasJoined:
		if f.With == nil {
			return r, true
		}
		for _, who := range f.With.Came {
			if !r.Follows(who.Chat) {
				r.Followers = followed(r.Followers, Follower{Chat: who.Chat, Lang: who.Lang, Brought: true})
			}
		}
		r.Joined = append(slices.Clone(r.Joined), *f.With)
	case WasParted:
		if f.With == nil {
			return r, true
		}
		r.Joined = slices.DeleteFunc(slices.Clone(r.Joined), func(j Joined) bool { return j.ID == f.With.ID })
		r.Followers = slices.DeleteFunc(slices.Clone(r.Followers), func(k Follower) bool { return k.Brought && !r.brings(k.Chat) })
	case WasRehomed:
		r = rehomed(r, f)
	default:
		return r, false
	}
	return r, true
}

// rehomed is the report with another address in place of a follower's.
func rehomed(r Report, f Fact) Report {
	if f.With == nil || len(f.With.Came) != 1 || f.By.Chat.Zero() {
		return r
	}
	move := func(all []Follower) []Follower {
		all = slices.Clone(all)
		for i, k := range all {
			if k.Chat.Chat() == f.With.Came[0].Chat.Chat() {
				all[i].Chat = f.By.Chat
			}
		}
		return all
	}
	if r.Follows(f.By.Chat) || r.Reporter.Chat() == f.By.Chat.Chat() { // there already
		r.Followers = without(r.Followers, f.With.Came[0].Chat)
	}
	r.Followers, r.Joined = move(r.Followers), slices.Clone(r.Joined)
	for i := range r.Joined {
		r.Joined[i].Came = move(r.Joined[i].Came)
	}
	return r
}

// brings reports whether somebody hears of the report by one that is joined with it.
func (r Report) brings(chat bot.Address) bool {
	return slices.ContainsFunc(r.Joined, func(j Joined) bool {
		return slices.ContainsFunc(j.Came, func(k Follower) bool { return k.Chat.Chat() == chat.Chat() })
	})
}

func without(known []Follower, chat bot.Address) []Follower {
	return slices.DeleteFunc(slices.Clone(known), func(k Follower) bool { return k.Chat.Chat() == chat.Chat() })
}

// Follows reports whether a chat follows the report.
func (r Report) Follows(chat bot.Address) bool {
	return !chat.Chat().Zero() && slices.ContainsFunc(r.Followers, func(f Follower) bool { return f.Chat.Chat() == chat.Chat() })
}

// People is how many are known to have the trouble: who filed it, who follows it, and who is behind what was joined with it.
func (r Report) People() int {
	n := 1 + len(r.Followers)
	for _, j := range r.Joined {
		if j.Chatless {
			n++
		}
	}
	return n
}
