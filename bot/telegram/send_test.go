package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/bot/telegram"
	"rabeg/internal/sim/botapi"
)

var citizen = bot.Address{Network: bot.Telegram, ID: "1001"}

const sentOK = `{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1001,"type":"private"}}}`

// Every answer of Telegram to one remedy. The descriptions are Telegram's own.
func TestSendErrors(t *testing.T) {
	t.Parallel()
	topic := bot.Address{Network: bot.Telegram, ID: "-1001", Topic: "9"}
	bad := func(text string) string {
		return `{"ok":false,"error_code":400,"description":"Bad Request: ` + text + `"}`
	}
	for _, c := range []struct {
		name, answer string
		to           bot.Address
		want         bot.SendError
	}{
		{"blocked", `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`, citizen, bot.SendError{Remedy: bot.Gone, Cold: true}},
		{"away for good", `{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}`, citizen, bot.SendError{Remedy: bot.Gone, Cold: true}},
		{"kicked", `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}`, topic, bot.SendError{Remedy: bot.Gone}},
		{"no chat", bad("chat not found"), citizen, bot.SendError{Remedy: bot.Gone}},
		{"peer", bad("PEER_ID_INVALID"), citizen, bot.SendError{Remedy: bot.Gone}},
		{"muted", bad("CHAT_WRITE_FORBIDDEN"), topic, bot.SendError{Remedy: bot.Gone}},
		{"no rights", bad("not enough rights to send text messages to the chat"), topic, bot.SendError{Remedy: bot.Gone}},
		{"no rights for photos", bad("not enough rights to send photos to the chat"), topic, bot.SendError{Remedy: bot.GiveUp}},
		{"too long", bad("message is too long"), citizen, bot.SendError{Remedy: bot.GiveUp}},
		{"bad file", bad("wrong file identifier/HTTP URL specified"), citizen, bot.SendError{Remedy: bot.GiveUp}},
		{"any bad request", bad("something new"), citizen, bot.SendError{Remedy: bot.GiveUp}},
		{"thread", bad("message thread not found"), topic, bot.SendError{Remedy: bot.Move, To: topic.Chat()}},
		{"topic deleted", bad("TOPIC_DELETED"), topic, bot.SendError{Remedy: bot.Move, To: topic.Chat()}},
		{"topic closed", bad("TOPIC_CLOSED"), topic, bot.SendError{Remedy: bot.Move, To: topic.Chat()}},
		{"topic closed without a topic", bad("TOPIC_CLOSED"), topic.Chat(), bot.SendError{Remedy: bot.GiveUp}},
		{"migrated", `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",` +
			`"parameters":{"migrate_to_chat_id":-1009}}`, topic, bot.SendError{Remedy: bot.Move, To: bot.Address{Network: bot.Telegram, ID: "-1009"}}},
		{"flood", `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}`, citizen,
			bot.SendError{Remedy: bot.Retry, After: 35 * time.Second, Slow: true}},
		{"flood without a time", `{"ok":false,"error_code":429,"description":"Too Many Requests"}`, citizen,
			bot.SendError{Remedy: bot.Retry, After: time.Second, Slow: true}},
		{"server", `{"ok":false,"error_code":500,"description":"Internal Server Error"}`, citizen, bot.SendError{Remedy: bot.Retry}},
		{"token refused", `{"ok":false,"error_code":401,"description":"Unauthorized"}`, citizen, bot.SendError{Remedy: bot.Retry, After: time.Minute}},
		{"too large", `{"ok":false,"error_code":413,"description":"Request Entity Too Large"}`, citizen, bot.SendError{Remedy: bot.GiveUp}},
		{"gateway's page", `<html>502 Bad Gateway Laporan rahasia</html>`, citizen, bot.SendError{Remedy: bot.Retry}},
		{"cut short", `{"ok":true,"result":{"message_`, citizen, bot.SendError{Remedy: bot.Retry}},
		{"no message", `{"ok":true,"result":true}`, citizen, bot.SendError{Remedy: bot.Retry}},
		{"empty", ``, citizen, bot.SendError{Remedy: bot.Retry}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.on("sendMessage", c.answer)
			_, err := f.open(t, nil).Send(t.Context(), c.to, "k", bot.Message{Text: "Laporan rahasia"})
			var se *bot.SendError
			if !errors.As(err, &se) {
				t.Fatalf("%v is no SendError", err)
			}
			if se.Remedy != c.want.Remedy || se.After != c.want.After || se.Slow != c.want.Slow || se.Cold != c.want.Cold || se.To != c.want.To {
				t.Errorf("got %+v, want %+v", *se, c.want)
			}
			if strings.Contains(err.Error(), "rahasia") || strings.Contains(err.Error(), token) {
				t.Errorf("the error says too much: %v", err)
			}
		})
	}
}

