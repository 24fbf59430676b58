package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// statChannels tells by what the reports of a period came, and how many of them stand in LAPOR! as well; "" where none came. What is in two
// channels is one report, counted where it came first.
func (h *handling) statChannels(w wanted) (string, error) {
	counts, err := h.Reader.Channels(h.ctx, w.of.From, w.of.To)
	if err != nil {
		return "", fmt.Errorf("count the channels: %w", err)
	}
	return tellChannels(say.For(h.office.Profile, "id"), counts), nil
}

func tellChannels(v say.Voice, counts []ledger.ChannelCount) string {
	if len(counts) == 0 {
		return ""
	}
	parts := make([]string, 0, len(counts))
	both := 0
	for _, c := range counts {
		parts = append(parts, fmt.Sprintf("%s %d", channelName(v, c.Channel), c.Reports))
		if c.Channel != report.ChanLapor {
			both += c.Linked
		}
	}
	text := "\n🚪 Masuk lewat: " + strings.Join(parts, " · ") + ".\n"
	if both > 0 {
		text += fmt.Sprintf("Dari yang masuk lewat saluran lain, %d tercatat juga di LAPOR!; tetap dihitung sekali.\n", both)
	}
	return text
}

// channelName is what officers call a channel; one that has no name here goes by its own.
func channelName(v say.Voice, c report.Channel) string {
	if how := report.Sending(c); how.OnBehalf() {
		return v.Source(how)
	}
	switch c {
	case report.Channel(bot.WhatsApp):
		return "WhatsApp"
	case report.Channel(bot.WhatsAppCloud):
		return "WhatsApp resmi"
	case report.Channel(bot.Telegram):
		return "Telegram"
	case report.ChanLapor:
		return "SP4N LAPOR!"
	case report.ChanOpen311:
		return "aplikasi lain"
	case report.ChanUnknown:
		return "tidak diketahui lagi"
	}
	return string(c)
}
