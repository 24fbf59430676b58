package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"rabeg/bot"
)

// Alarm says that WhatsApp refuses the account, or does so no longer. Letters wait with the sender meanwhile, and what
// people write waits at WhatsApp, for two weeks; but not for a device that was unlinked: that lies on the phone alone.
type Alarm struct {
	Kind AlarmKind
	// Text tells the desk what has happened and what to do, in Indonesian.
	Text string
	// Until is when it ends by itself; zero when it does not, or when that is not known.
	Until time.Time
	At    time.Time
}

// AlarmKind names what an alarm is about.
type AlarmKind string

// The kinds of alarms.
const (
	Unpaired  AlarmKind = "unpaired"  // no device is linked yet
	LoggedOut AlarmKind = "loggedout" // the device was unlinked
	Locked    AlarmKind = "locked"    // the phone itself was logged out
	Banned    AlarmKind = "banned"    // the number is banned
	TempBan   AlarmKind = "tempban"
	Replaced  AlarmKind = "replaced" // another program uses the same link
	Outdated  AlarmKind = "outdated" // this program is too old
	Refused   AlarmKind = "refused"  // for another reason
	TimeLock  AlarmKind = "timelock" // only groups may be written to
	Restored  AlarmKind = "restored" // all is well again
)

// sentences tell the desk what to do.
var sentences = map[AlarmKind]string{
	Unpaired: "WhatsApp belum tertaut. Jalankan `rabeg pair` di server, lalu pindai kode QR dari HP kantor: WhatsApp → Perangkat tertaut → Tautkan perangkat.",
	LoggedOut: "WhatsApp dikeluarkan dari perangkat tertaut. Jalankan `rabeg pair` di server dan pindai kode QR dari HP kantor. " +
		"Kiriman ke warga ditahan dan lanjut sendiri sesudah itu. Pesan warga yang masuk sebelum tertaut lagi hanya ada di HP " +
		"kantor: mintalah mereka menulis lagi.",
	Locked: "WhatsApp di HP kantor sendiri keluar atau dikunci. Buka WhatsApp di HP itu, ikuti petunjuknya, lalu jalankan " +
		"`rabeg pair` di server. Kiriman ditahan.",
	Banned: "Nomor WhatsApp kantor diblokir WhatsApp. Buka WhatsApp di HP kantor dan ajukan peninjauan. Bila ditolak, siapkan " +
		"nomor lain lalu jalankan `rabeg pair`. Laporan lewat Telegram tetap jalan; kiriman ditahan.",
	TempBan: "WhatsApp melarang nomor ini sementara. Jangan mengirim dari HP kantor dan jangan menautkan ulang: tunggu saja. " +
		"Kiriman ditahan dan lanjut sendiri.",
	Replaced: "Ada program lain yang memakai tautan WhatsApp yang sama. Pastikan hanya satu server yang berjalan. Program ini " +
		"mencoba lagi sendiri.",
	Outdated: "WhatsApp menolak versi program ini. Perbarui Rabeg ke rilis terbaru. Pesan warga menunggu di WhatsApp paling lama " +
		"dua minggu.",
	Refused: "WhatsApp menolak sambungan. Program mencoba lagi sendiri; bila berlanjut lebih dari sejam, hubungi pengelola server.",
	TimeLock: "WhatsApp membatasi nomor ini: untuk sementara tidak boleh mengirim ke perorangan. Grup tetap bisa. Tunggu saja, " +
		"jangan menautkan ulang; kiriman ditahan dan lanjut sendiri.",
	Restored: "WhatsApp tersambung lagi. Kiriman yang tertahan dilanjutkan.",
}

// standing is how the account stands with WhatsApp.
type standing struct {
	up     bool
	alarm  AlarmKind // raised and not ended, empty for none
	until  time.Time
	locked time.Time // the end of the time-lock
}

// ending is why a session is over, and how long to wait before the next.
type ending struct {
	kind  AlarmKind
	until time.Time
	wait  time.Duration
}

// refusalOf reads an event by which the client ends for good; ok is false for all others.
func (c *Channel) refusalOf(e any) (ending, bool) {
	t := c.timing
	switch e := e.(type) {
	case *events.LoggedOut:
		kind := LoggedOut
		if e.OnConnect && e.Reason == events.ConnectFailureMainDeviceGone {
			kind = Locked
		} else if e.OnConnect && e.Reason == events.ConnectFailureUnknownLogout {
			kind = Banned
		}
		return ending{kind: kind, wait: t.look}, true
	case *events.TemporaryBan:
		wait := e.Expire
		if wait <= 0 {
			return ending{kind: TempBan, wait: t.ban}, true
		}
		return ending{kind: TempBan, until: c.opt.Now().Add(wait), wait: wait}, true
	case *events.StreamReplaced:
		return ending{kind: Replaced, wait: c.retake()}, true
	case *events.ClientOutdated:
		return ending{kind: Outdated, wait: t.outdated}, true
	case *events.ConnectFailure:
		return ending{kind: Refused, wait: t.refused}, true
	default:
		return ending{}, false
	}
}

