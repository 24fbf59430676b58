package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sheet"
)

// sheet reads a file of LAPOR! that a coordinator sent.
func (a *App) sheet(ctx context.Context, s ledger.Sheet) error {
	return a.bureau.Sheet(ctx, s, time.Now(), func(ctx context.Context) ([]byte, error) {
		in, err := a.hub.Fetch(ctx, s.Media)
		if se, ok := errors.AsType[*bot.SendError](err); ok && se.Remedy != bot.Retry {
			return nil, exchange.ErrGone
		}
		if err != nil {
			return nil, err
		}
		defer func() { _ = in.Close() }()
		return io.ReadAll(io.LimitReader(in, sheet.MostBytes+1))
	})
}

// pack makes the zip of a packet for LAPOR!, keeps it with the report that it is of, so that it goes with it, and sends it.
func (a *App) pack(ctx context.Context, p ledger.Pack) error {
	w, err := a.Store.Whole(ctx, p.Report)
	if err != nil {
		return err
	}
	if !w.Report.Erased.IsZero() {
		return nil
	}
	file, photos, waits, err := a.parcel(ctx, w)
	if err != nil {
		return err
	}
	if waits {
		return errWaits
	}
	f, err := a.keeper.Keep(ctx, "document", func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil })
	if err != nil {
		return err
	}
	l := ledger.Letter{Key: "pack:" + p.Run, To: p.Chat, Report: p.Report, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: fmt.Sprintf("📎 Paket %s: isian dan %d foto dalam satu berkas zip.", w.Report.Code, photos), Files: []bot.MediaRef{f.Ref}}}
	if f.Lost != "" {
		l.Message = bot.Message{Text: fmt.Sprintf("Berkas zip paket %s tidak dapat dibuat: %s. Fotonya ada di kartu.", w.Report.Code, f.Lost)}
	}
	if p.Alone {
		l.Intent = casework.AloneIntent
	}
	from := bot.MediaRef{Network: bot.Store, ID: "pack:" + p.Run}
	b := ledger.Batch{Cause: l.Key, At: time.Now(), Changes: []ledger.Change{ledger.Stored{Report: p.Report, From: from, File: f}}, Letters: []ledger.Letter{l}}
	if err := a.Store.Commit(ctx, b); err != nil && !errors.Is(err, ledger.ErrDone) {
		return fmt.Errorf("send a packet: %w", err)
	}
	return nil
}

var errWaits = errors.New("its pictures are not kept yet")

// parcel is the zip: the fields as one text, and the first pictures, small enough for LAPOR!'s form. waits says that one is not here yet.
func (a *App) parcel(ctx context.Context, w ledger.Whole) (file []byte, photos int, waits bool, err error) {
	office := a.hub.Office()
	added, refs := office.Packed(w.Report, w.Facts)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range refs {
		if photos >= sp4n.PacketFiles {
			break
		}
		if m.Network != bot.Store {
			return nil, 0, true, nil
		}
		small, err := a.keeper.Small(ctx, m, sp4n.PacketBytes)
		if err != nil {
			a.log.Warn("a picture is left out of a packet", "report_id", w.Report.ID, "error", err)
			continue
		}
		photos++
		if err := zipped(z, fmt.Sprintf("lampiran-%d.jpg", photos), small); err != nil {
			return nil, 0, false, err
		}
	}
	mappings, err := a.Store.Mappings(ctx)
	if err != nil {
		return nil, 0, false, err
	}
	k := sp4n.Compose(casework.Remapped(office.Profile, mappings), office.Discreet(w.Report), added, photos)
	if err := errors.Join(zipped(z, "isian.txt", []byte(k.Document())), z.Close()); err != nil {
		return nil, 0, false, err
	}
	return b.Bytes(), photos, false, nil
}

func zipped(z *zip.Writer, name string, data []byte) error {
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write a zip: %w", err)
	}
	return nil
}
