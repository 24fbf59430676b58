package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var (
	asep     = report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Chat: citizen}
	follower = bot.Address{Network: bot.Telegram, ID: "f"}
)

// later plays acts on one report, one after the other.
type later struct {
	*testing.T
	o *casework.Office
	m *casetest.Memory
	r report.Report
	n int
	// at is when the next act is done.
	at     time.Time
	served func(string) bool
	gone   func(string) bool
	posts  []ledger.Post
	last   ledger.Batch
}

func newLater(t *testing.T, d report.Draft) *later {
	o, m := &casework.Office{Profile: casetest.Profile(), Desk: desk}, casetest.NewMemory("CTH")
	l := &later{T: t, o: o, m: m, at: start.Add(time.Hour), served: served}
	l.r = open(t, o, m, d)
	return l
}

func lamp(v report.Visibility) report.Draft {
	return report.Draft{Text: "lampu mati depan rumah Asep", Category: "penerangan_jalan", Visibility: v}
}

func (l *later) try(by report.Actor, a report.Action) error {
	l.Helper()
	facts, err := l.m.Facts(context.Background(), l.r.ID)
	if err != nil {
		l.Fatal(err)
	}
	l.n++
	after, b, err := l.o.Act(l.r, by, a, casework.Occasion{Cause: "e" + string(rune('0'+l.n)), At: l.at, Facts: facts, Served: l.served, Left: l.gone, Posts: l.posts})
	if err != nil {
		return err
	}
	if err := l.m.Commit(context.Background(), b); err != nil {
		l.Fatal(err)
	}
	l.r, l.last = after, b
	return nil
}

func (l *later) act(by report.Actor, a report.Action) {
	l.Helper()
	if err := l.try(by, a); err != nil {
		no, _ := casework.AsRefusal(err)
		l.Fatalf("%T: %v %+v", a, err, no)
	}
}

func (l *later) refused(by report.Actor, a report.Action, why casework.Why) {
	l.Helper()
	no, ok := casework.AsRefusal(l.try(by, a))
	if !ok || no.Why != why {
		l.Errorf("%T: refused %+v, want %s", a, no, why)
	}
}

// lines are what the desk's rooms read of the last act, "room: text".
func (l *later) lines() (out []string) {
	for _, x := range l.last.Letters {
		if x.Desk && x.Purpose == ledger.ToDesk {
			out = append(out, x.Room+": "+x.Message.Text)
		}
	}
	return out
}

func (l *later) reads(want ...string) {
	l.Helper()
	got := l.lines()
	if len(got) != len(want) {
		l.Fatalf("the desk reads %q, want %q", got, want)
	}
	for i := range want {
		for part := range strings.SplitSeq(want[i], "|") {
			if !strings.Contains(got[i], part) {
				l.Errorf("the desk reads %q, want %q", got[i], part)
			}
		}
	}
}

// An officer has looked who filed a report. The reporter hides that, or all of the report: what the officer read in the own chat goes.
func TestWhoFiledItIsTakenOffWhereItWasRead(t *testing.T) {
	t.Parallel()
	for _, now := range []report.Visibility{report.Anonymous, report.Confidential} {
		l := newLater(t, lamp(report.Normal))
		l.act(rina, report.Identify{Why: "mencocokkan berkas"})
		at := slices.IndexFunc(l.last.Letters, func(x ledger.Letter) bool { return strings.Contains(x.Message.Text, "Nomor HP") })
		if at < 0 {
			t.Fatalf("nobody reads who filed it: %+v", l.last.Letters)
		}
		read := l.last.Letters[at]
		var err error
		if l.posts, err = l.m.Shown(t.Context(), l.r.ID); err != nil {
			t.Fatal(err)
		}
		l.act(asep, report.Hide{Visibility: now})
		gone := slices.ContainsFunc(l.last.Letters, func(x ledger.Letter) bool {
			return x.Only && x.Edits == read.Key && x.To == read.To && !x.Desk && !strings.Contains(x.Message.Text, "HP")
		})
		if !gone {
			t.Errorf("%s: it stays in the officer's chat: %+v", now, l.last.Letters)
		}
	}
}

