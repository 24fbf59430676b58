package whatsapp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/bot"
)

// A mention stands in the words as "@" and the digits of somebody's LID or phone number; the phones show a name in its place.

// unmention takes mentions out of the words: the account's own wholly, because it only calls the bot, and of everybody else in
// a group all but the "@", because nobody outside may read the number.
func (d *draft) unmention(about *waE2E.ContextInfo, me own) {
	var called []string
	for _, jid := range about.GetMentionedJID() {
		user, _, _ := strings.Cut(jid, "@")
		user, _, _ = strings.Cut(user, ":")
		called = append(called, user)
	}
	rewrite := func(words string) string {
		if !strings.Contains(words, "@") {
			return words
		}
		out, others := mentions{group: d.group, called: called, own: me.users()}.rewrite(words)
		d.mentions = d.mentions || others
		return out
	}
	switch b := d.body.(type) {
	case bot.Text:
		d.body = bot.Text{Text: rewrite(b.Text)}
	case bot.Photo:
		b.Caption = rewrite(b.Caption)
		d.body = b
	case bot.Voice:
		b.Caption = rewrite(b.Caption)
		d.body = b
	case bot.Document:
		b.Caption = rewrite(b.Caption)
		d.body = b
	case bot.Location:
		b.Name, b.Address, b.Caption = rewrite(b.Name), rewrite(b.Address), rewrite(b.Caption)
		d.body = b
	}
}

// users are the account's LID and number without their servers.
func (o own) users() []string {
	var out []string
	for _, jid := range []string{o.lid, o.phone} {
		if user, _, _ := strings.Cut(jid, "@"); user != "" {
			out = append(out, user)
		}
	}
	return out
}

// mentions is what is known of the people that a text may name by number.
type mentions struct {
	group       bool
	called, own []string
}

// numberLike is how many digits at least are a number of somebody, where the message does not say who is mentioned.
const numberLike = 8

func (m mentions) rewrite(words string) (out string, others bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(words, '@')
		if i < 0 {
			b.WriteString(words)
			break
		}
		b.WriteString(words[:i])
		rest := strings.TrimLeftFunc(words[i+1:], bot.Invisible) // phones keep the direction of what follows
		user := rest[:digitsOf(rest)]
		last, _ := utf8.DecodeLastRuneInString(words[:i])
		switch {
		case user == "" || i > 0 && (unicode.IsLetter(last) || unicode.IsDigit(last)): // an e-mail address
			b.WriteString("@" + user)
			words = rest[len(user):]
			continue
		case slices.Contains(m.own, strings.TrimPrefix(user, "+")):
			words = unaddressed(rest[len(user):])
			if b.Len() == 0 || strings.HasSuffix(b.String(), " ") {
				words = strings.TrimLeft(words, " ")
			}
			continue
		case slices.Contains(m.called, strings.TrimPrefix(user, "+")) || m.group && len(user) >= numberLike:
			b.WriteByte('@')
			others = true
			words = unaddressed(rest[len(user):])
			if next, _ := utf8.DecodeRuneInString(words); unicode.IsLetter(next) || unicode.IsDigit(next) || next == '/' {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString("@" + user)
		words = rest[len(user):]
	}
	return strings.TrimSpace(b.String()), others
}

// unaddressed drops a device and a server behind a mentioned user.
func unaddressed(rest string) string {
	if device, ok := strings.CutPrefix(rest, ":"); ok && device != "" && device[0] >= '0' && device[0] <= '9' {
		rest = device[digitsOf(device):]
	}
	for _, server := range []string{"@lid", "@s.whatsapp.net", "@g.us"} {
		if after, ok := strings.CutPrefix(rest, server); ok {
			return after
		}
	}
	return rest
}

func digitsOf(s string) int {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || n == 0 && s[n] == '+') {
		n++
	}
	return n
}

// relayed reports whether a message was passed on: by its mark, or by how often it has been.
func relayed(about *waE2E.ContextInfo) bool {
	return about.GetIsForwarded() || about.GetForwardingScore() > 0 || about.GetForwardOrigin() != waE2E.ContextInfo_UNKNOWN
}

// quotes reports whether words are nothing but a quotation: each line begins with ">".
func quotes(words string) bool {
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, ">") {
			return false
		}
	}
	return words != ""
}
