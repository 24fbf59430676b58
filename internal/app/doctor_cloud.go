package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"rabeg/bot/whatsappcloud"
)

// versionWarning is how long before its end a version of the Graph API is warned of.
const versionWarning = 90 * 24 * time.Hour

// nobody is a Memory that knows nobody: a visit meets no people.
type nobody struct{ whatsappcloud.Memory }

// cloud looks at the number, who hears of it, and the invitations, without sending anything.
func (c *doctor) cloud(ctx context.Context) []finding {
	if !c.Cloud.on() {
		return nil
	}
	token := finding{name: "WhatsApp Cloud token", mend: "make a new token (Business settings → System users) and set WHATSAPP_CLOUD_TOKEN"}
	if token.err = c.Cloud.check(); token.err != nil {
		return []finding{token}
	}
	o := c.Cloud.options()
	o.Memory = nobody{}
	ch, err := whatsappcloud.New(o)
	if err != nil {
		token.err = said(err.Error())
		return []finding{token}
	}
	defer ch.Close()
	h, err := ch.Health(ctx)
	if err != nil {
		token.err = orElse(err, "Meta answers otherwise than expected: "+short(err))
		if !whatsappcloud.Refused(err) {
			token.mend = "check the network to WHATSAPP_CLOUD_API_URL, WHATSAPP_CLOUD_PHONE_ID and WHATSAPP_CLOUD_VERSION"
		}
		return []finding{token}
	}
	token.saw = "known to Meta"
	number := finding{
		name: "WhatsApp Cloud number", saw: h.Number + ", " + h.Name + ", quality " + strings.ToLower(h.Quality),
		mend: "finish its registration in WhatsApp Manager → Phone numbers",
	}
	if h.Status != "CONNECTED" {
		number.err = said("Meta calls it " + h.Status)
	}
	return append([]finding{token, number}, c.account(ctx, ch)...)
}

// account looks at what belongs to the business account.
func (c *doctor) account(ctx context.Context, ch *whatsappcloud.Channel) []finding {
	hears := finding{
		name: "WhatsApp Cloud webhook", saw: "the account tells an app what comes; that it is this program's address shows when it runs",
		mend: "run: rabeg whatsapp subscribe; and set the callback address …/webhook/whatsapp at Meta with WHATSAPP_CLOUD_VERIFY_TOKEN",
	}
	switch is, err := ch.Subscribed(ctx); {
	case err != nil:
		hears.err = orElse(err, "the subscription cannot be read: "+short(err))
	case !is:
		hears.err = said("no app is subscribed to the account: nothing comes")
	}
	wake := finding{name: "WhatsApp Cloud invitations", mend: "run: rabeg whatsapp templates --submit; Meta takes up to a day"}
	states, err := ch.States(ctx)
	switch {
	case err != nil:
		wake.err = orElse(err, "the templates cannot be read: "+short(err))
	case !ch.Usable(states, false):
		wake.err = said("none is approved: who was silent for 24 hours hears nothing until he or she writes")
	case !ch.Usable(states, true):
		wake.err = said("the one for leaders and heads of offices is not approved: where they were silent for 24 hours they hear of nothing that is late")
	default:
		wake.saw = "approved"
		for _, s := range states {
			if s.Category == "MARKETING" && strings.HasPrefix(s.Name, "kabar_") {
				wake.saw = "approved, but Meta bills " + s.Name + " as marketing"
			}
		}
	}
	return []finding{hears, wake, c.sending(ctx, ch), c.version(time.Now())}
}

