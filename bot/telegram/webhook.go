package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"

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

// hook handles one call whose secret was right and gives its status.
func (c *Channel) hook(w http.ResponseWriter, r *http.Request, h bot.Handler) int {
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
