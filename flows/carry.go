package flows

import (
	"encoding/json"
	"fmt"
)

// first is a conversation of version 1, as far as it was kept otherwise: the notes of all flows stood side by side in it, and
// the question held what the following of reports kept for it. What a flow had noted within a turn needs no carrying over:
// conversations are kept between turns.
type first struct {
	Form   json.RawMessage `json:"form"`
	Shelf  json.RawMessage `json:"shelf"`
	Before json.RawMessage `json:"before"`
	Aside  json.RawMessage `json:"aside"`
	Sent   json.RawMessage `json:"sent"`
	Call   json.RawMessage `json:"call"`
	Ask    struct {
		Codes  json.RawMessage `json:"codes"`
		Report json.RawMessage `json:"report"`
		Text   json.RawMessage `json:"text"`
	} `json:"ask"`
}

// carry puts what an earlier version kept where its flow looks for it: a person in the middle of a report notices nothing.
func (k *kept) carry(doc []byte) error {
	var was first
	if err := json.Unmarshal(doc, &was); err != nil {
		return fmt.Errorf("read an earlier conversation: %w", err)
	}
	if k.V > 0 {
		k.V = version
	}
	type notes = map[string]json.RawMessage
	for flow, all := range map[string]notes{
		"intake": {"form": was.Form, "shelf": was.Shelf, "before": was.Before, "aside": was.Aside, "sent": was.Sent},
		"track":  {"codes": was.Ask.Codes, "report": was.Ask.Report, "text": was.Ask.Text},
		"call":   {"talk": was.Call},
	} {
		for name, doc := range all {
			if len(doc) == 0 {
				delete(all, name)
			}
		}
		if len(all) == 0 {
			continue
		}
		whole, err := json.Marshal(all)
		if err != nil {
			return fmt.Errorf("carry an earlier conversation over: %w", err)
		}
		if k.Notes == nil {
			k.Notes = notes{}
		}
		k.Notes[flow] = whole
	}
	return nil
}
