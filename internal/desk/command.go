// Package desk is the operators' side: what their messages mean (Parse), what they see (Card), and what it does to a
// report (Handle). It decides through casework and ends in a Batch; it sends nothing and writes nothing itself. What the
// verbs are stands in one table (verbs).
package desk

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// Command is what one event means. It is not yet known whether it may be done.
type Command struct {
	Verb Verb
	// Code names the report; "" leaves it to the message that was replied to.
	Code  report.Code
	Words string
	// Said is all that stood behind the verb, before it was parted into Arg and Words.
	Said string
	// Photos and Files came with the words.
	Photos, Files []bot.MediaRef
	// Album is the album the photo came in.
	Album string
	// Arg is what the verb needs besides words: an office as typed or its code, a reason's code, a person's id, the Seq of
	// an answer.
	Arg string
	// Exact says that Arg is a code from a menu and needs no reading.
	Exact bool
	// For is the verb of a question to which the words replied, where it is asked first whether they were meant for it; Arg is then that
	// verb's.
	For Verb
	// Guessed says that For was learnt to be what such words mean, where nothing was asked.
	Guessed bool
	// Passing says that it was said in the room without a command: who may not do it only talks.
	Passing bool
	// Also are other reports that the same is meant for.
	Also []report.Code
	// Then is what else is wanted, once this is done.
	Then *Command
	// Held says that the words were asked about: they stand in the letter that was pressed or answered.
	Held bool
	// Since is the Rev of the report that a canned answer was shown with: what was said before does not make it said twice.
	Since int
	// Pressed says that it is a choice, pressed or typed, of those that stood under a report, Shown what they were shown with (casework.Mark). Rev is that of the
	// person whom a question about a person showed.
	Pressed bool
	Shown   string
	Rev     int
	// Bare says that nothing was sent along: a press, or a command alone.
	Bare bool
}

func (c Command) media() bool { return len(c.Photos)+len(c.Files) > 0 }

// Target is what the event replies to: the report and the intent of the letter. Known is false when it replies to
// nothing of ours.
type Target struct {
	Known  bool
	Report report.Report
	Intent string
	// Mark is what the question was shown with (casework.Mark), "" where it offered no choices.
	Mark string
}
