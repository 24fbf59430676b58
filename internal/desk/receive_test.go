package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// given is a stage, with its desk on a network, on which Ani, the head of Dishub, has a report by a disposition.
func given(t *testing.T, network bot.Network) (*stage, report.Report) {
	t.Helper()
	s := newStage(t)
	s.network, s.office.Desk.Network = network, network
	clerk := ledger.Operator{ID: string(network) + ":Budi", Name: "Budi", Agency: "DISHUB", Role: report.Operator, Approved: "x:Rina", Since: s.now}
	if network != bot.Telegram {
		if err := s.mem.Commit(context.Background(), ledger.Batch{Cause: "budi", At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: clerk}}}); err != nil {
			t.Fatal(err)
		}
	}
	op := ledger.Operator{ID: string(network) + ":Ani", Name: "Ani", Agency: "DISHUB", Role: report.Operator, Title: ledger.TitleHead, Approved: "telegram:Rina", Since: s.now, Met: s.now}
	if err := s.mem.Commit(context.Background(), ledger.Batch{Cause: "ani", At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"lapor penerangan_jalan: lampu mati di pasar", "Budi balas 1: /disposisi kepala mohon arahan"} {
		s.do(line)
		s.deliver()
	}
	r, err := s.mem.ByID(context.Background(), s.last)
	if err != nil || r.Disposed == nil {
		t.Fatalf("no disposition: %v", err)
	}
	return s, r
}

// inPrivate is what somebody writes in his or her own chat; mine says that it was for the desk.
func (s *stage) inPrivate(name string, ev bot.Event) (b ledger.Batch, mine bool) {
	s.Helper()
	s.events++
	ctx := context.Background()
	ev.ID, ev.Chat, ev.From, ev.At = bot.EventID(fmt.Sprintf("tg:%d", s.events)), bot.Address{Network: s.network, ID: name}, bot.Person{ID: name, Name: name}, s.now
	ev.Ref = bot.MessageRef{Chat: ev.Chat, ID: fmt.Sprintf("u%d", s.events)}
	mine, err := s.desk.Private(ctx, ev)
	if err != nil {
		s.Fatal(err)
	}
	if mine {
		if b, err = s.desk.Handle(ctx, ev); err != nil {
			s.Fatal(err)
		}
		if err := s.mem.Commit(ctx, b); err != nil {
			s.Fatal(err)
		}
	}
	return b, mine
}

// What somebody else wrote is no answer of the head's until he or she says so; and then it is a draft, nothing more.
func TestTheHeadForwardsSomebodysWords(t *testing.T) {
	t.Parallel()
	for _, network := range []bot.Network{bot.Telegram, bot.WhatsApp} {
		t.Run(string(network), func(t *testing.T) {
			t.Parallel()
			headForwards(t, network)
		})
	}
}

func headForwards(t *testing.T, network bot.Network) {
	s, r := given(t, network)
	b, mine := s.inPrivate("Ani", bot.Event{Body: bot.Text{Text: "tiangnya milik PLN, sudah saya telepon"}, Relayed: true})
	if !mine || len(b.Changes) != 0 || len(b.Letters) != 1 || !strings.Contains(b.Letters[0].Message.Text, "Belum saya serahkan") {
		t.Fatalf("a forwarded message: %v %+v", mine, b)
	}
	m := b.Letters[0].Message.Menu
	if m == nil || len(m.Choices) != 1 {
		t.Fatalf("it is asked with %+v", m)
	}
	s.deliver()
	at := s.sent[len(s.sent)-1]
	b, mine = s.inPrivate("Ani", bot.Event{Body: bot.Pick{Menu: m.ID, Choice: m.Choices[0].ID, Message: at.ref}})
	if !mine {
		t.Fatal("the press is nobody's")
	}
	facts, err := s.mem.Facts(context.Background(), r.ID)
	if last := facts[len(facts)-1]; err != nil || last.What != report.WasCounselled || last.Words != "tiangnya milik PLN, sudah saya telepon" {
		t.Fatalf("%+v, %v", last, err)
	}
	for _, l := range b.Letters {
		if l.Purpose.News() {
			t.Fatal("the citizen hears of it")
		}
	}
	// Where there are no buttons the officer types the number of the choice.
	s.deliver()
	for i, m := range s.sent {
		if strings.Contains(m.m.Text, "Jawaban disposisi laporan") {
			s.event("Budi", bot.Text{Text: "1"}, &s.sent[i].ref, false)
			break
		}
	}
	facts, err = s.mem.Facts(context.Background(), r.ID)
	if last := facts[len(facts)-1]; err != nil || last.What != report.WasAnswered || last.By.Name != "Budi" || last.Words != "tiangnya milik PLN, sudah saya telepon" {
		t.Fatalf("%+v, %v", last, err)
	}
}

