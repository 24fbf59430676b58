package outbox

import "time"

// Unarrived tells of letters that a network took and of which it said nothing more, while none that went later arrived.
type Unarrived struct {
	People int       // whom they were for
	Since  time.Time // when the first of them was taken
}

const (
	// UnarrivedWait is how long after a letter was taken it is looked whether it arrived.
	UnarrivedWait = 10 * time.Minute
	// unarrivedPeople is for how many people nothing must have arrived: one or two may have switched off their phones.
	unarrivedPeople = 3
)

// Grave reports whether so many people are concerned that it is not their phones.
func (u Unarrived) Grave() bool { return u.People >= unarrivedPeople }

// NotSeen is what the card says of a letter that was taken while the network delivers nothing.
const NotSeen = "belum sampai: jaringan tidak menyampaikan; hubungi dengan cara lain bila mendesak"
