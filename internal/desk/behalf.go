package desk

import (
	"fmt"
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What is taken for somebody at a counter, by phone … is taken in the officer's private chat with the bot, by the same questions as
// citizens get: here everybody would read the words and the number. The room is told where to go.

const (
	behalfText = "Mencatat laporan untuk warga dilakukan di chat pribadi dengan saya, supaya isi dan nomor HP-nya tidak terbaca satu grup. Buka chat pribadi%s, lalu tulis:\n" +
		"/lapor loket (atau telepon, surat, medsos, pimpinan)\nKartunya tetap datang ke sini."
	enrollText  = "Anda pengelola grup, tetapi belum terdaftar. Tulis /daftar koordinator dulu, baru /lapor di chat pribadi dikenali sebagai petugas."
	noLinksText = "Alamat kanalnya belum diketahui; coba lagi sebentar, atau tanyakan ke pengelola."
)

// takeFor points to the private chat.
func (h *handling) takeFor(Command, report.Actor) error {
	me, _, err := h.me()
	if err != nil {
		return err
	}
	if me.Role == "" { // who runs the group without being enrolled is no officer in a private chat
		return h.no(casework.NoRight, enrollText)
	}
	at := ""
	if all := h.links(); len(all) > 0 {
		at = " (" + strings.Join(all, " atau ") + ")"
	}
	h.say(fmt.Sprintf(behalfText, at))
	return nil
}

// paste gives the sentence to put under a leader's post, with the addresses of the channel.
func (h *handling) paste(Command, report.Actor) error {
	all := h.links()
	if len(all) == 0 {
		h.say(noLinksText)
		return nil
	}
	h.say("Salin kalimat ini ke kolom komentar:\n\n" + say.For(h.office.Profile, "id").Invitation(all))
	return nil
}

func (h *handling) links() []string {
	if h.Links == nil {
		return nil
	}
	return h.Links()
}

// sending tells of a report that its reporter did not send by a press, and who took it.
func sending(how report.Sending, facts []report.Fact) string {
	switch how {
	case report.BySilence:
		return " · dikirim otomatis (bahaya, 3 menit tanpa balasan)"
	case report.ByOfficer:
		return " · dijadikan laporan oleh petugas"
	}
	if !how.OnBehalf() {
		return ""
	}
	s := " · lewat " + say.For(nil, "id").Source(how)
	if f, ok := lastOf(facts, report.WasFiled); ok && f.By.Name != "" {
		s += ", dicatat " + say.Clip(f.By.Name, 40)
	}
	return s
}
