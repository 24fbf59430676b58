package warelay

import (
	waBinary "go.mau.fi/whatsmeow/binary"
)

// result answers an iq.
func result(q waBinary.Node, children ...waBinary.Node) waBinary.Node {
	return node("iq", waBinary.Attrs{"type": "result", "id": text(q, "id"), "from": answers(q)}, children...)
}

// failed answers an iq with an error.
func failed(q waBinary.Node, code int, why string) waBinary.Node {
	return node("iq", waBinary.Attrs{"type": "error", "id": text(q, "id"), "from": answers(q)},
		node("error", waBinary.Attrs{"code": itoa(code), "text": why}))
}

// answers is who answers an iq: whom it was sent to, by default the server.
func answers(q waBinary.Node) any {
	if to := jid(q, "to"); !to.IsEmpty() {
		return to
	}
	return serverJID()
}

// query answers an iq of a client. Namespaces that nothing depends on get an
// empty result, which every client survives.
func (r *Relay) query(c *conn, n waBinary.Node) {
	kind := text(n, "type")
	if kind == "result" || kind == "error" {
		r.pairAnswer(c, n)
		return
	}
	if text(n, "xmlns") == "md" {
		r.deviceIQ(c, n)
		return
	}
	if c.dev == nil {
		c.send(result(n)) // pings while a QR code is shown
		return
	}
	switch text(n, "xmlns") {
	case "encrypt":
		c.send(r.encryptIQ(c, n))
	case "passive":
		c.send(result(n))
		r.setActive(c.dev, has(n, "active"))
	case "usync":
		c.send(r.usyncIQ(c, n))
	case "w:m":
		c.send(result(n, r.mediaConn()))
	case "w:g2":
		r.groupIQ(c, n)
	case "privacy":
		c.send(r.privacyIQ(c, n))
	case "blocklist":
		c.send(result(n, node("list", waBinary.Attrs{"dhash": "0"})))
	case "w:profile:picture":
		c.send(failed(n, 404, "item-not-found"))
	case "w:sync:app:state":
		c.send(result(n, emptySync(n)))
	default:
		c.send(result(n))
	}
}

// setActive starts or stops the flow of stanzas to a device.
func (r *Relay) setActive(d *device, active bool) {
	was := d.active
	d.active = active
	if active && !was {
		r.flush(d)
	}
}

// emptySync says that no collection of the app state has ever been written.
func emptySync(n waBinary.Node) waBinary.Node {
	sync := n.GetChildByTag("sync")
	var out []waBinary.Node
	for _, c := range sync.GetChildrenByTag("collection") {
		out = append(out, node("collection", waBinary.Attrs{"name": text(c, "name"), "version": text(c, "version")}))
	}
	return node("sync", nil, out...)
}
