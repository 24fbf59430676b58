package desk

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Every channel by which reports come has a name that officers know, and what stands in LAPOR! too is told beside it, not added to it.
func TestByWhatReportsCame(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	v := say.For(p, "id")
	names := map[string]bool{}
	for _, c := range []report.Channel{report.Channel(bot.WhatsApp), report.Channel(bot.WhatsAppCloud), report.Channel(bot.Telegram), report.ChanCounter, report.ChanPhone, report.ChanLetter,
		report.ChanSocial, report.ChanLeader, report.ChanLapor, report.ChanOpen311, report.ChanUnknown} {
		name := channelName(v, c)
		if name == string(c) || names[name] {
			t.Errorf("%s is called %q", c, name)
		}
		names[name] = true
	}
	got := tellChannels(v, []ledger.ChannelCount{{Channel: "whatsapp", Reports: 7, Linked: 2}, {Channel: report.ChanLapor, Reports: 3, Linked: 3}, {Channel: report.ChanCounter, Reports: 1, Linked: 1}})
	for _, want := range []string{"WhatsApp 7 · SP4N LAPOR! 3 · loket 1", "3 tercatat juga di LAPOR!"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
	if got := tellChannels(v, nil); got != "" {
		t.Errorf("of nothing it says %q", got)
	}
}
