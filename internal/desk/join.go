package desk

import (
	"cmp"
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
	if h.ev.From.ID == "" || h.ev.From.Chat && !h.elsewhere() {
		return h.no(casework.NoRight, "Akun ini tidak dapat didaftarkan. Tulis dari akun pribadi, bukan atas nama grup.")
	}
	if c.Arg == "" {
		h.say("Tulis /daftar dan nama kantor Anda, misalnya /daftar dishub. Kepala atau bidang: /daftar dishub kepala.")
		return nil
	}
	wish, rest, err := h.wished(c.Arg)
	if err != nil {
		return err
	}
	name := say.Clip(strings.Join(strings.Fields(bot.Clean(h.ev.From.Name)), " "), 60)
	if h.elsewhere() {
		if wish, name, err = h.ofGroup(wish, name); err != nil {
			return err
		}
	}
	agency, rank := wish.Agency, rankIn(wish)
	was, err := h.Reader.Operator(h.ctx, h.person())
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return fmt.Errorf("read the operator: %w", err)
	}
	in, err := h.stillIn(was)
	if err != nil {
		return err
	}
	if was.In() && !in { // runs the group no more, and the network has not said so
		if err := h.endRight(was, casework.Demoted, report.Actor{}); err != nil {
			return err
		}
		was.Ended, was.Wish = h.ev.At, nil
	}
	switch {
	case in && was.Right() == wish:
		return h.no(casework.Already, "Anda sudah terdaftar: %s.", h.office.RoleName(wish))
	case in && (was.Agency != agency || was.Role != wish.Role) && strings.TrimSpace(strings.ToLower(rest)) != "pindah":
		return h.no(casework.Already, "Anda %s. Untuk pindah tulis: /daftar %s pindah", h.office.RoleName(was.Right()), cmp.Or(rank, h.joinName(agency)))
	}
	admin, err := h.admin()
	if err != nil {
		return err
	}
	if (h.alone() || h.elsewhere()) && was.Met.IsZero() {
		was.Met = h.ev.At
	}
	if admin {
		was.ID = h.person()
		if err := h.grant(was, wish, was.ID, name); err != nil {
			return err
		}
		if rank != "" {
			h.say(fmt.Sprintf("Anda terdaftar sebagai %s.", rank) + toMeet(was, wish, "Anda"))
			return nil
		}
		return h.sayWaiting(fmt.Sprintf("Anda terdaftar di %s. Tulis /bantuan untuk melihat caranya.", h.office.OfficeName(agency))+toMeet(was, wish, "Anda"), agency)
	}
	return h.applies(was, wish, in, name)
}

// applies brings a person's wish to the coordinators, and tells him or her what becomes of it.
func (h *handling) applies(was ledger.Operator, wish ledger.Wish, in bool, name string) error {
	if err := h.wishes(was, wish, in, name); err != nil {
		return err
	}
	emptied, err := h.emptied(was, wish)
	if err != nil {
		return err
	}
	h.say(fmt.Sprintf("Permintaan Anda menjadi %s diteruskan ke koordinator.", h.office.RoleName(wish)) + emptied)
	return nil
}

// rankIn is the rank that a wish to lead names, "" for every other wish.
func rankIn(w ledger.Wish) string {
	if w.Role == report.Leader {
		return w.Title
	}
	return ""
}

// wished reads what somebody asks to be; rest is what else was said.
func (h *handling) wished(said string) (wish ledger.Wish, rest string, err error) {
	if rank := rankOf(said); rank != "" {
		return ledger.Wish{Role: report.Leader, Title: rank}, said[strings.LastIndex(strings.TrimSpace(said), " ")+1:], nil
	}
	agency, title, rest, err := h.placeOf(said)
	if err != nil {
		return wish, "", err
	}
	if a, _ := h.office.Profile.Agency(agency); a.Outside || a.Emergency {
		return wish, "", h.no(casework.Choice, "%s bukan kantor yang punya petugas di sini.", h.office.OfficeName(agency))
	}
	wish = ledger.Wish{Agency: agency, Role: report.Operator, Title: title}
	if agency == "" {
		wish.Role, wish.Title = report.Coordinator, ""
	}
	return wish, rest, nil
}

