package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// The machine is lost. What it had at its last backup, made while people reported, is put back on an empty one: an empty database,
// an empty Redis, an empty folder for photos. Every report that had a number before the backup is there, to the last fact and
// photo; what waited to be sent goes out once; cards are answered, the drafts' clocks run, both networks go on. What came after the backup is
// lost, and whoever asks for it is told so.
func TestTheMachineIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true, whatsapp: linked})
	ctx, cancel := story(4 * time.Minute)
	defer cancel()
	first := w.start()
	d := &drill{w: w, dir: filepath.Join(t.TempDir(), "cadangan"), officer: w.operator(t, "dishub")}
	d.before(t, ctx)
	load := d.load(ctx)
	d.killedBackups(t)
	eventually(t, "some of those who talk to be through", func(context.Context) bool { return w.number(`SELECT count(*) FROM reports`) >= 10 })
	d.backup(t)
	if _, page := first.get(ctx, "/metrics"); !strings.Contains(page, "\nrabeg_backup_age_seconds ") {
		t.Error("the metrics do not tell how old the backup is")
	}
	d.after(t, ctx)
	first.kill()
	w.gate.drain(t)
	load()
	heard := d.heardAnswer()
	old := d.moves(t)
	d.compare(t, old)
	w.start()
	d.goesOn(t, ctx)
	if got := d.answerCame(t); got != heard+1 {
		t.Errorf("the answer that waited at the time of the backup came %d times, and %d times before the end", got, heard)
	}
	d.lostIsSaid(t, ctx)
	w.nobodyStumbled()
}

// drill is the exercise: who reported before the backup and after it.
type drill struct {
	w       *world
	dir     string
	officer *botapi.Person

	ani, cici  *citizen
	siti       *caller
	mine, late string // the numbers of ani and of cici, who came after the backup
	sitis      string
	card       botapi.Seen
	lateCard   botapi.Seen
	known      []string // numbers that were given before the backup began
}

const heldWords = "Regu kami berangkat malam ini membawa tangga"

// before is what the backup must hold.
func (d *drill) before(t *testing.T, ctx context.Context) { //nolint:revive // t first, as everywhere here
	t.Helper()
	w := d.w
	told := lamp(1)
	told.photo = geotagged(1)
	d.ani, d.mine = w.filed(t, told)
	d.card = w.card(t, d.mine)
	d.siti, d.sitis = w.called(t, func() tale { s := waste(2); s.photo = picture(2); return s }())
	for i := range 3 {
		_, code := w.filed(t, lamp(20+i))
		d.known = append(d.known, code)
	}
	d.known = append(d.known, d.mine, d.sitis)
	w.halfTold(t, ctx)
	seat := d.officer.In(w.desk.ID()).Topic(d.card.ThreadID)
	w.presses(t, seat, d.card, "Ambil")
	w.wait(t, d.ani.p.ID(), 0, "news of the taking", said(d.mine, "Dinas Perhubungan"))
	eventually(t, "the photos to be kept", func(context.Context) bool {
		return len(w.files(w.byCode(d.mine).ID)) == 1 && len(w.files(w.byCode(d.sitis).ID)) == 1
	})
}

// load is people who report while the backup is made. What it gives waits for their end.
func (d *drill) load(ctx context.Context) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				told := taleOf(100 + 10*i + n)
				told.photo = picture(100 + 10*i + n)
				_, _ = d.w.citizen("Warga").report(ctx, told) // the machine is lost while they talk
			}
		})
	}
	return func() { stop(); all.Wait() }
}

