package whatsappcloud

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
)

// parts are the fields of a JSON object, none of them read yet. Each is read by itself, so that one of another form than
// documented costs nothing but itself.
type parts map[string]json.RawMessage

// read reads one field; what is not there or of another form is the zero value.
func read[T any](p parts, name string) (v T) {
	raw, ok := p[name]
	if !ok {
		return v
	}
	var got T
	if json.Unmarshal(raw, &got) != nil {
		return v
	}
	return got
}

// each gives the objects of a list.
func each(p parts, name string) []parts {
	var out []parts
	for _, raw := range read[[]json.RawMessage](p, name) {
		var in parts
		if json.Unmarshal(raw, &in) == nil && in != nil {
			out = append(out, in)
		}
	}
	return out
}

// news is what one webhook call tells.
type news struct {
	events   []incoming
	receipts []receipt
	// states are of templates, codes of troubles that no chat has, unknown what made nothing.
	states  map[string]string
	codes   []int
	unknown []string
}

// incoming is one event, and what it tells of its sender beside.
type incoming struct {
	bot.Event
	phone string // with a plus, "" where it does not show
	opens bool   // free words are taken from now on
	moved string // the person's new id
	mark  string // the message to be marked as read
}

// receipt is one status, and the category under which Meta bills a delivered message.
type receipt struct {
	bot.Receipt
	category string
	code     int
}

// decode reads the body of a webhook call that was signed. ok is false when it is no JSON object.
func decode(raw []byte, phoneID string, now time.Time) (n news, ok bool) {
	var whole parts
	if json.Unmarshal(raw, &whole) != nil || whole == nil {
		return news{}, false
	}
	n.states = map[string]string{}
	for _, entry := range each(whole, "entry") {
		for _, change := range each(entry, "changes") {
			value := read[parts](change, "value")
			switch field := read[string](change, "field"); field {
			case "messages":
				n.read(value, phoneID, now)
			case "message_template_status_update":
				n.states[read[string](value, "message_template_name")] = read[string](value, "event")
			default:
				n.unknown = append(n.unknown, "field "+shortKind(field))
			}
		}
	}
	// Meta keeps no order, not even within a call.
	slices.SortStableFunc(n.events, func(a, b incoming) int { return a.At.Compare(b.At) })
	return n, true
}

// shortKind is a network's word that is fit for a counter.
func shortKind(word string) string {
	word = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r == '_' {
			return r
		}
		return -1
	}, word)
	return word[:min(len(word), 40)]
}

func (n *news) read(value parts, phoneID string, now time.Time) {
	meta := read[parts](value, "metadata")
	if read[string](meta, "phone_number_id") != phoneID {
		n.unknown = append(n.unknown, "other number")
		return
	}
	own := read[string](meta, "display_phone_number")
	contacts := each(value, "contacts")
	for _, m := range each(value, "messages") {
		ev, kind := event(m, contacts, own)
		if kind != "" {
			n.unknown = append(n.unknown, kind)
			continue
		}
		ev.Event = bot.Storable(ev.Event, now)
		n.events = append(n.events, ev)
	}
	for _, s := range each(value, "statuses") {
		if r, ok := status(s, now); ok {
			n.receipts = append(n.receipts, r)
			continue
		}
		n.unknown = append(n.unknown, "status")
	}
	for _, e := range each(value, "errors") {
		n.codes = append(n.codes, read[int](e, "code"))
	}
}

