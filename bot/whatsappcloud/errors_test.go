package whatsappcloud

import (
	"fmt"
	"testing"
	"time"

	"rabeg/bot"
)

// What is to be done about each code of Meta's, said at once.
func TestRemedies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code, status int
		remedy       bot.Remedy
		slow, cold   bool
		after        time.Duration
		trouble      Trouble
	}{
		{130429, 429, bot.Retry, true, false, time.Second, None},
		{131056, 429, bot.Retry, false, false, time.Second, None},
		{4, 400, bot.Retry, true, false, 5 * time.Minute, None},
		{80007, 400, bot.Retry, true, false, 5 * time.Minute, None},
		{131048, 400, bot.Retry, true, false, 15 * time.Minute, Spam},
		{131000, 500, bot.Retry, false, false, 2 * time.Second, None},
		{131057, 500, bot.Retry, true, false, time.Minute, None},
		{0, 401, bot.Retry, true, false, 5 * time.Minute, Token},
		{190, 401, bot.Retry, true, false, 5 * time.Minute, Token},
		{10, 403, bot.Retry, true, false, 5 * time.Minute, Permission},
		{200, 403, bot.Retry, true, false, 5 * time.Minute, Permission},
		{299, 403, bot.Retry, true, false, 5 * time.Minute, Permission},
		{368, 403, bot.Retry, true, false, time.Hour, Restricted},
		{131042, 400, bot.Retry, true, false, 5 * time.Minute, Payment},
		{133010, 400, bot.Retry, true, false, 5 * time.Minute, Number},
		{131047, 400, bot.GiveUp, false, true, 0, None},
		{131049, 400, bot.GiveUp, false, true, 0, None},
		{132001, 404, bot.GiveUp, false, true, 0, None},
		{132015, 400, bot.GiveUp, false, true, 0, Templates},
		{131026, 400, bot.Retry, false, false, 8 * time.Hour, None},
		{130403, 400, bot.Gone, false, false, 0, None},
		{131053, 400, bot.Retry, false, false, 2 * time.Second, None},
		{100, 400, bot.GiveUp, false, false, 0, None},
		{131008, 400, bot.GiveUp, false, false, 0, None},
		{131062, 400, bot.GiveUp, false, false, 0, None},
		{0, 502, bot.Retry, false, false, 2 * time.Second, None},
		{987654, 400, bot.Retry, false, false, 10 * time.Second, None},
	} {
		ch := &Channel{opt: Options{OnTrouble: func(Trouble) {}, Now: time.Now}, steps: newLadder(), ill: make(chan struct{}, 1)}
		ch.trouble.Store(None)
		se := ch.judge(refusal{status: c.status, code: c.code}, "ID.1")
		if se.Remedy != c.remedy || se.Slow != c.slow || se.Cold != c.cold || se.After != c.after || ch.Trouble() != c.trouble {
			t.Errorf("%d (HTTP %d): %v, slow %v, cold %v, after %v, trouble %q", c.code, c.status, se.Remedy, se.Slow, se.Cold, se.After, ch.Trouble())
		}
	}
}

// Pauses grow as Meta says, and begin anew once a message came through.
func TestPausesGrow(t *testing.T) {
	t.Parallel()
	ch := &Channel{opt: Options{OnTrouble: func(Trouble) {}, Now: time.Now}, steps: newLadder()}
	ch.trouble.Store(None)
	next := func(code int, chat string) time.Duration {
		return ch.judge(refusal{status: 429, code: code}, chat).After
	}
	for i, want := range []float64{1, 4, 16, 64, 64} {
		if got := next(131056, "ID.1"); got.Seconds() != want {
			t.Errorf("refusal %d of one person waits %v", i+1, got)
		}
	}
	if got := next(131056, "ID.2"); got != time.Second {
		t.Errorf("another person waits %v", got)
	}
	for i, want := range []float64{1, 2, 4, 8, 16, 32, 60, 60} {
		if got := next(130429, fmt.Sprint("ID.", i)); got.Seconds() != want {
			t.Errorf("refusal %d of all waits %v", i+1, got)
		}
	}
	ch.steps.rest("ID.1")
	if next(131056, "ID.1") != time.Second || next(130429, "ID.1") != time.Second {
		t.Error("the pauses do not begin anew")
	}
	for _, code := range []int{1, 2, 131000, 131016, 133004, 135000, 131056, 130429, 987654} {
		first := next(code, "ID.3")
		if second := next(code, "ID.3"); second <= first {
			t.Errorf("%d: a pause of %v follows one of %v", code, second, first)
		}
		ch.steps.rest("ID.3")
		if again := next(code, "ID.3"); again != first {
			t.Errorf("%d: after a message that came through the pause is %v, not %v", code, again, first)
		}
	}
}

func TestWhatIsTriedOnlySoOften(t *testing.T) {
	t.Parallel()
	ch := &Channel{opt: Options{OnTrouble: func(Trouble) {}, Now: time.Now}, steps: newLadder()}
	ch.trouble.Store(None)
	for code, want := range map[int]struct {
		tries int
		then  bot.Remedy
	}{131026: {3, bot.Gone}, 131053: {2, bot.GiveUp}, 987654: {3, bot.GiveUp}, 131000: {0, bot.Retry}} {
		if se := ch.judge(refusal{code: code}, "ID.1"); se.Tries != want.tries || se.Then != want.then {
			t.Errorf("%d is tried %d times, then %v", code, se.Tries, se.Then)
		}
	}
}

func TestMetaSaysWhenMoreIsAllowed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		`{"441":[{"type":"whatsapp","estimated_time_to_regain_access":7}]}`:                            7 * time.Minute,
		`{"441":[{"estimated_time_to_regain_access":0},{"estimated_time_to_regain_access":3}],"9":[]}`: 3 * time.Minute,
		`{"441":[{"estimated_time_to_regain_access":"soon"}]}`:                                         0,
		`{"441":[{"estimated_time_to_regain_access":99999999}]}`:                                       24 * time.Hour,
		``:   0,
		`[]`: 0,
	} {
		if got := regained(in); got != want {
			t.Errorf("%s: %v", in, got)
		}
	}
}
