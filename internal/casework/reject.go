package casework

import (
	"time"

	"rabeg/internal/report"
	"rabeg/internal/say"
)

// reject refuses the report, with a reason of the profile's list and the officer's own words.
func (c *change) reject(a report.Reject) error {
	why, known := c.Profile.Rejection(a.Reason)
	cat, _ := c.Profile.Category(c.was.Category)
	switch _, outside := c.Profile.Owner(a.Owner); {
	case len(c.Profile.Rejections) > 0 && (!known || why.Retired):
		return refuse(Choice, "Alasan penolakan tidak dikenal. Pilih Tolak di kartu untuk melihat daftarnya.")
	case a.Owner != "" && !outside:
		return refuse(Choice, "Pihak itu tidak ada di daftar. Tulis /alihkan untuk melihatnya.")
	case why.Other && a.Other == "":
		return refuse(Evidence, "Tulis nomor laporan yang lebih dulu, lalu penjelasan untuk warga.")
	case a.Other == c.was.Code:
		return refuse(Evidence, "Itu nomor laporan ini sendiri. Tulis nomor laporan yang lebih dulu.")
	case why.Photo && cat.Physical && len(a.Photos) == 0:
		return refuse(Evidence, "Alasan ini perlu foto keadaannya sekarang. Balas dengan foto dan penjelasan untuk warga.")
	case a.Words == "":
		return refuse(Evidence, "Tulis penjelasan penolakan laporan %s untuk warga.", c.was.Code)
	}
	return c.answer(report.Fact{What: report.WasRejected, Words: a.Words, Reason: a.Reason, Owner: a.Owner, Other: a.Other, Photos: a.Photos})
}

// RejectionName is the profile's name of a reason, "" for none.
func (o *Office) RejectionName(code string) string {
	r, _ := o.Profile.Rejection(code)
	return r.Name
}

// reason tells why a report was refused, and what can be done instead.
func (o *Office) reason(v say.Voice, f report.Fact, at time.Time) string {
	why, _ := o.Profile.Rejection(f.Reason)
	owner, _ := o.Profile.Owner(f.Owner)
	return v.Reason(why, owner, f.Other, at)
}
