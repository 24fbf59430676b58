-- +goose Up
-- The same words as before, in half of the time: a pattern is looked for at signs alone, not at every gap between two words, and the ends
-- of a number are made at once. What is in the index stays as it is.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION report_words(code text, doc jsonb) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
    number text := lower(replace(substr(code, strpos(code, '-') + 1), '-', ''));
    office text := '@' || lower(coalesce(doc ->> 'agency', '') COLLATE "C");
    found text[];
    said text;
BEGIN
    IF length(number) = 6 THEN -- as nearly all are
        found := ARRAY[office, '#' || number, '#' || substr(number, 2), '#' || substr(number, 3), '#' || substr(number, 4)];
    ELSE
        found := ARRAY[office];
        FOR i IN 1 .. length(number) - 2 LOOP
            found := found || ('#' || substr(number, i));
        END LOOP;
    END IF;
    IF doc ->> 'vis' IN ('biasa', 'anonim') AND doc ->> 'status' <> 'quarantined' THEN
        said := lower(concat_ws(' ', doc ->> 'text', doc #>> '{place,said}', doc #>> '{place,note}', doc #>> '{place,area_name}',
            doc #>> '{place,district_name}') COLLATE "C");
        IF said ~ '[0-9]{4}' THEN -- somebody's number goes, with the word that it stands in
            said := regexp_replace(said, '[a-z0-9]*[0-9]{4}[a-z0-9]*', ' ', 'g');
        END IF;
        IF said ~ '[a-z0-9]{41}' THEN
            said := regexp_replace(said, '[a-z0-9]{41,}', ' ', 'g');
        END IF;
        RETURN array_to_tsvector(found || array_remove(string_to_array(regexp_replace(said, '[^a-z0-9 ]+', ' ', 'g'), ' '), ''));
    END IF;
    RETURN array_to_tsvector(found);
END
$$;
-- +goose StatementEnd
