package engine_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// street is a stand where two reports an hour are the bound, and what its people read.
type street struct {
	*stand
	read map[string]int // by chat: how many letters were read
}

func newStreet(t *testing.T) *street {
	s := &street{stand: newStand(t), read: map[string]int{}}
	p := *s.Engine.Office().Profile
	p.Bounds.PerHour = 2
	s.Engine.Options.Office = func() *casework.Office { return &casework.Office{Profile: &p, Desk: deskAt} }
	s.restart()
	return s
}

// restart is another life of the program on the same stores.
func (s *street) restart() { s.Engine = engine.New(s.Engine.Options) }

// letters are those to a chat, or to the desk, that were not read yet.
func (s *street) letters(chat bot.Address) []ledger.Letter {
	s.Helper()
	rows, err := s.store.Pool.Query(s.Context(), `SELECT doc FROM letters WHERE lane = $1 ORDER BY id`, chat.String())
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	var all []ledger.Letter
	for rows.Next() {
		var l ledger.Letter
		if err := rows.Scan(&l); err != nil {
			s.Fatal(err)
		}
		all = append(all, l)
	}
	if err := rows.Err(); err != nil {
		s.Fatal(err)
	}
	fresh := all[s.read[chat.ID]:]
	s.read[chat.ID] = len(all)
	return fresh
}

// said are the words of those letters, one line each.
func (s *street) said(chat bot.Address) string {
	s.Helper()
	var out []string
	for _, l := range s.letters(chat) {
		out = append(out, string(l.Purpose)+": "+strings.ReplaceAll(bot.Unmark(l.Message.Text), "\n", " "))
	}
	return strings.Join(out, "\n")
}

func (s *street) says(chat bot.Address, words string) string {
	s.Helper()
	s.at(chat, bot.Text{Text: words})
	return s.said(chat)
}

// files tells a report and sends it.
func (s *street) files(chat bot.Address, words string) string {
	s.Helper()
	s.says(chat, words)
	return s.says(chat, "kirim")
}

func (s *street) mine(chat bot.Address) []report.Report {
	s.Helper()
	all, err := s.store.Mine(s.Context(), chat, 20)
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// restrain sets a measure by a report's number, as the coordinator does; the program is started again.
func (s *street) restrain(r report.Report, m report.Measure, until time.Time, why string) {
	s.Helper()
	facts, err := s.store.Facts(s.Context(), r.ID)
	if err != nil {
		s.Fatal(err)
	}
	conduct, err := s.store.Conduct(s.Context(), r.Reporter)
	if err != nil {
		s.Fatal(err)
	}
	s.n++
	by := report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: deskAt}
	_, b, err := s.Engine.Office().Act(r, by, report.Restrain{Measure: m, Until: until, Why: why},
		casework.Occasion{Cause: "desk/" + string(rune('a'+s.n)), At: s.now(), Facts: facts, Conduct: conduct})
	if err == nil {
		err = s.store.Commit(s.Context(), b)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.restart()
}

// now is when the next thing happens.
func (s *street) now() time.Time { return began.Add(time.Duration(s.n) * time.Minute) }

func (s *street) has(what, text string, parts ...string) {
	s.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			s.Errorf("%s lacks %q:\n%s", what, p, text)
		}
	}
}

const places = " di jalan veteran depan alun-alun serang"

