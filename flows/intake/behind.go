package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// Who tells of a danger while another report is in the making tells of another matter: the danger's report begins with nothing but
// its own words, so that no wrong place is shown to who goes there, and the report that was there waits behind it (Form.Behind).
// It comes back when the danger's is sent or called off. To begin anew in error costs the question where it is; to go on in error
// sends somebody to the wrong place.

// makeRoom lays the report in the making behind a danger that is no part of it, or that comes long after it was left. Two wait at most:
// who tells of danger after danger tells one story.
func (t *telling) makeRoom(p flows.Parcel, rd understand.Reading) {
	f := t.n.Form
	if f.Empty() || f.Behind != nil && f.Behind.Behind != nil || t.s.Quiet < flows.Pause && (f.Emergency || !t.ownMatter(p, rd)) {
		return
	}
	t.n.Form, t.n.Before, t.s.Ask = nil, nil, nil
	t.form().Behind = f
}

// makeWait lays the report in the making behind one that an officer is to have first, and says so.
func (t *telling) makeWait() {
	f := t.n.Form
	if f.Empty() {
		return
	}
	t.n.Form, t.n.Before = nil, nil
	t.form().Behind = f
	t.say(t.v.WaitsBehind(f.Category))
}

// ownMatter reports whether what is told is another matter than the report in the making: it is elsewhere, or neither its words nor its
// category have anything of that report's. Pictures and a place without words belong to what is told first.
func (t *telling) ownMatter(p flows.Parcel, rd understand.Reading) bool {
	f := t.n.Form
	if f.Text == "" || p.Text == "" {
		return false
	}
	told, _ := t.placeIn(understand.Part{Text: p.Text, Reading: rd}, "")
	return elsewhere(f.Place, told) || !t.sameMatter(p.Text, rd)
}

// aside keeps for later what is told in a danger and is surely no part of it; false for all else. The room reads it all the same.
func (t *telling) aside(p flows.Parcel, rd understand.Reading) bool {
	f := t.n.Form
	if !t.n.inDanger() || rd.Emergency || t.overheard || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	parts := understand.Parts(t.Reader, p.Text)
	if slices.ContainsFunc(parts, func(p understand.Part) bool { return p.Reading.Emergency }) || len(parts) < 2 && !understand.Besides(t.Reader, f.Category, f.Text, p.Text) {
		return false
	}
	if t.n.Aside == nil || t.n.Aside.Doubt {
		t.n.Aside = &flows.Parcel{}
	}
	t.n.Aside.Join(p)
	t.tell(flows.InsistCall, p, f.Place)
	t.say(t.v.AfterDanger())
	t.nextDanger(false)
	return true
}

// elsewhere reports whether two places that are known are not the same.
func elsewhere(a, b report.Place) bool {
	if !a.Known() && a.District == "" || !b.Known() && b.District == "" {
		return false
	}
	switch {
	case a.Area != "" && b.Area != "":
		return a.Area != b.Area
	case a.District != "" && b.District != "" && a.District != b.District:
		return true
	}
	said, other := bot.Fold(a.Said), bot.Fold(b.Said)
	return said != "" && other != "" && !akin(said, other)
}

// sameMatter reports whether words go on with the report in the making: they point back, name a thing that it names, or are of its
// category.
func (t *telling) sameMatter(text string, rd understand.Reading) bool {
	f := t.n.Form
	among := func(all []report.Guess, category string) bool {
		return slices.ContainsFunc(all, func(g report.Guess) bool { return g.Category == category && g.P >= understand.Faint })
	}
	if f.Category != "" && among(rd.Guesses, f.Category) || f.Category == "" && len(rd.Guesses) > 0 && among(f.Guesses, rd.Guesses[0].Category) {
		return true
	}
	words := strings.Fields(bot.Fold(text))
	for i, w := range words {
		if i < 3 && pointsBack(w) || i < 5 && adds(w) {
			return true
		}
	}
	told := strings.Fields(bot.Fold(f.Text))
	return slices.ContainsFunc(words, func(w string) bool {
		w = stem(w)
		return len(w) >= 4 && !commonplace(w) && slices.ContainsFunc(told, func(h string) bool { return stem(h) == w })
	})
}

