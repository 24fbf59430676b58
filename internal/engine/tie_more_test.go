package engine_test

import (
	"strconv"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// offered lets a chat show a code that another types and wants.
func (p *pair) offered(shows, types bot.Address) {
	p.Helper()
	code := shownCode.FindString(p.says(shows, "hubungkan"))
	p.says(types, "hubungkan "+code)
	p.says(types, "ya")
}

// Whoever said yes knows it after a death, too: what was filed in the other chat is on her list.
func TestATieIsKnownAfterADeath(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"before commit", "before save", "after save"} {
		p := newPair(t)
		p.files(onWhatsApp, "got mampet"+places)
		r := p.mine(onWhatsApp)[0]
		p.offered(onTelegram, onWhatsApp)
		p.said(onTelegram)
		p.die = step
		p.has("a yes, with a death "+step, p.says(onTelegram, "ya"), "Sudah tersambung")
		p.has("her list after a death "+step, p.says(onTelegram, "status"), string(r.Code))
	}
}

// A yes is for the code that was asked about: where she shows another one, and somebody else has wanted it before she answers, it ties
// nothing.
func TestAYesIsForTheCodeThatWasAskedAbout(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.offered(onTelegram, onWhatsApp)
	p.has("the question", p.said(onTelegram), "Itu Anda?")
	code := shownCode.FindString(p.says(onTelegram, "hubungkan telegram saya"))
	p.says(thief, "hubungkan "+code)
	p.at(thief, bot.Text{Text: "ya"}) // what she is asked about it is still on its way
	late := p.jobs
	p.jobs = nil
	p.has("her yes", p.says(onTelegram, "ya"), "tidak berlaku")
	if all, err := p.store.Ties(t.Context(), onTelegram); err != nil || len(all) != 0 {
		t.Fatalf("it ties %v, %v", all, err)
	}
	p.jobs = late
	p.says(onWhatsApp, "status")
	p.has("the question about the other", p.said(onTelegram), "chat Telegram", "Itu Anda?")
	p.has("her no", p.says(onTelegram, "bukan"), "tidak disambungkan")
}

// What would be read from one chat more is told of all chats that are tied already, to whoever types a code and to whoever shows one.
func TestTyingTellsWhatTheOtherChatsHold(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	p.files(onWhatsApp, "got mampet"+places)
	p.ties(onTelegram, onWhatsApp)
	r := p.mine(onWhatsApp)[0]
	code := shownCode.FindString(p.says(onCloud, "hubungkan"))
	p.has("who types", p.says(onTelegram, "hubungkan "+code), string(r.Code))
	p.says(onTelegram, "bukan")
	p.offered(onTelegram, onCloud)
	p.has("who shows", p.said(onTelegram), string(r.Code))
}

// Nobody ties more chats than may be by wanting two codes before either is agreed to.
func TestTwoCodesAtOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	for n := range ledger.TiesMost - 2 {
		p.ties(bot.Address{Network: bot.Telegram, ID: "70" + strconv.Itoa(n)}, onWhatsApp)
	}
	p.offered(onTelegram, onWhatsApp)
	p.offered(onCloud, onWhatsApp)
	p.said(onTelegram)
	p.said(onCloud)
	p.has("the first yes", p.says(onTelegram, "ya"), "Sudah tersambung")
	p.has("the second", p.says(onCloud, "ya"), "Paling banyak lima")
	if all, err := p.store.Ties(t.Context(), onWhatsApp); err != nil || len(all) != ledger.TiesMost {
		t.Errorf("tied are %d, %v", len(all), err)
	}
}
