package flowtest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// reach is how many inputs at most lie between any state and a filed report (the number).
const reach = 8

// TestNeverStuck plays anything at all: every message is answered, no slot is lost but by the citizen's own choice, the
// state survives being written and reread, and a report can be filed within a few messages from wherever one is.
func TestNeverStuck(t *testing.T) {
	t.Parallel()
	machines, city := []*flows.Machine{Machine(), Hearing(), Advised()}, City()
	rapid.Check(t, func(rt *rapid.T) {
		e := NewEngine(machines[rapid.IntRange(0, len(machines)-1).Draw(rt, "machine")], city)
		e.Stranger()
		steps := rapid.IntRange(1, 40).Draw(rt, "steps")
		hurry := rapid.IntRange(0, 4).Draw(rt, "hurry") == 0
		for range steps {
			anything(rt, e, hurry)
		}
		fileWithin(rt, e, reach)
	})
}

// anything does one thing that can happen, and checks what must hold. In a hurry all of it is messages in a burst.
func anything(rt *rapid.T, e *Engine, hurry bool) {
	what := rapid.IntRange(0, 19).Draw(rt, "what")
	if hurry {
		what = 3
	}
	switch what {
	case 0:
		pass(rt, e, rapid.SampledFrom([]time.Duration{time.Second, time.Minute, 40 * time.Minute, 5 * time.Hour, 26 * time.Hour, 8 * 24 * time.Hour}).Draw(rt, "pass"))
		return
	case 1:
		e.Notice("Kabar dari kantor.")
		return
	case 2:
		draft := rapid.SampledFrom([]string{"d1-x", formID(e)}).Draw(rt, "idle")
		if _, err := e.Give(flows.Idle{Draft: draft, At: e.Now, Chat: e.Chat}); err != nil {
			rt.Fatal(err)
		}
		return
	case 3:
		pass(rt, e, 300*time.Millisecond)
	case 4, 5:
		listened(rt, e)
		return
	default:
		pass(rt, e, 4*time.Second)
	}
	ev := event(rt, e)
	e.opinions = rapid.SliceOfN(rapid.SampledFrom(opinions()), 0, 1).Draw(rt, "opinion")
	before := e.Reread()
	filed := len(e.reports)
	n, err := e.Say(ev)
	if err != nil {
		rt.Fatalf("%+v: %v", ev.Body, err)
	}
	after := e.Reread()
	if after.Thanked && after.ThankedBefore && (!before.Thanked || after.Quiet > 0) {
		rt.Fatalf("thanks that nothing was said to before are left unanswered: %+v in state %s", ev.Body, e.State)
	}
	if n == 0 && !quiet(ev) {
		rt.Fatalf("no answer to %T %+v in state %s", ev.Body, ev, e.State)
	}
	if len(e.reports) == filed {
		if why := lost(before, after, ev); why != "" {
			rt.Fatalf("%s\nby %+v\nbefore %+v\nafter %s", why, ev, intake.Of(before).Form, e.State)
		}
	}
	if len(e.State) > 200_000 {
		rt.Fatalf("the state grew to %d bytes", len(e.State))
	}
}

