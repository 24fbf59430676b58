package app

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/bot/telegram"
	"rabeg/internal/embedded"
	"rabeg/internal/postgres"
	"rabeg/internal/session"
)

// said is an error in words of this program, which may be shown as they are.
type said string

// Error is the words.
func (s said) Error() string { return string(s) }

// short says in a few words why something failed. They are this program's own: what a library says is never repeated, for it
// may hold a piece of an address, and with it of a password.
func short(err error) string {
	if own, ok := errors.AsType[said](err); ok {
		return string(own)
	}
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return other.Error()
	}
	if address, ok := errors.AsType[session.AddressError](err); ok {
		return string(address)
	}
	if misfit, ok := errors.AsType[*session.MisfitError](err); ok {
		return misfit.Error()
	}
	if right, ok := errors.AsType[session.RightError](err); ok {
		return right.Error()
	}
	if name, ok := postgres.Parameter(err); ok {
		return "what stands before it (PgBouncer?) does not pass on " + name + ": write ignore_startup_parameters = plan_cache_mode into pgbouncer.ini"
	}
	for _, known := range []error{embedded.ErrNoPostgres, embedded.ErrNoRedis, postgres.ErrPooled, session.ErrFull, session.ErrReadOnly, session.ErrPart} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return ofPostgres(pg.Code)
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsTimeout {
			return "the name of its machine is not answered for"
		}
		return "the name of its machine is not known"
	}
	if no, ok := errors.AsType[syscall.Errno](err); ok {
		return no.Error() // a fixed word of the system: "connection refused"
	}
	var late net.Error
	switch {
	case telegram.Refused(err):
		return "Telegram does not know the token"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return "it does not answer in time"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	}
	return ofRedis(err)
}

// unsaid is what is said of an error that nobody here has words for.
const unsaid = "it cannot be read or used; the reason is not repeated, for it may hold a password"

// ofMedia words why MEDIA_URL cannot be used. What the media's own package says of the address shows nothing of it.
func ofMedia(err error) string {
	if errors.Unwrap(err) == nil {
		return err.Error()
	}
	return short(err)
}

// orElse gives words for an error that has none yet.
func orElse(err error, words string) error {
	if err == nil || short(err) != unsaid {
		return err
	}
	return said(words)
}

// ofPostgres words PostgreSQL's codes that a person who sets it up meets.
func ofPostgres(code string) string {
	for begins, words := range map[string]string{
		"28": "the user or the password is not accepted", "3D000": "there is no such database", "42501": "the user lacks a right",
		"53300": "it has too many connections", "53100": "its disk is full", "57P03": "it is just starting or stopping",
		"25006": "it is read-only", "42P01": "a table is missing: run rabeg migrate", "57014": "it does not answer in time",
	} {
		if strings.HasPrefix(code, begins) {
			return words
		}
	}
	return "PostgreSQL refuses with code " + code
}

// ofRedis words what Redis answers, which begins with a code.
func ofRedis(err error) string {
	for err != nil {
		switch code, _, _ := strings.Cut(err.Error(), " "); code {
		case "WRONGPASS":
			return "the user or the password is not accepted"
		case "NOAUTH":
			return "it wants a password"
		case "NOPERM":
			return "the user lacks a right"
		case "LOADING":
			return "it is still reading its data"
		case "MOVED":
			return "it is one node of a Cluster, of which REDIS_URL has to name several"
		case "CLUSTERDOWN":
			return "it is a Cluster of which a part has no master now"
		}
		err = errors.Unwrap(err)
	}
	return unsaid
}
