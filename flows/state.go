package flows

// State is one conversation as it is kept in Redis, as JSON. Its zero value is a conversation that has not begun.
type State struct {
	V int `json:"v,omitempty"`
}
