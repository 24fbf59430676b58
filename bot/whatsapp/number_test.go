package whatsapp

import "testing"

// The number of a person is found by the address he or she was first met under, whichever form that is.
func TestNumberOfAPerson(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	for _, step := range []struct{ name, lid, phone, address, want string }{
		{"by LID alone there is none", "222@lid", "", "222@lid", ""},
		{"it becomes known later", "222@lid", "628222@s.whatsapp.net", "222@lid", "+628222"},
		{"met by number", "", "628111@s.whatsapp.net", "628111@s.whatsapp.net", "+628111"},
		{"a new number in place of the old one", "222@lid", "628223@s.whatsapp.net", "222@lid", "+628223"},
		{"the old number has a new owner", "333@lid", "628222@s.whatsapp.net", "222@lid", "+628223"},
		{"a stranger", "444@lid", "", "555@lid", ""},
		{"a group", "444@lid", "", "1203@g.us", ""},
	} {
		if _, err := c.people.resolve(s.ctx, step.lid, step.phone); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Number(s.ctx, address(step.address)); err != nil || got != step.want {
			t.Errorf("%s: %q, %v; want %q", step.name, got, err, step.want)
		}
	}
}
