// Package profile describes one government as data: its offices, categories, areas, clocks, emergency numbers and
// names. Nothing of any city stands in code.
package profile

import (
	"cmp"
	"time"
)

// Profile is one government.
type Profile struct {
	ID         string `yaml:"id"`         // "serang"
	City       string `yaml:"city"`       // "Kota Serang"
	Government string `yaml:"government"` // "Pemerintah Kota Serang"
	Product    string `yaml:"product"`    // the channel's name: "Rabeg"
	// Prefix begins every report number: 2 to 4 capital letters.
	Prefix string `yaml:"prefix"`
	// Zone is the IANA time zone all times are shown in.
	Zone string `yaml:"zone"`
	// Partial says, in Indonesian, what of the profile is not confirmed; "" when complete.
	Partial     string      `yaml:"partial"`
	Coordinator string      `yaml:"coordinator"` // who owns what no office has: "Diskominfo / Bagian Organisasi"
	Emergency   []Emergency `yaml:"emergency"`
	// Helplines are numbers for people in need that is no matter for 112 alone.
	Helplines []Helpline `yaml:"helplines"`
	// OfficeHours are when somebody reads the coordinator's room; empty: always.
	OfficeHours []Hours `yaml:"office_hours"`
	// Seasons are times of the year with other hours than OfficeHours: Ramadan.
	Seasons  []Season `yaml:"seasons,append"`
	Agencies []Agency `yaml:"agencies"`
	// Owners are those outside the government whose duty some matters are.
	Owners     []Owner    `yaml:"owners"`
	Categories []Category `yaml:"categories"`
	// Groups are the first step of the menu of categories, by what people would say.
	Groups []Group `yaml:"groups"`
	// Matters say which reports may be about the same trouble.
	Matters    []Matter    `yaml:"matters"`
	Clocks     []Clock     `yaml:"clocks,append"`
	Rejections []Rejection `yaml:"rejections"`
	// Canned are the answers that lie ready for officers.
	Canned []Canned `yaml:"canned"`
	// Questions are what people ask again and again, with their answers.
	Questions []Question `yaml:"questions"`
	// Holidays are the days on which the offices are shut besides the week-ends ("2026-12-25"), those of the calendars among them.
	Holidays []string `yaml:"holidays,append"`
	// Days are the days off with their names, from the calendars.
	Days []Off `yaml:"-"`
	// Reopen is for how many days a closed report begins again when its reporter says that it is not fixed; 0 is 30.
	Reopen int `yaml:"reopen_days"`
	// WhatsApp is how the office's account writes there.
	WhatsApp Manners `yaml:"whatsapp"`
	// Bounds are how much one person may file before the coordinator looks at it first.
	Bounds Bounds `yaml:"bounds"`
	// Keeping is how long what people said is kept.
	Keeping Keeping `yaml:"keeping"`
	// Disposition is how long who was handed a report inside an office may leave it unanswered.
	Disposition Disposition `yaml:"disposition"`
	// Ladder is when who is told of a clock that runs out.
	Ladder Ladder `yaml:"ladder"`
	// Lapor is what SP4N LAPOR! calls things.
	Lapor Lapor `yaml:"lapor"`
	// Neighbours are the governments around this one, for "outside: whose it may be".
	Neighbours []Neighbour `yaml:"neighbours"`

	// Pages is where everybody can follow reports in a browser, "" for nowhere: the deployment knows.
	Pages string `yaml:"-"`

	Areas     []Area     `yaml:"-"` // kelurahan, from the areas file
	Streets   []Street   `yaml:"-"`
	Landmarks []Landmark `yaml:"-"`

	index index
	notes Problems
}

// Keeping is how long what people said is kept, in days. What an archive schedule of the government says goes here.
type Keeping struct {
	// Reports is how long after its end a report keeps its reporter and all words. What happened, when and where stays.
	Reports int `yaml:"reports"`
	// Letters is how long the words of messages to citizens are kept once their report is emptied, or where they belong to none;
	// Stumbles how long an event that the program failed on waits for a person to look at it.
	Letters  int `yaml:"letters"`
	Stumbles int `yaml:"stumbles"`
}

const day = 24 * time.Hour

// AfterEnd is how long after its end a report keeps its words.
func (k Keeping) AfterEnd() time.Duration { return time.Duration(k.Reports) * day }

// LetterTime is how long messages to citizens keep their words.
func (k Keeping) LetterTime() time.Duration { return time.Duration(k.Letters) * day }

// StumbleTime is how long an event waits that the program failed on.
func (k Keeping) StumbleTime() time.Duration { return time.Duration(k.Stumbles) * day }

