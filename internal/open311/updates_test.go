package open311_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A client that shows answers to who reported, and to nobody else, is told what offices said to its own reports; others are not.
func TestAnswersForWhoReported(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	const trusted = "KEYOFWHOSHOWSANSWERSTOONE1"
	w.client(ledger.Client{ID: "trusted", Name: "Dipercaya", Answers: true}, trusted)
	own, others := w.number(good("api_key", trusted)...), w.number(good()...)
	for _, code := range []report.Code{own, others} {
		w.does(code, morning, report.Forward{To: "DISHUB", Why: "rahasia dinas"}, report.Note{Words: "catatan sendiri"}, report.Reply{Words: "Regu kami datang besok pagi"}, report.Plan{Why: "menunggu suku cadang", Until: morning.AddDate(0, 0, 9)})
	}
	w.clock(morning.Add(time.Minute))
	n, _ := w.both(d, http.MethodGet, "servicerequestupdates?api_key="+trusted, "updates", http.StatusOK, w.get)
	var said []string
	for _, u := range n.nodes {
		said = append(said, u.value("description"))
	}
	all := strings.Join(said, "|")
	if len(said) != 3 || !strings.Contains(all, "\n\nRegu kami datang besok pagi|") || !strings.HasSuffix(all, "\n\nmenunggu suku cadang") || strings.Contains(all, "rahasia dinas") || strings.Contains(all, "catatan") {
		t.Errorf("it is told %q", said)
	}
	for _, call := range []string{"servicerequestupdates.xml", "servicerequestupdates.xml?api_key=" + key} {
		if body := w.get(call).body; strings.Contains(body, "Regu kami") || strings.Contains(body, "suku cadang") || !strings.Contains(body, string(others)) {
			t.Errorf("%s tells\n%s", call, body)
		}
	}
}

