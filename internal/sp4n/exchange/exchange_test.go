package exchange_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
)

// A file is looked at before it is brought in, and looking writes nothing. What it brings is what was said.
func TestAFileIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	for _, set := range sp4ntest.Sets() {
		c := newCity(t)
		file := sp4ntest.Book(t, set, day, sp4ntest.New(1), status(2, "Ditutup oleh Sistem"), status(3, "Status Antah"), sp4ntest.New(1),
			with(4, func(r *sp4ntest.Report) { r.Tracking = "12" }))
		want := exchange.Result{AsOf: day, Dated: true, Rows: 5, Fresh: 3, Open: 2, Repeated: 1}
		for _, o := range []func(*exchange.Order){look, func(*exchange.Order) {}} {
			got := c.takes(file, o)
			if got.AsOf != want.AsOf || !got.Dated || got.Rows != 5 || got.Fresh != 3 || got.Open != 2 || got.Repeated != 1 || got.Moved+got.Same+got.Older != 0 {
				t.Errorf("%d columns: %+v", set, got)
			}
			if len(got.Unknown) != 1 || got.Unknown[0].Word != "Status Antah" || len(got.Refused) != 1 || got.Refused[0].Line != 16 {
				t.Errorf("%d columns: %+v", set, got)
			}
			if c.runs == 1 && len(c.Reports()) != 0 {
				t.Errorf("%d columns: looking writes %d reports", set, len(c.Reports()))
			}
		}
		if n := len(c.Reports()); n != 3 {
			t.Errorf("%d columns: %d reports", set, n)
		}
		if got := c.takes(file); got.Fresh != 0 || got.Same != 3 || len(c.Reports()) != 3 {
			t.Errorf("%d columns: the second time %+v", set, got)
		}
	}
}

// A report of LAPOR! lives here like any other: its office by name or by its matter, its place, what it hides, its clock; what is over
// there shows no card.
func TestAReportOfLaporLivesHere(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.takes(sp4ntest.Book(t, sp4ntest.TwentySix, day,
		with(1, func(r *sp4ntest.Report) { r.Office = "Dinas Perhubungan Kota Serang"; r.Type = "" }),
		with(2, func(r *sp4ntest.Report) { r.Category, r.Class, r.Type = "", "Permintaan Informasi", "Anonim|Rahasia" }),
		with(3, func(r *sp4ntest.Report) {
			r.Status, r.Type = "Diarsipkan oleh Admin", "Anonim"
			r.Why = "Laporan tidak jelas"
		}),
		with(4, func(r *sp4ntest.Report) { r.Time, r.Date = "23:30:00", "31 Oct 2026" })))
	one, two, three, four := c.at("9000001"), c.at("9000002"), c.at("9000003"), c.at("9000004")
	if one.Agency != "DISHUB" || one.Status != report.Assigned || one.Category != "penerangan_jalan" || one.Visibility != report.Normal || one.Place.AreaName != "Kota Baru" ||
		one.Due.IsZero() || one.Channel() != report.ChanLapor || !one.Reporter.Zero() || one.ReporterName != "" || one.Foreign[0].Number != "9000001" {
		t.Errorf("%+v", one)
	}
	if two.Kind != report.Question || two.Category != "sampah_kebersihan" || two.Visibility != report.Confidential || two.Agency != "" || two.Suggested == "" {
		t.Errorf("%+v", two)
	}
	if three.Status != report.Rejected || three.Visibility != report.Anonymous || three.Mirror.Why != "Laporan tidak jelas" {
		t.Errorf("%+v", three)
	}
	if got := four.Filed.In(c.office.Profile.Location()).Format("2 Jan 15:04"); got != "1 Nov 06:30" {
		t.Errorf("it came in at %s", got)
	}
	if n := len(c.letters(group, ledger.Card)); n != 3 {
		t.Errorf("%d cards", n)
	}
	if len(c.letters(citizen, ledger.Notice)) != 0 {
		t.Error("somebody is told of a report that nobody here filed")
	}
}

