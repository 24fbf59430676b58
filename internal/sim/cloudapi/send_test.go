package cloudapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); c.at = c.at.Add(d); c.mu.Unlock() }

// office is a local Meta with a client that speaks plain JSON.
type office struct {
	*Server
	t     *testing.T
	clock *clock
	http  *http.Client
	siti  *Person
}

func newOffice(t *testing.T, o Options) *office {
	t.Helper()
	c := &clock{at: time.Date(2026, 11, 20, 5, 0, 0, 0, time.UTC)}
	o.Now = c.now
	s := &office{Server: New(o), t: t, clock: c, http: &http.Client{Transport: &http.Transport{}}}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.http.CloseIdleConnections(); s.Close() })
	s.siti = s.Person("Siti", "6281211100001", false)
	if _, err := s.siti.Send(Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// call makes a call and gives the error's code, 0 for none, and the answer.
func (o *office) call(method, path, token, body string) (int, map[string]any) {
	o.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, o.URL()+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	return o.do(req)
}

func (o *office) do(req *http.Request) (int, map[string]any) {
	o.t.Helper()
	res, err := o.http.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, _ := io.ReadAll(res.Body)
	for _, b := range raw {
		if b > 0x7e {
			o.t.Errorf("an answer is not in ASCII: %s", raw)
			break
		}
	}
	var got map[string]any
	_ = json.Unmarshal(raw, &got)
	if e, ok := got["error"].(map[string]any); ok {
		code, _ := e["code"].(float64)
		return int(code), got
	}
	return 0, got
}

// sends sends what a body says to Siti, by her id.
func (o *office) sends(rest string) int {
	o.t.Helper()
	code, _ := o.call("POST", "/v25.0/"+o.PhoneID()+"/messages", o.Token(), fmt.Sprintf(`{"messaging_product":"whatsapp","recipient":%q,%s}`, o.siti.ID(), rest))
	return code
}

func (o *office) upload(data []byte, mime string) (int, string) {
	o.t.Helper()
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	_ = form.WriteField("messaging_product", "whatsapp")
	_ = form.WriteField("type", mime)
	part, _ := form.CreateFormFile("file", "a")
	_, _ = part.Write(data)
	_ = form.Close()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, o.URL()+"/v25.0/"+o.PhoneID()+"/media", &buf)
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+o.Token())
	req.Header.Set("Content-Type", form.FormDataContentType())
	code, got := o.do(req)
	id, _ := got["id"].(string)
	return code, id
}

func buttonsOf(n, title int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"type":"reply","reply":{"id":"i%d","title":%q}}`, i, fmt.Sprint(i)+strings.Repeat("x", title-1)))
	}
	return `"type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[` + strings.Join(list, ",") + `]}}`
}

func listOf(body, title, about int, sections ...int) string {
	var list []string
	n := 0
	for i, rows := range sections {
		var in []string
		for range rows {
			in = append(in, fmt.Sprintf(`{"id":"i%d","title":%q,"description":%q}`, n, strings.Repeat("x", title), strings.Repeat("y", about)))
			n++
		}
		list = append(list, fmt.Sprintf(`{"title":"S%d","rows":[%s]}`, i, strings.Join(in, ",")))
	}
	return fmt.Sprintf(`"type":"interactive","interactive":{"type":"list","body":{"text":%q},"action":{"button":"Pilih","sections":[%s]}}`, strings.Repeat("b", body), strings.Join(list, ","))
}