// listened answers a voice note: in time or late, with words or without; what is late or twice must change nothing.
func listened(rt *rapid.T, e *Engine) {
	words := rapid.SampledFrom(append(texts(), "")).Draw(rt, "heard")
	if rapid.IntRange(0, 4).Draw(rt, "stale") == 0 {
		before := string(e.State)
		if _, err := e.Give(flows.Heard{Draft: "d1-x", Media: "v", Words: words, At: e.Now, Chat: e.Chat}); err != nil {
			rt.Fatal(err)
		}
		if before != "" && string(e.State) != before {
			rt.Fatalf("a stale transcript changed %s to %s", before, e.State)
		}
		return
	}
	before := e.Reread()
	if _, err := e.Hear(words); err != nil {
		rt.Fatal(err)
	}
	after := e.Reread()
	// Who speaks of harm is listened to: the recording went there, and with it a draft that held nothing else.
	confided := e.Machine.Talking(after) != nil && (e.Machine.Talking(before) == nil || words == "saya tidak ingin hidup lagi" || words == "saya dipukuli suami")
	alone := func(f *intake.Form) bool { return f.Text == "" && len(f.Photos) == 0 && !f.Place.Known() }
	why := lost(before, after, bot.Event{})
	if confided && (why == "a file is gone" || why == "the draft is gone" && alone(intake.Of(before).Form)) {
		why = ""
	}
	if why != "" {
		rt.Fatalf("%s by hearing %q: before %+v, after %s", why, words, intake.Of(before).Form, e.State)
	}
	if intake.Of(before).Form != nil && intake.Of(after).Form != nil && intake.Of(before).Form.Text != intake.Of(after).Form.Text && !intake.Of(after).Form.Emergency {
		rt.Fatalf("words that nobody confirmed became the text: %s", e.State)
	}
}

// opinions are what a language model may say, of use or not.
func opinions() []report.Advice {
	guess := func(c string, p float64) report.Advice { return report.Advice{Guess: report.Guess{Category: c, P: p}} }
	return []report.Advice{guess("parkir", 0.9), guess("jalan_jembatan", 0.8), guess("pungli_integritas", 1), guess("penerangan_jalan", 0.4),
		guess("sampah_kebersihan", 0.1), guess("darurat", 1), guess("", 1), guess("DISHUB", 0.9)}
}

func pass(rt *rapid.T, e *Engine, d time.Duration) {
	if err := e.Pass(d); err != nil {
		rt.Fatal(err)
	}
}

func formID(e *Engine) string {
	if f := intake.Of(e.Reread()).Form; f != nil {
		return f.ID
	}
	return ""
}

// quiet are the events that need no answer: they are no message to the bot.
func quiet(ev bot.Event) bool {
	switch b := ev.Body.(type) {
	case bot.Left, bot.Joined, bot.Moved:
		return true
	case bot.Location:
		return ev.Edited
	case bot.Unsupported:
		return b.Kind == "reaction"
	}
	return false
}

// lost says which slot of the draft went away without the citizen's own doing; "" when none did.
func lost(before, after flows.State, ev bot.Event) string {
	f := intake.Of(before).Form
	if f.Empty() || after.Quiet >= flows.Keep {
		return ""
	}
	kind := ""
	if before.Ask != nil && before.Ask.Flow == "intake" {
		kind = before.Ask.Kind
	}
	pick, pressed := ev.Body.(bot.Pick)
	typed := strings.TrimSpace(bot.Words(ev.Body)) == "1" // the first button's number
	if kind == "twin" && (typed || pressed && strings.HasPrefix(pick.Choice, "follow")) {
		return "" // it is the same as what there is, which got its words
	}
	if (pressed && pick.Choice == "one" || kind == "several") && after.Ask != nil && after.Ask.Kind == "about" {
		return "" // of two matters that are one report it is asked which it is
	}
	g := kept(intake.Of(after), f.ID)
	if g == nil && f.Behind != nil {
		if g = kept(intake.Of(after), f.Behind.ID); g != nil && f.Emergency && strings.Contains(g.Text, f.Text) {
			return "" // a danger that was called off was said of the report that waited behind it
		}
		g = nil
	}
	if g == nil {
		return "the draft is gone"
	}
	// What has no place, and turns out to stand somewhere, is asked where.
	whereAfterAll := f.Place.Nowhere && after.Ask != nil && after.Ask.Kind == "place"
	edit := slices.Contains([]string{"edit", "severaledit", "text", "newplace", "photos", "visibility", "kind", "category"}, kind)
	switch {
	case edit || ev.Edited || askedFor(before, ev):
		return ""
	case !strings.HasPrefix(g.Text, f.Text) && (intake.Of(after).Aside == nil || intake.Of(after).Aside.Text == ""):
		return "words are gone"
	case f.Category != "" && g.Category == "":
		return "the category is gone"
	case f.Place.Known() && !whereAfterAll && !g.Place.Known() && !slices.ContainsFunc(g.Several.Each, func(m intake.Matter) bool { return m.Place.Known() }):
		return "the place is gone"
	case len(g.Photos) < len(f.Photos) || !slices.Equal(g.Photos[:len(f.Photos)], f.Photos):
		return "a photo is gone"
	case len(g.Files) < len(f.Files) || !slices.Equal(g.Files[:len(f.Files)], f.Files):
		return "a file is gone"
	case f.Visibility != g.Visibility && !(g.Emergency && g.Visibility == report.Confidential): // who is beaten is kept secret
		return "the visibility changed"
	}
	return ""
}

