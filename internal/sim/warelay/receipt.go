package warelay

import (
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// receipt takes a message out of the reader's queue, tells the author's
// devices, and acknowledges the receipt.
func (r *Relay) receipt(c *conn, n waBinary.Node) {
	to, kind := jid(n, "to"), text(n, "type")
	c.send(node("ack", waBinary.Attrs{"class": "receipt", "id": text(n, "id"), "from": n.Attrs["to"], "type": kind, "t": r.unix()}))
	if kind != "retry" {
		r.settleRead(c.dev, n)
	}
	switch kind {
	case "sender", "peer_msg", "hist_sync", "server-error", "read-self":
		return
	case "retry":
		r.askAgain(c.dev, n, to)
		return
	}
	if to.Server == types.GroupServer {
		r.groupReceipt(c.dev, n, to)
		return
	}
	author := r.find(to)
	if author == nil || author == c.dev.acct {
		return
	}
	attrs := r.receiptEnvelope(n)
	attrs["from"] = c.dev.acct.in(r.sent.get(author, text(n, "id")), c.dev.id)
	r.toAll(author, waBinary.Node{Tag: "receipt", Attrs: attrs, Content: n.Content})
}

// settleRead takes the messages a receipt names out of the reader's queue.
func (r *Relay) settleRead(d *device, n waBinary.Node) {
	ids := []string{text(n, "id")}
	list := n.GetChildByTag("list")
	for _, item := range list.GetChildrenByTag("item") {
		ids = append(ids, text(item, "id"))
	}
	for _, id := range ids {
		d.settle(queueKey("message", id, printed(n, "to"), printed(n, "participant"), ""))
	}
}

func (r *Relay) receiptEnvelope(n waBinary.Node) waBinary.Attrs {
	return waBinary.Attrs{"id": text(n, "id"), "type": text(n, "type"), "t": r.unix()}
}

// askAgain passes a retry receipt to exactly the device that sent the message.
func (r *Relay) askAgain(reader *device, n waBinary.Node, to types.JID) {
	attrs := r.receiptEnvelope(n)
	exact := to
	if to.Server == types.GroupServer {
		g := r.groups[to.User]
		if g == nil {
			return
		}
		exact = jid(n, "participant")
		attrs["from"] = to
		r.signMember(attrs, g, reader.acct, reader.id)
	} else {
		author := r.find(to)
		if author == nil {
			return
		}
		attrs["from"] = reader.acct.in(r.sent.get(author, text(n, "id")), reader.id)
		if chat := jid(n, "recipient"); !chat.IsEmpty() {
			attrs["recipient"] = chat
		}
	}
	if d := r.at(exact); d != nil {
		r.deliver(d, waBinary.Node{Tag: "receipt", Attrs: attrs, Content: n.Content})
	}
}

func (r *Relay) groupReceipt(reader *device, n waBinary.Node, to types.JID) {
	g := r.groups[to.User]
	author := r.find(jid(n, "participant"))
	if g == nil || author == nil || author == reader.acct {
		return
	}
	attrs := r.receiptEnvelope(n)
	attrs["from"] = to
	r.signMember(attrs, g, reader.acct, reader.id)
	r.toAll(author, waBinary.Node{Tag: "receipt", Attrs: attrs, Content: n.Content})
}

// toAll delivers a stanza to every device of an account.
func (r *Relay) toAll(a *Account, n waBinary.Node) {
	for _, d := range a.devices {
		r.deliver(d, n)
	}
}
