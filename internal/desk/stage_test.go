package desk_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

const group = "-100"

// stage is one desk with its citizens, without any network.
type stage struct {
	clocks bool // the ladder and the roll call tell what they have to tell
	*testing.T
	mem      *casetest.Memory
	office   *casework.Office
	desk     *desk.Desk
	now      time.Time
	events   int
	sent     []sent
	admins   map[string]bool
	away     map[string]bool // who left, without a word of the network's; mute: it does not say who is there
	mute     bool
	asked    map[int]bool // events in which the network failed once
	reporter bot.Address
	last     report.ID
	blocked  bool
	apart    bool // what comes next is written in the person's own chat with the bot
	hidden   bool // or in the name of the group
	// believed is what is remembered of who runs the group, until it is asked anew.
	believed map[string]bool
	network  bot.Network
	topic    string // of the group, where it has topics
	links    []string
	pictures pictures
	kept     []int // the jobs whose files were kept
	// books are the files that were sent, read how many jobs were looked at for one about them.
	books map[string][]byte
	read  int
	// visibility and place are those of what is filed, nil for as it is said; seen is what the group has read then.
	visibility *report.Visibility
	place      report.Place
	seen       []overheard
	out        strings.Builder
	// became is what became of what people wanted: "ambil done".
	became map[string]bool
}

type sent struct {
	key string
	ref bot.MessageRef
	m   bot.Message
	// menu is the last menu it had: on somebody's phone it may still be there.
	menu *bot.Menu
	// first is the menu that it was sent with.
	first *bot.Menu
}

func newStage(t *testing.T) *stage { return newStageOn(t, bot.Telegram) }

// newStageOn is a stage whose desk is on a network.
func newStageOn(t *testing.T, network bot.Network) *stage {
	s := &stage{T: t, mem: casetest.NewMemory("CTH"), now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC),
		admins: map[string]bool{"Rina": true}, away: map[string]bool{}, asked: map[int]bool{}, network: network, became: map[string]bool{},
		links: []string{"https://wa.me/62811000", "https://t.me/contoh_bot"}}
	s.office = &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: network, ID: group}}
	s.desk = &desk.Desk{
		Answers: answer.Must(),
		Hears:   hears(),
		Links:   func() []string { return s.links },
		Office:  func() *casework.Office { return s.office },
		Reader:  s.mem,
		Looks:   s.pictures.looks,
		Phone: func(_ context.Context, chat bot.Address) (string, error) {
			if chat.Network == bot.WhatsApp {
				return "6281234567890", nil
			}
			return "", nil
		},
		Admin: func(_ context.Context, g bot.Address, person string) (bool, error) {
			if person == "Ragu" && !s.asked[s.events] {
				s.asked[s.events] = true
				return false, errors.New("network away") // the first time that it is asked
			}
			if s.believed[person] {
				return true, nil
			}
			return g.ID == group && (s.admins[person] || person == group), nil
		},
	}
	s.desk.Here = func(_ context.Context, g bot.Address, person string) (bool, error) {
		if s.mute {
			return false, errors.New("network away")
		}
		return g.ID == group && !s.away[person], nil
	}
	s.desk.Anew = func(_ bot.Address, person string, _ bool) { delete(s.believed, person) }
	s.desk.Titles = desk.NewTitles(func() time.Time { return s.now })
	desk.Watch(s.desk, func(v desk.Verb, became string) { s.became[string(v)+" "+became] = true })
	for name, agency := range map[string]string{"Budi": "DISHUB", "Sari": "DISHUB", "Dewi": "DPUPR"} {
		s.enroll(name, agency)
	}
	return s
}

func (s *stage) enroll(name, agency string) {
	op := ledger.Operator{ID: string(s.network) + ":" + name, Name: name, Agency: agency, Role: report.Operator, Approved: string(s.network) + ":Rina", Since: s.now}
	b := ledger.Batch{Cause: "setup:" + name, At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}
	if err := s.mem.Commit(context.Background(), b); err != nil {
		s.Fatal(err)
	}
}

