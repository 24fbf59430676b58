package judges

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/judging"
)

// limit covers npm's first download; the rest takes a second.
const limit = 3 * time.Minute

// hook is one webhook call, as the judges are to read it.
type hook struct {
	Raw       string `json:"raw"`
	Signature string `json:"signature"`
}

// bench is a local Meta, what it told its webhook, and what was sent to it, in order.
type bench struct {
	*cloudapi.Server
	mu    sync.Mutex
	hooks []hook
	sent  []map[string]any
	front *httptest.Server // stands before Meta and writes down what is sent
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{Server: cloudapi.New(cloudapi.Options{})}
	if err := b.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	ears := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.hooks = append(b.hooks, hook{string(raw), r.Header.Get("X-Hub-Signature-256")})
	}))
	t.Cleanup(ears.Close)
	b.PointHook(ears.URL)
	b.front = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var body map[string]any
		if json.Unmarshal(raw, &body) == nil && body["type"] != nil {
			b.mu.Lock()
			b.sent = append(b.sent, body)
			b.mu.Unlock()
		}
		r.Body = io.NopCloser(bytes.NewReader(raw))
		b.ServeHTTP(w, r)
	}))
	t.Cleanup(b.front.Close)
	return b
}

// told waits until the webhook has been told everything.
func (b *bench) told() []hook {
	for b.Pending() > 0 {
		b.Settle()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.hooks
}

// nobody is a Memory without people.
type nobody struct{ whatsappcloud.Memory }

func (nobody) Shut(context.Context, string, time.Time) error { return nil }

// Three clients of other hands send to the local Meta and read its webhooks; and what the channel sends is what the one that builds
// bodies sends for the same messages.
func TestJudges(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	b := newBench(t)
	siti, budi := b.Person("Siti 😀", "6281211100001", false), b.Person("Budi", "6281211100002", true)
	store := bottest.NewStore()
	ch, err := whatsappcloud.New(whatsappcloud.Options{
		Token: b.Token(), PhoneID: b.PhoneID(), WABA: b.WABA(), AppSecret: b.AppSecret(), VerifyToken: b.VerifyToken(), APIURL: b.front.URL,
		Memory: nobody{}, Opener: store,
	})
	ok(t, err)
	for _, tpl := range whatsappcloud.Invitations() {
		ok(t, ch.Submit(ctx, tpl))
	}
	b.ApproveAll()
	wamid, media := talk(t, b, siti, budi)
	ours(ctx, t, ch, store, siti, wamid)
	hooks := b.told()
	b.mu.Lock()
	mine := b.sent
	b.sent = nil
	b.mu.Unlock()

	found, err := Judge(ctx, map[string]any{
		"base": b.front.URL, "version": b.Version(), "token": b.Token(), "phone": b.PhoneID(), "secret": b.AppSecret(), "verify": b.VerifyToken(),
		"recipient": siti.ID(), "wamid": wamid, "media": media, "hooks": hooks, "picture": base64.StdEncoding.EncodeToString(bottest.Picture(1)),
		"buttons": []map[string]string{{"id": "t-1|a", "title": "Kirim"}, {"id": "t-1|b", "title": "Ubah"}},
		"rows":    []map[string]string{{"id": "t-1|c0", "title": "P0"}, {"id": "t-1|c1", "title": "P1"}, {"id": "t-1|c2", "title": "P2"}, {"id": "t-1|c3", "title": "P3"}},
	})
	if errors.Is(err, judging.ErrMissing) && os.Getenv("CI_MUST") != "1" {
		t.Skipf("the independent clients have not judged: %v", err)
	}
	ok(t, err)
	verdicts(t, found, len(hooks))
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, m := range mine {
		if i >= len(b.sent) {
			t.Fatalf("the judge sent %d messages, the channel %d", len(b.sent), len(mine))
		}
		if d := cmp.Diff(shape(b.sent[i]), shape(m)); d != "" {
			t.Errorf("message %d of the channel (+) is otherwise than the judge's (-):\n%s", i, d)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// talk lets people say one thing of each kind, and gives a message and a file of it.
func talk(t *testing.T, b *bench, siti, budi *cloudapi.Person) (wamid, media string) {
	t.Helper()
	for i, o := range []cloudapi.Out{
		{Text: "lampu mati 😀 é"}, {Image: bottest.Picture(1), Text: "ini"}, {Voice: []byte("OggS")}, {Location: &cloudapi.Place{Lat: -6.1, Lon: 106.1}},
		{Document: []byte("%PDF"), MIME: "application/pdf", Name: "surat.pdf"},
	} {
		id, err := siti.Send(o)
		ok(t, err)
		if i == 0 {
			wamid = id
		}
		_, err = budi.Send(o)
		ok(t, err)
	}
	siti.React(wamid, "👍")
	_, err := budi.Send(cloudapi.Out{Type: "unsupported", Raw: map[string]any{"type": "edit"}})
	ok(t, err)
	for _, h := range b.told() {
		var whole struct {
			Entry []struct {
				Changes []struct {
					Value struct {
						Messages []struct{ Image struct{ ID string } }
					}
				}
			}
		}
		if json.Unmarshal([]byte(h.Raw), &whole) == nil {
			for _, m := range whole.Entry[0].Changes[0].Value.Messages {
				if m.Image.ID != "" {
					media = m.Image.ID
				}
			}
		}
	}
	return wamid, media
}

// ours sends with the channel what the judge is going to send.
func ours(ctx context.Context, t *testing.T, ch *whatsappcloud.Channel, store *bottest.Store, siti *cloudapi.Person, wamid string) {
	t.Helper()
	to := bot.Address{Network: bot.WhatsAppCloud, ID: siti.ID()}
	rows := &bot.Menu{ID: "t-1"}
	for i := range 4 {
		rows.Choices = append(rows.Choices, bot.Choice{ID: fmt.Sprint("c", i), Label: fmt.Sprint("P", i)})
	}
	for _, m := range []bot.Message{
		{Text: "Halo"},
		{Text: "Kirim?", Menu: &bot.Menu{ID: "t-1", Choices: []bot.Choice{{ID: "a", Label: "Kirim"}, {ID: "b", Label: "Ubah"}}}},
		{Text: "Yang mana?", Menu: rows},
		{Text: "Di mana?", Want: bot.WantLocation},
		{Text: "Sudah", Photos: []bot.MediaRef{store.Put(bottest.Picture(1), "image/jpeg")}},
		{Text: "Dicatat", ReplyTo: &bot.MessageRef{Chat: to, ID: wamid}},
	} {
		_, err := ch.Send(ctx, to, "", m)
		ok(t, err)
	}
	_, err := ch.Wake(ctx, to, "k", bot.Wakeup{Code: "SRG-1", Office: "Dishub"})
	ok(t, err)
}

// shape is a body without what may differ: the ids of files, the key that comes back.
func shape(m map[string]any) map[string]any {
	delete(m, "biz_opaque_callback_data")
	if template, is := m["template"].(map[string]any); is {
		list, _ := template["components"].([]any)
		for _, c := range list {
			if part, is := c.(map[string]any); is && part["index"] != nil {
				part["index"] = fmt.Sprint(part["index"]) // Meta takes both
			}
		}
	}
	if image, isImage := m["image"].(map[string]any); isImage {
		image["id"] = "1"
	}
	return m
}

// verdicts checks what the judges found.
func verdicts(t *testing.T, found []Finding, hooks int) {
	t.Helper()
	type value struct {
		OK    any     `json:"ok"`
		Error string  `json:"error"`
		Code  float64 `json:"code"`
	}
	got := map[string]value{}
	for _, f := range found {
		var v value
		ok(t, json.Unmarshal(f.Value, &v))
		got[f.Judge+" "+f.What] = v
	}
	for _, what := range []string{"text", "buttons", "list", "place", "image", "reply", "template", "read", "media"} {
		if v := got["kapso "+what]; v.Error != "" || v.OK == nil {
			t.Errorf("kapso cannot do: %s: %+v", what, v)
		}
	}
	for what, code := range map[string]float64{"too long": 131009, "unknown field": 100, "dead token": 190} {
		if v := got["kapso "+what]; v.Error == "" || v.Code != code {
			t.Errorf("kapso is told of %s: %+v", what, v)
		}
	}
	n := float64(hooks)
	for what, want := range map[string]any{
		"kapso forged": false, "whatsapp-api-js verification": "158201", "chat-adapter verification": "158201",
	} {
		if v := got[what]; v.OK != want {
			t.Errorf("%s: %+v", what, v)
		}
	}
	count := func(what, key string) float64 {
		m, _ := got[what].OK.(map[string]any)
		f, _ := m[key].(float64)
		return f
	}
	const people = 12 // what was said
	for what, want := range map[[2]string]float64{
		{"kapso webhooks", "verified"}: n, {"kapso webhooks", "messages"}: people, {"whatsapp-api-js webhooks", "message"}: people,
		{"whatsapp-api-js webhooks", "refused"}: float64(len(whatsappcloud.Invitations())), // it does not know what is said of templates
		{"chat-adapter webhooks", "good"}:       n, {"chat-adapter webhooks", "forged"}: n, {"chat-adapter webhooks", "reaction"}: 1,
		{"chat-adapter webhooks", "message"}: 10,
	} {
		if got := count(what[0], what[1]); got != want {
			t.Errorf("%s counts %v %s, want %v", what[0], got, what[1], want)
		}
	}
	if count("kapso webhooks", "statuses") == 0 || count("whatsapp-api-js webhooks", "status") != count("kapso webhooks", "statuses") {
		t.Errorf("statuses: %v and %v", count("kapso webhooks", "statuses"), count("whatsapp-api-js webhooks", "status"))
	}
}
