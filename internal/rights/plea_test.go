package rights_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A copy comes to the person's own chat, holds what is kept, and lies with us for a day.
func TestACopyOfWhatIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	over, open, followed, own, _, _ := lived(h)
	h.citizen(open, budi, report.Follow{Lang: "id", With: report.Add{Words: "rumah saya nomor duabelas, 0813-7777-1234", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-HIS"}}}})
	his := h.photo(open, bot.MediaRef{Network: bot.Telegram, ID: "FILE-HIS"}, "the house of Budi")
	h.citizen(followed, sri, report.Add{Words: "di sini juga jambumerah", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-HERS"}}})
	hers := h.photo(followed, bot.MediaRef{Network: bot.Telegram, ID: "FILE-HERS"}, "what she saw there")
	shown := h.showed(open)
	h.change(open, report.Fact{What: report.WasReturned, Words: "limpahkan saja, tintaungu", By: report.Actor{Role: report.Operator, ID: "telegram:9", Home: "DLH"}})
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "data apa saja yang kalian simpan tentang saya")
	h.post()
	all := strings.Join(h.heard[sri.String()], "\n")
	if !strings.Contains(all, own) || !strings.Contains(all, hers) || !strings.Contains(all, shown) || strings.Contains(all, his) {
		t.Errorf("her pictures do not come, or somebody else's do: %s", all)
	}
	var paper string
	for _, name := range h.files() {
		if strings.HasSuffix(name, ".html") {
			paper = name
		}
	}
	if !strings.Contains(all, paper) || paper == "" {
		t.Fatalf("the copy does not come: %s", all)
	}
	doc, err := os.ReadFile(filepath.Join(h.folder, paper))
	h.must(err)
	for _, want := range []string{"Sri Wahyuningsih", sri.ID, former.ID, "zamrudkuning", "kemangibiru", "cempakaungu", "wortelmerah", "mangkaputih", "-6.1207", "6.5551",
		string(h.code(over)), string(h.code(open)), string(h.code(followed)), "hapus data saya", "di sisi mana?", "mentimunhijau", "-6.1231",
		"Anda mengikuti laporan ini", "jambumerah", "Warga lain menambah keterangan"} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("the copy lacks %q", want)
		}
	}
	for _, not := range []string{"telepon Bu Sri", "Bu Ketua", "dalam sekali", budi.ID, "duabelas", "7777-1234", "tintaungu", "<script", "http"} { // officers' own, and others'
		if strings.Contains(string(doc), not) {
			t.Errorf("the copy shows %q", not)
		}
	}
	h.writes(sri, "Sri Wahyuningsih", "data saya")
	if said := h.replied(sri); !strings.Contains(said, "sedang disiapkan") {
		t.Errorf("a second one at once: %s", said)
	}
	for chat, told := range h.heard {
		if chat != sri.String() && strings.Contains(strings.Join(told, "\n"), paper) {
			t.Errorf("%s got the copy", chat)
		}
	}
	h.pass(casework.ExportFor + time.Hour)
	if h.has(paper) {
		t.Error("the copy lies there after a day")
	}
	if left := h.finds(paper); len(left) > 1 { // the letter that brought it
		t.Errorf("the copy is known: %s", left)
	}
}

// showed is a talk in which she sent a photo and a place, and of which no report came. The photo is kept.
func (h *house) showed(keeper report.ID) (key string) {
	h.t.Helper()
	ref := bot.MediaRef{Network: bot.Telegram, ID: "FILE-TALK"}
	o := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	_, b := o.OpenCall(casework.Calling{Kind: ledger.HumanCall, Chat: sri, Person: bot.Person{ID: sri.ID, Name: "Sri Wahyuningsih"}, Lang: "id",
		First: ledger.Line{At: h.clock(), Words: "ini fotonya", Photo: []bot.MediaRef{ref}, Place: &report.Place{Said: "mentimunhijau", Pin: &report.Pin{Lat: -6.1231, Lon: 106.15}}}},
		casework.Occasion{Cause: "call2", At: h.clock()})
	h.must(h.store.Commit(h.ctx, b))
	return h.photo(keeper, ref, "what she showed in a talk")
}

// both are the finished and the open report of who has lived a while with the product.
func both(h *house) (over, open report.ID) {
	over, open, _, _, _, _ = lived(h) //nolint:dogsled // the rest of her life is not looked at
	return over, open
}

// Who looked at a name and a number stands in the copy: which office, when and why, and not which person; and it goes with the rest.
func TestACopyTellsWhoLooked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	over, open := both(h)
	home, city := report.Actor{Role: report.Operator, ID: "telegram:770077", Name: "Pak Ujang", Home: h.profile.Agencies[0].Code}, report.Actor{Role: report.Coordinator, ID: "telegram:780078", Name: "Bu Rina"}
	h.change(over, report.Fact{What: report.WasIdentified, By: home, Words: "mencocokkan alamat kenanga"})
	h.change(open, report.Fact{What: report.WasIdentified, By: city, Words: "menanyakan berkas dahlia"})
	h.change(open, report.Fact{What: report.WasUnveiled, By: home, Words: "mencocokkan pelat melati"})
	h.change(open, report.Fact{What: report.WasTaken, By: report.Actor{Role: report.Operator, ID: "telegram:790079", Name: "Bu Wati", Home: home.Home}})
	enrolled := func(id, name string) ledger.Change {
		return ledger.Enrolled{Operator: ledger.Operator{ID: id, Name: name, Agency: home.Home, Role: report.Operator, Approved: city.ID, Since: h.clock()}}
	}
	look := func(who string, act ledger.LookAct, about string) ledger.Look {
		return ledger.Look{At: h.clock(), Who: who, Act: act, Report: open, About: about}
	}
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "looks", At: h.clock(), Changes: []ledger.Change{enrolled(home.ID, home.Name), enrolled("telegram:790079", "Bu Wati")}, Looks: []ledger.Look{
		look(home.ID, ledger.LookOpen, "asked"), look("telegram:790079", ledger.LookOpen, "asked"), // who has it in hand reads it by that
		look(city.ID, ledger.LookUnmask, "asked"), look("telegram:790079", ledger.LookUnmask, casework.LookedAtOthers),
		look(city.ID, ledger.LookUnmask, casework.LookedAtIdentity), look(home.ID, ledger.LookUnmask, casework.LookedAtNumbers), look(ledger.AtTerminal, ledger.LookExport, "corrections")}}))
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "data saya")
	h.post()
	var doc string
	for _, name := range h.files() {
		if strings.HasSuffix(name, ".html") {
			b, err := os.ReadFile(filepath.Join(h.folder, name))
			h.must(err)
			doc = string(b)
		}
	}
	for _, want := range []string{"petugas yang menangani, " + h.profile.Agencies[0].Name, "mencocokkan alamat kenanga", "mencocokkan pelat melati", "oleh " + say.For(h.profile, "id").Office(""), "menanyakan berkas dahlia"} {
		if !strings.Contains(doc, want) {
			t.Errorf("the copy lacks %q", want)
		}
	}
	office := h.profile.Agencies[0].Name
	for what, n := range map[string]int{"Dibuka: isi laporan ini, oleh petugas " + office: 1, "Dibuka: nomor yang disamarkan di laporan ini, oleh " + say.For(h.profile, "id").Office(""): 1,
		"Dibuka: nomor yang disamarkan di laporan ini, oleh petugas " + office + ". Alasannya:": 1, "Dicari: laporan Anda yang lain, oleh petugas " + office: 1, "Dibuka: ": 3, "Dilihat: ": 2} {
		if got := strings.Count(doc, what); got != n {
			t.Errorf("the copy tells %d times %q, want %d", got, what, n)
		}
	}
	for _, not := range []string{"Ujang", "Rina", "Wati", "770077", "780078", "790079"} {
		if strings.Contains(doc, not) {
			t.Errorf("the copy names %q", not)
		}
	}
	if found := h.finds("kenanga"); len(found) == 0 {
		t.Error("the reason is kept nowhere")
	}
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	if found := h.finds("kenanga"); len(found) > 0 {
		t.Errorf("the reason is kept: %s", found)
	}
}

