package say

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// A door is told as people say it, and what was not looked up for a year is not told as certain.
func TestDoor(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		door   profile.Door
		id, en string
	}{
		{profile.Door{}, "", ""},
		{profile.Door{Phone: "123", Checked: "2026-06-01"}, "telepon 123", "call 123"},
		{profile.Door{Phone: "123", App: "PLN Mobile", Checked: "2026-06-01"}, "telepon 123 atau aplikasi PLN Mobile", "call 123 or the app PLN Mobile"},
		{profile.Door{Phone: "165", WhatsApp: "0811", Web: "https://x.id", Checked: "2026-06-01"}, "telepon 165, WhatsApp 0811 atau https://x.id",
			"call 165, WhatsApp 0811 or https://x.id"},
		{profile.Door{App: "Jalan", Checked: "2024-11-01"}, "aplikasi Jalan (terakhir dicek November 2024, jadi periksa dulu)",
			"the app Jalan (last looked up in November 2024, so please check first)"},
	} {
		for lang, want := range map[string]string{"id": c.id, "en": c.en} {
			if got := bot.Unmark(For(serang(), lang).Door(profile.Owner{Door: c.door}, at)); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}

// What citizens are told of everybody outside fits a small phone, in every city.
func TestEveryOwnerFitsTheScreen(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 11, 28, 3, 0, 0, 0, time.UTC) // all doors are old by then
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range p.Owners {
			for _, lang := range []string{"id", "en"} {
				v := For(p, lang)
				for _, text := range []string{v.AskOwner(o, at), v.TurnTo(o, at), v.NoticeTransferred(report.Report{Code: "SRG-7K3MQ-9"}, o, "K-12345", at)} {
					if text = bot.Unmark(text); utf8.RuneCountInString(text) > 440 {
						t.Errorf("%s: %s: %d letters: %s", name, o.Code, utf8.RuneCountInString(text), text)
					}
				}
			}
		}
	}
}

// Every reason to refuse a report is plain and fits the screen, with the longest door, in both languages; one of old is told by name.
func TestEveryReasonFitsTheScreen(t *testing.T) {
	t.Parallel()
	p := serang()
	owner, _ := p.Owner("BPJS-KESEHATAN")
	for _, r := range p.Rejections {
		for _, lang := range []string{"id", "en"} {
			text := bot.Unmark(For(p, lang).Reason(r, owner, "SRG-7K3MQ-9", time.Date(2027, 11, 28, 3, 0, 0, 0, time.UTC)))
			if n := utf8.RuneCountInString(text); n > 420 {
				t.Errorf("%s: %d letters: %s", r.Code, n, text)
			}
			for _, word := range jargon() {
				if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
					t.Errorf("%s (%s) says %q: %s", r.Code, lang, word, text)
				}
			}
		}
	}
	old, _ := p.Rejection("tidak_jelas")
	if got := For(p, "id").Reason(old, profile.Owner{}, "", time.Time{}); got != old.Name {
		t.Errorf("a reason of old is told as %q", got)
	}
}