// The token is part of every address; no error and no log line may hold it.
func TestTokenStaysSecret(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	dead := newFake(t)
	dead.Close()
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	away := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1:1/"+r.URL.Path, 302)
	}
	f.handle("sendMessage", hang)
	f.handle("editMessageText", cut)
	f.handle("getFile", away)
	f.handle("answerCallbackQuery", away)
	f.on("sendPhoto", `nonsense`)
	store := bottest.NewStore()
	short := func(o *telegram.Options) { o.SendTimeout, o.Opener = 50*time.Millisecond, store }
	c, d := f.open(t, short), dead.open(t, short)
	ref := bot.MessageRef{Chat: citizen, ID: "5"}
	text := bot.Message{Text: "x"}
	photo := bot.Message{Photos: []bot.MediaRef{store.Put(bottest.Picture(1), "image/jpeg")}}
	var errs []error
	note := func(_ any, err error) { errs = append(errs, err) }
	note(c.Send(t.Context(), citizen, "k", text))
	note(d.Send(t.Context(), citizen, "k", text))
	note(c.Send(t.Context(), citizen, "k", photo))
	note(d.Send(t.Context(), citizen, "k", photo))
	note(nil, c.Edit(t.Context(), ref, text))
	note(nil, d.Edit(t.Context(), ref, text))
	note(c.Fetch(t.Context(), bot.MediaRef{Network: bot.Telegram, ID: "x"}))
	note(d.Fetch(t.Context(), bot.MediaRef{Network: bot.Telegram, ID: "x"}))
	note(nil, c.Answer(t.Context(), "tg:1:2", "x"))
	note(d.OpenTopic(t.Context(), citizen, "x"))
	note(d.Admin(t.Context(), citizen, "5"))
	note(d.Me(t.Context()))
	note(d.Check(t.Context(), citizen))
	note(nil, d.SetCommands(t.Context(), nil, telegram.Scope{}, ""))
	note(nil, d.SetWebhook(t.Context(), "https://x", "y"))
	f.on("getFile", `{"ok":true,"result":{"file_id":"x","file_path":"photos/1.jpg\u007f%zz"}}`)
	note(c.Fetch(t.Context(), bot.MediaRef{Network: bot.Telegram, ID: "x"}))
	for i, err := range errs {
		if err == nil {
			t.Errorf("call %d did not fail", i)
			continue
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if strings.Contains(e.Error(), "SECRET") {
				t.Errorf("call %d: %v", i, e)
			}
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	faults := make(chan string, 100)
	run := dead.open(t, func(o *telegram.Options) { o.OnFault = func(k string) { faults <- k } })
	over := make(chan error, 1)
	go func() { over <- run.Run(ctx, nil) }()
	for range 3 {
		if k := <-faults; k != "network" {
			t.Errorf("fault %q", k)
		}
	}
	stop()
	if err := <-over; err != nil {
		t.Errorf("Run gave %v", err)
	}
	if log := dead.log.String(); strings.Contains(log, "SECRET") || !strings.Contains(log, "network") {
		t.Errorf("the log: %s", log)
	}
}

// A message of several calls goes on where it stopped.
func TestSendGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p := s.open(t, nil), s.phone()
	if _, err := p.p.Text("halo"); err != nil {
		t.Fatal(err)
	}
	m := bot.Message{Text: strings.Repeat("kata ", 1500), Photos: []bot.MediaRef{s.store.Put(bottest.Picture(1), "image/jpeg")}}
	for range 2 {
		s.Fail(botapi.Fault{Kind: botapi.BadGateway, Methods: []string{"sendMessage"}, Times: 1})
		if _, err := c.Send(t.Context(), p.Chat(), "k", m); bot.AsSendError(err).Remedy != bot.Retry || err == nil {
			t.Fatalf("got %v", err)
		}
	}
	ref, err := c.Send(t.Context(), p.Chat(), "k", m)
	if err != nil {
		t.Fatal(err)
	}
	list := p.shown(s.History(p.p.ID()))
	if len(list) != 3 || list[0].Photo == nil || ref.ID != list[2].ID {
		t.Errorf("%d messages, the reference is %v", len(list), ref)
	}
	if _, err := c.Send(t.Context(), p.Chat(), "k", m); err != nil {
		t.Fatal(err)
	}
	if n := len(p.shown(s.History(p.p.ID()))); n != 6 {
		t.Errorf("%d messages: a message that was sent whole must not be remembered", n)
	}
}

