package flows

import "time"

// The limits and times of the conversation (docs/conversation.md).
const (
	MaxText   = 8000 // runes of a description joined from several messages
	MaxPhotos = 5
	MaxFiles  = 5
	MaxFile   = 20 << 20 // bytes of one photo or file: neither network gives us more

	Pause      = 30 * time.Minute    // after so much silence "Lanjutkan / Buat baru" is offered
	Keep       = 7 * 24 * time.Hour  // how long a draft waits
	NudgeAfter = 3 * time.Hour       // of silence, then the one reminder
	Late       = 10 * time.Minute    // after filing, photos and pins are offered to the report just filed
	Remembered = 14 * 24 * time.Hour // after filing, what names no report ("kapan diberesin?") is about that one

	Blink = 3 * time.Second // nobody reads a question and answers it in less

	Many      = 20                      // messages of one chat within
	ManyIn    = time.Minute             // this time are too many
	HoldBurst = 1500 * time.Millisecond // what a burst of photos waits for its one answer
	HoldFlood = 5 * time.Second
)
