package cloudapi

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Each limit of what is sent, as long as it may be and one longer.
func TestLimitsAtTheirEdges(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	_, picture := o.upload([]byte("\xff\xd8\xff picture"), "image/jpeg")
	_, letter := o.upload([]byte("%PDF letter"), "application/pdf")
	asked := func(parts string) string { return `"type":"interactive","interactive":{` + parts + `}` }
	button := func(id, header, footer string) string {
		return asked(`"type":"button",` + header + footer + `"body":{"text":"?"},"action":{"buttons":[{"type":"reply","reply":{"id":"` + id + `","title":"Ya"}}]}`)
	}
	list := func(call, id string, titles ...string) string {
		var sections []string
		for i, title := range titles {
			sections = append(sections, fmt.Sprintf(`{"title":%q,"rows":[{"id":"%s%d","title":"a"}]}`, title, id, i))
		}
		return asked(fmt.Sprintf(`"type":"list","body":{"text":"?"},"action":{"button":%q,"sections":[%s]}`, call, strings.Join(sections, ",")))
	}
	sections := func(n int) (titles []string) {
		for range n {
			titles = append(titles, "Bagian")
		}
		return titles
	}
	link := func(words, address string) string {
		return asked(fmt.Sprintf(`"type":"cta_url","body":{"text":"?"},"action":{"name":"cta_url","parameters":{"display_text":%q,"url":%q}}`, words, address))
	}
	for _, c := range []struct {
		what string
		most int
		of   func(x string) string
	}{
		{"a button's id", 256, func(x string) string { return button(x, "", "") }},
		{"a header", 60, func(x string) string { return button("a", `"header":{"type":"text","text":"`+x+`"},`, "") }},
		{"a footer", 60, func(x string) string { return button("a", "", `"footer":{"text":"`+x+`"},`) }},
		{"a button that opens a list", 20, func(x string) string { return list(x, "r", "") }},
		{"a row's id", 199, func(x string) string { return list("Pilih", x, "") }}, // beside its digit
		{"a section's title", 24, func(x string) string { return list("Pilih", "r", x, "Lain") }},
		{"a link's words", 20, func(x string) string { return link(x, "https://kota.example") }},
		{"a link", 2000, func(x string) string { return link("Buka", x) }},
		{"an echo", 512, func(x string) string {
			return `"type":"text","text":{"body":"a"},"biz_opaque_callback_data":"` + x + `"`
		}},
		{"a place's question", 1024, func(x string) string {
			return asked(`"type":"location_request_message","body":{"text":"` + x + `"},"action":{"name":"send_location"}`)
		}},
		{"a picture's caption", 1024, func(x string) string { return fmt.Sprintf(`"type":"image","image":{"id":%q,"caption":%q}`, picture, x) }},
		{"a document's caption", 1024, func(x string) string {
			return fmt.Sprintf(`"type":"document","document":{"id":%q,"caption":%q}`, letter, x)
		}},
		{"half as many emoji", 4096, func(x string) string {
			return `"type":"text","text":{"body":"` + strings.Repeat("🙏", len(x)/2) + strings.Repeat("a", len(x)%2) + `"}`
		}},
	} {
		for long, want := range map[int]int{c.most: 0, c.most + 1: 131009} {
			if got := o.sends(c.of(strings.Repeat("x", long))); got != want {
				t.Errorf("%s of %d: %d, want %d", c.what, long, got, want)
			}
		}
	}
	for _, c := range []struct {
		what, rest string
		code       int
	}{
		{"ten sections", list("Pilih", "r", sections(10)...), 0},
		{"eleven sections", list("Pilih", "r", sections(11)...), 131009},
		{"two sections of which one has no title", list("Pilih", "r", "A", ""), 131008},
		{"one section without a title", list("Pilih", "r", ""), 0},
		{"a list without rows", asked(`"type":"list","body":{"text":"?"},"action":{"button":"Pilih","sections":[{"title":"A","rows":[]}]}`), 131009},
		{"no button", asked(`"type":"button","body":{"text":"?"},"action":{"buttons":[]}`), 131009},
		{"a picture above buttons", button("a", fmt.Sprintf(`"header":{"type":"image","image":{"id":%q}},`, picture), ""), 0},
		{"a document as a picture above buttons", button("a", fmt.Sprintf(`"header":{"type":"image","image":{"id":%q}},`, letter), ""), 131053},
		{"a picture above a list", strings.Replace(list("Pilih", "r", "A"), `"body"`, fmt.Sprintf(`"header":{"type":"image","image":{"id":%q}},"body"`, picture), 1), 131009},
		{"the south pole", `"type":"location","location":{"latitude":-90,"longitude":180}`, 0},
		{"beside the earth", `"type":"location","location":{"latitude":0,"longitude":180.1}`, 131009},
	} {
		if got := o.sends(c.rest); got != c.code {
			t.Errorf("%s: %d, want %d", c.what, got, c.code)
		}
	}
}

