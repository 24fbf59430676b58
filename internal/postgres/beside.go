package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Beside is the address of another database on the server that dsn names, which is made where it is missing.
func Beside(ctx context.Context, dsn, name string) (string, error) {
	other, err := another(dsn, name)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, other)
	if err == nil {
		return other, conn.Close(ctx)
	}
	if !code(err, "3D000") { // invalid_catalog_name
		return "", fmt.Errorf("open the database %s: %w", name, err)
	}
	if conn, err = pgx.Connect(ctx, Writer(dsn)); err != nil {
		return "", fmt.Errorf("open the database beside which %s is made: %w", name, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil && !code(err, "42P04") { // duplicate_database
		return "", fmt.Errorf("make the database %s: %w", name, err)
	}
	return other, nil
}

// another is dsn with the name of another database.
func another(dsn, name string) (string, error) {
	if !strings.Contains(dsn, "://") {
		return dsn + " dbname=" + name, nil // of two names the last counts
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", errors.New("read the database address: it is no URL") // the error itself would show it
	}
	u.Path = "/" + name
	if q := u.Query(); q.Has("dbname") || q.Has("database") { // it would count, and the path not
		q.Del("dbname")
		q.Del("database")
		u.RawQuery = q.Encode()
	}
	return u.String(), nil
}

// code reports whether PostgreSQL refused something for one reason.
func code(err error, is string) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == is
}
