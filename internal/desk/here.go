package desk

import (
	"fmt"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// In the group nobody acts who is not in it. In a chat of one's own only the network knows whether somebody still is: what it tells by itself
// (bot.Member) is lost where the program was away for too long, or the group became another. So it is asked.

const (
	leftText     = "Anda tidak ada lagi di grup petugas, jadi hak Anda sebagai %s berhenti. Kalau keliru: masuk lagi ke grup itu dan tulis di sana /daftar %s."
	unseenText   = "Saya belum bisa memastikan Anda masih di grup petugas, jadi ini belum saya lakukan. Coba lagi sebentar lagi, atau tulis dulu sesuatu di grup itu."
	namelessText = "Anda menulis atas nama grup (admin anonim). Ini hanya untuk orang yang tercatat: matikan dulu “Tetap anonim” di hak admin Anda dan tulis lagi, atau tulis dari akun sendiri di chat pribadi dengan bot ini."
	notHereText  = "%s tidak ada lagi di grup ini; haknya sebagai %s berhenti. Laporan %s belum didisposisikan; pilih yang lain."
	unseenToText = "Saya belum bisa memastikan %s masih di grup ini, dan isi %s dirahasiakan. Coba lagi sebentar lagi."
)

// departed ends the right of who acts in his or her own chat and is not in the group any more, as if the network had told of the leaving
// when it happened. Leaders need not be in the group.
func (h *handling) departed() (bool, error) {
	if h.alone() {
		h.askAnew(false)
	}
	if h.Here == nil || !h.alone() || h.ev.From.ID == "" || h.ev.Chat.Network != h.office.Desk.Network {
		return false, nil
	}
	_, op, err := h.writer()
	if err != nil || !op.In() || op.Role == report.Leader {
		return false, err
	}
	here, known := h.inGroup(op)
	h.unseen = !known
	if here || !known {
		return false, nil
	}
	role := h.office.RoleName(op.Right())
	if err := h.endRight(op, casework.WentOut, report.Actor{}); err != nil {
		return false, err
	}
	h.press = h.pressing()
	h.say(fmt.Sprintf(leftText, role, h.joinName(op.Agency)))
	h.answerPress()
	return true, nil
}

// askAnew has the network asked anew how the sender stands: another instance may have heard that he or she left, or runs the group no more. sure
// says that its word alone will do.
func (h *handling) askAnew(sure bool) {
	if h.Anew != nil && h.ev.From.ID != "" && h.ev.Chat.Network == h.office.Desk.Network {
		h.Anew(h.office.Desk, h.ev.From.ID, sure)
	}
}

// inGroup asks the network whether somebody is in the desk's group; known is false while it cannot say.
func (h *handling) inGroup(op ledger.Operator) (here, known bool) {
	if h.Here == nil {
		return true, true
	}
	here, err := h.Here(h.ctx, h.office.Desk.Chat(), h.inNetwork(op.ID))
	return here, err == nil
}

// seen refuses what is kept from others to who may not be in the group any more, and to who does not show who it is: it would be read by
// the whole group, and nobody would stand in the list of who looked.
func (h *handling) seen() error {
	switch {
	case h.ev.From.Chat:
		return h.no(casework.NoRight, namelessText)
	case h.unseen:
		return h.no(casework.NoRight, unseenText)
	}
	return nil
}

// receiverHere looks whether who is to get a disposition is still in the group; gone says that this was answered. What is secret goes to nobody
// of whom that is not known.
func (h *handling) receiverHere(op ledger.Operator, r report.Report) (gone bool, err error) {
	here, known := h.inGroup(op)
	switch {
	case here, !known && !h.office.Secret(r):
		return false, nil
	case !known:
		return false, h.no(casework.Choice, unseenToText, op.Name, r.Code)
	}
	if err := h.endRight(op, casework.WentOut, report.Actor{}); err != nil {
		return false, err
	}
	h.say(fmt.Sprintf(notHereText, op.Name, h.office.RoleName(op.Right()), r.Code))
	return true, nil
}
