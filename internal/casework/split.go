package casework

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// MaySplit tells whether words can become a report of their own. They are filed in the citizen's name, so they are his or her own:
// what was filed or added, not what an officer would have written. before are the reports that were made of parts earlier.
func (o *Office) MaySplit(r report.Report, facts []report.Fact, words string, before []report.Report) error {
	switch {
	case !r.Erased.IsZero():
		return refuse(Over, "Data pelapor %s sudah dihapus, jadi isinya tidak dapat dipecah. Laporan itu sendiri tetap dapat ditindak.", r.Code)
	case bot.Fold(words) == "":
		return refuse(Empty, "Tulis bagian yang menjadi laporan sendiri, dengan kata-kata warga: /pecah %s sampah menumpuk di depan pasar", r.Code)
	case report.Within(words, r.Text):
		return refuse(Choice, "Itu seluruh isi laporan %s. Tulis hanya bagian yang menjadi laporan sendiri; kalau kategorinya keliru, pakai /kategori.", r.Code)
	}
	own := report.Within(r.Text, words)
	for _, f := range facts {
		own = own || f.What == report.WasAdded && !f.Beside && report.Within(f.Words, words)
	}
	if !own {
		return refuse(Choice, "Kata-kata itu tidak ada di laporan %s. Laporan kedua dibuat atas nama warga, jadi salin kata-katanya sendiri dari laporan itu.", r.Code)
	}
	for _, b := range before {
		if b.Status != report.Merged && (report.Within(b.Text, words) || report.Within(words, b.Text)) {
			return refuse(Already, "Bagian itu sudah menjadi laporan %s.", b.Code)
		}
	}
	return nil
}

// OwnWords are the citizen's own words that a part is copied from, the words as they came where there are none.
func (o *Office) OwnWords(r report.Report, facts []report.Fact, words string) string {
	if own, ok := report.Span(r.Text, words); ok {
		return own
	}
	for _, f := range facts {
		if own, ok := report.Span(f.Words, words); ok && f.What == report.WasAdded && !f.Beside {
			return own
		}
	}
	return words
}

// SplitOwner is the office to which a part goes, "" the coordinator, and the draft's office whatever serves it.
func (o *Office) SplitOwner(d report.Draft, isServed func(string) bool) (owner, meant, why string) {
	meant, why = o.Profile.OfficeAt(d.Category, d.Text, d.Place.District, d.Abroad())
	if o.canOwn(meant) && served(isServed, meant) {
		return meant, meant, why
	}
	return "", meant, ""
}

// split files a part of the report as one of its own, which begins when the first was filed: the citizen waits since then, whoever
// finds out later that there are two matters in it. It is never asked for twins and never put into quarantine: no new wish of the
// citizen's brought it about. Who follows the first follows what he or she read there, so nobody is taken along; the photos stay with
// the first, and are shown under the card of the second as well.
func (c *change) split(a report.Split) error {
	if err := c.MaySplit(c.was, c.Facts, a.Part.Text, a.Before); err != nil {
		return err
	}
	d := a.Part
	d.Kind, d.Visibility, d.How, d.Begun, d.Contact = c.was.Kind, c.was.Visibility, c.was.How, c.was.Begun, false
	d.Photos, d.Files = nil, nil
	if c.Profile.Sensitive(c.was.Category) { // what was hidden stays hidden
		d.Visibility = report.Confidential
	}
	owner, meant, why := c.SplitOwner(d, c.Served)
	by := report.Actor{Role: report.Citizen, Chat: c.was.Reporter}
	for _, f := range c.Facts {
		if f.What == report.WasFiled {
			by = f.By
		}
	}
	if by.Role == report.Citizen {
		by.Chat = c.was.Reporter // the citizen may have moved since
	}
	facts := []report.Fact{{At: c.was.Filed, By: by, What: report.WasFiled, Words: d.Text, Category: d.Category, Place: &d.Place,
		Agency: meant, Owner: c.ownerOf(d.Category, d.Text, d.Place.District)}}
	if owner != "" {
		facts = append(facts, report.Fact{At: c.At, By: report.Actor{Role: report.System}, What: report.WasAssigned, Agency: owner, Words: why})
	}
	facts = append(facts, report.Fact{At: c.At, By: c.by, What: report.WasSplitOff, With: &report.Joined{ID: c.was.ID, Code: c.was.Code}})
	for i := range facts {
		facts[i].Report, facts[i].Seq = a.ID, i+1
	}
	second := report.Report{ID: a.ID, Code: a.Code, Draft: d, Reporter: c.was.Reporter, ReporterName: c.was.ReporterName, Lang: c.was.Lang, Due: c.due(d, c.was.Filed)}
	second, timer := c.clocked(report.Fold(report.Origin(second), facts), facts)

	was := report.Fact{What: report.WasSplit, With: &report.Joined{ID: a.ID, Code: a.Code}}
	if c.Secret(second) && !c.Secret(c.was) { // its words stay whole in the first, and who filed one has filed the other
		was.Visibility = report.Confidential
	}
	c.tell(was, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeSplit(c.now, second)}
	})
	c.hush()
	c.card()
	c.batch.Changes = append(c.batch.Changes, ledger.Opened{Report: second, Facts: facts})
	c.batch.Changes = append(c.batch.Changes, timer...)
	c.batch.Letters = append(c.batch.Letters, c.cardLetters(second, facts)...)
	if len(c.was.Photos) > 0 && !c.Secret(second) && !c.Secret(c.was) {
		c.letter(ledger.Letter{Key: second.CardKey + mediaKey, To: c.Desk, Desk: true, Room: second.Agency, Report: second.ID, Purpose: ledger.ToDesk,
			Mentions: []report.ID{c.was.ID}, Answers: second.CardKey, Message: bot.Message{Text: "Foto dari laporan " + string(c.was.Code), Photos: c.was.Photos}})
	}
	if c.Consults && c.Doubtful(d) {
		c.batch.Jobs = append(c.batch.Jobs, ledger.Consult{Report: a.ID})
	}
	return nil
}

// siblings reports whether one is a part of the other, and both are one person's: then joining them shows nobody anything new.
func siblings(a, b report.Report) bool {
	part := a.PartOf != nil && a.PartOf.ID == b.ID || b.PartOf != nil && b.PartOf.ID == a.ID
	return part && a.Reporter.Chat() == b.Reporter.Chat()
}
