package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"

	"rabeg/bot"
)

// ErrCold is the cause of a GiveUp when WhatsApp refuses a letter because the person has been silent for too long, about
// 28 days (error 463). Trying again does not help and is held against the account; when the person writes, it ends.
var ErrCold = errors.New("the person has been silent for too long for WhatsApp (463)")

// ErrLocked is the cause of a Retry while WhatsApp lets the account write to nobody but groups.
var ErrLocked = errors.New("WhatsApp has locked the account's messages to people for a time")

// ErrNotLinked is the cause of a Retry while no connection is there: none yet, none at the moment, or refused. The alarm
// says which.
var ErrNotLinked = errors.New("WhatsApp is not connected")

func giveUp(err error) *bot.SendError { return &bot.SendError{Remedy: bot.GiveUp, Err: err} }

func retry(err error, after time.Duration) *bot.SendError {
	return &bot.SendError{Remedy: bot.Retry, After: after, Err: err}
}

// unreached is why nobody can be written to at an address: the number is a stranger's by now, or it could not be looked up.
func unreached(err error) *bot.SendError {
	if se, ok := errors.AsType[*bot.SendError](err); ok {
		return se
	}
	if errors.Is(err, errAddress) {
		return giveUp(err)
	}
	return retry(scrub(err), 0)
}

// halt is a retry of everything to this network, not of one chat alone.
func halt(err error, after time.Duration) *bot.SendError {
	return &bot.SendError{Remedy: bot.Retry, After: after, Slow: true, Err: err}
}

var (
	numbers = regexp.MustCompile(`[0-9]{5,}`)
	refused = regexp.MustCompile(`server returned error ([0-9]{3})`)
)

// scrub takes the addresses out of a library's error: they hold phone numbers.
func scrub(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(numbers.ReplaceAllString(err.Error(), "…"))
}

// sendError maps what sending gave to a remedy.
func (c *Channel) sendError(err error) *bot.SendError {
	var se *bot.SendError
	var cut *whatsmeow.DisconnectedError
	switch {
	case errors.As(err, &se):
		return se
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return retry(fmt.Errorf("sending to WhatsApp: %w", ctxCause(err)), 0)
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, whatsmeow.ErrNotLoggedIn), errors.As(err, &cut):
		return halt(ErrNotLinked, time.Second)
	case errors.Is(err, whatsmeow.ErrMessageTimedOut), errors.Is(err, whatsmeow.ErrIQTimedOut):
		return retry(errors.New("WhatsApp did not answer in time"), 0)
	case errors.Is(err, whatsmeow.ErrNotInGroup), errors.Is(err, whatsmeow.ErrGroupNotFound):
		return &bot.SendError{Remedy: bot.Gone, Err: errors.New("the account is not in the group")}
	case strings.Contains(err.Error(), "no LID found for"):
		return &bot.SendError{Remedy: bot.Gone, Err: errors.New("the number is not on WhatsApp any more")}
	case errors.Is(err, whatsmeow.ErrServerReturnedError):
		return c.refusal(err)
	default:
		return retry(fmt.Errorf("sending to WhatsApp: %w", scrub(err)), 0)
	}
}

func ctxCause(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return context.Canceled
}

// refusal maps the code with which the server refused a message.
func (c *Channel) refusal(err error) *bot.SendError {
	code := 0
	if m := refused.FindStringSubmatch(err.Error()); m != nil {
		code, _ = strconv.Atoi(m[1]) // three digits
	}
	why := fmt.Errorf("WhatsApp refused the message with %d", code)
	switch {
	case code == 463:
		if until := c.lockedUntil(); until.After(c.opt.Now()) {
			return halt(ErrLocked, until.Sub(c.opt.Now()))
		}
		return &bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: ErrCold}
	case code == 429:
		return halt(why, time.Minute)
	case code == 401, code == 403, code == 404, code == 420:
		return &bot.SendError{Remedy: bot.Gone, Err: why}
	case code >= 500 || code == 0:
		return retry(why, 0)
	default:
		return giveUp(why)
	}
}
