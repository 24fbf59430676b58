package whatsapp

import (
	"context"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow/types"

	"rabeg/bot"
)

// Admin reports whether the person may administer the group. Failures are *bot.SendError.
func (c *Channel) Admin(ctx context.Context, group bot.Address, personID string) (bool, error) {
	info, err := c.groupInfo(ctx, group)
	if err != nil {
		return false, err
	}
	now, err := c.people.reach(ctx, personID)
	switch {
	case errors.Is(err, errAddress), errors.Is(err, errStranger):
		return false, nil // nobody of that name is in the group
	case err != nil:
		return false, retry(scrub(err), 0)
	}
	for _, p := range info.Participants {
		if !p.IsAdmin && !p.IsSuperAdmin {
			continue
		}
		lid, phone := pair(p.JID, p.LID)
		if phone == "" {
			phone = form(p.PhoneNumber)
		}
		if lid == form(now) || phone == form(now) {
			return true, nil
		}
		if found, ok := c.people.recall(lid, phone); ok && found == personID {
			return true, nil
		}
	}
	return false, nil
}

// Group is how the account stands in the operators' group.
type Group struct {
	Title    string
	Member   bool
	Admin    bool
	Silent   bool // only admins may write
	Members  int
	ByNumber bool // the group names its members by phone number
}

// Check asks how the account stands in a group. A group it is not in is no error: Member is then false.
func (c *Channel) Check(ctx context.Context, group bot.Address) (Group, error) {
	info, err := c.groupInfo(ctx, group)
	if se := bot.AsSendError(err); err != nil && se.Remedy == bot.Gone {
		return Group{}, nil
	}
	if err != nil {
		return Group{}, err
	}
	d := Group{
		Title: bot.Clean(info.Name), Silent: info.IsAnnounce, Members: len(info.Participants),
		ByNumber: info.AddressingMode == types.AddressingModePN,
	}
	cli := c.client()
	if cli == nil {
		return d, retry(ErrNotLinked, shortWait)
	}
	me := own{lid: form(cli.Store.GetLID()), phone: form(cli.Store.GetJID())}
	for _, p := range info.Participants {
		if me.is(form(p.JID)) || me.is(form(p.LID)) || me.is(form(p.PhoneNumber)) {
			d.Member, d.Admin = true, p.IsAdmin || p.IsSuperAdmin
		}
	}
	return d, nil
}

func (c *Channel) groupInfo(ctx context.Context, group bot.Address) (*types.GroupInfo, error) {
	jid, err := parseAddress(group)
	if err != nil || jid.Server != types.GroupServer {
		return nil, giveUp(fmt.Errorf("asking about a group: %w", errAddress))
	}
	cli, se := c.sendable(jid)
	if se != nil {
		return nil, se
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.SendTimeout)
	defer cancel()
	info, err := cli.GetGroupInfo(ctx, jid)
	if err != nil {
		return nil, c.sendError(err)
	}
	return info, nil
}
