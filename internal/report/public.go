package report

// Outline is what a stranger may know of a report. Only Public makes one.
type Outline struct {
	Code         Code
	Category     string
	AreaName     string
	DistrictName string
	Status       Status
}

// Public is the only way from a report to what a stranger may see. ok is false where not even that there is such a report
// may be told. sensitive tells which categories are.
func Public(r Report, sensitive func(category string) bool) (o Outline, ok bool) {
	if r.Shield(sensitive).Hides(Strangers) {
		return Outline{}, false
	}
	return Outline{Code: r.Code, Category: r.Category, AreaName: r.Place.AreaName, DistrictName: r.Place.DistrictName, Status: r.Status}, true
}
