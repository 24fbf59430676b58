package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.PictureReader = (*Reader)(nil)

// Pictures are files that may show the same as a picture. Each part of the look is a stretch of an index.
func (s *Reader) Pictures(ctx context.Context, a ledger.Alike) ([]ledger.Picture, error) {
	const find = `
SELECT source, report, doc FROM media WHERE report = $1
UNION ALL SELECT source, report, doc FROM media WHERE source = $2
UNION ALL (SELECT source, report, doc FROM media WHERE doc #>> '{ref,i}' = $3 LIMIT $5)
UNION ALL (SELECT source, report, doc FROM media WHERE doc ->> 'look' = $4 ORDER BY at LIMIT $5)
UNION ALL (SELECT source, report, doc FROM media WHERE doc ->> 'look' IS NOT NULL ORDER BY at DESC LIMIT $6)`
	rows, err := s.db.Query(ctx, find, a.Report, SourceKey(a.From), a.Ref.ID, a.Look, ledger.SameMost, ledger.NewestMost)
	if err != nil {
		return nil, fmt.Errorf("look for pictures: %w", err)
	}
	var out []ledger.Picture
	seen := map[string]bool{}
	var source string
	var id report.ID
	var doc []byte
	_, err = pgx.ForEachRow(rows, []any{&source, &id, &doc}, func() error {
		if seen[source] {
			return nil
		}
		seen[source] = true
		network, name, _ := strings.Cut(source, ":")
		p := ledger.Picture{Report: id, From: bot.MediaRef{Network: bot.Network(network), ID: name}}
		if err := json.Unmarshal(doc, &p.File); err != nil {
			return err
		}
		if p.File.Lost == "" && p.File.Waits == "" {
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for pictures: %w", err)
	}
	return out, nil
}
