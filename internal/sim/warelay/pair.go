package warelay

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"go.mau.fi/libsignal/ecc"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"google.golang.org/protobuf/proto"
)

// pairRefs is how many references a client gets for its QR codes.
const pairRefs = 6

// registration is a client that wants to become a device.
type registration struct {
	noise [32]byte
	pub   publicKeys
	acct  *Account // whose phone has accepted it
	id    uint16
	ask   string     // id of the pair-success iq
	done  chan error // gets the outcome once; capacity 1
}

// offerPairing gives a new client references to show as QR codes. The caller
// holds mu.
func (r *Relay) offerPairing(c *conn, static [32]byte, p *waWa6.ClientPayload_DevicePairingRegistrationData) {
	if p == nil || len(p.GetEIdent()) != 32 {
		c.finish(failure(refusal{reason: 400}))
		return
	}
	c.reg = &registration{
		noise: static,
		pub: publicKeys{
			registration: p.GetERegid(),
			identity:     p.GetEIdent(),
			signed:       signedKey{id: p.GetESkeyID(), value: p.GetESkeyVal(), signature: p.GetESkeySig()},
		},
		done: make(chan error, 1),
	}
	var refs []waBinary.Node
	for range pairRefs {
		ref := "2@" + base64.StdEncoding.EncodeToString(randomBytes(24))
		r.refs[ref] = c
		refs = append(refs, leaf("ref", nil, []byte(ref)))
	}
	c.send(node("iq", waBinary.Attrs{"type": "set", "from": serverJID(), "id": r.nextID()},
		node("pair-device", nil, refs...)))
}

// qr is what a QR code says.
type qr struct {
	ref             string
	noise, identity []byte
	adv             []byte
}

// readQR takes the text of a QR code apart. Since May 2026 the parts follow a
// link; before, and in other clients, they stand alone.
func readQR(code string) (qr, error) {
	if i := strings.IndexByte(code, '#'); i >= 0 {
		code = code[i+1:]
	}
	parts := strings.Split(code, ",")
	if len(parts) < 4 {
		return qr{}, errors.New("not a WhatsApp QR code")
	}
	q := qr{ref: parts[0]}
	for i, to := range []*[]byte{&q.noise, &q.identity, &q.adv} {
		raw, err := base64.StdEncoding.DecodeString(parts[i+1])
		if err != nil {
			return qr{}, fmt.Errorf("decode the QR code: %w", err)
		}
		*to = raw
	}
	return q, nil
}

// Scan is the account's phone scanning a QR code: the client that shows it
// becomes a device of the account. It returns the device's number when the
// client has accepted; the client then connects again by itself.
func (a *Account) Scan(ctx context.Context, code string) (int, error) {
	q, err := readQR(code)
	if err != nil {
		return 0, err
	}
	r := a.r
	r.mu.Lock()
	c := r.refs[q.ref]
	if c == nil || c.reg == nil || string(q.identity) != string(c.reg.pub.identity) || string(q.noise) != string(c.reg.noise[:]) {
		r.mu.Unlock()
		return 0, errors.New("the QR code is no longer valid")
	}
	err = r.acceptDevice(c, a, q.adv)
	reg := c.reg
	r.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return reg.wait(ctx)
}

func (g *registration) wait(ctx context.Context) (int, error) {
	select {
	case err := <-g.done:
		return int(g.id), err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// acceptDevice sends the client the account's signature over its identity.
// The caller holds mu.
func (r *Relay) acceptDevice(c *conn, a *Account, adv []byte) error {
	reg := c.reg
	reg.acct, reg.id, reg.ask = a, a.nextDev, r.nextID()
	a.nextDev++
	details, err := a.deviceDetails(reg.id)
	if err != nil {
		return fmt.Errorf("encode device identity: %w", err)
	}
	signed, err := proto.Marshal(a.signDevice(details, [32]byte(reg.pub.identity)))
	if err != nil {
		return fmt.Errorf("encode device identity: %w", err)
	}
	mac := hmac.New(sha256.New, adv)
	mac.Write(signed)
	body, err := proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: signed, HMAC: mac.Sum(nil)})
	if err != nil {
		return fmt.Errorf("encode device identity: %w", err)
	}
	c.send(node("iq", waBinary.Attrs{"type": "set", "from": serverJID(), "id": reg.ask, "t": r.unix()},
		node("pair-success", nil,
			leaf("device-identity", nil, body),
			node("device", waBinary.Attrs{"jid": a.phoneJID(reg.id), "lid": a.lidJID(reg.id)}),
			node("platform", waBinary.Attrs{"name": "android"}))))
	return nil
}

// pairAnswer takes the client's answer to pair-success: its own signature, on
// which it becomes a device and is told to log in.
func (r *Relay) pairAnswer(c *conn, n waBinary.Node) {
	reg := c.reg
	if reg == nil || reg.ask == "" || text(n, "id") != reg.ask {
		return
	}
	reg.ask = ""
	if text(n, "type") == "error" {
		e := n.GetChildByTag("error")
		reg.done <- fmt.Errorf("the client refused the pairing: %s %s", printed(e, "code"), printed(e, "text"))
		return
	}
	var identity waAdv.ADVSignedDeviceIdentity
	err := proto.Unmarshal(bytesIn(n, "pair-device-sign", "device-identity"), &identity)
	if err == nil {
		err = reg.verify(&identity)
	}
	if err != nil {
		reg.done <- err
		c.finish(streamError("401", ""))
		return
	}
	a := reg.acct
	a.devices = append(a.devices, &device{acct: a, id: reg.id, noise: reg.noise, pub: reg.pub})
	r.devicesChanged(a)
	reg.done <- nil
	c.finish(streamError("515", ""))
}

// verify checks the device's signature over what the account signed.
func (g *registration) verify(id *waAdv.ADVSignedDeviceIdentity) error {
	id.AccountSignatureKey = g.acct.identity.Pub[:] // the client leaves it out
	sig := id.GetDeviceSignature()
	pub := [32]byte(g.pub.identity)
	if len(sig) != 64 || !ecc.VerifySignature(ecc.NewDjbECPublicKey(pub), deviceMessage(id, pub), [64]byte(sig)) {
		return errors.New("the client's device signature is wrong")
	}
	return nil
}

// deviceIQ answers the md namespace: pairing by code, and logging out.
func (r *Relay) deviceIQ(c *conn, n waBinary.Node) {
	if reg, ok := n.GetOptionalChildByTag("link_code_companion_reg"); ok && c.reg != nil {
		r.codeIQ(c, n, reg)
		return
	}
	c.send(result(n))
	if _, ok := n.GetOptionalChildByTag("remove-companion-device"); ok && c.dev != nil && c.dev.id > 0 {
		r.removeDevice(c.dev)
	}
}
