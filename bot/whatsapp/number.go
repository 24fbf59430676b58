package whatsapp

import (
	"context"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow/types"

	"rabeg/bot"
)

var _ bot.Numbers = (*Channel)(nil)

// Number implements bot.Numbers: the number that the library keeps beside the LID, which is today's, else those under which
// the person was seen.
func (c *Channel) Number(ctx context.Context, chat bot.Address) (string, error) {
	at, err := parseAddress(chat)
	if err != nil || at.Server == types.GroupServer {
		return "", err
	}
	lid, err := c.people.reach(ctx, chat.ID)
	if err != nil {
		return "", err
	}
	if jid := c.phoneOf(ctx, lid); jid != "" {
		return dialled(jid), nil
	}
	seen, err := c.people.phones(ctx, chat.ID)
	if err != nil {
		return "", err
	}
	for i, jid := range seen {
		seen[i] = dialled(jid)
	}
	return strings.Join(seen, " / "), nil
}

func dialled(jid string) string {
	user, _, _ := strings.Cut(jid, "@")
	return "+" + user
}

// phoneOf is what the library knows of a LID; "" for nothing.
func (c *Channel) phoneOf(ctx context.Context, lid types.JID) string {
	c.mu.Lock()
	s := c.session
	c.mu.Unlock()
	if lid.Server != types.HiddenUserServer || s == nil || s.cli == nil || s.cli.Store == nil || s.cli.Store.LIDs == nil {
		return ""
	}
	pn, err := s.cli.Store.LIDs.GetPNForLID(ctx, lid)
	if err != nil || pn.Server != types.DefaultUserServer {
		return ""
	}
	return form(pn)
}

// phones are the numbers under which the person of an address is known, two at most.
func (p *people) phones(ctx context.Context, id string) ([]string, error) {
	const find = `SELECT jid FROM person WHERE id = $1 AND jid LIKE '%@' || $2 ORDER BY jid LIMIT 2`
	rows, err := p.db.QueryContext(ctx, find, id, types.DefaultUserServer)
	if err != nil {
		return nil, fmt.Errorf("find a person's number: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var jid string
		if err := rows.Scan(&jid); err != nil {
			return nil, fmt.Errorf("find a person's number: %w", err)
		}
		out = append(out, jid)
	}
	return out, rows.Err()
}