// One person files more than the bound: what is beyond is kept and waits, is found by its reporter, and nobody else is held up, nor
// a danger. An hour later all is as before.
func TestBeyondTheBoundsOfOnePerson(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	for _, words := range []string{"lampu jalan mati", "sampah menumpuk"} {
		s.has("the receipt", s.files(ani, words+places), "Laporan diterima dengan nomor")
	}
	s.said(deskAt)
	third := s.files(ani, "got mampet"+places)
	r := s.mine(ani)[0]
	s.has("the third receipt", third, string(r.Code), "saya simpan", "sudah banyak laporan dari nomor ini", "112")
	if r.Status != report.Quarantined || r.Agency != "" {
		t.Fatalf("the third report is %s with %q", r.Status, r.Agency)
	}
	s.has("the room", s.said(deskAt), "/karantina")
	s.files(ani, "trotoar rusak"+places)
	if text := s.said(deskAt); strings.Contains(text, "karantina") || strings.Contains(text, "card:") {
		t.Errorf("the room is told of each of them: %s", text)
	}
	s.has("the list", s.says(ani, "status"), string(r.Code), "dilihat petugas dulu")
	s.has("the story", s.says(ani, string(r.Code)), "Disimpan, dilihat petugas dulu")

	s.restart()
	s.has("somebody else with the same", s.files(budi, "got mampet"+places), "Laporan diterima dengan nomor")
	danger := s.says(ani, "tolong rumah tetangga kebakaran sekarang"+places)
	s.has("a danger", danger, "alarm: ", "112")
	s.says(ani, "kirim")
	if r := s.mine(ani)[0]; !r.Emergency || r.Status == report.Quarantined {
		t.Errorf("the danger is %s, emergency %v", r.Status, r.Emergency)
	}

	s.n += 61 // minutes
	s.has("an hour later", s.files(ani, "jalan berlubang"+places), "Laporan diterima dengan nomor")
}

