package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Two programs stand behind one webhook, and calls come that are signed and hold nonsense: nothing of a table's, nothing of any person's, the
// same message with other words, statuses of what nobody sent. Each call is taken, so that none comes for a week; whoever has a report has it
// once, finds it in either program, and nobody else reads of it.
func TestSignedNonsenseOnTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	first := w.serves()
	w.meta.front.all = []*child{first, w.start()}
	ani, code := w.resides(t, false, lamp(1))
	w.ears.keepPrivate("a stranger", "rahasia-sekali", "62812999000111")
	post := func(sign, body string) int {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, w.meta.front.URL+"/webhook/whatsapp", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Hub-Signature-256", sign)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	value := func(kind, list string) string {
		return fmt.Sprintf(`{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":%q,"display_phone_number":"6281100000000"},%q:[%s]}}]}]}`, w.meta.PhoneID(), kind, list)
	}
	from := func(n int, rest string) string {
		return fmt.Sprintf(`{"id":"wamid.ODD%d","from":"62812999000111","from_user_id":"ID.ODD%d","timestamp":"1795000000",%s}`, n, n, rest)
	}
	status := func(rest string) string { return `{"status":"delivered","recipient_user_id":"ID.ODD1",` + rest + `}` }
	deep := strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000)
	calls := []string{
		`[]`, `null`, deep, `{"entry":[{"changes":[{"field":"messages","value":` + deep + `}]}]}`, value("messages", `7,null,[],"x"`),
		value("messages", from(1, `"type":"text","text":{"body":"rahasia-sekali \u0000 \u202e"}`)), value("messages", from(1, `"type":"text","text":{"body":"rahasia-sekali, lagi"}`)),
		value("messages", from(2, `"type":"hologram","hologram":{"caption":7}`)), value("messages", from(3, `"type":"order","order":{"product_items":[1]}`)),
		value("messages", from(4, `"type":"interactive","context":{"id":"wamid.none"},"interactive":{"type":"list_reply","list_reply":{"id":"`+strings.Repeat("y", 300)+`","title":"`+strings.Repeat("z", 5000)+`"}}`)),
		value("messages", from(5, `"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"sf1|send","title":"Kirim"}}`)),
		value("messages", from(6, `"type":"button","button":{"payload":"wake|`+code+`","text":"Baca kabar"}`)), value("messages", from(7, `"type":"contacts","contacts":[{"phones":[{"wa_id":"6281211100"}]}]`)),
		value("messages", from(8, `"type":"text","text":{"body":"`+strings.Repeat("rahasia-sekali ", 20000)+`"}`)), value("messages", from(9, `"type":"image","image":{"id":"../../etc","sha256":7}`)),
		value("messages", from(10, `"type":"system","system":{"type":"user_changed_number","user_id":"ID.ODD10","previous_user_id":"ID.ODD10"}`)),
		value("messages", from(11, `"type":"text","text":{"body":"status"},"context":{"from":"6281100000000","id":"wamid.\u0000"},"referral":{"source_url":"x"}`)),
		value("messages", strings.Replace(from(12, `"type":"text","text":{"body":"hubungkan ABCD-2345"}`), "wamid.ODD12", `wamid.\u0000`+strings.Repeat("w", 3000), 1)),
		value("statuses", status(`"id":"wamid.\u0000"`)+","+status(`"id":"wamid.none","timestamp":"9000000000000000000"`)+","+status(`"id":"wamid.none","biz_opaque_callback_data":"a\u0000","pricing":{"category":"\u0000"}`)),
		value("statuses", `{"status":"failed","id":"wamid.none","recipient_user_id":"ID.ODD1","errors":[{"code":131047}]},{"status":"failed","id":"wamid.none","recipient_id":"1","errors":[{"code":1e99}]}`),
		value("statuses", strings.Repeat(status(`"id":"wamid.none"`)+",", 300)+status(`"id":"wamid.none"`)), value("errors", `{"code":131052},{"code":"x"},7`),
	}
	for i, body := range calls {
		if got := post("sha256=00", body); got != http.StatusUnauthorized {
			t.Errorf("call %d without a signature is answered %d", i, got)
		}
		eventually(t, fmt.Sprintf("call %d to be taken", i), func(context.Context) bool { return post(w.meta.Sign([]byte(body)), body) == http.StatusOK })
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE lane LIKE 'whatsapp-cloud:ID.ODD%' AND doc::text LIKE '%' || $1 || '%'`, code); n != 0 {
		t.Errorf("%d strangers read of a report", n)
	}
	w.residedOnce(ani, lamp(1))
	for range 2 { // once by each program
		past := len(ani.p.Shown())
		if err := ani.says("status"); err != nil {
			t.Fatal(err)
		}
		ani.hears(t, past, "her report", code)
	}
	w.nobodyStumbled()
}
