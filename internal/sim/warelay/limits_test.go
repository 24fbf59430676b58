package warelay

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
)

func TestBans(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		kind Ban
		sees func(any) bool
	}{
		"temporary": {TemporaryBan, func(e any) bool {
			ban, is := e.(*events.TemporaryBan)
			return is && ban.Code == events.TempBanSentToTooManyPeople && ban.Expire == 24*time.Hour
		}},
		"logged out": {LoggedOut, func(e any) bool {
			out, is := e.(*events.LoggedOut)
			return is && !out.OnConnect
		}},
		"locked": {Locked, func(e any) bool {
			out, is := e.(*events.LoggedOut)
			return is && out.OnConnect && out.Reason == events.ConnectFailureMainDeviceGone
		}},
		"banned": {Banned, func(e any) bool {
			out, is := e.(*events.LoggedOut)
			return is && out.OnConnect && out.Reason == events.ConnectFailureUnknownLogout
		}},
		"outdated": {ClientOutdated, func(e any) bool {
			_, is := e.(*events.ClientOutdated)
			return is
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.kind == LoggedOut || c.kind == Locked || c.kind == Banned {
				unsafeUnderRace(t, raceDelete)
			}
			ctx, r := start(t)
			b := bot(ctx, t, r, "6281500000001")
			r.Ban(b.acct, c.kind)
			for {
				select {
				case e := <-b.all:
					if c.sees(e) {
						return
					}
				case <-ctx.Done():
					t.Fatal("the client has not noticed")
				}
			}
		})
	}
}

func TestLoggedOutWhileOffline(t *testing.T) {
	t.Parallel()
	unsafeUnderRace(t, raceDelete)
	ctx, r := start(t)
	b := bot(ctx, t, r, "6281500000011")
	b.Disconnect()
	r.Ban(b.acct, LoggedOut)
	if err := b.Connect(ctx); err == nil || !strings.Contains(err.Error(), "logged out") {
		t.Errorf("login gives %v", err)
	}
	out := event[*events.LoggedOut](ctx, t, b)
	if !out.OnConnect || out.Reason != events.ConnectFailureLoggedOut {
		t.Errorf("saw %+v", out)
	}
}

// A ban that is lifted lets the account in again, with what has piled up.
func TestLift(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281500000021", "Siti")
	b := bot(ctx, t, r, "6281500000022")
	r.BanFor(b.acct, 104, time.Hour)
	if ban := event[*events.TemporaryBan](ctx, t, b); ban.Code != events.TempBanSentTooManySameMessage || ban.Expire != time.Hour {
		t.Errorf("saw %+v", ban)
	}
	must[string](t)(siti.Text(ctx, b.Phone(), "halo"))
	r.Lift(b.acct)
	ok(t, b.Connect(ctx))
	wantText(ctx, t, b.Person, "halo")
}

func TestStreamEnds(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	b := bot(ctx, t, r, "6281500000031")
	for i, code := range []string{"515", "503"} {
		r.EndStream(b.acct, code)
		_, err := b.Wait(ctx, func(in Inbox) bool { return in.Connects == i+2 })
		ok(t, err)
	}
	r.Replace(b.acct)
	event[*events.StreamReplaced](ctx, t, b)
	_, err := r.Seen(ctx, func(s Stanza) bool { return s.Tag == "stream:error" && s.Child == "conflict" })
	ok(t, err)
}

// Somebody else logs in with the same keys.
func TestSecondLoginReplacesTheFirst(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	a := r.Account("6281500000041", AccountOptions{PushName: "Rabeg"})
	dev, err := r.Device(a)
	ok(t, err)
	twin := *dev
	first := dial(t, a, dev)
	ok(t, first.Connect(ctx))
	second := dial(t, a, &twin)
	ok(t, second.Connect(ctx))
	event[*events.StreamReplaced](ctx, t, first)
}

func TestUnavailable(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	b := bot(ctx, t, r, "6281500000051")
	r.Ban(b.acct, Unavailable)
	_, err := r.Seen(ctx, func(s Stanza) bool { return s.Tag == "failure" && s.Error == "503" })
	ok(t, err)
	r.Lift(b.acct)
	// whatsmeow waits 0, 2, 4 … s between its attempts to reconnect.
	_, err = b.Wait(ctx, func(in Inbox) bool { return in.Connects == 2 })
	ok(t, err)
}

func TestTimeLock(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281500000061", "Siti")
	b := bot(ctx, t, r, "6281500000062")
	until := time.Now().Add(48 * time.Hour).Truncate(time.Second)
	r.TimeLock(b.acct, until)
	lock := event[*events.NotifyAccountReachoutTimelock](ctx, t, b)
	if !lock.IsActive || lock.EnforcementType != "RESTRICT_ALL_COMPANIONS" || !lock.TimeEnforcementEnds.Equal(until) {
		t.Errorf("saw %+v", lock)
	}
	_, err := b.Text(ctx, siti.Phone(), "terkunci")
	if !errors.Is(err, whatsmeow.ErrServerReturnedError) || !strings.Contains(err.Error(), "463") {
		t.Errorf("sending gives %v", err)
	}
	g := must[*Group](t)(r.Group("Meja", siti.Account(), b.acct))
	must[string](t)(b.Text(ctx, g.ID(), "di grup boleh"))
	wantText(ctx, t, siti, "di grup boleh")
	r.Lift(b.acct)
	if lock = event[*events.NotifyAccountReachoutTimelock](ctx, t, b); lock.IsActive {
		t.Errorf("after lifting: %+v", lock)
	}
	must[string](t)(b.Text(ctx, siti.Phone(), "bebas"))
	wantText(ctx, t, siti, "bebas")
}

func TestPrivacyTokens(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281500000071", "Siti")
	b := bot(ctx, t, r, "6281500000072")
	r.NeedTokens(b.acct, true)
	if _, err := b.Text(ctx, siti.Phone(), "dingin"); err == nil || !strings.Contains(err.Error(), "463") {
		t.Errorf("a cold message gives %v", err)
	}
	must[string](t)(siti.Text(ctx, b.Phone(), "halo"))
	wantText(ctx, t, b.Person, "halo")
	_, err := r.Seen(ctx, func(s Stanza) bool {
		return s.In && s.Tag == "ack" && s.Class == "notification" && s.Type == "privacy_token" && s.Phone == b.Phone()
	})
	ok(t, err)
	must[string](t)(b.Text(ctx, siti.Phone(), "hangat"))
	wantText(ctx, t, siti, "hangat")
	r.ExpireTokens(b.acct)
	if _, err := b.Text(ctx, siti.Phone(), "sudah lama"); err == nil || !strings.Contains(err.Error(), "463") {
		t.Errorf("a message after four weeks gives %v", err)
	}
}
