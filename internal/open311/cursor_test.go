package open311_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// Who reads updates page by page has each of them once and in order: many of one second, and those that come while the pages are read.
func TestUpdatesPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	var codes []report.Code
	for range 3 {
		codes = append(codes, w.files(morning, nil).Code)
	}
	at := morning
	happen := func() {
		for _, code := range codes { // all in one second, two of them in one moment
			w.does(code, at, report.Note{Words: "x"}, report.Reply{Words: "kami tangani"})
		}
		at = at.Add(time.Minute)
		w.does(codes[0], at, report.Reply{Words: "besok"})
		at = at.Add(time.Minute)
		w.clock(at)
	}
	page := func(cursor string) (ids []string, next string) {
		call := "servicerequestupdates?limit=2"
		if cursor != "" {
			call += "&cursor=" + url.QueryEscape(cursor)
		}
		w.both(d, http.MethodGet, call, "updates", http.StatusOK, w.get)
		a := w.get(strings.Replace(call, "?", ".xml?", 1))
		n, err := parse(a.body)
		w.must(err)
		for _, u := range n.nodes {
			ids = append(ids, u.value("update_id"))
		}
		return ids, a.header.Get("X-Next-Cursor")
	}
	var read []string
	cursor := ""
	for i := range 12 {
		if i < 3 {
			happen()
		}
		ids, next := page(cursor)
		if len(ids) > 2 || next == "" {
			t.Fatalf("page %d has %v, and goes on at %q", i, ids, next)
		}
		read, cursor = append(read, ids...), next
	}
	w.clock(at.Add(time.Hour))
	n, err := parse(w.get("servicerequestupdates.xml").body)
	w.must(err)
	var all []string
	for _, u := range n.nodes {
		all = append(all, u.value("update_id"))
	}
	if len(all) < 12 || !slices.Equal(read, all) {
		t.Errorf("page by page it read\n%v\nand there are\n%v", read, all)
	}
	if ids, next := page(cursor); len(ids) != 0 || next != cursor {
		t.Errorf("behind the last page are %v, and it goes on at %q and not at %q", ids, next, cursor)
	}
	at = at.AddDate(0, 0, 200) // who was away for long goes on all the same
	happen()
	if ids, _ := page(cursor); len(ids) != 2 {
		t.Errorf("after 200 days without anything the next page has %v", ids)
	}
	if fresh := w.get("servicerequestupdates.json?start_date=2026-11-29T00:00:00Z&end_date=2026-11-30T00:00:00Z"); fresh.body != "[]\n" && fresh.body != "[]" || fresh.header.Get("X-Next-Cursor") != "" {
		t.Errorf("where nothing happened: %q, cursor %q", fresh.body, fresh.header.Get("X-Next-Cursor"))
	}
}

// A cursor that is none is told so, and what goes with none.
func TestCursorsThatAreNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	code := string(w.files(morning, nil).Code)
	of := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	good := of(fmt.Sprintf("%d.%s.2", morning.UnixNano(), code))
	for call, words := range map[string]string{
		"cursor=":                      "cursor is empty",
		"cursor=x":                     "cursor is none that was given here",
		"cursor=%00":                   "cursor is none that was given here",
		"cursor=" + code:               "cursor is none that was given here",
		"cursor=" + of("1.2"):          "cursor is none that was given here",
		"cursor=" + of("x."+code+".2"): "cursor is none that was given here",
		"cursor=" + of("99999999999999999999."+code+".2"):     "cursor is none that was given here",
		"cursor=" + of("-1."+code+".2"):                       "cursor is none that was given here",
		"cursor=" + of("1764295200000000000.SRG-AAAAA-A.2"):   "cursor is none that was given here",
		"cursor=" + of("1764295200000000000."+code+".-2"):     "cursor is none that was given here",
		"cursor=" + good + "&cursor=" + good:                  "cursor is given more than once",
		"cursor=" + good + "&start_date=2026-11-28T00:00:00Z": "cursor takes the place of start_date",
		"cursor=" + good + "&end_date=2026-11-01T00:00:00Z":   "end_date is before",
		"limit=0":    "limit is no number from 1 to 1000",
		"limit=1001": "limit is no number from 1 to 1000",
		"limit=x":    "limit is no number from 1 to 1000",
		"limit=":     "limit is empty",
	} {
		_, text := w.both(d, http.MethodGet, "servicerequestupdates?"+call, "updates", http.StatusBadRequest, w.get)
		if !strings.Contains(text, words) {
			t.Errorf("%s is told %s", call, text)
		}
	}
	w.both(d, http.MethodGet, "servicerequestupdates?cursor="+good, "updates", http.StatusOK, w.get)
}
