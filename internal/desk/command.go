// Package desk is the operators' side: what their messages mean (Parse), what they see (Card), and what it does to a
// report (Handle). It decides through casework and ends in a Batch; it sends nothing and writes nothing itself.
package desk

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// Verb is what somebody in the desk wants.
type Verb string

// The verbs. Silent is people's own talk, which gets no answer.
const (
	Silent  Verb = ""
	Take    Verb = "ambil"
	Reply   Verb = "balas"
	Forward Verb = "teruskan"
	Resolve Verb = "selesai"
	Reject  Verb = "tolak"
	Ask     Verb = "tanya"
	Note    Verb = "catatan"
	NotOurs Verb = "bukan"
	Plan    Verb = "rencana"
	Undo    Verb = "urungkan"
	Join    Verb = "daftar"
	Accept  Verb = "terima"
	Refuse  Verb = "jangan" // a request to join
	Tasks   Verb = "tugas"
	Show    Verb = "laporan"
	Score   Verb = "akurasi"
	Help    Verb = "bantuan"
	Cancel  Verb = "batal"
	Unknown Verb = "?"       // a command nobody knows
	Stale   Verb = "lewat"   // a press on something that is not ours or not any more
	BadCode Verb = "salah"   // a number whose check character does not fit
	Odd     Verb = "aneh"    // a body that can not be an answer
	Edited  Verb = "sunting" // an earlier message was changed
	Unsure  Verb = "ragu"    // a nod, or words to a colleague: no answer to a citizen
)

// Command is what one event means. It is not yet known whether it may be done.
type Command struct {
	Verb Verb
	// Code names the report; "" leaves it to the message that was replied to.
	Code  report.Code
	Words string
	// Photos and Files came with the words.
	Photos, Files []bot.MediaRef
	// Album is the album the photo came in.
	Album string
	// Arg is what the verb needs besides words: an office as typed or its code, a reason's code, a person's id, the Seq of
	// an answer.
	Arg string
	// Exact says that Arg is a code from a menu and needs no reading.
	Exact bool
	// Held says that the words were asked about: they stand in the letter that was pressed or answered.
	Held bool
	// Bare says that nothing was sent along: a press, or a command alone.
	Bare bool
}

// Target is what the event replies to: the report and the intent of the letter. Known is false when it replies to
// nothing of ours.
type Target struct {
	Known  bool
	Report report.Report
	Intent string
}

// names are the commands, with other words for them.
func names(s string) Verb {
	switch s {
	case "ambil", "take":
		return Take
	case "balas", "jawab", "reply":
		return Reply
	case "teruskan", "terus", "forward", "disposisi":
		return Forward
	case "selesai", "beres", "done":
		return Resolve
	case "tolak", "reject":
		return Reject
	case "tanya", "ask":
		return Ask
	case "catatan", "catat", "note":
		return Note
	case "bukan", "bukankewenangan", "bukan_kewenangan", "kembalikan":
		return NotOurs
	case "rencana", "rencanakan", "jadwal", "plan":
		return Plan
	case "urungkan", "tarik", "undo":
		return Undo
	case "daftar", "join":
		return Join
	case "terima", "setujui":
		return Accept
	case "jangan", "tolakdaftar":
		return Refuse
	case "tugas", "tasks":
		return Tasks
	case "laporan", "lihat", "show":
		return Show
	case "akurasi", "ketepatan", "accuracy":
		return Score
	case "bantuan", "help", "start", "menu":
		return Help
	case "batal", "cancel":
		return Cancel
	}
	return Unknown
}

// needsReport reports whether a verb is about one report.
func (v Verb) needsReport() bool {
	switch v {
	case Take, Reply, Forward, Resolve, Reject, Ask, Note, NotOurs, Plan, Undo, Show, Cancel:
		return true
	}
	return false
}
