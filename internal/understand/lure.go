package understand

import (
	"slices"
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
	Chain  Lure = "chain" // it wants to be passed on to many
	Paid   Lure = "paid"  // work, a place or aid is promised for a payment beforehand
)

// The words of lures, and of who was touched by one.
//
//nolint:gochecknoglobals // tables that never change
var (
	lureBait, lureHook, lureProgram, lureOffice  = answer.ListOf("lure-bait"), answer.ListOf("lure-hook"), answer.ListOf("lure-program"), answer.ListOf("lure-office")
	lurePoses, lureDoubts, lureTouched, lureLoan = answer.ListOf("lure-poses"), answer.ListOf("lure-doubts"), answer.ListOf("lure-touched"), answer.ListOf("lure-loan")
	lureSuffers, lureAsks, lureCalls             = answer.ListOf("lure-suffers"), answer.ListOf("lure-asks"), answer.ListOf("lure-calls")
	doubtAsks, doubtFill                         = answer.ListOf("doubt-asks"), answer.ListOf("doubt-fill")
	lureSpread, lureSpreadFirst                  = answer.ListOf("lure-spread"), answer.ListOf("lure-spread-first")
	lureCrowd, lureGroup                         = answer.ListOf("lure-crowd"), answer.ListOf("lure-group")
	lurePromise, lureFee, lureAdvance            = answer.ListOf("lure-promise"), answer.ListOf("lure-fee"), answer.ListOf("lure-advance")
	paidAlready, paidMoney                       = answer.ListOf("paid-already"), answer.ListOf("paid-money")
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
	case passedOn(ws):
		return Chain
	case lurePromise.Any(ws) && lureFee.Any(ws) && lureAdvance.Any(ws) && lureDoubts.Any(ws) && (asks || PaidAlready(text)):
		return Paid
	}
	return NoLure
}

// passedOn reports whether words want to be passed on to many: "forward ke 20 grup", and "sebarkan!" at the very beginning.
func passedOn(ws []string) bool {
	const reach = 4
	for i, w := range ws {
		if !lureSpread[w] {
			continue
		}
		if i == 0 && len(ws) > 5 && lureSpreadFirst[w] {
			return true
		}
		near := ws[i+1 : min(len(ws), i+1+reach)]
		if lureCrowd.Any(near) && slices.ContainsFunc(near, func(x string) bool {
			return x == "semua" || x == "all" || strings.Trim(x, "0123456789") == "" || lureGroup[x]
		}) {
			return true
		}
	}
	return false
}

// PaidAlready reports whether a text says that money was sent: "saya udah transfer".
func PaidAlready(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	for i, w := range ws {
		if paidAlready[w] && paidMoney.Any(ws[i+1:min(len(ws), i+4)]) {
			return true
		}
	}
	return false
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
