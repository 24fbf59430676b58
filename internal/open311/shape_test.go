package open311_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"rabeg/internal/open311"
)

// described checks JSON answers against the description that the server itself gives.
type described struct{ routers.Router }

func (w *world) described() described {
	w.Helper()
	got := w.get("openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(got.body))
	w.must(err)
	w.must(doc.Validate(w.Context()))
	router, err := gorillamux.NewRouter(doc)
	w.must(err)
	return described{router}
}

// check says what of an answer is not as it is described.
func (d described) check(method, path string, a answer) error {
	r := httptest.NewRequest(method, open311.Path+path, nil)
	route, params, err := d.FindRoute(r)
	if err != nil {
		return fmt.Errorf("no such call is described: %w", err)
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	return openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: a.status, Header: a.header,
		Body: io.NopCloser(strings.NewReader(a.body)), Options: in.Options})
}

// node is an element of an XML answer.
type node struct {
	name  string
	text  string
	nodes []node
}

func (n node) child(name string) (node, bool) {
	i := slices.IndexFunc(n.nodes, func(c node) bool { return c.name == name })
	if i < 0 {
		return node{}, false
	}
	return n.nodes[i], true
}

func (n node) value(name string) string {
	c, _ := n.child(name)
	return c.text
}

// parse reads XML strictly: one root, no attributes, no text beside elements.
func parse(text string) (root node, err error) {
	if !strings.HasPrefix(text, xml.Header) {
		return root, errors.New("it does not begin with the XML declaration in UTF-8")
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	stack := []node{{}}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return root, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(t.Attr) > 0 || t.Name.Space != "" {
				return root, fmt.Errorf("%s has attributes or a name space", t.Name.Local)
			}
			stack = append(stack, node{name: t.Name.Local})
		case xml.CharData:
			stack[len(stack)-1].text += string(t)
		case xml.EndElement:
			n := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if len(n.nodes) > 0 && strings.TrimSpace(n.text) != "" {
				return root, fmt.Errorf("%s has text beside its elements", n.name)
			}
			up := &stack[len(stack)-1]
			up.nodes = append(up.nodes, n)
		}
	}
	if len(stack[0].nodes) != 1 {
		return root, fmt.Errorf("%d roots", len(stack[0].nodes))
	}
	return stack[0].nodes[0], nil
}

// The shapes of the standard, and of its stricter readers: element, and what its text must be.
var (
	anything  = regexp.MustCompile(`(?s)^.*$`)
	something = regexp.MustCompile(`(?s)^.+$`)
	truth     = regexp.MustCompile(`^(true|false)$`)
	timing    = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$`)
	timeOrNot = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$`)
	number    = regexp.MustCompile(`^(-?\d+(\.\d+)?)?$`)
	ordinal   = regexp.MustCompile(`^\d+$`)
)

type shape struct {
	name  string
	text  *regexp.Regexp
	inner []shape
	// each says that inner is the one shape of any number of elements; may that it can be left out.
	each, may bool
}

func shapes() map[string]shape {
	t := func(name string, text *regexp.Regexp) shape { return shape{name: name, text: text} }
	request := []shape{
		t("service_request_id", something), t("status", regexp.MustCompile(`^(open|closed)$`)), t("status_notes", anything), t("service_name", anything),
		t("service_code", anything), t("description", anything), t("agency_responsible", anything), t("service_notice", anything), t("requested_datetime", timing),
		t("updated_datetime", timing), t("expected_datetime", timeOrNot), t("address", anything), t("address_id", anything), t("zipcode", anything), t("lat", number),
		t("long", number), t("media_url", anything), t("detailed_status", something),
	}
	return map[string]shape{
		"errors": {name: "errors", each: true, inner: []shape{{name: "error", inner: []shape{t("code", regexp.MustCompile(`^[45]\d\d$`)), t("description", something)}}}},
		"services": {name: "services", each: true, inner: []shape{{name: "service", inner: []shape{t("service_code", something), t("service_name", something), t("description", something),
			t("metadata", truth), t("type", regexp.MustCompile(`^(realtime|batch|blackbox)$`)), t("keywords", anything), t("group", anything)}}}},
		"definition": {name: "service_definition", inner: []shape{t("service_code", something), {name: "attributes", each: true, inner: []shape{{name: "attribute", inner: []shape{
			t("variable", truth), t("code", something), t("datatype", regexp.MustCompile(`^(string|number|datetime|text|singlevaluelist|multivaluelist)$`)), t("required", truth),
			t("datatype_description", anything), t("order", ordinal), t("description", something),
			{name: "values", each: true, may: true, inner: []shape{{name: "value", inner: []shape{t("key", something), t("name", something)}}}}}}}}}},
		"requests": {name: "service_requests", each: true, inner: []shape{{name: "request", inner: request}}},
		"filed":    {name: "service_requests", each: true, inner: []shape{{name: "request", inner: []shape{t("service_request_id", something), t("service_notice", anything), t("account_id", anything)}}}},
		"token":    {name: "service_requests", each: true, inner: []shape{{name: "request", inner: []shape{t("service_request_id", something), t("token", something)}}}},
		"promised": {name: "service_requests", each: true, inner: []shape{{name: "request", inner: []shape{t("token", something), t("service_notice", anything), t("account_id", anything)}}}},
		"updates": {name: "service_request_updates", each: true, inner: []shape{{name: "request_update", inner: []shape{t("update_id", something), t("service_request_id", something),
			t("status", something), t("updated_datetime", timing), t("description", something), t("media_url", anything)}}}},
		"updated": {name: "service_request_updates", each: true, inner: []shape{{name: "request_update", inner: []shape{t("update_id", something), {name: "service_notice", text: something, may: true}}}}},
		"discovery": {name: "discovery", inner: []shape{t("changeset", timing), t("contact", something), t("key_service", something), {name: "endpoints", each: true, inner: []shape{
			{name: "endpoint", inner: []shape{t("specification", something), t("url", regexp.MustCompile(`/$`)), t("changeset", timing), t("type", something),
				{name: "formats", each: true, inner: []shape{t("format", something)}}}}}}}},
	}
}