// Without the message it answers, a message is still sent.
func TestSendReplyToNothing(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.handle("sendMessage", func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if bytes.Contains(raw, []byte("reply_parameters")) {
			w.WriteHeader(400)
			_, _ = io.WriteString(w, `{"ok":false,"error_code":400,"description":"Bad Request: message to be replied not found"}`)
			return
		}
		_, _ = io.WriteString(w, sentOK)
	})
	ref, err := f.open(t, nil).Send(t.Context(), citizen, "k", bot.Message{Text: "x", ReplyTo: &bot.MessageRef{Chat: citizen, ID: "3"}})
	if err != nil || ref != (bot.MessageRef{Chat: citizen, ID: "7"}) {
		t.Errorf("%v, %v", ref, err)
	}
}

func TestEditErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bot.Remedy{
		"message to edit not found": bot.GiveUp, "message can't be edited": bot.GiveUp, "MESSAGE_ID_INVALID": bot.GiveUp,
		"chat not found": bot.Gone, "message is not modified: specified new message content is the same": -1,
	} {
		f := newFake(t)
		f.on("editMessageText", `{"ok":false,"error_code":400,"description":"Bad Request: `+text+`"}`)
		err := f.open(t, nil).Edit(t.Context(), bot.MessageRef{Chat: citizen, ID: "5"}, bot.Message{Text: "x"})
		if want < 0 {
			if err != nil {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if err == nil || bot.AsSendError(err).Remedy != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	c := newFake(t).open(t, nil)
	for _, ref := range []bot.MessageRef{{}, {Chat: citizen}, {Chat: citizen, ID: "x"}, {Chat: bot.Address{Network: bot.WhatsApp, ID: "1"}, ID: "1"}} {
		if err := c.Edit(t.Context(), ref, bot.Message{Text: "x"}); bot.AsSendError(err).Remedy != bot.GiveUp {
			t.Errorf("%v: %v", ref, err)
		}
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	c := f.open(t, nil)
	f.on("answerCallbackQuery", `{"ok":true,"result":true}`)
	if err := c.Answer(t.Context(), "tg:5:4382", strings.Repeat("x", 300)); err != nil {
		t.Fatal(err)
	}
	body := f.made("answerCallbackQuery")[0].body
	if text, _ := body["text"].(string); body["callback_query_id"] != "4382" || len([]rune(text)) != 200 {
		t.Errorf("asked with %v", body)
	}
	f.on("answerCallbackQuery", `{"ok":false,"error_code":400,"description":"Bad Request: query is too old and response timeout expired or query ID is invalid"}`)
	if err := c.Answer(t.Context(), "tg:5:4382", ""); err != nil {
		t.Errorf("an old press: %v", err)
	}
	if err := c.Answer(t.Context(), "tg:5", ""); bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("no press: %v", err)
	}
}

// Each call has its own time, whatever the caller's context says.
func TestTimeouts(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	f.handle("sendMessage", hang)
	f.handle("sendPhoto", hang)
	f.handle("getFile", hang)
	store := bottest.NewStore()
	c := f.open(t, func(o *telegram.Options) {
		o.SendTimeout, o.UploadTimeout, o.Opener = 30*time.Millisecond, 60*time.Millisecond, store
	})
	photo := bot.Message{Photos: []bot.MediaRef{store.Put(bottest.Picture(1), "image/jpeg")}}
	for name, call := range map[string]func() error{
		"send":   func() error { _, err := c.Send(t.Context(), citizen, "k", bot.Message{Text: "x"}); return err },
		"upload": func() error { _, err := c.Send(t.Context(), citizen, "k", photo); return err },
		"fetch":  func() error { _, err := c.Fetch(t.Context(), bot.MediaRef{Network: bot.Telegram, ID: "x"}); return err },
	} {
		err := call()
		if err == nil || bot.AsSendError(err).Remedy != bot.Retry || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A store that breaks in the middle of a file is tried again; a file that is not there never is.
func TestUploadFailures(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.handle("sendPhoto", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, sentOK) })
	m := bot.Message{Photos: []bot.MediaRef{{Network: bot.Store, ID: "1"}}}
	for _, c := range []struct {
		name string
		open bot.Opener
		want bot.Remedy
	}{
		{"none", nil, bot.GiveUp},
		{"missing", bottest.NewStore(), bot.GiveUp},
		{"away", opener(func() (io.ReadCloser, error) { return nil, errors.New("disk away") }), bot.Retry},
		{"breaks", opener(func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), broken{})), nil
		}), bot.Retry},
	} {
		_, err := f.open(t, func(o *telegram.Options) { o.Opener = c.open }).Send(t.Context(), citizen, "k", m)
		if err == nil || bot.AsSendError(err).Remedy != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

type opener func() (io.ReadCloser, error)

func (o opener) Open(context.Context, bot.MediaRef) (io.ReadCloser, error) { return o() }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("disk away") }

func TestFetchLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p := s.open(t, nil), s.phone()
	got := make(chan bot.Event, 10)
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- c.Run(ctx, func(_ context.Context, ev bot.Event) error { got <- ev; return nil }) }()
	t.Cleanup(func() { stop(); <-over })
	if _, err := p.p.Send(botapi.Out{Document: make([]byte, 21<<20), MIME: "application/pdf"}); err != nil {
		t.Fatal(err)
	}
	ref := (<-got).Body.(bot.Document).Media
	if _, err := c.Fetch(t.Context(), ref); err == nil || bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("known to be too big: %v", err)
	}
	ref.Size = 0
	if _, err := c.Fetch(t.Context(), ref); err == nil || bot.AsSendError(err).Remedy != bot.GiveUp {
		t.Errorf("too big for Telegram: %v", err)
	}
	s.Fail(botapi.Fault{Kind: botapi.BadGateway, Methods: []string{"file"}, Times: 1})
	if _, err := p.p.Photo(bottest.Picture(1), ""); err != nil {
		t.Fatal(err)
	}
	photo := (<-got).Body.(bot.Photo).Media
	if _, err := c.Fetch(t.Context(), photo); err == nil || bot.AsSendError(err).Remedy != bot.Retry {
		t.Errorf("a broken gateway: %v", err)
	}
	r, err := c.Fetch(t.Context(), photo)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if data, err := io.ReadAll(r); err != nil || !bytes.Equal(data, bottest.Picture(1)) {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

// A server that lies about the size is cut off.
func TestFetchEndless(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on("getFile", `{"ok":true,"result":{"file_id":"x","file_path":"photos/endless.jpg"}}`)
	endless := http.NewServeMux()
	inner := f.Config.Handler
	endless.HandleFunc("/file/", func(w http.ResponseWriter, r *http.Request) {
		for chunk := make([]byte, 1<<20); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	endless.Handle("/", inner)
	f.Config.Handler = endless
	r, err := f.open(t, nil).Fetch(t.Context(), bot.MediaRef{Network: bot.Telegram, ID: "x"})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	n, err := io.Copy(io.Discard, r)
	if err == nil || bot.AsSendError(err).Remedy != bot.GiveUp || n > 21<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}
