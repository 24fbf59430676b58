package sp4n

import (
	"strings"
	"time"
)

// Columns are the headers of an export as LAPOR! writes it, and after them the two of our own by which a report is known again. The name of
// who filed a report has no column.
func Columns() []string {
	order := []Column{ColTracking, ColDate, ColTime, ColClass, ColCategory, ColCategoryName, ColTitle, ColFirst, ColLast, ColType, ColSource,
		ColParent, ColOffice, ColStatus, ColWhy}
	out := make([]string, 0, int(columns)+2)
	for _, c := range order {
		out = append(out, columnNames[c])
	}
	out = append(out, "Provinsi", "Kota/Kabupaten")
	for _, c := range []Column{ColDistrict, ColArea, ColOwn, ColMine} {
		out = append(out, columnNames[c])
	}
	return out
}

// Cells are a row's cells under Columns. city is the government's area, as LAPOR! names it.
func (r Row) Cells(province, city string) []string {
	at := r.Received.UTC()
	return []string{r.Tracking, at.Format("2 Jan 2006"), at.Format(time.TimeOnly), r.Class, r.Category, r.CategoryName, r.Title, r.First, r.Last, r.kind(), r.Source,
		r.Parent, r.Office, r.Status, r.Why, province, city, strings.ToUpper(r.District), r.Area, r.Own, r.Mine}
}

func (r Row) kind() string {
	switch {
	case r.Anonymous && r.Secret:
		return "Anonim|Rahasia"
	case r.Anonymous:
		return "Anonim"
	case r.Secret:
		return "Rahasia"
	}
	return ""
}

// Disarmed is what citizens wrote as a spreadsheet may open it: what it would take for a formula begins with an apostrophe.
func Disarmed(cell string) string {
	if cell != "" && strings.IndexByte(armed, cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// Armed undoes Disarmed.
func Armed(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(armed, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// armed are what a cell may not begin with; the apostrophe is among them so that nothing is undone that was not done.
const armed = "=+-@\t\r'"
