package flowtest

import (
	"fmt"
	"strings"

	"rabeg/flows"
)

// answered takes in what an officer has answered: "CATEGORY: question = answer".
func (e *Engine) answered(said string) error {
	category, rest, ok := strings.Cut(said, ":")
	question, words, both := strings.Cut(rest, "=")
	if !ok || !both {
		return fmt.Errorf("read an answer: %q", said)
	}
	e.Answered = append(e.Answered, flows.Answered{Category: strings.TrimSpace(category), Question: strings.TrimSpace(question), Words: strings.TrimSpace(words)})
	return nil
}

func or(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
