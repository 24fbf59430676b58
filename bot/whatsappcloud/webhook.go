package whatsappcloud

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"

	"rabeg/bot"
	"rabeg/bot/lane"
)

const (
	// maxHook is how long a webhook call may be, in bytes: Meta sends up to 3 MB.
	maxHook         = 3<<20 + 64<<10
	signatureHeader = "X-Hub-Signature-256"
)

// ServeHTTP takes Meta's calls. A GET that knows the verify token is answered with its challenge. A POST is answered 401
// without the signature of its very bytes, and 200 once all that it brought is handled and written down; 503 while that cannot
// be, or while nothing is run: Meta makes the call again for a week, and has no way to be asked for it later. What cannot be
// read is counted and answered 200: it would not read better the next time.
func (c *Channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		c.verify(w, r)
	case http.MethodPost:
		w.WriteHeader(c.hook(w, r))
	default:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func (c *Channel) verify(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	// Hashes are compared so that not even the token's length can be measured.
	got, want := sha256.Sum256([]byte(q.Get("hub.verify_token"))), sha256.Sum256([]byte(c.opt.VerifyToken))
	challenge := q.Get("hub.challenge")
	if q.Get("hub.mode") != "subscribe" || subtle.ConstantTimeCompare(got[:], want[:]) != 1 || len(challenge) > 1024 {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, challenge)
}

// signed reports whether a body was signed with the app's secret.
func signed(header string, body []byte, secret string) bool {
	sum, ok := strings.CutPrefix(header, "sha256=")
	got, err := hex.DecodeString(sum)
	if !ok || err != nil || secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hmac.Equal(got, mac.Sum(nil))
}

func (c *Channel) hook(w http.ResponseWriter, r *http.Request) int {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHook))
	if err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	if !signed(r.Header.Get(signatureHeader), raw, c.opt.AppSecret) {
		c.opt.OnFault("signature")
		return http.StatusUnauthorized
	}
	n, ok := decode(raw, c.opt.PhoneID, c.opt.Now())
	if !ok {
		c.opt.OnUnknown("unreadable")
		return http.StatusOK
	}
	run := c.join()
	if run == nil {
		return http.StatusServiceUnavailable
	}
	defer run.calls.Done()
	ctx, cancel := context.WithTimeout(r.Context(), c.opt.WebhookWait)
	defer cancel()
	defer context.AfterFunc(run.ctx, cancel)()
	c.aside(n)
	if c.take(ctx, run.handle, n) != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// aside takes note of what concerns no chat.
func (c *Channel) aside(n news) {
	for _, kind := range n.unknown {
		c.opt.OnUnknown(kind)
	}
	for name, state := range n.states {
		c.opt.Log.Warn("whatsapp cloud: a template", "template", name, "state", shortKind(strings.ToLower(state)))
	}
	for _, code := range n.codes {
		c.troubled(code)
	}
}

// take hands events and receipts on, and returns once all of them are handled. It fails when one cannot be now; those that were
// handled come again with it, under the same ids.
func (c *Channel) take(ctx context.Context, h bot.Handler, n news) error {
	ends := make(chan error, len(n.events))
	for _, in := range n.events {
		c.lanes.Add(in.Chat.ID, lane.Job{
			Ctx: ctx, At: in.At, Run: func(ctx context.Context) error { return c.handle(ctx, h, in) },
			Park: c.park(in.Event), Done: func(err error) { ends <- err },
		})
	}
	var failed error
	for _, r := range n.receipts {
		if err := c.receive(ctx, r); err != nil {
			failed = err
		}
	}
	for range n.events {
		if err := <-ends; err != nil {
			failed = err
		}
	}
	return failed
}

func (c *Channel) park(ev bot.Event) func(context.Context, error) error {
	if c.opt.Park == nil {
		return nil
	}
	return func(ctx context.Context, cause error) error { return c.opt.Park(ctx, ev, cause) }
}

// handle handles one event: first what it tells of its sender.
func (c *Channel) handle(ctx context.Context, h bot.Handler, in incoming) error {
	if err := c.meet(ctx, h, in); err != nil {
		return err
	}
	if in.mark != "" && c.opt.Courtesies {
		c.courtesy(ctx, in.mark)
	}
	return h(ctx, in.Event)
}

// receive tells of one receipt, after what it says of the window.
func (c *Channel) receive(ctx context.Context, r receipt) error {
	// One that is read at once may never be told of as delivered. Else who reads may read what came long ago.
	if r.Outcome == bot.Arrived || r.Outcome == bot.Read && r.category != "" {
		if err := c.opt.OnDelivered(ctx, r.Ref, r.category, r.At); err != nil {
			c.fault("count", err)
			return err
		}
		c.arrived(r.At)
	}
	if r.Outcome == bot.Missed {
		r.Err = c.judge(refusal{code: r.code, at: r.At}, r.Ref.Chat.ID)
		if r.Err.Cold {
			if err := c.opt.Memory.Shut(ctx, r.Ref.Chat.ID, r.At); err != nil {
				c.fault("memory", err)
				return err
			}
		}
		if ruleOf(&refusal{code: r.code}).trouble == Payment {
			r.Err.Tries = -1 // Meta takes messages all the while, and delivers them when it is paid
		}
		if r.Err.Remedy == bot.Retry {
			r.Err.After = max(r.Err.After, lateAfter)
		}
	}
	told := c.told.Load()
	if told == nil {
		return nil
	}
	if err := (*told)(ctx, r.Receipt); err != nil {
		c.fault("receipt", err)
		return err
	}
	return nil
}
