package open311

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rabeg/internal/ledger"
)

// tokenTime is how long a token leads to its number.
const tokenTime = 90 * 24 * time.Hour

// token tells the number of what was posted under a token.
func (s *Server) token(ctx context.Context, _ url.Values, id string) (document, error) {
	if len(id) > mostLine || strings.IndexFunc(id, func(r rune) bool { return r < '0' || r > 'z' }) >= 0 { // letters and digits are all there are
		return document{}, missing("token was not found")
	}
	c, err := s.Clients.ByToken(ctx, id)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return document{}, missing("token was not found")
	case err != nil:
		return document{}, err
	case s.Now().Sub(c.At) > tokenTime:
		return document{}, &Fault{Status: http.StatusGone, Words: "token is not good any more"}
	}
	return document{root: "service_requests", value: list{"request", []any{object{{"service_request_id", string(c.Code)}, {"token", c.Token}}}}}, nil
}
