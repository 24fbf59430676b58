package whatsapp

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"rabeg/bot"
)

// What this file mints, only this package reads.
//
//	Address.ID     a person: "1234…@lid", or "628…@s.whatsapp.net" for one first met without a LID; a group: "1203…@g.us".
//	               It stays the one a person was first met under, see people. "628…-2@s.whatsapp.net" is the second owner of
//	               a number that somebody else was met under before
//	Person.ID      the same, in groups too
//	MessageRef.ID  the id of a message of ours; a message of somebody else has "/" and that person's Person.ID after it,
//	               which quoting it needs
//	EventID        "wa:", the chat's Address.ID, "/", the sender's Person.ID, "/", the message's id: ids of messages are
//	               chosen by phones and are unique for one sender at most. A phone number in it is hashed, see unnumbered
//	MediaRef.ID    see mediaRef

const eventPrefix = "wa:"

var (
	errAddress = errors.New("not an address of WhatsApp")
	errRef     = errors.New("not a message of WhatsApp")
)

func address(id string) bot.Address { return bot.Address{Network: bot.WhatsApp, ID: id} }

// parseAddress gives the JID in an address, which need not be where the person is reached today.
func parseAddress(a bot.Address) (types.JID, error) {
	if a.Network != bot.WhatsApp || a.Topic != "" {
		return types.JID{}, errAddress
	}
	return parseJID(a.ID)
}

func parseJID(id string) (types.JID, error) {
	user, server, ok := strings.Cut(id, "@")
	if server == types.DefaultUserServer {
		user, _, _ = strings.Cut(user, "-") // who had the number when is the address's, not the network's
	}
	if !ok || user == "" || strings.ContainsAny(user, ":/._ ") {
		return types.JID{}, errAddress
	}
	switch server {
	case types.HiddenUserServer, types.DefaultUserServer:
		if _, err := strconv.ParseUint(user, 10, 64); err != nil {
			return types.JID{}, errAddress
		}
	case types.GroupServer:
	default:
		return types.JID{}, errAddress
	}
	return types.NewJID(user, server), nil
}

// form is the JID without its device, as tables and addresses hold it; empty for none.
func form(j types.JID) string {
	if j.IsEmpty() {
		return ""
	}
	return j.ToNonAD().String()
}

// pair sorts two names of one person into LID and phone number; each may be empty.
func pair(a, b types.JID) (lid, phone string) {
	for _, j := range []types.JID{a, b} {
		switch j.Server {
		case types.HiddenUserServer, types.HostedLIDServer:
			j.Server = types.HiddenUserServer
			lid = form(j)
		case types.DefaultUserServer, types.HostedServer:
			j.Server = types.DefaultUserServer
			phone = form(j)
		}
	}
	return lid, phone
}

// senderOf is who sent a message, as the network named the person. Beside a number the library puts the LID that it remembers, which may be of
// the number's former owner, and cannot be told from one that came with the message: it does not count, the network is asked (who).
func senderOf(info types.MessageInfo) (lid, phone string) {
	lid, phone = pair(info.Sender, info.SenderAlt)
	if _, byNumber := pair(info.Sender, types.EmptyJID); byNumber != "" {
		lid = ""
	}
	return lid, phone
}

func eventID(chat, sender, id string) bot.EventID {
	return bot.EventID(eventPrefix + unnumbered(chat) + "/" + unnumbered(sender) + "/" + id)
}

// unnumbered is an address without a phone number in it, because ids of events stand in logs: a person known by number
// alone, and an old group, which is called by its founder's, go by a hash.
func unnumbered(jid string) string {
	user, server, _ := strings.Cut(jid, "@")
	if server != types.DefaultUserServer && !strings.Contains(user, "-") {
		return jid
	}
	sum := sha256.Sum256([]byte(jid))
	return hex.EncodeToString(sum[:9]) + "@" + server
}

// messageRef names a message; by is empty for one of ours.
func messageRef(chat, id, by string) bot.MessageRef {
	r := bot.MessageRef{Chat: address(chat), ID: id}
	if by != "" {
		r.ID += "/" + by
	}
	return r
}

func parseRef(r bot.MessageRef) (id, by string, err error) {
	if _, err = parseAddress(r.Chat); err != nil {
		return "", "", err
	}
	id, by, _ = strings.Cut(r.ID, "/")
	if id == "" {
		return "", "", errRef
	}
	return id, by, nil
}

// letterID is the id of the nth message of a letter. It depends on nothing else, so that a letter sent again after a lost
// acknowledgement carries the ids it carried before, and phones show it once.
func letterID(key string, to bot.Address, nth int) types.MessageID {
	sum := sha256.Sum256([]byte(key + "\x00" + to.String() + "\x00" + strconv.Itoa(nth)))
	return whatsmeow.WebMessageIDPrefix + strings.ToUpper(hex.EncodeToString(sum[:9]))
}
