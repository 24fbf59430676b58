package desk

import (
	"strings"

	"rabeg/internal/report"
)

const (
	officerHelp = `Cara kerja ruang petugas:
• Balas (reply) kartu laporan dengan teks atau foto = jawaban ke warga. Bisa juga tulis nomornya: NOMOR jawaban.
• Jawaban ditahan 20 detik; pilih Urungkan atau balas dengan /urungkan untuk menariknya.

Perintah, dengan membalas kartu atau menulis nomornya:
`
	headHelp = `

Khusus koordinator (/tugas juga: /tugas semua, /tugas dishub, /tugas luar):
`
	receiverHelp = `

Disposisi untuk Anda datang ke chat pribadi dengan bot ini; jawab dengan membalas pesannya: `
	leaderHelp = `Yang dapat Anda lakukan sebagai pimpinan:
• Membaca: `
	leaderRest = `
• /tugas sendiri: yang naik ke pimpinan; /tugas semua: tiap kantor; /tugas dishub: satu kantor. Dengan kata biasa juga bisa: yang lewat apa saja, dishub gimana
• Isi laporan rahasia tidak ditampilkan
• Balas kabar dari bot, atau tulis NOMOR lalu pesan Anda: sampai ke koordinator, tidak ke warga`
	strangerHelp = `Grup ini ruang petugas pengaduan. Anda belum terdaftar, jadi yang dapat Anda tulis: `
	citizenHelp  = "\n\nMau melapor sebagai warga? Ceritakan saja masalahnya di chat pribadi dengan bot ini."
)

// help tells what the sender may do.
func (h *handling) help(Command, report.Actor) error {
	by, op, err := h.me()
	if err != nil {
		return err
	}
	if by.Role == "" || by.Role == report.Operator { // who runs the group is a coordinator as well
		runs, err := h.admin()
		if err != nil {
			return err
		}
		if runs {
			by.Role = report.Coordinator
		}
	}
	h.say(h.verbs.help(by.Role, by.Role != "" && op.Title != ""))
	return nil
}

// help is what somebody of a role, "" for none, may do; receives says that dispositions go to him or her.
func (t table) help(role report.Role, receives bool) string {
	var acts, looks, heads []string
	for _, r := range t {
		switch {
		case !r.helps(role):
		case role == report.Coordinator && !r.helps(report.Operator):
			heads = append(heads, r.usage)
		case r.act != nil:
			acts = append(acts, r.usage)
		default:
			looks = append(looks, r.usage)
		}
	}
	line := func(parts []string) string { return strings.Join(parts, " · ") }
	var text string
	switch role {
	case report.Leader:
		return leaderHelp + line(looks) + leaderRest + citizenHelp
	case report.Operator:
		text = officerHelp + line(acts) + "\n\n" + line(looks)
	case report.Coordinator:
		text = officerHelp + line(acts) + "\n\n" + line(looks) + headHelp + line(heads)
	default:
		return strangerHelp + line(looks) + citizenHelp
	}
	if receives && role == report.Operator {
		text += receiverHelp + t.row(Counsel).usage
	}
	return text + citizenHelp
}

// helps reports whether the help of a role names a verb.
func (r row) helps(role report.Role) bool {
	officer := role == report.Operator || role == report.Coordinator
	switch {
	case r.usage == "":
		return false
	case role == report.Leader:
		return r.leads
	case r.may == anybody:
		return true
	case r.may == coordinators:
		return role == report.Coordinator
	case r.may == members:
		return officer
	case r.does == "":
		return officer
	case role == report.Operator:
		return report.MayDo(r.does, report.TheOffice)
	}
	return role == report.Coordinator && report.MayDo(r.does, report.TheCoordinator)
}
