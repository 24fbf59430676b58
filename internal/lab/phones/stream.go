package phones

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed page.html parts.html
var templates embed.FS

// pages are the templates of each language.
type pages struct{ by map[string]*template.Template }

func readPages() (*pages, error) {
	p := &pages{by: map[string]*template.Template{}}
	for _, lang := range []string{"id", "en"} {
		t, err := template.New("").Funcs(template.FuncMap{
			"t": func(name string) (string, error) {
				w, ok := labels[name]
				if !ok {
					return "", fmt.Errorf("the page has no words for %q", name)
				}
				return w.In(lang), nil
			},
			"in": func(w Words) string { return w.In(lang) },
			"phone": func(where string, page shell, all []player, key string) phoneView {
				return phoneView{Where: where, Official: where == onWhatsApp && page.Official, Key: key, View: page.DeskView, Groups: grouped(all, lang)}
			},
			"clockSteps": func() []clockStep {
				return []clockStep{{"+1h", "plus1h"}, {"+5h", "plus5h"}, {"+1d", "plus1d"}, {"+3d", "plus3d"}}
			},
			"letterChoices": func() []string { return []string{onWhatsApp, onTelegram, onDesk} },
		}).ParseFS(templates, "*.html")
		if err != nil {
			return nil, fmt.Errorf("read the page: %w", err)
		}
		p.by[lang] = t
	}
	return p, nil
}

// phoneView is one of the three chats, as the page begins with it.
type phoneView struct {
	Where, Key, View string
	Official         bool // it writes to an official number
	Groups           []playerGroup
}

// playerGroup is a part of the list of who can be played.
type playerGroup struct {
	Name    string
	Players []player
}

// grouped gathers those that stand together.
func grouped(all []player, lang string) []playerGroup {
	var out []playerGroup
	for _, p := range all {
		name := p.group.In(lang)
		if n := len(out); n == 0 || out[n-1].Name != name {
			out = append(out, playerGroup{Name: name})
		}
		last := &out[len(out)-1]
		last.Players = append(last.Players, p)
	}
	return out
}

// clockStep is a button that turns the clock.
type clockStep struct{ By, Name string }

// part draws one part of the page.
func (p *pages) part(lang, name string, data any) (string, error) {
	var b bytes.Buffer
	err := p.by[lang].ExecuteTemplate(&b, name, data)
	return b.String(), err
}

// shell is what the page itself is drawn of; all that changes comes by the stream.
type shell struct {
	Lang, Other                  string
	View                         view
	WhatsApp, Telegram, Desk     []player
	City                         city
	Places                       []string
	WhatsAppKey, TelegramKey     string
	DeskKey, DeskView, LettersOf string
	Government                   string
	Official                     bool // WhatsApp is the official one
}

// Key and Name are a player's, for the page.
func (p player) Key() string { return p.key }

// Name is what the player is called.
func (p player) Name() string { return p.name }

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	v := s.viewOf(r)
	data := shell{Lang: v.lang, Other: map[string]string{"id": "en", "en": "id"}[v.lang], View: v, WhatsApp: s.cast.on(onWhatsApp), Telegram: s.cast.on(onTelegram),
		Desk: s.cast.on(onDesk), City: s.city, WhatsAppKey: v.whatsapp.key, TelegramKey: v.telegram.key, DeskKey: v.desk.key, LettersOf: v.letters,
		DeskView: map[bool]string{true: "own", false: "group"}[v.own], Government: s.Profile.City, Official: s.Meta != nil}
	text, err := s.pages.part(v.lang, "page.html", data)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(text))
}

// change is one change of the page: a list of things with those of them that are new or different, or a part as it is now.
type change struct {
	Pane  string            `json:"pane"`
	HTML  string            `json:"html,omitempty"`
	Order []string          `json:"order,omitzero"` // of a list: the keys of all that is shown
	Set   map[string]string `json:"set,omitempty"`  // those that changed
	List  [][2]string       `json:"list,omitzero"`  // of a select: values and labels
}

