package desk

import (
	"fmt"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// When an office gets its first officer, what has waited for it at the coordinator goes there by one press.

const (
	handKind   = "h"
	handIntent = string(HandOver) + ":"
	handYes    = "ya"
	handNo     = "nanti"
)

// waiting are the coordinator's reports that wait for an office, with the words for how many they are.
func (h *handling) waiting(agency string) (all []report.Report, many string, err error) {
	if agency == "" {
		return nil, "", nil
	}
	if all, err = h.Reader.WaitingFor(h.ctx, agency, casework.Counted+1); err != nil {
		return nil, "", fmt.Errorf("list what waits for an office: %w", err)
	}
	return all, casework.Many(len(all)), nil
}

// sayWaiting answers who let somebody into an office, and offers to move what waits for it.
func (h *handling) sayWaiting(text, agency string) error {
	all, many, err := h.waiting(agency)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		h.say(text)
		return nil
	}
	h.say(fmt.Sprintf("%s %s laporan untuk kantor itu menunggu di koordinator: lihat di bawah.", text, many))
	h.offerWaiting(agency, all, many)
	return nil
}

// offerWaiting asks whether the reports that it names, and no others, go to their office.
func (h *handling) offerWaiting(agency string, all []report.Report, many string) {
	const named = 12
	now := all[:min(len(all), casework.HandMost)]
	var codes []string
	for _, r := range now[:min(len(now), named)] {
		codes = append(codes, string(r.Code))
	}
	list := strings.Join(codes, ", ")
	if n := len(now) - named; n > 0 {
		list += fmt.Sprintf(" … dan %d lagi", n)
	}
	bound := ""
	if len(now) < len(all) {
		bound = fmt.Sprintf(" Sekali tekan %d yang terlama.", len(now))
	}
	name := h.office.OfficeName(agency)
	text := fmt.Sprintf("📥 %s laporan untuk %s menunggu di koordinator: %s.\nPindahkan ke %s? Tiap pelapornya dikabari.%s", many, bot.Bold(name), list, name, bound)
	menu := handMenu(agency, casework.ListMark(now), len(now))
	h.letter(ledger.Letter{Intent: handIntent + strconv.Itoa(len(now)) + ":" + strings.TrimPrefix(menu.ID, handKind+"."), Message: bot.Message{Text: text, Menu: &menu}})
}

func handMenu(agency, mark string, n int) bot.Menu {
	return bot.Menu{ID: handKind + "." + agency + "." + mark, Columns: 1, Choices: []bot.Choice{
		{ID: handYes, Label: fmt.Sprintf("📥 Pindahkan %d laporan", n), Also: "ya|pindahkan|pindahkan semua|setuju"},
		{ID: handNo, Label: "Nanti saja", Also: "tidak|jangan|nanti|batal"},
	}}
}

// handShown reads the intent of the question.
func handShown(intent string) (bot.Menu, bool) {
	rest, ok := strings.CutPrefix(intent, handIntent)
	count, id, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(count)
	at := strings.LastIndex(id, ".")
	if !ok || err != nil || at < 0 {
		return bot.Menu{}, false
	}
	return handMenu(id[:at], id[at+1:], n), true
}

// handPress reads a press on the question: "AGENCY.MARK".
func handPress(p *profile.Profile, rest, choice string) (Command, error) {
	at := strings.LastIndex(rest, ".")
	if at < 0 || choice != handYes && choice != handNo {
		return Command{}, errForeign
	}
	if _, ok := p.Agency(rest[:at]); !ok {
		return Command{}, errForeign
	}
	c := Command{Verb: HandOver, Arg: rest[:at], Shown: rest[at+1:], Exact: true}
	if choice == handNo {
		c.Arg = ""
	}
	return c, nil
}

// handed reads words that answer the question.
func (p parser) handed(menu bot.Menu, words string) Command {
	choice, ok := p.pick(menu, words)
	if !ok {
		return Command{}
	}
	_, rest, _ := strings.Cut(menu.ID, ".")
	c, err := handPress(p.profile, rest, choice.ID)
	if err != nil {
		return Command{}
	}
	return c
}

// handOver gives what waits for an office to it: by a press on the question, which moves what it has named; by command it asks.
func (h *handling) handOver(c Command, by report.Actor) error {
	agency := c.Arg
	switch {
	case agency == "" && c.Exact:
		h.say("Baik, laporannya tetap di koordinator. Nanti tulis /pindahkan dan nama kantornya.")
		return nil
	case agency == "":
		return h.no(casework.Choice, "Kantor mana? Tulis misalnya: /pindahkan dishub. Yang dipindahkan hanya laporan yang menunggu kantor itu di koordinator.")
	case !c.Exact:
		var err error
		if agency, _, err = h.oneOffice(agency); err != nil {
			return err
		}
	}
	name := h.office.OfficeName(agency)
	served, err := h.Reader.Served(h.ctx, agency)
	if err != nil {
		return fmt.Errorf("ask who serves the office: %w", err)
	}
	all, many, err := h.waiting(agency)
	switch {
	case err != nil:
		return err
	case len(all) == 0:
		return h.no(casework.Already, "Tidak ada laporan untuk %s yang menunggu di koordinator.", name)
	case !served:
		return h.no(casework.Choice, "%s belum punya petugas di sini, jadi laporannya tetap di koordinator. Minta petugasnya menulis /daftar %s.", name, h.joinName(agency))
	case !c.Exact:
		h.offerWaiting(agency, all, many)
		return nil
	}
	now := all[:min(len(all), casework.HandMost)]
	if casework.ListMark(now) != c.Shown {
		h.offerWaiting(agency, all, many)
		h.say("Daftarnya sudah berubah sejak tombol itu ditampilkan. Belum ada yang dipindahkan; pilih lagi dari yang baru.")
		return nil
	}
	cases, err := h.cases(now)
	if err != nil {
		return err
	}
	b, moved := h.office.HandOver(cases, agency, by, h.at())
	h.batch.Add(b)
	text := fmt.Sprintf("%d laporan dipindahkan ke %s.", moved, name)
	if rest := all[len(now):]; len(rest) > 0 {
		h.offerWaiting(agency, rest, strconv.Itoa(len(rest)))
		text += " Sisanya di bawah."
	}
	h.say(text)
	return nil
}

// cases are reports with their facts.
func (h *handling) cases(reports []report.Report) ([]ledger.Case, error) {
	var out []ledger.Case
	for _, r := range reports {
		facts, err := h.Reader.Facts(h.ctx, r.ID)
		if err != nil {
			return nil, fmt.Errorf("read the facts: %w", err)
		}
		out = append(out, ledger.Case{Report: r, Facts: facts})
	}
	return out, nil
}