// What its reporter hides after filing is hidden from then on, and only ever more of it.
func TestHidingGoesOneWay(t *testing.T) {
	t.Parallel()
	order := []report.Visibility{report.Normal, report.Anonymous, report.Confidential}
	for i, was := range order {
		for j, now := range order {
			l := newLater(t, lamp(was))
			switch a := (report.Hide{Visibility: now, Words: "jangan sebut nama saya"}); {
			case i == j:
				l.refused(asep, a, casework.Already)
			case j < i:
				l.refused(asep, a, casework.Wider)
			default:
				l.act(asep, a)
				if l.r.Visibility != now || l.r.Status != report.Assigned || l.r.Additions != 0 {
					t.Errorf("%s to %s: %+v", was, now, l.r)
				}
				for _, s := range l.lines() {
					if strings.Contains(s, "jangan sebut nama saya") {
						t.Errorf("the wish itself is shown: %s", s)
					}
				}
			}
		}
	}
	l := newLater(t, lamp(report.Normal))
	l.refused(asep, report.Hide{Visibility: "terbuka"}, casework.Choice)
	l.refused(asep, report.Hide{}, casework.Choice)
	l.refused(rina, report.Hide{Visibility: report.Anonymous}, casework.NoRight)
	l.refused(report.Actor{Role: report.Citizen, Chat: follower}, report.Hide{Visibility: report.Anonymous}, casework.NoRight)
}

// A report that becomes confidential loses its words in the group: what waits is taken back, what was shown is taken off, every card is
// drawn anew, and whoever follows it is told once that no more news comes.
func TestAReportThatBecomesConfidentialLosesItsWords(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	l.r = followed(t, l.m, l.r, follower)
	l.act(rina, report.Forward{To: "DPUPR"})
	l.act(asep, report.Add{Words: "depan warung bu haji"})
	said := l.last.Letters[0]
	leaders := bot.Address{Network: bot.WhatsApp, ID: "12036@g.us"} // a group of theirs, on a network that the desk is not on
	l.posts = []ledger.Post{{Key: said.Key, Report: l.r.ID}, {Key: "found", To: leaders}, {Key: "listed", To: desk}}
	l.act(asep, report.Hide{Visibility: report.Confidential})
	blanked, cards, told := 0, map[string]bool{}, 0
	for _, x := range l.last.Letters {
		switch {
		case x.Only && x.Edits == said.Key:
			blanked++
		case x.Only && x.Edits == "found":
			if x.Desk || x.To != leaders {
				t.Errorf("what leaders read is changed at %v", x.To)
			}
			blanked++
		case x.Only && x.Edits == "listed":
			if !x.Desk || x.To != desk {
				t.Errorf("what the desk reads is changed at %v", x.To)
			}
			blanked++
		case x.Purpose == ledger.Refresh:
			cards[x.Edits] = true
		case x.Purpose.News():
			told++
			if x.To != follower || strings.Contains(x.Message.Text, "lampu") {
				t.Errorf("told to %v: %s", x.To, x.Message.Text)
			}
		}
	}
	if blanked != 3 || told != 1 || !cards["card:1"] || !cards[l.r.CardKey] || l.r.CardKey == "card:1" {
		t.Errorf("%d blanked, %d told, cards %v", blanked, told, cards)
	}
	if d, err := l.m.Waiting(context.Background()); err != nil {
		t.Fatal(err)
	} else {
		for _, x := range d {
			if strings.Contains(x.Message.Text, "warung") {
				t.Errorf("waits to be shown: %s", x.Message.Text)
			}
		}
	}
	l.act(dishub(l), report.Reply{Words: "kami cek"})
	for _, x := range l.last.Letters {
		if x.To == follower {
			t.Errorf("a follower still hears %q", x.Message.Text)
		}
	}
}

// dishub is an officer of whoever has the report.
func dishub(l *later) report.Actor {
	return report.Actor{Role: report.Operator, ID: "telegram:9", Name: "Budi", Home: l.r.Agency, Chat: desk}
}

