package casework

import (
	"encoding/json"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// SheetMenuKind begins the id of the menu under what a file of LAPOR! would bring; SheetIntent the intent of that letter.
const (
	SheetMenuKind = "y"
	SheetIntent   = "impor:"
)

// The choices of that menu.
const (
	SheetTake  = "impor"
	SheetApart = "pisah"
	SheetDrop  = "batal"
)

// SheetMenu asks whether a file is brought in, and where there are doubles, how.
func SheetMenu(run string, doubles bool) bot.Menu {
	m := bot.Menu{ID: SheetMenuKind + "." + run, Columns: 1, Choices: []bot.Choice{{ID: SheetTake, Label: "📥 Impor", Also: "ya|impor|oke|lanjut|setuju|import"}}}
	if doubles {
		m.Choices[0].Label = "📥 Impor, kembarannya ditautkan"
		m.Choices = append(m.Choices, bot.Choice{ID: SheetApart, Label: "📥 Impor, kembarannya tetap terpisah", Also: "terpisah|pisah|pisahkan"})
	}
	m.Choices = append(m.Choices, bot.Choice{ID: SheetDrop, Label: "Batal", Also: "batal|jangan|tidak|nanti"})
	return m
}

// SheetShown keeps in an intent which file was looked at, and whether there are doubles.
func SheetShown(s ledger.Sheet, doubles bool) string {
	doc, _ := json.Marshal(shownSheet{s, doubles}) // it holds strings, numbers and times alone
	return SheetIntent + string(doc)
}

type shownSheet struct {
	ledger.Sheet

	Doubles bool `json:"doubles,omitempty"`
}

// SheetIn reads such an intent.
func SheetIn(intent string) (s ledger.Sheet, doubles, ok bool) {
	doc, ok := strings.CutPrefix(intent, SheetIntent)
	var shown shownSheet
	if !ok || json.Unmarshal([]byte(doc), &shown) != nil {
		return ledger.Sheet{}, false, false
	}
	return shown.Sheet, shown.Doubles, true
}