func (s shape) check(n node) error {
	switch {
	case n.name != s.name:
		return fmt.Errorf("<%s> stands where <%s> has to", n.name, s.name)
	case s.text != nil && (len(n.nodes) > 0 || !s.text.MatchString(n.text)):
		return fmt.Errorf("<%s> holds %q", n.name, n.text)
	case s.each:
		for _, c := range n.nodes {
			if err := s.inner[0].check(c); err != nil {
				return fmt.Errorf("%s: %w", n.name, err)
			}
		}
		return nil
	}
	left := n.nodes
	for _, in := range s.inner {
		if in.may && (len(left) == 0 || left[0].name != in.name) {
			continue
		}
		if len(left) == 0 {
			return fmt.Errorf("<%s> has no <%s>", n.name, in.name)
		}
		if err := in.check(left[0]); err != nil {
			return fmt.Errorf("%s: %w", n.name, err)
		}
		left = left[1:]
	}
	if len(left) > 0 {
		return fmt.Errorf("<%s> has <%s> too many", n.name, left[0].name)
	}
	return nil
}

// The check itself finds what is wrong.
func TestTheStrictCheckIsStrict(t *testing.T) {
	t.Parallel()
	const good = xml.Header + `<errors><error><code>400</code><description>x</description></error></errors>`
	for text, fine := range map[string]bool{
		good:                                   true,
		strings.Replace(good, "400", "200", 1): false,
		strings.Replace(good, "<code>400</code>", "", 1):                   false,
		strings.Replace(good, "</error>", "<more/></error>", 1):            false,
		strings.Replace(good, "<error>", `<error x="1">`, 1):               false,
		strings.Replace(good, "<error>", `<error>words`, 1):                false,
		strings.Replace(good, "<description>x", "<description>", 1):        false,
		strings.Replace(good, xml.Header, "", 1):                           false,
		strings.ReplaceAll(good, "errors>", "faults>"):                     false,
		strings.Replace(good, "</errors>", "</errors><errors/>", 1):        false,
		strings.Replace(good, "<code>400</code>", "<code>4<i/></code>", 1): false,
	} {
		n, err := parse(text)
		if err == nil {
			err = shapes()["errors"].check(n)
		}
		if (err == nil) != fine {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// both calls in both formats and checks status, shape and errors of the answers. It gives the XML one, read.
func (w *world) both(d described, method, path, wants string, status int, send func(path string) answer) (x node, jsonText string) {
	w.Helper()
	name, query, _ := strings.Cut(path, "?")
	if query != "" {
		query = "?" + query
	}
	if status != http.StatusOK {
		wants = "errors"
	}
	a := send(name + ".xml" + query)
	if a.status != status || a.header.Get("Content-Type") != "text/xml; charset=utf-8" {
		w.Errorf("%s %s.xml: %d %s, want %d\n%s", method, path, a.status, a.header.Get("Content-Type"), status, a.body)
	}
	x, err := parse(a.body)
	if err == nil {
		err = shapes()[wants].check(x)
	}
	if err == nil && wants == "errors" && (len(x.nodes) != 1 || x.nodes[0].value("code") != strconv.Itoa(status)) {
		err = errors.New("the error has another code")
	}
	if err != nil {
		w.Errorf("%s %s.xml: %v\n%s", method, path, err, a.body)
	}
	j := send(name + ".json" + query)
	if j.status != status || j.header.Get("Content-Type") != "application/json; charset=utf-8" {
		w.Errorf("%s %s.json: %d %s, want %d\n%s", method, path, j.status, j.header.Get("Content-Type"), status, j.body)
	}
	if err := d.check(method, name+".json"+query, j); err != nil {
		w.Errorf("%s %s.json: %v\n%s", method, path, err, j.body)
	}
	if wants == "errors" {
		var all []struct{ Code int }
		if err := json.Unmarshal([]byte(j.body), &all); err != nil || len(all) != 1 || all[0].Code != status {
			w.Errorf("%s %s.json: the error is %s", method, path, j.body)
		}
	}
	if !strings.HasSuffix(j.body, "\n") {
		w.Errorf("%s %s.json does not end its line", method, path)
	}
	return x, j.body
}
