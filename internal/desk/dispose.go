package desk

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A disposition is asked for in the room of an office. Who is meant is one of its people with a title; where that is not plain, it is
// asked, with the words kept in the letter that asks.

const disposeKind = "d"

// disposeWords is how much of what the officer asks is kept until it is known who is meant.
const disposeWords = 500

const (
	noHeadText = "Belum ada kepala atau bidang %[1]s yang terdaftar. Minta ia masuk ke grup ini dan menulis: /daftar %[2]s kepala (atau /daftar %[2]s kabid lalu lintas). " +
		"Sesudah koordinator menerima, ia menulis halo ke bot ini secara pribadi; lalu ulangi /disposisi %[3]s."
	coordinatorsText = "Laporan %s ada di koordinator. Teruskan dulu ke kantornya, baru didisposisikan di sana."
)

// dispose hands a report to the head or a section of its office, takes that back, or asks who is meant.
func dispose(h *handling, c Command, on subject) (report.Action, bool, error) {
	r, _, asked := strings.Cut(h.to.Intent, ":")
	kept := ""
	if asked && Verb(r) == Dispose {
		kept, _, _ = strings.Cut(h.to.Intent[len(r)+1:], "\n")
	}
	if !c.Exact && takesBack(c.Arg) {
		return report.Undispose{}, false, nil
	}
	if err := h.office.Permit(on.report, on.by, report.Dispose{}); err != nil {
		return nil, false, err
	}
	if c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	heads, err := h.heads(on)
	if err != nil {
		return nil, false, err
	}
	near, rest, place, sure := findReceiver(heads, c.Arg)
	switch {
	case c.Exact:
		near, rest = nil, ""
		for _, op := range heads {
			if receiverID(op.ID) == c.Arg {
				near = append(near, op)
			}
		}
		if len(near) != 1 {
			return nil, false, h.no(casework.Choice, staleText)
		}
	case len(near) == 0 && !place && c.Arg != "": // "disposisi ke dishub" is meant as handing it to that office
		said := withoutTo(c.Arg)
		if codes, _ := FindOffice(h.office.Profile, said); len(codes) > 0 && (len(codes) > 1 || codes[0] != on.report.Agency) {
			return forward(h, Command{Verb: Forward, Code: c.Code, Arg: said}, on)
		}
	}
	switch {
	case on.report.Agency == "":
		return nil, false, h.no(casework.Choice, coordinatorsText, on.report.Code)
	case len(heads) == 0:
		return nil, false, h.no(casework.Choice, noHeadText, h.office.OfficeName(on.report.Agency), h.joinName(on.report.Agency), on.report.Code)
	case len(near) == 1 && sure:
		if err := h.office.MayReceive(near[0], on.report); err != nil {
			return nil, false, err
		}
		if gone, err := h.receiverHere(near[0], on.report); gone || err != nil {
			return nil, gone, err
		}
		return report.Dispose{To: casework.ReceiverOf(near[0]), Why: cmp.Or(rest, kept)}, false, nil
	case len(near) == 0:
		near, rest = heads, c.Arg
	}
	text := "disposisi ke siapa?"
	if place && len(near) == len(heads) && c.Arg != "" && rest == c.Arg {
		text, rest = h.repeat(c.Arg)+" belum terdaftar di "+h.office.OfficeName(on.report.Agency)+". Yang terdaftar:", ""
	}
	h.askReceiver(on.report, text, near, cmp.Or(rest, kept))
	return nil, true, nil
}

// takesBack reports whether words end a disposition.
func takesBack(text string) bool {
	words := strings.Fields(bot.Fold(text))
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	switch words[0] {
	case "batal", "batalkan", "dibatalkan", "cabut", "tarik", "urungkan", "cancel", "kembalikan", "akhiri":
		return true
	}
	return false
}

// heads are the people of a report's office who get dispositions, but for the sender.
func (h *handling) heads(on subject) (out []ledger.Operator, err error) {
	in, _, err := h.people()
	for _, op := range in {
		if op.Title != "" && op.Agency == on.report.Agency && op.ID != on.by.ID {
			out = append(out, op)
		}
	}
	return out, err
}

// askReceiver asks who is meant. The letter keeps what the officer wrote, and whom it showed.
func (h *handling) askReceiver(r report.Report, text string, near []ledger.Operator, words string) {
	words = say.Clip(strings.Join(strings.Fields(words), " "), disposeWords)
	lines := []string{words}
	const most = 12
	for _, op := range near[:min(len(near), most)] {
		lines = append(lines, receiverID(op.ID)+"\t"+strings.Join(strings.Fields(casework.ReceiverName(casework.ReceiverOf(op))), " "))
	}
	page := strings.Join(lines, "\n")
	text = string(r.Code) + ": " + text
	if words != "" {
		text += " Pesannya: “" + words + "”."
	}
	m := disposeMenu(h.office.Profile, r, page)
	h.ask(r, string(Dispose)+":"+page, text+" Pilih, atau balas pesan ini dengan namanya.", &m)
	h.notice = "Pilih orangnya di bawah."
}

// disposeMenu are the people that a letter showed: behind the words a line for each, an id and a name.
func disposeMenu(_ *profile.Profile, r report.Report, page string) bot.Menu {
	m := bot.Menu{ID: disposeKind + "." + string(r.Code), Columns: 1}
	for line := range strings.SplitSeq(page, "\n") {
		if id, name, ok := strings.Cut(line, "\t"); ok {
			m.Choices = append(m.Choices, bot.Choice{ID: id, Label: say.Clip(name, 60)})
		}
	}
	return m
}

// receiverID names a person as short as a button wants it.
func receiverID(person string) string {
	f := fnv.New32a()
	_, _ = f.Write([]byte(person))
	return strconv.FormatUint(uint64(f.Sum32()), 36)
}

// disposedLine is who has a report by a disposition, and since when; "" for nobody.
func disposedLine(o *casework.Office, r report.Report) string {
	d := r.Disposed
	if d == nil {
		return ""
	}
	text := fmt.Sprintf("📨 %s sejak %s", casework.ReceiverName(d.Receiver), clock(d.At, o.Profile))
	if !d.Waits() {
		text += ", konsepnya sudah masuk"
	}
	return text
}
