package warelay

import (
	"context"
	"maps"
	"strings"
	"sync"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// memStore keeps what a simulated person's client must remember, in memory.
// What a person never uses is answered by the embedded NoopStore.
type memStore struct {
	*store.NoopStore

	// crypt is held while a message is decrypted and while one is sent:
	// whatsmeow reads, changes and writes a Signal session without a lock,
	// and a counter used twice loses a message.
	crypt sync.Mutex

	mu         sync.Mutex // guards everything below
	identities map[string][32]byte
	sessions   map[string][]byte
	senderKeys map[string][]byte
	preKeys    map[uint32]*keys.PreKey
	nextKey    uint32
	uploaded   uint32 // keys up to this id have been uploaded
	secrets    map[string]secret
	tokens     map[types.JID]store.PrivacyToken
	names      map[types.JID]string
	buffer     map[[32]byte]*store.BufferedEvent
	outgoing   map[string]outgoingEvent
	lidOf      map[string]string
	phoneOf    map[string]string
}

type secret struct {
	sender types.JID
	key    []byte
}

type outgoingEvent struct {
	format string
	plain  []byte
}

func newMemStore() *memStore {
	return &memStore{
		NoopStore:  &store.NoopStore{},
		identities: map[string][32]byte{}, sessions: map[string][]byte{}, senderKeys: map[string][]byte{},
		preKeys: map[uint32]*keys.PreKey{}, secrets: map[string]secret{}, nextKey: 1,
		tokens: map[types.JID]store.PrivacyToken{}, names: map[types.JID]string{},
		buffer: map[[32]byte]*store.BufferedEvent{}, outgoing: map[string]outgoingEvent{},
		lidOf: map[string]string{}, phoneOf: map[string]string{},
	}
}

var (
	_ store.AllStores       = (*memStore)(nil)
	_ store.DeviceContainer = (*memStore)(nil)
)

// attach makes a device use this store for everything.
func (m *memStore) attach(d *store.Device) {
	d.SetAllStores(m)
	d.LIDs = m
	d.Container = m
	d.Initialized = true
}

// Identities.

func (m *memStore) PutIdentity(_ context.Context, address string, key [32]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.identities[address] = key
	return nil
}

func (m *memStore) IsTrustedIdentity(_ context.Context, address string, key [32]byte) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.identities[address]
	return !ok || known == key, nil
}

func (m *memStore) DeleteIdentity(_ context.Context, address string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.identities, address)
	return nil
}

func (m *memStore) DeleteAllIdentities(_ context.Context, user string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dropUser(m.identities, user)
	return nil
}

// dropUser deletes the entries of all devices of a user, as "user:device".
func dropUser[V any](from map[string]V, user string) {
	for address := range from {
		if strings.HasPrefix(address, user+":") {
			delete(from, address)
		}
	}
}

// Sessions.

func (m *memStore) GetSession(_ context.Context, address string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[address], nil
}

func (m *memStore) HasSession(_ context.Context, address string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[address] != nil, nil
}

func (m *memStore) GetManySessions(_ context.Context, addresses []string) (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make(map[string][]byte, len(addresses))
	for _, a := range addresses {
		out[a] = m.sessions[a]
	}
	return out, nil
}

func (m *memStore) PutSession(_ context.Context, address string, session []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[address] = session
	return nil
}

func (m *memStore) PutManySessions(_ context.Context, sessions map[string][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.sessions, sessions)
	return nil
}

func (m *memStore) DeleteSession(_ context.Context, address string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, address)
	return nil
}

func (m *memStore) DeleteAllSessions(_ context.Context, user string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dropUser(m.sessions, user)
	return nil
}

// MigratePNToLID moves what is known of a phone number to its LID.
func (m *memStore) MigratePNToLID(_ context.Context, pn, lid types.JID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	from, to := pn.SignalAddressUser(), lid.SignalAddressUser()
	moveUser(m.sessions, from, to)
	moveUser(m.identities, from, to)
	for key, k := range m.senderKeys {
		group, sender, _ := strings.Cut(key, "|")
		if rest, ok := strings.CutPrefix(sender, from+":"); ok {
			m.senderKeys[group+"|"+to+":"+rest] = k
			delete(m.senderKeys, key)
		}
	}
	return nil
}

func moveUser[V any](in map[string]V, from, to string) {
	for address, v := range in {
		if rest, ok := strings.CutPrefix(address, from+":"); ok {
			in[to+":"+rest] = v
			delete(in, address)
		}
	}
}

// Sender keys.

func (m *memStore) PutSenderKey(_ context.Context, group, user string, session []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.senderKeys[group+"|"+user] = session
	return nil
}

func (m *memStore) GetSenderKey(_ context.Context, group, user string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.senderKeys[group+"|"+user], nil
}

// Prekeys.

func (m *memStore) newPreKey() *keys.PreKey {
	k := keys.NewPreKey(m.nextKey)
	m.preKeys[k.KeyID] = k
	m.nextKey++
	return k
}

func (m *memStore) GenOnePreKey(context.Context) (*keys.PreKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.newPreKey()
	m.uploaded = k.KeyID
	return k, nil
}

func (m *memStore) GetOrGenPreKeys(_ context.Context, count uint32) ([]*keys.PreKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []*keys.PreKey
	for id := m.uploaded + 1; id < m.nextKey && uint32(len(out)) < count; id++ {
		if k := m.preKeys[id]; k != nil {
			out = append(out, k)
		}
	}
	for uint32(len(out)) < count {
		out = append(out, m.newPreKey())
	}
	return out, nil
}

func (m *memStore) GetPreKey(_ context.Context, id uint32) (*keys.PreKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.preKeys[id], nil
}

func (m *memStore) RemovePreKey(_ context.Context, id uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.preKeys, id)
	return nil
}

func (m *memStore) MarkPreKeysAsUploaded(_ context.Context, upTo uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uploaded = max(m.uploaded, upTo)
	return nil
}

func (m *memStore) UploadedPreKeyCount(context.Context) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for id := range m.preKeys {
		if id <= m.uploaded {
			n++
		}
	}
	return n, nil
}