// sending looks whether Meta says that messages can be sent, and what stands in the way: the means of payment among that.
func (*doctor) sending(ctx context.Context, ch *whatsappcloud.Channel) finding {
	f := finding{name: "WhatsApp Cloud sending", saw: "Meta says that messages can be sent", mend: "look at WhatsApp Manager → Account overview"}
	s, err := ch.Sending(ctx)
	if err != nil {
		f.err = orElse(err, "it cannot be asked: "+short(err))
		return f
	}
	var parts []string
	for _, b := range s.Blocks {
		parts = append(parts, strings.TrimSpace(b.Part+" "+strings.Trim(fmt.Sprint(b.Codes), "[]")))
		if slices.Contains(b.Codes, whatsappcloud.NoPayment) {
			f.mend = "set or mend the means of payment in WhatsApp Manager → Billing"
		}
	}
	switch s.Can {
	case "AVAILABLE":
	case "":
		f.saw = "Meta does not say whether messages can be sent"
	default:
		f.err = said(strings.TrimSpace("Meta calls it " + strings.ToLower(s.Can) + ": " + strings.Join(parts, ", ")))
	}
	return f
}

// version looks whether Meta ends the version of its API soon. Of one older than all whose end is known it is over, or nobody knows.
func (c *doctor) version(now time.Time) finding {
	end := finding{name: "WhatsApp Cloud version", saw: c.Cloud.Version, mend: "set WHATSAPP_CLOUD_VERSION=" + whatsappcloud.DefaultVersion + " or a newer one"}
	day, known := whatsappcloud.VersionEnds(c.Cloud.Version)
	switch left := int(day.Sub(now).Hours() / 24); {
	case !known:
		end.saw += "; when Meta ends it is not known here: look it up"
	case left < 0:
		end.err = said(c.Cloud.Version + " has ended on " + day.Format(time.DateOnly))
	case day.Sub(now) < versionWarning:
		end.err = said(fmt.Sprintf("%s ends in %d days", c.Cloud.Version, left))
	}
	return end
}

// WhatsAppTemplates shows where the invitations stand with Meta, and hands in those that Meta does not know when submit is set.
func WhatsAppTemplates(ctx context.Context, cfg Config, submit bool, out io.Writer) error {
	ch, err := cloudOf(cfg)
	if err != nil {
		return err
	}
	defer ch.Close()
	states, err := ch.States(ctx)
	if err != nil {
		return said("Meta does not tell of the templates: " + short(err))
	}
	known := map[string]whatsappcloud.State{}
	for _, s := range states {
		known[s.Name] = s
	}
	for _, t := range whatsappcloud.Invitations() {
		s, there := known[t.Name]
		switch {
		case there:
			_, _ = fmt.Fprintf(out, "%s: %s, %s\n", t.Name, strings.ToLower(s.Status), strings.ToLower(s.Category))
		case submit:
			if err := ch.Submit(ctx, t); err != nil {
				return said("Meta does not take the template " + t.Name + ": " + short(err))
			}
			_, _ = fmt.Fprintf(out, "%s: handed in; Meta looks at it within a day\n", t.Name)
		default:
			_, _ = fmt.Fprintf(out, "%s: not handed in (rabeg whatsapp templates --submit)\n", t.Name)
		}
		_, _ = fmt.Fprintf(out, "    %s [%s]\n", t.Body, t.Button)
	}
	return nil
}

// WhatsAppSubscribe lets Meta tell the token's app what comes to the account.
func WhatsAppSubscribe(ctx context.Context, cfg Config, out io.Writer) error {
	ch, err := cloudOf(cfg)
	if err != nil {
		return err
	}
	defer ch.Close()
	if err := ch.Subscribe(ctx); err != nil {
		return said("Meta does not take the subscription: " + short(err))
	}
	_, _ = fmt.Fprintln(out, "subscribed; what comes goes to the callback address that is set at Meta")
	return nil
}

func cloudOf(cfg Config) (*whatsappcloud.Channel, error) {
	if !cfg.Cloud.on() {
		return nil, Wrong("WHATSAPP_CLOUD_TOKEN", "is missing: the Cloud API is not served", "EAAG…")
	}
	if err := cfg.Cloud.check(); err != nil {
		return nil, err
	}
	o := cfg.Cloud.options()
	o.Memory = nobody{}
	return whatsappcloud.New(o)
}
