package warelay

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/util/keys"
)

// codeRounds is the PBKDF2 cost of a pairing code, fixed by the protocol.
const codeRounds = 2 << 16

// displayName is how WhatsApp wants a client to be called: "Chrome (Linux)".
var displayName = regexp.MustCompile(`^[A-Za-z ]+ \([A-Za-z ]+\)$`)

// codePairing is a client that has shown a code and waits for the phone.
type codePairing struct {
	conn    *conn
	ref     string
	wrapped []byte // the client's ephemeral key, encrypted with the code
	eph     *keys.KeyPair
	shared  []byte // X25519 of both ephemeral keys
	failed  chan error
}

// codeIQ answers the two stages of pairing by code that the client begins.
func (r *Relay) codeIQ(c *conn, n, reg waBinary.Node) {
	a := r.find(jid(reg, "jid"))
	if a == nil {
		c.send(failed(n, 404, "item-not-found"))
		return
	}
	switch text(reg, "stage") {
	case "companion_hello":
		wrapped := bytesIn(reg, "link_code_pairing_wrapped_companion_ephemeral_pub")
		if len(wrapped) != 80 || !displayName.Match(bytesIn(reg, "companion_platform_display")) {
			c.send(failed(n, 400, "bad-request"))
			return
		}
		p := &codePairing{conn: c, ref: r.nextID(), wrapped: wrapped, failed: make(chan error, 1)}
		a.codes = append(a.codes, p)
		r.watch.poke()
		c.send(result(n, node("link_code_companion_reg", waBinary.Attrs{"stage": "companion_hello"},
			leaf("link_code_pairing_ref", nil, []byte(p.ref)))))
	case "companion_finish":
		r.codeFinish(c, n, reg, a)
	default:
		c.send(failed(n, 400, "bad-request"))
	}
}

// wrap encrypts or decrypts a key with a pairing code; CTR does both.
func wrap(code string, salt, iv, key []byte) ([]byte, error) {
	secret, err := pbkdf2.Key(sha256.New, code, salt, codeRounds, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(key))
	cipher.NewCTR(block, iv).XORKeyStream(out, key)
	return out, nil
}

// EnterCode is the owner typing a pairing code (with or without the dash)
// into the account's phone: the client that shows it becomes a device. It
// returns the device's number when the client has accepted.
func (a *Account) EnterCode(ctx context.Context, code string) (int, error) {
	code = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), "-", ""))
	r := a.r
	var p *codePairing
	err := r.Until(ctx, func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		if len(a.codes) > 0 {
			p = a.codes[len(a.codes)-1]
		}
		return p != nil
	})
	if err != nil {
		return 0, fmt.Errorf("wait for a client that shows a code: %w", err)
	}
	if err = a.answerCode(p, code); err != nil {
		return 0, err
	}
	select {
	case err = <-p.failed:
		return 0, err
	case err = <-p.conn.reg.done:
		return int(p.conn.reg.id), err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// answerCode is the phone's half: its own ephemeral key, wrapped by the code.
func (a *Account) answerCode(p *codePairing, code string) error {
	companion, err := wrap(code, p.wrapped[:32], p.wrapped[32:48], p.wrapped[48:])
	if err != nil {
		return fmt.Errorf("unwrap the client's key: %w", err)
	}
	eph := keys.NewKeyPair()
	shared, err := sharedSecret(eph.Priv, companion)
	if err != nil {
		return fmt.Errorf("agree on a key with the client: %w", err)
	}
	salt, iv := randomBytes(32), randomBytes(16)
	mine, err := wrap(code, salt, iv, eph.Pub[:])
	if err != nil {
		return fmt.Errorf("wrap the phone's key: %w", err)
	}
	r := a.r
	r.mu.Lock()
	defer r.mu.Unlock()
	p.eph, p.shared = eph, shared
	p.conn.send(node("notification",
		waBinary.Attrs{"from": serverJID(), "type": "link_code_companion_reg", "id": r.nextID(), "t": r.unix()},
		node("link_code_companion_reg", waBinary.Attrs{"stage": "primary_hello"},
			leaf("link_code_pairing_wrapped_primary_ephemeral_pub", nil, slices.Concat(salt, iv, mine)),
			leaf("primary_identity_pub", nil, a.identity.Pub[:]),
			leaf("link_code_pairing_ref", nil, []byte(p.ref)))))
	return nil
}

// codeFinish opens the client's key bundle, which only opens when both sides
// used the same code, and accepts the device.
func (r *Relay) codeFinish(c *conn, n, reg waBinary.Node, a *Account) {
	ref := string(bytesIn(reg, "link_code_pairing_ref"))
	i := slices.IndexFunc(a.codes, func(p *codePairing) bool { return p.ref == ref && p.conn == c && p.eph != nil })
	if i < 0 {
		c.send(failed(n, 404, "item-not-found"))
		return
	}
	p := a.codes[i]
	a.codes = slices.Delete(a.codes, i, i+1)
	adv, err := a.advSecret(p, bytesIn(reg, "link_code_pairing_wrapped_key_bundle"), bytesIn(reg, "companion_identity_public"))
	if err != nil {
		c.send(failed(n, 401, "not-authorized"))
		p.failed <- err
		return
	}
	c.send(result(n))
	if err = r.acceptDevice(c, a, adv); err != nil {
		p.failed <- err
	}
}

// advSecret derives the secret that authenticates the pairing.
func (a *Account) advSecret(p *codePairing, bundle, identity []byte) ([]byte, error) {
	if len(bundle) < 32+12 {
		return nil, errors.New("the client's key bundle is too short")
	}
	key, err := hkdf.Key(sha256.New, p.shared, bundle[:32], "link_code_pairing_key_bundle_encryption_key", 32)
	if err != nil {
		return nil, err
	}
	box, err := aead(key)
	if err != nil {
		return nil, err
	}
	plain, err := box.Open(nil, bundle[32:44], bundle[44:], nil)
	if err != nil || len(plain) != 96 {
		return nil, errors.New("the pairing code is wrong")
	}
	if string(plain[:32]) != string(identity) || string(plain[32:64]) != string(a.identity.Pub[:]) {
		return nil, errors.New("the key bundle names other identities")
	}
	both, err := sharedSecret(a.identity.Priv, identity)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, slices.Concat(p.shared, both, plain[64:]), nil, "adv_secret", 32)
}
