package flowtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/flows/flowtest/pickup"
	"rabeg/flows/intake"
)

// WithPickup is a machine with one flow more: its folder, and this line.
func WithPickup() *flows.Machine {
	return machine(flows.Options{Flows: slices.Concat([]flows.Maker{pickup.New}, errands.All())})
}

// What a new flow keeps is kept beside the others' notes, read again by a program that has the flow, kept by one that has not,
// and goes along when a person's two conversations become one. (Its talk is transcript 170.)
func TestNewFlowKeepsItsOwn(t *testing.T) {
	t.Parallel()
	m := WithPickup()
	e := NewEngine(m, City())
	say := func(words string) {
		t.Helper()
		e.Now = e.Now.Add(time.Minute)
		if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
			t.Fatal(err)
		}
	}
	say("got mampet di depan rumah")
	say("jemput barang")
	asked := e.Reread()
	if n := pickup.Of(asked); n.ID == "" || intake.Of(asked).Form.Empty() || asked.Ask.Flow != pickup.Name {
		t.Fatalf("kept is %s", e.State)
	}
	e.Machine = Machine() // without the flow
	if err := e.Restore(string(e.State)); err != nil {
		t.Fatal(err)
	}
	say("lanjutkan")
	if !strings.Contains(string(e.State), `"pickup":{"id":"`+pickup.Of(asked).ID+`"}`) {
		t.Errorf("a program without the flow kept %s", e.State)
	}
	e.Machine = m
	if n := pickup.Of(e.Reread()); n != pickup.Of(asked) {
		t.Errorf("read again as %+v", n)
	}
	for _, joined := range []flows.State{m.Join(asked, flows.State{}), m.Join(flows.State{At: asked.At.Add(time.Hour)}, asked)} {
		if pickup.Of(joined) != pickup.Of(asked) || intake.Of(joined).Form.Empty() || joined.Ask == nil || joined.Ask.ID != asked.Ask.ID {
			t.Errorf("joined: %+v", joined)
		}
	}
}