// In a group nobody gets anything, whoever asks.
func TestAGroupGetsNoCopy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(deskAt, "Bu Ketua", "data saya", "hapus data saya", "/data_saya", "what do you know about me")
	group := bot.Address{Network: bot.Telegram, ID: "-555"}
	h.must(h.engine.Handle(h.ctx, bot.Event{ID: "g1", Chat: group, Group: true, From: bot.Person{ID: sri.ID}, At: h.clock(), Body: bot.Text{Text: "/data_saya"}}))
	h.pass(time.Hour)
	h.post()
	if all := h.files(); len(all) > 0 {
		t.Errorf("files were made: %q", all)
	}
	if left := h.finds("pleas"); len(left) > 0 {
		t.Errorf("%q", left)
	}
}

// An officer has a copy of what is kept about him or her, and stays an officer when the rest is erased.
func TestAnOfficerAsks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "join", At: h.clock(), Changes: []ledger.Change{ledger.Enrolled{Operator: ledger.Operator{
		ID: sri.String(), Name: "Sri Wahyuningsih", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:21", Since: h.clock()}}}}))
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya")
	if said := h.replied(sri); !strings.Contains(said, "petugas tetap milik kantor") {
		t.Errorf("she is asked: %s", said)
	}
	h.writes(sri, "Sri Wahyuningsih", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	if op, err := h.store.Operator(h.ctx, sri.String()); err != nil || !op.In() {
		t.Errorf("she is no officer any more: %+v, %v", op, err)
	}
}

// Who changes her mind in time loses nothing, and afterwards may keep what is left.
func TestAnErasingIsCalledOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim", "hapus data saya", "ya", "hapus")
	h.pass(5 * time.Minute)
	h.writes(sri, "Sri Wahyuningsih", "urungkan")
	if said := h.replied(sri); !strings.Contains(said, "dibatalkan") {
		t.Errorf("she reads: %s", said)
	}
	h.pass(time.Hour)
	if r := h.of(sri, "zamrudkuning"); r.ReporterName != "Sri Wahyuningsih" || !r.Status.Open() {
		t.Errorf("the report: %+v", r)
	}
}

// Who takes the open reports back has them closed and emptied at once, and the office hears of it.
func TestReportsAreTakenBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	id := h.of(sri, "zamrudkuning").ID
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "tarik laporan")
	h.pass(casework.Grace + time.Minute)
	h.post()
	if k := h.whole(id); k.Report.Status != report.Closed || k.Report.Text != "" {
		t.Errorf("the report: %+v", k.Report)
	}
	if said := strings.Join(h.heard[deskAt.String()], "\n"); !strings.Contains(said, "ditarik oleh pelapornya") {
		t.Errorf("the office reads: %s", said)
	}
	h.pass(25 * time.Hour)
	if left := h.finds(traces()...); len(left) > 0 {
		t.Errorf("left: %s", strings.Join(left, "\n"))
	}
}

