package warelay

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// Addressing is how the relay names an account as the sender of direct
// messages.
type Addressing int

// The ways to name a sender.
const (
	// ByLID names the LID, with the phone number beside it unless it is
	// hidden. This is how current clients appear.
	ByLID Addressing = iota
	// ByPhone names the phone number, with the LID beside it, as older
	// phones appear.
	ByPhone
	// ByPhoneOnly names the phone number alone.
	ByPhoneOnly
)

// AccountOptions describe an account when it is made.
type AccountOptions struct {
	// LID is the user part of the hidden address; default derived from the
	// phone number.
	LID string
	// PushName is what the account calls itself; clients may change it.
	PushName string
	// HidePhone keeps the phone number out of every stanza for others.
	HidePhone bool
	// Addressing is how the account appears in direct messages.
	Addressing Addressing
}

// Account is a WhatsApp account: a phone number, a LID and up to a handful of
// devices, of which device 0 is the phone. Its fields are guarded by Relay.mu.
type Account struct {
	r        *Relay
	phone    string
	lid      string
	identity *keys.KeyPair // the account key: identity of device 0, signer of the others
	pushName string
	hide     bool
	address  Addressing
	devices  []*device
	nextDev  uint16

	watchers map[*Account]bool   // who has asked for the device list
	online   map[*Account]string // who is subscribed to presence → server part they used
	tokens   map[*Account]token  // privacy tokens this account has issued, by receiver
	limits   limits
	codes    []*codePairing
}

// Account gives the account with this phone number (digits, international,
// without +) and makes it when it does not exist. A new account has a silent
// phone: a device 0 with keys that reads nothing, so that senders encrypt for
// it as in life.
func (r *Relay) Account(phone string, o AccountOptions) *Account {
	phone = digits(phone)
	r.mu.Lock()
	defer r.mu.Unlock()
	if a := r.accounts[phone]; a != nil {
		return a
	}
	if o.LID == "" {
		o.LID = derivedLID(phone)
	}
	a := &Account{
		r: r, phone: phone, lid: o.LID, pushName: o.PushName, hide: o.HidePhone, address: o.Addressing,
		identity: keys.NewKeyPair(),
		watchers: map[*Account]bool{}, online: map[*Account]string{}, tokens: map[*Account]token{},
	}
	a.addDevice(newKeyset(a.identity)).silent = true
	r.accounts[phone] = a
	r.byLID[a.lid] = a
	return a
}

// derivedLID makes a plausible 15-digit LID from a phone number.
func derivedLID(phone string) string {
	sum := sha256.Sum256([]byte("lid/" + phone))
	return fmt.Sprintf("1%014d", binary.BigEndian.Uint64(sum[:8])%100_000_000_000_000)
}

func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}

// Phone is the account's phone number, digits only.
func (a *Account) Phone() string {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	return a.phone
}

// LID is the account's hidden address as a JID, such as 1…@lid.
func (a *Account) LID() string { return a.lidJID(0).String() }

// SetAddressing changes how the account appears in direct messages from now on.
func (a *Account) SetAddressing(how Addressing) {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	a.address = how
}

// SetHidePhone hides or shows the phone number in stanzas from now on.
func (a *Account) SetHidePhone(hide bool) {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	a.hide = hide
}

// Devices lists the account's device numbers; 0 is the phone.
func (a *Account) Devices() []int {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	var out []int
	for _, d := range a.devices {
		out = append(out, int(d.id))
	}
	return out
}

// Pending counts the stanzas that wait for the devices of the account, sent
// and not yet acknowledged ones included.
func (a *Account) Pending() int {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	n := 0
	for _, d := range a.devices {
		n += len(d.queue)
	}
	return n
}

// Online says whether a device of the account is connected and active.
func (a *Account) Online() bool {
	a.r.mu.Lock()
	defer a.r.mu.Unlock()
	return slices.ContainsFunc(a.devices, func(d *device) bool { return d.active })
}

func (a *Account) lidJID(dev uint16) types.JID {
	return types.JID{User: a.lid, Device: dev, Server: types.HiddenUserServer}
}

func (a *Account) phoneJID(dev uint16) types.JID {
	return types.JID{User: a.phone, Device: dev, Server: types.DefaultUserServer}
}

// in gives the account's address in an address family, named by its server.
func (a *Account) in(server string, dev uint16) types.JID {
	if server == types.DefaultUserServer {
		return a.phoneJID(dev)
	}
	return a.lidJID(dev)
}

// find gives the account behind a user address of either family.
func (r *Relay) find(j types.JID) *Account {
	switch j.Server {
	case types.DefaultUserServer, types.LegacyUserServer:
		return r.accounts[j.User]
	case types.HiddenUserServer:
		return r.byLID[j.User]
	default:
		return nil
	}
}

// device is one device of an account, guarded by Relay.mu.
type device struct {
	acct   *Account
	id     uint16
	keys   keyset // the private halves, where the relay made the device
	noise  [32]byte
	pub    publicKeys
	silent bool // has keys, reads nothing, keeps no queue

	conn      *conn
	active    bool // has asked for its stanzas
	available bool // shows itself as online
	warned    bool // has been told that its prekeys run low
	unplugged bool // its connections break
	asked     bool // has asked how many prekeys it has left
	queue     []queued
}

func (d *device) lid() types.JID { return d.acct.lidJID(d.id) }

// device finds a device by number; nil when it is not linked.
func (a *Account) device(id uint16) *device {
	for _, d := range a.devices {
		if d.id == id {
			return d
		}
	}
	return nil
}

// addDevice enters a device with the next free number.
func (a *Account) addDevice(k keyset) *device {
	d := &device{acct: a, id: a.nextDev, keys: k, noise: *k.noise.Pub, pub: k.public()}
	a.nextDev++
	a.devices = append(a.devices, d)
	return d
}

// at gives the device with exactly this address, of either family.
func (r *Relay) at(j types.JID) *device {
	a := r.find(j)
	if a == nil {
		return nil
	}
	return a.device(j.Device)
}
