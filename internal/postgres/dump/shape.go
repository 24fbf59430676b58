package dump

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// UnknownError says that a database holds something that a dump would leave out.
type UnknownError struct{ What string }

// Error is one line.
func (e *UnknownError) Error() string {
	return "it holds " + e.What + ", which is none of Rabeg's and is not copied: move it to another database"
}

// What is read of the catalogue, in the order in which it is made again. $1 are the schemas. What belongs to an extension comes
// with the extension; what an identity column or a constraint brings along is made by it.
const (
	foreign = `
SELECT CASE c.relkind WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the view ' WHEN 'f' THEN 'the foreign table '
    ELSE 'the type ' END || n.nspname || '.' || c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ` + `n.nspname = ANY ($1) AND c.relkind NOT IN ('r', 'p', 'i', 'I', 'S', 't')
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e')
UNION ALL SELECT 'the type ' || n.nspname || '.' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = ANY ($1) AND t.typtype IN ('d', 'r') AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = t.oid AND x.deptype = 'e')
UNION ALL SELECT 'the extension ' || e.extname FROM pg_extension e WHERE e.extname <> 'plpgsql'
    AND EXISTS (SELECT FROM pg_depend d JOIN pg_attribute a ON a.atttypid = d.objid JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE d.refobjid = e.oid AND d.deptype = 'e' AND n.nspname = ANY ($1) AND c.relkind = 'r')
LIMIT 1`

	schemas = `SELECT format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) FROM pg_namespace n WHERE n.nspname = ANY ($1) ORDER BY 1`

	enums = `
SELECT format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND n.nspname = ANY ($1) ORDER BY 1`

	functions = `
SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p') AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e')
ORDER BY p.oid`

	options = `format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %s',
    q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)`

	sequences = `
SELECT format('CREATE %sSEQUENCE %I.%I AS %s ', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname, format_type(q.seqtypid, NULL)) || ` + options + `
FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('i', 'e')) ORDER BY 1`

	tables = `
SELECT format('CREATE %sTABLE %I.%I (%s)%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname,
    (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
        || coalesce((SELECT format(' COLLATE %I.%I', ln.nspname, l.collname) FROM pg_collation l JOIN pg_namespace ln ON ln.oid = l.collnamespace
            JOIN pg_type y ON y.oid = a.atttypid WHERE l.oid = a.attcollation AND a.attcollation <> y.typcollation), '')
        || CASE WHEN a.attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(f.adbin, f.adrelid))
                WHEN a.attidentity <> '' THEN (SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I ',
                    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sn.nspname, sc.relname) || ` + options + ` || ')'
                    FROM pg_depend d JOIN pg_sequence q ON q.seqrelid = d.objid JOIN pg_class sc ON sc.oid = d.objid
                    JOIN pg_namespace sn ON sn.oid = sc.relnamespace
                    WHERE d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass)
                WHEN f.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(f.adbin, f.adrelid) ELSE '' END
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    coalesce(' PARTITION BY ' || pg_get_partkeydef(c.oid), '') || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', ''))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1)
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e') ORDER BY n.nspname, c.relname`

	owned = `
SELECT format('ALTER SEQUENCE %I.%I OWNED BY %I.%I.%I', n.nspname, c.relname, tn.nspname, t.relname, a.attname)
FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND n.nspname = ANY ($1) ORDER BY 1`

	stored = `
SELECT format('ALTER TABLE ONLY %I.%I ALTER COLUMN %I SET STORAGE %s', n.nspname, c.relname, a.attname,
    CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)
FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attstorage <> y.typstorage AND n.nspname = ANY ($1)
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e') ORDER BY 1`

	constraints = `
SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype IN ('p', 'u', 'c', 'x', 'f') AND n.nspname = ANY ($1) ORDER BY k.contype = 'f', 1`

	indexes = `
SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1) AND i.indisvalid AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY 1`

	// The parts of a divided table are made and filled by themselves, and put into it then.
	attached = `
SELECT format('ALTER TABLE %I.%I ATTACH PARTITION %I.%I %s', pn.nspname, p.relname, n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid))
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition AND c.relkind IN ('r', 'p') JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE n.nspname = ANY ($1) ORDER BY 1`

	triggers = `
SELECT pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND n.nspname = ANY ($1) ORDER BY 1`

	// A sequence is of no snapshot: it stands where it stands now, which is past everything that the snapshot holds.
	places = `
SELECT CASE WHEN c.last_value IS NULL THEN format('SELECT setval(%L, %s, false)', format('%I.%I', c.schemaname, c.sequencename), c.start_value)
    ELSE format('SELECT setval(%L, %s)', format('%I.%I', c.schemaname, c.sequencename), c.last_value) END
FROM pg_sequences c WHERE c.schemaname = ANY ($1) ORDER BY 1`

	copied = `
SELECT n.nspname, c.relname, coalesce((SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '{}'),
    coalesce((SELECT pn.nspname || '.' || p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
        JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid AND c.relispartition), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY ($1)
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e') ORDER BY 1, 2`
)

// Shape reads what the database is made of. It fails with an *UnknownError where that is more than a dump holds.
func (s *Snapshot) Shape(ctx context.Context) (Shape, error) {
	var shape Shape
	more, err := s.texts(ctx, foreign)
	if err != nil {
		return shape, err
	}
	if len(more) > 0 {
		return shape, &UnknownError{What: more[0]}
	}
	for to, parts := range map[*[]string][]string{
		&shape.Before: {schemas, enums, functions, sequences, tables, owned, stored},
		&shape.After:  {constraints, indexes, attached, triggers, places},
	} {
		for _, sql := range parts {
			list, err := s.texts(ctx, sql)
			if err != nil {
				return shape, err
			}
			*to = append(*to, list...)
		}
	}
	rows, err := s.tx.Query(ctx, copied, s.schemas)
	if err == nil {
		shape.Tables, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Table])
	}
	if err != nil {
		return shape, fmt.Errorf("read the database's tables: %w", err)
	}
	return shape, s.hold(ctx, shape.Tables)
}

// hold keeps the tables until the snapshot ends: parts of divided tables are dropped when they are old.
func (s *Snapshot) hold(ctx context.Context, tables []Table) error {
	var names []string
	for _, t := range tables {
		names = append(names, t.quoted())
	}
	if len(names) == 0 {
		return nil
	}
	if _, err := s.tx.Exec(ctx, "LOCK TABLE "+strings.Join(names, ", ")+" IN ACCESS SHARE MODE"); err != nil {
		return fmt.Errorf("hold the database's tables: %w", err)
	}
	return nil
}

func (s *Snapshot) texts(ctx context.Context, sql string) ([]string, error) {
	rows, err := s.tx.Query(ctx, sql, s.schemas)
	if err != nil {
		return nil, fmt.Errorf("read the database's shape: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read the database's shape: %w", err)
	}
	return list, nil
}
