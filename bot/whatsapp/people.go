package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// people knows the forms under which each person was seen.
//
// The LID is the person: it stays when the number changes, and the number may never be shown. But reports hold an address
// for ever, so the form a person was first met under stays the address, and later forms lead to it. A number that comes
// with another LID than before has a new owner, who gets an address of his or her own.
type people struct {
	db *sql.DB

	mu    sync.Mutex
	known map[string]string // form → id, a part of the table
}

// maxKnown bounds the memory of known forms; beyond it they are forgotten and read again.
const maxKnown = 50_000

func newPeople(db *sql.DB) *people { return &people{db: db, known: make(map[string]string)} }

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
	m, err := resolveIn(ctx, tx, lid, phone)
	if err != nil {
		return met{}, fmt.Errorf("resolve a person: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return met{}, fmt.Errorf("resolve a person: %w", err)
	}
	if m.was == "" { // else the next message asks again
		p.remember(m.id, lid, phone)
	}
	return m, nil
}

func (p *people) recall(lid, phone string) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.known[lid]
	if lid == "" {
		id = p.known[phone]
	}
	return id, id != "" && (phone == "" || p.known[phone] == id)
}

func (p *people) remember(id, lid, phone string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) > maxKnown {
		clear(p.known)
	}
	for _, f := range []string{lid, phone} {
		if f != "" {
			p.known[f] = id
		}
	}
}

func resolveIn(ctx context.Context, tx *sql.Tx, lid, phone string) (met, error) {
	byLID, err := idOf(ctx, tx, lid)
	if err != nil {
		return met{}, err
	}
	byPhone, err := idOf(ctx, tx, phone)
	if err != nil {
		return met{}, err
	}
	m, was := met{id: byLID}, ""
	switch {
	case lid == "":
		m.id = byPhone
	case byLID == "" && byPhone != "":
		other, err := lidOf(ctx, tx, byPhone)
		if err != nil {
			return met{}, err
		}
		if other == "" { // met by number alone until now
			m.id = byPhone
		}
	case byLID != "" && byPhone != "" && byLID != byPhone:
		other, err := lidOf(ctx, tx, byPhone)
		if err != nil {
			return met{}, err
		}
		if other == "" {
			was = byPhone
		}
	}
	if m.id == "" {
		m.id = lid
		if lid == "" {
			m.id = phone
		}
	}
	for _, f := range []string{lid, phone} {
		if f == "" {
			continue
		}
		const put = `INSERT INTO person (jid, id) VALUES ($1, $2) ON CONFLICT (jid) DO UPDATE SET id = excluded.id
			WHERE person.id <> excluded.id`
		if _, err := tx.ExecContext(ctx, put, f, m.id); err != nil {
			return met{}, err
		}
	}
	if was != "" {
		const put = `INSERT INTO moved (was, now) VALUES ($1, $2) ON CONFLICT (was) DO UPDATE SET now = excluded.now`
		if _, err := tx.ExecContext(ctx, put, was, m.id); err != nil {
			return met{}, err
		}
	}
	m.was, err = one(tx.QueryRowContext(ctx, `SELECT was FROM moved WHERE now = $1 ORDER BY was LIMIT 1`, m.id))
	return m, err
}

// told says that an address that was given up lies in the inbox as a move.
func (p *people) told(ctx context.Context, was string) error {
	if _, err := p.db.ExecContext(ctx, `DELETE FROM moved WHERE was = $1`, was); err != nil {
		return fmt.Errorf("forget a move: %w", err)
	}
	return nil
}

func idOf(ctx context.Context, tx *sql.Tx, jid string) (string, error) {
	return one(tx.QueryRowContext(ctx, `SELECT id FROM person WHERE jid = $1`, jid))
}

func lidOf(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, id string) (string, error) {
	return one(q.QueryRowContext(ctx, `SELECT jid FROM person WHERE id = $1 AND jid LIKE '%@lid' LIMIT 1`, id))
}

func one(row *sql.Row) (string, error) {
	var s string
	err := row.Scan(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return s, err
}

// reach is where an address is written to today: the LID of the person behind it, if it is known.
func (p *people) reach(ctx context.Context, at types.JID) (types.JID, error) {
	if at.Server != types.DefaultUserServer {
		return at, nil
	}
	id := form(at)
	lid, err := lidOf(ctx, p.db, id)
	if err == nil && lid == "" {
		var now string // the address was given up for another
		if now, err = one(p.db.QueryRowContext(ctx, `SELECT id FROM person WHERE jid = $1`, id)); err == nil && strings.HasSuffix(now, "@lid") {
			lid = now
		}
	}
	if err != nil {
		return at, fmt.Errorf("find a person: %w", err)
	}
	if lid == "" {
		return at, nil
	}
	return parseJID(lid)
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
