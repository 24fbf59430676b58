package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Leaders are above all offices: the regional secretary, his or her assistants, the mayor. They read, and get what is late.

const leaderMetText = "Halo, %s. Chat ini sudah terhubung: laporan yang lama lewat batas datang ke sini untuk Anda sebagai %s. Buka satu dengan memilih nomornya."

// ranks are how people call a leader's rank; the key is what it is called here.
func ranks() map[string]string {
	return map[string]string{
		"sekda":           "sekda|sekretaris daerah|sekretaris kota|sekretaris kabupaten|sekkot|sekkab|sekretaris daerah kota|pak sekda|bu sekda",
		"asda":            "asda|asisten daerah|asisten sekda|asisten|asisten sekretaris daerah",
		"wali kota":       "wali kota|walikota|pak wali|bu wali|mayor",
		"wakil wali kota": "wakil wali kota|wakil walikota|wawali|wawalkot",
		"bupati":          "bupati|pak bupati|bu bupati",
		"wakil bupati":    "wakil bupati|wabup",
		"pimpinan":        "pimpinan|pimpinan daerah|leader",
	}
}

// rankOf reads the rank of a leader in what somebody asks to be; "" for none. An assistant may have a number: "asda 2".
func rankOf(said string) string {
	_, folded := foldedWords(said)
	if len(folded) > 0 && folded[0] == "pimpinan" && len(folded) > 1 {
		folded = folded[1:] // "pimpinan sekda"
	}
	if n := len(folded); n > 0 && folded[n-1] == "pindah" {
		folded = folded[:n-1]
	}
	number := ""
	if n := len(folded); n > 1 && number == "" {
		switch last := folded[n-1]; last {
		case "1", "2", "3", "i", "ii", "iii":
			number, folded = " "+map[string]string{"1": "1", "2": "2", "3": "3", "i": "1", "ii": "2", "iii": "3"}[last], folded[:n-1]
		}
	}
	text := strings.Join(folded, " ")
	for rank, said := range ranks() {
		if slices.Contains(strings.Split(said, "|"), text) {
			if rank == "asda" {
				return rank + number
			}
			return rank
		}
	}
	return ""
}

// escalated lists for a leader, who owns nothing, what is late so long that leaders were told, the latest first.
func (h *handling) escalated() error {
	rooms := []string{""}
	for _, a := range h.office.Profile.Agencies {
		rooms = append(rooms, a.Code)
	}
	open, err := h.Reader.Opens(h.ctx, rooms, h.ev.At, h.ev.At, listed)
	if err != nil {
		return fmt.Errorf("list what leaders were told of: %w", err)
	}
	var all []report.Report
	late := 0
	for _, room := range open {
		late += room.Late
		for _, r := range room.First {
			if slices.ContainsFunc(r.Terms, func(t report.Term) bool { return t.Runs() && t.Told >= report.Leaders }) {
				all = append(all, r)
			}
		}
	}
	if len(all) == 0 {
		h.say(fmt.Sprintf("Tidak ada laporan yang naik ke pimpinan. 👍 Lewat batas di semua kantor: %d (/tugas lewat). Satu kantor: /tugas dishub.", late))
		return nil
	}
	slices.SortFunc(all, func(a, b report.Report) int {
		x, _ := a.Next()
		y, _ := b.Next()
		return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(a.ID, b.ID))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "Laporan yang naik ke pimpinan, yang paling lama lewat dulu (lewat batas di semua kantor: %d):\n", late)
	for _, r := range all[:min(len(all), listed)] {
		fmt.Fprintf(&b, "%s %s · %s · %s · %s\n", mark(r.Status), bot.Bold(string(r.Code)), say.Clip(categoryOf(h.office.Profile, r), 60), h.office.OfficeName(r.Agency), h.office.Limit(r, h.ev.At))
	}
	if len(all) > listed {
		fmt.Fprintf(&b, "… dan %d lagi.\n", len(all)-listed)
	}
	b.WriteString(openOneText + " Semua yang lewat: /tugas lewat. Satu kantor: /tugas dishub.")
	h.list(b.String(), all[:min(len(all), listed)])
	return nil
}

// readRoll puts on record that the sender has read a roll call. Without one that is meant it is the open list.
func (h *handling) readRoll(c Command, by report.Actor) error {
	at, agency, ok := casework.RollOf(c.Arg)
	if !c.Exact || !ok {
		return h.tasks(Command{Verb: Tasks, Arg: c.Arg}, by)
	}
	_, op, err := h.me()
	if err != nil {
		return err
	}
	people, err := h.Reader.Operators(h.ctx)
	if err != nil {
		return fmt.Errorf("read who has read the roll call: %w", err)
	}
	open, err := h.Reader.Opens(h.ctx, []string{agency}, h.ev.At, h.office.Soon(h.ev.At), casework.RollShown)
	if err != nil {
		return fmt.Errorf("read the open list: %w", err)
	}
	b, err := h.office.ReadRoll(op, agency, at, open[agency], people, h.at())
	if err != nil {
		return err
	}
	h.batch.Add(b)
	h.say("👀 Tercatat, terima kasih.") // also to who typed it: not every network can show it on the roll call later
	return nil
}

// listPress reads a press on a list: a report to open, or that a roll call was read.
func (p parser) listPress(kind, rest, choice string) (Command, error) {
	if kind == casework.RollMenuKind && choice == casework.RollRead {
		if _, _, ok := casework.RollOf(rest); !ok {
			return Command{}, errForeign
		}
		return Command{Verb: Roll, Arg: rest, Exact: true}, nil
	}
	code, ok := report.ParseCode(p.profile.Prefix, choice)
	if !ok || string(code) != choice {
		return Command{}, errForeign
	}
	return Command{Verb: Show, Code: code}, nil
}

// listed reads a reply to a list; ok is false where the message is none.
func (p parser) listed(c Command) (Command, bool) {
	if m, ok := casework.OpenMenuOf(p.target.Intent); ok {
		if choice, ok := p.pick(*m, c.Words); ok && !c.media() && !answers(c.Words) {
			c, _ = p.listPress(casework.OpenMenuKind, "", choice.ID)
			return c, true
		}
		return Command{}, false
	}
	m, agency, ok := casework.RollMenuOf(p.target.Intent)
	if !ok || c.media() {
		return Command{}, false
	}
	choice, ok := p.pick(m, c.Words)
	n := bot.Fold(c.Words)
	switch {
	case ok && answers(c.Words) && (choice.ID != casework.RollRead || p.numberAndMore(c.Words)):
		return Command{}, false
	case ok:
	case n != "" && strings.Trim(n, "0123456789") == "":
		return Command{Verb: Tasks, Arg: agency}, true // a number that is not offered: that is not to have read the list
	case nodding(p.lexicon, c.Words):
		choice.ID = casework.RollRead
	default:
		return Command{}, false
	}
	c, err := p.listPress(casework.RollMenuKind, strings.TrimPrefix(m.ID, casework.RollMenuKind+"."), choice.ID)
	return c, err == nil
}

// answers reports whether words look like an answer to a citizen, though a number in them might choose from a list.
func answers(words string) bool { return toCitizen(words) || speaks(words) || tells(words) }

// heading is what the desk calls somebody in a list of people: leaders stand by themselves.
func (h *handling) heading(op ledger.Operator) string {
	if op.Role == report.Leader {
		return "pimpinan"
	}
	return h.office.OfficeName(op.Agency)
}
