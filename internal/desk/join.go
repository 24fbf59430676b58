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
func (t *turn) join(c Command) error {
	if t.ev.From.ID == "" {
		return t.no(casework.NoRight, "Akun ini tidak dapat didaftarkan. Tulis dari akun pribadi, bukan atas nama grup.")
	}
	if c.Arg == "" {
		t.say("Tulis /daftar dan nama kantor Anda, misalnya /daftar dishub.")
		return nil
	}
	agency, rest, err := t.oneOffice(c.Arg)
	if err != nil {
		return err
	}
	if a, _ := t.office.Profile.Agency(agency); a.Outside || a.Emergency {
		return t.no(casework.Choice, "%s bukan kantor yang punya petugas di sini.", t.office.OfficeName(agency))
	}
	op := ledger.Operator{ID: t.person(), Name: say.Clip(bot.Clean(t.ev.From.Name), 60), Agency: agency,
		Role: report.Operator, Since: t.ev.At}
	if agency == "" {
		op.Role = report.Coordinator
	}
	was, err := t.Reader.Operator(t.ctx, op.ID)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return fmt.Errorf("read the operator: %w", err)
	}
	if err == nil && was.Approved != "" && was.Ended.IsZero() {
		if was.Agency == agency {
			return t.no(casework.Already, "Anda sudah terdaftar di %s.", t.office.OfficeName(agency))
		}
		if strings.TrimSpace(strings.ToLower(rest)) != "pindah" {
			return t.no(casework.Already, "Anda petugas %s. Untuk pindah tulis: /daftar %s pindah", t.office.OfficeName(was.Agency), t.joinName(agency))
		}
	}
	admin, err := t.admin()
	if err != nil {
		return err
	}
	if admin {
		op.Approved = op.ID
		t.enroll(op)
		t.say(fmt.Sprintf("Anda terdaftar di %s. Tulis /bantuan untuk melihat caranya.", t.office.OfficeName(agency)))
		return nil
	}
	t.enroll(op)
	t.request(op)
	t.say(fmt.Sprintf("Permintaan Anda menjadi petugas %s diteruskan ke koordinator.", t.office.OfficeName(agency)))
	return nil
}

func (t *turn) joinName(agency string) string {
	if agency == "" {
		return "koordinator"
	}
	return strings.ToLower(agency)
}

func (t *turn) enroll(op ledger.Operator) {
	t.batch.Changes = append(t.batch.Changes, ledger.Enrolled{Operator: op})
}

// request asks the coordinators' room. One request of a person waits at a time.
func (t *turn) request(op ledger.Operator) {
	menu := joinMenu(op.ID)
	t.batch.Letters = append(t.batch.Letters, ledger.Letter{
		Key: string(t.ev.ID) + "/join", To: t.office.Desk, Desk: true, Purpose: ledger.ToDesk, Intent: joinIntent + op.ID,
		Fold: joinIntent + op.ID,
		Message: bot.Message{
			Text: fmt.Sprintf("%s ingin menjadi petugas %s. Terima? (atau balas dengan /terima · /jangan)",
				bot.Bold(op.Name), bot.Bold(t.office.OfficeName(op.Agency))),
			Menu: &menu,
		},
	})
}

// admit lets a person in, or not. Only a coordinator may.
func (t *turn) admit(c Command) error {
	by, err := t.actor(report.Report{})
	if err != nil {
		return err
	}
	if by.Role != report.Coordinator {
		return t.no(casework.NoRight, "Hanya koordinator yang dapat menerima petugas.")
	}
	if c.Arg == "" || !c.Exact {
		return t.no(casework.Choice, "Balas permintaan yang dimaksud dengan /terima atau /jangan.")
	}
	op, err := t.Reader.Operator(t.ctx, c.Arg)
	if errors.Is(err, ledger.ErrUnknown) {
		return t.no(casework.Choice, staleText)
	}
	if err != nil {
		return fmt.Errorf("read the operator: %w", err)
	}
	office := t.office.OfficeName(op.Agency)
	switch {
	case op.Approved != "" && op.Ended.IsZero():
		return t.no(casework.Already, "%s sudah diterima sebagai petugas %s.", op.Name, office)
	case !op.Ended.IsZero():
		return t.no(casework.Already, "Permintaan ini sudah ditutup.")
	case c.Verb == Refuse:
		op.Ended = t.ev.At
		t.enroll(op)
		t.say(fmt.Sprintf("Permintaan %s tidak diterima.", op.Name))
		return nil
	}
	waiting, err := t.waitingFor(op.Agency)
	if err != nil {
		return err
	}
	op.Approved, op.Since = by.ID, t.ev.At
	t.enroll(op)
	t.say(fmt.Sprintf("%s diterima sebagai petugas %s.%s", op.Name, office, waiting))
	t.batch.Letters = append(t.batch.Letters, ledger.Letter{
		Key: string(t.ev.ID) + "/welcome", To: t.office.Desk, Desk: true, Room: op.Agency, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: fmt.Sprintf("👋 %s sekarang petugas %s.\n\n%s", bot.Bold(op.Name), office, helpText)},
	})
	return nil
}

// waitingFor tells the coordinator of reports that lie there only because nobody served the office until now.
func (t *turn) waitingFor(agency string) (string, error) {
	if agency == "" {
		return "", nil
	}
	const most = 100
	open, err := t.Reader.OpenOf(t.ctx, "", most)
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
