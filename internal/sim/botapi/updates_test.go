package botapi

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func ids(list []gotUpdate) []int64 {
	var out []int64
	for _, u := range list {
		out = append(out, u.ID)
	}
	return out
}

func TestGetUpdates(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	for _, text := range []string{"a", "b", "c", "d"} {
		must[Message](t)(budi.Text(text))
	}
	all := w.updates(nil)
	if len(all) != 4 || all[3].ID != all[0].ID+3 || all[0].Message.Text != "a" {
		t.Fatalf("updates %+v", all)
	}
	if again := w.updates(fields{"limit": 2}); !slices.Equal(ids(again), ids(all[:2])) {
		t.Fatalf("unconfirmed ones come again, limited: %v", ids(again))
	}
	if rest := w.updates(fields{"offset": all[1].ID}); !slices.Equal(ids(rest), ids(all[1:])) {
		t.Fatalf("offset confirms what is before it: %v", ids(rest))
	}
	if last := w.updates(fields{"offset": -1}); !slices.Equal(ids(last), ids(all[3:])) || w.Pending() != 1 {
		t.Fatalf("negative offset: %v, pending %d", ids(last), w.Pending())
	}
	if none := w.updates(fields{"offset": all[3].ID + 1}); len(none) != 0 || w.Pending() != 0 {
		t.Fatalf("all confirmed: %v", none)
	}
}

// TestLongPoll: a poll waits for the first update, and a second poll ends the first with 409.
func TestLongPoll(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	first := make(chan answer, 1)
	go func() { first <- w.call("getUpdates", fields{"timeout": 20}) }()
	waitPoll(t, w)
	second := make(chan answer, 1)
	go func() { second <- w.call("getUpdates", fields{"timeout": 20}) }()
	wantRefusal(t, <-first, 409, "terminated by other getUpdates request")
	waitPoll(t, w)
	must[Message](t)(budi.Text("halo"))
	var got []gotUpdate
	(<-second).into(t, &got)
	if len(got) != 1 || got[0].Message.Text != "halo" {
		t.Fatalf("got %+v", got)
	}
	w.updates(fields{"offset": got[0].ID + 1})
	third := make(chan answer, 1)
	go func() { third <- w.call("getUpdates", fields{"timeout": 20}) }()
	waitPoll(t, w)
	if !w.call("setWebhook", fields{"url": "http://127.0.0.1:1/x"}).OK {
		t.Fatal("webhook refused")
	}
	wantRefusal(t, <-third, 409, "terminated by setWebhook")
	wantRefusal(t, w.call("getUpdates", nil), 409, "while webhook is active")
	w.call("deleteWebhook", nil)
	if got := w.updates(fields{"timeout": 1}); len(got) != 0 {
		t.Fatalf("got %+v", got)
	}
}

// waitPoll waits until a poll is waiting.
func waitPoll(t *testing.T, w *world) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for ctx := soon(t); ; {
		w.mu.Lock()
		waiting := w.queue.evict != nil
		w.mu.Unlock()
		if waiting {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("no poll came")
		}
	}
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	g := w.Group(-9, "Meja", false)
	m := must[Message](t)(budi.Text("halo"))
	must[Message](t)(budi.Edit(m.MessageID, "halo!"))
	budi.Join(g) // chat_member is not among the defaults
	got := w.updates(fields{"allowed_updates": []string{"chat_member", "callback_query"}})
	if len(got) != 3 || got[1].Edited == nil || got[2].Message.NewChatMembers[0].ID != 5 {
		t.Fatalf("by default %+v", got)
	}
	must[Message](t)(budi.Text("ungehört"))
	budi.Leave(g)
	must[string](t)(budi.PressAny(77, "forged"))
	got = w.updates(fields{"offset": got[2].ID + 1})
	if len(got) != 2 || got[0].Member.New.Status != "left" || got[1].Callback.Data != "forged" {
		t.Fatalf("as asked %+v", got)
	}
	raw, _ := json.Marshal(got[1].Callback.Message)
	if string(raw) != `{"chat":{"first_name":"Budi","id":5,"type":"private"},"date":0,"message_id":77}` {
		t.Fatalf("message that is gone: %s", raw)
	}
	w.updates(fields{"offset": got[1].ID + 1, "allowed_updates": []string{}})
	must[Message](t)(budi.Text("lagi"))
	if got = w.updates(nil); len(got) != 1 {
		t.Fatalf("an empty list is the default: %+v", got)
	}
}

