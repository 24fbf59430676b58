package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
		lid, phone := forms(p)
		if lid == form(now) || phone == form(now) {
			return true, nil
		}
		if found, ok := c.people.recall(lid, phone); ok && found == personID {
			return true, nil
		}
	}
	return false, nil
}

// errUnseen says that a list of members cannot tell whether somebody is among them.
var errUnseen = errors.New("the group's list does not tell whether this person is in it")

// Here reports whether the person is in the group. That nobody of the list is the person counts only of a whole list which names everybody
// in the form by which people are told apart: the LID, or the number for who was never seen under one. Failures are *bot.SendError.
func (c *Channel) Here(ctx context.Context, group bot.Address, personID string) (bool, error) {
	info, err := c.groupInfo(ctx, group)
	if err != nil {
		return false, err
	}
	cli := c.client()
	if cli == nil {
		return false, retry(ErrNotLinked, shortWait)
	}
	seen, err := c.people.forms(ctx, personID)
	if err != nil {
		return false, retry(scrub(err), 0)
	}
	me := own{lid: form(cli.Store.GetLID()), phone: form(cli.Store.GetJID())}
	byLID := slices.ContainsFunc(seen, func(f string) bool { return strings.HasSuffix(f, "@"+types.HiddenUserServer) })
	listed, told := false, !info.IsIncognito && (info.ParticipantCount == 0 || info.ParticipantCount == len(info.Participants))
	for _, p := range info.Participants {
		lid, phone := forms(p)
		if slices.Contains(seen, lid) || slices.Contains(seen, phone) {
			return true, nil
		}
		if me.is(lid) || me.is(phone) {
			listed = true
			continue
		}
		if byLID && lid == "" || !byLID && phone == "" {
			told = false
		}
	}
	if !listed || !told { // a list without the account itself is not that of the group as it is
		return false, giveUp(errUnseen)
	}
	return false, nil
}

// forms are the forms in which a group names a member.
func forms(p types.GroupParticipant) (lid, phone string) {
	lid, phone = pair(p.JID, p.LID)
	if phone == "" && !p.PhoneNumber.IsEmpty() {
		_, phone = pair(p.PhoneNumber, types.EmptyJID)
	}
	return lid, phone
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
