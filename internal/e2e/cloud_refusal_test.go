package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/cloudapi"
)

// answeredAmid lets the coordinator answer everybody while Meta refuses in six ways, a part of the people each: the token is dead, sends
// fail, sends fail later, windows are shut before the answer goes and while it is on its way, and invitations are paused. Halfway the
// program is killed. In the end each has read the own answer; it gives how many read one twice.
func (w *world) answeredAmid(t *testing.T, people []*resident, c *child) (twice int) {
	t.Helper()
	w.quiet()
	head := w.head.In(w.desk.ID())
	words := func(i int) string {
		return fmt.Sprintf("Regu kami berangkat sore ini, bagian %c%c", 'A'+i/26, 'A'+i%26)
	}
	past := make([]int, len(people))
	for i, r := range people {
		past[i] = len(r.p.Shown())
		w.ears.keepPrivate("the coordinator", words(i))
	}
	const ways = 6
	answered := func(way int) {
		for i := way; i < len(people); i += ways {
			if _, err := head.Text(people[i].codes[0] + " " + words(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	noticed := func(upTo int) {
		eventually(t, "the answers to be letters", func(context.Context) bool {
			want := 0
			for way := range upTo {
				want += (len(people) - way + ways - 1) / ways
			}
			return w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND doc::text LIKE '%Regu kami berangkat sore ini, bagian%'`) == want
		})
	}
	each := func(way int, do func(*resident)) {
		for i := way; i < len(people); i += ways {
			do(people[i])
		}
	}
	w.meta.KillToken(true)
	answered(0)
	noticed(1)
	if long() {
		after(time.Minute)
	}
	w.meta.KillToken(false)

	w.meta.FailSends(len(people)/ways, 131016)
	answered(1)
	noticed(2)
	w.meta.FailLate(len(people)/ways, 131000)
	answered(2)
	c.kill()
	w.serves()
	noticed(3)

	each(3, func(r *resident) { r.p.Silent() })
	answered(3)
	noticed(4)
	w.meta.WindowLate(true)
	each(4, func(r *resident) { r.p.Silent() })
	answered(4)
	noticed(5)
	w.meta.Decide("kabar_laporan", "PAUSED")
	w.meta.Decide("kabar_laporan_2", "PAUSED")
	each(5, func(r *resident) { r.p.Silent() })
	answered(5)
	noticed(6)
	w.mailed(t)
	for i, r := range people { // who was invited presses, who was not writes one day
		var err error
		if shown := r.p.Shown(); i%ways >= 3 {
			if last := shown[len(shown)-1]; last.Template != "" {
				err = r.p.Press(last.ID, 0)
			} else {
				err = r.says("status")
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, r := range people {
		ctx, cancel := story(2 * time.Minute)
		_, err := r.p.Wait(ctx, func(all []cloudapi.Shown) bool { return count(all[past[i]:], words(i)) > 0 })
		cancel()
		if err != nil {
			t.Errorf("resident %d of way %d never reads the answer: %s", i, i%ways, w.lettersTo(r))
		}
	}
	w.mailed(t)
	for i, r := range people {
		if n := count(r.p.Shown()[past[i]:], words(i)); n > 1 {
			twice += n - 1
		}
		for j, other := range people {
			if j != i && count(r.p.Shown(), words(j)) > 0 {
				t.Errorf("resident %d reads what is for %s", i, other.codes[0])
			}
		}
	}
	w.nobodyStumbled()
	return twice
}

// unpaidAmid lets the coordinator answer people once there is no means of payment: Meta takes the answers and delivers none. It gives how many
// there are; of each the card says in the end that it did not arrive, and what to do.
func (w *world) unpaidAmid(t *testing.T, people []*resident) (answers int) {
	t.Helper()
	const words = "Suku cadangnya kami pasang lusa pagi"
	w.ears.keepPrivate("the coordinator", words)
	w.meta.WindowLate(false)
	for _, r := range people { // whoever has just written can be answered in words
		if err := r.says("status"); err != nil {
			t.Fatal(err)
		}
	}
	w.quiet()
	w.mailed(t)
	w.meta.Unpaid(true)
	head := w.head.In(w.desk.ID())
	for _, r := range people {
		if _, err := head.Text(r.codes[0] + " " + words); err != nil {
			t.Fatal(err)
		}
	}
	const of = `SELECT count(*) FROM letters WHERE purpose = 'notice' AND state = 'sent' AND seen = '' AND doc::text LIKE '%' || $1 || '%'`
	inTime(t, patience+time.Duration(len(people))*time.Second, "Meta to take all answers", func(context.Context) bool { return w.number(of, words) == len(people) })
	if _, err := w.db.Exec(context.Background(), `UPDATE letters SET done = done - interval '11 minutes' WHERE network = 'whatsapp-cloud' AND done IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the cards to say that they did not arrive", func(context.Context) bool {
		return w.number(of+` AND why LIKE 'belum sampai: %hubungi dengan cara lain%'`, words) == len(people)
	})
	for i, r := range people {
		if count(r.p.Shown(), words) != 0 {
			t.Errorf("resident %d has what nobody paid for", i)
		}
	}
	w.nobodyStumbled()
	return len(people)
}

// count counts the messages with these words.
func count(all []cloudapi.Shown, words string) (n int) {
	for _, m := range all {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// Twelve people are answered while Meta refuses in six ways, with its calls backwards and twice, and the program is killed: each reads the
// own answer. `make faults` plays it with two hundred.
func TestAnsweredWhileMetaRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true, own: true})
	w.meta.Switch(cloudapi.Switches{Disorder: true, Doubles: true, StatusBackwards: true})
	people, _, c := w.killedAmong(t, 12, 0, time.Minute)
	if t.Failed() {
		return
	}
	if twice := w.answeredAmid(t, people, c); twice > 2 { // what was on its way in the kill
		t.Errorf("%d answers came twice", twice)
	}
}
