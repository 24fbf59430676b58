package phones

import (
	"context"
	"strings"

	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/warelay"
)

// linked writes to an office that is there with a linked phone.
type linked struct {
	person *warelay.Person
	office string
}

// Linked is a phone that no page shows, of somebody who writes to an office on a linked phone; office is its address.
func Linked(p *warelay.Person, office string) Pocket { return linked{p, office} }

func (l linked) Write(ctx context.Context, text string) error {
	_, err := l.person.Text(ctx, l.office, text)
	return err
}

func (l linked) Wait(ctx context.Context, ok func(texts []string) bool) error {
	_, err := l.person.Wait(ctx, func(in warelay.Inbox) bool {
		texts := make([]string, len(in.Messages))
		for i, m := range in.Messages {
			texts[i] = m.Text
		}
		return ok(texts)
	})
	return err
}

// official writes to an office that is there officially.
type official struct{ person *cloudapi.Person }

// Official is a phone that no page shows, of somebody who writes to the office's official number. Buttons stand below the words.
func Official(p *cloudapi.Person) Pocket { return official{p} }

func (o official) Write(_ context.Context, text string) error {
	_, err := o.person.Send(cloudapi.Out{Text: text})
	return err
}

func (o official) Wait(ctx context.Context, ok func(texts []string) bool) error {
	_, err := o.person.Wait(ctx, func(all []cloudapi.Shown) bool {
		texts := make([]string, len(all))
		for i, m := range all {
			lines := []string{m.Text}
			for _, c := range m.Choices {
				lines = append(lines, "["+c.Title+"]")
			}
			texts[i] = strings.Join(lines, "\n")
		}
		return ok(texts)
	})
	return err
}
