package whatsapp

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
)

// seenThen is one step in a story about who is forgotten: who is seen after so long, or who is forgotten.
type seenThen struct {
	after      time.Duration
	lid, phone string
	want       string // the address
	forget     string
}

// Whoever is forgotten, an address is one person's: who comes by the number next is a new person, and nobody's words reach another.
func TestAnAddressOfWhoIsForgottenIsNobodyElses(t *testing.T) {
	t.Parallel()
	for name, story := range map[string][]seenThen{
		"the first moved to another number": {
			{0, "", numA, numA, ""}, {day, lidL, numA, numA, ""}, {day, lidL, numB, numA, ""},
			{day, "", numA, secondA, ""}, {forget: secondA}, {0, "", numA, thirdA, ""}, {0, lidL, "", numA, ""},
		},
		"the first is silent": {
			{0, "", numA, numA, ""}, {100 * day, "", numA, secondA, ""}, {forget: secondA}, {0, "", numA, thirdA, ""},
		},
		"the first has a LID, and is silent": {
			{0, lidL, numA, lidL, ""}, {100 * day, "", numA, secondA, ""}, {forget: secondA}, {0, "", numA, thirdA, ""}, {0, lidL, "", lidL, ""},
		},
		"the first came by number, got a LID, and the next comes with one": {
			{0, "", numA, numA, ""}, {0, lidL, numA, numA, ""}, {day, lidL, numB, numA, ""}, {day, lidN, numA, lidN, ""},
			{forget: lidN}, {0, "", numA, secondA, ""}, {0, lidL, "", numA, ""},
		},
		"the first gave the number's address up": {
			{0, "", numA, numA, ""}, {0, lidL, "", lidL, ""}, {0, lidL, numA, lidL, ""}, {day, lidL, numB, lidL, ""},
			{day, lidN, numA, lidN, ""}, {forget: lidN}, {0, "", numA, secondA, ""},
		},
		"one after the other": {
			{0, "", numA, numA, ""}, {100 * day, "", numA, secondA, ""}, {forget: secondA}, {0, "", numA, thirdA, ""},
			{forget: thirdA}, {0, "", numA, "6281-4@s.whatsapp.net", ""}, {forget: numA}, {0, "", numA, "6281-4@s.whatsapp.net", ""},
		},
		"alone, and back again": {{0, "", numA, numA, ""}, {forget: numA}, {0, "", numA, numA, ""}},
	} {
		for _, older := range []bool{false, true} {
			t.Run(name+map[bool]string{true: ", begun by an older program"}[older], func(t *testing.T) {
				t.Parallel()
				s := newSite(t)
				now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
				c := s.open(t, func(o *Options) { o.Now = func() time.Time { return now } })
				for i, step := range story {
					now = now.Add(step.after)
					if step.forget != "" {
						if err := c.Forget(s.ctx, bot.Address{Network: bot.WhatsApp, ID: step.forget}); err != nil {
							t.Fatal(err)
						}
						continue
					}
					if got, err := c.people.resolve(s.ctx, step.lid, step.phone); err != nil || got.id != step.want {
						t.Fatalf("step %d (%s %s) is %+v, %v; want %s", i+1, step.lid, step.phone, got, err, step.want)
					}
					if older {
						asOnce(t, s, c)
					}
				}
			})
		}
	}
}

// asOnce writes the former addresses as an older program did, plainly, and what was left as nobody's; then the newer one starts.
func asOnce(t *testing.T, s *site, c *Channel) {
	t.Helper()
	for _, id := range []string{numA, secondA, thirdA} {
		for _, step := range []string{
			`INSERT INTO person (jid, id) SELECT $1, '' FROM former WHERE id = $2 AND lost AND $1 = '` + numA + `' ON CONFLICT DO NOTHING`,
			`UPDATE former SET id = $1 WHERE id = $2`,
		} {
			if _, err := c.opt.DB.ExecContext(s.ctx, step, id, formerKey(id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := c.opt.DB.ExecContext(s.ctx, tables); err != nil {
		t.Fatal(err)
	}
}

// No table of the channel or of its library holds the number of who is forgotten, however it was met.
func TestTheNumberOfWhoIsForgottenIsInNoTable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	c := s.open(t, func(o *Options) { o.Now = func() time.Time { return now } })
	// Three owners, each long after the other; then one with a LID, who comes from another number, and one whom the library knows better.
	for _, seen := range [][2]string{{"", numA}, {"", numA}, {"", numA}, {lidL, "62810@s.whatsapp.net"}, {lidL, "62811@s.whatsapp.net"}, {"", "62812@s.whatsapp.net"}} {
		if _, err := c.people.resolve(s.ctx, seen[0], seen[1]); err != nil {
			t.Fatal(err)
		}
		now = now.Add(100 * day)
	}
	user, _, _ := strings.Cut(lidN, "@")
	if _, err := c.opt.DB.ExecContext(s.ctx, `INSERT INTO whatsmeow_lid_map (lid, pn) VALUES ($1, '62812')`, user); err != nil {
		t.Fatal(err)
	}
	if found := holding(t, s, c, "6281"); found == "" {
		t.Fatal("the test finds no number where there is one")
	}
	for _, id := range []string{numA, secondA, thirdA, lidL, "62812@s.whatsapp.net"} {
		if err := c.Forget(s.ctx, bot.Address{Network: bot.WhatsApp, ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	if found := holding(t, s, c, "6281"); found != "" {
		t.Errorf("it stands in %s", found)
	}
}

// holding names the tables with a row that holds these words.
func holding(t *testing.T, s *site, c *Channel, words string) (found string) {
	t.Helper()
	var names string
	const list = `SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = current_schema()`
	if err := c.opt.DB.QueryRowContext(s.ctx, list).Scan(&names); err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(names) {
		var there bool
		if err := c.opt.DB.QueryRowContext(s.ctx, `SELECT EXISTS (SELECT FROM `+name+` x WHERE x::text LIKE '%' || $1 || '%')`, words).Scan(&there); err != nil {
			t.Fatal(err)
		}
		if there {
			found += name + " "
		}
	}
	return found
}

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
		{"person", "jid", "222@lid 6281@s.whatsapp.net"}, {"heard", "id", "222@lid"}, {"unread", "chat", "222@lid"},
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
