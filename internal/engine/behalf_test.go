package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var (
	atCounter = bot.Address{Network: bot.Telegram, ID: "7"} // an officer's own chat with the bot
	passer    = bot.Address{Network: bot.Telegram, ID: "8"}
	buSiti    = bot.Address{Network: bot.WhatsApp, ID: "9@lid"}
)

func (s *stand) enroll(person string, op ledger.Operator) {
	s.Helper()
	op.ID, op.Rev = person, op.Rev+1
	b := ledger.Batch{Cause: fmt.Sprintf("enroll:%s:%d", person, op.Rev), At: began, Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: op.Rev - 1}}}
	if err := s.store.Commit(s.Context(), b); err != nil {
		s.Fatal(err)
	}
}

func (s *stand) says(chat bot.Address, words ...string) {
	s.Helper()
	for _, w := range words {
		s.at(chat, bot.Text{Text: w})
	}
}

// all are the reports there are, with what was said in letters to a chat.
func (s *stand) all() (out []report.Report) {
	s.Helper()
	rows, err := s.store.Pool.Query(s.Context(), `SELECT id FROM reports ORDER BY filed, id`)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id report.ID
		if err := rows.Scan(&id); err != nil {
			s.Fatal(err)
		}
		r, err := s.store.ByID(s.Context(), id)
		if err != nil {
			s.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func (s *stand) letters(chat bot.Address) (words []string) {
	s.Helper()
	rows, err := s.store.Pool.Query(s.Context(), `SELECT doc::text FROM letters WHERE lane = $1 ORDER BY id`, chat.String())
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text *string
		if err := rows.Scan(&text); err != nil {
			s.Fatal(err)
		}
		if text != nil {
			words = append(words, *text)
		}
	}
	return words
}

// Everything that is kept, but for the table of contacts: the number must stand nowhere in it.
func (s *stand) wantNowhere(number string) {
	s.Helper()
	var tables []string
	rows, err := s.store.Pool.Query(s.Context(), `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'contacts'`)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			s.Fatal(err)
		}
		tables = append(tables, name)
	}
	if len(tables) < 5 {
		s.Fatalf("only the tables %v are looked through", tables)
	}
	for _, name := range tables {
		var n int
		if err := s.store.Pool.QueryRow(s.Context(), `SELECT count(*) FROM "`+name+`" t WHERE t::text LIKE '%'||$1||'%'`, number).Scan(&n); err != nil {
			s.Fatal(err)
		}
		if n > 0 {
			s.Errorf("%s stands in %d rows of %s", number, n, name)
		}
	}
}