func TestDuplicateAndInject(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	w.Duplicate(1)
	must[Message](t)(budi.Text("a"))
	must[Message](t)(budi.Text("b"))
	first := w.updates(nil)
	second := w.updates(fields{"offset": first[1].ID + 1})
	if len(second) != 1 || second[0].ID != first[0].ID || second[0].Message.Text != "a" {
		t.Fatalf("duplicates %+v", second)
	}
	if third := w.updates(fields{"offset": first[1].ID + 1}); len(third) != 0 {
		t.Fatalf("a third time %+v", third)
	}
	id := w.Inject(5, json.RawMessage(`{"strange":{"text":"\ud83d"}}`))
	got := w.updates(nil)
	if len(got) != 1 || got[0].ID != id || string(got[0].Strange) != `{"text":"\ud83d"}` {
		t.Fatalf("injected %+v %s", got, got[0].Strange)
	}
}

// hook is a webhook's receiver that refuses at first and keeps what came.
type hook struct {
	mu     sync.Mutex
	refuse int
	got    []gotUpdate
	secret []string
	more   chan struct{}
}

func (h *hook) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var u gotUpdate
	_ = json.Unmarshal(body, &u)
	h.mu.Lock()
	defer h.mu.Unlock()
	defer func() { h.more <- struct{}{} }()
	h.secret = append(h.secret, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	if h.refuse > 0 {
		h.refuse--
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.got = append(h.got, u)
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	w := start(t, Options{WebhookRetryMin: time.Millisecond, WebhookRetryMax: 5 * time.Millisecond})
	h := &hook{refuse: 3, more: make(chan struct{}, 1000)}
	receiver := httptest.NewServer(h)
	t.Cleanup(receiver.Close)
	a, b := w.Person(1, "A"), w.Person(2, "B")
	must[Message](t)(a.Text("before"))
	if !w.call("setWebhook", fields{"url": receiver.URL, "secret_token": "s3cret-_"}).OK {
		t.Fatal("refused")
	}
	for i := range 50 {
		must[Message](t)(a.Textf("a%d", i))
		must[Message](t)(b.Textf("b%d", i))
	}
	for range 3 + 101 {
		<-h.more
	}
	texts := map[int64][]string{}
	for _, u := range h.got {
		texts[u.Message.Chat.ID] = append(texts[u.Message.Chat.ID], u.Message.Text)
	}
	if len(texts[1]) != 51 || len(texts[2]) != 50 || texts[1][0] != "before" || texts[1][50] != "a49" {
		t.Fatalf("got %v", texts)
	}
	for i, text := range texts[2] {
		if text[1:] != texts[1][i+1][1:] {
			t.Fatalf("order: %v", texts)
		}
	}
	if slices.ContainsFunc(h.secret, func(s string) bool { return s != "s3cret-_" }) {
		t.Fatalf("secrets %v", h.secret)
	}
	var info webhookInfo
	w.call("getWebhookInfo", nil).into(t, &info)
	if info.URL != receiver.URL || !strings.Contains(info.LastError, "503") {
		t.Fatalf("info %+v", info)
	}
}

// TestWebhookKeeps: what a webhook did not take is there for a poll afterwards, in order.
func TestWebhookKeeps(t *testing.T) {
	t.Parallel()
	w := start(t, Options{WebhookRetryMin: time.Hour, WebhookRetryMax: time.Hour})
	h := &hook{refuse: 1000, more: make(chan struct{}, 1000)}
	receiver := httptest.NewServer(h)
	t.Cleanup(receiver.Close)
	w.call("setWebhook", fields{"url": receiver.URL})
	a, b := w.Person(1, "A"), w.Person(2, "B")
	must[Message](t)(a.Text("1"))
	must[Message](t)(b.Text("2"))
	must[Message](t)(a.Text("3"))
	<-h.more
	<-h.more
	if w.Pending() != 3 {
		t.Fatalf("pending %d", w.Pending())
	}
	w.call("deleteWebhook", nil)
	got := w.updates(nil)
	if len(got) != 3 || got[0].Message.Text != "1" || got[1].Message.Text != "2" || got[2].Message.Text != "3" {
		t.Fatalf("got %+v", got)
	}
	w.call("setWebhook", fields{"url": receiver.URL, "drop_pending_updates": true})
	if w.Pending() != 0 {
		t.Fatalf("pending %d", w.Pending())
	}
}

func TestWebhookDuplicate(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	h := &hook{more: make(chan struct{}, 1000)}
	receiver := httptest.NewServer(h)
	t.Cleanup(receiver.Close)
	w.Duplicate(-1)
	w.call("setWebhook", fields{"url": receiver.URL})
	a := w.Person(1, "A")
	must[Message](t)(a.Text("x"))
	must[Message](t)(a.Text("y"))
	for range 4 {
		<-h.more
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	var texts []string
	for _, u := range h.got {
		texts = append(texts, u.Message.Text)
	}
	if !slices.Equal(texts, []string{"x", "x", "y", "y"}) {
		t.Fatalf("got %v", texts)
	}
}