// Who is muted still reports, and is looked at first; who is blocked reads why, until when and how to object, once an hour. Danger
// passes, one appeal reaches the coordinator, an officer's question may be answered, and all of it outlives the program.
func TestMutedAndBlocked(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	s.files(ani, "lampu jalan mati"+places)
	first := s.mine(ani)[0]
	s.restrain(first, report.Muted, s.now().AddDate(0, 0, 7), "mengirim hal yang sama terus")
	s.has("the notice", s.said(ani), "Senin, 9 Maret 2026", "mengirim hal yang sama terus", "keberatan", string(first.Code))
	s.said(deskAt)
	s.has("a report of who is muted", s.files(ani, "sampah menumpuk"+places), "saya simpan")
	if text := s.said(deskAt); text != "" {
		t.Errorf("the room hears of each report of who is muted: %s", text)
	}
	if text := s.says(ani, "saya keberatan"); !strings.Contains(text, "dalam satu pesan") {
		t.Errorf("who objects without words is answered %q", text)
	}
	s.has("the appeal", s.says(ani, "itu laporan warga satu RT, bukan saya sendiri"), "sampai ke petugas")
	s.has("the coordinator", s.said(deskAt), "Keberatan pelapor "+string(first.Code), "dibisukan", "bukan saya sendiri", "/bukablokir")
	s.has("a second one", s.says(ani, "banding"), "sudah ada di petugas")

	first, err := s.store.ByID(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.restrain(first, report.Blocked, s.now().AddDate(0, 0, 30), "menghina petugas")
	s.said(ani)
	s.said(deskAt)
	s.has("who is blocked", s.says(ani, "halo"), "menghina petugas", "Rabu, 1 April 2026", "keberatan", "112")
	if text := s.says(ani, "lampu jalan mati lagi"+places) + s.says(ani, "kirim"); text != "" {
		t.Errorf("said again within the hour: %s", text)
	}
	if n := len(s.mine(ani)); n != 2 {
		t.Errorf("who is blocked has %d reports, want 2", n)
	}
	s.n += 61
	s.has("an hour later", s.says(ani, "halo lagi"), "menghina petugas")
	s.die = "before save"
	s.has("an appeal at which the program dies", s.says(ani, "Keberatan: saya tidak menghina siapa pun"), "sampai ke petugas")
	appeal := s.said(deskAt)
	s.has("the coordinator", appeal, "diblokir", "saya tidak menghina siapa pun")
	if strings.Count(appeal, "Keberatan pelapor") != 1 {
		t.Errorf("the appeal came more than once: %s", appeal)
	}
	if text := s.says(ani, "keberatan, sekali lagi"); strings.Contains(text, "sampai ke petugas") {
		t.Errorf("a second appeal is heard: %s", text)
	}
	s.has("a danger of who is blocked", s.says(ani, "tolong rumah saya kebakaran sekarang"+places), "alarm: ", "112")
	s.has("the alarm", s.said(deskAt), "kebakaran")
	s.says(ani, "ada dua orang di dalam, masih terjebak")
	s.has("what is told of it", s.said(deskAt), "terjebak")

	first, err = s.store.ByID(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.restrain(first, report.NoMeasure, time.Time{}, "keberatannya diterima")
	s.has("the end", s.said(ani), "sudah berakhir", "keberatannya diterima")
	acts := 0
	facts, err := s.store.Facts(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		if f.What == report.WasRestrained && f.By.ID == "telegram:9" && f.Words != "" {
			acts++
		}
	}
	if acts != 3 {
		t.Errorf("%d acts on record, want 3", acts)
	}
}

// Who is blocked may answer what an officer asked, and nothing more.
func TestABlockedReporterAnswersAQuestion(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	s.files(ani, "lampu jalan mati"+places)
	r := s.mine(ani)[0]
	s.restrain(r, report.Blocked, s.now().AddDate(0, 0, 30), "iklan")
	s.said(ani)
	r, err := s.store.ByID(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	by := report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: deskAt}
	r, b, err := s.Engine.Office().Act(r, by, report.Ask{Words: "di tiang nomor berapa?"}, casework.Occasion{Cause: "desk/ask", At: s.now()})
	if err == nil {
		err = s.store.Commit(t.Context(), b)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.letters(ani)
	const sent = `UPDATE letters SET state = 'sent', ref = $1 || '#77' WHERE key LIKE 'desk/ask/n%'`
	if _, err := s.store.Pool.Exec(t.Context(), sent, ani.String()); err != nil {
		t.Fatal(err)
	}
	reply := func(words string) string {
		s.n++
		ev := bot.Event{ID: bot.EventID("11/r" + string(rune('a'+s.n))), Chat: ani, From: bot.Person{ID: ani.ID}, At: s.now(), Body: bot.Text{Text: words},
			ReplyTo: &bot.MessageRef{Chat: ani, ID: "77"}}
		for range 2 {
			if err := s.Handle(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
		}
		return s.said(ani)
	}
	s.has("the answer to a question", reply("tiang nomor 12, depan toko"), string(r.Code))
	if after := s.mine(ani)[0]; after.Additions != 1 {
		t.Errorf("%d additions, want 1", after.Additions)
	}
	s.has("what nobody asked for", reply("iklan lagi, iklan lagi"), "belum bisa kami terima")
	if after := s.mine(ani)[0]; after.Additions != 1 {
		t.Errorf("%d additions, want 1", after.Additions)
	}
}

// What somebody who is muted adds is kept with the report, and no room hears of it.
func TestWhoIsMutedAddsInSilence(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	s.files(ani, "lampu jalan mati di jl veteran depan alun-alun")
	r := s.mine(ani)[0]
	s.letters(deskAt)
	s.says(ani, string(r.Code)+" sampai sekarang masih gelap")
	s.says(ani, "ya")
	if got := s.said(deskAt); !strings.Contains(got, "masih gelap") {
		t.Fatalf("the room hears %q", got)
	}
	s.restrain(s.mine(ani)[0], report.Muted, s.now().Add(24*time.Hour), "berulang")
	s.letters(deskAt)
	s.says(ani, string(r.Code)+" sampai sekarang masih gelap gulita")
	s.says(ani, "ya")
	if got := s.said(deskAt); strings.Contains(got, "gulita") || strings.Contains(got, "desk:") {
		t.Errorf("the room hears of who is muted: %q", got)
	}
	facts, err := s.store.Facts(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := facts[len(facts)-1]; !last.Silent || !strings.Contains(last.Words, "gulita") {
		t.Errorf("what was added is not in the report: %+v", last)
	}
}
