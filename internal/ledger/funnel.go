package ledger

import (
	"context"
	"time"

	"rabeg/bot"
)

// Step is a step of the conversation: people come to it, or they do not. StepAsked and StepAnswered stand before the name of a question
// ("asked:intake.place").
type Step string

// The steps.
const (
	StepBegan   Step = "began"   // a report was begun
	StepMessage Step = "message" // a message while a report was being made
	StepFiled   Step = "filed"   // a report was filed
	StepLost    Step = "lost"    // a message that was not understood

	StepAsked    Step = "asked:"
	StepAnswered Step = "answered:" // the question was left for something else: answered, or given up for another
)

// Footfall is how often people came to a step on a network.
type Footfall struct {
	Network bot.Network
	Step    Step
	N       int
}

// Funnel keeps footfalls by the day.
type Funnel interface {
	// Trod adds what was counted on a day, as its own zone has it.
	Trod(ctx context.Context, day time.Time, all []Footfall) error
	// Footfalls are those of the days from one until before another, added up.
	Footfalls(ctx context.Context, from, to time.Time) ([]Footfall, error)
}
