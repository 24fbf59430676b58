package cloudapi

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Template is a message that Meta has looked at, for who was silent for long.
type Template struct {
	Name, Language, Category string
	// State is PENDING, APPROVED, REJECTED, PAUSED or DISABLED.
	State   string
	Body    string
	Footer  string
	Buttons []string
	names   []string // of its parameters
}

var (
	templateName = regexp.MustCompile(`^[a-z0-9_]{1,512}$`)
	blank        = regexp.MustCompile(`\{\{([a-z0-9_]+)\}\}`)
)

// Decide ends the review of a template, or pauses or disables it, and tells the webhook.
func (s *Server) Decide(name, state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.templates[name]
	if t == nil {
		return
	}
	t.State = state
	s.hook.tell("template", call{body: ascii(s.change("message_template_status_update", object{
		"event": state, "message_template_name": name, "message_template_language": t.Language, "message_template_id": 1, "reason": "NONE",
	}))})
}

// Recategorise moves a template to another category, as Meta may.
func (s *Server) Recategorise(name, category string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.templates[name]
	if t == nil {
		return
	}
	was := t.Category
	t.Category = category
	s.hook.tell("template", call{body: ascii(s.change("template_category_update", object{
		"message_template_name": name, "message_template_language": t.Language, "previous_category": was, "new_category": category,
	}))})
}

// ApproveAll approves what waits for its review.
func (s *Server) ApproveAll() {
	s.mu.Lock()
	var waiting []string
	for name, t := range s.templates {
		if t.State == "PENDING" {
			waiting = append(waiting, name)
		}
	}
	s.mu.Unlock()
	for _, name := range waiting {
		s.Decide(name, "APPROVED")
	}
}

func (s *Server) manageTemplates(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodGet {
		list := []any{}
		for _, t := range s.templates {
			list = append(list, object{"name": t.Name, "language": t.Language, "status": t.State, "category": t.Category, "id": "1"})
		}
		answer(w, object{"data": list})
		return
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var body map[string]any
	if err != nil || json.Unmarshal(raw, &body) != nil {
		wrong(100, "The body is no JSON object").write(w)
		return
	}
	t, refused := submitted(body)
	if refused == nil && s.templates[t.Name] != nil {
		refused = wrong(100, "There is already content in this language for this template")
	}
	if refused != nil {
		refused.write(w)
		return
	}
	s.templates[t.Name] = t
	answer(w, object{"id": "1", "status": t.State, "category": t.Category})
}

func submitted(body map[string]any) (*Template, *refusal) {
	t := &Template{State: "PENDING"}
	if refused := fields(body, "", "name", "language", "category", "parameter_format", "components", "allow_category_change"); refused != nil {
		return nil, refused
	}
	t.Name, _ = body["name"].(string)
	t.Language, _ = body["language"].(string)
	t.Category, _ = body["category"].(string)
	if !templateName.MatchString(t.Name) || t.Language == "" || !slices.Contains([]string{"UTILITY", "MARKETING", "AUTHENTICATION"}, t.Category) {
		return nil, wrong(100, "name, language or category is not right")
	}
	parts, _ := body["components"].([]any)
	for _, p := range parts {
		o, _ := p.(map[string]any)
		if refused := t.component(o); refused != nil {
			return nil, refused
		}
	}
	if t.Body == "" {
		return nil, wrong(100, "A BODY is required")
	}
	for _, m := range blank.FindAllStringSubmatch(t.Body, -1) {
		t.names = append(t.names, m[1])
	}
	bare := strings.TrimSpace(t.Body)
	switch {
	case strings.HasPrefix(bare, "{{"), strings.HasSuffix(bare, "}}"):
		return nil, wrong(100, "Variables can't be at the start or end of the template. (2388299)")
	case len(strings.Fields(bare)) < 3*len(t.names):
		return nil, wrong(100, "This template has too many variables for its length. (2388293)")
	}
	return t, nil
}

func (t *Template) component(o map[string]any) *refusal {
	var refused *refusal
	switch o["type"] {
	case "BODY":
		if t.Body, refused = words(o, "text", "BODY.", 1024); refused == nil && strings.Contains(t.Body, "{{") && o["example"] == nil {
			refused = wrong(100, "An example is required")
		}
	case "FOOTER":
		if t.Footer, refused = words(o, "text", "FOOTER.", 60); refused == nil && strings.Contains(t.Footer, "{{") {
			refused = wrong(100, "A footer holds no variables")
		}
	case "BUTTONS":
		all, _ := o["buttons"].([]any)
		if len(all) == 0 || len(all) > 10 {
			return wrong(100, "buttons must be 1 to 10")
		}
		for _, b := range all {
			button, _ := b.(map[string]any)
			text, refused := words(button, "text", "button.", 25)
			if refused != nil || button["type"] != "QUICK_REPLY" {
				return wrong(100, "a button is not right")
			}
			t.Buttons = append(t.Buttons, text)
		}
	default:
		refused = wrong(100, "a component's type is not known")
	}
	return refused
}

// templated checks a message that is made from a template. s.mu is held.
func (s *Server) templated(m *Shown, in map[string]any) *refusal {
	if refused := fields(in, "template", "name", "language", "components"); refused != nil {
		return refused
	}
	name, _ := in["name"].(string)
	language, refused := child(in, "language", "template.")
	if refused != nil {
		return refused
	}
	t := s.templates[name]
	switch {
	case t == nil, t.Language != language["code"], t.State == "PENDING", t.State == "REJECTED":
		return wrong(132001, "template name (%s) does not exist in %v", name, language["code"])
	case t.State == "PAUSED":
		return wrong(132015, "Template is paused due to low quality")
	case t.State == "DISABLED":
		return wrong(132016, "Template is disabled")
	}
	m.Template, m.Text = name, t.Body
	for _, b := range t.Buttons {
		m.Choices = append(m.Choices, Choice{ID: b, Title: b})
	}
	parts, _ := in["components"].([]any)
	given := map[string]bool{}
	for _, p := range parts {
		o, _ := p.(map[string]any)
		if refused := t.fill(m, o, given); refused != nil {
			return refused
		}
	}
	if len(given) != len(t.names) {
		return wrong(132000, "body: number of localizable_params (%d) does not match the expected number of params (%d)", len(given), len(t.names))
	}
	return nil
}

// fill puts parameters into the blanks.
func (t *Template) fill(m *Shown, o map[string]any, given map[string]bool) *refusal {
	params, _ := o["parameters"].([]any)
	switch o["type"] {
	case "body":
		for _, p := range params {
			param, _ := p.(map[string]any)
			name, _ := param["parameter_name"].(string)
			text, _ := param["text"].(string)
			switch {
			case param["type"] != "text" || !slices.Contains(t.names, name):
				return wrong(132012, "Parameter name %q is not one of the template's", name)
			case text == "" || strings.ContainsAny(text, "\n\t") || strings.Contains(text, "     "):
				return wrong(132018, "Param text cannot be empty or have new-line/tab characters or more than 4 consecutive spaces")
			}
			given[name] = true
			m.Text = strings.ReplaceAll(m.Text, "{{"+name+"}}", text)
		}
	case "button":
		param := map[string]any{}
		if len(params) == 1 {
			param, _ = params[0].(map[string]any)
		}
		payload, _ := param["payload"].(string)
		if o["sub_type"] != "quick_reply" || fmt.Sprint(o["index"]) != "0" || param["type"] != "payload" || payload == "" || len(m.Choices) == 0 {
			return wrong(132012, "A button's parameters are not right")
		}
		m.Choices[0].ID = payload
	default:
		return wrong(132012, "A component is not known")
	}
	return nil
}
