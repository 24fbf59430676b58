-- +goose Up
-- Open reports by where they lie: the square of about 280 m that a pin is in, counted north and east. A circle is a handful of
-- squares, each a short stretch of the index, so that no extension for maps is needed. What is not searched but read with it is
-- included, so that the table itself is asked only for what is found.
CREATE INDEX reports_square ON reports (category, (floor((lat + 90) * 400)::bigint * 200000 + floor((lon + 180) * 400)::bigint), filed)
    INCLUDE (id, lat, lon)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia' AND lat IS NOT NULL;
-- The same by kelurahan.
CREATE INDEX reports_area ON reports (category, area, filed DESC) INCLUDE (id, lat)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia' AND area <> '';
-- Who follows what.
CREATE INDEX reports_followers ON reports USING gin ((doc -> 'followers') jsonb_path_ops) WHERE doc ? 'followers';