// A coordinator decides about what is open: lets it go, or refuses with a reason that she reads. Who does not decide is reminded, and
// has refused when the law's three days are over, nights and Sundays counted.
func TestACoordinatorDecides(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		does   func(h *house, code string)
		told   string
		erased bool
	}{
		"lets go": {func(h *house, code string) { h.writes(deskAt, "Bu Ketua", "/hapusdata "+code); h.pass(time.Minute) }, "Selesai.", true},
		"in other words": {func(h *house, code string) {
			h.writes(deskAt, "Bu Ketua", code+" hapus data pelapor")
			h.pass(time.Minute)
		}, "Selesai.", true},
		"refuses": {func(h *house, code string) {
			h.writes(deskAt, "Bu Ketua", "/tahandata "+code+" masih disidik inspektorat")
		}, "masih disidik inspektorat", false},
		"refuses in silence": {func(h *house, _ string) { h.pass(72 * time.Hour) }, "masih ditangani", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
			r := h.of(sri, "zamrudkuning")
			h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
			h.pass(casework.Grace + time.Minute)
			h.post()
			c.does(h, string(r.Code))
			h.post()
			if said := h.last(sri); !strings.Contains(said, c.told) {
				t.Errorf("she is told: %s", said)
			}
			if k := h.whole(r.ID); k.Report.Erased.IsZero() == c.erased || !k.Report.Status.Open() {
				t.Errorf("the report: %+v", k.Report)
			}
			reminded := strings.Contains(strings.Join(h.heard[deskAt.String()], "\n"), "Belum diputuskan")
			if name != "refuses in silence" && reminded {
				t.Error("who has decided is reminded")
			}
		})
	}
}

// A day before the end the coordinator is reminded.
func TestTheCoordinatorIsReminded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	h.pass(49 * time.Hour)
	h.post()
	if said := h.last(deskAt); !strings.Contains(said, "Belum diputuskan") || !strings.Contains(said, "/hapusdata") {
		t.Errorf("the coordinator reads: %s", said)
	}
}

