package warelay

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Errors of a message's ack.
const (
	ackForbidden = 403 // not a member, or only admins may write
	ackNotFound  = 404 // no such account or group
	ackReachOut  = 463 // the receiver has to write first, see limits.go
)

// message relays a client's message and acknowledges it. SendMessage of the
// client waits for the ack.
func (r *Relay) message(c *conn, n waBinary.Node) {
	to := jid(n, "to")
	var code int
	var hash string
	switch {
	case text(n, "category") == "peer":
		r.peerMessage(c.dev, n)
	case to.Server == types.GroupServer:
		code, hash = r.groupMessage(c.dev, n, to)
	case to.Server == types.DefaultUserServer || to.Server == types.HiddenUserServer:
		code, hash = r.directMessage(c.dev, n, to)
	}
	ack := waBinary.Attrs{"class": "message", "id": text(n, "id"), "from": n.Attrs["to"], "t": r.unix()}
	if code != 0 {
		ack["error"] = itoa(code)
	}
	if hash != "" {
		ack["phash"] = hash
	}
	c.send(node("ack", ack))
}

// peerMessage goes from a device to its own phone.
func (r *Relay) peerMessage(from *device, n waBinary.Node) {
	phone := from.acct.device(0)
	if phone == nil || phone == from {
		return
	}
	attrs := r.envelope(from, n)
	attrs["from"], attrs["category"] = from.lid(), "peer"
	r.deliver(phone, waBinary.Node{Tag: "message", Attrs: attrs, Content: n.GetChildren()})
}

// envelope has the attributes every relayed message carries.
func (r *Relay) envelope(from *device, n waBinary.Node) waBinary.Attrs {
	attrs := waBinary.Attrs{"id": text(n, "id"), "type": text(n, "type"), "t": r.unix(), "notify": from.acct.pushName}
	if edit := text(n, "edit"); edit != "" {
		attrs["edit"] = edit
	}
	return attrs
}

// parcel is what one device gets of a message: its own ciphertext first, then
// what is the same for all.
func parcel(n waBinary.Node, encs ...waBinary.Node) []waBinary.Node {
	out := slices.Clone(encs)
	for _, child := range n.GetChildren() {
		switch child.Tag {
		case "device-identity":
			if slices.ContainsFunc(encs, func(e waBinary.Node) bool { return text(e, "type") == "pkmsg" }) {
				out = append(out, child)
			}
		case "meta", "biz":
			out = append(out, child)
		}
	}
	return out
}

// encsOf reads what a message holds for each device.
func (r *Relay) encsOf(n waBinary.Node) map[*device]waBinary.Node {
	out := map[*device]waBinary.Node{}
	participants := n.GetChildByTag("participants")
	for _, to := range participants.GetChildrenByTag("to") {
		if d := r.at(jid(to, "jid")); d != nil {
			if enc, ok := to.GetOptionalChildByTag("enc"); ok {
				out[d] = enc
			}
		}
	}
	return out
}

// directMessage relays a message to a person, to the sender's other devices,
// or, when a device has asked for it again, to exactly that device.
func (r *Relay) directMessage(from *device, n waBinary.Node, to types.JID) (code int, hash string) {
	target := r.find(to)
	if target == nil {
		return ackNotFound, ""
	}
	if !has(n, "participants") {
		r.retried(from, n, to)
		return 0, ""
	}
	if r.tooCold(from, target, n) {
		return ackReachOut, ""
	}
	r.sent.put(from.acct, text(n, "id"), to.Server)
	encs := r.encsOf(n)
	readers := slices.Clone(target.devices)
	if target != from.acct {
		readers = append(readers, from.acct.devices...)
	}
	complete := true
	for _, d := range readers {
		if d == from {
			continue
		}
		enc, ok := encs[d]
		if !ok {
			complete = false
			continue
		}
		r.deliver(d, r.directStanza(from, d, target, to.Server, n, enc))
	}
	if !complete {
		hash = participantHash(to.Server, target, from.acct)
	}
	return 0, hash
}

// retried hands a message that a device could not decrypt to that device.
func (r *Relay) retried(from *device, n waBinary.Node, to types.JID) {
	d := r.at(to)
	enc, ok := n.GetOptionalChildByTag("enc")
	if d == nil || !ok {
		return
	}
	target := d.acct
	if chat := jid(n, "recipient"); d.acct == from.acct && !chat.IsEmpty() {
		if other := r.find(chat); other != nil {
			target = other
		}
	}
	r.deliver(d, r.directStanza(from, d, target, to.Server, n, enc))
}