// A head is a citizen, too: what belongs to a talk of that kind is left to it, a greeting or a command; so is everything while that talk
// waits for an answer, and everything where nothing was handed over.
func TestWhatAHeadSaysAsACitizen(t *testing.T) {
	t.Parallel()
	s, _ := given(t, bot.Telegram)
	for text, want := range map[string]bool{
		"tiangnya milik kita, minggu ini diganti": true, "silakan dijawab dulu, anggarannya ada": true,
		"menu": false, "/mulai": false, "lapor jalan rusak di depan rumah": false, "saya mau lapor sampah": false, "status": false, "data saya": false,
	} {
		ev := bot.Event{ID: "x", Chat: bot.Address{Network: bot.Telegram, ID: "Ani"}, From: bot.Person{ID: "Ani", Name: "Ani"}, At: s.now, Body: bot.Text{Text: text}}
		if got, err := s.desk.Private(context.Background(), ev); err != nil || got != want {
			t.Errorf("%q is the desk's: %v, %v", text, got, err)
		}
		s.desk.Talking = func(context.Context, bot.Address) (bool, error) { return true, nil }
		if got, err := s.desk.Private(context.Background(), ev); err != nil || got {
			t.Errorf("%q in a talk that waits: %v, %v", text, got, err)
		}
		s.desk.Talking = nil
		ev.Chat.ID, ev.From.ID = "Budi", "Budi"
		if got, err := s.desk.Private(context.Background(), ev); err != nil || got {
			t.Errorf("%q by who has nothing: %v, %v", text, got, err)
		}
	}
}

// Whatever people call the head and the sections of an office, they are enrolled as such, in either order.
func TestTheWordsForAPlaceInAnOffice(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"dishub kepala": "kepala", "dishub kadis": "kepala", "dishub kepala dinas": "kepala", "kadis dishub": "kepala", "kepala dinas perhubungan": "kepala",
		"dishub sebagai kepala": "kepala", "dishub pimpinan": "kepala", "dishub sekretaris": "sekretaris", "sekdis dishub": "sekretaris",
		"dishub kabid lalu lintas": "kabid lalu lintas", "dishub kepala bidang lalu lintas": "kabid lalu lintas", "dishub bidang Lalu Lintas": "kabid lalu lintas",
		"kabid lalu lintas dishub": "kabid lalu lintas", "dishub kasi parkir": "kasi parkir", "dishub kepala seksi parkir": "kasi parkir",
		"dishub kasubag umum": "kasubag umum", "dishub": "", "dishub pindah": "",
	} {
		s := newStage(t)
		s.do("Joni: /daftar " + text)
		op, err := s.mem.Operator(context.Background(), "telegram:Joni")
		if err != nil || op.Agency != "DISHUB" || op.Title != want {
			t.Errorf("/daftar %s: %q of %q, want %q (%v)", text, op.Title, op.Agency, want, err)
		}
	}
}

type counting struct {
	desk.Reader
	lists, looks int
}

func (c *counting) Operators(ctx context.Context) ([]ledger.Operator, error) {
	c.lists++
	return c.Reader.Operators(ctx)
}

func (c *counting) Operator(ctx context.Context, id string) (ledger.Operator, error) {
	c.looks++
	return c.Reader.Operator(ctx, id)
}

// What citizens write asks nobody who they are; who was given a title by another instance is known a moment later.
func TestWhoGetsDispositionsIsNotAskedAtEachMessage(t *testing.T) {
	t.Parallel()
	s, _ := given(t, bot.Telegram)
	read := &counting{Reader: s.mem}
	s.desk.Reader = read
	for range 20 {
		if _, mine := s.inPrivate("Warga", bot.Event{Body: bot.Text{Text: "lampu mati di pasar"}}); mine {
			t.Fatal("a citizen's words are the desk's")
		}
	}
	if read.lists != 1 || read.looks != 0 {
		t.Errorf("asked for %d lists and %d people", read.lists, read.looks)
	}
	op := ledger.Operator{ID: "telegram:Tono", Name: "Tono", Agency: "DISHUB", Role: report.Operator, Title: ledger.TitleHead, Approved: "telegram:Rina", Since: s.now}
	if err := s.mem.Commit(context.Background(), ledger.Batch{Cause: "elsewhere", At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Second)
	if _, mine := s.inPrivate("Tono", bot.Event{Body: bot.Text{Text: "halo"}}); !mine {
		t.Error("the new head's first word is not heard")
	}
}
