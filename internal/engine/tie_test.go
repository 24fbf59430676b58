package engine_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/flows/intake"
	"rabeg/internal/casework"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/migrations"
)

// The chats of one woman, and that of a thief.
var (
	onTelegram = bot.Address{Network: bot.Telegram, ID: "77"}
	onWhatsApp = bot.Address{Network: bot.WhatsApp, ID: "77@lid"}
	onCloud    = bot.Address{Network: bot.WhatsAppCloud, ID: "ID.77"}
	thief      = bot.Address{Network: bot.Telegram, ID: "66"}
)

// pair is a street with people who write from several chats; what one chat is told of another is brought at once.
type pair struct {
	*street
	jobs  []ledger.Tell
	codes int
	// served are the networks over which letters go.
	served map[bot.Network]bool
}

func newPair(t *testing.T) *pair {
	c, err := serang()
	if err != nil {
		t.Fatal(err)
	}
	f, err := place.New(c.profile)
	if err != nil {
		t.Fatal(err)
	}
	p := &pair{street: newStreet(t), served: map[bot.Network]bool{bot.Telegram: true, bot.WhatsApp: true, bot.WhatsAppCloud: true}}
	p.store, err = postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG",
		Enqueue: func(_ context.Context, _ pgx.Tx, jobs []ledger.Job) error {
			for _, j := range jobs {
				if w, ok := j.(ledger.Tell); ok {
					p.jobs = append(p.jobs, w)
				}
			}
			return nil
		}}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.store.Close)
	o := p.Engine.Options
	o.Cases = allOf(p.store)
	o.Cases.Pleas, o.Cases.Ties = p.store, p.store
	o.Machine = flows.New(flows.Options{Profile: c.profile, Reader: understand.Keywords(c.profile), Finder: f, Flows: errands.All()})
	o.Now = p.now
	o.TieCode = func() string { p.codes++; return fmt.Sprintf("K7MQ%04d", 2222+p.codes) }
	o.Serves = func(n bot.Network) bool { return p.served[n] }
	p.Engine = engine.New(o)
	return p
}

// says lets somebody write, brings what other chats are told of it, and gives what he or she reads.
func (p *pair) says(chat bot.Address, words string) string {
	p.Helper()
	p.at(chat, bot.Text{Text: words})
	for len(p.jobs) > 0 {
		jobs := p.jobs
		p.jobs = nil
		for _, j := range jobs {
			for range 2 { // a job is done at least once
				if err := p.Tell(p.Context(), j); err != nil {
					p.Fatal(err)
				}
			}
		}
	}
	return p.said(chat)
}

var shownCode = regexp.MustCompile(`K7MQ-[0-9]{4}`)

// ties ties a chat to another, by the words of who has both.
func (p *pair) ties(shows, types bot.Address) {
	p.Helper()
	code := shownCode.FindString(p.says(shows, "hubungkan"))
	p.says(types, "hubungkan "+code)
	p.says(types, "ya")
	p.said(shows)
	p.says(shows, "iya itu saya")
	p.said(types)
}

func (p *pair) act(r report.Report, a report.Action) {
	p.Helper()
	r, err := p.store.ByID(p.Context(), r.ID)
	if err != nil {
		p.Fatal(err)
	}
	facts, err := p.store.Facts(p.Context(), r.ID)
	if err != nil {
		p.Fatal(err)
	}
	p.n++
	by := report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: deskAt}
	_, b, err := p.Engine.Office().Act(r, by, a, casework.Occasion{Cause: fmt.Sprint("act", p.n), At: p.now(), Facts: facts})
	if err == nil {
		err = p.store.Commit(p.Context(), b)
	}
	if err != nil {
		p.Fatal(err)
	}
}

