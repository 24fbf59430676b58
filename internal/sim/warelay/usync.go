package warelay

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// usyncIQ answers what a client wants to know about users: their devices,
// their LID, whether a number is on WhatsApp. Each user is answered in the
// address family it was asked in.
func (r *Relay) usyncIQ(c *conn, n waBinary.Node) waBinary.Node {
	sync := n.GetChildByTag("usync")
	ask := sync.GetChildByTag("query")
	list := sync.GetChildByTag("list")
	var users []waBinary.Node
	for _, u := range list.GetChildrenByTag("user") {
		users = append(users, r.userInfo(c.dev.acct, ask, u))
	}
	return result(n, node("usync", waBinary.Attrs{"sid": text(sync, "sid"), "index": "0", "last": "true"},
		node("result", nil), node("list", nil, users...)))
}

func (r *Relay) userInfo(asker *Account, ask, u waBinary.Node) waBinary.Node {
	who := jid(u, "jid")
	number, byNumber := u.GetOptionalChildByTag("contact")
	if who.IsEmpty() && byNumber {
		who = types.NewJID(digits(string(content(number))), types.DefaultUserServer)
	}
	a := r.find(who)
	attrs := waBinary.Attrs{"jid": who.ToNonAD()}
	var out []waBinary.Node
	for _, q := range ask.GetChildren() {
		switch q.Tag {
		case "devices":
			out = append(out, r.deviceList(asker, a))
		case "lid":
			if a != nil {
				out = append(out, node("lid", waBinary.Attrs{"val": a.lidJID(0)}))
			}
		case "contact":
			kind := "out"
			if a != nil {
				kind = "in"
				if text(q, "addressing_mode") == "lid" {
					attrs = waBinary.Attrs{"jid": a.lidJID(0), "pn_jid": a.phoneJID(0)}
				}
			}
			out = append(out, leaf("contact", waBinary.Attrs{"type": kind}, contactText(number, who)))
		case "status", "picture", "business", "disappearing_mode", "username", "bot", "sidelist":
			// Nothing known: left out, as for a user who has none.
		}
	}
	return node("user", attrs, out...)
}

// contactText repeats the number as it was asked.
func contactText(asked waBinary.Node, who types.JID) []byte {
	if raw := content(asked); len(raw) > 0 {
		return raw
	}
	return []byte("+" + who.User + "@" + types.LegacyUserServer)
}

// deviceList lists an account's devices and remembers who asked: that account
// is told when the list changes.
func (r *Relay) deviceList(asker, a *Account) waBinary.Node {
	var out []waBinary.Node
	if a != nil {
		a.watchers[asker] = true
		for _, d := range a.devices {
			attrs := waBinary.Attrs{"id": itoa(int(d.id))}
			if d.id > 0 {
				attrs["key-index"] = itoa(int(d.id))
			}
			out = append(out, node("device", attrs))
		}
	}
	return node("devices", nil, node("device-list", nil, out...))
}

// devicesChanged tells everyone who has asked for the account's devices that
// the list is no longer true. Clients keep it by the address they used, so it
// is said once for each address family. The caller holds mu.
func (r *Relay) devicesChanged(a *Account) {
	for w := range a.watchers {
		for _, d := range w.devices {
			r.deliver(d, r.devicesNotice(a.lidJID(0), nil))
			if !a.hide || w == a {
				r.deliver(d, r.devicesNotice(a.phoneJID(0), a.lidJID(0)))
			}
		}
	}
}

func (r *Relay) devicesNotice(from types.JID, lid any) waBinary.Node {
	attrs := waBinary.Attrs{"from": from, "type": "devices", "id": r.nextID(), "t": r.unix()}
	if lid != nil {
		attrs["lid"] = lid
	}
	return node("notification", attrs, node("update", waBinary.Attrs{"hash": "changed"}))
}
