package intake

import (
	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A place that is called wrong stands until another is there: who finds it right after all, sends, or says nothing more has lost nothing.

// misplaced remembers where some matters stood whose places are about to be told anew.
func (f *Form) misplaced(which []int) {
	for _, i := range which {
		if at := f.at(i); at.Known() {
			f.Several.Each[i].Stood = clonePlace(at)
		}
	}
}

// everyMatter are all matters of the draft.
func (f *Form) everyMatter() []int {
	all := make([]int, len(f.Several.Each))
	for i := range all {
		all[i] = i
	}
	return all
}

// restands reports whether places that were called wrong still stand, because no others have come.
func (f *Form) restands() bool {
	for i := range f.Several.Each {
		if f.waits(i) {
			return true
		}
	}
	return false
}

func (f *Form) waits(i int) bool {
	m := f.Several.Each[i]
	return m.Stood.Known() && !m.Place.Known() && (f.Several.Apart || !f.Place.Known())
}

// keepPlaces lets the places stand that were called wrong and have no other by now, and reports whether there were any.
func (f *Form) keepPlaces() bool {
	if !f.several() {
		return false
	}
	kept := f.restands()
	if kept {
		for i := range f.Several.Each {
			f.Several.Each[i].Place = clonePlace(f.at(i))
		}
		f.Several.Apart, f.Several.At = true, 0
		f.unplace()
	}
	for i := range f.Several.Each {
		f.Several.Each[i].Stood = report.Place{}
	}
	if first := f.Several.Each[0].Place; kept && f.allAt(first) { // one place, told once
		for i := range f.Several.Each {
			f.Several.Each[i].Place = report.Place{}
		}
		f.Place, f.Placed, f.Several.Apart = first, true, false
	}
	return kept
}

// allAt reports whether every matter has one place as its own.
func (f *Form) allAt(at report.Place) bool {
	for _, m := range f.Several.Each {
		same := m.Place
		if same.Pin != nil && at.Pin != nil && *same.Pin == *at.Pin {
			same.Pin = at.Pin
		}
		if same != at {
			return false
		}
	}
	return at.Known()
}

// mayKeep offers to leave the place as it was, where the question asks for another.
func (f *flow) mayKeep(m *bot.Message, v say.Voice, form *Form) {
	if !form.restands() {
		return
	}
	m.Text += "\n" + v.KeepOld()
	back := v.Choice("back") // "lewati" goes back: there is a place already
	if f.fixed(form) {       // alone it leaves room for the key that sends the location; who does not know goes back, too
		back.Also += "|" + m.Menu.Choices[0].Also
		m.Menu.Choices = []bot.Choice{back}
		return
	}
	m.Menu.Choices[0].Also = ""
	m.Menu.Choices = append(m.Menu.Choices, back)
}
