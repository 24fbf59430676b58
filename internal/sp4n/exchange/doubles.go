package exchange

import (
	"fmt"
	"hash/fnv"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
)

// twin is a report here that a new row is a double of.
type twin struct {
	report report.Report
	why    string
}

// nearby are the reports here without a number in LAPOR! that came in at the time of a file and say what a row of it says, by that.
type nearby struct {
	by map[uint64][]report.ID
	of map[report.ID]report.Report
}

// around is how far apart two may have come in that are one: who types a report into LAPOR! does so within some days.
const around = 4 * 24 * time.Hour

// doubles finds, for rows that are new, the reports that they are doubles of: those that name our number in their words, as a packet of
// ours does, and those of the same words, place and day.
func (r *run) doubles(rows []sp4n.Row) (map[int]twin, error) {
	out := map[int]twin{}
	used := map[report.ID]bool{}
	near, err := r.nearby()
	if err != nil {
		return nil, err
	}
	p := r.office.Profile
	for i, row := range rows {
		if row.Own != "" || row.Tracking == "" {
			continue
		}
		if code, found, valid := ourNumber(p.Prefix, row.First); found && valid {
			was, err := r.ByCode(r.ctx, code)
			if err == nil && was.Tracking() == "" && was.Erased.IsZero() && !used[was.ID] {
				out[i], used[was.ID] = twin{was, "menyebut nomor " + string(code)}, true
				continue
			}
		}
		for _, id := range near.by[printOf(row.First)] {
			was := near.of[id]
			if used[id] || !sameDay(was.Filed, row.Received, p.Location()) || !samePlace(was.Place, r.words.Place(row)) {
				continue
			}
			out[i], used[id] = twin{was, "isi, tempat, dan harinya sama"}, true
			break
		}
	}
	return out, nil
}

// ourNumber finds a number of ours in what a report says.
func ourNumber(prefix, text string) (code report.Code, found, valid bool) {
	if !strings.Contains(text, prefix) {
		return "", false, false
	}
	return report.FindCode(prefix, text)
}

// nearOnce are those of a whole file, read once for all of its parts, when the first asks.
type nearOnce struct {
	once sync.Once
	n    *nearby
	err  error
}

func (r *run) nearby() (*nearby, error) {
	r.near.once.Do(func() { r.near.n, r.near.err = r.readNearby() })
	return r.near.n, r.near.err
}

func (r *run) readNearby() (*nearby, error) {
	n := &nearby{by: map[uint64][]report.ID{}, of: map[report.ID]report.Report{}}
	from, to, at := r.first.Add(-around), r.last.Add(around), ledger.Mark{}
	for {
		some, err := r.Store.Unlinked(r.ctx, from, to, at, page)
		if err != nil {
			return nil, fmt.Errorf("look for doubles: %w", err)
		}
		for _, was := range some {
			if was.Text != "" && was.Status != report.Merged && was.Erased.IsZero() {
				if k := printOf(was.Text); r.said[k] {
					n.by[k] = append(n.by[k], was.ID)
					n.of[was.ID] = was
				}
			}
		}
		if len(some) < page {
			break
		}
		at = ledger.MarkOf(some[len(some)-1])
	}
	return n, nil
}

func (r *run) double(row sp4n.Row, t twin) {
	if len(r.result.Doubles) >= mostDoubles {
		r.result.Twins++
		return
	}
	r.result.Doubles = append(r.result.Doubles, Double{Tracking: row.Tracking, Code: t.report.Code, Why: t.why})
}

// printOf tells texts apart by their words.
func printOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(bot.Fold(text))) // never fails
	return h.Sum64()
}

func sameDay(a, b time.Time, in *time.Location) bool {
	return a.In(in).Format(time.DateOnly) == b.In(in).Format(time.DateOnly)
}

// samePlace reports whether two places may be one: what is not known contradicts nothing.
func samePlace(a, b report.Place) bool {
	if a.Area != "" && b.Area != "" {
		return a.Area == b.Area
	}
	return a.District == "" || b.District == "" || a.District == b.District
}
