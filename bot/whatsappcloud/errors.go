package whatsappcloud

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"rabeg/bot"
)

// lateAfter is how long a message that failed after it was taken waits at least, before it is tried again: no pause grows there.
const lateAfter = 10 * time.Second

// refusal is an error as Meta answers it. Meta's own words are not repeated: they may hold a number.
type refusal struct {
	status int // of HTTP, 0 in a webhook
	code   int // of the error, 0 when the answer was none of Meta's
	after  time.Duration
	at     time.Time // when it was by Meta's clock, in a webhook
}

func (r *refusal) Error() string {
	if r.code == 0 && r.status != 0 {
		return fmt.Sprintf("Meta answers HTTP %d", r.status)
	}
	return fmt.Sprintf("Meta answers error %d", r.code)
}

// Trouble is why Meta takes nothing until somebody acts.
type Trouble string

// The troubles. None says that all is well again.
const (
	None       Trouble = ""
	Token      Trouble = "token"      // it is not known any more
	Permission Trouble = "permission" // the token may not send
	Restricted Trouble = "restricted" // the account is
	Payment    Trouble = "payment"    // there is no means of it
	Number     Trouble = "number"     // it is not registered, or its name not approved
	Spam       Trouble = "spam"       // too many people have complained
	Templates  Trouble = "templates"  // none of the invitations may be sent
)

// rule is what is to be done about a code: after a first pause that grows by a factor with each time, up to most.
type rule struct {
	remedy      bot.Remedy
	slow, cold  bool
	first, most time.Duration
	factor      int
	tries       int
	then        bot.Remedy
	trouble     Trouble
}

const (
	second = time.Second
	minute = time.Minute
)

// ruleOf is the table of codes. What has no line is tried three times and then given up.
func ruleOf(r *refusal) rule {
	switch r.code {
	case 130429:
		return rule{slow: true, first: second, factor: 2, most: minute}
	case 131056:
		return rule{first: second, factor: 4, most: 64 * second}
	case 4, 80007:
		return rule{slow: true, first: 5 * minute, factor: 1, most: time.Hour}
	case 131048, 131064:
		return rule{slow: true, first: 15 * minute, factor: 1, most: time.Hour, trouble: Spam}
	case 1, 2, 131000, 131016, 133004, 135000:
		return rule{first: 2 * second, factor: 2, most: 5 * minute}
	case 131057:
		return rule{slow: true, first: minute, factor: 1, most: minute}
	case 190:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Token}
	case 3, 10, 131005:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Permission}
	case 368, 131031:
		return rule{slow: true, first: time.Hour, factor: 1, most: time.Hour, trouble: Restricted}
	case 131042:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Payment}
	case 131045, 133010, 131037, 33, 133016:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Number}
	}
	return ruleOfMessage(r)
}

// ruleOfMessage is the part of the table that concerns one message or one person.
func ruleOfMessage(r *refusal) rule {
	switch code := r.code; {
	case code == 131047, code == 131049, code == 130472:
		return rule{remedy: bot.GiveUp, cold: true}
	case code >= 132000 && code <= 132018 && code != 132015 && code != 132016:
		return rule{remedy: bot.GiveUp, cold: true}
	case code == 132015, code == 132016, code == 132068, code == 132069:
		return rule{remedy: bot.GiveUp, cold: true, trouble: Templates}
	case code == 131026:
		return rule{first: 8 * time.Hour, factor: 1, most: 8 * time.Hour, tries: 3, then: bot.Gone}
	case code == 130403:
		return rule{remedy: bot.Gone}
	case code == 131053:
		return rule{first: 2 * second, factor: 1, most: 2 * second, tries: 2, then: bot.GiveUp}
	case code == 100, code == 131008, code == 131009, code == 131021, code == 131041, code == 131050, code == 131051, code == 131052,
		code == 131062, code == 131063, code == 130497, code == 131020, code >= 131200 && code < 131300:
		return rule{remedy: bot.GiveUp}
	case code >= 200 && code <= 299:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Permission}
	case code == 0 && r.status == http.StatusUnauthorized:
		return rule{slow: true, first: 5 * minute, factor: 1, most: 5 * minute, trouble: Token}
	case code == 0: // a gateway's page, or nothing at all
		return rule{first: 2 * second, factor: 2, most: 5 * minute}
	default:
		return rule{first: 10 * second, factor: 4, most: 5 * minute, tries: 3, then: bot.GiveUp}
	}
}

