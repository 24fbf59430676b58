package desk

import (
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// used tells where the photos were shown before by which a report is said to be done; nil where one is new, or nobody can tell in time:
// then they count, and they are looked at again when they are kept.
func (h *handling) used(a report.Action, c Command, on subject) (*casework.Used, error) {
	answer, ok := h.office.Proves(on.report, on.facts, on.by, a, c.Album)
	if !ok {
		return nil, nil //nolint:nilnil // nowhere is no mistake
	}
	var photos []bot.MediaRef
	switch a := a.(type) {
	case report.Resolve:
		photos = a.Photos
	case report.Reply:
		photos = a.Photos
	}
	return h.shownBefore(photos, answer, on)
}

// usedInAlbum tells an officer of an old photo of an album. The others may be new, and a picture of before may stand beside the one of after:
// so it is not refused, and nothing is sent before a new one has come.
func (h *handling) usedInAlbum(c Command, on subject, u *casework.Used, facts []report.Fact) {
	if c.Album == "" || u == nil {
		return
	}
	l := ledger.Letter{Report: on.report.ID, Fold: "used:" + c.Album}
	text := "⚠️ " + h.office.UsedWords(on.report, *u, on.by)
	if _, pends := casework.Pending(facts); !pends {
		l.Message.Text = text + " Yang dihitung foto lain di album ini."
	} else {
		l.Intent, l.Message.Text = string(Resolve), text+fmt.Sprintf(" Belum dikirim ke warga: balas pesan ini dengan foto hasil pekerjaan yang baru. "+
			"Tanpa foto baru, selesai laporan %s dibatalkan.", on.report.Code)
	}
	h.letter(l)
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