// A report is taken back from wherever it is open, and back again within seven days; it is nobody's verdict.
func TestRecallingAndResuming(t *testing.T) {
	t.Parallel()
	for name, before := range map[string][]report.Action{
		"assigned":    nil,
		"in hand":     {report.Take{}},
		"planned":     {report.Plan{Until: start.AddDate(0, 1, 0), Why: "menunggu anggaran"}},
		"asked":       {report.Ask{Words: "sebelah mana?"}},
		"coordinator": {report.NotOurs{Why: "bukan jalan kami"}},
	} {
		l := newLater(t, lamp(report.Normal))
		for _, a := range before {
			l.act(dishub(l), a)
		}
		owner := l.r.Agency
		l.refused(asep, report.Resume{}, casework.Already)
		l.refused(rina, report.Recall{}, casework.NoRight)
		l.act(asep, report.Recall{Words: "ga jadi, udah nyala. hp 081234567890"})
		l.reads(owner + ": |ditarik oleh pelapornya|udah nyala|08••••")
		if l.r.Status != report.Closed || !l.r.Ended.Equal(l.at) || !l.r.Recalled.Equal(l.at) || l.r.Verdict != "" || !l.r.Asked.IsZero() {
			t.Errorf("%s: %+v", name, l.r)
		}
		dropped := map[ledger.TimerKind]bool{}
		for _, ch := range l.last.Changes {
			if u, ok := ch.(ledger.Untimed); ok {
				dropped[u.Kind] = true
			}
		}
		if !dropped[ledger.AnswerTimer] || !dropped[ledger.PlanTimer] {
			t.Errorf("%s: timers go on: %v", name, dropped)
		}
		l.refused(asep, report.Recall{}, casework.Over)
		l.refused(asep, report.Judge{Verdict: report.Fixed}, casework.Over)
		l.refused(asep, report.Judge{Verdict: report.Unfit}, casework.Over)
		l.refused(asep, report.Urge{}, casework.Over)
		due := l.r.Due
		l.at = l.at.Add(report.Resumable - time.Minute)
		l.act(asep, report.Resume{})
		want := report.Assigned
		if owner == "" {
			want = report.Received
		}
		if l.r.Status != want || l.r.Agency != owner || l.r.Contests != 0 || l.r.Reopens != 0 || !l.r.Ended.IsZero() || !l.r.Due.Equal(due) {
			t.Errorf("%s, resumed: %+v", name, l.r)
		}
		l.reads(owner + ": |melanjutkan lagi")
		l.refused(asep, report.Resume{}, casework.Already)
		l.act(asep, report.Recall{})
		l.at = l.at.Add(report.Resumable)
		l.refused(asep, report.Resume{}, casework.Gone)
	}
	l := newLater(t, lamp(report.Confidential))
	l.act(asep, report.Recall{Words: "udah nyala"})
	l.reads("DISHUB: |/buka " + string(l.r.Code))
	if strings.Contains(l.lines()[0], "nyala") {
		t.Errorf("the group reads %s", l.lines()[0])
	}
	l.served = func(string) bool { return false }
	l.act(asep, report.Resume{})
	if l.r.Agency != "" || l.r.Suggested != "DISHUB" || l.r.Status != report.Received {
		t.Errorf("nobody serves the office any more: %+v", l.r)
	}
}

// A report that others wait for does not end with its reporter's wish: he or she leaves, hears no more of it, and may come back.
func TestWhatOthersFollowGoesOn(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	l.r = followed(t, l.m, l.r, follower)
	if !l.o.Shares(l.r) {
		t.Fatal("it is shared")
	}
	l.act(dishub(l), report.Ask{Words: "sebelah mana?"})
	l.act(asep, report.Recall{Words: "saya tidak mau lagi"})
	if l.r.Status != report.InProgress || l.r.Left.IsZero() || l.r.Hears() || !l.r.Recalled.IsZero() {
		t.Errorf("left: %+v", l.r)
	}
	l.reads("DISHUB: |mundur|1 warga lain|tidak mau lagi")
	l.refused(asep, report.Recall{}, casework.Already)
	hear := func() (reporter, others bool) {
		for _, x := range l.last.Letters {
			reporter = reporter || x.To == citizen
			others = others || x.To == follower
		}
		return reporter, others
	}
	if reporter, others := hear(); reporter || !others {
		t.Errorf("reporter told %v, follower %v", reporter, others)
	}
	l.act(dishub(l), report.Reply{Words: "kami cek"})
	if reporter, others := hear(); reporter || !others {
		t.Errorf("then the reporter hears %v, the follower %v", reporter, others)
	}
	l.act(asep, report.Resume{})
	l.act(dishub(l), report.Reply{Words: "sudah dicek"})
	if reporter, others := hear(); !reporter || !others || l.r.Status != report.InProgress {
		t.Errorf("resumed: the reporter hears %v, the follower %v, %s", reporter, others, l.r.Status)
	}
	// Who follows what has become confidential hears nothing of it: then it ends with its reporter's wish.
	l.act(asep, report.Hide{Visibility: report.Confidential})
	l.act(asep, report.Recall{})
	if l.r.Status != report.Closed {
		t.Errorf("confidential: %s", l.r.Status)
	}
}