// kept is the draft of an id, wherever it waits; nil for none.
func kept(n intake.Notes, id string) *intake.Form {
	all := []*intake.Form{n.Form}
	for f := n.Shelf; f != nil; f = f.Below {
		all = append(all, f)
	}
	for _, f := range all {
		for ; f != nil; f = f.Behind {
			if f.ID == id {
				return f
			}
		}
	}
	return nil
}

var words = sync.OnceValue(answer.Must)

// askedFor reports whether words ask for a field to be changed, or for the last change to be taken back.
func askedFor(s flows.State, ev bot.Event) bool {
	lx := words()
	c, ok := lx.Changes(bot.Words(ev.Body))
	if pick, pressed := ev.Body.(bot.Pick); pressed && pick.Choice == "revert" {
		return true
	}
	if u := s.Under; u != nil && len(u.Choices) > 3 && u.Choices[3] == "revert" && strings.TrimSpace(bot.Words(ev.Body)) == "4" {
		return true // by its number
	}
	undo, _ := lx.Read(bot.Words(ev.Body)).Only()
	return ok && c.Field != answer.NoField || intake.Of(s).Before != nil && undo == answer.Undo
}

// event draws something a citizen, a broken phone or a forger may send.
func event(rt *rapid.T, e *Engine) bot.Event {
	ev := bot.Event{Body: body(rt, e)}
	if len(e.sent) > 0 && rapid.IntRange(0, 9).Draw(rt, "reply") == 0 {
		ref := e.sent[rapid.IntRange(0, len(e.sent)-1).Draw(rt, "to")].Ref
		ev.ReplyTo = &ref
	}
	if rapid.IntRange(0, 14).Draw(rt, "edit") == 0 {
		ev.Edited = true
		ev.Ref = bot.MessageRef{Chat: e.Chat, ID: fmt.Sprintf("c%d", rapid.IntRange(1, 40).Draw(rt, "edited"))}
	}
	ev.From.Language = rapid.SampledFrom([]string{"", "id", "en"}).Draw(rt, "lang")
	return ev
}

func body(rt *rapid.T, e *Engine) bot.Body {
	switch rapid.IntRange(0, 13).Draw(rt, "body") {
	case 0, 1, 2:
		return bot.Text{Text: rapid.SampledFrom(texts()).Draw(rt, "text")}
	case 3:
		return bot.Text{Text: rapid.String().Draw(rt, "any")}
	case 4:
		return bot.Text{Text: fmt.Sprint(rapid.IntRange(0, 12).Draw(rt, "number"))}
	case 5, 6, 7:
		return press(rt, e)
	case 8:
		return bot.Photo{Media: media(rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "photo"), "image/jpeg"),
			Caption: rapid.SampledFrom([]string{"", "", "got mampet", "halo", "pinjol", "SRG-RY77R-W"}).Draw(rt, "caption"), Album: "x"}
	case 9:
		return bot.Voice{Media: media("v", "audio/ogg"), Seconds: 3}
	case 10:
		return bot.Document{Media: media("f", "application/pdf"), Caption: rapid.SampledFrom([]string{"", "surat pengantar dari pak rt"}).Draw(rt, "note")}
	case 11:
		p := rapid.SampledFrom([][2]float64{{-6.12, 106.15}, {-6.12, 106.1595}, {-6.05, 106.05}, {0, 0}, {math.NaN(), 1},
			{math.Inf(1), 5}, {91, 181}, {-6.18, 106.15}}).Draw(rt, "pin")
		return bot.Location{Lat: p[0], Lon: p[1], Name: rapid.SampledFrom([]string{"", "Warung"}).Draw(rt, "venue")}
	case 12:
		return bot.Unsupported{Kind: rapid.SampledFrom([]string{"sticker", "contact", "poll", "reaction", "story", ""}).Draw(rt, "kind")}
	default:
		return rapid.SampledFrom([]bot.Body{bot.Left{}, bot.Joined{}, bot.Moved{}, bot.Text{}, bot.Pick{}}).Draw(rt, "odd")
	}
}

