package warelay

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// Ban is a way in which WhatsApp turns an account away.
type Ban int

// The bans. Those that say "at the next login" break the connection first.
const (
	// TemporaryBan answers the next login with failure 402, see also
	// [Relay.BanFor].
	TemporaryBan Ban = iota + 1
	// LoggedOut unlinks every companion device: stream error 401
	// device_removed where it is online, failure 401 where it is not. The
	// client deletes its store row; pairing anew is the only way back.
	LoggedOut
	// Locked answers the next login with failure 403: the phone was logged out.
	Locked
	// Banned answers the next login with failure 406: the number is banned.
	Banned
	// ClientOutdated answers the next login with failure 405.
	ClientOutdated
	// Unavailable answers logins with failure 503 until lifted; clients try
	// again by themselves.
	Unavailable
)

// The default temporary ban: too many messages to people who do not know the
// sender, for a day.
const (
	banCode   = 101
	banExpire = 24 * time.Hour
)

// limits are what stands between an account and its messages.
type limits struct {
	refuse      refusal
	lockedUntil time.Time // reach-out time-lock
	needToken   bool
}

// token is a privacy token: the issuer's word that the holder may write.
type token struct {
	value   []byte
	expired bool
}

// Ban turns an account away until [Relay.Lift]: all its devices, but with
// LoggedOut only those linked to the phone.
func (r *Relay) Ban(a *Account, kind Ban) {
	switch kind {
	case TemporaryBan:
		r.BanFor(a, banCode, banExpire)
	case LoggedOut:
		r.logOut(a)
	case Locked:
		r.turnAway(a, refusal{reason: 403})
	case Banned:
		r.turnAway(a, refusal{reason: 406})
	case ClientOutdated:
		r.turnAway(a, refusal{reason: 405})
	case Unavailable:
		r.turnAway(a, refusal{reason: 503})
	}
}

// BanFor is a temporary ban with a reason code (101, 102, 103, 104, 106) and
// the time until it ends, which the client is told; the relay itself goes on
// refusing until [Relay.Lift].
func (r *Relay) BanFor(a *Account, code int, expire time.Duration) {
	r.turnAway(a, refusal{reason: 402, code: code, expire: int(expire.Seconds())})
}

// turnAway refuses logins from now on and breaks the connections there are.
func (r *Relay) turnAway(a *Account, f refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.limits.refuse = f
	r.cutAll(a)
}

// Lift ends every ban and time-lock of an account.
func (r *Relay) Lift(a *Account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.limits.refuse = refusal{}
	if !a.limits.lockedUntil.IsZero() {
		a.limits.lockedUntil = time.Time{}
		r.tellTimeLock(a)
	}
}

func (r *Relay) logOut(a *Account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range append([]*device(nil), a.devices...) {
		if d.id == 0 {
			continue
		}
		if d.conn != nil {
			d.conn.finish(streamError("401", "device_removed"))
		}
		r.removeDevice(d)
	}
}

// DropSession breaks the account's connections without a word, as a dead
// network would. What was not acknowledged comes again.
func (r *Relay) DropSession(a *Account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cutAll(a)
}

// Unplug takes an account off the network: its connections break and new ones
// break at once, until [Relay.Plug].
func (r *Relay) Unplug(a *Account) {
	for _, n := range a.Devices() {
		r.plug(a, uint16(n), false)
	}
}

// Plug ends Unplug.
func (r *Relay) Plug(a *Account) {
	for _, n := range a.Devices() {
		r.plug(a, uint16(n), true)
	}
}

func (r *Relay) plug(a *Account, dev uint16, in bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := a.device(dev)
	if d == nil {
		return
	}
	d.unplugged = !in
	if !in && d.conn != nil {
		d.conn.cut()
	}
}

func (r *Relay) cutAll(a *Account) {
	for _, d := range a.devices {
		if d.conn != nil {
			d.conn.cut()
		}
	}
}

// Replace tells the account's companion devices that somebody else has logged
// in with their keys, and ends their connections.
func (r *Relay) Replace(a *Account) { r.endStreams(a, streamError("", "replaced")) }