// watcher is one browser that looks at the page, with what it has been told.
type watcher struct {
	s      *Server
	v      view
	parts  map[string]string            // the last HTML of each part
	lists  map[string]map[string]string // the revisions of what each list shows
	orders map[string]string
	all    []change // found, and not told yet
	err    error    // the last that kept a part from being drawn
}

// refreshEvery is how often the page looks by itself at what nobody tells of: the time, and what is kept.
const refreshEvery = time.Second

// settle is how long changes are gathered before they are shown.
const settle = 25 * time.Millisecond

// live streams changes to a browser until it leaves.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	x := &watcher{s: s, v: s.viewOf(r), parts: map[string]string{}, lists: map[string]map[string]string{}, orders: map[string]string{}}
	tick := time.NewTicker(refreshEvery)
	defer tick.Stop()
	for {
		changed := s.change()
		all, err := x.changes(r.Context())
		if err != nil {
			all = append(all, change{Pane: "fault", HTML: template.HTMLEscapeString(err.Error())})
		}
		for _, c := range all {
			text, err := json.Marshal(c)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return
			}
		}
		if len(all) > 0 && out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		case <-changed:
			gather := time.NewTimer(settle)
			select {
			case <-r.Context().Done():
				gather.Stop()
				return
			case <-gather.C:
			}
		}
	}
}

// changes are what this browser has not been shown yet.
func (x *watcher) changes(ctx context.Context) ([]change, error) {
	k := x.s.wa.of(x.v.whatsapp)
	for pane, list := range map[string][]bubble{onWhatsApp: k.bubbles(x.v.lang), onTelegram: x.s.telegramLog(x.v), onDesk: x.s.deskLog(x.v)} {
		x.list(pane, list)
	}
	x.options("topic", x.s.topics(x.v.lang))
	x.options("code", x.s.codeList())
	for pane, chat := range map[string]int64{onTelegram: x.v.telegram.id, onDesk: x.s.deskChat(x.v)} {
		x.part("notice-"+pane, "notice", x.s.notices.over(chat))
	}
	for name, data := range map[string]any{
		"keys": x.s.keys(x.v.telegram.id), "clock": x.s.clockView(x.v.lang), "faults": x.s.faultViews(), "diary": x.s.diaryView(),
		"tour": x.s.tour.shown(), "facts": x.s.beside(ctx, x.v), "letters": x.s.letters(ctx, x.v),
	} {
		x.part(name, name, data)
	}
	all, err := x.all, x.err
	x.all, x.err = nil, nil
	return all, err
}

// part is a part of the page, where it changed.
func (x *watcher) part(pane, name string, data any) {
	html, err := x.s.pages.part(x.v.lang, name, data)
	if err != nil {
		x.err = err
		return
	}
	if had, seen := x.parts[pane]; !seen || had != html {
		x.parts[pane] = html
		x.all = append(x.all, change{Pane: pane, HTML: html})
	}
}

// list is what changed in a list of messages.
func (x *watcher) list(pane string, list []bubble) {
	had := x.lists[pane]
	now := make(map[string]string, len(list))
	c := change{Pane: pane, Order: []string{}, Set: map[string]string{}}
	for _, b := range list {
		now[b.Key] = b.Rev
		c.Order = append(c.Order, b.Key)
		if rev, ok := had[b.Key]; ok && rev == b.Rev {
			continue
		}
		html, err := x.s.pages.part(x.v.lang, "bubble", b)
		if err != nil {
			x.err = err
			return
		}
		c.Set[b.Key] = html
	}
	order := strings.Join(c.Order, " ")
	if had == nil || len(c.Set) > 0 || x.orders[pane] != order {
		x.all = append(x.all, c)
	}
	x.lists[pane], x.orders[pane] = now, order
}

// options is what changed in a select.
func (x *watcher) options(name string, list [][2]string) {
	seen := fmt.Sprint(list)
	if had, ok := x.parts["select "+name]; ok && had == seen {
		return
	}
	x.parts["select "+name] = seen
	x.all = append(x.all, change{Pane: name, List: list})
}
