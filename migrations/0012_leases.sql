-- +goose Up
-- Who alone polls, sends, or holds the link to a network. Each time a name changes hands its fence is a new, greater number; beat
-- grows while the holder lives. Who waits for a name takes it when beat has stood still for long enough by its own clock: no
-- clock of two machines is compared. seen serves those who only ask. holder '' is nobody.
CREATE SEQUENCE leases_fence;
CREATE TABLE leases (
    name   text PRIMARY KEY,
    holder text NOT NULL,
    fence  bigint NOT NULL,
    beat   bigint NOT NULL DEFAULT 0,
    seen   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 20);
