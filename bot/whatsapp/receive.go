package whatsapp

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"rabeg/bot"
)

// message writes a message into the inbox. false leaves it with WhatsApp.
func (s *session) message(m *events.Message) bool {
	s.busy.RLock()
	defer s.busy.RUnlock()
	if s.refusing.Load() {
		return false
	}
	if f := s.c.cures.before; f != nil {
		if err := f(m.Info.ID); err != nil {
			s.owe()
			return false
		}
	}
	m, err := s.open(opened(m))
	if err != nil {
		return s.giveBack(m.Info.ID, err)
	}
	d, ok := s.decode(m)
	if !ok || d.group && s.c.opt.DeskGroup != "" && form(d.chat) != s.c.opt.DeskGroup {
		return true
	}
	err = s.insist(func(ctx context.Context) error {
		body, err := s.choice(ctx, m, d)
		if err != nil || body == nil {
			return err
		}
		d.body = body
		return s.keep(ctx, d)
	})
	if ofData(err) {
		return s.unreadable(d, err)
	}
	if err != nil {
		return s.giveBack(m.Info.ID, err)
	}
	return true
}

// open decrypts a change that newer phones encrypt once more, with the secret of the message it changes. One that cannot
// be opened is left as it is.
func (s *session) open(m *events.Message) (*events.Message, error) {
	sealed := m.Message.GetSecretEncryptedMessage()
	if sealed.GetSecretEncType() != waE2E.SecretEncryptedMessage_MESSAGE_EDIT {
		return m, nil
	}
	inner, err := s.cli.DecryptSecretEncryptedMessage(s.life, m)
	if err != nil {
		if ofDatabase(err) {
			return m, err
		}
		return m, nil
	}
	opened := *m
	opened.RawMessage = inner
	opened.UnwrapRaw()
	if opened.Message.GetProtocolMessage() == nil { // the new words alone
		opened.Message = &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: sealed.GetTargetMessageKey(), EditedMessage: opened.Message,
		}}
	}
	return &opened, nil
}

func (s *session) decode(m *events.Message) (draft, bool) {
	if s.c.blamed(m.Info.ID) >= poisonous || s.c.blamed(returned+m.Info.ID) >= hopeless {
		s.c.fault("poison", nil)
		safe := *m
		safe.Message = &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}
		d, ok := decode(&safe, s.me)
		d.body = bot.Unsupported{Kind: bot.Unreadable}
		return d, ok
	}
	d, ok := decode(m, s.me)
	if !ok && !s.c.cures.keyOnly && m.Info.IsGroup && !m.Info.IsFromMe {
		safe := *m
		safe.Message = &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}
		return decode(&safe, s.me)
	}
	return d, ok
}

// insist tries for a while: giving a message back costs a new connection.
func (s *session) insist(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(s.life, s.c.timing.insert+s.c.timing.lookup)
	defer cancel()
	last := time.Now().Add(s.c.timing.insert)
	wait := backoff{opt: s.c.opt}
	for {
		err := do(ctx)
		if err == nil || ctx.Err() != nil || ofData(err) || time.Now().After(last) {
			return err
		}
		wait.pause(ctx)
	}
}

// choice fills in what a vote or a reaction says. A nil body is a vote taken back.
func (s *session) choice(ctx context.Context, m *events.Message, d draft) (bot.Body, error) {
	u, ok := d.body.(bot.Unsupported)
	if !ok {
		return d.body, nil
	}
	switch u.Kind {
	case "vote":
		return s.vote(ctx, m, d)
	case "reaction":
		chat := form(d.chat)
		if !d.group {
			found, err := s.who(ctx, d.lid, d.phone)
			if err != nil {
				return nil, err
			}
			chat = found.id
		}
		on := messageRef(chat, d.about, "")
		known, ok := s.c.sent.get(on)
		if !ok || known.menu == nil {
			return u, nil
		}
		if pick, ok := reaction(*known.menu, m.Message.GetReactionMessage().GetText(), on); ok {
			return pick, nil
		}
	}
	return u, nil
}

// keep resolves the people of a draft and writes it down.
func (s *session) keep(ctx context.Context, d draft) error {
	sender, err := s.who(ctx, d.lid, d.phone)
	if err != nil {
		return err
	}
	chat := sender.id
	if d.group {
		chat = form(d.chat)
	}
	ev := bot.Event{
		ID: eventID(chat, sender.id, d.id), Chat: address(chat), Group: d.group, From: bot.Person{ID: sender.id, Name: d.name},
		At: d.at, Ref: messageRef(chat, d.id, sender.id), Edited: d.edits != "", Body: d.body,
		Relayed: d.relayed, Mentions: d.mentions,
	}
	switch {
	case d.edits != "":
		ev.Ref.ID = d.edits + "/" + sender.id
	case d.about != "" && d.body == (bot.Unsupported{Kind: "revoke"}):
		ev.Ref.ID = d.about + "/" + sender.id
	}
	if _, press := d.body.(bot.Pick); press {
		ev.Ref = bot.MessageRef{}
	}
	if d.office {
		ev.From, ev.Ref = bot.Person{}, bot.MessageRef{}
	}
	if d.replyTo != "" {
		by := ""
		if d.replyBy != "" {
			if by, err = s.author(ctx, d.replyBy); err != nil {
				return err
			}
		}
		to := messageRef(chat, d.replyTo, by)
		ev.ReplyTo, ev.ToBot = &to, by == ""
	}
	ev = bot.Storable(ev, s.c.opt.Now())
	if d.copies != "" {
		return s.c.keepSharper(ctx, messageRef(chat, d.copies, sender.id), d.body)
	}
	ev.Body = marked(ev.Body, ev.Ref)
	if u, ok := ev.Body.(bot.Unsupported); ok {
		s.c.opt.OnUnknown(u.Kind)
	}
	if sender.was != "" {
		if err := s.tellMove(ctx, d, ev.From, sender); err != nil {
			return err
		}
	}
	if ev, err = s.c.put(ctx, ev, d.office); err != nil {
		return err
	}
	if words := bot.Words(ev.Body); words != "" && !ev.Ref.Zero() {
		s.c.sent.put(ev.Ref, note{text: beginning(words)})
	}
	return nil
}