// Bu Siti stands at the counter; Budi takes her report in his own chat with the bot. It is nobody's until she writes from her
// number, and the number stands nowhere but in its own table. Then it is hers, once, whatever dies meanwhile.
func TestOnBehalf(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.numbers = map[bot.Address]string{buSiti: "+62811222333 / +62899111222"}
	s.enroll("telegram:7", ledger.Operator{Name: "Budi", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:1", Since: began})
	s.says(buSiti, "halo") // she has been here before: nothing waits for her
	s.says(atCounter, "/lapor loket lampu jalan mati di Cipare", "0811-222-333", "kirim")
	all := s.all()
	if len(all) != 1 {
		t.Fatalf("%d reports; Budi read %q", len(all), s.letters(atCounter))
	}
	r := all[0]
	if !r.Reporter.Zero() || r.How != report.AtCounter || !r.Contact || r.Agency != "DISHUB" || r.ReporterName != "" {
		t.Errorf("the report is %+v", r)
	}
	facts, err := s.store.Facts(t.Context(), r.ID)
	if err != nil || facts[0].By.Name != "Budi" || facts[0].By.Role != report.Operator {
		t.Errorf("%v, taken by %+v", err, facts[0].By)
	}
	for _, form := range []string{"62811222333", "0811222333", "0811-222-333", "811222333"} {
		s.wantNowhere(form)
	}
	if doc, err := s.sess.Load(t.Context(), atCounter); err != nil || strings.Contains(string(doc.State), "811222333") {
		t.Errorf("%v: the number stays in the conversation", err)
	} else if err := s.sess.Free(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	if mine, err := s.store.Mine(t.Context(), atCounter, 9); err != nil || len(mine) != 0 {
		t.Errorf("%v: it is %d of Budi's own reports", err, len(mine))
	}
	before := len(s.letters(buSiti))

	s.numbers[passer] = "+62811222334"
	s.says(passer, "halo")
	if r, err := s.store.ByID(t.Context(), r.ID); err != nil || !r.Reporter.Zero() {
		t.Fatalf("%v: another number owns it", err)
	}
	s.die = "after commit"
	s.says(buSiti, "selamat pagi")
	s.says(buSiti, "status")
	mine, err := s.store.Mine(t.Context(), buSiti, 9)
	if err != nil || len(mine) != 1 || mine[0].ID != r.ID {
		t.Fatalf("%v: she owns %v", err, mine)
	}
	told, listed := 0, false
	for _, w := range s.letters(buSiti)[before:] {
		if strings.Contains(w, "pernah mencatat laporan untuk nomor ini") {
			told++
		}
		listed = listed || strings.Contains(bot.Unmark(w), "Laporan Anda") && strings.Contains(w, string(r.Code))
	}
	if told != 1 || !listed {
		t.Errorf("she was told %d times, her list shows it: %v", told, listed)
	}
	if left, err := s.store.LeftFor(t.Context(), "62811222333", 9); err != nil || len(left) != 0 {
		t.Errorf("%v: the number is still kept for %d", err, len(left))
	}
	s.wantNowhere("62811222333")
}

// Who is no officer tells of a counter as of anything else, and who is one no more files nothing for others.
func TestOnBehalfIsForOfficers(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.says(passer, "/lapor loket puskesmas tutup terus padahal jam kerja di Cipare", "kirim")
	op := ledger.Operator{Name: "Budi", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:1", Since: began}
	s.enroll("telegram:7", op)
	s.says(atCounter, "/lapor telepon lampu jalan mati di Cipare", "tanpa nomor")
	op.Rev, op.Ended, op.EndedBy = 1, began, "telegram:1"
	s.enroll("telegram:7", op)
	s.says(atCounter, "kirim")
	all := s.all()
	if len(all) != 1 || all[0].Reporter != passer || all[0].How != "" {
		t.Fatalf("the reports are %+v", all)
	}
	if last := s.letters(atCounter); !strings.Contains(last[len(last)-1], "Belum saya kirim") {
		t.Errorf("Budi read %q", last[len(last)-1])
	}
	if _, err := s.store.Operator(t.Context(), "telegram:8"); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("the citizen became an officer: %v", err)
	}
}

// Who was let in for running the group files for nobody once he or she runs it no more, though the network never said so.
func TestOnBehalfByWhoRanTheGroup(t *testing.T) {
	t.Parallel()
	for _, runs := range []bool{true, false} {
		s := newStand(t)
		s.Engine.Options.Admin = func(_ context.Context, group bot.Address, person string) (bool, error) {
			return runs && group == deskAt.Chat() && person == atCounter.ID, nil
		}
		s.Engine = engine.New(s.Engine.Options)
		s.enroll("telegram:7", ledger.Operator{Name: "Budi", Role: report.Coordinator, Approved: "telegram:7", Since: began})
		s.says(atCounter, "/lapor loket lampu jalan mati di Cipare", "tanpa nomor", "kirim")
		taken := 0
		for _, r := range s.all() {
			if r.How == report.AtCounter {
				taken++
			}
		}
		if taken > 0 != runs {
			t.Errorf("runs the group: %v; %d reports, Budi read %q", runs, taken, s.letters(atCounter))
		}
	}
}

// Who left the group without a word of the network's files for nobody, and has no right any more: the office falls to the coordinator, as if
// the network had told. While the network cannot say who is in the group, who was not seen to leave goes on.
func TestOnBehalfByWhoLeftTheGroup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		here  bool
		err   error
		files int
	}{{here: true, files: 1}, {err: errors.New("network away"), files: 1}, {}} {
		s := newStand(t)
		s.Engine.Options.Here = func(_ context.Context, group bot.Address, person string) (bool, error) {
			return c.here && group == deskAt.Chat() && person == atCounter.ID, c.err
		}
		s.Engine.Options.Desk = &desk.Desk{Office: s.Engine.Options.Office, Reader: s.store}
		s.Engine = engine.New(s.Engine.Options)
		s.enroll("telegram:7", ledger.Operator{Name: "Budi", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:1", Since: began})
		s.says(atCounter, "/lapor loket lampu jalan mati di Cipare", "tanpa nomor", "kirim")
		taken := 0
		for _, r := range s.all() {
			if r.How == report.AtCounter {
				taken++
			}
		}
		op, err := s.store.Operator(t.Context(), "telegram:7")
		if err != nil || taken != c.files || op.In() != (c.files > 0) {
			t.Errorf("%+v: %d reports, in %v, %v; Budi read %q", c, taken, op.In(), err, s.letters(atCounter))
		}
	}
}
