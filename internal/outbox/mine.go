package outbox

import "slices"

// Mine gives those of the items that this sender sends.
func (s *Sender) Mine(items []Item) []Item {
	mine := func(it Item) bool { return slices.Contains(s.Networks, QueueOf(it.Letter)) }
	if !slices.ContainsFunc(items, func(it Item) bool { return !mine(it) }) {
		return items // the usual case: one network
	}
	return slices.DeleteFunc(slices.Clone(items), func(it Item) bool { return !mine(it) })
}