// Whatever happens to a report there happens to it here, and no silence and no machine becomes a citizen's verdict.
func TestWhatLaporSaysMovesAReport(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]report.Status{"Belum Terverifikasi": report.Received, "Terdisposisi ke Dinas X": report.Received, "Menunggu Kelengkapan Informasi": report.Received,
		"Ditindaklanjuti Oleh Instansi": report.InProgress, "Ditanggapi oleh Pelapor": report.Received, "Ditutup oleh Sistem": report.Closed, "Ditutup oleh Pelapor": report.Closed,
		"Ditutup oleh Admin": report.Closed, "Diarsipkan oleh Admin": report.Rejected, "Diarsipkan oleh Sistem": report.Closed, "Diarsipkan oleh Pelapor": report.Closed,
		"Konten Terblokir": report.Rejected, "Antah Berantah": report.Received} {
		c := newCity(t)
		r := c.files("f", "Lampu di Jalan Ayani mati", day)
		r = c.does(r.ID, "g", report.Forward{To: ""}) // with the coordinator, as it begins
		c.does(r.ID, "n", report.Numbered{Foreign: report.Foreign{Number: "9000001"}})
		got := c.takes(sp4ntest.Book(t, sp4ntest.Twenty, day, status(1, word)))
		if got.Moved != 1 || got.Fresh != 0 {
			t.Errorf("%s: %+v", word, got)
		}
		r = c.at("9000001")
		if r.Status != want || r.Verdict != "" || r.Stars != 0 || r.Mirror.Word != word {
			t.Errorf("%s: it is %s, %q", word, r.Status, r.Mirror.Word)
		}
		asked := word == "Menunggu Kelengkapan Informasi"
		if r.Asked.IsZero() == asked {
			t.Errorf("%s: the clock stops: %v", word, !r.Asked.IsZero())
		}
		notices := c.letters(citizen, ledger.Notice)
		told := strings.Contains(strings.Join(notices, "\n"), "LAPOR! meminta keterangan")
		if told != asked {
			t.Errorf("%s: %q", word, notices)
		}
	}
}

// An alarm about a word that nobody knows goes out once, however many files have it and however it is written.
func TestAnUnknownStatusIsToldOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for n, word := range []string{"Disposisi Ulang", "disposisi ulang", "DISPOSISI  ULANG", "Disposisi Ulang"} {
		c.takes(sp4ntest.Book(t, sp4ntest.Seventeen, day, status(n, word)))
	}
	if got := c.letters(group, ledger.ToDesk); len(got) != 1 || !strings.Contains(got[0], "Disposisi Ulang") {
		t.Errorf("%q", got)
	}
}

// A report that a citizen told here and an officer typed in there is one, whether its number was given back or not.
func TestDoublesAreOne(t *testing.T) {
	t.Parallel()
	text := "Lampu di Jalan Ayani nomor 12 mati sejak kemarin malam."
	packet := func(r *sp4ntest.Report, code report.Code) {
		r.First, r.Last, r.Date, r.Time = text+" (Nomor laporan di Rabeg: "+string(code)+")", "", "16 Nov 2026", "01:00:00"
	}
	same := func(r *sp4ntest.Report, _ report.Code) {
		r.First, r.Date, r.Time, r.District, r.Area = strings.ToUpper(text), "14 Nov 2026", "09:00:00", "", ""
	}
	for name, change := range map[string]func(*sp4ntest.Report, report.Code){"names our number": packet, "says the same": same} {
		c := newCity(t)
		own := c.files("f", text, day.Add(2*time.Hour))
		file := sp4ntest.Book(t, sp4ntest.Twenty, day.AddDate(0, 0, 4), with(1, func(r *sp4ntest.Report) { change(r, own.Code) }), sp4ntest.New(2))
		if got := c.takes(file, look); got.Fresh != 1 || len(got.Doubles) != 1 || got.Doubles[0].Code != own.Code || got.Doubles[0].Tracking != "9000001" {
			t.Errorf("%s: %+v", name, got)
		}
		c.takes(file)
		if r := c.at("9000001"); r.ID != own.ID || r.Mirror.Word != "Belum Terverifikasi" {
			t.Errorf("%s: %+v", name, r)
		}
		if notices := c.letters(citizen, ledger.Notice); len(notices) != 1 || !strings.Contains(notices[0], "9000001") {
			t.Errorf("%s: %q", name, notices)
		}
		if got := c.takes(file); got.Fresh != 0 || len(got.Doubles) != 0 || len(c.Reports()) != 2 {
			t.Errorf("%s: again: %+v, %d reports", name, got, len(c.Reports()))
		}
		counts, _ := c.Channels(context.Background(), day.AddDate(-1, 0, 0), now)
		if d := cmp.Diff([]ledger.ChannelCount{{Channel: report.ChanLapor, Reports: 1, Linked: 1, Tracked: 1}, {Channel: "whatsapp", Reports: 1, Linked: 1, Tracked: 1}}, counts); d != "" {
			t.Errorf("%s: %s", name, d)
		}

		c = newCity(t)
		own = c.files("f", text, day.Add(2*time.Hour))
		file = sp4ntest.Book(t, sp4ntest.Twenty, day.AddDate(0, 0, 4), with(1, func(r *sp4ntest.Report) { change(r, own.Code) }))
		if got := c.takes(file, apart); got.Fresh != 1 || len(c.Reports()) != 2 {
			t.Errorf("%s, apart: %+v", name, got)
		}
	}
}

