package open311

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Store is where reports are filed.
type Store interface {
	ledger.Numbers
	ledger.Committer
	// ByCode and Facts read a report and its story; ledger.ErrUnknown where there is none.
	ByCode(ctx context.Context, code report.Code) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
	// Served reports whether an approved operator serves an office now.
	Served(ctx context.Context, agency string) (bool, error)
}

// Filer files what clients post.
type Filer struct {
	Store  Store
	Office func() *casework.Office
	Reader understand.Reader
	// Keep cleans and keeps a photo that came with a call (media.Keeper).
	Keep func(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error)
}

// repeats is how long the same posting of the same person counts as one that is sent again.
const repeats = 30 * time.Minute

// file takes a posted request. It is committed before it is answered: who hears nothing sends it again, and gets the same number.
func (s *Server) file(ctx context.Context, _ *http.Request, f *form) (document, error) {
	key, fault := one(f.values, "api_key")
	if fault != nil {
		return document{}, fault
	}
	c, err := s.known(ctx, key)
	if err != nil {
		return document{}, err
	}
	p, fault := s.read(f)
	if fault != nil {
		return document{}, fault
	}
	mark, now := p.print(s.Key, c.ID), s.Now()
	before, err := s.Clients.ByPrint(ctx, c.ID, mark, now.Add(-repeats))
	switch {
	case err == nil:
		return s.filed(ctx, c, before)
	case !errors.Is(err, ledger.ErrUnknown):
		return document{}, err
	}
	kept, refs, fault, err := s.uploads(ctx, f)
	if fault != nil {
		return document{}, fault
	}
	if err != nil {
		return document{}, err
	}
	o := order{posting: p, client: c, mark: mark, kept: kept, refs: refs, at: now, nonce: rand.Text()}
	done, err := s.commit(ctx, o)
	if err != nil {
		return document{}, err
	}
	return s.filed(ctx, c, done)
}

// order is a posting that is to be filed.
type order struct {
	posting
	client ledger.Client
	mark   [32]byte
	// kept are the photos that came along, under the names refs.
	kept  []ledger.File
	refs  []bot.MediaRef
	at    time.Time
	nonce string
	// remark stands behind the words and is none of them.
	remark string
}

// uploads keeps the photos that came with the call.
func (s *Server) uploads(ctx context.Context, f *form) (kept []ledger.File, refs []bot.MediaRef, fault *Fault, err error) {
	for i, h := range f.files {
		file, err := s.Filer.Keep(ctx, "photo", func(context.Context) (io.ReadCloser, error) { return h.open() })
		if err != nil {
			return nil, nil, nil, fmt.Errorf("keep a photo: %w", err)
		}
		if file.Lost != "" {
			return nil, nil, bad("photo %d cannot be read as a picture", i+1), nil
		}
		kept = append(kept, file)
		refs = append(refs, bot.MediaRef{Network: fetch.Network, ID: fetch.Uploaded + rand.Text(), MIME: file.Ref.MIME, Size: file.Ref.Size})
	}
	return kept, refs, nil, nil
}

// commit files it. Where another call with the same posting was faster, that one's number is the answer.
func (s *Server) commit(ctx context.Context, o order) (ledger.Carriage, error) {
	cause := "open311:" + o.nonce
	var out ledger.Carriage
	err := ledger.Again(ctx, func(was error) error {
		id, code := s.Filer.Store.Draw(cause)
		if was != nil {
			var err error
			if id, code, err = s.Filer.Store.NextID(ctx, cause); err != nil {
				return err
			}
		}
		_, b, err := s.batch(ctx, o, cause, id, code)
		if err != nil {
			return err
		}
		out = ledger.Carriage{Report: id, Code: code, Client: o.client.ID, Token: "t" + o.nonce, At: o.at}
		return s.Filer.Store.Commit(ctx, b)
	})
	if errors.Is(err, ledger.ErrDone) {
		return s.Clients.ByPrint(ctx, o.client.ID, o.mark, o.at.Add(-repeats))
	}
	return out, err
}