// retake is how long the link is left to another program that took it. That may be one of ours that is just learning that
// it leads no more: it lets go by itself, and whoever leads must not be silent for minutes. So the link is taken back soon,
// once; who takes it again is a stranger, and fighting over a link is bad manners.
func (c *Channel) retake() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.opt.Now()
	again := now.Sub(c.replaced) < 2*c.timing.replaced
	c.replaced = now
	if again {
		return c.timing.replaced
	}
	return c.timing.retake
}

// raise notes that the account is refused, and tells of it once.
func (c *Channel) raise(kind AlarmKind, until time.Time) {
	c.mu.Lock()
	old := c.standing.alarm
	if kind == Unpaired && (old == LoggedOut || old == Locked || old == Banned) { // says more
		kind = old
	}
	c.standing.up, c.standing.alarm, c.standing.until = false, kind, until
	c.mu.Unlock()
	if kind != old {
		c.opt.OnAlarm(c.alarm(kind, until))
	}
}

func (c *Channel) alarm(kind AlarmKind, until time.Time) Alarm {
	a := Alarm{Kind: kind, Text: sentences[kind], Until: until, At: c.opt.Now()}
	if !until.IsZero() {
		a.Text += " Perkiraan selesai dalam " + inWords(until.Sub(a.At)) + "."
	}
	return a
}

func inWords(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d menit", max(1, int(d.Round(time.Minute)/time.Minute)))
	}
	return fmt.Sprintf("%d jam", int((d+time.Hour-1)/time.Hour))
}

// well notes that the connection stands.
func (c *Channel) well() {
	c.mu.Lock()
	old := c.standing.alarm
	c.standing.up, c.standing.alarm, c.standing.until = true, "", time.Time{}
	close(c.risen)
	c.risen = make(chan struct{})
	c.mu.Unlock()
	if old != "" {
		c.opt.OnAlarm(c.alarm(Restored, time.Time{}))
	}
}

// down notes that the connection broke; it comes back by itself.
func (c *Channel) down() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.standing.up = false
}

// lock notes the time-lock, or its end.
func (c *Channel) lock(e *events.NotifyAccountReachoutTimelock) {
	until := e.TimeEnforcementEnds.Time
	if e.IsActive && until.IsZero() {
		until = c.opt.Now().Add(c.timing.ban)
	}
	if !e.IsActive {
		until = time.Time{}
	}
	c.mu.Lock()
	before := c.standing.locked
	c.standing.locked = until
	c.mu.Unlock()
	switch {
	case e.IsActive && !before.Equal(until):
		c.opt.OnAlarm(c.alarm(TimeLock, until))
	case !e.IsActive && !before.IsZero():
		c.opt.OnAlarm(c.alarm(Restored, time.Time{}))
	}
}

func (c *Channel) lockedUntil() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.standing.locked
}

// Ready reports whether messages come and go; else it says why not, for operators.
func (c *Channel) Ready() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.standing.alarm != "":
		return fmt.Errorf("whatsapp: %s", c.standing.alarm)
	case !c.standing.up:
		return errors.New("whatsapp: not connected")
	case c.standing.locked.After(c.opt.Now()):
		return fmt.Errorf("whatsapp: %s", TimeLock)
	}
	return nil
}

const (
	shortWait = 2 * time.Second  // the connection will be back at once
	longWait  = time.Minute      // somebody has to act, or time to pass
	lockWait  = 10 * time.Minute // between two looks whether the time-lock is over
)

// connected is sendable, after waiting a moment for a connection that is just being made: after a start, and when one broke,
// the next stands well before a letter would be tried again.
func (c *Channel) connected(ctx context.Context, to types.JID) (*whatsmeow.Client, *bot.SendError) {
	limit := time.NewTimer(c.timing.connect)
	defer limit.Stop()
	for {
		c.mu.Lock()
		down, risen := c.standing.alarm == "" && (c.session == nil || !c.standing.up), c.risen
		c.mu.Unlock()
		if !down {
			return c.sendable(to)
		}
		select {
		case <-risen:
		case <-limit.C:
			return c.sendable(to)
		case <-ctx.Done():
			return nil, retry(ctx.Err(), 0)
		}
	}
}

// sendable gives the client to send with, or when to ask again.
func (c *Channel) sendable(to types.JID) (*whatsmeow.Client, *bot.SendError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.standing.alarm != "":
		return nil, halt(fmt.Errorf("%w: %s", ErrNotLinked, c.standing.alarm), longWait)
	case c.session == nil || !c.standing.up:
		return nil, halt(ErrNotLinked, shortWait)
	case to.Server != types.GroupServer && c.standing.locked.After(c.opt.Now()):
		// Groups are still written to, so this chat waits and not the network.
		return nil, retry(ErrLocked, min(c.standing.locked.Sub(c.opt.Now()), lockWait))
	}
	return c.session.cli, nil
}