// killedBackups are backups that end by SIGKILL, sooner or later: none of them is taken for a whole one, and what is whole stays so.
func (d *drill) killedBackups(t *testing.T) {
	t.Helper()
	whole := 0
	for i := range 8 {
		cmd := exec.Command(d.w.program(), "backup", d.dir)
		cmd.Env, cmd.SysProcAttr = d.w.env(), withParent()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after(time.Duration(30+40*i) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		code, out, errs := once(t, d.w.env(), "restore", "--check", d.dir)
		switch {
		case code == 0 && strings.Contains(out, "holds a whole backup"):
			whole++
		case whole > 0, !strings.Contains(errs, "no whole backup") && !strings.Contains(errs, "does not exist") && !strings.Contains(errs, "no such file"):
			t.Errorf("after a killed backup (%d whole before) the check says %d: %s%s", whole, code, out, errs)
		}
	}
}

// backup makes the one that counts, while an officer's answer is held back.
func (d *drill) backup(t *testing.T) {
	t.Helper()
	d.w.ears.keepPrivate("the operator", heldWords)
	sent, err := d.officer.In(d.w.desk.ID()).Topic(d.card.ThreadID).Text(d.mine + " " + heldWords)
	if err != nil {
		t.Fatal(err)
	}
	d.w.wait(t, d.w.desk.ID(), sent.MessageID, "the button to take it back", func(m botapi.Seen) bool { return button(m, "Urungkan") != "" })
	code, out, errs := once(t, d.w.env(), "backup", d.dir)
	if code != 0 || !strings.Contains(out, "a whole backup of Kota Serang") || len(lines(errs)) != 0 {
		t.Fatalf("backup ends with %d: %s%s", code, out, errs)
	}
	code, out, _ = once(t, d.w.env(), "doctor")
	if !strings.Contains(out, "✓ backup: the last one is 0 hours old") {
		t.Errorf("the doctor ends with %d and says %s", code, out)
	}
}

// after is what comes too late for the backup.
func (d *drill) after(t *testing.T, ctx context.Context) { //nolint:revive // t first, as everywhere here
	t.Helper()
	d.cici, d.late = d.w.filed(t, lamp(900))
	d.lateCard = d.w.card(t, d.late)
	if m, err := d.siti.asks(ctx, "status"); err != nil || numberIn(m.Text) != d.sitis {
		t.Errorf("siti asks how it stands and is told %q (%v)", m.Text, err)
	}
}

// heardAnswer is how often ani has got the answer that was held.
func (d *drill) heardAnswer() (n int) {
	for _, m := range d.w.api.History(d.ani.p.ID()) {
		if strings.Contains(m.Text, heldWords) && !strings.Contains(m.Text, "Laporan Anda diterima") { // the story of her report quotes it
			n++
		}
	}
	return n
}

func (d *drill) answerCame(t *testing.T) int {
	t.Helper()
	d.w.quiet()
	return d.heardAnswer()
}

// moves restores to an empty machine, and gives the database of the lost one for comparison. Nobody can restore over anything.
func (d *drill) moves(t *testing.T) (old *pgxpool.Pool) {
	t.Helper()
	w := d.w
	if code, _, errs := once(t, w.env(), "restore", d.dir); code != 1 || len(lines(errs)) != 1 || !strings.Contains(errs, "is not empty") {
		t.Errorf("over the old database restore ends with %d: %s", code, errs)
	}
	old = w.db
	w.dsn, w.redis, w.media = testdb.New(t, nil), testredis.New(t), t.TempDir()
	w.openDatabase()
	t.Cleanup(w.end) // before its database goes
	code, out, errs := once(t, w.env(), "restore", d.dir)
	if code != 0 || !strings.Contains(out, "restored the backup of Kota Serang") || len(lines(errs)) != 0 {
		t.Fatalf("restore ends with %d: %s%s", code, out, errs)
	}
	return old
}

// compare holds each restored report against the lost database, and each file against its name.
func (d *drill) compare(t *testing.T, old *pgxpool.Pool) {
	t.Helper()
	w := d.w
	all := w.reports()
	for _, code := range d.known {
		if !slices.ContainsFunc(all, func(r report.Report) bool { return string(r.Code) == code }) {
			t.Errorf("%s had its number before the backup and is not there", code)
		}
	}
	restored := w.db
	for _, r := range all {
		facts := w.facts(r.ID)
		w.db = old
		was, wasFacts := w.byCode(string(r.Code)), w.facts(r.ID)
		w.db = restored
		if len(facts) > len(wasFacts) || cmp.Diff(wasFacts[:len(facts)], facts) != "" {
			t.Errorf("%s: its %d facts are not the first of the %d it had", r.Code, len(facts), len(wasFacts))
		}
		if diff := cmp.Diff(was, r); r.Rev == was.Rev && diff != "" {
			t.Errorf("%s differs:\n%s", r.Code, diff)
		}
	}
	d.filesAreThere(t)
	w.db = old
	lost := w.number(`SELECT count(*) FROM reports`) - len(all)
	w.db = restored
	if lost < 1 {
		t.Errorf("%d reports are lost: nothing came after the backup", lost)
	}
	t.Logf("%d reports came back, %d came after the backup", len(all), lost)
}

// filesAreThere checks that all keys that any row of any table names are files, and hold what their names say.
func (d *drill) filesAreThere(t *testing.T) {
	t.Helper()
	w := d.w
	const named = `
SELECT DISTINCT m[1] FROM (SELECT doc::text AS d FROM media UNION ALL SELECT doc::text FROM letters UNION ALL SELECT doc::text FROM facts
    UNION ALL SELECT doc::text FROM reports UNION ALL SELECT doc::text FROM calls UNION ALL SELECT args::text FROM river_job) a,
    regexp_matches(a.d, '[0-9a-f]{2}/[0-9a-f]{64}[.a-z0-9]*', 'g') m`
	found, err := w.db.Query(context.Background(), named)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	n := 0
	for found.Next() {
		var key string
		if err := found.Scan(&key); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(w.media, key))
		sum := sha256.Sum256(data)
		if err != nil || !strings.HasPrefix(key[3:], hex.EncodeToString(sum[:])) {
			t.Errorf("the file %s is not there, or holds something else (%v)", key, err)
		}
		n++
	}
	if n < 2 {
		t.Errorf("only %d files are named", n)
	}
}