// What was kept for as long as the profile says goes by itself: reports with everybody in them, letters, talks, stumbles.
func TestKeepingEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.must(h.clerk.Begin(h.ctx))
	over, open, _, own, _, proof := lived(h)
	h.follows(over, budi)
	h.post()
	h.beside(over, open)
	h.pass(700 * 24 * time.Hour)
	if k := h.whole(over); !k.Report.Erased.IsZero() {
		t.Error("it went too soon")
	}
	if got, want := h.lists(), "former addresses 2, lists 2, windows 2, delivered 2"; got != want {
		t.Errorf("before its time there are %s", got)
	}
	h.pass(40 * 24 * time.Hour)
	h.pass(2 * time.Hour)
	k := h.whole(over)
	if k.Report.Text != "" || len(k.Report.Followers) != 0 || !k.Report.Reporter.Zero() || h.has(own) || !h.has(proof) {
		t.Errorf("what was kept for long: %+v", k.Report)
	}
	if f := k.Facts[len(k.Facts)-1]; f.What != report.WasErased || f.Reason != report.ErasedAged || f.By.Role != report.System {
		t.Errorf("the record: %+v", f)
	}
	if k := h.whole(open); !strings.Contains(k.Report.Text, "kemangibiru") {
		t.Error("what is open went")
	}
	h.pass(31 * 24 * time.Hour)
	if got, want := h.lists(), "former addresses 1, lists 1, windows 1, delivered 1"; got != want {
		t.Errorf("after its time there are %s", got)
	}
	if left := h.finds("zamrudkuning", "cempakaungu", "wortelmerah", "FILE-AAA"); len(left) > 0 {
		t.Errorf("left: %s", strings.Join(left, "\n"))
	}
	for _, row := range h.dump() {
		if strings.HasPrefix(row, "public.stumbles ") {
			t.Errorf("a stumble is left: %s", row)
		}
	}
}

// beside writes what is kept beside reports: of each kind a row that ends, and one that is still needed, for its report is open or it
// is younger.
func (h *house) beside(over, open report.ID) {
	h.t.Helper()
	now, later := h.clock(), h.clock().AddDate(0, 0, 300)
	h.does(`INSERT INTO moves (was, now, at, person) SELECT 'whatsapp:old', 'whatsapp:gone', $2::timestamptz, true
    UNION ALL SELECT 'whatsapp:older', reporter, $2, true FROM reports WHERE id = $1`, open, now)
	h.does(`INSERT INTO mentions (report, key) VALUES ($1, 'list'), ($2, 'list')`, over, open)
	h.does(`INSERT INTO windows (chat, heard) VALUES ('whatsappcloud:1', $1), ('whatsappcloud:2', $2)`, now, later)
	h.does(`INSERT INTO delivered (day, network, category, n) VALUES ($1::date, 'whatsappcloud', 'utility', 1), ($2::date, 'whatsappcloud', 'utility', 1)`,
		now.Format(time.DateOnly), later.Format(time.DateOnly))
}

func (h *house) does(sql string, args ...any) {
	h.t.Helper()
	_, err := h.pool.Exec(h.ctx, sql, args...)
	h.must(err)
}

// lists counts what beside wrote.
func (h *house) lists() (said string) {
	h.t.Helper()
	h.must(h.pool.QueryRow(h.ctx, `SELECT format('former addresses %s, lists %s, windows %s, delivered %s', (SELECT count(*) FROM moves WHERE was LIKE '%:old%'),
    (SELECT count(*) FROM mentions WHERE key = 'list'), (SELECT count(*) FROM windows), (SELECT count(*) FROM delivered))`).Scan(&said))
	return said
}

// The database itself refuses whoever changes a fact beside the record.
func TestFactsStay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lived(h)
	mine, err := h.store.Mine(h.ctx, sri, 9)
	h.must(err)
	over := mine[len(mine)-1].ID
	for _, change := range []string{
		`UPDATE facts SET doc = doc - 'words' WHERE report = $1`,
		`UPDATE facts SET doc = doc || '{"words": "lain"}' WHERE report = $1`,
		`UPDATE facts SET doc = doc - 'words' || '{"redacted": [{"by": 1, "mark": "x"}]}' WHERE report = $1`,
		`UPDATE facts SET at = now() WHERE report = $1`,
		`UPDATE facts SET what = 'noted' WHERE report = $1`,
	} {
		if _, err := h.pool.Exec(h.ctx, change, over); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", change, err)
		}
	}
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	for _, change := range []string{
		`UPDATE facts SET doc = doc || '{"words": "kembali"}' WHERE report = $1 AND seq = 1`,
		`UPDATE facts SET doc = doc - 'redacted' WHERE report = $1 AND seq = 1`,
		`UPDATE facts SET doc = doc || '{"agency": "DLH"}' WHERE report = $1 AND seq = 1`,
		`UPDATE facts SET doc = doc - 'erased' WHERE report = $1 AND what = 'erased'`,
	} {
		if _, err := h.pool.Exec(h.ctx, change, over); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("after the erasing: %s: %v", change, err)
		}
	}
}

// The page on what is kept names every table that the product has.
func TestThePageKnowsEveryTable(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page, err := os.ReadFile("../../docs/data.md")
	h.must(err)
	rows, err := h.pool.Query(h.ctx, `SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`)
	h.must(err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	h.must(err)
	for _, table := range tables {
		if !strings.Contains(string(page), "`"+table+"`") && !strings.HasPrefix(table, "river_") {
			t.Errorf("docs/data.md does not say what %s holds of a person", table)
		}
	}
}
