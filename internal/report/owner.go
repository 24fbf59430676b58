package report

// Owned reports whether the report has exactly one owner: the coordinator or one office while it is at home, somebody outside where
// it was handed over, the report that it was joined with. The database keeps the same rule (migrations, report_owned).
func (r Report) Owned() bool {
	joined := r.With != nil && r.With.ID != 0
	if joined != (r.Status == Merged) || joined && r.With.ID == r.ID {
		return false
	}
	switch r.Status {
	case Received, Quarantined:
		return r.Agency == ""
	case Assigned:
		return r.Agency != ""
	case Transferred:
		return r.Agency == "" && r.Owner != ""
	case InProgress, Planned, Reopened, Resolved, Closed, Rejected, Merged:
		return true
	}
	return false
}