// Asking when reaches the owner's room once a day, the coordinator as well where the answer is late, and moves nothing.
func TestUrging(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	was := l.r
	l.act(asep, report.Urge{Words: "kapan pak? hp 081234567890"})
	l.reads("DISHUB: |⏰ Pelapor menanyakan kabar laporan|(ke-1)|Batas jawab|; belum dijawab.|kapan pak?|08••••")
	if len(l.last.Changes) != 1 || l.r.Additions != was.Additions || l.r.Status != was.Status || !l.r.Due.Equal(was.Due) || l.r.Officer.ID != "" || !l.r.Answered.IsZero() {
		t.Errorf("it moved something: %+v, %d changes", l.r, len(l.last.Changes))
	}
	l.at = l.at.Add(casework.UrgeAgain - time.Second)
	l.refused(asep, report.Urge{Words: "??"}, casework.Already)
	l.at = l.at.Add(time.Second)
	l.act(asep, report.Urge{})
	l.reads("DISHUB: |(ke-2)|sudah lewat; belum dijawab", ": |(ke-2)|Laporannya di Dishub")
	l.act(dishub(l), report.Reply{Words: "besok"})
	l.at = l.at.Add(casework.UrgeAgain)
	l.act(asep, report.Urge{})
	l.reads("DISHUB: |(ke-3)|Terakhir dikabari")
	l.act(dishub(l), report.Plan{Until: l.at.AddDate(0, 1, 0), Why: "menunggu anggaran"})
	l.at = l.at.Add(casework.UrgeAgain)
	l.act(asep, report.Urge{})
	l.reads("DISHUB: |(ke-4)|Direncanakan sampai")
	l.refused(report.Actor{Role: report.Citizen, Chat: follower}, report.Urge{}, casework.NoRight)

	secret := newLater(t, lamp(report.Confidential))
	secret.act(asep, report.Urge{Words: "kapan pak Asep"})
	if got := secret.lines()[0]; strings.Contains(got, "Asep") || !strings.Contains(got, "/buka") {
		t.Errorf("the group reads %s", got)
	}
}

// Asking when, or hiding one's name, answers no question: the reporter is still reminded of it.
func TestAskingWhenAnswersNoQuestion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		say      report.Action
		reminded bool
	}{
		"asks when":      {report.Urge{Words: "kapan?"}, true},
		"hides the name": {report.Hide{Visibility: report.Anonymous}, true},
		"answers":        {report.Add{Words: "sebelah warung"}, false},
	} {
		l := newLater(t, lamp(report.Normal))
		l.act(dishub(l), report.Ask{Words: "sebelah mana?"})
		asked := l.at
		l.at = l.at.Add(time.Hour)
		l.act(asep, tt.say)
		facts, err := l.m.Facts(context.Background(), l.r.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, ok, err := l.o.Due(casework.Moment{Timer: ledger.Timer{Kind: ledger.AnswerTimer, Subject: ledger.OfReport(l.r.ID)}, At: asked.AddDate(0, 0, casework.Unanswered),
			Report: l.r, Facts: facts})
		if err != nil || ok != tt.reminded || l.r.Asked.IsZero() == tt.reminded {
			t.Errorf("%s: reminded %v (%v), asked %v", name, ok, err, l.r.Asked)
		}
	}
}
