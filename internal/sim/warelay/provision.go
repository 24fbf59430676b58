package warelay

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// The prefixes of what account and device sign when they are linked.
const (
	accountSigns = "\x06\x00"
	deviceSigns  = "\x06\x01"
)

// Device links a new companion device to the account without pairing and
// gives its credentials: a store.Device with everything but stores. Set its
// Container and save it, or use [Relay.Provision].
func (r *Relay) Device(a *Account) (*store.Device, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := a.addDevice(newKeyset(keys.NewKeyPair()))
	dev, err := a.credentials(d)
	if err != nil {
		return nil, fmt.Errorf("make device credentials: %w", err)
	}
	r.devicesChanged(a)
	return dev, nil
}

// Provision is Device, saved in a container such as a sqlstore: what it
// returns is ready for whatsmeow.NewClient.
func (r *Relay) Provision(ctx context.Context, a *Account, in store.DeviceContainer) (*store.Device, error) {
	dev, err := r.Device(a)
	if err != nil {
		return nil, err
	}
	dev.Container = in
	if err = dev.Save(ctx); err != nil {
		return nil, fmt.Errorf("save the device: %w", err)
	}
	if dev.LIDs == nil {
		return nil, errors.New("the container has not given the device its stores")
	}
	if err = dev.LIDs.PutLIDMapping(ctx, dev.LID, *dev.ID); err != nil {
		return nil, fmt.Errorf("save the device's LID: %w", err)
	}
	return dev, nil
}

// credentials gives what a device must hold to log in. The caller holds mu.
func (a *Account) credentials(d *device) (*store.Device, error) {
	details, err := a.deviceDetails(d.id)
	if err != nil {
		return nil, err
	}
	identity := a.signDevice(details, *d.keys.identity.Pub)
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*d.keys.identity.Priv), deviceMessage(identity, *d.keys.identity.Pub))
	identity.DeviceSignature = sig[:]
	phone := a.phoneJID(d.id)
	return &store.Device{
		NoiseKey: d.keys.noise, IdentityKey: d.keys.identity, SignedPreKey: d.keys.signed,
		RegistrationID: d.keys.registration, AdvSecretKey: d.keys.adv,
		ID: &phone, LID: a.lidJID(d.id),
		Account: identity, Platform: "android", PushName: a.pushName,
	}, nil
}

// deviceDetails is the part of a device's identity both keys sign.
func (a *Account) deviceDetails(id uint16) ([]byte, error) {
	return proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID:       new(binary.BigEndian.Uint32(a.identity.Pub[:4])),
		Timestamp:   new(uint64(a.r.now().Unix())),
		KeyIndex:    new(uint32(id)),
		AccountType: waAdv.ADVEncryptionType_E2EE.Enum(),
		DeviceType:  waAdv.ADVEncryptionType_E2EE.Enum(),
	})
}

// signDevice is the account key's word that a device belongs to it.
func (a *Account) signDevice(details []byte, identity [32]byte) *waAdv.ADVSignedDeviceIdentity {
	msg := slices.Concat([]byte(accountSigns), details, identity[:])
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*a.identity.Priv), msg)
	return &waAdv.ADVSignedDeviceIdentity{
		Details: details, AccountSignatureKey: a.identity.Pub[:], AccountSignature: sig[:],
	}
}

// deviceMessage is what the device itself signs.
func deviceMessage(id *waAdv.ADVSignedDeviceIdentity, identity [32]byte) []byte {
	return slices.Concat([]byte(deviceSigns), id.GetDetails(), identity[:], id.GetAccountSignatureKey())
}

// removeDevice unlinks a companion device; its queue is lost. The caller
// holds mu.
func (r *Relay) removeDevice(d *device) {
	a := d.acct
	a.devices = slices.DeleteFunc(a.devices, func(x *device) bool { return x == d })
	d.queue = nil
	d.active = false
	r.devicesChanged(a)
}