func press(rt *rapid.T, e *Engine) bot.Body {
	var menus []Sent
	for _, s := range e.sent {
		if s.Message.Menu != nil && len(s.Message.Menu.Choices) > 0 {
			menus = append(menus, s)
		}
	}
	if len(menus) == 0 || rapid.IntRange(0, 9).Draw(rt, "forge") == 0 {
		return bot.Pick{Menu: rapid.SampledFrom([]string{"q1-0", "", "x"}).Draw(rt, "menu"), Choice: "send"}
	}
	i := len(menus) - 1
	if rapid.IntRange(0, 3).Draw(rt, "old") == 0 {
		i = rapid.IntRange(0, i).Draw(rt, "which")
	}
	m := menus[i]
	if rapid.IntRange(0, 19).Draw(rt, "forged") == 0 {
		return bot.Pick{Menu: m.Message.Menu.ID, Choice: "../../etc", Message: m.Ref}
	}
	return bot.Pick{Menu: m.Message.Menu.ID, Choice: rapid.SampledFrom(m.Message.Menu.Choices).Draw(rt, "choice").ID, Message: m.Ref,
		Quiet: rapid.IntRange(0, 4).Draw(rt, "quiet") == 0}
}

// texts are what people write, good and bad.
func texts() []string {
	return []string{
		"got mampet", "lampu pju mati di jl veteran", "sampah menumpuk di kel Cipare", "lampu gelap dan jalan rusak",
		"ada pungli di kelurahan", "ktp belum jadi", "mau ngomong sama orang", "saya tidak ingin hidup lagi", "saya dipukuli suami", "bukan darurat kok", "sudah aman",
		"anak saya hilang dekat masjid", "usul tambah lampu", "apa syarat bikin ktp", "tolong cepat ada kebakaran",
		"kel Cipare", "sukawana", "jl vetran", "di depan masjid", "sudah seminggu begini terus pak", "kami warga resah sekali",
		"halo", "p", "tes", "terima kasih", "pinjol", "👍👍", "…", "١٢٣", "السلام عليكم مشكلة في الشارع", "شارع", "\u202eabc\u0000",
		"status", "menu", "bantuan", "privasi", "bahasa", "english", "/id", "/start", "/lapor got mampet", "/foo", "data saya",
		"hapus data saya", "batal", "urungkan", "ubah", "kirim", "lewati", "lanjutkan", "lapor", "ya", "tidak", "lainnya", "kembali",
		"SRG-RY77R-W", "srg pses3 y", "SRG-2222-4", "https://maps.app.goo.gl/x", "https://www.google.com/maps/@-6.12,106.15,17z",
		"geo:0.0,0.0", strings.Repeat("sampah ", 600), strings.Repeat("x", 9000), strings.Repeat("banjir besar di sini ", 5000),
		"1️⃣", "２", "jalan", "rahasia", "anonim", "isi", "tempat", "foto", "\xff\xfe", "srg", "/", "//", "\n\n",
	}
}