// pointsBack knows the words that speak of what was told before.
func pointsBack(w string) bool {
	switch w {
	case "itu", "tadi", "makin", "malah", "malahan", "akibatnya", "akhirnya", "gara", "jadinya", "it", "its", "they", "tambah", "saking":
		return true
	}
	return false
}

// adds knows the words that say that something is added to what was told.
func adds(w string) bool {
	switch w {
	case "tambahin", "tambahkan", "tambahan", "tambahannya", "ditambah", "tambahi", "nambahin", "tambihan", "imbuhi", "add", "addition":
		return true
	}
	return false
}

// stem is a word without what is hung on it.
func stem(w string) string {
	for _, end := range [...]string{"nya", "ne", "na", "e"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= 4 {
			return s
		}
	}
	return w
}

// commonplace knows words that stand in messages about anything: people, courtesies, and what a place is near.
func commonplace(w string) bool {
	switch w {
	case "jalan", "jalanan", "depan", "dekat", "deket", "belakang", "samping", "sebelah", "rumah", "umah", "imah", "orang", "wong", "jalma", "warga", "tetangga", "anak", "bocah",
		"budak", "tolong", "tulung", "mohon", "banyak", "akeh", "sudah", "udah", "belum", "lagi", "yang", "saya", "kami", "kita", "disini", "sini", "kota", "serang", "kampung",
		"kelurahan", "kecamatan", "perumahan", "komplek", "gang", "masjid", "mushola", "sekolah", "pasar", "toko", "warung", "kantor", "semua", "banget", "sekali", "parah",
		"tidak", "nggak", "bapak", "lapor", "laporan", "mau", "dari", "sama", "terus", "sampai", "sampe", "dengan", "karena", "besar", "gede", "pagi", "siang", "malam", "malem", "hari",
		"there", "house", "street", "road", "near", "front", "people", "please", "help", "have", "this", "that", "with", "from", "school":
		return true
	}
	return false
}

// rejoin lays what was called off into the report that waited behind it, where it tells of no matter of its own: that somebody was hurt
// ("udah ada yang jatuh") was said of that one. A fire or a lost child is a matter by itself, and a
// voice note that is still listened to keeps the draft to which its words will come.
func (t *telling) rejoin() {
	f := t.n.Form
	waits := f.Behind
	hurt := f.Peril == "" || f.Peril == "lalin" || f.Peril == "medis"
	if waits == nil || waits.Text == "" || !hurt || f.Visibility != waits.Visibility || f.Held || f.Listening != "" || len(f.Parts) == 0 || utf8.RuneCountInString(waits.Text+f.Text) >= flows.MaxText {
		return
	}
	first := f.Text[:min(f.Parts[0].Len, len(f.Text))]
	rd := t.Reader.Read(first)
	if place, _ := t.placeIn(understand.Part{Text: first, Reading: rd}, ""); place.Known() || place.District != "" || len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure {
		return
	}
	at := 0
	for _, p := range f.Parts {
		end := min(at+p.Len, len(f.Text))
		waits.AddText(p.Ref, f.Text[min(at, end):end])
		at = end + 1
	}
	waits.attach(f.Photos, f.Files)
	if !waits.Place.Known() && f.Place.Known() {
		waits.Place, waits.Placed, waits.Pinned, waits.Where = f.Place, f.Placed, f.Pinned, nil
	}
	t.n.Form = waits
	was := waits.Category
	t.understood(t.Reader.Read(waits.Text))
	t.rival(was)
	t.part(f.Text)
}

// behind takes the report that waits behind one away from it.
func (f *Form) behind() (waits *Form) {
	if f != nil {
		waits, f.Behind = f.Behind, nil
	}
	return waits
}

// bringBack makes the report that waited the one in the making again. asks says that its question is asked at once; else it is told
// that it is there.
func (t *telling) bringBack(waits *Form, asks bool) {
	switch {
	case waits == nil:
		return
	case t.n.Form != nil: // another has been begun meanwhile
		t.n.Form.Behind = waits
		return
	}
	t.n.Form = waits
	t.do(flows.Nudge{Draft: waits.ID, After: flows.NudgeAfter})
	if asks {
		t.say(t.v.Earlier(waits.Text))
		t.next()
		return
	}
	t.send(bot.Message{Text: t.v.StillUnsent(waits.Text)})
}
