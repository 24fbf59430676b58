package postgres

import (
	"context"
	"fmt"
	"strings"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.SearchReader = (*Reader)(nil)

// searchWalk is how many of the newest reports a search reads one by one before it asks the index. A word that many reports have is
// found there at once; what is not is rare enough for the index. searchMore is how many it finds there at most beside those that are
// given: enough to say that there are many.
const (
	searchWalk = 500
	searchMore = 40
)

// near is what a report has in common with what is found and costs little to ask: the part somewhere in its number, or of each word
// one way to say it somewhere in its text. To take the words of a report apart costs a hundred times as much.
const near = `(strpos(lower(replace(code, '-', '')), nullif($6, '')) > 0 OR $7::text[] <> '{}' AND NOT EXISTS (SELECT FROM unnest($7::text[]) AS w (w)
    WHERE NOT EXISTS (SELECT FROM unnest(string_to_array(w.w, '|')) AS v (v) WHERE strpos(lower(concat_ws(' ', doc ->> 'text', doc #>> '{place,said}',
        doc #>> '{place,note}', doc #>> '{place,area_name}', doc #>> '{place,district_name}') COLLATE "C"), v.v) > 0)))`

// wanted is what a search wants of a report. $1 finds by the number, $2 by words where the category is one of $3. The index is asked for
// each by itself: of what it finds for both in one condition the words would be taken apart once more, report by report.
const wanted = `($1 <> '' AND report_words(code, doc) @@ $1::tsquery OR $2 <> '' AND report_words(code, doc) @@ $2::tsquery AND category = ANY ($3))`

const found = ` SELECT (SELECT count(*) FROM newest), (SELECT count(*) FROM hit), ARRAY(SELECT id FROM hit ORDER BY filed DESC, id LIMIT $4)`

// Search finds reports by a part of their number and by words.
func (s *Reader) Search(ctx context.Context, q ledger.Search) (ledger.Found, error) {
	const (
		newest = `WITH newest AS MATERIALIZED (SELECT id, code, category, filed, doc FROM reports ORDER BY filed DESC, id LIMIT $5),
hit AS MATERIALIZED (SELECT id, filed FROM newest WHERE ` + near + ` AND ` + wanted + ` LIMIT $8)` + found
		newestOf = `WITH newest AS MATERIALIZED (SELECT id, code, category, filed, doc FROM reports WHERE agency = $9 ORDER BY filed DESC, id LIMIT $5),
hit AS MATERIALIZED (SELECT id, filed FROM newest WHERE ` + near + ` AND ` + wanted + ` LIMIT $8)` + found
		indexed = `WITH newest AS (SELECT 0), hit AS MATERIALIZED (
    SELECT id, filed FROM reports WHERE report_words(code, doc) @@ $1::tsquery
    UNION SELECT id, filed FROM reports WHERE report_words(code, doc) @@ $2::tsquery AND category = ANY ($3))` + found
	)
	part, words := searched(q)
	if part == "" && words == "" {
		return ledger.Found{}, nil
	}
	args := []any{part, words, q.Categories, q.Most}
	var walked, hits int
	var ids []int64
	ask := func(sql string, more ...any) error {
		if err := s.db.QueryRow(ctx, sql, append(args, more...)...).Scan(&walked, &hits, &ids); err != nil {
			return fmt.Errorf("search: %w", err)
		}
		return nil
	}
	var err error
	seek := []any{searchWalk, q.Part, append([]string{}, q.Words...), q.Most + searchMore}
	if q.Everywhere {
		err = ask(newest, seek...)
	} else {
		err = ask(newestOf, append(seek, q.Agency)...)
	}
	all := walked < searchWalk && hits < q.Most+searchMore // there are no more
	if err == nil && !all && hits <= q.Most {
		// Of the beginning of a word that most reports have, the index makes a list of them all first; of whole words it looks up those of
		// the rarest. Where these are enough, nobody waits for the others.
		lately := ids
		if args[1] = searchedFor(q, false); args[1] != words {
			err = ask(indexed)
		}
		switch {
		case err != nil:
		case args[1] != words && hits > q.Most:
			ids = append(ids, lately...)
		default:
			args[1] = words
			all, err = true, ask(indexed)
		}
	}
	if err != nil || hits == 0 {
		return ledger.Found{}, err
	}
	const read = `SELECT doc FROM reports WHERE id = ANY ($1) ORDER BY filed DESC, id`
	list, err := many[report.Report](ctx, s, "read what was found", read, ids)
	list = list[:min(len(list), q.Most)]
	return ledger.Found{Reports: list, More: max(0, hits-len(list)), AtLeast: !all}, err
}

// searched writes a search as the database asks for it, "" for what finds nothing.
func searched(q ledger.Search) (part, words string) {
	if q.Part != "" {
		part = lexeme("#"+q.Part) + ":*" + ofAgency(q)
	}
	return part, searchedFor(q, true)
}

// searchedFor writes the words of a search, as the beginnings of words where they may be that, or as whole words alone.
func searchedFor(q ledger.Search, beginnings bool) string {
	var all []string
	for _, w := range q.Words {
		var ways []string
		for v := range strings.SplitSeq(w, "|") {
			as, begins := lexeme(v), len(v) >= ledger.WordBegins
			if begins && beginnings {
				as += ":*"
			}
			ways = append(ways, as)
		}
		all = append(all, "("+strings.Join(ways, " | ")+")")
	}
	if len(all) == 0 {
		return ""
	}
	return strings.Join(all, " & ") + ofAgency(q)
}

// ofAgency limits a search to an office.
func ofAgency(q ledger.Search) string {
	if q.Everywhere {
		return ""
	}
	return " & " + lexeme("@"+strings.ToLower(q.Agency))
}

// lexeme quotes a word for a tsquery.
func lexeme(w string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(w) + "'"
}

// WaitingFor lists the coordinator's open reports whose duty is an agency's, oldest first.
func (s *Reader) WaitingFor(ctx context.Context, agency string, limit int) ([]report.Report, error) {
	if agency == "" {
		return nil, nil
	}
	const find = `
SELECT doc FROM reports WHERE agency = '' AND doc ->> 'suggested' = $1
AND status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') ORDER BY filed, id LIMIT $2`
	return many[report.Report](ctx, s, "read what waits for an office", find, agency, limit)
}