// Manners are how an ordinary account is used without drawing attention. The network publishes no figures: these are what
// people report who run such accounts, on the careful side.
type Manners struct {
	// ChatPause lies between two messages in one chat, NoticePause between two that nobody waits for, over all chats.
	ChatPause   Pause `yaml:"chat_pause"`
	NoticePause Pause `yaml:"notice_pause"`
	// PerMinute and PerDay bound all messages of the account.
	PerMinute int `yaml:"per_minute"`
	PerDay    int `yaml:"per_day"`
}

// Pause is a time between two bounds, in seconds, chosen by chance.
type Pause struct {
	From float64 `yaml:"from"`
	To   float64 `yaml:"to"`
}

// Mean is the pause that is kept on the whole.
func (p Pause) Mean() time.Duration { return seconds((p.From + p.To) / 2) }

// Bounds are the shortest and the longest pause.
func (p Pause) Bounds() (first, last time.Duration) { return seconds(p.From), seconds(p.To) }

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// Bounds are of one person alone. What is beyond them is kept and shown to the coordinator, never refused; a danger passes them.
type Bounds struct {
	// Open is how many reports of a person may be open at once, PerHour how many he or she may file within an hour; 0: any number.
	Open    int `yaml:"open"`
	PerHour int `yaml:"per_hour"`
	// Additions is how many additions of a person to one report are told of within an hour; the others are kept with it. 0: any number.
	Additions int `yaml:"additions_per_hour"`
	// MuteDays and BlockDays are how long a coordinator mutes or blocks somebody where nobody says for how long; 0: 7 and 30.
	MuteDays  int `yaml:"mute_days"`
	BlockDays int `yaml:"block_days"`
}

// Emergency is a number to call when life is in danger.
type Emergency struct {
	Number string `yaml:"number"`
	Name   string `yaml:"name"`
	About  string `yaml:"about"`
}

// Helpline is a number for somebody in need. For are the needs: "self" (who thinks of ending his or her life), "abuse"
// (violence against a woman or a child), and where the emergency number does not answer "crime", "medical", "power" (wires, poles).
type Helpline struct {
	Number string   `yaml:"number"`
	Name   string   `yaml:"name"`
	For    []string `yaml:"for"`
}

// Hours are the office hours of some days of the week.
type Hours struct {
	Days  []string `yaml:"days"`  // "senin"
	Open  string   `yaml:"open"`  // "07.30"
	Close string   `yaml:"close"` // "16.00"
	// Breaks are when nobody works in between ("12.00-13.00"): clocks of working hours leave them out.
	Breaks []string `yaml:"breaks"`
}

// Season is a time of the year with other office hours.
type Season struct {
	Name   string  `yaml:"name"` // "Ramadan 2026"
	From   string  `yaml:"from"` // the first day, "2026-02-19"
	To     string  `yaml:"to"`   // the last day
	Source string  `yaml:"source"`
	Hours  []Hours `yaml:"hours"`
}

// Agency is an office (OPD).
type Agency struct {
	Code    string   `yaml:"code"`
	Name    string   `yaml:"name"`
	Short   string   `yaml:"short"` // how citizens and operators call it: "Dishub"
	Aliases []string `yaml:"aliases"`
	Duties  string   `yaml:"duties"`
	// District is the kecamatan code that a kecamatan office serves, "" for the others.
	District string `yaml:"district"`
	// Outside marks the entry that stands for everybody outside the government (code LUAR): its reports stay with the
	// coordinator. Emergency marks 112, which is no office.
	Outside   bool `yaml:"outside"`
	Emergency bool `yaml:"emergency"`
	// Unconfirmed says that no public source proves the office exists in this form.
	Unconfirmed bool   `yaml:"unconfirmed"`
	Source      string `yaml:"source"`
	// Address, Phone and Hours are told to who asks for them; empty where nobody knows: none is better than a wrong one. Checked is
	// the day on which somebody saw that they are right ("2026-11-01").
	Address string  `yaml:"address"`
	Phone   string  `yaml:"phone"`
	Hours   []Hours `yaml:"hours"`
	Checked string  `yaml:"checked_on"`
}

// Category is what a report can be about.
type Category struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"`
	NameEN string `yaml:"name_en"`
	// Short is the plain name a citizen reads, with Icon before it: "💡 Lampu jalan". Group is where the menu offers it.
	Short    string   `yaml:"short"`
	ShortEN  string   `yaml:"short_en"`
	Icon     string   `yaml:"icon"`
	Group    string   `yaml:"group"`
	Agency   string   `yaml:"agency"` // code of the office whose duty it is; "KECAMATAN" = the kecamatan office of the place
	Others   []string `yaml:"others"` // offices it is often forwarded to
	Keywords []string `yaml:"keywords"`
	// Added are those of the Keywords that the city adds to the shared ones.
	Added  []string `yaml:"-"`
	Rules  []Rule   `yaml:"rules"`
	Border string   `yaml:"border"` // the border rule in words, for operators
	// Physical categories need a photo as evidence when resolved, and have a place; Light ones have the short clock;
	// Sensitive ones offer "rahasia" by themselves, and are hidden like it whatever the citizen chooses (report.Shields).
	Physical  bool `yaml:"physical"`
	Light     bool `yaml:"light"`
	Sensitive bool `yaml:"sensitive"`
	// Identity says that an office cannot help without knowing who it is (an identity card, social aid): cards offer that step.
	Identity bool `yaml:"identity"`
	// Reopen is the profile's Reopen for this matter, 0 where it is the same.
	Reopen int `yaml:"reopen_days"`
	// Hidden categories are never offered as a choice (darurat, bukan_laporan).
	Hidden bool `yaml:"hidden"`
}