// directStanza addresses a direct message to one device, in the family its
// sender used or is shown by.
func (r *Relay) directStanza(from, d *device, target *Account, family string, n, enc waBinary.Node) waBinary.Node {
	attrs := r.envelope(from, n)
	a := from.acct
	if d.acct == a {
		attrs["from"] = a.in(family, from.id)
		attrs["recipient"] = target.in(family, 0)
		if family == types.DefaultUserServer {
			attrs["peer_recipient_lid"] = target.lidJID(0)
		} else if !target.hide {
			attrs["peer_recipient_pn"] = target.phoneJID(0)
		}
	} else {
		r.signSender(attrs, from, family)
	}
	return waBinary.Node{Tag: "message", Attrs: attrs, Content: parcel(n, enc)}
}

// signSender names the sender of a direct stanza for another account.
func (r *Relay) signSender(attrs waBinary.Attrs, from *device, family string) {
	a := from.acct
	byPhone := !a.hide && (family == types.DefaultUserServer || a.address != ByLID)
	if !byPhone {
		attrs["from"] = a.lidJID(from.id)
		if !a.hide {
			attrs["sender_pn"] = a.phoneJID(0)
		}
		return
	}
	attrs["from"] = a.phoneJID(from.id)
	if a.address != ByPhoneOnly {
		attrs["sender_lid"] = a.lidJID(0)
	}
}

// groupMessage relays a message to every device of every member: what was
// encrypted for that device, if anything, and what was encrypted with the
// sender key.
func (r *Relay) groupMessage(from *device, n waBinary.Node, to types.JID) (code int, hash string) {
	g := r.groups[to.User]
	if g == nil {
		return ackNotFound, ""
	}
	me := g.member(from.acct)
	if me == nil || g.announce && !me.admin {
		return ackForbidden, ""
	}
	if again := jid(n, "participant"); !again.IsEmpty() {
		if enc, ok := n.GetOptionalChildByTag("enc"); ok {
			if d := r.at(again); d != nil {
				r.deliver(d, r.groupStanza(g, from, n, parcel(n, enc)))
			}
		}
		return 0, ""
	}
	encs := r.encsOf(n)
	shared := n.GetChildrenByTag("enc")
	var all []*Account
	for _, m := range g.members {
		all = append(all, m.acct)
		for _, d := range m.acct.devices {
			if d == from {
				continue
			}
			parts := slices.Clone(shared)
			if enc, ok := encs[d]; ok {
				parts = append([]waBinary.Node{enc}, shared...)
			}
			r.deliver(d, r.groupStanza(g, from, n, parcel(n, parts...)))
		}
	}
	if real := participantHash(g.family(), all...); text(n, "phash") != "" && text(n, "phash") != real {
		hash = real
	}
	return 0, hash
}

// groupStanza addresses a group message in the group's address family.
func (r *Relay) groupStanza(g *Group, from *device, n waBinary.Node, children []waBinary.Node) waBinary.Node {
	attrs := r.envelope(from, n)
	attrs["from"] = g.jid()
	r.signMember(attrs, g, from.acct, from.id)
	return waBinary.Node{Tag: "message", Attrs: attrs, Content: children}
}

// signMember names a member of a group in a stanza.
func (r *Relay) signMember(attrs waBinary.Attrs, g *Group, a *Account, dev uint16) {
	attrs["participant"] = a.in(g.family(), dev)
	attrs["addressing_mode"] = g.mode()
	if g.byPhone {
		attrs["participant_lid"] = a.lidJID(0)
	} else if !a.hide {
		attrs["participant_pn"] = a.phoneJID(0)
	}
}

// participantHash is the version-2 hash of a device list, by which server and
// client notice that their lists differ.
func participantHash(family string, accounts ...*Account) string {
	var all []string
	for _, a := range accounts {
		for _, d := range a.devices {
			all = append(all, a.in(family, d.id).ADString())
		}
	}
	slices.Sort(all)
	sum := sha256.Sum256([]byte(strings.Join(all, "")))
	return "2:" + base64.RawStdEncoding.EncodeToString(sum[:6])
}

// sentLog remembers in which address family recent direct messages were sent:
// their receipts come back in the same.
type sentLog struct {
	family map[string]string
	order  []string
}

// sentLimit bounds the log; older messages count as sent by LID.
const sentLimit = 50_000

func (s *sentLog) put(a *Account, id, family string) {
	if s.family == nil {
		s.family = map[string]string{}
	}
	if len(s.order) >= sentLimit {
		for _, old := range s.order[:sentLimit/2] {
			delete(s.family, old)
		}
		s.order = slices.Clone(s.order[sentLimit/2:])
	}
	key := a.lid + "|" + id
	s.family[key] = family
	s.order = append(s.order, key)
}

func (s *sentLog) get(a *Account, id string) string {
	if family, ok := s.family[a.lid+"|"+id]; ok {
		return family
	}
	return types.HiddenUserServer
}
