package casework

import (
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// maxIdentityWhy is how long the reason may be for which somebody wants to see who filed a report or what is masked in it, leastWhy how
// many letters it has at least.
const (
	maxIdentityWhy = 300
	leastWhy       = 5
)

// HasIdentity reports whether there is somebody behind a report who may be known for a reason: not where the citizen hides the own
// name, or the matter hides it.
func (o *Office) HasIdentity(r report.Report) bool {
	return r.Erased.IsZero() && !r.Reporter.Zero() && !o.Nameless(r)
}

// MayIdentify tells whether a person may know who filed a report: the officer who took it, or a coordinator; nobody where the
// reporter was promised that. The error is a *Refusal.
func (o *Office) MayIdentify(r report.Report, by report.Actor) error {
	if err := o.Permit(r, by, report.Identify{}); err != nil {
		return err
	}
	switch {
	case !r.Erased.IsZero():
		return refuse(Gone, "Data pelapor laporan %s sudah dihapus; tidak ada lagi yang dapat dibuka.", r.Code)
	case o.Nameless(r):
		return o.promised(r)
	case r.Reporter.Zero():
		return refuse(Gone, "Pelapor laporan %s tidak punya chat di sini, dan namanya tidak dicatat.", r.Code)
	case by.Role != report.Coordinator && r.Officer.ID != by.ID:
		return refuse(NoRight, "Identitas pelapor hanya untuk petugas yang mengambil laporan %s, atau koordinator. Ambil dulu: /ambil %s.", r.Code, r.Code)
	}
	return nil
}

// Nameless reports whether who filed a report is kept from everybody at the desk.
func (o *Office) Nameless(r report.Report) bool {
	return r.Shield(o.Profile.Sensitive).Hides(report.Operators)
}

func (o *Office) promised(r report.Report) error {
	return refuse(NoRight, "Nama pelapor laporan %s tidak dibuka kepada siapa pun, juga tidak kepada koordinator: begitu janji kami kepadanya. 🙏 "+
		"Perlu sesuatu darinya? Tanyakan dengan /tanya; jawabannya masuk ke sini.", r.Code)
}

// MayIdentifyKin is MayIdentify for a report of whose kin, what it was split off from and into, somebody may be nameless: one person
// filed all of it, and the cards name one at the other.
func (o *Office) MayIdentifyKin(r report.Report, kin []report.Report) error {
	if slices.ContainsFunc(kin, o.Nameless) {
		return o.promised(r)
	}
	return nil
}

// identify shows who filed the report to one officer, alone, and puts on record who looked and why. The reporter reads it in the copy of
// the own data.
func (c *change) identify(a report.Identify) error {
	if err := c.MayIdentify(c.was, c.by); err != nil {
		return err
	}
	why, err := c.because(a.Why, "identitas")
	if err != nil {
		return err
	}
	to, ok := c.Alone(c.by)
	if !ok {
		return refuse(Choice, "Saya tidak tahu chat pribadi Anda; identitas pelapor %s belum dibuka.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasIdentified, Words: why})
	c.batch.Looks = append(c.batch.Looks, ledger.Look{At: c.At, Who: c.by.ID, Act: ledger.LookUnmask, Report: c.was.ID, About: LookedAtIdentity})
	name, number := c.was.ReporterName, c.Number
	if name == "" {
		name = "tidak diketahui"
	}
	if number == "" {
		number = "tidak diketahui"
	} else {
		number = "+" + number
	}
	c.letter(ledger.Letter{Key: c.key("who"), To: to, Report: c.was.ID, Purpose: ledger.ToDesk, Intent: AloneIntent, Message: bot.Message{Text: fmt.Sprintf(
		"🪪 Hanya untuk Anda; tercatat, dan pelapor dapat membaca kantor mana yang membuka dan mengapa.\n\nPelapor laporan %s\nNama di aplikasi chat: %s\nNomor HP: %s\nLewat: %s\nAlasan Anda: “%s”\n\nPakai hanya untuk laporan ini.",
		bot.Bold(string(c.was.Code)), name, number, NetworkName(c.was.Reporter.Network), why)}})
	return nil
}

// because is why somebody wants to see what is masked, as it is put on record.
func (c *change) because(said, command string) (string, error) {
	why := line(said)
	switch {
	case why == "":
		return "", refuse(Empty, "Tulis alasannya, misalnya: /%s %s mencocokkan NIK untuk cetak KTP.", command, c.was.Code)
	case len(bot.Fold(why)) < leastWhy:
		return "", refuse(Empty, "Alasannya terlalu singkat; pelapor membacanya. Misalnya: /%s %s mencocokkan NIK untuk cetak KTP.", command, c.was.Code)
	case say.Units(why) > maxIdentityWhy:
		return "", refuse(TooLong, "Alasannya terlalu panjang; paling banyak %d huruf.", maxIdentityWhy)
	}
	return why, nil
}

// unveil puts on record who read the numbers of people in a report and why. The reporter reads it in the copy of the own data.
func (c *change) unveil(a report.Unveil) error {
	if err := c.MayOpen(c.was, c.by); err != nil {
		return err
	}
	why, err := c.because(a.Why, "buka")
	if err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasUnveiled, Words: why})
	return nil
}

// What a look is about (ledger.Look.About): who filed a report, and what else its reporter has filed.
const (
	LookedAtIdentity = "identity"
	LookedAtOthers   = "others"
	// LookedAtNumbers is what is masked in a report; a fact of that report tells why.
	LookedAtNumbers = "numbers"
)
