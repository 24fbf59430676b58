package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"
)

// sighting is a person seen under a LID, a phone number or both, and what it changes in the tables.
type sighting struct {
	tx         *sql.Tx
	now        time.Time
	lid, phone string
	// left are the numbers that this person had before.
	left []string
}

// owner is whom a form stands for: id is "" for nobody, lid the person's LID, fresh says that it was seen lately.
type owner struct {
	id, lid string
	known   bool
	fresh   bool
}

func (s *sighting) ownerOf(ctx context.Context, jid string) (o owner, err error) {
	const find = `SELECT id, seen > $2, coalesce((SELECT l.jid FROM person l WHERE l.id = p.id AND l.jid LIKE '%@lid' LIMIT 1), '')
		FROM person p WHERE jid = $1`
	err = s.tx.QueryRowContext(ctx, find, jid, s.now.Add(-trusted)).Scan(&o.id, &o.fresh, &o.lid)
	if errors.Is(err, sql.ErrNoRows) {
		return owner{}, nil
	}
	o.known = true
	return o, err
}

func (s *sighting) resolve(ctx context.Context) (met, error) {
	byLID, err := s.ownerOf(ctx, s.lid)
	if err != nil {
		return met{}, err
	}
	byPhone, err := s.ownerOf(ctx, s.phone)
	if err != nil {
		return met{}, err
	}
	alone := byPhone.id != nobody && byPhone.lid == "" // met by number alone until now
	m, was := met{id: byLID.id}, ""
	switch {
	case s.lid == "" && byPhone.id != nobody && byPhone.fresh:
		m.id = byPhone.id
	case s.lid != "" && m.id == "" && alone && byPhone.fresh:
		m.id = byPhone.id
	case m.id != "" && m.id != byPhone.id && alone && byPhone.fresh:
		was = byPhone.id
	}
	if m.id == "" {
		if m.id, err = s.mint(ctx, byPhone); err != nil {
			return met{}, err
		}
	}
	if alone && m.id != byPhone.id && was == "" {
		if err := s.lose(ctx, byPhone.id); err != nil {
			return met{}, err
		}
	}
	if err := s.write(ctx, m.id, byPhone); err != nil {
		return met{}, err
	}
	if was != "" {
		const put = `INSERT INTO moved (was, now) VALUES ($1, $2) ON CONFLICT (was) DO UPDATE SET now = excluded.now`
		if _, err := s.tx.ExecContext(ctx, put, was, m.id); err != nil {
			return met{}, err
		}
	}
	m.was, err = one(s.tx.QueryRowContext(ctx, `SELECT was FROM moved WHERE now = $1 ORDER BY was LIMIT 1`, m.id))
	return m, err
}

// mint gives a new person an address. A number that somebody had before is the address of that person for ever, so the next one gets
// it with a count behind it.
func (s *sighting) mint(ctx context.Context, before owner) (string, error) {
	if s.lid != "" || !before.known {
		if s.lid != "" {
			return s.lid, nil
		}
		return s.phone, nil
	}
	user, server, _ := strings.Cut(s.phone, "@")
	var n int
	if err := s.tx.QueryRowContext(ctx, `SELECT count(*) FROM former WHERE id LIKE $1 || '-%'`, user).Scan(&n); err != nil {
		return "", err
	}
	id := user + "-" + strconv.Itoa(n+2) + "@" + server
	_, err := s.tx.ExecContext(ctx, `INSERT INTO former (id, lost) VALUES ($1, false)`, id)
	return id, err
}

// lose notes that an address has no way to its person any more: the number it was reached by has another owner.
func (s *sighting) lose(ctx context.Context, id string) error {
	const put = `INSERT INTO former (id, lost) VALUES ($1, true) ON CONFLICT (id) DO UPDATE SET lost = true`
	_, err := s.tx.ExecContext(ctx, put, id)
	return err
}

// write notes under which forms the person was seen, and when. A number alone proves nothing of a person who has a LID: it does not
// count as seen. The numbers that a person had before are nobody's from now on.
func (s *sighting) write(ctx context.Context, id string, byPhone owner) error {
	for _, f := range []string{s.lid, s.phone} {
		if f == "" || f == s.phone && s.lid == "" && byPhone.id == id && byPhone.lid != "" {
			continue
		}
		const put = `INSERT INTO person (jid, id, seen) VALUES ($1, $2, $3) ON CONFLICT (jid) DO UPDATE SET id = excluded.id, seen = excluded.seen
			WHERE person.id <> excluded.id OR person.seen < $4`
		if _, err := s.tx.ExecContext(ctx, put, f, id, s.now, s.now.Add(-lookedUp/2)); err != nil {
			return err
		}
	}
	if s.lid == "" || s.phone == "" {
		return nil
	}
	const leave = `UPDATE person SET id = '' WHERE id = $1 AND jid LIKE '%@s.whatsapp.net' AND jid <> $2 RETURNING jid`
	rows, err := s.tx.QueryContext(ctx, leave, id, s.phone)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var jid string
		if err := rows.Scan(&jid); err != nil {
			return err
		}
		s.left = append(s.left, jid)
	}
	return rows.Err()
}
