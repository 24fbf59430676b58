package open311

import (
	"cmp"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/report"
)

// nextHeader is the header that tells where a list goes on.
const nextHeader = "X-Next-Cursor"

// mark is a moment's place among all of them: by its time, and of one time by the report and the fact. A moment is told once it is
// settled, so that none comes before one that was told; who goes on behind a place reads each once. The zero mark is before all.
type mark struct {
	at   time.Time
	code report.Code
	seq  int
}

func markOf(st step) mark { return mark{st.At, st.code, st.Seq} }

func (p mark) compare(other mark) int {
	return cmp.Or(p.at.Compare(other.at), cmp.Compare(p.code, other.code), cmp.Compare(p.seq, other.seq))
}

// cursor is the place as clients get it: nothing for them to read or make.
func (p mark) cursor() string {
	if p.at.IsZero() {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.at.UnixNano(), 10) + "." + string(p.code) + "." + strconv.Itoa(p.seq)))
}

// readMark reads the cursor of a query; the zero mark where it has none. It takes the place of start_date.
func readMark(q url.Values, prefix string) (mark, *Fault) {
	text, fault := one(q, "cursor")
	switch {
	case fault != nil:
		return mark{}, fault
	case text == "" && q.Has("cursor"):
		return mark{}, bad("cursor is empty")
	case text == "":
		return mark{}, nil
	case q.Has("start_date"):
		return mark{}, bad("cursor takes the place of start_date; send one of them")
	}
	none := bad("cursor is none that was given here")
	plain, err := base64.RawURLEncoding.DecodeString(text)
	parts := strings.Split(string(plain), ".")
	if err != nil || len(parts) != 3 {
		return mark{}, none
	}
	nanos, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || nanos <= 0 {
		return mark{}, none
	}
	code, ok := report.ParseCode(prefix, parts[1])
	if !ok {
		return mark{}, none
	}
	seq, err := strconv.Atoi(parts[2])
	if err != nil || seq < 1 {
		return mark{}, none
	}
	return mark{time.Unix(0, nanos).UTC(), code, seq}, nil
}

// since is the span behind a mark, until end_date or now: however long somebody was away.
func since(m mark, q url.Values, now time.Time, in *time.Location) (from, to time.Time, fault *Fault) {
	to, fault = moment(q, "end_date", in)
	switch {
	case fault != nil:
		return m.at, to, fault
	case to.IsZero():
		return m.at, now, nil
	case to.Before(m.at.Truncate(time.Second)):
		return m.at, to, bad("end_date is before the last update that the cursor has behind it")
	}
	return m.at, to.Add(time.Second), nil
}

// most is how many of a list somebody wants at once, up to a bound that also holds where it is not said.
func most(q url.Values, bound int) (int, *Fault) {
	text, fault := one(q, "limit")
	switch {
	case fault != nil:
		return 0, fault
	case text == "" && q.Has("limit"):
		return 0, bad("limit is empty")
	case text == "":
		return bound, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > bound {
		return 0, bad("limit is no number from 1 to %d", bound)
	}
	return n, nil
}