// event does what the engine does: decide, commit, and decide anew when somebody was faster. Every event comes twice.
func (s *stage) event(name string, body bot.Body, reply *bot.MessageRef, edited bool) {
	s.events++
	chat := s.office.Desk
	p, pressed := body.(bot.Pick)
	switch {
	case s.apart:
		chat = bot.Address{Network: s.network, ID: name}
	case pressed && p.Message.Chat.Network == s.office.Desk.Network:
		chat = p.Message.Chat
	case reply != nil && reply.Chat.Network == s.office.Desk.Network: // not a citizen's
		chat = reply.Chat
	}
	if chat == s.office.Desk {
		chat.Topic = s.topic
	}
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg:%d", s.events)), Chat: chat, Group: chat.Chat() == s.office.Desk,
		From: bot.Person{ID: name, Name: name}, At: s.now, ReplyTo: reply, Body: body, Edited: edited,
		ToBot: reply != nil && strings.HasPrefix(reply.ID, "x")} // of the bot's that nobody knows any more
	if s.hidden {
		ev.From = bot.Person{ID: group, Name: "Meja " + name, Chat: true}
	}
	if !pressed {
		ev.Ref = bot.MessageRef{Chat: chat, ID: fmt.Sprintf("u%d", s.events)}
	}
	ctx := context.Background()
	if mine, err := s.desk.Private(ctx, ev); err != nil || !ev.Group && !mine {
		fmt.Fprintf(&s.out, "= seperti warga%s\n", strings.TrimSuffix(fmt.Sprintf(" %v", err), " <nil>"))
		return
	}
	b, err := s.desk.Handle(ctx, ev)
	if err != nil && name == "Ragu" {
		s.out.WriteString("! datang lagi\n")
		b, err = s.desk.Handle(ctx, ev)
	}
	if err != nil {
		s.Fatal(err)
	}
	if b.Cause != string(ev.ID) {
		s.Fatalf("cause %q of event %q", b.Cause, ev.ID)
	}
	err = s.mem.Commit(ctx, b)
	if errors.Is(err, ledger.ErrSent) {
		if b, err = s.desk.Late(ctx, ev); err != nil {
			s.Fatal(err)
		}
		err = s.mem.Commit(ctx, b)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.facts(b)
	again, err := s.desk.Handle(ctx, ev)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, again); !errors.Is(err, ledger.ErrDone) {
		s.Fatalf("the event's second coming was written: %v", err)
	}
}

func (s *stage) file(category string, how []string, text string) {
	d := report.Draft{ID: "d", Kind: report.Complaint, Text: text, Category: category, Visibility: report.Normal,
		Place: report.Place{AreaName: "Sukawana", DistrictName: "Kota", District: "99.01.01", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}}
	if category == "-" {
		d.Category = ""
	}
	d.Place.Said, d.Place.Note = s.place.Said, s.place.Note
	if s.visibility != nil {
		d.Visibility = *s.visibility
	}
	s.reporter = bot.Address{Network: bot.WhatsApp, ID: "62811"}
	lang, contact := "id", ""
	var by report.Actor
	for _, h := range how {
		code, p, isGuess := strings.Cut(strings.TrimPrefix(h, "tebak="), ":")
		switch {
		case strings.HasPrefix(h, "tebak=") && isGuess:
			percent, _ := strconv.Atoi(p)
			d.Guesses = append(d.Guesses, report.Guess{Category: code, P: float64(percent) / 100})
		case h == "anonim" || h == "rahasia":
			d.Visibility = report.Visibility(h)
		case strings.HasPrefix(h, "dari="):
			s.reporter.ID = h[5:]
		case strings.HasPrefix(h, "oleh="):
			s.reporter, _ = reporterOf(h)
		case h == "darurat":
			d.Emergency = true
		case h == "en":
			lang = "en"
		case h == "loket":
			s.reporter, d.How = bot.Address{}, report.AtCounter
		case strings.HasPrefix(h, "lewat="): // an officer took it, with "+" and a number
			way, number, _ := strings.Cut(h[6:], "+")
			s.reporter, d.How, contact = bot.Address{}, report.Sending(way), number
			by = report.Actor{Role: report.Operator, ID: string(s.network) + ":Budi", Name: "Budi", Home: "DISHUB", Chat: bot.Address{Network: s.network, ID: "Budi"}}
		case strings.HasPrefix(h, "gambar="):
			m := bot.MediaRef{Network: bot.WhatsApp, ID: fmt.Sprintf("g%d", s.events)}
			s.pictures.show(m, h[7:])
			d.Photos = append(d.Photos, m)
		case strings.HasPrefix(h, "foto="):
			n, _ := strconv.Atoi(h[5:])
			for i := range n {
				d.Photos = append(d.Photos, bot.MediaRef{Network: bot.WhatsApp, ID: fmt.Sprintf("%d-%d", s.events, i)})
			}
		}
	}
	s.events++
	cause := fmt.Sprintf("wa:%d", s.events)
	ctx := context.Background()
	id, code, err := s.mem.NextID(ctx, cause)
	if err != nil {
		s.Fatal(err)
	}
	load, err := s.mem.Load(ctx, s.reporter, s.now.Add(-casework.BoundsSpan))
	if err != nil {
		s.Fatal(err)
	}
	person := bot.Person{ID: "62811", Name: "Asep Sunarya"}
	if by.Role != "" {
		person = bot.Person{}
	}
	_, b := s.office.Open(casework.Filing{Load: load, ID: id, Code: code, Draft: d, Reporter: s.reporter, Lang: lang,
		Person: person, By: by, Contact: contact, Cause: cause, At: s.now,
		Served: func(a string) bool { ok, _ := s.mem.Served(ctx, a); return ok }})
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.last = id
	s.facts(b)
}

