package lab

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/lab/phones"
	"rabeg/internal/sim/cloudapi"
)

// meta is a local Meta with the office's official number on it. It calls the program, and so has to know where that lives.
type meta struct {
	*cloudapi.Server

	mu   sync.Mutex
	at   string // where the program takes the calls
	away bool   // the program cannot be called
}

// newMeta starts a local Meta. Its numbers begin with the time: the database remembers those of earlier runs.
func newMeta(now func() time.Time) (*meta, error) {
	m := &meta{Server: cloudapi.New(cloudapi.Options{Now: now, Begin: int(time.Now().UnixMilli() - tryEpoch*1000)})}
	if err := m.Start("127.0.0.1:0"); err != nil {
		return nil, err
	}
	return m, nil
}

// settings are those by which the program knows Meta, which it reaches at an address.
func (m *meta) settings(addr string) app.Cloud {
	return app.Cloud{Token: m.Token(), PhoneID: m.PhoneID(), WABAID: m.WABA(), AppSecret: m.AppSecret(),
		VerifyToken: m.VerifyToken(), APIURL: "http://" + addr, Version: m.Version()}
}

// cloudEnv is the part of the program's environment that holds the settings.
func cloudEnv(c app.Cloud) []string {
	return []string{"WHATSAPP_CLOUD_TOKEN=" + c.Token, "WHATSAPP_CLOUD_PHONE_ID=" + c.PhoneID, "WHATSAPP_CLOUD_WABA_ID=" + c.WABAID,
		"WHATSAPP_CLOUD_APP_SECRET=" + c.AppSecret, "WHATSAPP_CLOUD_VERIFY_TOKEN=" + c.VerifyToken, "WHATSAPP_CLOUD_API_URL=" + c.APIURL,
		"WHATSAPP_CLOUD_VERSION=" + c.Version}
}

// call sets the address that is called, as the app's page at Meta does: the program must know the word that is agreed.
func (m *meta) call(ctx context.Context, addr string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = "http://" + addr + "/webhook/whatsapp"
	if m.away {
		return nil
	}
	return m.SetHook(ctx, m.at)
}

// cut takes the way to the program away, or gives it back. What people write meanwhile waits.
func (m *meta) cut(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
	if away {
		m.PointHook("")
	} else {
		m.PointHook(m.at)
	}
}

// invite hands in the invitations and has them approved, as they are at Meta before a number is served.
func (m *meta) invite(ctx context.Context, cfg app.Config) error {
	var said strings.Builder
	if err := app.WhatsAppTemplates(ctx, cfg, true, &said); err != nil {
		return fmt.Errorf("hand the invitations in: %w", err)
	}
	m.ApproveAll()
	return nil
}

// pocket is a phone of somebody with WhatsApp, until end is called.
func (w *world) pocket(ctx context.Context, number, name string) (p phones.Pocket, end func(), err error) {
	if w.meta != nil {
		return phones.Official(w.meta.Person(name, number, true)), func() {}, nil
	}
	person, err := w.relay.Person(ctx, number, name)
	if err != nil {
		return nil, nil, err
	}
	return phones.Linked(person, w.office.Phone()+"@s.whatsapp.net"), person.Disconnect, nil
}
