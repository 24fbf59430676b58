package casework

import (
	"cmp"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

func (c *change) take() error {
	mine := c.was.Officer.ID == c.by.ID
	if c.was.Status == report.InProgress && mine {
		return refuse(Already, "Laporan %s sudah Anda ambil.", c.was.Code)
	}
	if c.was.Status == report.InProgress && c.was.Officer.ID != "" && c.by.Role != report.Coordinator && !left(c.Left, c.was.Officer.ID) {
		return refuse(Held, "Laporan %s sudah diambil %s.", c.was.Code, c.was.Officer.Name)
	}
	c.tell(report.Fact{What: report.WasTaken}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeTaken(c.now)}
	})
	c.card()
	return nil
}

// left reports whether who has a report in hand cannot go on with it.
func left(f func(string) bool, person string) bool { return f != nil && f(person) }

func (c *change) forward(a report.Forward) error {
	if a.To == c.was.Agency {
		return refuse(Already, "Laporan %s memang ada di %s.", c.was.Code, c.OfficeName(a.To))
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	final := c.was.Bounces >= Bounces && c.by.Role != report.Coordinator
	if final {
		return refuse(Final, "Laporan %s sudah dua kali dikembalikan; kantornya kini ditetapkan koordinator. Bicarakan dengan koordinator.", c.was.Code)
	}
	f := report.Fact{What: report.WasForwarded, Agency: a.To, Words: a.Why}
	if a.To != "" {
		if !c.canOwn(a.To) {
			return refuse(Choice, "%s bukan kantor yang dapat menerima laporan di sini; laporan tetap di %s.", c.OfficeName(a.To), c.OfficeName(c.was.Agency))
		}
		if !served(c.Served, a.To) {
			if c.was.Agency == "" {
				return refuse(Choice, "%s belum punya petugas di sini, jadi laporan %s tetap di koordinator. Minta petugasnya menulis /daftar %s.",
					c.OfficeName(a.To), c.was.Code, a.To)
			}
			f.Agency, f.Meant = "", a.To
		}
	}
	c.passOn(f)
	return nil
}

// passOn gives the report to its next owner. A plan is the word of an office: it goes with the duty, whoever has the report meanwhile.
func (c *change) passOn(f report.Fact) {
	duty := cmp.Or(c.was.Agency, c.was.Suggested)
	f.Stands = f.What == report.WasForwarded && c.was.Status == report.Planned && duty != "" && duty == cmp.Or(f.Agency, f.Meant)
	_, undecided := Undecided(c.was, c.Facts)
	c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		if undecided && c.now.Agency != "" {
			return bot.Message{Text: v.NoticeReviewed(c.now)}
		}
		return bot.Message{Text: v.NoticeForwarded(c.now, c.At)}
	})
	c.handedOver()
}

func (c *change) notOurs(a report.NotOurs) error {
	if c.was.Agency == "" {
		return refuse(Already, "Laporan %s memang ada di koordinator. Teruskan ke kantor yang tepat dengan /teruskan. Bukan urusan kota? /alihkan ke pihak luar, atau /tolak.", c.was.Code)
	}
	if c.was.Bounces >= Bounces {
		return refuse(Final, "Laporan %s sudah dua kali dikembalikan; %s ditetapkan koordinator dan tidak dapat mengembalikannya lagi.",
			c.was.Code, c.OfficeName(c.was.Agency))
	}
	if a.Why == "" {
		return refuse(Empty, "Sebutkan alasannya, misalnya: /bukan jalan ini milik provinsi.")
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	c.passOn(report.Fact{What: report.WasReturned, Words: a.Why})
	return nil
}

func (c *change) note(a report.Note) error {
	if a.Words == "" {
		return refuse(Empty, "Catatannya kosong. Tulis misalnya: /catatan sudah disurvei.")
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasNoted, Words: a.Words})
	if a.Passed {
		text := fmt.Sprintf("📝 %s (%s) tentang %s", say.Clip(c.by.Name, 40), c.OfficeName(c.by.Home), bot.Bold(string(c.was.Code)))
		if !c.Secret(c.was) {
			text += ":\n“" + a.Words + "”"
		}
		c.letter(c.toOwner(c.now, c.key("passed"), text))
	}
	c.card()
	return nil
}

// words refuses what would not fit one message.
func (c *change) words(s string) error {
	if n := say.Units(s); n > MaxWords {
		return refuse(TooLong, "Tulisannya terlalu panjang (%d huruf); paling banyak %d. Kirim lagi lebih singkat.", n, MaxWords)
	}
	return nil
}