// batch is all that a posting brings about.
func (s *Server) batch(ctx context.Context, o order, cause string, id report.ID, code report.Code) (report.Report, ledger.Batch, error) {
	var failed error
	d := s.draft(o)
	contact := ""
	if o.client.Phones {
		contact = o.phone
	}
	r, b := s.Filer.Office().Open(casework.Filing{ID: id, Code: code, Cause: cause, At: o.at, Draft: d, Person: bot.Person{Name: o.name}, Lang: "id", Contact: contact,
		Served: func(agency string) bool {
			ok, err := s.Filer.Store.Served(ctx, agency)
			failed = errors.Join(failed, err)
			return ok
		}})
	for i, f := range o.kept {
		b.Changes = append(b.Changes, ledger.Stored{Report: id, From: o.refs[i], File: f})
	}
	b.Changes = append(b.Changes, ledger.Carried{Report: id, Client: o.client.ID, Token: "t" + o.nonce, Print: o.mark, At: o.at, Since: o.at.Add(-repeats)})
	if d.Emergency {
		b.Letters = append(b.Letters, s.alarm(cause, "Laporan", r, o.client))
	}
	return r, b, failed
}

// alarm tells the coordinator of a danger that came in by a client. what is it that tells of it.
func (s *Server) alarm(cause, what string, r report.Report, c ledger.Client) ledger.Letter {
	text := fmt.Sprintf("🚨 %s %s, yang masuk lewat %s, sepertinya tentang bahaya yang sedang terjadi.", what, bot.Bold(string(r.Code)), say.Clip(c.Name, 60))
	if r.Reporter.Zero() {
		text += " Pelapornya tidak punya chat di sini: periksa kartunya sekarang."
	} else {
		text += " Periksa kartunya sekarang."
	}
	return ledger.Letter{Key: cause + "/danger", To: s.Filer.Office().Desk, Desk: true, Report: r.ID, Purpose: ledger.Alarm, Message: bot.Message{Text: text}}
}

// draft is the report that a posting makes. The client says what it is about; what the words tell beside it, of a danger, or of what the
// accused must not read, is seen as if they had been written in a chat.
func (s *Server) draft(o order) report.Draft {
	d := report.Draft{Kind: o.kind, Text: strings.TrimSpace(o.description + "\n" + o.remark), Category: o.service.Code, Chosen: true, Place: o.place, Visibility: report.Normal, Begun: o.at, Via: report.ChanOpen311}
	for _, address := range o.photos {
		d.Photos = append(d.Photos, bot.MediaRef{Network: fetch.Network, ID: address})
	}
	d.Photos = append(d.Photos, o.refs...)
	rd := s.Filer.Reader.Read(o.description)
	d.Emergency = rd.Emergency || rd.Harm == understand.SelfHarm // there is no chat in which somebody could be talked with
	for _, g := range rd.Guesses {
		if c, ok := s.Profile.Category(g.Category); ok && !c.Hidden && len(d.Guesses) < 3 {
			d.Guesses = append(d.Guesses, g)
		}
	}
	if len(d.Guesses) > 0 && d.Guesses[0].P >= understand.Sure && s.Profile.Sensitive(d.Guesses[0].Category) {
		d.Category, d.Chosen = d.Guesses[0].Category, false
	}
	if rd.Misconduct || rd.Harm != understand.NoHarm || s.Profile.Sensitive(d.Category) {
		d.Visibility = report.Confidential
	}
	return d
}

// filed answers with a number, or with a token where the client wants one.
func (s *Server) filed(ctx context.Context, c ledger.Client, done ledger.Carriage) (document, error) {
	r, err := s.Filer.Store.ByCode(ctx, done.Code)
	if err != nil {
		return document{}, err
	}
	o := object{{"service_request_id", string(done.Code)}}
	if c.Tokens {
		o = object{{"token", done.Token}}
	}
	o = append(o, field{"service_notice", orNil(s.notice(r))}, field{"account_id", nil})
	return document{root: "service_requests", value: list{"request", []any{o}}}, nil
}

// notice is what the person is to know at once.
func (s *Server) notice(r report.Report) string {
	var out []string
	if help := s.helpline(); r.Emergency && help != "" {
		out = append(out, help)
	}
	if r.Shield(s.Profile.Sensitive).Hides(report.Strangers) {
		out = append(out, "Laporan ini dirahasiakan: nomornya tidak dapat dilihat umum.")
	}
	if !r.Due.IsZero() {
		out = append(out, "Jawaban paling lambat "+say.For(s.Profile, "id").LongDue(r.Due)+".")
	}
	return strings.Join(slices.Clip(out), " ")
}

// helpline says whom to call in a danger, "" where the government names nobody.
func (s *Server) helpline() string {
	if len(s.Profile.Emergency) == 0 {
		return ""
	}
	e := s.Profile.Emergency[0]
	return "Kalau ada bahaya sekarang juga, telepon " + e.Number + " (" + e.Name + ")."
}
