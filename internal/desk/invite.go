package desk

import (
	"context"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Wakeup says what an invitation may say of a letter: the number of the report, and which office has it; to one of the desk's own people
// neither. What the letter says is never in it.
func (d *Desk) Wakeup(ctx context.Context, l ledger.Letter) (bot.Wakeup, error) {
	o := d.Office()
	w := bot.Wakeup{Office: o.Profile.City, Staff: l.Staff()}
	if l.Report == 0 || w.Staff {
		return w, nil
	}
	r, err := d.Reader.ByID(ctx, l.Report)
	if err != nil {
		return w, err
	}
	w.Code = string(r.Code)
	if a, ok := o.Profile.Agency(r.Agency); ok && r.Agency != "" {
		w.Office = a.Name
	}
	return w, nil
}
