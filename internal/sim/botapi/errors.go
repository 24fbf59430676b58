package botapi

import (
	"fmt"
	"net/http"
)

// apiError is a refusal as Telegram words it.
type apiError struct {
	Code       int
	Text       string
	RetryAfter int   // seconds, with 429
	MigrateTo  int64 // the new chat, when a group became a supergroup
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Text) }

func badRequest(format string, args ...any) *apiError {
	return &apiError{Code: http.StatusBadRequest, Text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(text string) *apiError {
	return &apiError{Code: http.StatusForbidden, Text: "Forbidden: " + text}
}

func conflict(text string) *apiError {
	return &apiError{Code: http.StatusConflict, Text: "Conflict: " + text}
}

func tooMany(seconds int) *apiError {
	return &apiError{
		Code:       http.StatusTooManyRequests,
		Text:       fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		RetryAfter: seconds,
	}
}

func tooLarge() *apiError {
	return &apiError{Code: http.StatusRequestEntityTooLarge, Text: "Request Entity Too Large"}
}

// reply is the envelope of every answer.
type reply struct {
	OK          bool        `json:"ok"`
	Result      any         `json:"result,omitempty"`
	Code        int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

type parameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

func (e *apiError) envelope() reply {
	r := reply{Code: e.Code, Description: e.Text}
	if e.RetryAfter > 0 || e.MigrateTo != 0 {
		r.Parameters = &parameters{RetryAfter: e.RetryAfter, MigrateTo: e.MigrateTo}
	}
	return r
}
