package engine_test

import (
	"context"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/engine"
)

// moved is a pair whose city has gone over to the official WhatsApp: her number is known in both.
func moved(t *testing.T, owners ...bot.Address) *pair {
	p := newPair(t)
	p.served[bot.WhatsApp] = false
	o := p.Engine.Options
	o.Phone = func(_ context.Context, chat bot.Address) (string, error) {
		if chat == thief {
			return "", nil
		}
		return "+62 812-3456-7890", nil
	}
	o.Numbered = func(_ context.Context, number string) ([]bot.Address, error) {
		if number != "6281234567890" {
			t.Errorf("it is asked whose %q is", number)
		}
		return owners, nil
	}
	p.Engine = engine.New(o)
	return p
}

// A woman reported by the city's old number. She writes to the new one: she is told that her number is known, says that it is she, and has
// her report, its question and its news here.
func TestHerNumberIsKnown(t *testing.T) {
	t.Parallel()
	p := moved(t, onCloud, onWhatsApp)
	p.files(onWhatsApp, "lampu jalan mati"+places)
	p.says(onWhatsApp, "halo")
	r := p.mine(onWhatsApp)[0]

	first := p.says(onCloud, "assalamualaikum")
	p.has("her first words", first, "Nomor ini juga dikenal", "hubungkan")
	if strings.Contains(first, string(r.Code)) || strings.Contains(first, "lampu") {
		t.Errorf("who may be somebody else reads of the report: %s", first)
	}
	if again := p.says(onCloud, "halo"); strings.Contains(again, "juga dikenal") {
		t.Errorf("she is reminded again: %s", again)
	}
	asked := p.says(onCloud, "hubungkan")
	p.has("what would be joined", asked, "1 laporan", "Maret 2026", "Itu Anda sendiri?", "di sana diberi tahu")
	if strings.Contains(asked, string(r.Code)) || strings.Contains(asked, "lampu") {
		t.Errorf("who may be somebody else reads of the report: %s", asked)
	}
	joined := p.says(onCloud, "ya itu saya")
	p.has("it is she", joined, "Sudah tersambung dengan chat WhatsApp")
	if n := strings.Count(joined, "Sudah tersambung"); n != 1 {
		t.Errorf("she reads %d times that they are linked: %s", n, joined)
	}
	p.has("her list", p.says(onCloud, "status"), string(r.Code))
	p.has("linked already", p.says(onCloud, "hubungkan"), "K7MQ-") // a code for one more chat
}

// A number has a new owner, who says that it is not he: he gets a code like everybody, and no report. Who has no number, another's number,
// or nothing to be seen is told nothing.
func TestANumberIsNoProof(t *testing.T) {
	t.Parallel()
	p := moved(t, onWhatsApp)
	p.files(onWhatsApp, "sampah menumpuk"+places)
	p.has("he is asked", p.says(onCloud, "hubungkan"), "Kalau nomor ini dulu milik orang lain, jawab bukan")
	p.has("he says no", p.says(onCloud, "bukan, ini nomor baru"), "K7MQ-")
	for _, c := range []bot.Address{onCloud, onWhatsApp} {
		if all, err := p.store.Ties(t.Context(), c); err != nil || len(all) != 0 {
			t.Errorf("after a no %s is tied to %v, %v", c.ID, all, err)
		}
	}
	if words := p.says(thief, "halo"); strings.Contains(words, "juga dikenal") {
		t.Errorf("who has no number reads %s", words)
	}
	nothing := moved(t, onWhatsApp)
	nothing.says(onWhatsApp, "halo")
	if words := nothing.says(onCloud, "halo"); strings.Contains(words, "juga dikenal") {
		t.Errorf("who has reported nothing reads %s", words)
	}
	nothing.has("a code at once", nothing.says(onCloud, "hubungkan"), "K7MQ-")
}

// A yes to what was shown a while ago is looked at again: what cannot be tied by now is not.
func TestANumberThatIsNobodysByNow(t *testing.T) {
	t.Parallel()
	p := moved(t, onWhatsApp)
	p.files(onWhatsApp, "sampah menumpuk"+places)
	p.says(onCloud, "hubungkan")
	o := p.Engine.Options
	o.Numbered = func(context.Context, string) ([]bot.Address, error) { return nil, nil }
	p.Engine = engine.New(o)
	p.has("a late yes", p.says(onCloud, "ya"), "belum bisa disambungkan")
	if all, err := p.store.Ties(t.Context(), onCloud); err != nil || len(all) != 0 {
		t.Errorf("it is tied to %v, %v", all, err)
	}
}