// Every limit of what is sent, at the limit and one above; fields that are missing, misspelt or unknown.
func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		name, rest string
		code       int
	}{
		{"words", `"type":"text","text":{"body":"a"}`, 0},
		{"words without a type", `"text":{"body":"a"}`, 0},
		{"4096", `"type":"text","text":{"body":"` + x(4096) + `"}`, 0},
		{"4097", `"type":"text","text":{"body":"` + x(4097) + `"}`, 131009},
		{"2049 emoji", `"type":"text","text":{"body":"` + strings.Repeat("😀", 2049) + `"}`, 131009},
		{"no words", `"type":"text","text":{"body":" "}`, 131008},
		{"no text", `"type":"text"`, 131008},
		{"misspelt", `"type":"text","txt":{"body":"a"}`, 100},
		{"an unknown field", `"type":"text","text":{"body":"a","colour":1}`, 100},
		{"an unknown type", `"type":"hologram","hologram":{}`, 131009},
		{"a long echo", `"type":"text","text":{"body":"a"},"biz_opaque_callback_data":"` + x(513) + `"`, 131009},
		{"direct send", `"type":"text","text":{"body":"a"},"category":"utility"`, 131005},
		{"a reply to nothing", `"type":"text","text":{"body":"a"},"context":{"message_id":"wamid.none"}`, 131009},
		{"3 buttons of 20", buttonsOf(3, 20), 0},
		{"4 buttons", buttonsOf(4, 5), 131009},
		{"a title of 21", buttonsOf(2, 21), 131009},
		{"equal titles", strings.ReplaceAll(buttonsOf(2, 2), "1x", "0x"), 131009},
		{"a body of 1025 above buttons", strings.Replace(buttonsOf(1, 2), `"?"`, `"`+x(1025)+`"`, 1), 131009},
		{"10 rows", listOf(4096, 24, 72, 4, 6), 0},
		{"11 rows in two sections", listOf(9, 9, 9, 5, 6), 131009},
		{"a row of 25", listOf(9, 25, 9, 1), 131009},
		{"a description of 73", listOf(9, 9, 73, 1), 131009},
		{"a list's body of 4097", listOf(4097, 9, 9, 1), 131009},
		{"a place", `"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"?"},"action":{"name":"send_location"}}`, 0},
		{"a place misspelt", `"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"?"},"action":{"name":"location"}}`, 131009},
		{"a link", `"type":"image","image":{"link":"https://example.org/a.jpg"}`, 131053},
		{"no such picture", `"type":"image","image":{"id":"12345"}`, 131009},
		{"a pin", `"type":"location","location":{"latitude":-6.1,"longitude":106.1,"name":"A"}`, 0},
		{"a pin beyond the earth", `"type":"location","location":{"latitude":-96.1,"longitude":106.1}`, 131009},
		{"a reaction to nothing", `"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"}`, 131009},
		{"no such template", `"type":"template","template":{"name":"none","language":{"code":"id"}}`, 132001},
	} {
		if got := o.sends(c.rest); got != c.code {
			t.Errorf("%s: %d, want %d", c.name, got, c.code)
		}
	}
	path := "/v25.0/" + o.PhoneID() + "/messages"
	for name, c := range map[string]struct {
		path, token, body string
		code              int
	}{
		"a dead token":        {path, "x", `{}`, 190},
		"another version":     {"/v1.0/" + o.PhoneID() + "/messages", o.Token(), `{}`, 2500},
		"another number":      {"/v25.0/99999/messages", o.Token(), `{}`, 100},
		"no frame":            {path, o.Token(), `{"recipient":"ID.x","type":"text","text":{"body":"a"}}`, 100},
		"to nobody":           {path, o.Token(), `{"messaging_product":"whatsapp","type":"text","text":{"body":"a"}}`, 131008},
		"not JSON":            {path, o.Token(), `a`, 100},
		"read of the unknown": {path, o.Token(), `{"messaging_product":"whatsapp","status":"read","message_id":"wamid.x"}`, 131009},
	} {
		if got, _ := o.call("POST", c.path, c.token, c.body); got != c.code {
			t.Errorf("%s: %d, want %d", name, got, c.code)
		}
	}
}

// An id in the field of a number, and a number without its plus, go to nobody without a word; with both fields the number counts.
func TestWhoIsMeant(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	for name, c := range map[string]struct {
		to      string
		arrives bool
	}{
		"an id as a number": {fmt.Sprintf(`"to":%q`, o.siti.ID()), false},
		"no plus":           {`"to":"6281211100001"`, false},
		"a plus":            {`"to":"+6281211100001"`, true},
		"an id":             {fmt.Sprintf(`"recipient":%q`, o.siti.ID()), true},
		"both":              {fmt.Sprintf(`"to":"+6281299999999","recipient":%q`, o.siti.ID()), false},
	} {
		before := len(o.siti.Shown())
		code, _ := o.call("POST", "/v25.0/"+o.PhoneID()+"/messages", o.Token(), `{"messaging_product":"whatsapp",`+c.to+`,"type":"text","text":{"body":"a"}}`)
		if arrived := len(o.siti.Shown()) > before; code != 0 || arrived != c.arrives {
			t.Errorf("%s: code %d, arrives %v", name, code, arrived)
		}
	}
}

// Files: what is too large or not what it says, how long they and their addresses live, and who may load them.
func TestFiles(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	jpeg := append([]byte("\xff\xd8\xff"), make([]byte, 100)...)
	for name, c := range map[string]struct {
		data []byte
		mime string
		code int
	}{
		"a picture":        {jpeg, "image/jpeg", 0},
		"6 MB":             {append([]byte("\xff\xd8\xff"), make([]byte, 6<<20)...), "image/jpeg", 131053},
		"not what it says": {[]byte("hello"), "image/jpeg", 131053},
		"an unknown type":  {jpeg, "image/heic", 100},
	} {
		if code, _ := o.upload(c.data, c.mime); code != c.code {
			t.Errorf("%s: %d, want %d", name, code, c.code)
		}
	}
	_, id := o.upload(jpeg, "image/jpeg")
	if got := o.sends(fmt.Sprintf(`"type":"image","image":{"id":%q,"caption":%q}`, id, strings.Repeat("x", 1025))); got != 131009 {
		t.Errorf("a caption of 1025: %d", got)
	}
	if got := o.sends(fmt.Sprintf(`"type":"document","document":{"id":%q}`, id)); got != 131053 {
		t.Errorf("a picture as a document: %d", got)
	}
	_, at := o.call("GET", "/v25.0/"+id, o.Token(), "")
	link, _ := at["url"].(string)
	status := func(token string) int {
		req, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, link, http.NoBody)
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := o.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if status("x") != 401 || status(o.Token()) != 200 {
		t.Error("who may load a file is not right")
	}
	o.clock.pass(6 * time.Minute)
	if status(o.Token()) != 404 {
		t.Error("an old address still leads to the file")
	}
	o.clock.pass(31 * 24 * time.Hour)
	if got, _ := o.call("GET", "/v25.0/"+id, o.Token(), ""); got != 100 {
		t.Errorf("a file of long ago: %d", got)
	}
}

