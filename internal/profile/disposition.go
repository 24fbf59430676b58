package profile

import (
	"cmp"
	"time"
)

// Disposition is after how long somebody who was handed a report inside an office is reminded of it. It is a part of what is left
// until the city's own limit, so that he or she hears of it before the city does.
type Disposition struct {
	// Percent is the part of what is left, 1 to 90; 0 is 50. Least and Most bound it, in hours; 0 is 4 and 24.
	Percent int `yaml:"percent"`
	Least   int `yaml:"least_hours"`
	Most    int `yaml:"most_hours"`
}

// Reminded is after how long the reminder comes, where left is what is left until the report is due; 0 or less: it is due no more.
// It never comes after nine tenths of what is left, however short that is.
func (d Disposition) Reminded(left time.Duration) time.Duration {
	least, most := time.Duration(cmp.Or(d.Least, 4))*time.Hour, time.Duration(cmp.Or(d.Most, 24))*time.Hour
	if left <= 0 {
		return min(least, most)
	}
	return min(max(left/100*time.Duration(cmp.Or(d.Percent, 50)), least), most, left/10*9)
}