// advise gives a second opinion on the newest report, as the job does.
func (s *stage) advise(a report.Advice) {
	ctx := context.Background()
	r, err := s.mem.ByID(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	facts, err := s.mem.Facts(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	_, b, ok := s.office.Advise(r, a, casework.Occasion{Cause: casework.AdviceCause(r.ID), At: s.now, Facts: facts})
	if !ok {
		s.out.WriteString("= tidak ada gunanya lagi\n")
		return
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}

// foreign keeps the number that the newest report has elsewhere.
func (s *stage) foreign(source, number, url string) {
	s.events++
	ctx := context.Background()
	r, err := s.mem.ByID(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	by := report.Actor{Role: report.Coordinator, ID: string(s.network) + ":Rina", Name: "Rina", Chat: s.office.Desk}
	_, b, err := s.office.Act(r, by, report.Link{Foreign: report.Foreign{Source: source, Number: number, URL: url}},
		casework.Occasion{Cause: fmt.Sprintf("tg:%d", s.events), At: s.now})
	if _, refused := casework.AsRefusal(err); refused {
		return
	}
	if err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}

// phone writes to the citizen by hand, as the engine is told of it.
func (s *stage) phone(sort report.Sort, words string) {
	s.events++
	ctx := context.Background()
	reports, err := s.mem.LastActive(ctx, s.reporter, casework.PhoneLook)
	if err != nil {
		s.Fatal(err)
	}
	_, b, ok := s.office.Phone(reports, casework.Phoned{To: s.reporter, Sort: sort, Words: words},
		casework.Occasion{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now})
	if !ok {
		s.out.WriteString("= tidak ada laporan terbuka\n")
		return
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}

func (s *stage) citizen(text string) {
	var a report.Action = report.Add{Words: text}
	verb, words, _ := strings.Cut(text, ": ")
	if after := afterwards(verb, words); after != nil {
		a = after
	}
	switch name, what, _ := strings.Cut(verb, " "); {
	case name == "menilai":
		a = report.Judge{Verdict: report.Verdict(what), Words: words}
	case verb == "tidak setuju":
		a = report.Disagree{Words: words}
	case name == "memberi" && strings.HasPrefix(what, "nilai "):
		n, _ := strconv.Atoi(what[len("nilai "):])
		a = report.Rate{Stars: n, Words: words}
	}
	s.act(report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Chat: s.reporter}, a)
}

// act does something to the report that was filed last, beside the desk.
func (s *stage) act(by report.Actor, a report.Action) {
	s.events++
	ctx := context.Background()
	r, err := s.mem.ByID(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	facts, err := s.mem.Facts(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	served := func(agency string) bool { ok, _ := s.mem.Served(ctx, agency); return ok }
	var posts []ledger.Post
	_, hides := a.(report.Hide)
	if hides {
		if posts, err = s.mem.Shown(ctx, r.ID); err != nil {
			s.Fatal(err)
		}
	}
	after, b, err := s.office.Act(r, by, a, casework.Occasion{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now, Facts: facts, Served: served, Posts: posts})
	if no, ok := casework.AsRefusal(err); ok {
		s.out.WriteString("x " + no.Words + "\n")
		return
	}
	if err != nil {
		s.Fatal(err)
	}
	b.Add(s.kin(r, by, a))
	if hides {
		talks, err := s.mem.CallsWith(ctx, s.reporter, casework.TalksMost)
		if err != nil {
			s.Fatal(err)
		}
		b.Add(s.office.UnnameTalks(talks, []report.Report{after}, casework.Occasion{Cause: b.Cause, At: s.now}))
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}

// ring lets the timers whose time has come do what they do.
func (s *stage) ring() {
	ctx := context.Background()
	for range 20 {
		due, err := s.due(ctx)
		if err != nil {
			s.Fatal(err)
		}
		if len(due) == 0 {
			s.climb(ctx)
			return
		}
		m, err := s.mem.Moment(ctx, due[0])
		if err != nil {
			s.Fatal(err)
		}
		m.At = s.now
		b, ok, err := s.office.Due(m)
		switch {
		case err != nil:
			s.Fatal(err)
		case ok:
			err = s.mem.Commit(ctx, b)
		default:
			err = s.mem.TimerOver(ctx, due[0])
		}
		if err != nil {
			s.Fatal(err)
		}
		s.facts(b)
	}
	s.Fatal("timers go on for ever")
}

// facts writes down what a batch put on record, and holds every report to its facts.
func (s *stage) facts(b ledger.Batch) {
	show := func(facts []report.Fact) {
		for _, f := range facts {
			line := fmt.Sprintf("= %d %s", f.Seq, f.What)
			for _, part := range []struct{ name, v string }{{"", f.By.Name}, {"kantor=", f.Agency}, {"maksud=", f.Meant}, {"alasan=", f.Reason}, {"dari=", f.Was}, {"kata=", string(f.Verdict)}, {"dengan=", with(f)}} {
				if part.v != "" {
					line += " " + part.name + part.v
				}
			}
			if f.What == report.WasReturned || f.What == report.WasForwarded && f.Agency == "" {
				line += " kantor=koordinator"
			}
			if f.Measure != "" {
				line += " batas=" + string(f.Measure)
			}
			if f.What == report.WasCategorised {
				line += " ke=" + f.Category
				if f.Visibility != "" {
					line += " tetap=" + string(f.Visibility)
				}
			}
			if n := len(f.Photos); n > 0 {
				line += fmt.Sprintf(" foto=%d", n)
			}
			s.out.WriteString(line + "\n")
		}
	}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Opened:
			show(c.Facts)
			s.covers(c.Report.ID, c.Facts)
		case ledger.Changed:
			show(c.Facts)
			s.covers(c.Report.ID, c.Facts)
		case ledger.Called:
			fmt.Fprintf(&s.out, "= percakapan %s rev=%d\n", c.Call.Kind, c.Call.Rev)
		case ledger.Enrolled:
			fmt.Fprintf(&s.out, "= petugas %s kantor=%q diterima=%q%s\n", c.Operator.ID, c.Operator.Agency, c.Operator.Approved, standing(c.Operator))
		case ledger.Restrained:
			fmt.Fprintf(&s.out, "= pembatasan %q sampai %s rev=%d\n", c.Conduct.Measure, c.Conduct.Until.Format(time.DateOnly), c.Conduct.Rev)
		case ledger.Unsent:
			s.out.WriteString("= surat ditarik\n")
		}
	}
	for _, l := range b.Looks {
		fmt.Fprintf(&s.out, "= tercatat: %s %s %d\n", l.Who, l.Act, l.Report)
	}
	for _, j := range b.Jobs {
		fmt.Fprintf(&s.out, "* %s\n", reflect.TypeOf(j).Name())
	}
}

// deliver sends everything that need not wait, in order.
func (s *stage) deliver() {
	ctx := context.Background()
	letters, err := s.mem.Waiting(ctx)
	if err != nil {
		s.Fatal(err)
	}
	for _, l := range letters {
		if l.Hold.After(s.now) {
			continue
		}
		m, err := s.desk.Compose(ctx, l)
		if err != nil {
			s.Fatal(err)
		}
		if err := s.mem.Start(ctx, l.Key); err != nil {
			s.Fatal(err)
		}
		s.hand(ctx, l, m)
	}
}

func (s *stage) hand(ctx context.Context, l ledger.Letter, m bot.Message) {
	s.overhears(l, m)
	if err := bot.CheckMenu(m.Menu); err != nil { // no network could show it, and nobody would hear
		s.Fatalf("%s: %v", l.Key, err)
	}
	var err error
	switch {
	case s.blocked && l.Purpose == ledger.Notice:
		err = s.mem.Failed(ctx, l.Key, "diblokir warga")
		s.out.WriteString("x " + "gagal terkirim ke warga\n")
	case l.Purpose == ledger.ToPress:
		err = s.mem.Sent(ctx, l.Key, bot.MessageRef{})
		s.out.WriteString("· " + m.Text + "\n")
	default:
		at := s.find(l.Edits)
		mark := "~"
		if at < 0 && l.Only {
			if err := s.mem.Failed(ctx, l.Key, "hanya sebagai perubahan"); err != nil {
				s.Fatal(err)
			}
			return
		}
		if at < 0 {
			chat := l.To
			s.sent = append(s.sent, sent{key: l.Key, ref: bot.MessageRef{Chat: chat, ID: strconv.Itoa(len(s.sent) + 1)}})
			at, mark = len(s.sent)-1, "<"
		}
		text := shown(m)
		if mark == "~" {
			text = changes(shown(s.sent[at].m), text)
		}
		s.sent[at].m = m
		if m.Menu != nil {
			s.sent[at].menu = m.Menu
			s.sent[at].first = cmp.Or(s.sent[at].first, m.Menu)
		}
		err = s.mem.Sent(ctx, l.Key, s.sent[at].ref)
		s.out.WriteString(mark + " " + strconv.Itoa(at+1) + " " + s.room(l) + s.answered(l) + "\n" + text)
	}
	if err != nil {
		s.Fatal(err)
	}
}

func standing(o ledger.Operator) string {
	out := ""
	if o.Wish != nil {
		out += fmt.Sprintf(" ingin=%q", o.Wish.Agency)
	}
	if !o.Ended.IsZero() {
		out += fmt.Sprintf(" berakhir=%q", o.EndedBy)
	}
	return out
}

func (s *stage) answered(l ledger.Letter) string {
	if at := s.find(l.Answers); at >= 0 {
		return fmt.Sprintf(" (di bawah %d)", at+1)
	}
	return ""
}

func (s *stage) find(key string) int {
	for i, m := range s.sent {
		if key != "" && m.key == key {
			return i
		}
	}
	return -1
}

func (s *stage) room(l ledger.Letter) string {
	switch {
	case l.Desk && l.Room == "":
		return "ruang koordinator"
	case l.Desk:
		return "ruang " + l.Room
	case l.To.ID == group:
		return "grup"
	case l.To.Network == bot.Telegram, l.To.Network == s.network && !l.Purpose.News():
		return "pribadi " + l.To.ID
	}
	return "warga"
}

// changes are the lines of a message that its edit took out and put in.
func changes(was, now string) string {
	out := ""
	count := map[string]int{}
	for _, line := range strings.SplitAfter(now, "\n") {
		count[line]++
	}
	for _, line := range strings.SplitAfter(was, "\n") {
		if count[line]--; count[line] < 0 && strings.TrimSpace(line) != "" {
			out += "  -" + line[3:]
		}
	}
	clear(count)
	for _, line := range strings.SplitAfter(was, "\n") {
		count[line]++
	}
	for _, line := range strings.SplitAfter(now, "\n") {
		if count[line]--; count[line] < 0 && strings.TrimSpace(line) != "" {
			out += "  +" + line[3:]
		}
	}
	return out
}

func shown(m bot.Message) string {
	text, spans := bot.Spans(m.Text)
	for _, s := range slices.Backward(spans) {
		text = text[:s.From] + "**" + text[s.From:s.To] + "**" + text[s.To:]
	}
	out := ""
	for line := range strings.SplitSeq(text, "\n") {
		out += strings.TrimRight("    "+line, " ") + "\n"
	}
	if n := len(m.Photos); n > 0 {
		out += fmt.Sprintf("    {%d foto}\n", n)
	}
	if m.Menu != nil {
		out += "   "
		for i, c := range m.Menu.Choices {
			out += fmt.Sprintf(" [%d %s]", i+1, c.Label)
		}
		out += "\n"
	}
	return out
}
