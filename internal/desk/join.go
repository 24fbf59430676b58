package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// join writes a person's wish to be an operator, and asks the coordinators. Who runs the group needs nobody's leave.
func (h *handling) join(c Command, _ report.Actor) error {
	if h.ev.From.ID == "" {
		return h.no(casework.NoRight, "Akun ini tidak dapat didaftarkan. Tulis dari akun pribadi, bukan atas nama grup.")
	}
	if c.Arg == "" {
		h.say("Tulis /daftar dan nama kantor Anda, misalnya /daftar dishub.")
		return nil
	}
	agency, rest, err := h.oneOffice(c.Arg)
	if err != nil {
		return err
	}
	if a, _ := h.office.Profile.Agency(agency); a.Outside || a.Emergency {
		return h.no(casework.Choice, "%s bukan kantor yang punya petugas di sini.", h.office.OfficeName(agency))
	}
	op := ledger.Operator{ID: h.person(), Name: say.Clip(bot.Clean(h.ev.From.Name), 60), Agency: agency,
		Role: report.Operator, Since: h.ev.At}
	if agency == "" {
		op.Role = report.Coordinator
	}
	was, err := h.Reader.Operator(h.ctx, op.ID)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return fmt.Errorf("read the operator: %w", err)
	}
	if err == nil && was.Approved != "" && was.Ended.IsZero() {
		if was.Agency == agency {
			return h.no(casework.Already, "Anda sudah terdaftar di %s.", h.office.OfficeName(agency))
		}
		if strings.TrimSpace(strings.ToLower(rest)) != "pindah" {
			return h.no(casework.Already, "Anda petugas %s. Untuk pindah tulis: /daftar %s pindah", h.office.OfficeName(was.Agency), h.joinName(agency))
		}
	}
	admin, err := h.admin()
	if err != nil {
		return err
	}
	if admin {
		op.Approved = op.ID
		h.enroll(op)
		h.say(fmt.Sprintf("Anda terdaftar di %s. Tulis /bantuan untuk melihat caranya.", h.office.OfficeName(agency)))
		return nil
	}
	h.enroll(op)
	h.request(op)
	h.say(fmt.Sprintf("Permintaan Anda menjadi petugas %s diteruskan ke koordinator.", h.office.OfficeName(agency)))
	return nil
}

func (h *handling) joinName(agency string) string {
	if agency == "" {
		return "koordinator"
	}
	return strings.ToLower(agency)
}

func (h *handling) enroll(op ledger.Operator) {
	h.batch.Changes = append(h.batch.Changes, ledger.Enrolled{Operator: op})
}

// request asks the coordinators' room. One request of a person waits at a time.
func (h *handling) request(op ledger.Operator) {
	menu := joinMenu(op.ID)
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{
		Key: string(h.ev.ID) + "/join", To: h.office.Desk, Desk: true, Purpose: ledger.ToDesk, Intent: joinIntent + op.ID,
		Fold: joinIntent + op.ID,
		Message: bot.Message{
			Text: fmt.Sprintf("%s ingin menjadi petugas %s. Terima? (atau balas dengan /terima · /jangan)",
				bot.Bold(op.Name), bot.Bold(h.office.OfficeName(op.Agency))),
			Menu: &menu,
		},
	})
}

// admit lets a person in, or not.
func (h *handling) admit(c Command, by report.Actor) error {
	if c.Arg == "" || !c.Exact {
		return h.no(casework.Choice, "Balas permintaan yang dimaksud dengan /terima atau /jangan.")
	}
	op, err := h.Reader.Operator(h.ctx, c.Arg)
	if errors.Is(err, ledger.ErrUnknown) {
		return h.no(casework.Choice, staleText)
	}
	if err != nil {
		return fmt.Errorf("read the operator: %w", err)
	}
	office := h.office.OfficeName(op.Agency)
	switch {
	case op.Approved != "" && op.Ended.IsZero():
		return h.no(casework.Already, "%s sudah diterima sebagai petugas %s.", op.Name, office)
	case !op.Ended.IsZero():
		return h.no(casework.Already, "Permintaan ini sudah ditutup.")
	case c.Verb == Refuse:
		op.Ended = h.ev.At
		h.enroll(op)
		h.say(fmt.Sprintf("Permintaan %s tidak diterima.", op.Name))
		return nil
	}
	waiting, err := h.waitingFor(op.Agency)
	if err != nil {
		return err
	}
	op.Approved, op.Since = by.ID, h.ev.At
	h.enroll(op)
	h.say(fmt.Sprintf("%s diterima sebagai petugas %s.%s", op.Name, office, waiting))
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{
		Key: string(h.ev.ID) + "/welcome", To: h.office.Desk, Desk: true, Room: op.Agency, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: fmt.Sprintf("👋 %s sekarang petugas %s.\n\n%s", bot.Bold(op.Name), office, h.verbs.help())},
	})
	return nil
}

// waitingFor tells the coordinator of reports that lie there only because nobody served the office until now.
func (h *handling) waitingFor(agency string) (string, error) {
	if agency == "" {
		return "", nil
	}
	const most = 100
	open, err := h.Reader.OpenOf(h.ctx, "", most)
	if err != nil {
		return "", fmt.Errorf("list the coordinator's reports: %w", err)
	}
	n := 0
	for _, r := range open {
		if r.Suggested == agency {
			n++
		}
	}
	if n == 0 {
		return "", nil
	}
	return fmt.Sprintf(" %d laporan untuk kantor itu menunggu di koordinator: /tugas, lalu /teruskan.", n), nil
}
