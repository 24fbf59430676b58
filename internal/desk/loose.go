package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// heldShown is how many reports are named that somebody may have meant, heldRead how many of the office are looked at for them.
const heldShown, heldRead = 5, 500

// loose asks which report words or a photo are for that quote none. Of the one that their writer has in hand it is asked whether they are for
// that, and they are kept meanwhile; of several it is told which they are.
func (h *handling) loose(c Command, text string) error {
	held, err := h.inHand()
	if err != nil {
		return err
	}
	fold := "loose:" + h.person() // pictures come in a row
	if len(held) == 1 && c.For == Silent && c.Album == "" && !callsOff(c.Words) && h.forHeld(c, held[0]) {
		return nil // each question keeps what was sent: none takes another's place
	}
	if len(held) > 0 && len(held) <= heldShown {
		var names []string
		for _, r := range held {
			names = append(names, fmt.Sprintf("%s (%s)", r.Code, categoryOf(h.office.Profile, r)))
		}
		text += "\nYang Anda pegang: " + strings.Join(names, ", ") + "."
	}
	h.letter(ledger.Letter{Fold: fold, Message: bot.Message{Text: text}, Mentions: h.mentions(held)})
	return nil
}

// inHand are the open reports that the sender has in hand.
func (h *handling) inHand() ([]report.Report, error) {
	rooms, err := h.Reader.Opens(h.ctx, []string{h.by.Home}, h.ev.At, h.ev.At, heldRead)
	if err != nil {
		return nil, fmt.Errorf("read what somebody has in hand: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(rooms[h.by.Home].First), func(r report.Report) bool { return r.Officer.ID != h.person() || !open(r) }), nil
}

// forHeld asks whether words or a photo are for the one report that their writer has in hand.
func (h *handling) forHeld(c Command, r report.Report) (asked bool) {
	k := kept{Words: c.Words, Photos: c.Photos, Files: c.Files, For: Reply, Rev: r.Rev}
	if h.office.Permit(r, h.by, report.Reply{Words: c.Words}) != nil {
		return false
	}
	ask := "Untuk %s (%s)?\nBelum saya kirim ke warga: %s."
	if len(c.Photos) > 0 && len(c.Files) == 0 && (c.Words == "" || saysDone(c.Words)) {
		k.For, k.Guessed = Resolve, true
		ask = "Bukti selesai %s (%s)?\nBelum saya kirim ke warga: %s."
	}
	h.confirm(r, k, fmt.Sprintf(ask, r.Code, categoryOf(h.office.Profile, r), k.shown(h.secret(r))))
	return true
}