// The window and its two ways of being shut, the pace of a pair and of all, and templates through their states.
func TestWindowPaceAndTemplates(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{})
	words := `"type":"text","text":{"body":"a"}`
	for i := range pairBurst {
		if i%40 == 39 {
			o.clock.pass(time.Second)
		}
		if got := o.sends(words); got != 0 {
			t.Fatalf("message %d: %d", i+1, got)
		}
	}
	if got := o.sends(words); got != 131056 {
		t.Errorf("one more to the same person: %d", got)
	}
	o.clock.pass(7 * time.Second)
	if got := o.sends(words); got != 0 {
		t.Errorf("after a pause: %d", got)
	}
	o.clock.pass(window)
	if got := o.sends(words); got != 131047 {
		t.Errorf("outside the window: %d", got)
	}
	o.WindowLate(true)
	if got := o.sends(words); got != 0 {
		t.Errorf("outside the window, told later: %d", got)
	}
	template := func(text string) int {
		return o.sends(fmt.Sprintf(`"type":"template","template":{"name":"kabar","language":{"code":"id"},"components":[{"type":"body","parameters":[{"type":"text","parameter_name":"nomor","text":%q}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"L8"}]}]}`, text))
	}
	submit := func(body string) int {
		code, _ := o.call("POST", "/v25.0/"+o.WABA()+"/message_templates", o.Token(), `{"name":"kabar","language":"id","category":"UTILITY","components":[{"type":"BODY","text":"`+body+`","example":{}},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Baca"}]}]}`)
		return code
	}
	for body, want := range map[string]int{"{{nomor}} ada kabar untuk Anda": 100, "Laporan Anda {{nomor}}": 100, "Kabar {{a}} dan {{b}} ya": 100} {
		if got := submit(body); got != want {
			t.Errorf("the template %q: %d", body, got)
		}
	}
	if got := submit("Laporan Anda nomor {{nomor}} mendapat kabar."); got != 0 {
		t.Fatalf("a good template: %d", got)
	}
	for _, c := range []struct {
		state string
		code  int
	}{{"", 132001}, {"REJECTED", 132001}, {"APPROVED", 0}, {"PAUSED", 132015}, {"DISABLED", 132016}, {"APPROVED", 0}} {
		if c.state != "" {
			o.Decide("kabar", c.state)
		}
		if got := template("SRG-1"); got != c.code {
			t.Errorf("a template that is %q: %d", c.state, got)
		}
	}
	for text, want := range map[string]int{"": 132018, "a\nb": 132018, "a\tb": 132018, "a     b": 132018, "a    b": 0} {
		if got := template(text); got != want {
			t.Errorf("the value %q: %d", text, got)
		}
	}
	if got := o.sends(`"type":"template","template":{"name":"kabar","language":{"code":"id"}}`); got != 132000 {
		t.Errorf("a template without its values: %d", got)
	}
	shown := o.siti.Shown()
	if last := shown[len(shown)-1]; last.Template != "kabar" || len(last.Choices) != 1 || last.Choices[0].ID != "L8" {
		t.Errorf("the person sees %+v", last)
	}
}

// Switches of what an account may be in.
func TestTheAccountsTroubles(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	words := `"type":"text","text":{"body":"a"}`
	for name, c := range map[string]struct {
		on   func(bool)
		code int
	}{
		"a dead token": {o.KillToken, 190}, "restricted": {o.Restrict, 368}, "maintenance": {o.Maintain, 131057},
		"not registered": {func(on bool) { o.Register(!on) }, 133010},
	} {
		c.on(true)
		if got := o.sends(words); got != c.code {
			t.Errorf("%s: %d", name, got)
		}
		c.on(false)
		if got := o.sends(words); got != 0 {
			t.Errorf("after %s: %d", name, got)
		}
	}
	before := len(o.siti.Shown())
	o.Unpaid(true)
	if got := o.sends(words); got != 0 || len(o.siti.Shown()) != before {
		t.Errorf("without payment: %d, and %d messages arrive", got, len(o.siti.Shown())-before)
	}
}
