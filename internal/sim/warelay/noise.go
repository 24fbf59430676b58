package warelay

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// certLife is how long the Noise certificates are valid to either side of now.
// Clients check both ends.
const certLife = 365 * 24 * time.Hour

// noiseCerts are the server's long-term keys with the chain that proves them:
// root → intermediate → leaf, where the leaf's key is the static Noise key.
type noiseCerts struct {
	root   *keys.KeyPair
	static *keys.KeyPair
	chain  []byte
}

func newNoiseCerts(seed string, now time.Time) (noiseCerts, error) {
	root := derivedKey(seed + "/root")
	middle := keys.NewKeyPair()
	static := keys.NewKeyPair()
	const middleSerial = 1
	intermediate, err := signCert(root, middle, middleSerial, 0, now)
	if err != nil {
		return noiseCerts{}, err
	}
	leaf, err := signCert(middle, static, 2, middleSerial, now)
	if err != nil {
		return noiseCerts{}, err
	}
	chain, err := proto.Marshal(&waCert.CertChain{Intermediate: intermediate, Leaf: leaf})
	return noiseCerts{root: root, static: static, chain: chain}, err
}

// derivedKey makes a Curve25519 key pair from a seed.
func derivedKey(seed string) *keys.KeyPair {
	priv := sha256.Sum256([]byte(seed))
	priv[0] &= 248
	priv[31] = priv[31]&127 | 64
	return keys.NewKeyPairFromPrivateKey(priv)
}

func signCert(by, subject *keys.KeyPair, serial, issuer uint32, now time.Time) (*waCert.CertChain_NoiseCertificate, error) {
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial:       new(serial),
		IssuerSerial: new(issuer),
		Key:          subject.Pub[:],
		NotBefore:    new(uint64(now.Add(-certLife).Unix())),
		NotAfter:     new(uint64(now.Add(certLife).Unix())),
	})
	if err != nil {
		return nil, fmt.Errorf("encode certificate: %w", err)
	}
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*by.Priv), details)
	return &waCert.CertChain_NoiseCertificate{Details: details, Signature: sig[:]}, nil
}

// RootKey is the public key that signs the relay's Noise certificates. It
// depends on [Options].Seed alone.
func (r *Relay) RootKey() [32]byte { return *r.certs.root.Pub }

// noise is the responder's side of Noise_XX_25519_AESGCM_SHA256 as WhatsApp
// uses it.
type noise struct {
	hash  []byte
	salt  []byte
	key   cipher.AEAD
	count uint32
}

// prologue is what a client sends once before its first frame: "WA", the
// protocol version and the dictionary version.
func newNoise(prologue []byte) (*noise, error) {
	start := []byte(socket.NoiseStartPattern) // 32 bytes, so it is the first hash itself
	key, err := aead(start)
	if err != nil {
		return nil, err
	}
	n := &noise{hash: start, salt: start, key: key}
	n.mix(prologue)
	return n, nil
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// nonce is the 12-byte AES-GCM nonce with the counter in its last four bytes.
func nonce(count uint32) []byte {
	iv := make([]byte, 12)
	binary.BigEndian.PutUint32(iv[8:], count)
	return iv
}

func (n *noise) mix(data []byte) {
	h := sha256.New()
	h.Write(n.hash)
	h.Write(data)
	n.hash = h.Sum(nil)
}

func (n *noise) expand(secret []byte) (first, second []byte, err error) {
	out, err := hkdf.Key(sha256.New, secret, n.salt, "", 64)
	if err != nil {
		return nil, nil, err
	}
	return out[:32], out[32:], nil
}

// mixDH mixes the shared secret of a private and a public key into the state.
func (n *noise) mixDH(priv *[32]byte, pub []byte) error {
	secret, err := sharedSecret(priv, pub)
	if err != nil {
		return err
	}
	salt, key, err := n.expand(secret)
	if err != nil {
		return err
	}
	n.salt, n.count = salt, 0
	n.key, err = aead(key)
	return err
}

func sharedSecret(priv *[32]byte, pub []byte) ([]byte, error) {
	a, err := ecdh.X25519().NewPrivateKey(priv[:])
	if err != nil {
		return nil, err
	}
	b, err := ecdh.X25519().NewPublicKey(pub)
	if err != nil {
		return nil, err
	}
	return a.ECDH(b)
}

func (n *noise) seal(plain []byte) []byte {
	out := n.key.Seal(nil, nonce(n.count), plain, n.hash)
	n.count++
	n.mix(out)
	return out
}

func (n *noise) open(sealed []byte) ([]byte, error) {
	out, err := n.key.Open(nil, nonce(n.count), sealed, n.hash)
	n.count++
	n.mix(sealed)
	return out, err
}

// serverHello answers a ClientHello. It returns the reply and the ephemeral
// key, which the second half of the handshake needs.
func (n *noise) serverHello(c noiseCerts, client []byte) ([]byte, *keys.KeyPair, error) {
	n.mix(client)
	eph := keys.NewKeyPair()
	n.mix(eph.Pub[:])
	if err := n.mixDH(eph.Priv, client); err != nil {
		return nil, nil, fmt.Errorf("mix ephemeral keys: %w", err)
	}
	static := n.seal(c.static.Pub[:])
	if err := n.mixDH(c.static.Priv, client); err != nil {
		return nil, nil, fmt.Errorf("mix static key: %w", err)
	}
	chain := n.seal(c.chain)
	data, err := proto.Marshal(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: eph.Pub[:], Static: static, Payload: chain,
	}})
	return data, eph, err
}

// finish reads the ClientFinish: the client's static key and its payload.
func (n *noise) finish(eph *keys.KeyPair, f *waWa6.HandshakeMessage_ClientFinish) (static [32]byte, p *waWa6.ClientPayload, err error) {
	raw, err := n.open(f.GetStatic())
	if err != nil || len(raw) != len(static) {
		return static, nil, fmt.Errorf("open the client's static key: %w", err)
	}
	copy(static[:], raw)
	if err = n.mixDH(eph.Priv, raw); err != nil {
		return static, nil, fmt.Errorf("mix the client's static key: %w", err)
	}
	raw, err = n.open(f.GetPayload())
	if err != nil {
		return static, nil, fmt.Errorf("open the client's payload: %w", err)
	}
	p = &waWa6.ClientPayload{}
	if err = proto.Unmarshal(raw, p); err != nil {
		return static, nil, fmt.Errorf("decode the client's payload: %w", err)
	}
	return static, p, nil
}

// split gives the transport ciphers: one to open the client's frames, one to
// seal the server's.
func (n *noise) split() (open, seal cipher.AEAD, err error) {
	fromClient, toClient, err := n.expand(nil)
	if err != nil {
		return nil, nil, err
	}
	if open, err = aead(fromClient); err != nil {
		return nil, nil, err
	}
	seal, err = aead(toClient)
	return open, seal, err
}
