package engine

import (
	"context"
	"encoding/json"

	"rabeg/bot"
	"rabeg/flows"
)

// remainder is a conversation whose draft goes on in another chat of the same person; nil where none does.
type remainder struct {
	*Engine
	was   Session
	cause string
	doc   []byte
	over  bool
}

// carry lets a draft follow who writes here now and wrote in another chat before. It is a convenience: where the other conversation
// cannot be had, everything goes on without it. The draft is taken away there once it is saved here, so that a death in between
// leaves it twice and never loses it.
func (e *Engine) carry(ctx context.Context, t handling, state flows.State) (flows.State, *remainder) {
	if !t.away || t.event == nil {
		return state, nil
	}
	was, err := e.Sessions.Load(ctx, t.kin[0])
	if err != nil {
		return state, nil
	}
	r := &remainder{Engine: e, was: was, cause: t.cause}
	if len(was.State) == 0 {
		r.free(ctx)
		return state, nil
	}
	left, joined, ok := e.Machine.Carry(e.stateOf(was), state, t.at)
	if ok {
		r.doc, err = json.Marshal(left)
	}
	if !ok || err != nil {
		r.free(ctx)
		return state, nil
	}
	return joined, r
}

// save takes the draft away where it was. What was said there meanwhile stands: then it is in both.
func (r *remainder) save(ctx context.Context) {
	if r == nil {
		return
	}
	r.over = r.Sessions.Save(ctx, r.was, r.doc, bot.EventID("carry/"+r.cause)) == nil
}

// free gives the other conversation back.
func (r *remainder) free(ctx context.Context) {
	if r != nil && !r.over {
		r.over = true
		r.Engine.free(ctx, r.was)
	}
}
