package botapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (w *world) post(ctx context.Context, method, body string) (*http.Response, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL()+"/bot"+w.Token()+"/"+method, strings.NewReader(body))
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	return resp, string(b), err
}

func TestFaults(t *testing.T) {
	t.Parallel()
	clock := newClock()
	w := start(t, Options{Now: clock.now})
	ctx := soon(t)
	for id := range int64(2) {
		must[Message](t)(w.Person(id+1, "P").Text("halo"))
	}
	hello := `{"chat_id":1,"text":"x"}`
	count := func(chat int64) int { return len(w.History(chat)) - 1 }

	w.Fail(Fault{Kind: BadGateway, Methods: []string{"SENDMESSAGE"}, Chats: []int64{1}, Times: 1})
	w.send(fields{"chat_id": 2, "text": "another chat passes"})
	resp, body, err := w.post(ctx, "sendMessage", hello)
	if err != nil || resp.StatusCode != 502 || !strings.HasPrefix(body, "<html>") || count(1) != 0 {
		t.Fatalf("bad gateway: %v %q %v", resp, body, err)
	}
	w.send(fields{"chat_id": 1, "text": "one time only"})

	w.Fail(Fault{Kind: Internal, Stored: true, Times: 1})
	wantRefusal(t, w.call("sendMessage", fields{"chat_id": 1, "text": "stored"}), 500, "Internal Server Error")
	if count(1) != 2 {
		t.Fatalf("stored %d", count(1))
	}

	heal := w.Fail(Fault{Kind: TooMany, RetryAfter: 7, Match: func(m string, c int64) bool { return m == "sendMessage" && c == 2 }})
	if a := w.call("sendMessage", fields{"chat_id": 2, "text": "x"}); a.Code != 429 || a.Parameters.RetryAfter != 7 {
		t.Fatalf("429: %+v", a)
	}
	heal()
	w.send(fields{"chat_id": 2, "text": "x"})
	if w.Stats().TooMany != 0 {
		t.Fatal("an injected 429 counts as a limit breached")
	}

}

func TestLostConnections(t *testing.T) {
	t.Parallel()
	clock := newClock()
	w := start(t, Options{Now: clock.now})
	ctx := soon(t)
	must[Message](t)(w.Person(1, "P").Text("halo"))
	hello := `{"chat_id":1,"text":"x"}`
	count := func(chat int64) int { return len(w.History(chat)) - 1 }
	var err error

	w.Fail(Fault{Kind: Cut, For: time.Second})
	if _, _, err = w.post(ctx, "sendMessage", hello); !errors.Is(err, io.EOF) {
		t.Fatalf("cut: %v", err)
	}
	clock.add(time.Second)
	w.send(fields{"chat_id": 1, "text": "the time is over"})

	w.Fail(Fault{Kind: Hang, Times: 1})
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, _, err = w.post(short, "sendMessage", hello); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("hang: %v", err)
	}
	w.Fail(Fault{Kind: Hang, Wait: time.Millisecond, Stored: true, Times: 1})
	before := count(1)
	if _, _, err = w.post(ctx, "sendMessage", hello); !errors.Is(err, io.EOF) || count(1) != before+1 {
		t.Fatalf("stored, then lost: %v, %d", err, count(1)-before)
	}
	w.Fail(Fault{Kind: Delay, Wait: 20 * time.Millisecond})
	from := time.Now()
	w.send(fields{"chat_id": 1, "text": "late"})
	if time.Since(from) < 20*time.Millisecond {
		t.Fatal("not delayed")
	}
	w.Heal()
}

// TestClose ends what waits: a hanging call, a long poll, a watcher.
func TestClose(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	w.Person(5, "Budi")
	w.Fail(Fault{Kind: Hang, Methods: []string{"getMe"}})
	ends := make(chan error, 3)
	started := make(chan struct{}, 2)
	for _, method := range []string{"getMe", "getUpdates"} {
		go func() {
			started <- struct{}{}
			_, _, err := w.post(context.Background(), method, `{"timeout":50}`)
			ends <- err
		}()
	}
	go func() {
		_, err := w.WaitFor(context.Background(), 5, func([]Seen) bool { return false })
		ends <- err
	}()
	<-started
	<-started
	waitPoll(t, w)
	w.Close()
	w.Close()
	closed := false
	for range 3 {
		closed = errors.Is(<-ends, ErrClosed) || closed
	}
	if !closed {
		t.Fatal("the watcher was not told")
	}
}
