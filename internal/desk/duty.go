package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const dutyHow = "Mulai: /piket saya · selesai: /piket selesai · koordinator menetapkan: /piket nama. Piket berakhir sendiri sesudah 12 jam."

// dutyWord is what a word says of a duty: that it begins, that it ends, or who has it.
type dutyWord int

const (
	noDuty dutyWord = iota
	dutyBegins
	dutyEnds
	dutyAsked
)

func dutyOf(word string) dutyWord {
	switch word {
	case "mulai", "masuk", "hadir", "aktif", "on", "start", "jaga", "tetapkan":
		return dutyBegins
	case "selesai", "berhenti", "usai", "off", "pulang", "stop", "libur", "akhiri", "lepas", "end", "sudahi", "beres":
		return dutyEnds
	case "siapa", "sekarang", "daftar", "semua", "who", "list":
		return dutyAsked
	}
	return noDuty
}

// dutySaid reads a message that says nothing but that the sender's duty begins or ends, or asks who has it: "mulai piket".
func dutySaid(text string) (arg string, ok bool) {
	switch said := bot.Fold(text); said {
	case "mulai piket", "saya piket", "piket mulai", "saya mulai piket", "masuk piket", "piket saya", "izin mulai piket", "izin piket":
		return "saya", true
	case "selesai piket", "piket selesai", "saya selesai piket", "piket saya selesai", "akhiri piket", "izin selesai piket":
		return "selesai", true
	case "siapa piket", "siapa yang piket", "piket siapa", "siapa piket sekarang", "yang piket siapa", "siapa yg piket":
		return "", true
	}
	return "", false
}

// duty tells who is on duty, or sets or ends it: everybody for himself or herself, a coordinator for anybody.
func (h *handling) duty(c Command, by report.Actor) error {
	what, who := noDuty, []string{}
	own := false
	for w := range strings.FieldsSeq(bot.Fold(c.Arg)) {
		switch d := dutyOf(w); {
		case d != noDuty:
			what = d
		case w == "saya" || w == "aku" || w == "sy" || w == "me":
			own = true
		case w != "piket" && w != "yang":
			who = append(who, w)
		}
	}
	switch {
	case len(who) > 0:
		return h.dutyOther(strings.Join(who, " "), what, by)
	case own || what == dutyBegins || what == dutyEnds:
		op, in, err := h.enrolled()
		if err != nil {
			return err
		}
		if !in {
			return h.no(casework.NoRight, "Anda pengelola grup, tetapi belum terdaftar. Tulis /daftar koordinator dulu, baru /piket saya.")
		}
		return h.setDuty(op, what != dutyEnds, "")
	}
	return h.listDuty("", true)
}

// enrolled is the sender as somebody of the list.
func (h *handling) enrolled() (ledger.Operator, bool, error) {
	by, op, err := h.me()
	return op, by.Role != "", err
}

// dutyOther sets or ends the duty of who is named, or lists that of an office.
func (h *handling) dutyOther(said string, what dutyWord, by report.Actor) error {
	in, _, err := h.people()
	if err != nil {
		return err
	}
	var near []ledger.Operator
	for _, op := range in {
		if bot.Fold(op.Name) == said {
			near = []ledger.Operator{op}
			if n := slices.IndexFunc(in, func(o ledger.Operator) bool { return o.ID != op.ID && bot.Fold(o.Name) == said }); n >= 0 {
				near = append(near, in[n])
			}
			break
		}
		if holdsAll(bot.Fold(op.Name), strings.Fields(said)[0]) && holdsAll(bot.Fold(op.Name+" "+h.office.OfficeName(op.Agency)+" "+op.Agency), said) {
			near = append(near, op)
		}
	}
	if len(near) == 0 {
		if codes, _ := FindOffice(h.office.Profile, said); len(codes) == 1 && what != dutyBegins && what != dutyEnds {
			return h.listDuty(codes[0], false)
		}
		return h.no(casework.Choice, "Tidak ada petugas bernama “%s”. Lihat /petugas. %s", say.Clip(said, 40), dutyHow)
	}
	if len(near) > 1 {
		var names []string
		for _, op := range near[:min(len(near), 8)] {
			names = append(names, fmt.Sprintf("%s (%s)", op.Name, h.office.OfficeName(op.Agency)))
		}
		return h.no(casework.Choice, "Yang mana: %s? Tulis namanya lengkap, boleh dengan kantornya.", strings.Join(names, ", "))
	}
	op := near[0]
	if op.ID == by.ID {
		return h.setDuty(op, what != dutyEnds, "")
	}
	if by, err = h.actor(report.Report{}); err != nil {
		return err
	}
	if by.Role != report.Coordinator {
		return h.no(casework.NoRight, "Hanya koordinator yang mengatur piket orang lain; untuk diri sendiri tulis /piket saya.")
	}
	return h.setDuty(op, what != dutyEnds, op.Name)
}

// setDuty begins a duty, or begins it anew, or ends it. name is who it is, "" for the sender.
func (h *handling) setDuty(op ledger.Operator, on bool, name string) error {
	if op.Role == report.Leader {
		return h.no(casework.NoRight, "Piket untuk petugas dan koordinator. Siapa yang bertugas sekarang: /piket")
	}
	was, who := op.OnDuty(h.ev.At), name
	if who == "" {
		who = "Anda"
	}
	if !on && !was {
		return h.no(casework.Already, "%s memang tidak sedang piket.", who)
	}
	op, b := h.office.Duty(op, on, h.at())
	h.batch.Add(b)
	switch {
	case !on:
		h.say(fmt.Sprintf("⚪ Piket %s selesai. Terima kasih.", who))
	case was:
		h.say(fmt.Sprintf("🟢 Piket %s diperpanjang sampai %s.", who, clock(op.Duty, h.office.Profile)))
	case name == "":
		h.say(fmt.Sprintf("🟢 Anda piket sampai %s, lalu berakhir sendiri. Selesai lebih awal: /piket selesai.", clock(op.Duty, h.office.Profile)))
	default:
		h.say(fmt.Sprintf("🟢 %s piket sampai %s, lalu berakhir sendiri. Selesai lebih awal: /piket selesai.", who, clock(op.Duty, h.office.Profile)))
	}
	return nil
}

// listDuty tells who is on duty now, by office; whole is of all offices that have officers.
func (h *handling) listDuty(only string, whole bool) error {
	in, _, err := h.people()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("Piket sekarang:\n")
	left := 0
	for at := 0; at < len(in); {
		agency, on := in[at].Agency, []string{}
		for ; at < len(in) && in[at].Agency == agency; at++ {
			if op := in[at]; op.OnDuty(h.ev.At) {
				on = append(on, fmt.Sprintf("%s (sampai %s)", op.Name, clock(op.Duty, h.office.Profile)))
			}
		}
		who := "belum ada"
		if len(on) > 0 {
			who = strings.Join(on, ", ")
		}
		row := fmt.Sprintf("%s: %s\n", bot.Bold(upperFirst(h.office.OfficeName(agency))), who)
		switch {
		case !whole && agency != only:
		case say.Units(b.String())+say.Units(row) > 3300:
			left++
		default:
			b.WriteString(row)
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "… dan %d kantor lagi: /piket nama kantor\n", left)
	}
	if strings.Count(b.String(), "\n") == 1 {
		b.WriteString("(belum ada petugas yang terdaftar)\n")
	}
	h.say(b.String() + dutyHow)
	return nil
}
