package desk

import (
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// permits reports whether who acts may do it at all.
func (h *handling) permits(on subject, a report.Action) bool {
	return h.office.Permit(on.report, on.by, a) == nil
}

// used tells where the photo was shown before by which a report is said to be done; nil where it is new, or nobody can tell in time:
// then it counts, and it is looked at again when it is kept. Of an album see usedInAlbum.
func (h *handling) used(a report.Action, c Command, on subject) (*casework.Used, error) {
	done, ok := a.(report.Resolve)
	if !ok || c.Album != "" || len(done.Photos) == 0 || !h.office.NeedsProof(on.report) || !h.permits(on, a) {
		return nil, nil //nolint:nilnil // nowhere is no mistake
	}
	return h.shownBefore(done.Photos, 0, on)
}

// usedInAlbum is used for a photo of an album, which comes by itself: the others may be new, and a picture of before may stand beside
// the one of after. So none is refused; the officer is told of each old one at once, while the answer can still be taken back.
func (h *handling) usedInAlbum(a report.Action, c Command, on subject) error {
	if c.Album == "" || !h.office.NeedsProof(on.report) {
		return nil
	}
	var photos []bot.MediaRef
	answer := 0
	switch a := a.(type) {
	case report.Resolve:
		photos = a.Photos
	case report.Reply:
		for _, f := range on.facts {
			if f.What == report.WasResolved && f.Album == c.Album && f.By.ID == on.by.ID {
				photos, answer = a.Photos, f.Seq
			}
		}
	}
	if len(photos) == 0 {
		return nil
	}
	u, err := h.shownBefore(photos, answer, on)
	if err != nil || u == nil {
		return err
	}
	h.letter(ledger.Letter{Report: on.report.ID, Fold: "used:" + c.Album, Message: bot.Message{Text: "⚠️ " + h.office.UsedWords(on.report, *u, on.by) +
		" Foto lain di album ini dihitung kalau baru. Tidak ada yang baru? Tekan Urungkan sekarang, lalu kirim foto hasil pekerjaan."}})
	return nil
}

// shownBefore tells where photos were shown before that are to prove the answer, 0 for one that is not on record yet; nil where one of
// them is new.
func (h *handling) shownBefore(photos []bot.MediaRef, answer int, on subject) (*casework.Used, error) {
	looks := map[string]string{}
	if h.Looks != nil {
		for m, look := range h.Looks(h.ctx, h.ev.Chat, photos) {
			looks[m.ID] = look
		}
	}
	var first *casework.Used
	for _, m := range photos {
		p := casework.Proving{Alike: ledger.Alike{Report: on.report.ID, From: m, Look: looks[m.ID]}, Report: on.report, Facts: on.facts, Answer: answer,
			At: h.ev.At.Add(time.Nanosecond)} // what is on record came before
		all, err := h.Reader.Pictures(h.ctx, p.Alike)
		if err != nil {
			return nil, fmt.Errorf("look for the photo: %w", err)
		}
		u, err := casework.UsedBefore(p, all, h.story)
		if err != nil || u == nil {
			return nil, err
		}
		if first == nil {
			first = u
		}
	}
	return first, nil
}

// story is a report with its facts.
func (h *handling) story(id report.ID) (report.Report, []report.Fact, error) {
	r, err := h.Reader.ByID(h.ctx, id)
	if err != nil {
		return r, nil, fmt.Errorf("read a report: %w", err)
	}
	facts, err := h.Reader.Facts(h.ctx, id)
	if err != nil {
		return r, nil, fmt.Errorf("read its facts: %w", err)
	}
	return r, facts, nil
}

// evidence is what says that a report is done.
func evidence(h *handling, on subject) string {
	if c, _ := h.office.Profile.Category(on.report.Category); c.Physical {
		return "foto hasil pekerjaan, boleh dengan keterangan"
	}
	return "penjelasan penyelesaian untuk warga"
}
