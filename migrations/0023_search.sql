-- +goose Up
-- What a report is found by: the ends of its number ('#7k3mq9', '#k3mq9' …, so that any part of it is the beginning of one), its
-- office ('@dishub'), and the words of what was said and of where it is. Of what is confidential, and of what nobody has let in, there
-- are no words. A word with four digits in a row is a number of somebody, and none either. It costs much: an index is always cheaper.
-- +goose StatementBegin
CREATE FUNCTION report_words(code text, doc jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
SELECT array_to_tsvector(ARRAY(
    SELECT '#' || substr(n, i) FROM (SELECT lower(replace(substr(code, strpos(code, '-') + 1), '-', '')) AS n) c, generate_series(1, length(n) - 2) AS i
    UNION ALL SELECT '@' || lower(coalesce(doc ->> 'agency', '') COLLATE "C")
    UNION ALL SELECT w FROM unnest(string_to_array(regexp_replace(lower(concat_ws(' ', doc ->> 'text', doc #>> '{place,said}', doc #>> '{place,note}',
            doc #>> '{place,area_name}', doc #>> '{place,district_name}') COLLATE "C"), '[^a-z0-9]+', ' ', 'g'), ' ')) AS w
        WHERE doc ->> 'vis' IN ('biasa', 'anonim') AND doc ->> 'status' <> 'quarantined' AND length(w) BETWEEN 1 AND 40 AND w !~ '[0-9]{4}'))
$$;
-- +goose StatementEnd
CREATE INDEX reports_words ON reports USING gin (report_words(code, doc));
-- The newest reports of an office: of a word that many have, they hold enough.
CREATE INDEX reports_of_agency ON reports (agency, filed DESC, id);
-- What lies at the coordinator only because nobody serves the office whose duty it is.
CREATE INDEX reports_waiting ON reports ((doc ->> 'suggested'), filed, id)
    WHERE agency = '' AND status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened');
