package flows

import "rabeg/internal/report"

// AddOf makes the action that adds a parcel to a filed report. A pin brings its kelurahan where it lies in one.
func (o Options) AddOf(p Parcel) report.Add {
	a := report.Add{Words: p.Text, Photos: p.Photos, Files: p.Files}
	if p.Pin == nil {
		return a
	}
	pl := report.Place{Said: p.PinName, Pin: p.Pin}
	if spot, ok := o.Finder.At(p.Pin.Lat, p.Pin.Lon); ok && spot.Inside {
		pl.Area, pl.AreaName, pl.District, pl.DistrictName = spot.Area, spot.AreaName, spot.District, spot.DistrictName
		pl.Unsure = len(spot.Near) > 0
	}
	a.Place = &pl
	return a
}
