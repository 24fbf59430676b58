package report

import "cmp"

// Channel is by what a report reached the government.
type Channel string

// The channels besides the networks of chat, which go by their own names.
const (
	ChanCounter Channel = "counter"
	ChanPhone   Channel = "phone"
	ChanLetter  Channel = "letter"
	ChanSocial  Channel = "social"
	ChanLeader  Channel = "leader"
	ChanLapor   Channel = "sp4n"
	// ChanOpen311 is other software.
	ChanOpen311 Channel = "open311"
	// ChanUnknown is a report of the first days, of which that is not known any more.
	ChanUnknown Channel = "unknown"
)

// Channel is by what the report reached the government. What came here out of another channel counts as that one's.
func (r Report) Channel() Channel {
	switch {
	case r.Via != "":
		return r.Via
	case r.How.OnBehalf():
		return Channel(r.How)
	}
	return cmp.Or(Channel(r.Reporter.Network), ChanUnknown)
}
