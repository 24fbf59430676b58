// Package llm asks a language model for a second opinion where the local reader is unsure, and a speech model for the
// words of a voice note, over any server that speaks OpenAI's protocol.
//
// An opinion is asked for while the citizen waits for an answer, for a moment and no longer (Soon), or by a job after filing
// (Opinion); every failure here changes nothing for the citizen. What a citizen wrote leaves only masked, goes as data inside a JSON string, and can at most choose among
// the codes of the profile: whatever else comes back is thrown away (ErrAnswer).
package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	openai "github.com/sashabaranov/go-openai"
	"github.com/sony/gobreaker/v2"
)

// What may go wrong. No error holds a text, an answer, a key or an address.
var (
	// ErrOff says that no model is configured.
	ErrOff = errors.New("no language model configured")
	// ErrBudget says that today's budget is spent.
	ErrBudget = errors.New("today's budget for the language model is spent")
	// ErrAway says that the server did not answer in time, is overloaded or broken: ask later.
	ErrAway = errors.New("the language model is away")
	// ErrRefused says that the server refuses the request as it is: key, model name or format are wrong.
	ErrRefused = errors.New("the language model's server refuses")
	// ErrAnswer says that the model answered something that is not asked for.
	ErrAnswer = errors.New("the language model's answer is not usable")
)

// Limits of one question.
const (
	defaultTimeout = 20 * time.Second
	speechTimeout  = 8 * time.Second
	maxAnswer      = 256 << 10 // bytes of an answer that are read
	maxTokens      = 200       // an opinion is a few words of JSON
	breakAfter     = 5         // failures in a row until the breaker opens,
	breakFor       = time.Minute
)

// Usage is what one question cost, for the metrics.
type Usage struct {
	// What was asked: "opinion" or "speech".
	What string
	// Result is "ok", "budget", "away", "refused" or "answer".
	Result                string
	PromptTokens, Answers int // tokens sent and tokens answered
	AudioBytes            int64
	Took                  time.Duration
}

// Config is what a Client needs. Zero values take the defaults; a Client without Model or SpeechModel answers ErrOff.
type Config struct {
	// BaseURL ends in "/v1"; "" is OpenAI itself. Key may be "" for a server of one's own.
	BaseURL, Key       string
	Model, SpeechModel string
	// Timeout bounds one opinion; 0 is 20 s. A transcription always has at most 8 s.
	Timeout time.Duration
	// DailyTokens is how many tokens opinions may cost in a day of Zone; 0 or less: none may be asked.
	DailyTokens int
	Zone        *time.Location
	// Budget keeps what was spent; nil keeps it in memory.
	Budget Budget
	// Now is the clock; it must be set.
	Now func() time.Time
	// Observe is told of every question; nil is told nothing. It may be called from several goroutines.
	Observe func(Usage)
	// Transport carries the requests; nil is a transport of its own.
	Transport http.RoundTripper
}

// Client asks the models. It is safe for use from several goroutines.
type Client struct {
	cfg     Config
	api     *openai.Client
	breaker *gobreaker.CircuitBreaker[any]
	// soon is the breaker of those who cannot wait. A server that is too slow for them is left alone by them only: it is not
	// broken, and jobs and voice notes may still ask it.
	soon   *gobreaker.CircuitBreaker[Opinion]
	masker *masker
}

// New makes a client. It asks nothing yet.
func New(cfg Config) (*Client, error) {
	if cfg.Now == nil {
		return nil, errors.New("llm: the clock is missing")
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Budget == nil {
		cfg.Budget = NewMemory()
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Usage) {}
	}
	if cfg.Transport == nil {
		cfg.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 4,
			IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 5 * time.Second,
		}
	}
	oc := openai.DefaultConfig(cfg.Key)
	if cfg.BaseURL != "" {
		oc.BaseURL = cfg.BaseURL
	}
	oc.HTTPClient = &http.Client{
		Transport: bounded{cfg.Transport},
		// A redirect would carry the key and the text to somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c := &Client{cfg: cfg, api: openai.NewClientWithConfig(oc), masker: newMasker()}
	c.breaker = gobreaker.NewCircuitBreaker[any](gobreaker.Settings{
		Name: "language model", Timeout: breakFor,
		ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= breakAfter },
		// A nonsensical answer is the model's fault, not the server's: what one citizen wrote must not shut it for all.
		IsSuccessful: func(err error) bool { return err == nil || errors.Is(err, ErrAnswer) },
		IsExcluded:   gaveUp,
	})
	c.soon = gobreaker.NewCircuitBreaker[Opinion](gobreaker.Settings{
		Name: "language model, within the turn", Timeout: breakFor,
		ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= breakAfter },
		IsSuccessful: func(err error) bool {
			return err == nil || errors.Is(err, ErrAnswer) || errors.Is(err, ErrBudget) || errors.Is(err, ErrOff)
		},
		IsExcluded: func(err error) bool { return errors.Is(err, context.Canceled) },
	})
	return c, nil
}

// gaveUp reports whether the caller did not wait for the end.
func gaveUp(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Open says whether the breaker is open: the server failed several times in a row and is left alone for a minute.
func (c *Client) Open() bool { return c.breaker.State() == gobreaker.StateOpen }

// guard runs one question behind the breaker and turns every failure into one of this package's errors.
func (c *Client) guard(ctx context.Context, ask func() error) error {
	_, err := c.breaker.Execute(func() (any, error) {
		err := judge(ask())
		if err != nil && ctx.Err() != nil {
			return nil, fmt.Errorf("ask the language model: %w", ctx.Err()) // the caller gave up, nobody failed
		}
		return nil, err
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return fmt.Errorf("%w: it failed several times in a row", ErrAway)
	}
	return err
}

// judge keeps of a foreign error only what may be logged.
func judge(err error) error {
	if err == nil || errors.Is(err, ErrAnswer) || errors.Is(err, ErrAway) {
		return err
	}
	status := 0
	var api *openai.APIError
	var req *openai.RequestError
	switch {
	case errors.As(err, &api):
		status = api.HTTPStatusCode
	case errors.As(err, &req):
		status = req.HTTPStatusCode
	}
	switch {
	case status == http.StatusTooManyRequests || status == http.StatusRequestTimeout || status >= 500:
		return fmt.Errorf("%w: status %d", ErrAway, status)
	case status >= 300:
		return fmt.Errorf("%w: status %d", ErrRefused, status)
	case status >= 200:
		return fmt.Errorf("%w: it cannot be read", ErrAnswer)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: no answer in time", ErrAway)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || isJSON(err) {
		return fmt.Errorf("%w: it cannot be read", ErrAnswer)
	}
	return fmt.Errorf("%w: no connection", ErrAway)
}

// result names an error for Usage.
func result(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, ErrBudget):
		return "budget"
	case errors.Is(err, ErrAnswer):
		return "answer"
	case errors.Is(err, ErrRefused):
		return "refused"
	}
	return "away"
}

// bounded reads at most maxAnswer of an answer.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // a transport hands on what the one below says
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, maxAnswer), res.Body}
	return res, nil
}
