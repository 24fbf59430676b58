package warelay

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// Message secrets, by chat and message. The sender may be asked for in either
// address family.

func (m *memStore) PutMessageSecret(_ context.Context, chat, sender types.JID, id types.MessageID, key []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := m.canonical(chat).String() + "|" + m.canonical(sender).String() + "|" + id
	if _, ok := m.secrets[at]; !ok {
		m.secrets[at] = secret{sender: sender.ToNonAD(), key: key}
	}
	return nil
}

func (m *memStore) PutMessageSecrets(ctx context.Context, all []store.MessageSecretInsert) error {
	for _, s := range all {
		if err := m.PutMessageSecret(ctx, s.Chat, s.Sender, s.ID, s.Secret); err != nil {
			return err
		}
	}
	return nil
}

func (m *memStore) GetMessageSecret(_ context.Context, chat, sender types.JID, id types.MessageID) ([]byte, types.JID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.secrets[m.canonical(chat).String()+"|"+m.canonical(sender).String()+"|"+id]
	return s.key, s.sender, nil
}

// canonical gives the LID of a phone number when it is known.
func (m *memStore) canonical(j types.JID) types.JID {
	j = j.ToNonAD()
	if lid := m.lidOf[j.User]; j.Server == types.DefaultUserServer && lid != "" {
		return types.NewJID(lid, types.HiddenUserServer)
	}
	return j
}

// Privacy tokens.

func (m *memStore) PutPrivacyTokens(_ context.Context, tokens ...store.PrivacyToken) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range tokens {
		t.User = m.canonical(t.User)
		old := m.tokens[t.User]
		if t.Timestamp.Before(old.Timestamp) {
			continue
		}
		if t.SenderTimestamp.IsZero() {
			t.SenderTimestamp = old.SenderTimestamp
		}
		m.tokens[t.User] = t
	}
	return nil
}

func (m *memStore) GetPrivacyToken(_ context.Context, user types.JID) (*store.PrivacyToken, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.tokens[m.canonical(user)]
	if !ok {
		return nil, nil
	}
	return &t, nil
}

// Names.

func (m *memStore) PutPushName(_ context.Context, user types.JID, name string) (bool, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.names[user]
	m.names[user] = name
	return old != name, old, nil
}

// The buffer of decrypted events.

func (m *memStore) GetBufferedEvent(_ context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.buffer[hash]
	if !ok {
		return nil, nil
	}
	kept := *e
	return &kept, nil
}

func (m *memStore) PutBufferedEvent(_ context.Context, hash [32]byte, plain []byte, server time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.buffer[hash] = &store.BufferedEvent{Plaintext: plain, InsertTime: time.Now(), ServerTime: server}
	return nil
}

func (m *memStore) ClearBufferedEventPlaintext(_ context.Context, hash [32]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.buffer[hash]; e != nil {
		e.Plaintext = nil
	}
	return nil
}

// DoDecryptionTxn keeps decryption and sending apart, see memStore.crypt.
func (m *memStore) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	m.crypt.Lock()
	defer m.crypt.Unlock()
	return decrypt(ctx)
}

func (m *memStore) AddOutgoingEvent(_ context.Context, chat types.JID, id types.MessageID, format string, plain []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.outgoing[chat.String()+"|"+id] = outgoingEvent{format: format, plain: plain}
	return nil
}

func (m *memStore) GetOutgoingEvent(_ context.Context, chat, alt types.JID, id types.MessageID) (string, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.outgoing[chat.String()+"|"+id]
	if !ok {
		e = m.outgoing[alt.String()+"|"+id]
	}
	return e.format, e.plain, nil
}

// LIDs and phone numbers.

func (m *memStore) PutLIDMapping(_ context.Context, lid, pn types.JID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lid.Server == types.HiddenUserServer && pn.Server == types.DefaultUserServer {
		m.lidOf[pn.User] = lid.User
		m.phoneOf[lid.User] = pn.User
	}
	return nil
}

func (m *memStore) PutManyLIDMappings(ctx context.Context, all []store.LIDMapping) error {
	for _, l := range all {
		if err := m.PutLIDMapping(ctx, l.LID, l.PN); err != nil {
			return err
		}
	}
	return nil
}

func (m *memStore) GetLIDForPN(_ context.Context, pn types.JID) (types.JID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return other(m.lidOf, pn, types.HiddenUserServer), nil
}

func (m *memStore) GetPNForLID(_ context.Context, lid types.JID) (types.JID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return other(m.phoneOf, lid, types.DefaultUserServer), nil
}

// other gives the same device in the other address family; empty when unknown.
func other(users map[string]string, j types.JID, server string) types.JID {
	user := users[j.User]
	if user == "" {
		return types.EmptyJID
	}
	return types.JID{User: user, Device: j.Device, Server: server}
}

func (m *memStore) GetManyLIDsForPNs(_ context.Context, pns []types.JID) (map[types.JID]types.JID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[types.JID]types.JID{}
	for _, pn := range pns {
		if lid := other(m.lidOf, pn, types.HiddenUserServer); !lid.IsEmpty() {
			out[pn] = lid
		}
	}
	return out, nil
}
