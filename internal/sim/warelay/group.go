package warelay

import (
	"errors"
	"fmt"
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Group is a WhatsApp group. Its fields are guarded by Relay.mu.
type Group struct {
	r        *Relay
	id       string
	subject  string
	byPhone  bool // members are named by phone number, not by LID
	announce bool // only admins may write
	locked   bool // only admins may change what the group is called
	creator  *Account
	created  string
	invite   string
	topic    string
	members  []*member
}

type member struct {
	acct  *Account
	admin bool
	super bool
}

// errNotMember is what changes of people outside the group give.
var errNotMember = errors.New("not a member of the group")

// Group makes a group with a subject; the first member is its creator and
// superadmin. Members that are online are told. New groups name their members
// by LID, as WhatsApp does now; see [Group.SetByPhone].
func (r *Relay) Group(subject string, members ...*Account) (*Group, error) {
	if len(members) == 0 {
		return nil, errors.New("a group needs a creator")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	g := r.newGroup(subject, members[0])
	for _, a := range members[1:] {
		g.join(a)
	}
	r.announceGroup(g, g.creator)
	return g, nil
}

func (r *Relay) newGroup(subject string, creator *Account) *Group {
	r.serial++
	g := &Group{
		r: r, id: fmt.Sprintf("1203634%011d", r.serial), subject: subject, creator: creator,
		created: r.unix(), invite: fmt.Sprintf("Relay%016d", r.serial),
		members: []*member{{acct: creator, admin: true, super: true}},
	}
	r.groups[g.id] = g
	r.invites[g.invite] = g
	return g
}

// ID is the group's address, as 1203…@g.us.
func (g *Group) ID() string { return g.jid().String() }

// InviteLink is the link by which a client joins.
func (g *Group) InviteLink() string {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	return "https://chat.whatsapp.com/" + g.invite
}

// Subject is what the group is called.
func (g *Group) Subject() string {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	return g.subject
}

// Members lists the phone numbers of the members; admins says who of them are.
func (g *Group) Members() (phones []string, admins map[string]bool) {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	admins = map[string]bool{}
	for _, m := range g.members {
		phones = append(phones, m.acct.phone)
		if m.admin {
			admins[m.acct.phone] = true
		}
	}
	return phones, admins
}

// Add puts accounts into the group; the creator is said to have done it.
func (g *Group) Add(accounts ...*Account) {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	for _, a := range accounts {
		g.r.addMember(g, g.creator, a)
	}
}

// Remove takes accounts out of the group.
func (g *Group) Remove(accounts ...*Account) error {
	return g.each("remove", accounts)
}

// Promote makes members admins.
func (g *Group) Promote(accounts ...*Account) error {
	return g.each("promote", accounts)
}

// Demote makes admins members.
func (g *Group) Demote(accounts ...*Account) error {
	return g.each("demote", accounts)
}

func (g *Group) each(change string, accounts []*Account) error {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	for _, a := range accounts {
		if !g.r.changeMember(g, g.creator, a, change) {
			return fmt.Errorf("%s: %w", change, errNotMember)
		}
	}
	return nil
}

// SetSubject renames the group.
func (g *Group) SetSubject(subject string) {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	g.r.rename(g, g.creator, subject)
}

// SetAnnounce lets only admins write, or everybody.
func (g *Group) SetAnnounce(on bool) {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	g.r.setAnnounce(g, g.creator, on)
}

// SetByPhone changes the address family in which the group names its members.
// Clients are not told; they notice by the participant hash in the ack of
// their next message, and by the next stanza they get.
func (g *Group) SetByPhone(byPhone bool) {
	g.r.mu.Lock()
	defer g.r.mu.Unlock()
	g.byPhone = byPhone
}

func (g *Group) jid() types.JID { return types.NewJID(g.id, types.GroupServer) }

// family is the server part of the members' addresses.
func (g *Group) family() string {
	if g.byPhone {
		return types.DefaultUserServer
	}
	return types.HiddenUserServer
}

// mode is the family as the addressing_mode attribute has it.
func (g *Group) mode() string {
	if g.byPhone {
		return string(types.AddressingModePN)
	}
	return string(types.AddressingModeLID)
}

func (g *Group) member(a *Account) *member {
	for _, m := range g.members {
		if m.acct == a {
			return m
		}
	}
	return nil
}

func (g *Group) join(a *Account) bool {
	if g.member(a) != nil {
		return false
	}
	g.members = append(g.members, &member{acct: a})
	return true
}

// node is the group as queries and notifications show it.
func (g *Group) node() waBinary.Node {
	children := []waBinary.Node{}
	for _, m := range g.members {
		children = append(children, g.participant(m.acct, m))
	}
	if g.announce {
		children = append(children, node("announcement", nil))
	}
	if g.locked {
		children = append(children, node("locked", nil))
	}
	if g.topic != "" {
		children = append(children, node("description", waBinary.Attrs{
			"id": "topic", "participant": g.creator.in(g.family(), 0), "t": g.created,
		}, leaf("body", nil, []byte(g.topic))))
	}
	children = append(children, leaf("member_add_mode", nil, []byte("all_member_add")))
	return node("group", waBinary.Attrs{
		"id": g.id, "subject": g.subject, "creation": g.created, "s_t": g.created,
		"creator": g.creator.in(g.family(), 0), "s_o": g.creator.in(g.family(), 0),
		"addressing_mode": g.mode(), "size": itoa(len(g.members)),
	}, children...)
}

// participant names a member with the address of the other family beside it.
func (g *Group) participant(a *Account, m *member) waBinary.Node {
	attrs := waBinary.Attrs{"jid": a.in(g.family(), 0)}
	if g.byPhone {
		attrs["lid"] = a.lidJID(0)
	} else if !a.hide {
		attrs["phone_number"] = a.phoneJID(0)
	}
	if m != nil && m.super {
		attrs["type"] = "superadmin"
	} else if m != nil && m.admin {
		attrs["type"] = "admin"
	}
	return node("participant", attrs)
}

// tell sends a change of the group to every member, and to further accounts
// that are no longer members.
func (r *Relay) tell(g *Group, by *Account, change waBinary.Node, also ...*Account) {
	attrs := waBinary.Attrs{
		"from": g.jid(), "type": "w:gp2", "id": r.nextID(), "t": r.unix(),
		"notify": by.pushName,
	}
	r.signMember(attrs, g, by, 0)
	n := node("notification", attrs, change)
	for _, m := range g.members {
		r.toAll(m.acct, n)
	}
	for _, a := range also {
		r.toAll(a, n)
	}
}

// announceGroup tells every member that the group exists.
func (r *Relay) announceGroup(g *Group, by *Account) {
	r.tell(g, by, node("create", waBinary.Attrs{"type": "new", "reason": "invite"}, g.node()))
}

func (r *Relay) addMember(g *Group, by, a *Account) {
	if !g.join(a) {
		return
	}
	r.tell(g, by, node("add", waBinary.Attrs{"reason": "invite"}, g.participant(a, nil)))
}

// changeMember removes, promotes or demotes; false when a is not a member.
func (r *Relay) changeMember(g *Group, by, a *Account, change string) bool {
	m := g.member(a)
	if m == nil {
		return false
	}
	var gone []*Account
	switch change {
	case "remove":
		g.members = slices.DeleteFunc(g.members, func(x *member) bool { return x == m })
		gone = append(gone, a)
	case "promote":
		m.admin = true
	case "demote":
		m.admin, m.super = false, false
	}
	r.tell(g, by, node(change, nil, g.participant(a, nil)), gone...)
	return true
}

func (r *Relay) rename(g *Group, by *Account, subject string) {
	g.subject = subject
	r.tell(g, by, node("subject", waBinary.Attrs{
		"subject": subject, "s_t": r.unix(), "s_o": by.in(g.family(), 0),
	}))
}

func (r *Relay) setAnnounce(g *Group, by *Account, on bool) {
	g.announce = on
	tag := "not_announcement"
	if on {
		tag = "announcement"
	}
	r.tell(g, by, node(tag, waBinary.Attrs{"v_id": r.nextID()}))
}

// FindGroup gives a group by its JID; nil when there is none.
func (r *Relay) FindGroup(id string) *Group {
	j, err := types.ParseJID(id)
	if err != nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.groups[j.User]
}