// Every way to send an update × what may be wrong with it, in both formats.
func TestSendingUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	own, others := w.number(good()...), w.number(good("api_key", otherKey)...)
	chat := w.files(morning, nil)
	n := 0
	update := func(change ...string) []string {
		v := map[string]string{"api_key": key, "service_request_id": string(own), "update_id": "u", "status": "OPEN", "updated_datetime": "2026-11-28T09:00:00+07:00", "description": "Masih mati."}
		for i := 0; i+1 < len(change); i += 2 {
			v[change[i]] = change[i+1]
		}
		var out []string
		for name, value := range v {
			if value != "" {
				out = append(out, name, value)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		form   []string
		status int
	}{
		"as it should be":          {update(), 200},
		"no key":                   {update("api_key", ""), 403},
		"a wrong key":              {update("api_key", "guess"), 403},
		"no report":                {update("service_request_id", ""), 400},
		"a report that is none":    {update("service_request_id", "12"), 404},
		"another client's report":  {update("service_request_id", string(others)), 404},
		"a report out of a chat":   {update("service_request_id", string(chat.Code)), 404},
		"no id":                    {update("update_id", ""), 400},
		"no status":                {update("status", ""), 200},
		"fixed, without words":     {update("status", "FIXED", "description", ""), 200},
		"a status that is none":    {update("status", "beres"), 400},
		"no words":                 {update("description", ""), 400},
		"3,001 characters":         {update("description", strings.Repeat("a", 3001)), 400},
		"a time that is none":      {update("updated_datetime", "kemarin"), 400},
		"a photo without words":    {update("description", "", "media_url", "https://example.com/a.jpg"), 200},
		"a photo that is a file":   {update("media_url", "file:///etc/passwd"), 400},
		"another government":       {update("jurisdiction_id", "jakarta"), 404},
		"words that are no UTF-8":  {update("description", "\xff"), 400},
		"more photos than allowed": {append(update(), pictures(6)...), 400},
	} {
		t.Run(name, func(t *testing.T) {
			w.both(d, http.MethodPost, "servicerequestupdates", "updated", c.status, func(path string) answer {
				form := append([]string(nil), c.form...)
				for i := 0; i < len(form); i += 2 {
					if form[i] == "update_id" {
						n++
						form[i+1] = strings.Repeat("u", n)
					}
				}
				return w.post(path, form...)
			})
		})
	}
	if a := w.post("servicerequestupdates.xml", update("update_id", "twice")...); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.both(d, http.MethodPost, "servicerequestupdates", "", http.StatusBadRequest, func(path string) answer { return w.post(path, update("update_id", "twice")...) })
}

// What a person adds there is added here, for the office to read; a mark there gives no verdict here.
func TestAnUpdateIsAnAddition(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := w.number(good()...)
	a := w.post("servicerequestupdates.xml", "api_key", key, "service_request_id", string(code), "update_id", "17", "status", "FIXED", "description", "Sudah menyala, terima kasih.", "media_url", "https://example.com/b.jpg")
	if a.status != http.StatusOK || !strings.Contains(a.body, "<update_id>17</update_id>") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	r, err := w.ByCode(t.Context(), code)
	w.must(err)
	facts, err := w.Facts(t.Context(), r.ID)
	w.must(err)
	last := facts[len(facts)-1]
	if last.What != report.WasAdded || last.Words != "Sudah menyala, terima kasih.\n(Di sana ditandai sudah beres.)" || len(last.Photos) != 1 || r.Status != report.Received || r.Additions != 1 {
		t.Errorf("it is %+v, the report %s", last, r.Status)
	}
}

// What happened to reports is told in its order, to everybody the same, and to a client of its own; nothing of it is anybody's words.
func TestUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.number(good()...)
	others := w.number(good("api_key", otherKey)...)
	w.does(own, morning.Add(time.Hour), report.Forward{To: "DISHUB", Why: "rahasia dinas"}, report.Reply{Words: "Bu Siti, tunggu ya"})
	w.does(others, morning.Add(2*time.Hour), report.Reject{Reason: "lokasi_tidak_ditemukan", Words: "Tempatnya tidak ada."})
	w.does(own, morning.Add(3*time.Hour), report.Plan{Why: "menunggu", Until: morning.AddDate(0, 0, 9)})
	w.clock(morning.Add(24 * time.Hour))
	list := func(query string) []string {
		n, err := parse(w.get("servicerequestupdates.xml?" + query).body)
		w.must(err)
		var out []string
		for _, u := range n.nodes {
			out = append(out, u.value("service_request_id")+" "+u.value("status")+" "+u.value("updated_datetime")[11:16])
		}
		return out
	}
	same := func(name string, got []string, want ...string) {
		t.Helper()
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	mine := []string{string(own) + " open 10:00", string(own) + " in_progress 10:00", string(own) + " planned 12:00"}
	same("of the client", list("api_key="+key), mine...)
	same("of everybody", list(""), mine[0], mine[1], string(others)+" no_further_action 11:00", mine[2])
	same("of an hour", list("start_date="+url.QueryEscape("2026-11-28T10:30:00+07:00")+"&end_date="+url.QueryEscape("2026-11-28T11:30:00+07:00")), string(others)+" no_further_action 11:00")
	same("of a client without reports", list("api_key="+tokenKey))
	for _, said := range []string{"rahasia dinas", "tunggu ya", "menunggu", "Tempatnya tidak ada", "Rina"} {
		if body := w.get("servicerequestupdates.json").body; strings.Contains(body, said) {
			t.Errorf("somebody's words are told: %s\n%s", said, body)
		}
	}
}

// What is sent as an update is read as what is filed: words that accuse somebody of an office, or tell of violence, are no addition that this
// office reads, and a danger rings at the coordinator's. Everything else is an addition.
func TestWordsOfAnUpdateAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	for name, c := range map[string]struct {
		words        string
		apart, rings bool
	}{
		"a bribe":                {"petugas Dishub minta uang 200 ribu baru mau diperbaiki", true, false},
		"a threat by an officer": {"oknum dishub datang ke rumah, saya diancam supaya cabut laporan ini", true, false},
		"violence at home":       {"tetangga saya dipukuli suaminya tiap malam di bawah lampu itu", true, false},
		"a danger":               {"kabelnya menyala, anak saya kesetrum", false, true},
		"impatience":             {"petugasnya belum datang juga, sudah dua minggu", false, false},
		"thanks":                 {"terima kasih petugasnya ramah, lampunya sudah menyala", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			own := w.number(w.unique(good())...)
			update := []string{"api_key", key, "service_request_id", string(own), "update_id", name, "status", "FIXED", "description", c.words, "media_url", "https://example.com/b.jpg"}
			a := w.post("servicerequestupdates.json", update...)
			if err := d.check(http.MethodPost, "servicerequestupdates.json", a); err != nil || a.status != http.StatusOK {
				t.Fatalf("%d %s %v", a.status, a.body, err)
			}
			inRooms := w.letters(`SELECT count(*) FROM letters l JOIN reports r ON r.id = l.report WHERE r.code = $1 AND l.doc::text LIKE '%' || $2 || '%'`, string(own), c.words)
			if (inRooms == 0) != c.apart {
				t.Errorf("%d letters of its report hold the words", inRooms)
			}
			if n := w.letters(`SELECT count(*) FROM letters WHERE purpose = 'alarm' AND doc::text LIKE '%' || $1 || '%'`, string(own)); (n > 0) != c.rings {
				t.Errorf("it rings %d times", n)
			}
			if strings.Contains(a.body, "112") != c.rings {
				t.Errorf("the answer is %s", a.body)
			}
			r, err := w.ByCode(t.Context(), own)
			w.must(err)
			facts, err := w.Facts(t.Context(), r.ID)
			w.must(err)
			last := facts[len(facts)-1]
			if want := "(Di sana ditandai sudah beres.)"; last.What != report.WasAdded || strings.Contains(last.Words, c.words) == c.apart || !strings.Contains(last.Words, want) || len(last.Photos) == 0 != c.apart {
				t.Errorf("its report ends with %+v", last)
			}
			if !c.apart {
				return
			}
			other := w.said(a.body)
			r, err = w.ByCode(t.Context(), other)
			w.must(err)
			if !w.office.Secret(r) || !strings.HasPrefix(r.Text, c.words) || !strings.Contains(r.Text, string(own)) || r.Agency == "DISHUB" || r.Suggested == "DISHUB" || len(r.Photos) != 1 || r.Place.Pin == nil || r.ReporterName != "Siti Aminah" {
				t.Errorf("apart it is %+v", r)
			}
			if got := w.get("requests/" + string(other) + ".xml"); got.status != http.StatusNotFound {
				t.Errorf("a stranger reads %d %s", got.status, got.body)
			}
			if again := w.post("servicerequestupdates.xml", update...); again.status != http.StatusBadRequest {
				t.Errorf("sent again it is %d", again.status)
			}
			more := w.post("servicerequestupdates.xml", "api_key", key, "service_request_id", string(other), "update_id", name+"2", "description", "petugas itu minta uang lagi kemarin")
			if more.status != http.StatusOK || strings.Contains(more.body, "tersendiri") {
				t.Errorf("more of it: %d %s", more.status, more.body)
			}
		})
	}
}