// ReopenDays is for how many days a closed report of a category begins again when its reporter says that it is not fixed.
func (p *Profile) ReopenDays(category string) int {
	c, _ := p.Category(category)
	return cmp.Or(c.Reopen, p.Reopen, 30)
}

// Group is a handful of categories that people would look for in one place.
type Group struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"`
	NameEN string `yaml:"name_en"`
	Icon   string `yaml:"icon"`
	// Words are what people type for it, in any language.
	Words []string `yaml:"words"`
}

// Rule sends a report of the category to another office when one of Words stands in it, one of With, and none of Unless.
type Rule struct {
	Words  []string `yaml:"words"`
	Unless []string `yaml:"unless"`
	// With are words of which one has to stand there, too; none: the rule needs no other.
	With   []string `yaml:"with"`
	Agency string   `yaml:"agency"`
	// Owner says who it is, where the office is the one that stands for all outside.
	Owner string `yaml:"owner"`
	Why   string `yaml:"why"`
}

// Stage is what a clock measures.
type Stage string

// The stages. Verify runs while the coordinator has a report that no office has, Answer to the first answer of the office, Finish to
// the end of the matter.
const (
	Verify Stage = "verify"
	Answer Stage = "answer"
	Finish Stage = "finish"
	// settle is what Finish was called.
	settle Stage = "settle"
)

// Stages are all stages, in the order in which a report goes through them.
func Stages() []Stage { return []Stage{Verify, Answer, Finish} }

// Clock says how long an office has for a stage. Of the clocks that fit a report the most narrow one holds (Categories
// before Light before Kinds before all); of equally narrow ones the newest whose From is not after the filing day.
type Clock struct {
	Name  string `yaml:"name"`
	Stage Stage  `yaml:"stage"` // "" is Answer
	From  string `yaml:"from"`  // "2020-01-01", the first day it holds
	Until string `yaml:"until"` // the last day it holds, "" while it stands
	// Kinds limits the clock to report kinds (pengaduan, aspirasi, informasi); empty: all.
	Kinds []string `yaml:"kinds"`
	// Light limits it to light categories, Categories to the named ones.
	Light      bool     `yaml:"light"`
	Categories []string `yaml:"categories"`
	// Classes limits it to complaints of a class (berkadar, tidak), Channels to reports that came that way (sp4n: out of LAPOR!).
	Classes  []string `yaml:"classes"`
	Channels []string `yaml:"channels"`
	// Hours of wall time, WorkingDays, or WorkingHours (those of the office hours): exactly one is set.
	Hours        int    `yaml:"hours"`
	WorkingDays  int    `yaml:"working_days"`
	WorkingHours int    `yaml:"working_hours"`
	Source       string `yaml:"source"`
}

// Area is a kelurahan with its polygons: rings of lon, lat pairs in degrees, the first ring of each polygon its outline.
type Area struct {
	Code         string
	Name         string
	District     string // kecamatan code
	DistrictName string
	Polygons     [][][][2]float64
}

// Neighbour is a government nearby. Points are places inside it, rough: they tell whose a pin may be, never whose it is.
// Names are its kecamatan and towns as people write them: they tell whose a place in words may be. A name that stands for
// a place of our own as well belongs here only when it lies next to us: people are asked then which they mean.
type Neighbour struct {
	Name   string       `yaml:"name"`
	Points [][2]float64 `yaml:"points"` // lat, lon pairs in degrees
	Names  []string     `yaml:"names"`
}

// Street is a street's name, with its kelurahan or kecamatan where known, and who keeps it.
type Street struct {
	// Area and District are codes, "" where the street crosses several or sources are silent. Keeper is "kota",
	// "provinsi" or "".
	Name, Area, District, Keeper string
}

// Landmark is a known place.
type Landmark struct {
	// Area is a kelurahan code, "" where sources do not agree; District a kecamatan code, "" where unknown.
	Name, Kind, Address, Area, District string
	// Also are other names it goes by; one that ends in "?" may mean other places as well: by it, people are asked.
	Also []string
	// Lat, Lon are both 0 where no source gives a point.
	Lat, Lon float64
}