// judge says what is to be done about a refusal, and takes note of the trouble that it tells of.
func (c *Channel) judge(r refusal, chat string) *bot.SendError {
	u := ruleOf(&r)
	c.raise(u.trouble, r.at)
	se := &bot.SendError{Remedy: u.remedy, Slow: u.slow, Cold: u.cold, Tries: u.tries, Then: u.then, Err: &r}
	if u.remedy != bot.Retry {
		return se
	}
	se.After = u.first
	if u.factor > 1 && r.status != 0 { // what is told late was no step of a ladder
		if u.slow {
			chat = "" // it concerns all
		}
		se.After = c.steps.next(chat, r.code, u)
	}
	if r.after > 0 {
		se.After = r.after
	}
	return se
}

// sendError says what is to be done about a failed call to a chat. A call without an answer may have been taken: Meta knows no
// second copy, so only a status that comes later tells.
func (c *Channel) sendError(err error, chat string) *bot.SendError {
	var se *bot.SendError
	var r *refusal
	switch {
	case errors.As(err, &se):
		return se
	case errors.As(err, &r):
		return c.judge(*r, chat)
	}
	return &bot.SendError{Remedy: bot.Retry, Unsure: true, After: c.steps.next(chat, noCode, rule{first: 2 * second, factor: 2, most: 5 * minute}), Err: err}
}

func giveUp(err error) *bot.SendError { return &bot.SendError{Remedy: bot.GiveUp, Err: err} }

// troubled takes note of a code that concerns no chat.
func (c *Channel) troubled(code int) { c.raise(ruleOf(&refusal{code: code}).trouble, time.Time{}) }

// raise tells of a trouble once. at is when it was, where that is told later; zero for now.
func (c *Channel) raise(t Trouble, at time.Time) {
	switch {
	case t == None:
		return
	case at.IsZero():
		at = c.opt.Now()
	case t == Payment && at.Unix() < c.paid.Load():
		return // it has been paid since
	}
	if was, _ := c.trouble.Swap(t).(Trouble); was != t {
		c.since.Store(at.Unix())
		c.opt.OnTrouble(t)
		select {
		case c.ill <- struct{}{}:
		default:
		}
	}
}

// Trouble is what stands in the way of sending, None when nothing is known to.
func (c *Channel) Trouble() Trouble {
	t, _ := c.trouble.Load().(Trouble)
	return t
}

// well says that Meta takes messages.
func (c *Channel) well() {
	if was, _ := c.trouble.Swap(None).(Trouble); was != None {
		c.opt.OnTrouble(None)
	}
}

// took says that Meta took a message to somebody. Words say nothing of the invitations, which are refused or held all the same; and without
// payment Meta takes what it does not deliver.
func (c *Channel) took(who string, invitation bool) {
	c.steps.rest(who)
	switch t := c.Trouble(); {
	case t == Payment, !invitation && (t == Templates || t == Spam && c.brake.Load() > c.opt.Now().Unix()):
	default:
		c.well()
	}
}

// arrived says that Meta delivered a message at a time: so it is paid, where that is after it was not.
func (c *Channel) arrived(at time.Time) {
	for was := c.paid.Load(); at.Unix() > was; was = c.paid.Load() {
		if c.paid.CompareAndSwap(was, at.Unix()) {
			break
		}
	}
	if c.Trouble() == Payment && at.Unix() >= c.since.Load() {
		c.well()
	}
}

// noCode stands among the codes for a call without an answer.
const noCode = -1

// ladder counts how often the same code was answered in a row, to a chat, or to all under "".
type ladder struct {
	mu sync.Mutex
	at map[string]map[int]int
}

func newLadder() *ladder { return &ladder{at: map[string]map[int]int{}} }

// next is the pause before the next try.
func (l *ladder) next(chat string, code int, u rule) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.at) > 10000 {
		clear(l.at) // so many chats at once: their pauses begin anew
	}
	if l.at[chat] == nil {
		l.at[chat] = map[int]int{}
	}
	n := l.at[chat][code]
	l.at[chat][code] = n + 1
	wait := u.first
	for range n {
		if wait *= time.Duration(u.factor); wait >= u.most {
			return u.most
		}
	}
	return wait
}

// rest forgets what was refused to a chat, and to all: a message came through.
func (l *ladder) rest(chat string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.at, chat)
	delete(l.at, "")
}
