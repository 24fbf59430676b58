package desk_test

import (
	"rabeg/internal/desk"
	"rabeg/internal/understand"
)

// learnt reads citizens as another does, and officers as the product does.
type learnt struct {
	understand.Reader
	understand.Listener
}

func listening(r understand.Reader) learnt { return learnt{r, desk.Heard()} }
