package casework

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// transfer hands the report over to somebody outside the government, or keeps the number that they gave it since. The coordinator
// owns it from then on, and follows it. An officer of an office proposes it: the report goes to the coordinator with the name of
// who is meant.
func (c *change) transfer(a report.Transfer) error {
	owner, ok := c.Profile.Owner(a.Owner)
	if !ok {
		return refuse(Choice, "Pihak itu tidak ada di daftar. Tulis /alihkan untuk memilihnya.")
	}
	number := line(a.Number)
	if say.Units(number) > maxForeign {
		return refuse(TooLong, "Nomornya terlalu panjang.")
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	if c.by.Role == report.Operator {
		return c.propose(owner, number, a.Why)
	}
	again := c.was.Status == report.Transferred && c.was.Owner == owner.Code
	f := report.Fact{What: report.WasTransferred, Owner: owner.Code, Meant: c.outside(), Words: a.Why}
	if number != "" {
		f.Foreign = &report.Foreign{Source: owner.Short, Number: number}
	}
	if again && (number == "" || slices.Contains(c.was.Foreign, *f.Foreign)) {
		return refuse(Already, "Laporan %s memang sudah dialihkan ke %s. Sudah ada nomor dari mereka? Tulis /alihkan %s dan nomornya.", c.was.Code, owner.Short, owner.Short)
	}
	held := c.was.Agency == "" && !again // of what an office had, the card has gone elsewhere by then: it is opened anew
	var hold time.Time
	if held {
		hold = c.hold(c.At)
	}
	c.tell(f, hold, func(v say.Voice, _ Addressee) bot.Message {
		if again {
			return bot.Message{Text: v.NoticeNumbered(c.now, owner, number)}
		}
		return bot.Message{Text: v.NoticeTransferred(c.now, owner, numberAt(c.now, owner), c.At)}
	})
	if held {
		c.undo(c.facts[len(c.facts)-1])
	}
	if c.was.Agency != "" {
		c.handedOver()
		return nil
	}
	c.card()
	return nil
}

// handedFromOffice reports whether a fact handed over outside what an office had.
func (c *change) handedFromOffice(of report.Fact) bool {
	if of.What != report.WasTransferred {
		return false
	}
	now := report.Origin(c.was)
	for _, f := range c.Facts {
		if f.Seq == of.Seq {
			break
		}
		now = report.Apply(now, f)
	}
	return now.Agency != ""
}

// propose gives the report to the coordinator, for somebody outside.
func (c *change) propose(owner profile.Owner, number, why string) error {
	if c.was.Bounces >= Bounces {
		return refuse(Final, "Laporan %s sudah dua kali dikembalikan; kantornya kini ditetapkan koordinator. Bicarakan dengan koordinator.", c.was.Code)
	}
	if number != "" {
		c.fact(report.Fact{What: report.WasLinked, Foreign: &report.Foreign{Source: owner.Short, Number: number}})
	}
	c.passOn(report.Fact{What: report.WasForwarded, Meant: c.outside(), Owner: owner.Code, Words: why})
	return nil
}

// numberAt is what somebody outside keeps a report under, "" where that is not known.
func numberAt(r report.Report, owner profile.Owner) string {
	for _, f := range r.Foreign {
		if f.Source == owner.Short {
			return f.Number
		}
	}
	return ""
}

// outside is the code of the entry that stands for everybody outside the government.
func (o *Office) outside() string {
	a, _ := o.Profile.Outside()
	return a.Code
}

// ownerOf is the code of whose duty a report is outside the government, "" for nobody's.
func (o *Office) ownerOf(category, text, district string) string {
	owner, _ := o.Profile.OwnerOf(category, text, district)
	return owner.Code
}

// OwnerName is how officers call somebody outside the government.
func (o *Office) OwnerName(code string) string {
	owner, ok := o.Profile.Owner(code)
	if !ok {
		return code
	}
	return owner.Short
}
