package desk

import (
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What is masked is shown for a reason, which the reporter can read: one of a few that are offered, or the officer's own words.

// openKind and identityKind begin the ids of the menus of reasons.
const (
	openKind     = "b"
	identityKind = "i"
)

// whys are the reasons that are offered. What is put on record is the label, so it stays true when the list changes.
var whys = []bot.Choice{
	{ID: "cocok", Label: "Mencocokkan data (NIK, KK, berkas)", Also: "mencocokkan|mencocokkan data|cocokkan data|cek data|cek nik"},
	{ID: "hubungi", Label: "Menghubungi orangnya tentang laporan ini", Also: "menghubungi|hubungi|menelepon|telepon"},
	{ID: "lapangan", Label: "Menindak di lapangan (pelat, alamat)", Also: "lapangan|menindak|cek lapangan"},
	{ID: "periksa", Label: "Memeriksa penanganan laporan", Also: "memeriksa|periksa|pengawasan|evaluasi"},
}

func whyMenu(kind string, r report.Report) bot.Menu {
	return bot.Menu{ID: kind + "." + string(r.Code), Columns: 1, Choices: slices.Clone(whys)}
}

func openMenu(_ *profile.Profile, r report.Report, _ string) bot.Menu { return whyMenu(openKind, r) }

func identityMenu(_ *profile.Profile, r report.Report, _ string) bot.Menu {
	return whyMenu(identityKind, r)
}

// nothing takes nothing of what is said behind a verb.
func nothing(*profile.Profile, string) (arg, words string) { return "", "" }

// reason is why somebody wants to see what is masked, as it was chosen or written; asked says that a menu asks for it.
func (h *handling) reason(c Command, on subject, v Verb, menu func(*profile.Profile, report.Report, string) bot.Menu, question string) (why string, asked bool, err error) {
	switch i := slices.IndexFunc(whys, func(w bot.Choice) bool { return w.ID == c.Arg }); {
	case c.media():
		return "", false, h.no(casework.Choice, mediaText)
	case c.Exact && i >= 0:
		return whys[i].Label, false, nil
	case c.Exact && c.Arg != "":
		return "", false, h.no(casework.Choice, staleText)
	case c.Words != "":
		return c.Words, false, nil
	}
	m := menu(h.office.Profile, on.report, "")
	h.ask(on.report, string(v), fmt.Sprintf("%s: %s Pilih alasannya, atau balas pesan ini dengan alasan Anda sendiri; pelapor dapat membacanya.", on.report.Code, question), &m)
	h.notice = "Pilih alasannya di bawah."
	return "", true, nil
}
