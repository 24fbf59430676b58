package report

// Allows tells whether an action may be done to a report that stands like that. What the citizen adds is always kept,
// and operators may always note something, a number elsewhere among it; an office may still speak after it has resolved or rejected, but a report
// that is closed, merged or somebody else's is over. Who may do it is not decided here.
func Allows(s Status, a Action) bool {
	switch a.(type) {
	case Add, Note, Withdraw, Link:
		return true
	case Reply, Ask:
		return s.Open() || s == Resolved || s == Rejected
	case Take, Forward, NotOurs, Plan, Resolve, Reject:
		return s.Open()
	default:
		return false
	}
}