// Files as large as they may be and one octet larger, an address that is five minutes old and one second older, what a person quotes or
// reacts to after thirty days.
func TestFilesAndTimesAtTheirEdges(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{Unlimited: true})
	for mime, begins := range map[string]string{"image/jpeg": "\xff\xd8\xff", "image/png": "\x89PNG", "image/webp": "", "audio/ogg": "OggS", "video/mp4": ""} {
		data := append([]byte(begins), bytes.Repeat([]byte("a"), most(mime)-len(begins))...)
		if code, _ := o.upload(data, mime); code != 0 {
			t.Errorf("%s of %d octets: %d", mime, len(data), code)
		}
		if code, _ := o.upload(append(data, 'a'), mime); code != 131053 {
			t.Errorf("%s of %d octets: %d", mime, len(data)+1, code)
		}
	}
	_, id := o.upload([]byte("\xff\xd8\xff"), "image/jpeg")
	_, at := o.call(http.MethodGet, "/v25.0/"+id, o.Token(), "")
	link, _ := at["url"].(string)
	path := strings.TrimPrefix(link, o.URL())
	status := func() int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.URL()+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+o.Token())
		res, err := o.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	o.clock.pass(urlLife)
	if got := status(); got != http.StatusOK {
		t.Errorf("an address of five minutes: %d", got)
	}
	o.clock.pass(time.Second)
	if got := status(); got != http.StatusNotFound {
		t.Errorf("an address that is older: %d", got)
	}
	first, err := o.siti.Send(Out{Text: "pertama"})
	if err != nil {
		t.Fatal(err)
	}
	says := func() (quotes bool, reacts int) {
		if _, err := o.siti.Send(Out{Text: "lagi"}); err != nil { // the window is open
			t.Fatal(err)
		}
		if got := o.sends(fmt.Sprintf(`"type":"text","text":{"body":"a"},"context":{"message_id":%q}`, first)); got != 0 {
			t.Fatalf("a quotation: %d", got)
		}
		shown := o.siti.Shown()
		return shown[len(shown)-1].ReplyTo == first, o.sends(fmt.Sprintf(`"type":"reaction","reaction":{"message_id":%q,"emoji":"👍"}`, first))
	}
	o.clock.pass(quoteLife)
	if quotes, reacts := says(); !quotes || reacts != 0 {
		t.Errorf("after thirty days: quoted %v, reaction %d", quotes, reacts)
	}
	o.clock.pass(time.Second)
	if quotes, reacts := says(); quotes || reacts != 131009 {
		t.Errorf("after that: quoted %v, reaction %d", quotes, reacts)
	}
}

// Eighty calls a second, and 250 people who were silent for a day, each in a day.
func TestPaceAtItsEdges(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{})
	to := func(p *Person, rest string) int {
		code, _ := o.call(http.MethodPost, "/v25.0/"+o.PhoneID()+"/messages", o.Token(), fmt.Sprintf(`{"messaging_product":"whatsapp","recipient":%q,%s}`, p.ID(), rest))
		return code
	}
	people := make([]*Person, coldPeople+1)
	for i := range people {
		people[i] = o.Person("Warga", fmt.Sprintf("62813%06d", i), i%2 == 0)
		if _, err := people[i].Send(Out{Text: "halo"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range secondBurst {
		if got := to(people[i], `"type":"text","text":{"body":"a"}`); got != 0 {
			t.Fatalf("call %d of a second: %d", i+1, got)
		}
	}
	if got := to(people[secondBurst], `"type":"text","text":{"body":"a"}`); got != 130429 {
		t.Errorf("one call more: %d", got)
	}
	o.clock.pass(window)
	if code, _ := o.call(http.MethodPost, "/v25.0/"+o.WABA()+"/message_templates", o.Token(),
		`{"name":"kabar","language":"id","category":"UTILITY","components":[{"type":"BODY","text":"Ada kabar tentang laporan Anda."}]}`); code != 0 {
		t.Fatalf("the template: %d", code)
	}
	o.Decide("kabar", "APPROVED")
	const invites = `"type":"template","template":{"name":"kabar","language":{"code":"id"}}`
	for i, p := range people[:coldPeople] {
		if i%40 == 0 {
			o.clock.pass(time.Second)
		}
		if got := to(p, invites); got != 0 {
			t.Fatalf("person %d of a day: %d", i+1, got)
		}
	}
	o.clock.pass(time.Second)
	if got := to(people[coldPeople], invites); got != 131048 {
		t.Errorf("one person more: %d", got)
	}
	if got := to(people[0], invites); got != 0 {
		t.Errorf("somebody of the same day again: %d", got)
	}
	o.clock.pass(24 * time.Hour)
	if got := to(people[coldPeople], invites); got != 0 {
		t.Errorf("the next day: %d", got)
	}
}
