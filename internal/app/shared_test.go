package app

import (
	"reflect"
	"strings"
	"testing"
)

// What only one government can have is refused in the environment of a program that serves several, and none of it reaches them.
func TestWhatGovernmentsShare(t *testing.T) {
	t.Parallel()
	base := func() Config {
		c := Config{LogLevel: "info", Redis: "redis://localhost:6379/0"}
		c.Telegram.APIURL, c.Cloud.APIURL, c.Version, c.DailyTokens = "https://api.telegram.org", "https://graph.facebook.com", "v25.0", "200000"
		return c
	}
	if err := base().Shared(); err != nil {
		t.Fatalf("what all share is refused: %v", err)
	}
	for _, variable := range []string{
		"TELEGRAM_TOKEN", "TELEGRAM_DESK", "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET", "WHATSAPP_ENABLED", "WHATSAPP_DESK",
		"WHATSAPP_CLOUD_TOKEN", "WHATSAPP_CLOUD_PHONE_ID", "WHATSAPP_CLOUD_WABA_ID", "WHATSAPP_CLOUD_APP_SECRET", "WHATSAPP_CLOUD_VERIFY_TOKEN",
		"RABEG_PUBLIC_URL", "RABEG_OPEN311",
	} {
		c := base()
		if known, err := c.Put(variable, "true"); !known || err != nil {
			t.Errorf("%s: known %v, %v", variable, known, err)
		}
		if err := c.Shared(); err == nil || !strings.HasPrefix(err.Error(), variable+": belongs to one government") {
			t.Errorf("%s is taken for all: %v", variable, err)
		}
		if got := c.Common(); !reflect.DeepEqual(got, base().Common()) {
			t.Errorf("%s reaches every government", variable)
		}
	}
	if known, _ := new(Config).Put("HOME", "x"); known {
		t.Error("HOME is a setting")
	}
	if known, err := new(Config).Put("WHATSAPP_ENABLED", "rahasia"); !known || err == nil || strings.Contains(err.Error(), "rahasia") {
		t.Errorf("a word that is neither true nor false: %v", err)
	}
}
