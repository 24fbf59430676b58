package postgres

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// reportRow is a report as its columns.
type reportRow struct {
	id                                                         int64
	code                                                       string
	rev                                                        int
	status, agency, category, kind, visibility, reporter, area string
	district                                                   string
	lat, lon                                                   *float64
	filed                                                      time.Time
	due                                                        *time.Time
}

func row(r report.Report) reportRow {
	out := reportRow{
		id: int64(r.ID), code: string(r.Code), rev: r.Rev, status: string(r.Status), agency: r.Agency,
		category: r.Category, kind: string(r.Kind), visibility: string(r.Visibility), reporter: r.Reporter.String(),
		area: r.Place.Area, district: r.Place.District, filed: r.Filed, due: orNull(r.Due),
	}
	if p := r.Place.Pin; p != nil {
		out.lat, out.lon = &p.Lat, &p.Lon
	}
	return out
}

// SourceKey is the name under which a network's file is remembered.
func SourceKey(m bot.MediaRef) string { return string(m.Network) + ":" + m.ID }