// event reads one message; unknown says why it makes none.
func event(m parts, contacts []parts, own string) (ev incoming, unknown string) {
	id, kind := read[string](m, "id"), read[string](m, "type")
	from, user := read[string](m, "from"), read[string](m, "from_user_id")
	chat := personID(user, from)
	switch {
	case id == "":
		return ev, "no id"
	case read[string](m, "group_id") != "":
		return ev, "group"
	case kind == "system":
		return renamed(m, id, chat)
	case chat == "":
		return ev, "no sender"
	case kind == "reaction":
		return ev, "reaction"
	}
	ev.ID, ev.Chat, ev.At, ev.phone = bot.EventID(eventPrefix+id), address(chat), instant(m), dialled(from)
	ev.From = bot.Person{ID: chat, Name: nameOf(contacts, user, from)}
	ev.Ref, ev.mark, ev.opens = messageRef(chat, id), id, true
	c := read[parts](m, "context")
	if quoted := read[string](c, "id"); quoted != "" && kind != "interactive" && kind != "button" {
		ref := messageRef(chat, quoted)
		ev.ReplyTo = &ref
		by := digits(read[string](c, "from"))
		ev.ToBot = by != "" && by == digits(own)
	}
	ev.Relayed = read[bool](c, "forwarded") || read[bool](c, "frequently_forwarded")
	if kind == "edit" {
		changed := read[parts](m, "edit")
		ev.Edited, ev.Ref = true, messageRef(chat, read[string](changed, "original_message_id"))
		m = read[parts](changed, "message")
		kind = read[string](m, "type")
	}
	ev.Body = content(m, kind, chat, read[string](c, "id"), from)
	if !ev.Relayed {
		ev.Relayed = quotation(bot.Words(ev.Body))
	}
	switch ev.Body.(type) {
	case bot.Pick, bot.Woken:
		ev.Ref = bot.MessageRef{}
	}
	return ev, ""
}

// renamed reads that a person has another id: a new number makes one.
func renamed(m parts, id, chat string) (ev incoming, unknown string) {
	s := read[parts](m, "system")
	switch read[string](s, "type") {
	case "user_changed_number", "user_changed_user_id", "customer_changed_number":
	default:
		return ev, "system"
	}
	if was := read[string](s, "previous_user_id"); personShape.MatchString(was) {
		chat = was
	}
	phone := read[string](s, "wa_id")
	if phone == "" {
		phone = read[string](s, "new_wa_id")
	}
	now := personID(read[string](s, "user_id"), phone)
	if now == "" || chat == "" || now == chat {
		return ev, "system"
	}
	ev.ID, ev.Chat, ev.At = bot.EventID(eventPrefix+id), address(chat), instant(m)
	ev.From, ev.Body = bot.Person{ID: chat}, bot.Moved{To: address(now)}
	ev.moved, ev.phone = now, dialled(phone)
	return ev, ""
}

// status reads what became of a message.
func status(s parts, now time.Time) (r receipt, ok bool) {
	id := read[string](s, "id")
	chat := personID(read[string](s, "recipient_user_id"), read[string](s, "recipient_id"))
	if id == "" || chat == "" {
		return r, false
	}
	r.Ref, r.At = messageRef(chat, id), instant(s)
	r.Key, r.Beside = strings.CutSuffix(read[string](s, "biz_opaque_callback_data"), besideMark)
	r.category = shortKind(read[string](read[parts](s, "pricing"), "category"))
	switch read[string](s, "status") {
	case "sent":
		r.Outcome = bot.Took
	case "delivered":
		r.Outcome = bot.Arrived
	case "read", "played":
		r.Outcome = bot.Read
	case "failed":
		r.Outcome = bot.Missed
		for _, e := range each(s, "errors") {
			r.code = read[int](e, "code")
		}
	default:
		return r, false
	}
	r.Receipt, ok = bot.StorableReceipt(r.Receipt, now)
	return r, ok
}

// instant is when something happened: seconds as text, but milliseconds and numbers have been seen.
func instant(m parts) time.Time {
	text := read[string](m, "timestamp")
	if text == "" {
		text = string(m["timestamp"])
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n > 1e11:
		return time.UnixMilli(n).UTC()
	}
	return time.Unix(n, 0).UTC()
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// nameOf is the name that a person gave him- or herself.
func nameOf(contacts []parts, user, from string) string {
	for _, c := range contacts {
		if id := read[string](c, "user_id"); id != "" && id == user || id == "" && read[string](c, "wa_id") == from {
			return bot.Clean(read[string](read[parts](c, "profile"), "name"))
		}
	}
	return ""
}

// quotation reports whether words are nothing but a quotation.
func quotation(words string) bool {
	if words == "" {
		return false
	}
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, ">") {
			return false
		}
	}
	return true
}
