package warelay

import (
	"encoding/binary"
	"slices"

	"go.mau.fi/libsignal/ecc"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// lowPreKeys is the stock at which a device is asked for more.
const lowPreKeys = 5

// keyset is what a device holds of its own: the relay makes it for devices it
// provisions and for silent phones.
type keyset struct {
	noise        *keys.KeyPair
	identity     *keys.KeyPair
	signed       *keys.PreKey
	registration uint32
	adv          []byte
}

func newKeyset(identity *keys.KeyPair) keyset {
	return keyset{
		noise:        keys.NewKeyPair(),
		identity:     identity,
		signed:       identity.CreateSignedPreKey(1),
		registration: be32(randomBytes(4)) >> 1,
		adv:          randomBytes(32),
	}
}

// publicKeys are what the relay hands out to those who want to write to a
// device, as the wire has them.
type publicKeys struct {
	registration []byte
	identity     []byte
	signed       signedKey
	once         []onceKey
}

type onceKey struct{ id, value []byte }

type signedKey struct{ id, value, signature []byte }

func (k keyset) public() publicKeys {
	return publicKeys{
		registration: binary.BigEndian.AppendUint32(nil, k.registration),
		identity:     k.identity.Pub[:],
		signed: signedKey{
			id:        binary.BigEndian.AppendUint32(nil, k.signed.KeyID)[1:],
			value:     k.signed.Pub[:],
			signature: k.signed.Signature[:],
		},
	}
}

// encryptIQ answers the encrypt namespace: how many prekeys are left, taking
// new ones in, handing some out.
func (r *Relay) encryptIQ(c *conn, n waBinary.Node) waBinary.Node {
	d := c.dev
	if text(n, "type") == "set" {
		if rotated, ok := n.GetOptionalChildByTag("rotate", "skey"); ok {
			d.pub.signed = readSigned(rotated)
			return result(n)
		}
		return r.takeKeys(d, n)
	}
	if wanted, ok := n.GetOptionalChildByTag("key"); ok {
		var users []waBinary.Node
		for _, u := range wanted.GetChildrenByTag("user") {
			users = append(users, r.handOut(jid(u, "jid")))
		}
		return result(n, node("list", nil, users...))
	}
	if has(n, "count") {
		left := len(d.pub.once)
		if left == 0 && !d.asked && !r.opts.FullPreKeys {
			left = 1
		}
		d.asked = true
		return result(n, node("count", waBinary.Attrs{"value": itoa(left)}))
	}
	if has(n, "digest") {
		return result(n, d.digest())
	}
	return failed(n, 404, "item-not-found")
}

// digest says which keys the relay has of a device, without the keys.
func (d *device) digest() waBinary.Node {
	var ids []waBinary.Node
	for _, k := range d.pub.once {
		ids = append(ids, leaf("id", nil, k.id))
	}
	return node("digest", nil,
		leaf("registration", nil, d.pub.registration),
		leaf("type", nil, []byte{ecc.DjbType}),
		leaf("identity", nil, d.pub.identity),
		node("skey", nil, leaf("id", nil, d.pub.signed.id)),
		node("list", nil, ids...))
}

func (r *Relay) takeKeys(d *device, n waBinary.Node) waBinary.Node {
	identity := bytesIn(n, "identity")
	if len(identity) != 32 {
		return failed(n, 406, "not-acceptable")
	}
	d.pub.registration = bytesIn(n, "registration")
	d.pub.identity = identity
	if skey, ok := n.GetOptionalChildByTag("skey"); ok {
		d.pub.signed = readSigned(skey)
	}
	list := n.GetChildByTag("list")
	for _, k := range list.GetChildrenByTag("key") {
		d.pub.once = append(d.pub.once, onceKey{id: bytesIn(k, "id"), value: bytesIn(k, "value")})
	}
	d.warned = false
	return result(n)
}

func readSigned(n waBinary.Node) signedKey {
	return signedKey{id: bytesIn(n, "id"), value: bytesIn(n, "value"), signature: bytesIn(n, "signature")}
}

// handOut gives one device's keys in the address family asked for, and uses
// up one prekey. A device without prekeys left is served without.
func (r *Relay) handOut(who types.JID) waBinary.Node {
	d := r.at(who)
	attrs := waBinary.Attrs{"jid": who}
	if d == nil {
		return node("user", attrs, node("error", waBinary.Attrs{"code": "404", "text": "item-not-found"}))
	}
	children := []waBinary.Node{
		leaf("registration", nil, d.pub.registration),
		leaf("type", nil, []byte{ecc.DjbType}),
		leaf("identity", nil, d.pub.identity),
		node("skey", nil,
			leaf("id", nil, d.pub.signed.id),
			leaf("value", nil, d.pub.signed.value),
			leaf("signature", nil, d.pub.signed.signature)),
	}
	if len(d.pub.once) > 0 {
		k := d.pub.once[0]
		d.pub.once = slices.Clone(d.pub.once[1:])
		children = append(children, node("key", nil, leaf("id", nil, k.id), leaf("value", nil, k.value)))
	}
	if len(d.pub.once) < lowPreKeys && !d.silent && !d.warned {
		d.warned = true
		r.deliver(d, node("notification",
			waBinary.Attrs{"from": serverJID(), "type": "encrypt", "id": r.nextID(), "t": r.unix()},
			node("count", waBinary.Attrs{"value": itoa(len(d.pub.once))})))
	}
	return node("user", attrs, children...)
}

// PreKeys is the number of one-time prekeys the relay has of a device; -1 for
// a device that is not linked.
func (r *Relay) PreKeys(a *Account, dev int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := a.device(uint16(dev))
	if d == nil {
		return -1
	}
	return len(d.pub.once)
}
