-- +goose Up
-- What is asked at each row that is written: in SQL both would be read and planned again by each statement, which took longer than
-- to write the row itself. They say the same as before.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION report_words(code text, doc jsonb) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
    RETURN array_to_tsvector(ARRAY(
        SELECT '#' || substr(n, i) FROM (SELECT lower(replace(substr(code, strpos(code, '-') + 1), '-', '')) AS n) c, generate_series(1, length(n) - 2) AS i
        UNION ALL SELECT '@' || lower(coalesce(doc ->> 'agency', '') COLLATE "C")
        UNION ALL SELECT w FROM unnest(string_to_array(regexp_replace(lower(concat_ws(' ', doc ->> 'text', doc #>> '{place,said}', doc #>> '{place,note}',
                doc #>> '{place,area_name}', doc #>> '{place,district_name}') COLLATE "C"), '[^a-z0-9]+', ' ', 'g'), ' ')) AS w
            WHERE doc ->> 'vis' IN ('biasa', 'anonim') AND doc ->> 'status' <> 'quarantined' AND length(w) BETWEEN 1 AND 40 AND w !~ '[0-9]{4}'));
END
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION report_owned(status text, agency text, doc jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE
            WHEN status IN ('received', 'quarantined') THEN agency = ''
            WHEN status = 'assigned' THEN agency <> ''
            WHEN status = 'transferred' THEN agency = '' AND coalesce(doc ->> 'owner', '') <> ''
            ELSE status IN ('in_progress', 'planned', 'reopened', 'resolved', 'closed', 'rejected', 'merged')
        END
        AND (status = 'merged') = (coalesce(doc #>> '{with,id}', '0') <> '0')
        AND coalesce(doc #>> '{with,id}' <> doc ->> 'id', true);
END
$$;
-- +goose StatementEnd
