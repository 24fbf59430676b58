package whatsapp

import (
	"strings"
	"testing"

	"rabeg/bot"
)

// Who is forgotten stands in no table of the channel or of its library any more, and nobody else is missing. A number that has a new
// owner stays the new owner's.
func TestForget(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	for _, seen := range [][2]string{{"", "6281@s.whatsapp.net"}, {"111@lid", "6281@s.whatsapp.net"}, {"222@lid", "6282@s.whatsapp.net"}, {"222@lid", "6281@s.whatsapp.net"}} {
		if _, err := c.people.resolve(s.ctx, seen[0], seen[1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, put := range []string{
		`INSERT INTO heard (id, at) VALUES ('6281@s.whatsapp.net', now()), ('222@lid', now())`,
		`INSERT INTO unread (id, chat, event, at) VALUES ('x', '111@lid', '', now()), ('y', '222@lid', '', now())`,
		`INSERT INTO whatsmeow_lid_map (lid, pn) VALUES ('111', '6289'), ('222', '6281')`,
	} {
		if _, err := c.opt.DB.ExecContext(s.ctx, put); err != nil {
			t.Fatal(err)
		}
	}
	first := bot.Address{Network: bot.WhatsApp, ID: "6281@s.whatsapp.net"}
	for range 2 { // a program that died in between does it again
		if err := c.Forget(s.ctx, first); err != nil {
			t.Fatal(err)
		}
	}
	all := func(table, column string) string {
		var list string
		if err := c.opt.DB.QueryRowContext(s.ctx, `SELECT coalesce(string_agg(`+column+`, ' ' ORDER BY `+column+`), '') FROM `+table).Scan(&list); err != nil {
			t.Fatal(err)
		}
		return list
	}
	for _, at := range []struct{ table, column, want string }{
		{"person", "jid", "222@lid 6281@s.whatsapp.net 6282@s.whatsapp.net"}, {"heard", "id", "222@lid"}, {"unread", "chat", "222@lid"},
		{"whatsmeow_lid_map", "lid", "222"},
	} {
		if got := all(at.table, at.column); got != at.want {
			t.Errorf("%s holds %q, want %q", at.table, got, at.want)
		}
	}
	if m, err := c.people.resolve(s.ctx, "111@lid", ""); err != nil || strings.Contains(m.id, "6281") {
		t.Errorf("who comes back is %+v, %v", m, err)
	}
}
