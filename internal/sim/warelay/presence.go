package warelay

import (
	"slices"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// presence handles a device that shows itself, hides itself or wants to see
// another.
func (r *Relay) presence(c *conn, n waBinary.Node) {
	a := c.dev.acct
	if name := text(n, "name"); name != "" {
		a.pushName = name
	}
	switch text(n, "type") {
	case "available", "":
		r.setAvailable(c.dev, true)
	case "unavailable":
		r.setAvailable(c.dev, false)
	case "subscribe":
		if other := r.find(jid(n, "to")); other != nil {
			other.online[a] = jid(n, "to").Server
			r.tellPresence(other, a)
		}
	}
}

// setAvailable changes whether a device shows itself, and tells those who
// watch. The caller holds mu.
func (r *Relay) setAvailable(d *device, yes bool) {
	a := d.acct
	before := a.visible()
	d.available = yes
	if a.visible() == before {
		return
	}
	for w := range a.online {
		r.tellPresence(a, w)
	}
}

// visible says whether any device of the account shows itself.
func (a *Account) visible() bool {
	return slices.ContainsFunc(a.devices, func(d *device) bool { return d.available })
}

// tellPresence says how one account is to the devices of another that are
// there; presence is never kept for later.
func (r *Relay) tellPresence(a, watcher *Account) {
	attrs := waBinary.Attrs{"from": a.in(a.online[watcher], 0)}
	if !a.visible() {
		attrs["type"] = "unavailable"
		attrs["last"] = r.unix()
	}
	for _, d := range watcher.devices {
		if d.active && d.conn != nil {
			d.conn.send(node("presence", attrs))
		}
	}
}

// chatState relays typing and recording to the devices that show themselves,
// as the real network does; it is never kept for later.
func (r *Relay) chatState(c *conn, n waBinary.Node) {
	to := jid(n, "to")
	attrs := waBinary.Attrs{}
	var readers []*Account
	if to.Server == types.GroupServer {
		g := r.groups[to.User]
		if g == nil || g.member(c.dev.acct) == nil {
			return
		}
		attrs["from"] = to
		r.signMember(attrs, g, c.dev.acct, c.dev.id)
		for _, m := range g.members {
			readers = append(readers, m.acct)
		}
	} else if other := r.find(to); other != nil {
		r.signSender(attrs, c.dev, to.Server)
		readers = append(readers, other)
	}
	for _, a := range readers {
		for _, d := range a.devices {
			if a != c.dev.acct && d.available && d.active && d.conn != nil {
				d.conn.send(waBinary.Node{Tag: "chatstate", Attrs: attrs, Content: n.Content})
			}
		}
	}
}
