package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
)

// front is what stands between Telegram and several programs: it hands each update to the one that is chosen.
type front struct {
	*httptest.Server
	to atomic.Pointer[child]
	// all take turns, where there are any: a round robin that passes over who does not answer.
	all  []*child
	turn atomic.Int64
}

// next is who gets the next update.
func (f *front) next() *child {
	for range f.all {
		if c := f.all[int(f.turn.Add(1))%len(f.all)]; c.running() {
			return c
		}
	}
	return f.to.Load()
}

func openFront(t *testing.T) *front { t.Helper(); return openFrontOf(t) }

func openFrontOf(t testing.TB) *front {
	t.Helper()
	f := &front{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		c := f.next()
		if c == nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		req, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+c.addr+r.URL.Path, r.Body)
		if err != nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		req.Header = r.Header
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		defer func() { _ = res.Body.Close() }()
		rw.WriteHeader(res.StatusCode)
		_, _ = io.Copy(rw, res.Body)
	}))
	t.Cleanup(f.Close)
	return f
}

// An officer answers a card that one program has just sent, and another program gets the answer, before anybody has written down
// where the card stands. If the first lives the answer goes to the citizen; if it was killed, the officer is told at once what to
// do. Nothing is swallowed.
func TestAnAnswerToACardThatNobodyKnowsYet(t *testing.T) {
	t.Parallel()
	const answer = "Regu kami berangkat sore ini juga"
	for name, goes := range map[string]struct {
		fault botapi.Fault
		// before and later are what becomes of the first program before the officer writes, and after.
		before, later func(*child)
		arrives       bool
	}{
		"the first learns of it late":     {fault: botapi.Fault{Kind: botapi.Delay, Wait: time.Second, Stored: true}, arrives: true},
		"the first was killed before":     {fault: botapi.Fault{Kind: botapi.Hang, Stored: true}, before: (*child).kill},
		"the first is killed in between":  {fault: botapi.Fault{Kind: botapi.Hang, Stored: true}, later: (*child).kill},
		"the first does not hear for now": {fault: botapi.Fault{Kind: botapi.Hang, Wait: 8 * time.Second, Stored: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFront(t)
			w := newWorld(t, plan{own: true, set: []string{"TELEGRAM_WEBHOOK_URL=" + f.URL + "/webhook/telegram", "TELEGRAM_WEBHOOK_SECRET=" + secret}})
			w.ears.keepPrivate("the operator", answer)
			one := w.start()
			f.to.Store(one)
			officer := w.operator(t, "dishub").In(w.desk.ID())
			two := w.start()
			w.quiet()
			fault := goes.fault
			fault.Methods, fault.Chats, fault.Times = []string{"sendMessage"}, []int64{w.desk.ID()}, 1
			heal := w.api.Fail(fault)
			ani, code := w.filed(t, lamp(1))
			card := w.wait(t, w.desk.ID(), 0, "the card", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, code) })
			f.to.Store(two)
			if goes.before != nil {
				goes.before(one)
			}
			sent, err := officer.Send(botapi.Out{Text: answer, ReplyTo: card.MessageID})
			if err != nil {
				t.Fatal(err)
			}
			if goes.later != nil {
				goes.later(one)
			}
			heal()
			said := w.wait(t, w.desk.ID(), sent.MessageID, "a word to the officer", func(m botapi.Seen) bool {
				return m.FromBot && (strings.Contains(m.Text, "tidak saya kenali") || strings.Contains(m.Text, "dikirim ke warga dalam"))
			})
			if arrives := strings.Contains(said.Text, "dikirim ke warga dalam"); arrives != goes.arrives {
				t.Errorf("the officer is told %q", said.Text)
			}
			if !goes.arrives { // the officer does what the word says
				again, err := officer.Text(code + " " + answer)
				if err != nil {
					t.Fatal(err)
				}
				w.wait(t, w.desk.ID(), again.MessageID, "the line that lets the answer be taken back", func(m botapi.Seen) bool {
					return m.FromBot && strings.Contains(m.Text, "dikirim ke warga dalam")
				})
			}
			if n := w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND lane = $1 AND doc::text LIKE '%' || $2 || '%'`,
				"telegram:"+strconv.FormatInt(ani.p.ID(), 10), answer); n != 1 {
				t.Errorf("the citizen is sent the answer %d times", n)
			}
			w.nobodyStumbled()
		})
	}
}
