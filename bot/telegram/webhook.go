package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/bot/lane"
)

const (
	maxHook      = 1 << 20 // bytes of a webhook call
	hookParallel = 100     // calls Telegram may make at once, its maximum
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// SetWebhook tells Telegram to deliver to url and to show secret with each call.
func (c *Channel) SetWebhook(ctx context.Context, url, secret string) error {
	return c.quick(ctx, "setWebhook", struct {
		URL     string   `json:"url"`
		Secret  string   `json:"secret_token"`
		Most    int      `json:"max_connections"`
		Allowed []string `json:"allowed_updates"`
	}{url, secret, hookParallel, allowedUpdates[:]}, nil)
}

// Webhook takes Telegram's calls: 405 what is not POST, 401 a wrong or missing secret, 413 more than 1 MiB, 400 what is
// not an update; 200 only after h returned nil, or when there is nothing to handle. After h failed for
// Options.WebhookWait it answers 503, as it does to the calls of the same chat that came later, and Telegram delivers
// them again in order. Where h says that an earlier event comes first, those that came later are tried meanwhile. Without a secret every call is refused.
func (c *Channel) Webhook(secret string, h bot.Handler) http.Handler {
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		// Hashes are compared so that not even the secret's length can be measured.
		got := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
		if secret == "" || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(c.hook(w, r, h))
	})
}

// Hook is what Telegram says of the address that it calls.
type Hook struct {
	URL string `json:"url"` // empty: it is polled
	// Pending are the updates that wait to be delivered.
	Pending int `json:"pending_update_count"`
	// FailedAt is when the last call that failed was made, in seconds since 1970, and Failure what Telegram says of it; both stay when
	// later calls succeed.
	FailedAt int64  `json:"last_error_date"`
	Failure  string `json:"last_error_message"`
}

// Hook asks for the webhook that is set.
func (c *Channel) Hook(ctx context.Context) (Hook, error) {
	var h Hook
	err := c.quick(ctx, "getWebhookInfo", struct{}{}, &h)
	return h, err
}

// Why words the last failure. What Telegram says itself may hold what is nobody's business, and is not repeated.
func (h Hook) Why() string {
	said := strings.ToLower(h.Failure)
	for _, w := range []struct{ has, means string }{
		{"certificate", "the certificate is not accepted"}, {"ssl", "the certificate is not accepted"}, {"404", "nobody listens at this path (404)"},
		{"401", "the secret is refused (401)"}, {"wrong response", "another answer comes than this program gives"}, {"resolve", "the name is not known"},
		{"timed out", "it is not reached in time"}, {"timeout", "it is not reached in time"}, {"refused", "nobody listens there"}, {"unreachable", "it is not reached"},
	} {
		if strings.Contains(said, w.has) {
			return w.means
		}
	}
	return "the call fails"
}

// callSlack is how much later than a call that came Telegram may write down that it failed: it waits for the answer.
const callSlack = 90 * time.Second

// failedLately is how old the last failure may be of calls that fail: Telegram tries again sooner.
const failedLately = 5 * time.Minute

// lookAgain is how soon is looked again after a look that said something else than that all is well.
const lookAgain = 3 * time.Second

// Lost reports whether updates wait that Telegram cannot deliver: the last call that failed came here not at all. called is when the last one
// came that did, or when this program began to listen.
func (h Hook) Lost(called, now time.Time) bool {
	failed := time.Unix(h.FailedAt, 0)
	return h.Pending > 0 && h.FailedAt > 0 && failed.After(called.Add(callSlack)) && now.Sub(failed) < failedLately
}

// watchWebhook asks Telegram now and then whether its calls arrive, and sets the webhook again where somebody has changed it. It returns an
// error only when the token is refused.
func (c *Channel) watchWebhook(ctx context.Context) error {
	c.called.CompareAndSwap(0, c.opt.Now().Unix())
	wait := c.opt.WebhookLook
	for {
		look := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			look.Stop()
			return nil
		case <-look.C:
		}
		wait = min(lookAgain, c.opt.WebhookLook)
		h, err := c.Hook(ctx)
		switch {
		case ctx.Err() != nil:
		case refused(err):
			return fmt.Errorf("telegram: the token is refused: %w", err)
		case err != nil:
			c.fault("network", err)
		case h.URL != c.opt.WebhookURL:
			c.fault("conflict", errors.New("somebody has changed the webhook; it is set again"))
			switch err := c.chooseWay(ctx); {
			case err == nil:
				c.opt.OnReach()
			case ctx.Err() == nil:
				c.fault("network", err)
			}
		case h.Lost(time.Unix(c.called.Load(), 0), c.opt.Now()):
			c.fault("undelivered", fmt.Errorf("%d updates wait: Telegram's calls do not arrive: %s", h.Pending, h.Why()))
		default:
			wait = c.opt.WebhookLook
			c.opt.OnReach()
		}
	}
}

// hook handles one call whose secret was right and gives its status.
func (c *Channel) hook(w http.ResponseWriter, r *http.Request, h bot.Handler) int {
	c.called.Store(c.opt.Now().Unix())
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHook))
	if err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	if !json.Valid(raw) {
		return http.StatusBadRequest
	}
	if _, ok := updateID(raw); !ok {
		return http.StatusBadRequest
	}
	ev, chat, ok := c.read(raw, c.account())
	if !ok {
		return http.StatusOK // counted; asking for it again would not make it any better
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.opt.WebhookWait)
	defer cancel()
	end := make(chan error, 1)
	c.hooks.Add(chat, lane.Job{
		Ctx:  ctx,
		Run:  func(ctx context.Context) error { return h(ctx, ev) },
		Park: c.park(ev),
		Done: func(err error) { end <- err },
	})
	if err := <-end; err != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}
