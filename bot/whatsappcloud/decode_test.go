package whatsappcloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/bot/bottest"
)

var noon = time.Date(2026, 11, 20, 5, 0, 0, 0, time.UTC)

// told wraps messages, or statuses, as Meta does.
func wrapped(kind, list string) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
"messaging_product":"whatsapp","metadata":{"display_phone_number":"+62 811-0000","phone_number_id":"77010"},
"contacts":[{"profile":{"name":"Sari"},"wa_id":"6281211100","user_id":"ID.7KqZ"}],%q:[%s],"new":1}}]}]}`, kind, list)
}

func message(rest string) string {
	return `{"id":"wamid.A","from":"6281211100","from_user_id":"ID.7KqZ","timestamp":"1795000000",` + rest + `}`
}

// What people send, as Meta tells it.
func TestDecode(t *testing.T) {
	t.Parallel()
	chat := address("ID.7KqZ")
	on := messageRef("ID.7KqZ", "wamid.M")
	file := func(id, mime string) bot.MediaRef {
		return bot.MediaRef{Network: bot.WhatsAppCloud, ID: id, MIME: mime}
	}
	for name, c := range map[string]struct {
		rest string
		want bot.Body
	}{
		"words":            {`"type":"text","text":{"body":"Lampu \u00e9 mati"}`, bot.Text{Text: "Lampu é mati"}},
		"a photo":          {`"type":"image","image":{"id":"90001","mime_type":"image/jpeg","caption":"ini"}`, bot.Photo{Media: file("90001", "image/jpeg"), Caption: "ini"}},
		"a voice note":     {`"type":"audio","audio":{"id":"90001","mime_type":"audio/ogg; codecs=opus","voice":true}`, bot.Voice{Media: file("90001", "audio/ogg; codecs=opus")}},
		"an old voice":     {`"type":"voice","voice":{"id":"90001","mime_type":"audio/ogg"}`, bot.Voice{Media: file("90001", "audio/ogg")}},
		"a picture file":   {`"type":"document","document":{"id":"90001","mime_type":"application/octet-stream","filename":"a.JPG"}`, bot.Photo{Media: file("90001", "application/octet-stream")}},
		"a file":           {`"type":"document","document":{"id":"90001","mime_type":"application/pdf","filename":"surat.pdf","caption":"ini"}`, bot.Document{Media: file("90001", "application/pdf"), Name: "surat.pdf", Caption: "ini"}},
		"a video":          {`"type":"video","video":{"id":"90001","mime_type":"video/mp4"}`, bot.Document{Media: file("90001", "video/mp4"), Name: "video"}},
		"a pin":            {`"type":"location","location":{"latitude":-6.12,"longitude":106.15,"name":"Alun-alun","address":"Jl. V"}`, bot.Location{Lat: -6.12, Lon: 106.15, Name: "Alun-alun", Address: "Jl. V"}},
		"a button":         {`"type":"interactive","context":{"id":"wamid.M"},"interactive":{"type":"button_reply","button_reply":{"id":"t-1|kirim","title":"Kirim"}}`, bot.Pick{Menu: "t-1", Choice: "kirim", Message: on, Quiet: true}},
		"a row":            {`"type":"interactive","context":{"id":"wamid.M"},"interactive":{"type":"list_reply","list_reply":{"id":"t-1|a","title":"A","description":"B"}}`, bot.Pick{Menu: "t-1", Choice: "a", Message: on, Quiet: true}},
		"a forged button":  {`"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"<x>","title":"Kirim"}}`, bot.Text{Text: "Kirim"}},
		"a form":           {`"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{}}`, bot.Unsupported{Kind: "nfm_reply"}},
		"an invitation":    {`"type":"button","button":{"payload":"wake|tg:1/n","text":"Baca kabar"}`, bot.Woken{}},
		"another template": {`"type":"button","button":{"payload":"Halo","text":"Halo juga"}`, bot.Text{Text: "Halo juga"}},
		"the own number":   {`"type":"contacts","contacts":[{"phones":[{"phone":"+62 812-11100","wa_id":"6281211100"}]}]`, bot.Contact{Phone: "+6281211100"}},
		"another's number": {`"type":"contacts","contacts":[{"phones":[{"wa_id":"6281999999"}]}]`, bot.Unsupported{Kind: "contact"}},
		"a number asked":   {`"type":"contacts","contacts":[{"origin":"contact_request","phones":[{"wa_id":"6281999999"}]}]`, bot.Contact{Phone: "+6281999999"}},
		"a sticker":        {`"type":"sticker","sticker":{"id":"90001"}`, bot.Unsupported{Kind: "sticker"}},
		"an edit":          {`"type":"unsupported","errors":[{"code":131051}],"unsupported":{"type":"edit"}`, bot.Unsupported{Kind: "edit"}},
		"too large":        {`"type":"video","errors":[{"code":131052,"title":"Media download error"}],"video":{}`, bot.Unsupported{Kind: bot.TooLarge}},
		"too large, words": {`"type":"unsupported","errors":[{"code":131052}],"unsupported":{"caption":"ini jalannya"}`, bot.Text{Text: "ini jalannya"}},
		"a poll":           {`"type":"unsupported","unsupported":{"type":"poll_creation"}`, bot.Unsupported{Kind: "poll_creation"}},
		"an order":         {`"type":"order","order":{"catalog_id":"1","text":"dua ya"}`, bot.Text{Text: "dua ya"}},
		"what comes to be": {`"type":"hologram","hologram":{"caption":"lihat"}`, bot.Text{Text: "lihat"}},
		"of another form":  {`"type":"text","text":7`, bot.Text{}},
		"a photo of none":  {`"type":"image","image":{"id":{"x":1}}`, bot.Unsupported{Kind: "image"}},
	} {
		n, ok := decode(wrapped("messages", message(c.rest)), "77010", noon)
		if !ok || len(n.events) != 1 {
			t.Errorf("%s makes %d events, %v", name, len(n.events), n.unknown)
			continue
		}
		ev := n.events[0]
		if d := cmp.Diff(c.want, ev.Body); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if ev.ID != "wac:wamid.A" || ev.Chat != chat || ev.From.Name != "Sari" || ev.phone != "+6281211100" || ev.At.Unix() != 1795000000 {
			t.Errorf("%s came as %+v", name, ev)
		}
		if err := bottest.Kept(ev.Event); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who it is: the id first, else the number with its plus.
func TestWhoItIs(t *testing.T) {
	t.Parallel()
	for rest, want := range map[string]string{
		`"from":"6281211100","from_user_id":"ID.7KqZ"`: "ID.7KqZ", `"from_user_id":"US.ENT.9x"`: "US.ENT.9x", `"from":"ID.7KqZ"`: "ID.7KqZ",
		`"from":"6281211100"`: "+6281211100", `"from":"6281211100","from_user_id":"../x"`: "+6281211100", `"from":"x"`: "", `"x":1`: "",
	} {
		n, _ := decode(wrapped("messages", `{"id":"wamid.A","type":"text","text":{"body":"a"},"timestamp":"1795000000",`+rest+`}`), "77010", noon)
		got := ""
		if len(n.events) == 1 {
			got = n.events[0].Chat.ID
		}
		if got != want {
			t.Errorf("%s is %q, want %q", rest, got, want)
		}
	}
	n, _ := decode(wrapped("messages", `{"id":"wamid.S","from_user_id":"ID.7KqZ","timestamp":"1795000000","type":"system","system":{"type":"user_changed_number","wa_id":"6281399900","user_id":"ID.NEW","previous_user_id":"ID.7KqZ"}}`), "77010", noon)
	if len(n.events) != 1 || n.events[0].Chat.ID != "ID.7KqZ" || n.events[0].Body != (bot.Moved{To: address("ID.NEW")}) {
		t.Errorf("a new number came as %+v", n.events)
	}
}

// Many in one call, in another order than they were sent, with some that cannot be read, of another number, in a group.
func TestACallOfMany(t *testing.T) {
	t.Parallel()
	var list []string
	for i := range 1000 {
		list = append(list, fmt.Sprintf(`{"id":"wamid.%d","from_user_id":"ID.P%d","timestamp":"%d","type":"text","text":{"body":"n"}}`, i, i%7, 1795001000-i))
	}
	list = append(list, `7`, `null`, `{}`, `{"id":"x","type":"text"}`, `{"id":"wamid.G","group_id":"1","from_user_id":"ID.A","type":"text"}`,
		`{"id":"wamid.R","from_user_id":"ID.A","type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}`)
	n, ok := decode(wrapped("messages", strings.Join(list, ",")), "77010", noon)
	if !ok || len(n.events) != 1000 || len(n.unknown) != 4 {
		t.Fatalf("%d events, unknown %v", len(n.events), n.unknown)
	}
	for i := range n.events[1:] {
		if n.events[i+1].At.Before(n.events[i].At) {
			t.Fatal("they are not in the order in which they were sent")
		}
	}
	if n, _ := decode(wrapped("messages", message(`"type":"text","text":{"body":"a"}`)), "99999", noon); len(n.events) != 0 || len(n.unknown) != 1 {
		t.Error("a message to another number is taken")
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	n, _ := decode(wrapped("statuses", `{"id":"wamid.B","status":"failed","timestamp":"1795000120","recipient_user_id":"ID.7KqZ","biz_opaque_callback_data":"L8","errors":[{"code":131047,"title":"x"}]},
{"id":"wamid.B","status":"delivered","timestamp":1795000121000,"recipient_id":"6281211100","biz_opaque_callback_data":"L8\n+","pricing":{"category":"service"}},
{"id":"wamid.B","status":"read","recipient_user_id":"ID.7KqZ"},{"id":"wamid.B","status":"sent","recipient_user_id":"ID.7KqZ"},{"id":"wamid.C","status":"warped","recipient_user_id":"ID.7KqZ"}`), "77010", noon)
	if len(n.receipts) != 4 || len(n.unknown) != 1 {
		t.Fatalf("%+v %v", n.receipts, n.unknown)
	}
	f, d := n.receipts[0], n.receipts[1]
	if f.Outcome != bot.Missed || f.code != 131047 || f.Key != "L8" || f.Beside || f.Ref != messageRef("ID.7KqZ", "wamid.B") {
		t.Errorf("a failure is %+v", f)
	}
	if d.Outcome != bot.Arrived || d.Key != "L8" || !d.Beside || d.category != "service" || d.At.Unix() != 1795000121 || d.Ref.Chat.ID != "+6281211100" {
		t.Errorf("a delivery is %+v", d)
	}
	if n.receipts[2].Outcome != bot.Read || n.receipts[3].Outcome != bot.Took || n.receipts[3].At != noon {
		t.Errorf("the others are %+v", n.receipts[2:])
	}
}

// A status that no table could be asked for would come for a week, and all of its call with it: it is passed over, or what is odd of it.
func TestOddStatuses(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2000)
	for status, wants := range map[string]string{
		`"id":"wamid.\u0000"`: "", `"id":"wamid B"`: "", `"id":"` + long + `"`: "", `"id":7`: "", `"id":""`: "",
		`"id":"wamid.B","timestamp":"9000000000000000000"`: "at noon", `"id":"wamid.B","timestamp":"99999999999999"`: "at noon", `"id":"wamid.B","timestamp":"-5"`: "at noon",
		`"id":"wamid.B","timestamp":1e400`: "at noon", `"id":"wamid.B","timestamp":["x"]`: "at noon",
		`"id":"wamid.B","biz_opaque_callback_data":"a\u0000b"`: "at noon", `"id":"wamid.B","biz_opaque_callback_data":"` + long + `"`: "at noon",
		`"id":"wamid.B","biz_opaque_callback_data":{"a":1}`: "at noon", `"id":"wamid.B","timestamp":"1795000000","biz_opaque_callback_data":"L8"`: "L8",
	} {
		n, ok := decode(wrapped("statuses", `{"status":"delivered","recipient_user_id":"ID.7KqZ",`+status+`}`), "77010", noon)
		got := ""
		if len(n.receipts) == 1 {
			if got = n.receipts[0].Key; got == "" && n.receipts[0].At.Equal(noon) {
				got = "at noon"
			}
		}
		if !ok || got != wants || len(n.receipts)+len(n.unknown) != 1 {
			t.Errorf("%.80s is %q (%d receipts), want %q", status, got, len(n.receipts), wants)
		}
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	// HMAC-SHA256 of "abc" under "key".
	const good = "sha256=9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab"
	for header, want := range map[string]bool{
		good: true, strings.ToUpper(good): false, good[:len(good)-1]: false, good + "00": false, "": false, "sha256=": false, good[7:]: false,
		"sha1=" + good[7:]: false, "sha256=zz": false,
	} {
		if signed(header, []byte("abc"), "key") != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
	if signed(good, []byte("abc"), "") || signed(good, []byte("abd"), "key") {
		t.Error("another body, or no secret, is taken")
	}
}

// Whatever Meta, or who pretends to be Meta, sends: nothing panics, and what becomes an event can be written down.
func FuzzDecode(f *testing.F) {
	f.Add(wrapped("messages", message(`"type":"text","text":{"body":"a"}`)))
	f.Add(wrapped("messages", message(`"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"a|b"}}`)))
	f.Add(wrapped("messages", message(`"type":"contacts","contacts":[{"phones":[{"wa_id":"6281211100"}]}]`)))
	f.Add(wrapped("statuses", `{"id":"wamid.B","status":"failed","recipient_user_id":"ID.7KqZ","errors":[{"code":1e99}]}`))
	f.Add([]byte(`{"entry":[{"changes":[{"field":"messages","value":null}]}]}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, ok := decode(raw, "77010", noon)
		if ok && !json.Valid(raw) {
			t.Fatal("what is no JSON was read")
		}
		for _, ev := range n.events {
			if err := bottest.Kept(ev.Event); err != nil {
				t.Fatal(err)
			}
			if _, _, err := parseAddress(ev.Chat); err != nil && len(ev.Chat.ID) < 1000 {
				t.Fatalf("nobody can be written to at %q", ev.Chat.ID)
			}
		}
		for _, r := range n.receipts {
			if r.Outcome == 0 || r.Ref.Zero() {
				t.Fatalf("a receipt of nothing: %+v", r)
			}
			if kept, ok := bot.StorableReceipt(r.Receipt, noon); !ok || kept != r.Receipt {
				t.Fatalf("a receipt that cannot be written down: %+v", r)
			}
		}
		for _, kind := range n.unknown {
			if len(kind) > 60 {
				t.Fatalf("a counter is called %q", kind)
			}
		}
		if signed(string(raw), raw, "secret") {
			t.Fatal("a body signs itself")
		}
	})
}

// Only who has the secret can sign a body: no header that is made of anything else is taken, and no body that was changed after it was
// signed, by one bit or by a longer one.
func FuzzSignature(f *testing.F) {
	f.Add("sha256=", []byte(`{"a":1}`), uint16(3))
	f.Add("sha256=00", []byte(""), uint16(0))
	f.Add(sign([]byte("a"), "another"), []byte("a"), uint16(9))
	f.Add(strings.ToUpper(sign([]byte("a"), "secret")), []byte("a"), uint16(1))
	f.Fuzz(func(t *testing.T, header string, body []byte, at uint16) {
		const secret = "secret"
		good := sign(body, secret)
		if !signed(good, body, secret) {
			t.Fatal("Meta's own signature is refused")
		}
		if signed(header, body, secret) && !strings.EqualFold(header, good) {
			t.Fatalf("%q signs a body", header)
		}
		if signed(good, append(slices.Clone(body), 0), secret) || signed(good, body, secret+"x") || signed(good, body, "") {
			t.Fatal("a longer body, another secret, or none is taken")
		}
		if len(body) > 0 {
			other := slices.Clone(body)
			other[int(at/8)%len(body)] ^= 1 << (at % 8)
			if signed(good, other, secret) {
				t.Fatal("a body that was changed is taken")
			}
		}
	})
}

func sign(body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}
