package understand

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// Lure is what a message that goes round tries to get people to do.
type Lure string

// The lures. NoLure is every other text.
const (
	NoLure Lure = ""
	Fraud  Lure = "fraud" // somebody pretends to be an office, or gives what no office gives by a link
	Advert Lure = "ad"    // a loan, a game for money
)

// The words of lures, and of who was touched by one.
//
//nolint:gochecknoglobals // tables that never change
var (
	lureBait, lureHook, lureProgram, lureOffice  = answer.ListOf("lure-bait"), answer.ListOf("lure-hook"), answer.ListOf("lure-program"), answer.ListOf("lure-office")
	lurePoses, lureDoubts, lureTouched, lureLoan = answer.ListOf("lure-poses"), answer.ListOf("lure-doubts"), answer.ListOf("lure-touched"), answer.ListOf("lure-loan")
	lureSuffers, lureAsks, lureCalls             = answer.ListOf("lure-suffers"), answer.ListOf("lure-asks"), answer.ListOf("lure-calls")
	doubtAsks, doubtFill                         = answer.ListOf("doubt-asks"), answer.ListOf("doubt-fill")
)

// LureIn tells messages that go round from what happened to somebody. It answers only where words of several kinds stand together.
func LureIn(text string) Lure {
	ws := strings.Fields(bot.Fold(text))
	low := strings.ToLower(text)
	link := strings.Contains(low, "http") || strings.Contains(low, "bit.ly") || strings.Contains(low, "wa.me/") || strings.Contains(low, "www.") || strings.Contains(low, "t.me/") || strings.Contains(low, ".apk")
	asks := strings.Contains(text, "?") || lureAsks.Any(ws)
	calls := lureCalls.Any(ws)
	switch {
	case len(ws) < 3 || len(ws) > 80 || lureSuffers.Any(ws):
		return NoLure
	case lureBait.Any(ws) && (calls || link && lureOffice.Any(ws)):
		return Fraud
	case lurePoses.Any(ws) && (lureOffice.Any(ws) || lureBait.Any(ws)) && lureHook.Any(ws):
		return Fraud
	case lureProgram.Any(ws) && lureOffice.Any(ws) && (lureTouched.Any(ws) || lureDoubts.Any(ws) && asks):
		return Fraud
	case lureDoubts.Any(ws) && asks && lureTouched.Any(ws) && (lureHook.Any(ws) && link || lureBait.Any(ws) && lureOffice.Any(ws)):
		return Fraud
	case lureLoan.Any(ws) && (link || calls):
		return Advert
	}
	return NoLure
}

// Doubts reports whether a few words ask only whether something is true ("ini bener ga min?", "hoax bukan ya").
func Doubts(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	if len(ws) < 2 || len(ws) > 7 {
		return false
	}
	doubts, asks := false, strings.Contains(text, "?")
	for _, w := range ws {
		switch {
		case lureDoubts[w]:
			doubts = true
		case doubtAsks[w]:
			asks = true
		case doubtFill[w]:
		default:
			return false
		}
	}
	return doubts && asks
}

// What is stolen or lost; what of it is the city's own or has a way of its own is none of them.
//
//nolint:gochecknoglobals // tables that never change
var (
	stolenThings, stolenPapers = answer.ListOf("stolen-things"), answer.ListOf("stolen-papers")
	stolenLost, stolenPublic   = answer.ListOf("stolen-lost"), answer.ListOf("stolen-public")
	whereReport, whereAsks     = answer.ListOf("where-report"), answer.ListOf("where-asks")
)

// Stolen reports whether a text tells of a thing that was stolen or lost before now, or asks where that is told: it is for the police.
func Stolen(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	if len(ws) < 2 || len(ws) > 30 {
		return false
	}
	if stolenPapers.Any(ws) || !stolenLost.Any(ws) || stolenPublic.Any(ws) {
		return false
	}
	return AsksWhere(text) || stolenThings.Any(ws)
}

// AsksWhere reports whether a text asks where something is reported.
func AsksWhere(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	return whereReport.Any(ws) && whereAsks.Any(ws)
}
