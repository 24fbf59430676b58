package outbox

import (
	"context"
	"fmt"

	"rabeg/bot"
)

// files puts the kept copies in place of what the networks named. Files that are lost, or do not come, are left out, and
// operators are told so, with the reason.
func (w *wire) files(ctx context.Context, it *Item, m *bot.Message) error {
	photos, lost, err := w.kept(ctx, it, m.Photos)
	if err != nil {
		return err
	}
	files, more, err := w.kept(ctx, it, m.Files)
	if err != nil {
		return err
	}
	m.Photos, m.Files = nil, files
	for _, p := range photos { // what was drawn anew is shown; what could only be kept as it came is a file
		if p.Network == bot.Store && p.MIME != "" && p.MIME != "image/jpeg" {
			m.Files = append(m.Files, p)
		} else {
			m.Photos = append(m.Photos, p)
		}
	}
	if lost = append(lost, more...); len(lost) > 0 && it.Letter.Desk {
		m.Text += fmt.Sprintf("\n(%d lampiran tidak dapat ditampilkan: %s)", len(lost), lost[0])
	}
	return nil
}

// kept gives the kept copies, and why others are not among them.
func (w *wire) kept(ctx context.Context, it *Item, refs []bot.MediaRef) (out []bot.MediaRef, lost []string, err error) {
	for _, r := range refs {
		if r.Network == bot.Store {
			out = append(out, r)
			continue
		}
		f, ok, err := w.directory.File(ctx, r)
		if err != nil {
			return nil, nil, err
		}
		ok = ok && f.Waits == ""
		switch {
		case !ok && w.patient(it, filePatience):
			return nil, nil, errNotYet
		case !ok:
			lost = append(lost, "belum dapat diambil")
		case f.Lost != "":
			lost = append(lost, f.Lost)
		default:
			out = append(out, f.Ref)
		}
	}
	return out, lost, nil
}
