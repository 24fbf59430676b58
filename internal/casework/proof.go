package casework

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/twin"
)

// A photo that proves work is a new one: neither what a citizen sent, nor what an answer showed before, of whichever report.

// Used is where a picture was shown before it came as proof.
type Used struct {
	Report report.Report
	// Citizen says that a citizen sent it; else it came with an office's answer.
	Citizen bool
}

// NeedsProof reports whether it takes a photo to say that a report is done.
func (o *Office) NeedsProof(r report.Report) bool {
	c, _ := o.Profile.Category(r.Category)
	return c.Physical
}

// samePictures are those of some pictures that show the same as another: under the name that its network gave it, with the same content,
// or looking alike, also in a mirror or with a little cut off. What has no look is like nothing.
func samePictures(a ledger.Alike, all []ledger.Picture) (out []ledger.Picture) {
	for _, p := range all {
		named := a.From.ID != "" && p.From.Network == a.From.Network && p.From.ID == a.From.ID
		kept := a.Ref.ID != "" && p.File.Ref.ID == a.Ref.ID
		disguised := slices.ContainsFunc(strings.Fields(p.File.Disguises), func(l string) bool { return twin.SamePicture(a.Look, l) })
		if named || kept || disguised || twin.SamePicture(a.Look, p.File.Look) {
			out = append(out, p)
		}
	}
	return out
}

// Proving is a photo that is to prove the answer Answer of a report, 0 for one that is not on record yet, with when it came.
type Proving struct {
	ledger.Alike
	Report report.Report
	Facts  []report.Fact
	Answer int
	At     time.Time
}

// UsedBefore tells where a photo was shown before it came as proof, nil for nowhere: in its own report first. load reads another
// report; what is none any more (ledger.ErrUnknown) shows nothing.
func UsedBefore(p Proving, all []ledger.Picture, load func(report.ID) (report.Report, []report.Fact, error)) (*Used, error) {
	same := samePictures(p.Alike, all)
	slices.SortStableFunc(same, func(a, b ledger.Picture) int {
		return cmp.Or(-compareTruth(a.Report == p.Report.ID, b.Report == p.Report.ID), cmp.Compare(a.Report, b.Report), strings.Compare(a.From.ID, b.From.ID))
	})
	others := map[report.ID]Proving{p.Report.ID: p}
	for _, pic := range same {
		o, read := others[pic.Report]
		if !read {
			r, facts, err := load(pic.Report)
			if err != nil && !errors.Is(err, ledger.ErrUnknown) {
				return nil, err
			}
			o = Proving{Report: r, Facts: facts}
			others[pic.Report] = o
		}
		if u, ok := usedIn(o.Report, o.Facts, pic, o.Answer, p.At); ok {
			return &u, nil
		}
	}
	return nil, nil //nolint:nilnil // nowhere is no mistake
}

func compareTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// usedIn tells where in a report a picture was shown before a time, in what stands. but is the Seq of the answer that it is to
// prove, 0 for one that is not on record yet.
func usedIn(r report.Report, facts []report.Fact, p ledger.Picture, but int, before time.Time) (u Used, ok bool) {
	for _, f := range facts {
		of := answerSeq(f)
		if of == but && but != 0 || !f.At.Before(before) || taken(facts, of) || !slices.ContainsFunc(f.Photos, func(m bot.MediaRef) bool {
			return sameRef(m, p.File.Ref) || sameRef(m, p.From)
		}) {
			continue
		}
		u = Used{Report: r, Citizen: f.By.Role == report.Citizen || f.What == report.WasFiled || f.What == report.WasAdded}
		if ok = true; u.Citizen {
			return u, true
		}
	}
	return u, ok
}

func sameRef(a, b bot.MediaRef) bool { return a.ID != "" && a.Network == b.Network && a.ID == b.ID }

// answerSeq is the Seq of the answer that a fact is, or joined.
func answerSeq(f report.Fact) int {
	if f.What == report.WasEnclosed {
		return f.Of
	}
	return f.Seq
}

