package warelay

import (
	"errors"
	"slices"
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
)

// login answers a client's payload: a device logs in, or wants to be paired.
func (r *Relay) login(c *conn, static [32]byte, p *waWa6.ClientPayload) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.watch.poke()
	if p.GetUsername() == 0 {
		r.offerPairing(c, static, p.GetDevicePairingData())
		return
	}
	a := r.accounts[strconv.FormatUint(p.GetUsername(), 10)]
	if a == nil {
		c.finish(failure(refusal{reason: 401}))
		return
	}
	if a.limits.refuse.reason != 0 {
		c.dev = a.device(uint16(p.GetDevice()))
		c.finish(failure(a.limits.refuse))
		return
	}
	d := a.device(uint16(p.GetDevice()))
	if d == nil || d.noise != static {
		c.finish(failure(refusal{reason: 401}))
		return
	}
	if d.unplugged {
		// A word before the end: whatsmeow races with itself when the
		// connection breaks before the first frame (noisesocket.go:47).
		c.finish(node("xmlstreamend", nil))
		return
	}
	if old := d.conn; old != nil {
		old.finish(streamError("", "replaced"))
	}
	c.dev, d.conn, d.active, d.silent = d, c, false, false
	c.send(node("success", waBinary.Attrs{
		"lid": d.lid(), "t": r.unix(), "location": "cgk", "status": "active",
		"creation": r.unix(), "props": "1", "abprops": "1",
	}))
}

// gone takes a connection out of the books when it has ended.
func (r *Relay) gone(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, c)
	for ref, owner := range r.refs {
		if owner == c {
			delete(r.refs, ref)
		}
	}
	if c.reg != nil && c.reg.ask != "" {
		c.reg.ask = ""
		c.reg.done <- errors.New("the client went away while pairing")
	}
	if d := c.dev; d != nil && d.conn == c {
		d.conn, d.active = nil, false
		r.setAvailable(d, false)
	}
	r.watch.poke()
}

// refusal is an answer to a login.
type refusal struct {
	reason       int // of <failure>
	code, expire int // of a temporary ban
}

func failure(f refusal) waBinary.Node {
	attrs := waBinary.Attrs{"reason": itoa(f.reason), "location": "cgk"}
	if f.code != 0 {
		attrs["code"] = itoa(f.code)
		attrs["expire"] = itoa(f.expire)
	}
	return node("failure", attrs)
}

// streamError ends a connection with a code, a conflict, or both.
func streamError(code, conflict string) waBinary.Node {
	n := node("stream:error", waBinary.Attrs{})
	if code != "" {
		n.Attrs["code"] = code
	}
	if conflict != "" {
		n = node("stream:error", n.Attrs, node("conflict", waBinary.Attrs{"type": conflict}))
	}
	return n
}

// handle is the entrance of every stanza of a client.
func (r *Relay) handle(c *conn, n waBinary.Node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c.dev == nil && n.Tag != "iq" {
		return // nothing else is said before a device is known
	}
	if c.dev != nil && (c.dev.conn != c || !slices.Contains(c.dev.acct.devices, c.dev)) {
		return // replaced or unlinked
	}
	switch n.Tag {
	case "iq":
		r.query(c, n)
	case "message":
		r.message(c, n)
	case "receipt":
		r.receipt(c, n)
	case "ack":
		r.acked(c, n)
	case "presence":
		r.presence(c, n)
	case "chatstate":
		r.chatState(c, n)
	}
}
