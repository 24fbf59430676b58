package warelay

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// groupIQ answers the w:g2 namespace. What concerns no single group is
// addressed to g.us itself.
func (r *Relay) groupIQ(c *conn, n waBinary.Node) {
	children := n.GetChildren()
	if len(children) == 0 {
		c.send(failed(n, 400, "bad-request"))
		return
	}
	do := children[0]
	if to := jid(n, "to"); to.User != "" {
		g := r.groups[to.User]
		if g == nil {
			c.send(failed(n, 404, "item-not-found"))
			return
		}
		r.oneGroup(c, n, g, do)
		return
	}
	switch do.Tag {
	case "create":
		g := r.newGroup(text(do, "subject"), c.dev.acct)
		for _, p := range do.GetChildrenByTag("participant") {
			if a := r.find(jid(p, "jid")); a != nil {
				g.join(a)
			}
		}
		c.send(result(n, g.node()))
		r.announceGroup(g, c.dev.acct)
	case "participating":
		c.send(result(n, node("groups", nil, r.groupsOf(c.dev.acct)...)))
	case "leave":
		r.leaveGroups(c, n, do)
	case "invite":
		r.byInvite(c, n, do)
	default:
		c.send(failed(n, 501, "feature-not-implemented"))
	}
}

func (r *Relay) groupsOf(a *Account) []waBinary.Node {
	var out []waBinary.Node
	for _, g := range r.groups {
		if g.member(a) != nil {
			out = append(out, g.node())
		}
	}
	return out
}

func (r *Relay) leaveGroups(c *conn, n, do waBinary.Node) {
	for _, child := range do.GetChildrenByTag("group") {
		id := jid(child, "id").User
		if id == "" {
			id = text(child, "id")
		}
		if g := r.groups[id]; g != nil {
			r.changeMember(g, c.dev.acct, c.dev.acct, "remove")
		}
	}
	c.send(result(n))
}

// byInvite shows a group to somebody with its link, or lets them join.
func (r *Relay) byInvite(c *conn, n, do waBinary.Node) {
	g := r.invites[text(do, "code")]
	if g == nil {
		c.send(failed(n, 406, "not-acceptable"))
		return
	}
	if text(n, "type") == "get" {
		c.send(result(n, g.node()))
		return
	}
	c.send(result(n, node("group", waBinary.Attrs{"jid": g.jid()})))
	r.addMember(g, c.dev.acct, c.dev.acct)
}

// oneGroup answers a query about, or a change of, one group by a member.
func (r *Relay) oneGroup(c *conn, n waBinary.Node, g *Group, do waBinary.Node) {
	a := c.dev.acct
	me := g.member(a)
	if me == nil {
		c.send(failed(n, 403, "forbidden"))
		return
	}
	if text(n, "type") == "get" {
		switch do.Tag {
		case "query":
			c.send(result(n, g.node()))
		case "invite":
			c.send(result(n, node("invite", waBinary.Attrs{"code": g.invite})))
		default:
			c.send(result(n))
		}
		return
	}
	if !me.admin && (do.Tag != "subject" && do.Tag != "description" || g.locked) {
		c.send(failed(n, 403, "forbidden"))
		return
	}
	r.changeGroup(c, n, g, do)
}

func (r *Relay) changeGroup(c *conn, n waBinary.Node, g *Group, do waBinary.Node) {
	a := c.dev.acct
	switch do.Tag {
	case "add", "remove", "promote", "demote":
		c.send(result(n, r.changeMembers(g, a, do)))
		return
	case "invite":
		delete(r.invites, g.invite)
		g.invite = "Relay" + r.nextID()
		r.invites[g.invite] = g
		c.send(result(n, node("invite", waBinary.Attrs{"code": g.invite})))
		return
	}
	c.send(result(n))
	switch do.Tag {
	case "subject":
		r.rename(g, a, string(content(do)))
	case "description":
		g.topic = string(bytesIn(do, "body"))
	case "announcement", "not_announcement":
		r.setAnnounce(g, a, do.Tag == "announcement")
	case "locked", "unlocked":
		g.locked = do.Tag == "locked"
		r.tell(g, a, node(do.Tag, nil))
	}
}

// changeMembers does what an admin asks and answers member by member.
func (r *Relay) changeMembers(g *Group, by *Account, do waBinary.Node) waBinary.Node {
	var out []waBinary.Node
	for _, p := range do.GetChildrenByTag("participant") {
		who := jid(p, "jid")
		other := r.find(who)
		switch {
		case other == nil:
			out = append(out, node("participant", waBinary.Attrs{"jid": who, "error": "404"}))
			continue
		case do.Tag == "add":
			r.addMember(g, by, other)
		default:
			r.changeMember(g, by, other, do.Tag)
		}
		out = append(out, g.participant(other, g.member(other)))
	}
	return node(do.Tag, nil, out...)
}

// parseChat reads a chat as people and tests write it: a JID, or a phone
// number in digits.
func parseChat(to string) (types.JID, error) {
	if to != "" && to == digits(to) {
		return types.NewJID(to, types.DefaultUserServer), nil
	}
	return types.ParseJID(to)
}