// SeenIn is where a picture was shown, for somebody to read. The number of what is confidential is for its own office and the coordinator,
// and not for the group, where others read it.
func (o *Office) SeenIn(r report.Report, u Used, by report.Actor) report.Seen {
	s := report.Seen{Code: u.Report.Code, Citizen: u.Citizen}
	if u.Report.ID != r.ID && o.Secret(u.Report) && (o.inGroup(by) || o.MayOpen(u.Report, by) != nil) {
		s.Code = ""
	}
	return s
}

// UsedWords tells an officer why a picture does not prove anything.
func (o *Office) UsedWords(r report.Report, u Used, by report.Actor) string {
	return o.SeenWords(r, o.SeenIn(r, u, by))
}

// SeenWords is UsedWords of what is on record.
func (o *Office) SeenWords(r report.Report, s report.Seen) string {
	own, other := s.Code == r.Code, "laporan "+string(s.Code)
	if s.Code == "" {
		other = "laporan lain"
	}
	switch {
	case own && s.Citizen:
		return fmt.Sprintf("Foto ini sama dengan foto dari pelapor laporan %s sendiri, jadi bukan bukti pekerjaan.", r.Code)
	case own:
		return fmt.Sprintf("Foto ini sudah dikirim di jawaban laporan %s sebelumnya, jadi tidak dihitung lagi.", r.Code)
	case s.Citizen:
		return fmt.Sprintf("Foto ini sama dengan foto warga di %s, jadi bukan bukti untuk %s.", other, r.Code)
	case s.Code == "":
		return fmt.Sprintf("Foto ini sudah dipakai sebagai bukti %s, jadi tidak dihitung untuk %s.", other, r.Code)
	}
	return fmt.Sprintf("Foto ini sudah dipakai sebagai bukti %s, jadi tidak dihitung untuk %s. Satu pekerjaan untuk keduanya? Gabungkan dulu: /gabung.", other, r.Code)
}

// Proof is the answer that a fact belongs to, with all its photos, where they are what proves that the report is done; ok is false
// for anything else, and while one of them is not kept.
func (o *Office) Proof(r report.Report, facts []report.Fact, seq int) (answer report.Fact, photos []bot.MediaRef, ok bool) {
	for _, f := range facts {
		if f.Seq == seq {
			seq = answerSeq(f)
			break
		}
	}
	at := slices.IndexFunc(facts, func(f report.Fact) bool { return f.Seq == seq })
	over := r.Status == report.Resolved || r.Status == report.Closed
	if at < 0 || facts[at].What != report.WasResolved || taken(facts, seq) || !over || !o.NeedsProof(r) {
		return report.Fact{}, nil, false
	}
	if _, pends := Pending(facts); pends { // a timer asks for a new one
		return report.Fact{}, nil, false
	}
	for _, f := range append([]report.Fact{facts[at]}, enclosed(facts, seq)...) {
		photos = append(photos, f.Photos...)
		if f.Lost+f.Waiting > 0 {
			return report.Fact{}, nil, false // nobody knows what it shows
		}
	}
	kept := !slices.ContainsFunc(photos, func(m bot.MediaRef) bool { return m.Network != bot.Store })
	return facts[at], photos, kept && len(photos) > 0
}

// Unproven tells the coordinator, and the officers who have the report, that none of the photos by which it was said to be done is new.
func (o *Office) Unproven(r report.Report, answer report.Fact, u Used, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	tell := func(key, room, text, card string) {
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/" + key, To: o.Desk, Desk: true, Room: room, Report: r.ID, Purpose: ledger.ToDesk,
			Answers: card, Message: bot.Message{Text: text}})
	}
	group := report.Actor{Chat: o.Desk}
	head := "⚠️ Foto bukti selesai laporan " + bot.Bold(string(r.Code)) + " tidak dihitung. "
	if r.Agency != "" {
		tell("office", r.Agency, head+o.UsedWords(r, u, group)+
			" Balas kartunya dengan foto hasil pekerjaan yang baru.", r.CardKey)
	}
	by := answer.By.Name
	if by == "" {
		by = o.OfficeName(r.Agency)
	}
	tell("city", "", head+o.UsedWords(r, u, group)+
		fmt.Sprintf(" Yang menyatakan selesai: %s. Belum dikerjakan? /bukalagi %s alasan.", by, r.Code), "")
	return b
}
