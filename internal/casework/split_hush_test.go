package casework_test

import (
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// taken finds the letter that takes off what the desk wrote under a key.
func (l *later) taken(key string) (text string, ok bool) {
	i := slices.IndexFunc(l.last.Letters, func(x ledger.Letter) bool { return x.Only && x.Edits == key })
	if i < 0 {
		return "", false
	}
	return l.last.Letters[i].Message.Text, true
}

func (l *later) shown() {
	l.Helper()
	var err error
	if l.posts, err = l.m.Shown(l.Context(), l.r.ID); err != nil {
		l.Fatal(err)
	}
}

// A part that is split off is a matter to hide. Its words stand in the first as well: what the group was shown of that goes, with cards
// in rooms that it has left, and who follows it is told that no more news comes.
func TestASensitivePartGoesOutOfTheGroupWithTheFirst(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	l.r = followed(t, l.m, l.r, follower)
	l.act(rina, report.Forward{To: "DPUPR"})
	l.act(asep, report.Add{Words: "depan warung bu haji"})
	said := l.last.Letters[0].Key
	l.shown()
	l.act(rina, report.Split{Part: report.Draft{Text: "depan rumah Asep", Category: "bantuan"}, ID: l.r.ID + 1, Code: "CTH-M2P8X-4"})
	if _, ok := l.taken(said); !ok || !l.o.Secret(l.r) {
		t.Errorf("what was said is still there: %+v", l.last.Letters)
	}
	older := slices.ContainsFunc(l.last.Letters, func(x ledger.Letter) bool { return x.Purpose == ledger.Refresh && x.Edits == "card:1" })
	told := slices.ContainsFunc(l.last.Letters, func(x ledger.Letter) bool {
		return x.To == follower && strings.Contains(x.Message.Text, "is confidential now")
	})
	if !older || !told {
		t.Errorf("the older card is drawn anew: %v; who follows it is told: %v", older, told)
	}
}

// The first turns out to be a matter to hide after a part was split off. Its pictures hang under the card of the second: they go.
func TestPicturesUnderTheSecondGoWithTheFirst(t *testing.T) {
	t.Parallel()
	d := lamp(report.Normal)
	d.Photos = []bot.MediaRef{{Network: bot.WhatsApp, ID: "P"}}
	l := newLater(t, d)
	l.act(rina, report.Split{Part: report.Draft{Text: "depan rumah Asep", Category: "jalan"}, ID: l.r.ID + 1, Code: "CTH-M2P8X-4"})
	at := slices.IndexFunc(l.last.Letters, func(x ledger.Letter) bool { return len(x.Message.Photos) == 1 })
	if at < 0 {
		t.Fatalf("the second has no pictures: %+v", l.last.Letters)
	}
	key := l.last.Letters[at].Key
	l.shown()
	l.act(rina, report.Categorise{Category: "bantuan"})
	if text, ok := l.taken(key); !ok || !strings.Contains(text, "Foto ini dihapus") {
		t.Errorf("its pictures stay: %q", text)
	}
}

// The second turns out to be a matter to hide. Its words stand in the first as well, so that is kept from the group with it, and its reporter
// reads so.
func TestWhatAPartWasSplitOffFromIsHiddenWithIt(t *testing.T) {
	t.Parallel()
	l := newLater(t, lamp(report.Normal))
	l.act(asep, report.Add{Words: "depan warung bu haji"})
	said := l.last.Letters[0].Key
	l.act(rina, report.Split{Part: report.Draft{Text: "depan rumah Asep", Category: "jalan"}, ID: l.r.ID + 1, Code: "CTH-M2P8X-4"})
	l.shown()
	facts, err := l.m.Facts(t.Context(), l.r.ID)
	if err != nil {
		t.Fatal(err)
	}
	first := casework.Kin{Report: l.r, Facts: facts, Posts: l.posts}
	second, err := l.m.ByID(t.Context(), l.r.ID+1)
	if err != nil {
		t.Fatal(err)
	}
	if facts, err = l.m.Facts(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	_, l.last, err = l.o.Act(second, rina, report.Categorise{Category: "bantuan"}, casework.Occasion{Cause: "c", At: l.at, Facts: facts, Served: served, Kin: []casework.Kin{first}})
	if err != nil {
		t.Fatal(err)
	}
	var hidden bool
	for _, ch := range l.last.Changes {
		if ch, ok := ch.(ledger.Changed); ok && ch.Report.ID == l.r.ID {
			hidden = ch.Was == l.r.Rev && l.o.Secret(ch.Report)
		}
	}
	told := slices.ContainsFunc(l.last.Letters, func(x ledger.Letter) bool {
		return x.To == citizen && strings.Contains(x.Message.Text, "tutup dari grup") && strings.Contains(x.Message.Text, string(l.r.Code))
	})
	if _, off := l.taken(said); !hidden || !told || !off {
		t.Errorf("the first is hidden: %v; its reporter is told: %v; what was said is taken off: %v", hidden, told, off)
	}
}
