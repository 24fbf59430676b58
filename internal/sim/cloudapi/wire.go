package cloudapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"unicode/utf16"
)

// object is a JSON object.
type object map[string]any

// unseen is the field that stands in every object that is sent: a client that minds unknown fields fails here and not in the
// field.
const unseen = "x_unseen"

// MarshalJSON adds the field that nobody knows.
func (o object) MarshalJSON() ([]byte, error) {
	all := make(map[string]any, len(o)+1)
	maps.Copy(all, o)
	all[unseen] = map[string]any{"of": []int{1}}
	return json.Marshal(all)
}

// ascii is JSON with everything beyond ASCII escaped, as Meta writes it.
func ascii(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // only texts, numbers and objects are in it
	}
	out := make([]byte, 0, len(raw))
	for _, r := range string(raw) {
		switch {
		case r < 0x7f:
			out = append(out, byte(r))
		case r > 0xffff:
			a, b := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, a, b)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

func answer(w http.ResponseWriter, o object) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_, _ = w.Write(ascii(o))
}

// refusal is an error as Meta answers it.
type refusal struct {
	status int
	code   int
	title  string
	detail string
	usage  int // minutes until more is allowed, in the header that says so
}

func (r *refusal) body() object {
	return object{
		"code": r.code, "title": r.title, "message": fmt.Sprintf("(#%d) %s", r.code, r.title),
		"error_data": object{"messaging_product": "whatsapp", "details": r.detail},
		"href":       "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
	}
}

func (r *refusal) write(w http.ResponseWriter) {
	if r.usage > 0 {
		w.Header().Set("X-Business-Use-Case-Usage", fmt.Sprintf(
			`{"441":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":%d}]}`, r.usage))
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(r.status)
	_, _ = w.Write(ascii(object{"error": object{
		"message": fmt.Sprintf("(#%d) %s", r.code, r.title), "type": "OAuthException", "code": r.code,
		"error_data": object{"messaging_product": "whatsapp", "details": r.detail}, "fbtrace_id": "ALocal",
	}}))
}

func wrong(code int, format string, args ...any) *refusal {
	titles := map[int]string{
		100: "Invalid parameter", 131008: "Required parameter is missing", 131009: "Parameter value is not valid",
		131051: "Unsupported message type", 131053: "Media upload error", 131047: "Re-engagement message",
		131056: "(Business Account, Consumer Account) pair rate limit hit", 130429: "Rate limit hit", 131026: "Message undeliverable",
		132000: "Number of parameters does not match the expected number of params", 132001: "Template name does not exist in the translation",
		132012: "Parameter format does not match format in the created template", 132015: "Template is paused", 132016: "Template is disabled",
		132018: "Template parameters are not valid", 131000: "Something went wrong", 131016: "Service unavailable", 133010: "Phone number not registered",
	}
	title := titles[code]
	if title == "" {
		title = "Error"
	}
	status := http.StatusBadRequest
	switch code {
	case 131000, 131016:
		status = http.StatusInternalServerError
	case 130429, 131056:
		status = http.StatusTooManyRequests
	}
	return &refusal{status: status, code: code, title: title, detail: fmt.Sprintf(format, args...)}
}

func unknownObject(id string) *refusal {
	return &refusal{status: 400, code: 100, title: "Unsupported request. Object with ID '" + id + "' does not exist, cannot be loaded due to missing permissions", detail: "error_subcode 33"}
}

// units counts a text in UTF-16 units.
func units(s string) int { return len(utf16.Encode([]rune(s))) }
