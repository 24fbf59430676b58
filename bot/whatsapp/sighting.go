package whatsapp

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
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

// owner is whom a form stands for: known is false for nobody, lid is the person's LID, fresh says that it was seen lately.
type owner struct {
	id, lid string
	known   bool
	fresh   bool
}

func (s *sighting) ownerOf(ctx context.Context, jid string) (o owner, err error) {
	const find = `SELECT id, seen > $2, coalesce((SELECT l.jid FROM person l WHERE l.id = p.id AND l.jid LIKE '%@lid' LIMIT 1), '')
		FROM person p WHERE jid = $1`
	err = s.tx.QueryRowContext(ctx, find, jid, s.now.Add(-Trusted)).Scan(&o.id, &o.fresh, &o.lid)
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
	alone := byPhone.known && byPhone.lid == "" // met by number alone until now
	m, was := met{id: byLID.id}, ""
	switch {
	case s.lid == "" && byPhone.fresh:
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
		if err := s.former(ctx, byPhone.id, true); err != nil {
			return met{}, err
		}
	}
	if err := s.write(ctx, m.id, byPhone); err != nil {
		return met{}, err
	}
	if was != "" {
		if err := s.former(ctx, was, false); err != nil {
			return met{}, err
		}
		const put = `INSERT INTO moved (was, now) VALUES ($1, $2) ON CONFLICT (was) DO UPDATE SET now = excluded.now`
		if _, err := s.tx.ExecContext(ctx, put, was, m.id); err != nil {
			return met{}, err
		}
	}
	m.was, err = one(s.tx.QueryRowContext(ctx, `SELECT was FROM moved WHERE now = $1 ORDER BY was LIMIT 1`, m.id))
	return m, err
}

// mint gives a new person an address. One that somebody has or had stays that person's for ever, whoever is forgotten meanwhile: who
// has the number next gets it with a count behind it.
func (s *sighting) mint(ctx context.Context, before owner) (string, error) {
	if s.lid != "" {
		return s.lid, nil
	}
	user, server, _ := strings.Cut(s.phone, "@")
	counted := func(n int) string { return user + "-" + strconv.Itoa(n) + "@" + server }
	plain := !before.known
	// A count shows as well that the number was somebody's: an older program did not note the address itself when it was given up.
	for _, had := range []string{s.phone, counted(2)} {
		if plain {
			taken, err := s.taken(ctx, had)
			if err != nil {
				return "", err
			}
			plain = !taken
		}
	}
	if plain {
		return s.phone, nil
	}
	for n := 2; ; n++ {
		taken, err := s.taken(ctx, counted(n))
		if err != nil {
			return "", err
		}
		if !taken {
			return counted(n), s.former(ctx, counted(n), false)
		}
	}
}

// taken reports whether an address is or was somebody's.
func (s *sighting) taken(ctx context.Context, id string) (taken bool, err error) {
	const find = `SELECT EXISTS (SELECT FROM person WHERE id = $1) OR EXISTS (SELECT FROM former WHERE id = $2)`
	err = s.tx.QueryRowContext(ctx, find, id, formerKey(id)).Scan(&taken)
	return taken, err
}

// former notes an address that is not to be given again. lost says that it has no way to its person any more: the number it was
// reached by has another owner.
func (s *sighting) former(ctx context.Context, id string, lost bool) error {
	const put = `INSERT INTO former (id, lost) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET lost = former.lost OR excluded.lost`
	_, err := s.tx.ExecContext(ctx, put, formerKey(id), lost)
	return err
}

// formerKey is how an address stands in the table former, as its statement makes it of older rows.
func formerKey(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// write notes under which forms the person was seen, and when. A number alone proves nothing of a person who has a LID: it does not
// count as seen.
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
	return s.leave(ctx, id)
}

// leave takes from a person the numbers that he or she had before. As addresses they are lost, and nothing else is kept of them: a
// number that stood here for nobody would be missed when its person is forgotten.
func (s *sighting) leave(ctx context.Context, id string) error {
	const had = `DELETE FROM person WHERE id = $1 AND jid LIKE '%@s.whatsapp.net' AND jid <> $2 RETURNING jid`
	rows, err := s.tx.QueryContext(ctx, had, id, s.phone)
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
	if err := rows.Err(); err != nil {
		return err
	}
	for _, jid := range s.left {
		if err := s.former(ctx, jid, true); err != nil {
			return err
		}
	}
	return nil
}
