package whatsapp

import (
	"context"
	"fmt"
	"strings"

	"rabeg/bot"
)

var _ bot.Forgetful = (*Channel)(nil)

// Forget implements bot.Forgetful: the person's forms, when he or she was heard, what could not be read, and of the library's own what
// it knows of the person. That an address was somebody's stays, as a hash: else the number's next owner would get it. Polls are kept
// by what they offer and by a message's id, sharper copies by a hash: they name nobody and go by their age. What waits in the inbox is
// not handled yet and stays.
//
// The library agrees on its keys anew when the person is next written to or writes; it keeps what it knows of addresses in memory
// until it is started again.
func (c *Channel) Forget(ctx context.Context, chat bot.Address) error {
	forms, err := c.people.forms(ctx, chat.ID)
	if err != nil {
		return err
	}
	users := make([]string, 0, 2*len(forms)) // as the library's keys name them
	for _, f := range forms {
		user, server, _ := strings.Cut(f, "@")
		if server == "lid" {
			user += "_1"
		}
		users = append(users, user)
	}
	for _, step := range []struct {
		sql  string
		what any
	}{
		{`DELETE FROM heard WHERE id = ANY ($1)`, append(forms, chat.ID)}, // the address is the person's, whoever has the number
		{`DELETE FROM unread WHERE chat = ANY ($1)`, append(forms, chat.ID)},
		{`DELETE FROM moved WHERE was = ANY ($1) OR now = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_contacts WHERE their_jid = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_chat_settings WHERE chat_jid = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_message_secrets WHERE chat_jid = ANY ($1) OR sender_jid = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_privacy_tokens WHERE their_jid = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_retry_buffer WHERE chat_jid = ANY ($1)`, forms},
		{`DELETE FROM whatsmeow_sessions WHERE split_part(their_id, ':', 1) = ANY ($1)`, users},
		{`DELETE FROM whatsmeow_identity_keys WHERE split_part(their_id, ':', 1) = ANY ($1)`, users},
		{`DELETE FROM whatsmeow_lid_map WHERE lid || '@lid' = ANY ($1) OR pn || '@s.whatsapp.net' = ANY ($1)`, forms},
		{`DELETE FROM person WHERE id = $1`, chat.ID},
	} {
		if _, err := c.opt.DB.ExecContext(ctx, step.sql, step.what); err != nil {
			return fmt.Errorf("forget a person: %w", err)
		}
	}
	c.people.forget(forms)
	return nil
}

// forms are all addresses that a person was seen under, the one of the chat among them, and those that the library takes for the same.
func (p *people) forms(ctx context.Context, id string) ([]string, error) {
	// A number that has a new owner by now is not this person's any more, nor is a LID that somebody else was seen under.
	const find = `
WITH own AS (
    SELECT jid FROM person WHERE id = $1 UNION SELECT $1 WHERE NOT EXISTS (SELECT FROM person WHERE jid = $1 AND id <> $1)
)
SELECT jid FROM own
UNION SELECT pn || '@s.whatsapp.net' FROM whatsmeow_lid_map m JOIN own ON own.jid = lid || '@lid'
WHERE NOT EXISTS (SELECT FROM person WHERE jid = m.pn || '@s.whatsapp.net' AND id <> $1)
UNION SELECT lid || '@lid' FROM whatsmeow_lid_map m JOIN own ON own.jid = pn || '@s.whatsapp.net'
WHERE NOT EXISTS (SELECT FROM person WHERE jid = m.lid || '@lid' AND id <> $1)`
	rows, err := p.db.QueryContext(ctx, find, id)
	if err != nil {
		return nil, fmt.Errorf("find a person's addresses: %w", err)
	}
	defer func() { _ = rows.Close() }() // its error is rows.Err's
	var all []string
	for rows.Next() {
		var f string
		if err := rows.Scan(&f); err != nil {
			return nil, fmt.Errorf("find a person's addresses: %w", err)
		}
		all = append(all, f)
	}
	return all, rows.Err()
}
