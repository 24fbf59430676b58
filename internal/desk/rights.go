package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// actor is who the sender is to a report: an operator of its office, a coordinator (enrolled as one or running the
// group), or an operator of another office. Everybody else is refused, with what to do.
func (h *handling) actor(r report.Report) (report.Actor, error) {
	a, op, err := h.me()
	if err != nil {
		return a, err
	}
	if a.Role == report.Coordinator || a.Role == report.Operator && a.Home != "" && a.Home == r.Agency {
		return a, nil
	}
	admin, err := h.admin()
	if err != nil {
		return a, err
	}
	switch {
	case admin:
		a.Role, a.Home = report.Coordinator, ""
		return a, nil
	case a.Role != "":
		return a, nil
	case op.ID != "" && op.Approved == "" && op.Ended.IsZero():
		return a, h.no(casework.NoRight, pendingText)
	case op.ID != "" && op.Approved != "":
		return a, h.no(casework.NoRight, endedText)
	}
	return a, h.no(casework.NoRight, strangerText)
}

// me is the sender as enrolled; Role is "" for who is not, or not yet, or no longer.
func (h *handling) me() (report.Actor, ledger.Operator, error) {
	a, op, err := h.writer()
	if err != nil || op.ID == "" || h.ev.From.Chat && !h.elsewhere() {
		return a, ledger.Operator{}, err
	}
	in, err := h.stillIn(op)
	if in {
		a.Role, a.Home = op.Role, op.Agency
	}
	return a, op, err
}

// writer is who writes, as the desk knows him or her, without a right yet; the operator is zero for who is not known.
func (h *handling) writer() (report.Actor, ledger.Operator, error) {
	a := report.Actor{ID: h.person(), Name: bot.Clean(h.ev.From.Name), Chat: h.ev.Chat}
	op, err := h.Reader.Operator(h.ctx, a.ID)
	if errors.Is(err, ledger.ErrUnknown) {
		return a, ledger.Operator{}, nil
	}
	if err != nil {
		return a, op, fmt.Errorf("read the operator: %w", err)
	}
	return a, op, nil
}

// stillIn reports whether the sender's right holds now. Who was let in by running the group is in for as long as that lasts.
func (h *handling) stillIn(op ledger.Operator) (bool, error) {
	if !op.In() || op.Approved != op.ID {
		return op.In(), nil
	}
	return h.admin()
}

// member is the sender as somebody who may at least look: enrolled, or running the group.
func (h *handling) member() (report.Actor, error) {
	a, _, err := h.me()
	if err != nil || a.Role != "" {
		return a, err
	}
	return h.actor(report.Report{})
}

func (h *handling) person() string {
	if h.elsewhere() { // a group of leaders is one of them
		return h.ev.Chat.Chat().String()
	}
	return string(h.ev.Chat.Network) + ":" + h.ev.From.ID
}

// inNetwork is what the desk's network calls who is known under an id.
func (h *handling) inNetwork(id string) string {
	return strings.TrimPrefix(id, string(h.office.Desk.Network)+":")
}

// admin reports whether the sender runs the group.
func (h *handling) admin() (bool, error) { return h.runsGroup(h.ev.From.ID) }

// runsGroup asks the network. Where that cannot say just now, the event is handled again: what an officer wrote is not thrown away
// for a moment's failure of others. Who is not known there at all runs nothing.
func (h *handling) runsGroup(person string) (bool, error) {
	if h.Admin == nil || person == "" || h.ev.Chat.Network != h.office.Desk.Network {
		return false, nil
	}
	ok, err := h.Admin(h.ctx, h.office.Desk.Chat(), person)
	var refused *bot.SendError
	switch {
	case err == nil:
		return ok, nil
	case errors.As(err, &refused) && (refused.Remedy == bot.GiveUp || refused.Remedy == bot.Gone):
		return false, nil
	}
	return false, fmt.Errorf("ask who runs the group: %w", err)
}
