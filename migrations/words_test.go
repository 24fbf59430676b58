package migrations

import (
	"fmt"
	"testing"
)

// What a report is found by is the same before and after it is made in less time, whatever its number and what it tells.
func TestWordsStayTheSame(t *testing.T) {
	t.Parallel()
	for _, before := range []int64{41, 54, 63} {
		t.Run(fmt.Sprint("from ", before), func(t *testing.T) {
			t.Parallel()
			wordsStay(t, before)
		})
	}
}

func wordsStay(t *testing.T, before int64) {
	t.Helper()
	db, dsn := filled(t, before, `CREATE TABLE told (code text NOT NULL, doc jsonb NOT NULL, found tsvector)`)
	const tell = `
INSERT INTO told SELECT code, jsonb_strip_nulls(jsonb_build_object('vis', vis, 'status', status, 'agency', agency, 'text', said, 'place', jsonb_build_object('said', said, 'area_name', area)))
FROM unnest('{SRG-7K3MQ-9,SRG-NPU7F-H,SRG-12,AB,""}'::text[]) code, unnest('{biasa,anonim,rahasia,tetangga,NULL}'::text[]) vis,
    unnest('{received,quarantined,closed,NULL}'::text[]) status, unnest('{DISHUB,"",NULL}'::text[]) agency, unnest('{Cipare,NULL}'::text[]) area,
    unnest(ARRAY['lampu pju mati, jalan gelap!', '  Jl. Ki-Tapa No.14 / hubungi 08123456789', 'é ... ñ', 'a' || repeat('b', 60) || ' cd', '', NULL,
    'x12345y 999 1234 a1b2c3d4 0000', repeat('k', 40) || ' ' || repeat('m', 41) || '!' || repeat('7', 50) || ' ujung', '12 345-6789 ab1234567890cd', E'tab\tbaris\nbaru\\ ''kutip''',
    repeat('a', 38) || '12345 ' || repeat('9', 3) || repeat('b', 38), '٣٤٥٦ ７８９０ ①②③④ kafé1234', 'A.B.C 1.2.3.4 12.34']) said`
	for _, step := range []string{tell, `UPDATE told SET found = report_words(code, doc)`} {
		if _, err := db.ExecContext(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
	if err := At(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	var n, words, changed int
	const compare = `SELECT count(*), count(DISTINCT found), count(*) FILTER (WHERE found IS DISTINCT FROM report_words(code, doc)) FROM told`
	if err := db.QueryRowContext(t.Context(), compare).Scan(&n, &words, &changed); err != nil {
		t.Fatal(err)
	}
	if n < 1000 || words < 40 || changed > 0 {
		t.Errorf("of %d reports with %d kinds of words %d are found by others now", n, words, changed)
	}
}