// wishes writes down what a person asks for, and asks the coordinators. A right that is held is kept until the wish is granted; the
// same wish once more is the same request.
func (h *handling) wishes(was ledger.Operator, wish ledger.Wish, in bool, name string) error {
	if now, asks := was.Asks(); asks && now == wish && was.Name == name {
		return h.request(was)
	}
	op := ledger.Operator{ID: h.person(), Agency: wish.Agency, Role: wish.Role, Title: wish.Title, Met: was.Met, Since: h.ev.At}
	if in {
		op = was
		op.Wish = &wish
	}
	op.Name, op.Rev = name, was.Rev+1
	h.enroll(op, was.Rev)
	return h.request(op)
}

// grant gives a person the right that he or she asked for, in place of the one held until now. by is who let the person in.
func (h *handling) grant(was ledger.Operator, wish ledger.Wish, by, name string) error {
	if was.In() && (was.Agency != wish.Agency || was.Role != wish.Role) {
		left, err := h.leaves(was)
		if err != nil {
			return err
		}
		h.batch.Add(h.office.Vacate(left, h.at()))
		if err := h.endDispositions(was, left); err != nil {
			return err
		}
	} else if wish.Title == "" {
		if err := h.endDispositions(was, casework.Left{}); err != nil {
			return err
		}
	}
	h.enroll(ledger.Operator{ID: was.ID, Rev: was.Rev + 1, Name: name, Agency: wish.Agency, Role: wish.Role, Title: wish.Title, Met: was.Met, Approved: by, Since: h.ev.At}, was.Rev)
	return nil
}

// placeOf reads an office with the place in it that somebody asks for, in either order; rest is what else was said.
func (h *handling) placeOf(said string) (agency, title, rest string, err error) {
	if agency, title, ok := h.titleFirst(said); ok {
		return agency, title, said[strings.LastIndex(strings.TrimSpace(said), " ")+1:], nil
	}
	agency, rest, err = h.oneOffice(said)
	if title = readTitle(rest); title != "" {
		rest = rest[strings.LastIndex(strings.TrimSpace(rest), " ")+1:]
	}
	return agency, title, rest, err
}

// toMeet tells who is to get dispositions to open the chat first: a network may forbid the bot to begin.
func toMeet(was ledger.Operator, wish ledger.Wish, who string) string {
	if wish.Title == "" || !was.Met.IsZero() {
		return ""
	}
	if wish.Role == report.Leader {
		return fmt.Sprintf("\nSatu langkah lagi: buka chat pribadi dengan bot ini dan tulis halo. Baru sesudah itu kabar keterlambatan dapat dikirim ke %s.", who)
	}
	return fmt.Sprintf(meetingText, who)
}

func (h *handling) joinName(agency string) string {
	if agency == "" {
		return "koordinator"
	}
	return strings.ToLower(agency)
}

// enroll writes a person down. What the same event has written of the person before is the state in between, which nobody sees.
func (h *handling) enroll(op ledger.Operator, was int) {
	for i, c := range h.batch.Changes {
		if e, ok := c.(ledger.Enrolled); ok && e.Operator.ID == op.ID {
			h.batch.Changes[i] = ledger.Enrolled{Operator: op, Was: e.Was}
			return
		}
	}
	h.batch.Changes = append(h.batch.Changes, ledger.Enrolled{Operator: op, Was: was})
}