// state is what is known of the reports of LAPOR!, by number.
func state(c *city) map[string]string {
	out := map[string]string{}
	for _, r := range c.Reports() {
		seen, _ := c.Sighted(context.Background(), []string{r.Tracking()})
		end := r.Status == report.Closed || r.Status == report.Rejected
		if r.Mirror.Means == "" { // what nobody knows moves nothing
			out[r.Tracking()] = r.Mirror.Word
			continue
		}
		out[r.Tracking()] = fmt.Sprintf("%s %s %s over:%v asked:%v", r.Mirror.Word, seen[r.Tracking()].Day.Format(time.DateOnly), r.Mirror.Why, end, !r.Asked.IsZero())
	}
	return out
}

// In whatever order files come, and however often each: in the end the same is known, which is what the newest file says. An older file
// sets nothing back.
func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	t.Parallel()
	var words []string
	for _, s := range serang().Lapor.Statuses {
		words = append(words, s.Word)
	}
	words = append(words, "Kata Asing")
	rapid.Check(t, func(rt *rapid.T) {
		var files [][]byte
		var days []time.Time
		n := rapid.IntRange(1, 4).Draw(rt, "files")
		for i := range n {
			var rows []sp4ntest.Report
			for k := range 3 {
				if rapid.Bool().Draw(rt, "there") {
					rows = append(rows, status(k, rapid.SampledFrom(words).Draw(rt, "word")))
				}
			}
			files = append(files, sp4ntest.Text(t, sp4ntest.Twenty, ';', rows...))
			days = append(days, day.AddDate(0, 0, rapid.IntRange(0, 2).Draw(rt, fmt.Sprint("day", i))))
		}
		order := rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 6).Draw(rt, "again")
		first, second := newCity(t), newCity(t)
		takes := func(c *city, i int) { c.takes(files[i], func(o *exchange.Order) { o.AsOf = days[i] }) }
		for i := range files {
			takes(first, i)
		}
		for _, i := range order {
			takes(second, i)
		}
		for i := range files {
			takes(second, len(files)-1-i)
		}
		if d := cmp.Diff(state(first), state(second)); d != "" {
			rt.Fatalf("another order leaves another state (-first +second):\n%s", d)
		}
	})
}

// Two who bring in one file at once leave each report once.
func TestTwoAtOnceBringEachReportOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	var rows []sp4ntest.Report
	for n := range 1200 {
		rows = append(rows, sp4ntest.New(n))
	}
	file := sp4ntest.Text(t, sp4ntest.TwentyOne, ';', rows...)
	var wg sync.WaitGroup
	got := make([]exchange.Result, 2)
	for i := range got {
		wg.Go(func() {
			got[i], _ = c.clerk.Take(context.Background(), exchange.Order{File: file, Run: fmt.Sprint("at once ", i), At: now})
		})
	}
	wg.Wait()
	if n := len(c.Reports()); n != 1200 || got[0].Fresh+got[1].Fresh != 1200 || got[0].Fresh+got[0].Same != 1200 {
		t.Errorf("%d reports; %d and %d new, %d and %d as they were", n, got[0].Fresh, got[1].Fresh, got[0].Same, got[1].Same)
	}
}

