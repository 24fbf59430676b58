package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// Answer is what `rabeg classify` writes for one text.
type Answer struct {
	ID        string               `json:"id"`
	Kind      string               `json:"kind"` // pengaduan, aspirasi, informasi, darurat, bukan_laporan
	Category  string               `json:"category"`
	Agencies  []understand.AgencyP `json:"agencies"`
	Emergency bool                 `json:"emergency"`
	Why       []string             `json:"why"`
}

// Classify reads JSON lines {"id","text"} and writes one Answer per line, in the same order. A line that is no such
// object ends it with an error that names the line.
func Classify(in io.Reader, out io.Writer, reader understand.Reader, p *profile.Profile) error {
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	err := eachLine(in, func(line []byte) error {
		var q struct {
			ID   string `json:"id"`
			Text string `json:"text"`
		}
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("want {\"id\",\"text\"}: %w", err)
		}
		return enc.Encode(AnswerFor(q.ID, q.Text, reader, p))
	})
	if err != nil {
		_ = w.Flush() // what was answered before the bad line still counts
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// AnswerFor classifies one text.
func AnswerFor(id, text string, reader understand.Reader, p *profile.Profile) Answer {
	rd := reader.Read(text)
	a := Answer{ID: id, Kind: kindOf(rd), Emergency: rd.Emergency, Why: rd.Why, Agencies: []understand.AgencyP{}}
	if rd.NoReport {
		a.Category = noReport
	}
	if len(rd.Guesses) > 0 {
		a.Category = rd.Guesses[0].Category
		a.Agencies = understand.Offices(p, rd, text, "")
	}
	if a.Why == nil {
		a.Why = []string{}
	}
	return a
}