// said is the other number that an answer tells of.
func (w *world) said(body string) report.Code {
	w.Helper()
	code := regexp.MustCompile(w.Profile.Prefix + `-[0-9A-Z]{5}-[0-9A-Z]`).FindString(body)
	if code == "" {
		w.Fatalf("no number in %s", body)
	}
	return report.Code(code)
}

// letters counts rows.
func (w *world) letters(sql string, args ...any) (n int) {
	w.Helper()
	w.must(w.Pool.QueryRow(w.Context(), sql, args...).Scan(&n))
	return n
}

// A danger is heard also where its report takes nothing more.
func TestADangerIsHeardWhereNothingIsTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.number(good()...)
	for i := range 20 {
		form := append([]string{"api_key", key, "service_request_id", string(own), "update_id", strconv.Itoa(i), "description", "lihat foto"}, pictures(5)...)
		if a := w.post("servicerequestupdates.xml", form...); a.status == http.StatusBadRequest {
			break
		}
	}
	a := w.post("servicerequestupdates.xml", append([]string{"api_key", key, "service_request_id", string(own), "update_id", "danger", "description", "kabelnya menyala, anak saya kesetrum"}, pictures(5)...)...)
	if a.status != http.StatusOK || !strings.Contains(a.body, "112") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if r, err := w.ByCode(t.Context(), w.said(a.body)); err != nil || !r.Emergency || w.letters(`SELECT count(*) FROM letters WHERE purpose = 'alarm' AND report = $1`, r.ID) != 1 {
		t.Errorf("%v %+v", err, r)
	}
}
