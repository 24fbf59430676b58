package warelay

import (
	"slices"
	"strconv"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// queued is a stanza that a device has not acknowledged.
type queued struct {
	node waBinary.Node
	key  string
}

// queueKey names a stanza by what an acknowledgement repeats of it. Two
// receipts for one message differ in their type.
func queueKey(class, id, peer, member, kind string) string {
	if class == "message" {
		kind = ""
	}
	return class + "|" + id + "|" + peer + "|" + member + "|" + kind
}

// deliver keeps a stanza for a device and sends it when the device is active.
// It is kept until the device acknowledges it and handed out again on the
// next connection. The caller holds mu.
func (r *Relay) deliver(d *device, n waBinary.Node) {
	if d.silent {
		return
	}
	key := queueKey(n.Tag, text(n, "id"), printed(n, "from"), printed(n, "participant"), text(n, "type"))
	d.queue = append(d.queue, queued{node: n, key: key})
	if d.active && d.conn != nil {
		d.conn.send(n)
	}
}

// settle takes an acknowledged stanza out of the queue: the oldest of its
// name, because a retried message carries the id of the first try.
func (d *device) settle(key string) {
	i := slices.IndexFunc(d.queue, func(q queued) bool { return q.key == key })
	if i >= 0 {
		d.queue = slices.Delete(d.queue, i, i+1)
	}
}

// acked handles a client's ack of a message, receipt or notification.
func (r *Relay) acked(c *conn, n waBinary.Node) {
	if c.dev == nil {
		return
	}
	c.dev.settle(queueKey(text(n, "class"), text(n, "id"), printed(n, "to"), printed(n, "participant"), text(n, "type")))
}

// flush hands out everything that has piled up. The caller holds mu.
func (r *Relay) flush(d *device) {
	counts := map[string]int{}
	for _, q := range d.queue {
		counts[q.node.Tag]++
	}
	if len(d.queue) > 0 {
		d.conn.send(node("ib", waBinary.Attrs{"from": serverJID()}, node("offline_preview", waBinary.Attrs{
			"count": itoa(len(d.queue)), "message": itoa(counts["message"]), "receipt": itoa(counts["receipt"]),
			"notification": itoa(counts["notification"]), "appdata": "0",
		})))
	}
	for i, q := range d.queue {
		d.conn.send(with(q.node, waBinary.Attrs{"offline": itoa(i)}))
	}
	d.conn.send(node("ib", waBinary.Attrs{"from": serverJID()},
		node("offline", waBinary.Attrs{"count": itoa(len(d.queue))})))
}

func itoa(n int) string { return strconv.Itoa(n) }