// fileWithin files a report the way a patient citizen would: answering what is asked.
func fileWithin(rt *rapid.T, e *Engine, most int) {
	pass(rt, e, 2*time.Minute)
	was := len(e.reports)
	var path []string
	for range most {
		s := e.Reread()
		b := patient(s, e)
		path = append(path, fmt.Sprintf("%T%+v to %+v", b, b, s.Ask))
		if _, err := e.Say(bot.Event{Body: b}); err != nil {
			rt.Fatal(err)
		}
		if len(e.reports) > was {
			r := e.reports[len(e.reports)-1]
			if utf8.RuneCountInString(r.Text) > flows.MaxText+1 || len(r.Photos) > flows.MaxPhotos || len(r.Files) > flows.MaxFiles {
				rt.Fatalf("filed too much: %d runes, %d photos", utf8.RuneCountInString(r.Text), len(r.Photos))
			}
			return
		}
		pass(rt, e, 5*time.Second)
	}
	rt.Fatalf("no report within %d messages:\n%s\nstate %s", most, strings.Join(path, "\n"), e.State)
}

// patient is what answers the open question.
func patient(s flows.State, e *Engine) bot.Body {
	if s.Ask != nil && s.Ask.Kind == "emergency" {
		return bot.Text{Text: "kirim"}
	}
	if s.Ask != nil && s.Ask.Flow == "call" && s.Ask.Kind == "talk" && s.Ask.ID == "new" {
		return bot.Text{Text: map[bool]string{true: "make it a report", false: "jadikan laporan"}[s.Lang == "en"]} // it was said without buttons
	}
	if s.Ask != nil && s.Ask.Flow == "call" {
		return bot.Pick{Menu: s.Ask.ID, Choice: map[string]string{"here": "herefine", "talk": "makereport", "keep": "keepfile"}[s.Ask.Kind]}
	}
	if u := s.Under; s.Ask != nil && s.Ask.Flow == "sequel" && u != nil && u.Menu == s.Ask.ID && len(u.Choices) > 0 && !slices.Contains(u.Choices, "nottaken") {
		if slices.Contains(u.Choices, "freshreport") {
			return bot.Pick{Menu: u.Menu, Choice: "freshreport"}
		}
		return bot.Pick{Menu: u.Menu, Choice: u.Choices[len(u.Choices)-1]} // it is asked for which report something was: for none of them
	}
	if s.Ask == nil || s.Ask.Light || s.Ask.Flow != "intake" {
		if intake.Of(s).Form.Empty() && e.Machine.Talking(s) != nil {
			return bot.Text{Text: "lapor"} // what is said in a talk goes there
		}
		if u := s.Under; u != nil && slices.Contains(u.Choices, "nottaken") {
			return bot.Pick{Menu: u.Menu, Choice: "nottaken"} // it was taken for more about a report of the same matter
		}
		if intake.Of(s).Form.Empty() {
			return bot.Text{Text: "got mampet di kel Cipare"}
		}
		return bot.Text{Text: "lanjutkan"}
	}
	answers := map[string]string{"about": "more", "category": "unsure", "newplace": "back", "review": "send",
		"edit": "back", "text": "back", "photos": "back", "visibility": "back", "kind": "back", "safe": "safe",
		"resume": "resume", "late": "newreport", "twin": "nottwin", "several": "one", "severaledit": "back", "isreport": "isreport", "heard": "heard"}
	if a, ok := answers[s.Ask.Kind]; ok {
		return bot.Pick{Menu: s.Ask.ID, Choice: a}
	}
	if s.Ask.Kind == "place" {
		return bot.Text{Text: "tidak tahu"}
	}
	if s.Ask.Kind == "where" && intake.Of(s).Form != nil && intake.Of(s).Form.Where != nil {
		if intake.Of(s).Form.Where.Why == "outside" {
			return bot.Pick{Menu: s.Ask.ID, Choice: "keep"}
		}
		return bot.Pick{Menu: s.Ask.ID, Choice: "p0"}
	}
	return bot.Text{Text: "got mampet di kel Cipare"}
}
