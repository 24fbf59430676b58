package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// software is other software with a key of its own.
type software struct {
	at, key string
}

// openly are the settings under which other software is served, at an address that stays the same when the program is started anew.
func openly(t *testing.T) (at string, set []string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	at = l.Addr().String()
	return "http://" + at + "/open311/v2/", []string{"RABEG_PUBLIC_URL=http://" + at, "LISTEN_PUBLIC=" + at, "RABEG_OPEN311=true"}
}

// client adds a client with the command and gives what it prints.
func (w *world) client(t *testing.T, at string, args ...string) software {
	t.Helper()
	code, out, errs := w.once(t, w.env(), append([]string{"open311", "client", "add"}, args...)...)
	key, ok := strings.CutPrefix(strings.SplitN(out, "\n", 2)[0], "api_key ")
	if code != 0 || !ok || len(key) < 20 {
		t.Fatalf("adding a client: %d %q %q", code, out, errs)
	}
	w.ears.keepPrivate("the key of a client", key)
	return software{at, key}
}

// posts sends a form and gives the status and the answer; 0 where nobody answers.
func (s software) posts(ctx context.Context, call string, pairs ...string) (int, string) {
	v := url.Values{"api_key": {s.key}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.at+call, strings.NewReader(v.Encode()))
	if err != nil {
		return 0, err.Error()
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return called(r)
}

func (s software) asks(ctx context.Context, call string) (int, string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.at+call, nil)
	if err != nil {
		return 0, err.Error()
	}
	return called(r)
}

func called(r *http.Request) (int, string) {
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, string(body)
}

// requestID reads the number out of a JSON answer, "" where there is none.
func requestID(body string) string {
	var all []struct {
		ID string `json:"service_request_id"`
	}
	if err := json.Unmarshal([]byte(body), &all); err != nil || len(all) != 1 {
		return ""
	}
	return all[0].ID
}

// Other software files a report; the office takes it, and the software hears of it. Its photo's address leads into our own network, so it is
// never fetched. Its key is in no log.
func TestOtherSoftwareFiles(t *testing.T) {
	t.Parallel()
	at, set := openly(t)
	w := newWorld(t, plan{forum: true, set: set})
	news := make(chan string, 8)
	listener := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		news <- r.Header.Get("X-Rabeg-Signature") + " " + string(body)
	}))
	t.Cleanup(listener.Close)
	var fetched atomic.Int64
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	t.Cleanup(inside.Close)
	fms := w.client(t, at, "fixmystreet", "--name", "FixMyStreet", "--hook", listener.URL, "--hook-private")
	w.start()
	ctx, cancel := story(2 * patience)
	defer cancel()
	eventually(t, "the public pages", func(ctx context.Context) bool { got, _ := fms.asks(ctx, "services.xml"); return got == http.StatusOK })

	dishub := w.operator(t, "dishub")
	const text = "lampu jalan mati total di depan alun-alun, gelap sekali"
	w.ears.keepPrivate("other software", text, "Siti Aminah", "siti@example.com")
	status, body := fms.posts(ctx, "requests.json", "service_code", "penerangan_jalan", "description", text, "lat", "-6.1203", "long", "106.1505", "first_name", "Siti", "last_name", "Aminah",
		"email", "siti@example.com", "media_url", inside.URL+"/a.jpg")
	code := requestID(body)
	if status != http.StatusOK || code == "" {
		t.Fatalf("%d %s", status, body)
	}
	card := w.card(t, code)
	if !strings.Contains(card.Text, "perangkat lunak lain") {
		t.Errorf("the card says\n%s", card.Text)
	}
	w.presses(t, dishub.In(w.desk.ID()).Topic(card.ThreadID), card, "Ambil")
	select {
	case told := <-news:
		if !strings.HasPrefix(told, "v1=") || !strings.Contains(told, `"service_request_id":"`+code+`"`) || !strings.Contains(told, `"detailed_status":"in_progress"`) && !strings.Contains(told, `"detailed_status":"open"`) {
			t.Errorf("it is told %s", told)
		}
	case <-ctx.Done():
		t.Fatalf("nobody is told\n%s", w.tail())
	}
	if status, body := fms.asks(ctx, "requests/"+code+".json"); status != http.StatusOK || strings.Contains(body, "gelap") || strings.Contains(body, "Siti") {
		t.Errorf("everybody reads %d %s", status, body)
	}
	eventually(t, "the photo to be given up", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM media WHERE doc ->> 'lost' <> ''`) == 1
	})
	if n := fetched.Load(); n != 0 {
		t.Errorf("a server inside was called %d times", n)
	}
	if status, _ := fms.asks(ctx, "servicerequestupdates.xml?api_key=wrong"); status != http.StatusForbidden {
		t.Errorf("a wrong key: %d", status)
	}
	if code, out, _ := w.once(t, w.env(), "open311", "client", "list"); code != 0 || !strings.Contains(out, "fixmystreet  FixMyStreet  1 ") {
		t.Errorf("the list says %d\n%s", code, out)
	}
	if code, _, errs := w.once(t, w.env(), "open311", "client", "end", "fixmystreet"); code != 0 {
		t.Error(errs)
	}
	if status, _ := fms.posts(ctx, "requests.json", "service_code", "penerangan_jalan", "description", "lagi", "address_string", "Cipare"); status != http.StatusForbidden {
		t.Errorf("a key that ended: %d", status)
	}
	w.nobodyStumbled()
}

// Other software posts eighty reports while the program is killed again and again, and posts each anew until it has an answer. None is lost,
// none is there twice, and the number that it was answered with is that of its report.
func TestOtherSoftwareWhileTheProgramIsKilled(t *testing.T) {
	t.Parallel()
	const (
		reports = 80
		lines   = 8
		deaths  = 6
	)
	at, set := openly(t)
	w := newWorld(t, plan{set: set})
	fms := w.client(t, at, "fixmystreet", "--per-minute", "10000")
	ctx, cancel := story(3 * patience)
	defer cancel()
	var answered atomic.Int64
	codes := make([]string, reports)
	var all sync.WaitGroup
	for line := range lines {
		all.Go(func() {
			for i := line; i < reports; i += lines {
				for codes[i] == "" && ctx.Err() == nil {
					status, body := fms.posts(ctx, "requests.json", "service_code", "jalan_jembatan", "description", fmt.Sprintf("jalan berlubang besar nomor %d", i), "address_string", "Cipare", "account_id", fmt.Sprint(i))
					if codes[i] = requestID(body); status != http.StatusOK {
						codes[i] = ""
						after(20 * time.Millisecond) // nobody is there just now
					}
				}
				answered.Add(1)
			}
		})
	}
	for n := range int64(deaths) {
		c := w.start()
		until := (n + 1) * reports / (deaths + 2)
		eventually(t, "some answers", func(context.Context) bool { return answered.Load() >= until })
		c.kill()
	}
	w.start()
	all.Wait()
	if n := w.number(`SELECT count(*) FROM reports`); n != reports {
		t.Errorf("%d reports of %d", n, reports)
	}
	for i, code := range codes {
		if code == "" {
			t.Fatalf("number %d was never answered\n%s", i, w.tail())
		}
		if r := w.byCode(code); r.Text != fmt.Sprintf("jalan berlubang besar nomor %d", i) {
			t.Errorf("%s is %q, was number %d", code, r.Text, i)
		}
	}
	w.nobodyStumbled()
}