// What we export comes back into an empty city as the same reports.
func TestAnExportComesBackAsTheSameReports(t *testing.T) {
	t.Parallel()
	for _, text := range []bool{false, true} {
		c := newCity(t)
		c.takes(sp4ntest.Book(t, sp4ntest.Twenty, day, sp4ntest.New(1), status(2, "Ditutup oleh Sistem"), status(3, "Ditindaklanjuti oleh Instansi"),
			with(4, func(r *sp4ntest.Report) { r.Type, r.Class = "", "Aspirasi" }), with(5, func(r *sp4ntest.Report) { r.Type = "Rahasia" }), status(6, "Diarsipkan oleh Admin")))
		c.files("a", "=Asep: lampu mati, hubungi saya", day)
		b := c.files("b", "Parit di depan pasar mampet; baunya \"parah\"", day.Add(time.Hour))
		c.does(b.ID, "n", report.Numbered{Foreign: report.Foreign{Number: "7654321"}})
		file, w := export(t, c, exchange.Span{Text: text, Confidential: true})
		if w.Rows != 8 {
			t.Errorf("%+v", w)
		}
		if bytes := string(file); strings.Contains(bytes, "Asep") || strings.Contains(bytes, "62811") {
			t.Error("the file tells who filed a report")
		}
		back := newCity(t)
		if got := back.takes(file); got.Fresh != 8 || len(got.Refused) != 0 || len(got.Unknown) != 0 {
			t.Fatalf("%+v", got)
		}
		if d := cmp.Diff(reports(c), reports(back)); d != "" {
			t.Errorf("other reports come back (-was +is):\n%s", d)
		}
		if again, _ := export(t, back, exchange.Span{Text: true, Confidential: true}); text && sortedLines(again) != sortedLines(file) {
			t.Errorf("the same export is not written again: %s", cmp.Diff(sortedLines(file), sortedLines(again)))
		}
		if got := back.takes(file); got.Fresh != 0 || got.Moved != 0 {
			t.Errorf("again: %+v", got)
		}
		if _, w := export(t, c, exchange.Span{Text: text}); w.Rows != 7 || w.Confidential != 1 {
			t.Errorf("without what is confidential: %+v", w)
		}
	}
}

func sortedLines(file []byte) string {
	lines := strings.Split(string(file), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// reports is what a row can tell of all reports.
func reports(c *city) map[report.Code]string {
	out := map[report.Code]string{}
	for _, r := range c.Reports() {
		end := !r.Status.Open()
		text := strings.Replace(r.Text, "Asep", "A***", 1)
		out[r.Code] = fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s|%s|over:%v|%s", r.Tracking(), r.Kind, r.Category, text, r.Visibility, r.Place.Area, r.Place.District, r.Filed.Format(time.RFC3339), r.Channel(), end, r.Agency)
	}
	return out
}

// The name of who filed a report stands in the file, and nowhere else afterwards: not in a report, a fact, a letter, a job or what was told.
func TestNoNameOfAFileIsKept(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	file := sp4ntest.Text(t, sp4ntest.TwentySix, ';', sp4ntest.New(1), status(2, "Kata Asing"), status(3, "Ditutup oleh Admin"))
	if !strings.Contains(string(file), sp4ntest.Name) {
		t.Fatal("the file names nobody")
	}
	told := []any{c.takes(file, look), c.takes(file)}
	letters, err := c.Waiting(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	told = append(told, c.Reports(), letters, c.Jobs())
	for _, r := range c.Reports() {
		facts, err := c.Facts(context.Background(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, facts)
	}
	all, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.FieldsSeq(sp4ntest.Name) {
		if strings.Contains(strings.ToLower(string(all)), strings.ToLower(part)) {
			t.Errorf("%q is kept", part)
		}
	}
}
