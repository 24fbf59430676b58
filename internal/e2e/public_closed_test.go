package e2e

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// orders lets the administrator of the database do something.
func (w *world) orders(sql ...string) {
	w.t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	for _, s := range sql {
		if _, err := w.db.Exec(ctx, s); err != nil {
			w.t.Fatalf("%s: %v", s, err)
		}
	}
}

// logsIn is the address of a database for another of its users.
func logsIn(t *testing.T, dsn, user string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal("the address cannot be read")
	}
	q := u.Query()
	q.Set("user", user)
	u.RawQuery = q.Encode()
	return u.String()
}

// The public pages have a login of their own, which the database refuses at first, and again later. Their visitors are told that the page
// cannot be opened just now; citizens report all the while, and once the login is right the pages open without a restart.
func TestTheDatabaseRefusesThePagesLogin(t *testing.T) {
	t.Parallel()
	everybody, set := visited(t)
	w := newWorld(t, plan{own: true, set: set})
	w.set = append(w.set, "RABEG_PUBLIC_DATABASE_URL="+logsIn(t, w.dsn, "tamu"))
	w.orders(`CREATE ROLE tamu NOLOGIN`)
	c := w.start()
	everybody.becomes(t, "/", "the pages to be closed", func(p page) bool { return p.status == http.StatusServiceUnavailable })
	_, code := w.filed(t, lamp(1))
	w.card(t, code)
	if p := everybody.opens(t.Context(), "/laporan/"+code); p.status != http.StatusServiceUnavailable || strings.Contains(p.body, code) {
		t.Errorf("a closed page answers %d", p.status)
	}
	w.orders(`ALTER ROLE tamu LOGIN`, `GRANT rabeg_public TO tamu`)
	everybody.becomes(t, "/laporan/"+code, "the page of the report", shows(code))
	w.orders(`ALTER ROLE tamu NOLOGIN`, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tamu'`)
	everybody.becomes(t, "/laporan/"+code, "the page to be closed again", func(p page) bool { return p.status == http.StatusServiceUnavailable })
	_, other := w.filed(t, lamp(2))
	w.card(t, other)
	if !c.running() {
		t.Error("the program has ended")
	}
	w.nobodyStumbled()
}

// The user of the program may make no role for the pages: the program says what to run and takes reports; the pages open when somebody has
// run it.
func TestThereIsNoRoleForThePages(t *testing.T) {
	t.Parallel()
	everybody, set := visited(t)
	w := newWorld(t, plan{own: true, set: set})
	w.orders(`CREATE ROLE kecil LOGIN`, `CREATE DATABASE kota OWNER kecil`)
	w.dsn = w.pg.DSN("kota")
	w.openDatabase()
	if n := w.number(`SELECT count(*) FROM pg_roles WHERE rolname = 'rabeg_public'`); n != 0 {
		t.Fatal("there is such a role: this tests nothing")
	}
	w.dsn = logsIn(t, w.dsn, "kecil")
	w.start()
	_, code := w.filed(t, lamp(1))
	w.card(t, code)
	if p := everybody.opens(t.Context(), "/laporan/"+code); p.status != 0 {
		t.Errorf("without their role the pages answer %d", p.status)
	}
	eventually(t, "the program to say what is to be run", func(context.Context) bool {
		return strings.Contains(w.tail(), "CREATE ROLE rabeg_public NOLOGIN")
	})
	w.orders(`CREATE ROLE rabeg_public NOLOGIN`, `GRANT rabeg_public TO kecil`)
	everybody.becomes(t, "/laporan/"+code, "the page of the report", shows(code))
	w.nobodyStumbled()
}