// A woman who wrote on Telegram goes on on WhatsApp: she shows the code there, types it here, says yes in both, and finds her report,
// its question and its news where she is. Then she parts the chats, and all is as before.
func TestOnePersonInTwoChats(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.files(onTelegram, "lampu jalan mati"+places)
	r := p.mine(onTelegram)[0]
	p.has("a stranger's list", p.says(onWhatsApp, "status"), "belum")

	shown := p.says(onTelegram, "hubungkan wa saya")
	p.has("the code", shown, "hubungkan K7MQ-", "10 menit", "Jangan berikan")
	asked := p.says(onWhatsApp, "hubungkan "+shownCode.FindString(shown))
	p.has("the question where it is typed", asked, "chat Telegram", "milik Anda sendiri")
	p.has("before both have agreed", p.says(onWhatsApp, "ya itu chat saya"), "buka chat Telegram")
	if all, err := p.store.Ties(t.Context(), onWhatsApp); err != nil || len(all) != 0 {
		t.Fatalf("one yes ties %v, %v", all, err)
	}
	p.has("the question where it is shown", p.said(onTelegram), "chat WhatsApp", string(r.Code), "Itu Anda?")
	p.has("both agree", p.says(onTelegram, "iya"), "Sudah tersambung dengan chat WhatsApp", "putuskan")
	p.has("the other chat is told", p.said(onWhatsApp), "Sudah tersambung dengan chat Telegram")

	p.has("her list from WhatsApp", p.says(onWhatsApp, "status"), string(r.Code))
	p.act(r, report.Ask{Words: "Tiang nomor berapa?"})
	p.has("the question comes where she wrote last", p.said(onWhatsApp), "Tiang nomor berapa?")
	if words := p.said(onTelegram); words != "" {
		t.Errorf("on Telegram she reads as well: %s", words)
	}
	p.has("her answer, without quoting", p.says(onWhatsApp, "tiang nomor 12"), string(r.Code))
	p.act(r, report.Reply{Words: "Besok dikerjakan."})
	p.has("the news", p.said(onWhatsApp), "Besok dikerjakan.")
	p.says(onTelegram, "status")
	p.act(r, report.Reply{Words: "Sudah dikerjakan."})
	p.has("the news follow her", p.said(onTelegram), "Sudah dikerjakan.")
	facts, err := p.store.Facts(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(facts, report.WasAdded); len(got) != 1 || got[0].By.Chat != onTelegram || got[0].Words != "tiang nomor 12" {
		t.Errorf("the answer stands as %+v", got)
	}
	p.act(r, report.Resolve{Words: "Lampu diganti.", Photos: []bot.MediaRef{{Network: bot.Store, ID: "aa/bb.jpg"}}})
	p.said(onTelegram)
	p.has("her verdict from WhatsApp", p.says(onWhatsApp, "udah nyala makasih"), "Terima kasih")
	if now, err := p.store.ByID(t.Context(), r.ID); err != nil || now.Status != report.Closed || now.Reporter != onTelegram {
		t.Errorf("the report is %s of %v, %v", now.Status, now.Reporter, err)
	}

	p.has("she parts them", p.says(onWhatsApp, "putuskan telegram"), "sudah terpisah")
	p.has("the other is told", p.said(onTelegram), "Chat WhatsApp Anda sudah terpisah")
	p.has("nothing here", p.says(onWhatsApp, "status"), "belum")
	p.has("all there", p.says(onTelegram, "status"), string(r.Code))
	p.has("nothing to part", p.says(onTelegram, "putuskan"), "tidak tersambung dengan chat lain")
}

// Nobody claims another's: a code that was guessed, is old, was used, or was given to somebody serves for nothing, and who shows it has
// the last word.
func TestNobodyClaimsAnothersChat(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.files(onTelegram, "sampah menumpuk"+places)
	alone := func(what string, chats ...bot.Address) {
		t.Helper()
		for _, c := range chats {
			if all, err := p.store.Ties(t.Context(), c); err != nil || len(all) != 0 {
				t.Errorf("%s: %s is tied to %v, %v", what, c.ID, all, err)
			}
		}
	}
	code := shownCode.FindString(p.says(onTelegram, "hubungkan"))
	p.has("the own code in the own chat", p.says(onTelegram, "hubungkan "+code), "kode chat ini sendiri")
	// A thief who has seen the code wants it; she says no.
	p.has("the thief is asked", p.says(thief, code), "milik Anda sendiri")
	p.says(thief, "ya")
	p.has("she is asked", p.said(onTelegram), "Itu Anda?")
	p.has("she says no", p.says(onTelegram, "bukan saya"), "tidak disambungkan")
	p.has("the thief hears", p.said(thief), "menjawab bukan")
	p.has("the code is over", p.says(thief, "hubungkan "+code), "tidak berlaku")
	alone("after a no", onTelegram, thief)

	// A stranger sends her a code of his: she reads what it would do before anything is done.
	lure := shownCode.FindString(p.says(thief, "link my account"))
	asked := p.says(onTelegram, "Menang undian! Tulis hubungkan "+lure+" di bot")
	p.has("what a stranger's code would do", asked, string(p.mine(onTelegram)[0].Code), "terbaca juga dari sana", "dari orang lain, jawab bukan")
	p.has("she says no", p.says(onTelegram, "2"), "tidak disambungkan")
	if words := p.said(thief); words != "" {
		t.Errorf("the stranger hears of it: %s", words)
	}
	alone("after a lure", onTelegram, thief)

	// A code that another takes is not for a third, and a yes that comes too late ties nothing.
	code = shownCode.FindString(p.says(onTelegram, "hubungkan"))
	p.says(onWhatsApp, "hubungkan "+code)
	p.says(onWhatsApp, "ya")
	p.has("a taken code", p.says(thief, "hubungkan "+code), "tidak berlaku")
	p.said(onTelegram)
	p.n += 11
	p.has("a yes after its time", p.says(onTelegram, "ya"), "tidak berlaku")
	alone("after its time", onTelegram, onWhatsApp)

	// Guessing is slowed down.
	for n := range 3 {
		p.has("a guess", p.says(thief, fmt.Sprintf("hubungkan K7MQ-%d", 7222+n)), "tidak berlaku")
	}
	code = shownCode.FindString(p.says(onTelegram, "hubungkan"))
	p.has("one guess too many", p.says(thief, "hubungkan "+code), "terlalu banyak kode")
}

// What is in the making follows her, offered as after a silence; it is in one chat only.
func TestADraftFollowsItsPerson(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.ties(onTelegram, onCloud)
	p.says(onTelegram, "lampu jalan mati sejak kemarin")
	p.has("her draft on WhatsApp", p.says(onCloud, "halo"), "lampu jalan mati")
	if f := intake.Of(p.stateAt(onTelegram)).Form; f != nil {
		t.Errorf("on Telegram the draft is still %q", f.Text)
	}
	p.says(onCloud, "lanjutkan")
	p.says(onCloud, "jalan veteran depan alun-alun serang")
	p.has("she sends it", p.says(onCloud, "kirim"), "Laporan diterima")
	r := p.mine(onCloud)
	if len(r) != 1 || !strings.Contains(r[0].Text, "lampu jalan mati") {
		t.Fatalf("on WhatsApp she filed %+v", r)
	}
	p.has("it is hers on Telegram, too", p.says(onTelegram, "status"), string(r[0].Code))
}

func (p *pair) stateAt(chat bot.Address) flows.State {
	p.Helper()
	s, _ := p.state(chat)
	return s
}

// A death at any step of tying changes nothing: both chats are tied once, and each is told once.
func TestTyingSurvivesADeathAnywhere(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"before load", "after load", "before commit", "before save", "after save"} {
		p := newPair(t)
		p.files(onTelegram, "got mampet"+places)
		p.die = step
		code := shownCode.FindString(p.says(onTelegram, "hubungkan"))
		for _, turn := range []struct {
			chat  bot.Address
			words string
		}{{onWhatsApp, "hubungkan " + code}, {onWhatsApp, "ya"}, {onTelegram, "ya"}} {
			p.die = step
			p.says(turn.chat, turn.words)
		}
		all, err := p.store.Ties(t.Context(), onWhatsApp)
		if err != nil || len(all) != 2 {
			t.Fatalf("death %s: tied are %v, %v", step, all, err)
		}
		var n int
		if err := p.store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM letters WHERE doc::text LIKE '%Sudah tersambung%'`).Scan(&n); err != nil || n != 2 {
			t.Errorf("death %s: %d letters say so, %v", step, n, err)
		}
	}
}

// A conversation that was lost, and a network over which nothing is sent any more, lose no tie and no news.
func TestNewsComeFromANetworkThatIsOver(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.files(onWhatsApp, "lampu jalan mati"+places)
	r := p.mine(onWhatsApp)[0]
	p.ties(onWhatsApp, onCloud)
	p.says(onWhatsApp, "status")
	p.act(r, report.Reply{Words: "Besok dikerjakan."})
	p.served[bot.WhatsApp] = false
	if err := p.sess.Erase(t.Context(), onCloud); err != nil {
		t.Fatal(err)
	}
	read := p.says(onCloud, "status")
	p.has("what waited on the old number", read+p.said(onCloud), "Besok dikerjakan.", string(r.Code))
	var queue string
	if err := p.store.Pool.QueryRow(t.Context(), `SELECT network FROM letters WHERE doc::text LIKE '%Besok dikerjakan.%' AND purpose = 'notice'`).Scan(&queue); err != nil || queue != string(bot.WhatsAppCloud) {
		t.Errorf("it waits in %q, %v", queue, err)
	}
}

// What was set against one chat of a person holds in the others, and nobody ties chats to get away from it.
func TestAMeasureHoldsInAllChatsOfAPerson(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.files(onTelegram, "lampu jalan mati"+places)
	p.ties(onTelegram, onWhatsApp)
	p.restrain(p.mine(onTelegram)[0], report.Blocked, p.now().Add(72*time.Hour), "iklan berulang")
	p.has("a new report from the other chat", p.says(onWhatsApp, "sampah menumpuk"+places), "iklan berulang")
	code := shownCode.FindString(p.says(thief, "hubungkan"))
	if words := p.says(onWhatsApp, "hubungkan "+code); strings.Contains(words, "milik Anda sendiri") {
		t.Errorf("who is blocked may tie: %s", words)
	}
}
