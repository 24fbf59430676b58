package desk

import (
	"strconv"
	"strings"
)

// joinPress reads a press on a request: "j.REV.PERSON", or "j.PERSON" from before requests had a Rev.
func joinPress(rest string, verb Verb) (Command, error) {
	rev := -1
	if n, enc, ok := strings.Cut(rest, "."); ok {
		if at, err := strconv.Atoi(n); err == nil {
			rev, rest = at, enc
		}
	}
	id, ok := decodePerson(rest)
	if !ok || (verb != Accept && verb != Refuse) {
		return Command{}, errForeign
	}
	return Command{Verb: verb, Arg: id, Rev: rev, Exact: true}, nil
}
