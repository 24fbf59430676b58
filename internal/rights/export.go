package rights

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const (
	paperType = "text/html"
	// lettersMost is how many letters a copy holds, filesMost how many photos and files come with it, filesAtOnce in one message.
	lettersMost = 2000
	filesMost   = 500
	filesAtOnce = 10
)

// Export makes the copy of what is kept about a person and sends it, with the photos, to the person's own chat. It may be called again
// until it succeeds.
func (c *Clerk) Export(ctx context.Context, e ledger.Export) error {
	p, err := c.Store.Plea(ctx, e.Plea)
	if errors.Is(err, ledger.ErrUnknown) || err == nil && p.Stage != ledger.PleaAsked {
		return nil
	}
	if err != nil {
		return err
	}
	office := c.Office()
	if p.Chat.Zero() || p.Chat.Chat() == office.Desk.Chat() {
		return c.commit(ctx, office.PleaEnded(p, c.occasion(p, "nobody")))
	}
	if p, err = c.together(ctx, p); err != nil {
		return err
	}
	own, err := c.possessions(ctx, p, lettersMost+1)
	if err != nil {
		return err
	}
	more := len(own.Letters) > lettersMost
	own.Letters = own.Letters[:min(len(own.Letters), lettersMost)]
	var drafts []report.Draft
	if c.Drafts != nil {
		for _, chat := range append([]bot.Address{p.Chat}, p.Tied...) {
			some, err := c.Drafts(ctx, chat)
			if err != nil {
				return err
			}
			drafts = append(drafts, some...)
		}
	}
	looks, err := c.looks(ctx, own.Reports)
	if err != nil {
		return err
	}
	media, all := mediaOf(own)
	doc := paper{voice: say.For(office.Profile, p.Lang), plea: p, own: own, drafts: drafts, looks: looks, cut: all - len(media), more: more}.write()
	ref := bot.MediaRef{Network: bot.Store, ID: c.paperKey(p.ID), MIME: paperType, Size: int64(len(doc))}
	if err := c.Blobs.Put(ctx, ref.ID, paperType, doc); err != nil {
		return fmt.Errorf("keep a copy of what is kept about a person: %w", err)
	}
	return c.commit(ctx, given(office, p, ref, media, all, c.occasion(p, "given")))
}

// given is a copy on its way: the file first, then the pictures. all are how many of them there are.
func given(o *casework.Office, p ledger.Plea, ref bot.MediaRef, media []bot.MediaRef, all int, t casework.Occasion) ledger.Batch {
	was := p.Rev
	p.Rev, p.Stage, p.File, p.Done = was+1, ledger.PleaGiven, ref, t.At
	until := t.At.Add(casework.ExportFor)
	b := ledger.Batch{Cause: t.Cause, At: t.At,
		Changes: []ledger.Change{ledger.Pleaded{Plea: p, Was: was},
			ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: until}}},
		Looks: []ledger.Look{{At: t.At, Who: ledger.ByCitizen, Act: ledger.LookExport, About: "own"}}}
	v := say.For(o.Profile, p.Lang)
	b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/file", To: p.Chat, Purpose: ledger.Reply, Until: until,
		Message: bot.Message{Text: v.ExportHere(len(media), all), Files: []bot.MediaRef{ref}}})
	for n := 0; len(media) > 0; n++ {
		some := media[:min(filesAtOnce, len(media))]
		media = media[len(some):]
		m := bot.Message{}
		for _, f := range some {
			if f.MIME == "image/jpeg" {
				m.Photos = append(m.Photos, f)
			} else {
				m.Files = append(m.Files, f)
			}
		}
		b.Letters = append(b.Letters, ledger.Letter{Key: fmt.Sprintf("%s/media%d", t.Cause, n), To: p.Chat, Purpose: ledger.Reply, Until: until, Message: m})
	}
	return b
}

// mediaOf are the kept photos and files that a person sent: to the own reports, to those that he or she follows, and in talks. all are how many
// there are; no more than filesMost are given.
func mediaOf(own ledger.Possessions) (out []bot.MediaRef, all int) {
	seen := map[string]bool{}
	add := func(files map[string]ledger.File, refs []bot.MediaRef) {
		for _, m := range refs {
			kept := files[string(m.Network)+":"+m.ID].Ref
			if kept.ID == "" || seen[kept.ID] {
				continue
			}
			seen[kept.ID] = true
			if all++; len(out) < filesMost {
				out = append(out, kept)
			}
		}
	}
	sent := func(k ledger.Case, f report.Fact) { add(k.Files, slices.Concat(f.Photos, f.Files)) }
	for _, k := range own.Reports {
		for _, f := range k.Facts {
			if f.By.Role == report.Citizen && !others(f, own.Chats) {
				sent(k, f)
			}
		}
	}
	for _, k := range own.Followed {
		for _, f := range k.Facts {
			if f.By.Role == report.Citizen && follows(f, own.Chats) {
				sent(k, f)
			}
		}
	}
	for _, c := range own.Calls {
		for _, l := range c.Lines {
			if l.ByCitizen() {
				add(own.TalkFiles, slices.Concat(l.Photo, l.Files))
			}
		}
	}
	return out, all
}

// paperKey names a copy in the media store, so that nobody can guess it, and the same for each try.
func (c *Clerk) paperKey(id ledger.PleaID) string {
	sum := hmac.New(sha256.New, c.Store.ErasureKey())
	sum.Write([]byte("export\x00" + id))
	name := hex.EncodeToString(sum.Sum(nil))
	return path.Join(name[:2], name+".html")
}

// endExport removes a copy whose time is over.
func (c *Clerk) endExport(ctx context.Context, t ledger.Timer, p ledger.Plea) error {
	if err := c.Blobs.Remove(ctx, c.paperKey(p.ID)); err != nil {
		return fmt.Errorf("remove a copy: %w", err)
	}
	return c.settle(ctx, t, func(now ledger.Plea) (ledger.Batch, error) {
		return c.Office().PleaEnded(now, c.occasion(now, "end")), nil
	})
}

// endExports removes the copies of a person who is erased.
func (c *Clerk) endExports(ctx context.Context, chats []bot.Address) error {
	for _, chat := range chats {
		for {
			p, err := c.Store.PleaOf(ctx, chat, ledger.ExportPlea)
			if errors.Is(err, ledger.ErrUnknown) {
				break
			}
			if err == nil {
				err = c.Blobs.Remove(ctx, c.paperKey(p.ID))
			}
			if err == nil {
				err = c.commit(ctx, c.Office().PleaEnded(p, c.occasion(p, "end")))
			}
			if err != nil {
				return fmt.Errorf("end a copy: %w", err)
			}
		}
	}
	return nil
}

func (c *Clerk) commit(ctx context.Context, b ledger.Batch) error {
	err := c.Store.Commit(ctx, b)
	if errors.Is(err, ledger.ErrDone) {
		return nil
	}
	return err
}