// tellMove writes down that a person has another address from now on, before what he or she says there.
func (s *session) tellMove(ctx context.Context, d draft, from bot.Person, sender met) error {
	moved := bot.Event{
		ID: eventID(sender.was, "moved", d.id), Chat: address(sender.was), From: from, At: d.at,
		Body: bot.Moved{To: address(sender.id)},
	}
	if _, err := s.c.put(ctx, moved, false); err != nil {
		return err
	}
	if err := s.c.people.told(ctx, sender.was); err != nil {
		return err // it is told once more, which changes nothing
	}
	return nil
}

// who resolves a sender. One seen by number alone is looked up: the LID is the better key, and tells whose the number is today.
func (s *session) who(ctx context.Context, lid, phone string) (met, error) {
	if lid == "" && phone != "" && s.c.people.ask(phone) {
		if lid = s.lookup(ctx, phone); lid != "" {
			s.c.people.answered(phone)
		}
	}
	return s.c.people.resolve(ctx, lid, phone)
}

// lookup asks the network for the LID of a number; empty when it is not to be had. What the library has kept is not asked: it may be
// of the number's former owner.
func (s *session) lookup(ctx context.Context, phone string) string {
	jid, err := parseJID(phone)
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, s.c.timing.lookup)
	defer cancel()
	info, err := s.cli.GetUserInfo(ctx, []types.JID{jid})
	if err != nil {
		return ""
	}
	return form(info[jid].LID)
}

// author tells who wrote a quoted message. To be quoted is not to be seen: nothing is learned of that person.
func (s *session) author(ctx context.Context, jid string) (string, error) {
	parsed, err := parseJID(jid)
	if err != nil {
		return jid, nil //nolint:nilerr // somebody of a kind we never meet: the reference finds nothing
	}
	lid, phone := pair(parsed, types.EmptyJID)
	return s.c.people.named(ctx, cmp.Or(lid, phone))
}

// undecryptable is told of a message that could not be read. The sender's phone is asked for another copy by the library;
// only a picture to be looked at once never comes to linked devices, and the person should know.
func (s *session) undecryptable(m *events.UndecryptableMessage) bool {
	s.c.fault("undecryptable", nil)
	if m.UnavailableType != events.UnavailableTypeViewOnce || m.Info.IsFromMe || !wanted(m.Info.Chat) {
		return true
	}
	d := draft{
		id: m.Info.ID, chat: m.Info.Chat.ToNonAD(), group: m.Info.IsGroup, at: m.Info.Timestamp,
		name: bot.Clean(m.Info.PushName), body: bot.Unsupported{Kind: "view_once"},
	}
	d.lid, d.phone = senderOf(m.Info)
	if err := s.insist(func(ctx context.Context) error { return s.keep(ctx, d) }); err != nil {
		s.c.fault("database", err)
	}
	return true
}

func (s *session) groupChanged(g *events.GroupInfo) bool {
	mine := func(list []types.JID) bool {
		for _, j := range list {
			if s.me.is(form(j)) {
				return true
			}
		}
		return false
	}
	switch {
	case mine(g.Leave):
		return s.group(g.JID, bot.Left{}, g.Timestamp)
	case mine(g.Join):
		return s.group(g.JID, bot.Joined{}, g.Timestamp)
	}
	if s.c.opt.DeskGroup != "" && form(g.JID) != s.c.opt.DeskGroup {
		return true
	}
	for _, change := range []struct {
		what string
		who  []types.JID
		body bot.Member
	}{
		{"left", g.Leave, bot.Member{}}, {"demoted", g.Demote, bot.Member{Here: true}}, {"joined", g.Join, bot.Member{Here: true}},
		{"promoted", g.Promote, bot.Member{Here: true, Runs: true}},
	} {
		for _, jid := range change.who {
			s.member(g, change.what, jid, change.body)
		}
	}
	return true
}

// member notes that somebody else came into the group, left it, or runs it from now on, or no longer.
func (s *session) member(g *events.GroupInfo, what string, jid types.JID, body bot.Member) {
	chat := form(g.JID)
	err := s.insist(func(ctx context.Context) error {
		lid, phone := pair(jid, types.EmptyJID)
		who, err := s.who(ctx, lid, phone)
		if err != nil {
			return err
		}
		body.Who = bot.Person{ID: who.id}
		return s.c.rows.put(ctx, bot.Event{
			ID: eventID(chat, who.id, what+strconv.FormatInt(g.Timestamp.Unix(), 10)), Chat: address(chat), Group: true,
			At: g.Timestamp, Body: body,
		}, false)
	})
	if err != nil {
		s.c.fault("database", err)
	}
}

// group notes that the account came into a group or out of it. WhatsApp tells this once, whatever we answer.
func (s *session) group(jid types.JID, body bot.Body, at time.Time) bool {
	chat := form(jid)
	ev := bot.Event{
		ID: eventID(chat, kindOf(body), strconv.FormatInt(at.Unix(), 10)), Chat: address(chat), Group: true, At: at, Body: body,
	}
	if err := s.insist(func(ctx context.Context) error { _, err := s.c.put(ctx, ev, false); return err }); err != nil {
		s.c.fault("database", err)
	}
	return true
}

var errNoPoll = errors.New("no such poll")
