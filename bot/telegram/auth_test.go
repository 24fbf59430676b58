package telegram_test

import (
	"net/http"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

// A Bot API server of one's own may stand behind a password, given in its address: calls carry it, and no
// error tells it.
func TestServerWithAPassword(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	asked := func(answer string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if user, pass, ok := r.BasicAuth(); !ok || user != "kota" || pass != "r@hasia" {
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"ok":false,"error_code":403,"description":"Forbidden"}`))
				return
			}
			_, _ = w.Write([]byte(answer))
		}
	}
	f.mu.Lock()
	f.answers["getMe"] = asked(`{"ok":true,"result":{"id":987654,"is_bot":true,"username":"rabeg_bot"}}`)
	f.answers["sendMessage"] = asked(`{"ok":true,"result":{"message_id":7}}`)
	f.mu.Unlock()
	for pass, right := range map[string]bool{"r%40hasia": true, "salah": false} {
		c := opened(t, telegram.Options{Token: token, APIURL: strings.Replace(f.URL, "://", "://kota:"+pass+"@", 1)})
		if _, err := c.Me(t.Context()); (err == nil) != right {
			t.Errorf("password right: %v, and getMe gives %v", right, err)
		}
		_, err := c.Send(t.Context(), bot.Address{Network: bot.Telegram, ID: "1"}, "k", bot.Message{Text: "x"})
		if (err == nil) != right {
			t.Errorf("password right: %v, and sending gives %v", right, err)
		}
		if err != nil && strings.Contains(err.Error(), pass) {
			t.Error("the error tells the password")
		}
	}
}
