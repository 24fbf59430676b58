package cloudapi

// interactive checks a message with something to press. s.mu is held.
func (s *Server) interactive(m *Shown, in map[string]any) (refused *refusal) {
	if refused = fields(in, "interactive", "type", "header", "body", "footer", "action"); refused != nil {
		return refused
	}
	kind, _ := in["type"].(string)
	m.Type = kind
	most := 1024
	if kind == "list" {
		most = 4096
	}
	body, refused := child(in, "body", "interactive.")
	if refused != nil {
		return refused
	}
	if refused = fields(body, "interactive.body", "text"); refused != nil {
		return refused
	}
	if m.Text, refused = words(body, "text", "interactive.body.", most); refused != nil {
		return refused
	}
	if refused = s.header(m, in); refused != nil {
		return refused
	}
	if in["footer"] != nil {
		footer, refused := child(in, "footer", "interactive.")
		if refused != nil {
			return refused
		}
		if _, refused = words(footer, "text", "interactive.footer.", 60); refused != nil {
			return refused
		}
	}
	action, refused := child(in, "action", "interactive.")
	if refused != nil {
		return refused
	}
	switch kind {
	case "button":
		return buttons(m, action)
	case "list":
		return list(m, action)
	case "location_request_message":
		return named(action, "send_location")
	case "request_contact_info":
		return named(action, "request_contact_info")
	case "cta_url":
		return link(action)
	}
	return wrong(131009, "interactive.type %q is not known", kind)
}

func named(action map[string]any, name string) *refusal {
	if refused := fields(action, "interactive.action", "name"); refused != nil {
		return refused
	}
	if action["name"] != name {
		return wrong(131009, "interactive.action.name must be %s", name)
	}
	return nil
}

func link(action map[string]any) *refusal {
	if refused := fields(action, "interactive.action", "name", "parameters"); refused != nil {
		return refused
	}
	p, refused := child(action, "parameters", "interactive.action.")
	if refused != nil {
		return refused
	}
	if _, refused = words(p, "display_text", "interactive.action.parameters.", 20); refused != nil {
		return refused
	}
	_, refused = words(p, "url", "interactive.action.parameters.", 2000)
	return refused
}

// header checks what stands above the body. s.mu is held.
func (s *Server) header(m *Shown, in map[string]any) *refusal {
	if in["header"] == nil {
		return nil
	}
	h, refused := child(in, "header", "interactive.")
	if refused != nil {
		return refused
	}
	kind, _ := h["type"].(string)
	if kind == "text" {
		_, refused = words(h, "text", "interactive.header.", 60)
		return refused
	}
	if m.Type == "list" {
		return wrong(131009, "interactive.header of a list must be text")
	}
	if kind != "image" && kind != "video" && kind != "document" {
		return wrong(131009, "interactive.header.type %q is not known", kind)
	}
	shown, refused := child(h, kind, "interactive.header.")
	if refused != nil {
		return refused
	}
	f, refused := s.uploaded(shown, kind)
	if refused == nil {
		m.Media = f.data
	}
	return refused
}

func buttons(m *Shown, action map[string]any) *refusal {
	if refused := fields(action, "interactive.action", "buttons"); refused != nil {
		return refused
	}
	all, _ := action["buttons"].([]any)
	if len(all) == 0 || len(all) > 3 {
		return wrong(131009, "interactive.action.buttons must be 1 to 3")
	}
	titles := map[string]bool{}
	ids := map[string]bool{}
	for _, b := range all {
		o, _ := b.(map[string]any)
		if refused := fields(o, "button", "type", "reply"); refused != nil {
			return refused
		}
		if o["type"] != "reply" {
			return wrong(131009, "button.type must be reply")
		}
		reply, refused := child(o, "reply", "button.")
		if refused != nil {
			return refused
		}
		if refused = fields(reply, "button.reply", "id", "title"); refused != nil {
			return refused
		}
		title, refused := words(reply, "title", "button.reply.", 20)
		if refused != nil {
			return refused
		}
		id, refused := words(reply, "id", "button.reply.", 256)
		if refused != nil {
			return refused
		}
		if titles[title] || ids[id] {
			return wrong(131009, "Button titles and ids must be unique")
		}
		titles[title], ids[id] = true, true
		m.Choices = append(m.Choices, Choice{ID: id, Title: title})
	}
	return nil
}

func list(m *Shown, action map[string]any) *refusal {
	if refused := fields(action, "interactive.action", "button", "sections"); refused != nil {
		return refused
	}
	if _, refused := words(action, "button", "interactive.action.", 20); refused != nil {
		return refused
	}
	sections, _ := action["sections"].([]any)
	if len(sections) == 0 || len(sections) > 10 {
		return wrong(131009, "interactive.action.sections must be 1 to 10")
	}
	for _, sec := range sections {
		o, _ := sec.(map[string]any)
		if refused := fields(o, "section", "title", "rows"); refused != nil {
			return refused
		}
		if title, _ := o["title"].(string); title != "" || len(sections) > 1 {
			if _, refused := words(o, "title", "section.", 24); refused != nil {
				return refused
			}
		}
		rows, _ := o["rows"].([]any)
		if len(rows) == 0 {
			return wrong(131009, "A section has no rows")
		}
		for _, r := range rows {
			if refused := row(m, r); refused != nil {
				return refused
			}
		}
	}
	if len(m.Choices) > 10 {
		return wrong(131009, "Total row count exceed max allowed count: 10")
	}
	return nil
}

func row(m *Shown, r any) *refusal {
	o, _ := r.(map[string]any)
	if refused := fields(o, "row", "id", "title", "description"); refused != nil {
		return refused
	}
	id, refused := words(o, "id", "row.", 200)
	if refused != nil {
		return refused
	}
	title, refused := words(o, "title", "row.", 24)
	if refused != nil {
		return refused
	}
	about, _ := o["description"].(string)
	if units(about) > 72 {
		return wrong(131009, "row.description must be no more than 72 characters")
	}
	for _, c := range m.Choices {
		if c.ID == id {
			return wrong(131009, "Row ids must be unique")
		}
	}
	m.Choices = append(m.Choices, Choice{ID: id, Title: title, About: about})
	return nil
}
