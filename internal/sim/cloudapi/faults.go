package cloudapi

import "net/http"

// faults are what goes wrong at will. The server's lock guards them.
type faults struct {
	deadToken, restricted, maintenance bool
	subscribed, registered             bool
	unpaid, windowLate                 bool
	switches                           Switches
	sends                              []*refusal // for the next sends
	late                               []int      // codes with which the next messages fail after they were taken
	redeliver                          int        // events that are to come once more
}

// Switches are how Meta may behave otherwise than one would like.
type Switches struct {
	// Disorder lets the webhook calls of one person overtake each other. Doubles makes each call come twice.
	Disorder, Doubles bool
	// StatusFirst sends the statuses of a message before the send is answered. StatusBackwards sends them in the other order and
	// twice; NoDelivered leaves out "delivered".
	StatusFirst, StatusBackwards, NoDelivered bool
	// Mute sends no statuses.
	Mute bool
	// Together is how many updates, of whomever, one webhook call may carry: those that wait go together. 0 is one.
	Together int
	// BadUploads refuses every upload as unreadable (131053).
	BadUploads bool
}

// Switch sets how Meta behaves.
func (s *Server) Switch(to Switches) { s.set(func(f *faults) { f.switches = to }) }

func (s *Server) set(change func(*faults)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.faults)
}

// Complain tells the webhook of trouble with the account, which concerns no chat.
func (s *Server) Complain(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.tell("errors", call{body: ascii(s.envelope(object{"errors": []any{wrong(code, "told of no chat").body()}}))})
}

// KillToken makes the token one that nobody knows, or a good one again.
func (s *Server) KillToken(dead bool) { s.set(func(f *faults) { f.deadToken = dead }) }

// Restrict restricts the account (368), or frees it.
func (s *Server) Restrict(on bool) { s.set(func(f *faults) { f.restricted = on }) }

// Maintain puts the account into maintenance (131057), or ends it.
func (s *Server) Maintain(on bool) { s.set(func(f *faults) { f.maintenance = on }) }

// Register says whether the number is registered; one that is not is refused with 133010.
func (s *Server) Register(on bool) { s.set(func(f *faults) { f.registered = on }) }

// Subscribe says whether the app hears of the account. One that does not gets no webhooks.
func (s *Server) Subscribe(on bool) { s.set(func(f *faults) { f.subscribed = on }) }

// Unpaid takes the payment method away: what is sent is taken, and never delivered.
func (s *Server) Unpaid(on bool) { s.set(func(f *faults) { f.unpaid = on }) }

// WindowLate makes what is sent outside the window fail later in place of at once.
func (s *Server) WindowLate(on bool) { s.set(func(f *faults) { f.windowLate = on }) }

// FailSends makes the next n sends fail without effect, with a code of Meta's ("131016").
func (s *Server) FailSends(n, code int) {
	s.set(func(f *faults) {
		for range n {
			f.sends = append(f.sends, wrong(code, "by a test"))
		}
	})
}

// Throttle makes the next send be refused with a code and the word that more is allowed after some minutes.
func (s *Server) Throttle(code, minutes int) {
	s.set(func(f *faults) {
		f.sends = append(f.sends, &refusal{status: http.StatusBadRequest, code: code, title: "Application request limit reached", usage: minutes})
	})
}

// FailLate makes the next n messages be taken, and fail afterwards with a code.
func (s *Server) FailLate(n, code int) {
	s.set(func(f *faults) {
		for range n {
			f.late = append(f.late, code)
		}
	})
}

// Redeliver makes the next n messages of people that were taken come once more.
func (s *Server) Redeliver(n int) { s.set(func(f *faults) { f.redeliver += n }) }

// Lose forgets a file.
func (s *Server) Lose(media string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, media)
}