// goesOn checks that the restored program does all that the lost one did.
func (d *drill) goesOn(t *testing.T, ctx context.Context) { //nolint:revive // t first, as everywhere here
	t.Helper()
	w := d.w
	seat := d.officer.In(w.desk.ID()).Topic(d.card.ThreadID)
	const words = "Lampunya kami periksa lagi besok pagi"
	w.ears.keepPrivate("the operator", words)
	if _, err := seat.Reply(d.card.MessageID, words); err != nil {
		t.Fatal(err)
	}
	w.wait(t, d.ani.p.ID(), 0, "the answer to a card of before", said(words))
	if m, err := d.ani.asks(ctx, "status "+d.mine); err != nil || !strings.Contains(m.Text, d.mine) {
		t.Errorf("ani asks for her report and is told %q (%v)", m.Text, err)
	}
	if m, err := d.siti.asks(ctx, "status"); err != nil || numberIn(m.Text) != d.sitis {
		t.Errorf("siti asks on WhatsApp how it stands and is told %q (%v)", m.Text, err)
	}
	_, fresh := w.filed(t, lamp(950))
	w.card(t, fresh)
	_, there := w.called(t, waste(951))
	for _, code := range []string{fresh, there} {
		if code == d.late {
			t.Errorf("the number %s was given twice", code)
		}
	}
	eventually(t, "what the job queue held to be done", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM reports r WHERE jsonb_array_length(coalesce(r.doc -> 'photos', '[]')) > (SELECT count(*) FROM media m WHERE m.report = r.id)`) == 0
	})
	if n := w.number(`SELECT count(*) FROM timers WHERE kind = 'wake'`); n == 0 {
		t.Error("no clock of a draft came back")
	}
	if _, err := w.db.Exec(ctx, `UPDATE timers SET at = now() - interval '1 minute' WHERE kind = 'wake'`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the clocks of drafts to be heard", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM timers WHERE kind = 'wake' AND at < now()`) == 0
	})
}