// request asks the coordinators' room. One request of a person waits at a time.
func (h *handling) request(op ledger.Operator) error {
	wish, _ := op.Asks()
	emptied, err := h.emptied(op, wish)
	if err != nil {
		return err
	}
	menu := joinMenu(op.Rev, op.ID, wish.Role == report.Coordinator)
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{
		Key: string(h.ev.ID) + "/join", To: h.office.Desk, Desk: true, Purpose: ledger.ToDesk, Intent: requestIntent(op),
		Fold: joinIntent + op.ID, Message: bot.Message{Text: h.office.Request(op) + emptied, Menu: &menu},
	})
	return nil
}

// emptied tells what becomes of the reports of an office that its last officer wants to leave for another right; "" where nothing does.
func (h *handling) emptied(op ledger.Operator, wish ledger.Wish) (string, error) {
	if !op.In() || op.Agency == wish.Agency && op.Role == wish.Role {
		return "", nil
	}
	left, err := h.leaves(op)
	if n := len(left.Open) + left.More; n > 0 && err == nil {
		return fmt.Sprintf("\n⚠️ %s lalu tanpa petugas: %s laporannya yang terbuka pindah ke koordinator, dan warganya dikabari.", upperFirst(h.office.OfficeName(op.Agency)), casework.Many(n)), nil
	}
	return "", err
}

// admit grants a person what the request showed, or not. A request that has changed since is shown anew, and nothing is stored.
func (h *handling) admit(c Command, by report.Actor) error {
	if c.Arg == "" { // of one request alone nobody has to say which
		_, asking, err := h.people()
		if err != nil {
			return err
		}
		if len(asking) == 1 {
			if c.Verb != Refuse { // what it asks for now may not be what was read: it is shown, and accepted there
				if err := h.request(asking[0]); err != nil {
					return err
				}
				h.say(fmt.Sprintf("Tekan Terima di bawah permintaan %s, atau balas permintaan itu dengan /terima.", asking[0].Name))
				return nil
			}
			c.Arg, c.Rev, c.Exact = asking[0].ID, asking[0].Rev, true
		}
	}
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
	wish, asks := op.Asks()
	switch {
	case asks && c.Rev != op.Rev:
		if err := h.request(op); err != nil {
			return err
		}
		h.say(fmt.Sprintf(changedAskText, op.Name))
		return nil
	case !asks && op.In():
		return h.no(casework.Already, "%s sudah diterima sebagai %s.", op.Name, h.office.RoleName(op.Right()))
	case !asks:
		return h.no(casework.Already, "Permintaan ini sudah ditutup.")
	case c.Verb == Refuse:
		return h.turnDown(op, by)
	}
	if op.ID == by.ID { // who runs the group lets himself or herself in; nobody else does
		if runs, err := h.admin(); err != nil || !runs {
			return cmp.Or(err, h.no(casework.NoRight, "Permintaan Anda sendiri diterima oleh koordinator lain."))
		}
	}
	if err := h.grant(op, wish, by.ID, op.Name); err != nil {
		return err
	}
	role := h.office.RoleName(wish)
	if wish.Role == report.Leader {
		h.say(fmt.Sprintf("%s diterima sebagai %s.", op.Name, role) + toMeet(op, wish, op.Name))
		return nil
	}
	if err := h.sayWaiting(fmt.Sprintf("%s diterima sebagai %s.", op.Name, role)+toMeet(op, wish, op.Name), wish.Agency); err != nil {
		return err
	}
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{
		Key: string(h.ev.ID) + "/welcome", To: h.office.Desk, Desk: true, Room: wish.Agency, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: fmt.Sprintf("👋 %s sekarang %s.\n\n%s", bot.Bold(op.Name), role, h.verbs.help(wish.Role, wish.Title != ""))},
	})
	return nil
}

// turnDown closes a request. Who asked for another right keeps the one he or she has.
func (h *handling) turnDown(op ledger.Operator, by report.Actor) error {
	was := op.Rev
	op.Rev++
	if op.In() {
		op.Wish = nil
	} else {
		op.Ended, op.EndedBy = h.ev.At, by.ID
	}
	h.enroll(op, was)
	h.say(fmt.Sprintf("Permintaan %s tidak diterima.", op.Name))
	return nil
}
