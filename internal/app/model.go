package app

import (
	"context"
	"net/url"
	"strconv"

	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/llm"
	"rabeg/internal/web"
)

// OpenAI is how to reach a language model and a speech model. Without a model's name it is not asked.
type OpenAI struct {
	Key         string `arg:"--openai-key,env:OPENAI_API_KEY" help:"Key of the server; a server of one's own may need none."`
	BaseURL     string `arg:"--openai-base-url,env:OPENAI_BASE_URL" help:"Server that speaks OpenAI's protocol, ending in /v1; empty: OpenAI itself."`
	Model       string `arg:"--openai-model,env:OPENAI_MODEL" help:"Language model for a second opinion where the own reader is unsure; empty: none is asked."`
	SpeechModel string `arg:"--openai-speech-model,env:OPENAI_SPEECH_MODEL" help:"Speech model that listens to voice notes; empty: one line is asked for instead."`
	DailyTokens string `arg:"--openai-daily-tokens,env:RABEG_LLM_DAILY_TOKENS" default:"200000" help:"How many tokens second opinions may cost a day."`
}

const exampleURL = "https://api.openai.com/v1"

func (o OpenAI) check() error {
	if o.DailyTokens == "" && o.Model == "" {
		return o.server()
	}
	if n, err := strconv.Atoi(o.DailyTokens); err != nil || n < 1 || n > 1e12 {
		return Wrong("RABEG_LLM_DAILY_TOKENS", "is no number of tokens; to ask nobody leave OPENAI_MODEL empty", "200000")
	}
	return o.server()
}

func (o OpenAI) server() error {
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return Wrong("OPENAI_BASE_URL", "is no web address", exampleURL)
		}
		if u.User != nil || u.RawQuery != "" {
			return Wrong("OPENAI_BASE_URL", "carries a name or a query; the key belongs into OPENAI_API_KEY", exampleURL)
		}
	}
	switch {
	case o.BaseURL == "" && o.Key == "" && o.Model != "":
		return Wrong("OPENAI_MODEL", "is set, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is", "OPENAI_BASE_URL=http://127.0.0.1:11434/v1")
	case o.BaseURL == "" && o.Key == "" && o.SpeechModel != "":
		return Wrong("OPENAI_SPEECH_MODEL", "is set, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is", "OPENAI_BASE_URL=http://127.0.0.1:8000/v1")
	}
	return nil
}

// models makes what the jobs ask, as far as it is configured.
func (a *App) models() (jobs.Models, error) {
	o := a.cfg.OpenAI
	m := jobs.Models{
		Heard: func(ctx context.Context, v ledger.Transcribe, words string) error {
			return a.engine.Hear(ctx, v, words)
		},
		Office: a.hub.Office,
	}
	if o.Model == "" && o.SpeechModel == "" {
		return m, nil
	}
	daily, err := strconv.Atoi(o.DailyTokens)
	if err != nil {
		return m, o.check()
	}
	client, err := llm.New(llm.Config{
		BaseURL: o.BaseURL, Key: o.Key, Model: o.Model, SpeechModel: o.SpeechModel, DailyTokens: daily,
		Zone: a.Profile.Location(), Budget: a.Store, Now: a.opts.Now,
		Observe: func(u llm.Usage) {
			a.metrics.Asked(web.Asked{What: u.What, Result: u.Result, Sent: u.PromptTokens, Answers: u.Answers, Audio: u.AudioBytes, Took: u.Took})
		},
	})
	if err != nil {
		return m, err
	}
	if o.SpeechModel != "" {
		m.Transcribe = client.Transcribe
	}
	if o.Model != "" {
		m.Consult = func(ctx context.Context, r report.Report) (report.Advice, error) {
			op, err := client.Opinion(ctx, a.Profile, r.Text, r.Guesses)
			return adviceOf(op), err
		}
		a.adviser = adviser{client, a.Profile}
	}
	return m, nil
}

// adviser asks the model while a citizen waits.
type adviser struct {
	client  *llm.Client
	profile *profile.Profile
}

// Advise implements engine.Adviser.
func (a adviser) Advise(ctx context.Context, text string, guesses []report.Guess) (report.Advice, error) {
	op, err := a.client.Soon(ctx, a.profile, text, guesses)
	return adviceOf(op), err
}

func adviceOf(op llm.Opinion) report.Advice {
	return report.Advice{Guess: report.Guess{Category: op.Category, P: op.Confidence}, Emergency: op.Emergency}
}
