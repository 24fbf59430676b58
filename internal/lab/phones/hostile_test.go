package phones

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// posts sends a form as the page does and gives what is answered.
func posts(s *Server, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:4000"+s.root()+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.guarded("127.0.0.1:4000").ServeHTTP(w, r)
	return w
}

// A point that is none is refused on every phone: no message could carry it.
func TestNoPoint(t *testing.T) {
	t.Parallel()
	s := page(t)
	for _, where := range []string{onTelegram, onWhatsApp, onDesk} {
		for _, at := range [][2]string{{"NaN", "106"}, {"-6", "nan"}, {"Inf", "106"}, {"-91", "106"}, {"-6", "181"}, {"", ""}, {"-6.1", "106,1"}} {
			w := posts(s, "act", url.Values{"where": {where}, "do": {"pin"}, "lat": {at[0]}, "lon": {at[1]}})
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "-6.1169") {
				t.Errorf("%s: %v: %d %s", where, at, w.Code, w.Body)
			}
		}
	}
}

// Of many browsers that press one switch at once each shows what is so.
func TestASwitchThatManyPress(t *testing.T) {
	t.Parallel()
	s := page(t)
	var is bool
	s.Faults = []Fault{{Key: "killed", Set: func(_ context.Context, on bool) error { is = on; return nil }}}
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			on := map[bool]string{true: "true", false: "false"}[i%2 == 0]
			if w := posts(s, "fault", url.Values{"fault": {"killed"}, "on": {on}}); w.Code != http.StatusNoContent {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	all.Wait()
	if s.on["killed"] != is {
		t.Errorf("the page says %t, and it is %t", s.on["killed"], is)
	}
}