// EndStream ends the connections of the account's companion devices with a
// stream error: "503" and "515" make clients connect again.
func (r *Relay) EndStream(a *Account, code string) { r.endStreams(a, streamError(code, "")) }

func (r *Relay) endStreams(a *Account, n waBinary.Node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range a.devices {
		if d.id > 0 && d.conn != nil {
			d.conn.finish(n)
		}
	}
}

// TimeLock puts the account under the reach-out time-lock until then: its
// companion devices are told, and their messages to people are refused with
// error 463. Groups are not affected. Ends with [Relay.Lift] or when the time
// has come.
func (r *Relay) TimeLock(a *Account, until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.limits.lockedUntil = until
	r.tellTimeLock(a)
}

func (r *Relay) tellTimeLock(a *Account) {
	lock := map[string]any{"is_active": a.limits.lockedUntil.After(r.now())}
	if lock["is_active"] == true {
		lock["enforcement_type"] = "RESTRICT_ALL_COMPANIONS"
		lock["time_enforcement_ends"] = strconv.FormatInt(a.limits.lockedUntil.Unix(), 10)
	}
	body, err := json.Marshal(map[string]any{"data": map[string]any{"xwa2_notify_account_reachout_timelock": lock}})
	if err != nil {
		return // a map of strings and a bool always encodes
	}
	for _, d := range a.devices {
		if d.id > 0 {
			r.deliver(d, node("notification",
				waBinary.Attrs{"from": serverJID(), "type": "mex", "id": r.nextID(), "t": r.unix()},
				leaf("update", waBinary.Attrs{"op_name": "NotificationAccountReachoutTimelock"}, body)))
		}
	}
}

// NeedTokens makes the account's messages to people depend on a valid privacy
// token of the receiver, as WhatsApp does with accounts it distrusts: without
// one they are refused with error 463. A token comes with the other person's
// own first message.
func (r *Relay) NeedTokens(a *Account, need bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a.limits.needToken = need
}

// ExpireTokens makes every privacy token issued to the account invalid, as
// after four weeks of silence.
func (r *Relay) ExpireTokens(a *Account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, issuer := range r.accounts {
		if t, ok := issuer.tokens[a]; ok {
			t.expired = true
			issuer.tokens[a] = t
		}
	}
}

// tooCold says whether a message is refused with 463.
func (r *Relay) tooCold(from *device, target *Account, n waBinary.Node) bool {
	l := from.acct.limits
	if target == from.acct {
		return false
	}
	if from.id > 0 && l.lockedUntil.After(r.now()) {
		return true
	}
	if !l.needToken {
		return false
	}
	t := target.tokens[from.acct]
	return t.expired || len(t.value) == 0 || !bytes.Equal(bytesIn(n, "tctoken"), t.value)
}

// privacyIQ answers the privacy namespace: the settings, which let everyone
// see everything, and the issue of privacy tokens.
func (r *Relay) privacyIQ(c *conn, n waBinary.Node) waBinary.Node {
	tokens, issue := n.GetOptionalChildByTag("tokens")
	if !issue {
		var out []waBinary.Node
		for _, name := range []string{"readreceipts", "profile", "status", "online", "last", "groupadd", "calladd"} {
			out = append(out, node("category", waBinary.Attrs{"name": name, "value": "all"}))
		}
		return result(n, node("privacy", nil, out...))
	}
	a := c.dev.acct
	for _, t := range tokens.GetChildrenByTag("token") {
		holder := r.find(jid(t, "jid"))
		if holder == nil {
			continue
		}
		value := randomBytes(16)
		a.tokens[holder] = token{value: value}
		attrs := waBinary.Attrs{"from": a.lidJID(0), "type": "privacy_token", "id": r.nextID(), "t": r.unix()}
		if !a.hide {
			attrs["from"], attrs["sender_lid"] = a.phoneJID(0), a.lidJID(0)
		}
		r.toAll(holder, node("notification", attrs,
			node("tokens", nil, leaf("token", waBinary.Attrs{"type": "trusted_contact", "t": r.unix()}, value))))
	}
	return result(n)
}