// lostIsSaid checks that who asks for what is lost hears so: the citizen, the officer, and the coordinator of it.
func (d *drill) lostIsSaid(t *testing.T, ctx context.Context) { //nolint:revive // t first, as everywhere here
	t.Helper()
	w := d.w
	m, err := d.cici.asks(ctx, d.late)
	if err != nil || !strings.Contains(m.Text, "tidak ada lagi") || !strings.Contains(m.Text, "Ceritakan sekali lagi") {
		t.Errorf("cici asks for her report and is told %q (%v)", m.Text, err)
	}
	w.wait(t, w.desk.ID(), d.lateCard.MessageID, "word to the coordinator", said("menanyakan laporan "+d.late))
	const words = "Sudah kami periksa, kabelnya putus"
	w.ears.keepPrivate("the operator", words)
	sent, err := d.officer.In(w.desk.ID()).Topic(d.lateCard.ThreadID).Reply(d.lateCard.MessageID, words)
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), sent.MessageID, "word to the officer", said("dipulihkan dari cadangan", "belum ada yang dikirim ke warga"))
	if words := w.presses(t, d.officer.In(w.desk.ID()).Topic(d.lateCard.ThreadID), d.lateCard, "Ambil"); !strings.Contains(words, "dipulihkan dari cadangan") {
		t.Errorf("a press on the card of a lost report is answered with %q", words)
	}
	if again, err := d.cici.report(ctx, lamp(901)); err != nil || again == d.late {
		t.Errorf("cici reports again and gets %q (%v)", again, err)
	}
}

// A program that runs its own stores is backed up while it serves, and restored into a data folder that nobody serves from and nobody
// came to yet.
func TestAPrivateStoreIsRestored(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{alone: true, forum: true})
	c := w.startAlone()
	told := lamp(1)
	told.photo = picture(1)
	ani, code := w.filed(t, told)
	eventually(t, "the photo to be kept", func(context.Context) bool { return len(w.files(w.byCode(code).ID)) == 1 })
	dir := filepath.Join(t.TempDir(), "cadangan")
	if exit, out, errs := once(t, w.env(), "backup", dir); exit != 0 || !strings.Contains(out, "1 reports, 1 files (1 new)") {
		t.Fatalf("backup ends with %d: %s%s", exit, out, errs)
	}
	if exit, _, errs := once(t, w.env(), "restore", dir); exit != 1 || !strings.Contains(errs, "a rabeg uses it; end that one first") {
		t.Errorf("while it is served from, restore ends with %d: %s", exit, errs)
	}
	c.stop()
	w.db.Close()
	scratch, remove, err := embedded.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	w.home = filepath.Join(scratch, "data")
	w.start().stop() // somebody tried the new machine, and nobody came yet
	if exit, out, errs := once(t, w.env(), "restore", dir); exit != 0 || !strings.Contains(out, "1 reports") {
		t.Fatalf("restore ends with %d: %s%s", exit, out, errs)
	}
	t.Cleanup(w.end) // before its folder goes
	w.startAlone()
	ctx, cancel := bounded()
	defer cancel()
	if m, err := ani.asks(ctx, "status "+code); err != nil || !strings.Contains(m.Text, code) {
		t.Errorf("her report is not found again: %q (%v)", m.Text, err)
	}
	files := w.files(w.byCode(code).ID)
	if len(files) != 1 || files[0].Ref.Network != bot.Store {
		t.Fatalf("%d files of it are known", len(files))
	}
	if _, err := os.Stat(filepath.Join(w.home, "media", files[0].Ref.ID)); err != nil {
		t.Errorf("its photo is not there: %v", err)
	}
}
