package whatsapp

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"

	"rabeg/bot"
)

// people knows the forms under which each person was seen.
//
// The LID is the person: it stays when the number changes, and the number may never be shown. But reports hold an address
// for ever, so the form a person was first met under stays the address, and later forms lead to it. A number that comes
// with another LID than before has a new owner, who gets an address of his or her own.
//
// What is known of a number grows old: carriers give numbers to other people. A number is somebody's as long as it was seen with
// that person's LID lately, or alone where no LID was ever seen (Trusted). One that its owner has left for another is nobody's at
// once. Who then comes by it alone is a new person, under an address that nobody had; what waits for the former owner under the
// number is not sent.
type people struct {
	db  *sql.DB
	now func() time.Time

	mu    sync.Mutex
	known map[string]reading   // form → id, a part of the table
	asked map[string]time.Time // numbers whose LID the network was asked for, and until when it is not asked again
}

// reading is whom a form stands for, and when that was read.
type reading struct {
	id string
	at time.Time
}

const (
	// maxKnown bounds the memory of known forms; beyond it they are forgotten and read again.
	maxKnown = 50_000
	// Trusted is how long a number is taken for its owner's after it was last seen to be: carriers leave one unused for some months
	// before somebody else gets it.
	Trusted = 90 * 24 * time.Hour
	// lookedUp is how long a form is known without a look into the table, and how exactly it is kept when it was seen.
	lookedUp = 24 * time.Hour
	// askedFor is how long the network's word about a number holds, askAgain how long one that gave none is left alone: receiving waits
	// for it.
	askedFor, askAgain = time.Hour, time.Second
)

// errStranger says that a number may have another owner by now.
var errStranger = errors.New("the number may belong to somebody else by now")

func newPeople(db *sql.DB, now func() time.Time) *people {
	return &people{db: db, now: now, known: make(map[string]reading), asked: make(map[string]time.Time)}
}

// met is what resolving a person gives.
type met struct {
	id string
	// was is another address of the same person that is given up: seen by phone and by LID before it was known that both are
	// one. It is given again until told says that the product knows.
	was string
}

// resolve gives the address of who is seen under a LID, a phone number or both, and remembers it.
func (p *people) resolve(ctx context.Context, lid, phone string) (met, error) {
	if lid == "" && phone == "" {
		return met{}, errAddress
	}
	if id, ok := p.recall(lid, phone); ok {
		return met{id: id}, nil
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return met{}, fmt.Errorf("resolve a person: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	s := sighting{tx: tx, now: p.now(), lid: lid, phone: phone}
	m, err := s.resolve(ctx)
	if err != nil {
		return met{}, fmt.Errorf("resolve a person: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return met{}, fmt.Errorf("resolve a person: %w", err)
	}
	p.forget(s.left)
	if m.was == "" { // else the next message asks again
		p.remember(m.id, lid, phone)
	}
	return m, nil
}

func (p *people) recall(lid, phone string) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := p.now().Add(-lookedUp)
	of := func(form string) string {
		if k := p.known[form]; k.at.After(fresh) {
			return k.id
		}
		return ""
	}
	id := of(lid)
	if lid == "" {
		id = of(phone)
	}
	return id, id != "" && (phone == "" || of(phone) == id)
}

func (p *people) remember(id, lid, phone string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) > maxKnown {
		clear(p.known)
	}
	for _, f := range []string{lid, phone} {
		if f != "" {
			p.known[f] = reading{id: id, at: p.now()}
		}
	}
}

// ask reports whether the network is to be asked whose a number is: it knows best, and is asked for each now and then. answered says
// that it told.
func (p *people) ask(phone string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if until, asked := p.asked[phone]; asked && now.Before(until) && until.Sub(now) <= askedFor {
		return false
	}
	if len(p.asked) > maxKnown {
		clear(p.asked)
	}
	p.asked[phone] = now.Add(askAgain)
	return true
}

func (p *people) answered(phone string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked[phone] = p.now().Add(askedFor)
}

// forget takes forms out of memory.
func (p *people) forget(forms []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range forms {
		delete(p.known, f)
	}
}

// knownAs is the address of who goes by a form, "" where nobody does.
func (p *people) knownAs(ctx context.Context, jid string) (string, error) {
	id, err := one(p.db.QueryRowContext(ctx, `SELECT id FROM person WHERE jid = $1`, jid))
	if err != nil {
		return "", fmt.Errorf("find a person: %w", err)
	}
	return id, nil
}

// named is the address of who goes by a form; the form itself where nobody does.
func (p *people) named(ctx context.Context, jid string) (string, error) {
	id, err := p.knownAs(ctx, jid)
	return cmp.Or(id, jid), err
}

// told says that an address that was given up lies in the inbox as a move.
func (p *people) told(ctx context.Context, was string) error {
	if _, err := p.db.ExecContext(ctx, `DELETE FROM moved WHERE was = $1`, was); err != nil {
		return fmt.Errorf("forget a move: %w", err)
	}
	return nil
}

func one(row *sql.Row) (string, error) {
	var s string
	err := row.Scan(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return s, err
}

// reach is where an address is written to today: the LID of the person behind it, if it is known. A person known by number alone is
// not written to once the number may be somebody else's: the error is a *bot.SendError then.
func (p *people) reach(ctx context.Context, id string) (types.JID, error) {
	at, err := parseJID(id)
	if err != nil || at.Server != types.DefaultUserServer {
		return at, err
	}
	const find = `SELECT (SELECT jid FROM person WHERE id = $1 AND jid LIKE '%@lid' LIMIT 1), o.id, coalesce(o.seen > $3, false),
		EXISTS (SELECT FROM former WHERE id = $4 AND lost)
		FROM (SELECT $2 AS jid) f LEFT JOIN person o USING (jid)`
	var lid, owner sql.NullString
	var fresh, lost bool
	err = p.db.QueryRowContext(ctx, find, id, form(at), p.now().Add(-Trusted), formerKey(id)).Scan(&lid, &owner, &fresh, &lost)
	switch {
	case err != nil:
		return at, fmt.Errorf("find a person: %w", err)
	case lid.Valid:
		return parseJID(lid.String)
	case lost, owner.Valid && owner.String == id && !fresh:
		return at, &bot.SendError{Remedy: bot.Gone, Stranger: true, Err: errStranger}
	case strings.HasSuffix(owner.String, "@lid"): // the address was given up for another
		return parseJID(owner.String)
	}
	return at, nil
}

// heard is when a person last wrote; zero for never.
func (p *people) heard(ctx context.Context, id string) (time.Time, error) {
	var at time.Time
	err := p.db.QueryRowContext(ctx, `SELECT at FROM heard WHERE id = $1`, id).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return at, err
}
