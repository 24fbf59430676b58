package botapi

import (
	"net/http"
	"time"
)

// Bucket is a token bucket: Burst tokens at most, refilled with one token every Every. A Burst of 0 means no limit.
type Bucket struct {
	Burst int
	Every time.Duration
}

// Limits are the pace the server enforces; see the package documentation for the exact rule.
type Limits struct {
	Bot    Bucket // all chats together
	Person Bucket // one private chat
	Group  Bucket // one group
	Edits  bool   // edits take tokens as messages do
}

// TelegramLimits are the limits Telegram documents: 30 a second in all, 1 a second in a private chat with a short burst,
// 20 a minute in a group.
func TelegramLimits() Limits {
	return Limits{
		Bot:    Bucket{Burst: 30, Every: time.Second / 30},
		Person: Bucket{Burst: 3, Every: time.Second},
		Group:  Bucket{Burst: 20, Every: 3 * time.Second},
	}
}

// Options set up a server. The zero value is a usable server without limits.
type Options struct {
	Token    string           // default "123456:TEST"; the digits before the colon are the bot's id
	Username string           // default "rabeg_bot"
	Name     string           // default "Rabeg"
	Now      func() time.Time // default time.Now; dates of messages and the limits' clock

	Limits *Limits // nil: no limit

	// Begin is where the ids of updates, messages and files start. A server that takes the place of an earlier one, whose
	// ids the bot remembers, begins above them, as Telegram never uses an id twice.
	Begin int

	MaxUpload   int // bytes of one uploaded file, default 50 MB; above: 413
	MaxDownload int // bytes of a file getFile hands out, default 20 MB; above: 400
	KeepFiles   int // bytes of all files kept, oldest used dropped first, default 256 MB
	KeepHistory int // messages kept for each chat, default 1000 (and the last 256 events, or fewer with a shorter history)
	KeepEvents  int // events kept for watchers of all chats, default 20000

	WebhookClient   *http.Client  // default: a client of its own with a 60 s timeout
	WebhookRetryMin time.Duration // first pause after a failed delivery, default 250 ms; doubles each time
	WebhookRetryMax time.Duration // longest pause, default 5 s

	NoControl bool // true: no /sim/ addresses
}

func (o Options) withDefaults() Options {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	if o.Token == "" {
		o.Token = "123456:TEST"
	}
	if o.Username == "" {
		o.Username = "rabeg_bot"
	}
	if o.Name == "" {
		o.Name = "Rabeg"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	def(&o.MaxUpload, 50<<20)
	def(&o.MaxDownload, 20<<20)
	def(&o.KeepFiles, 256<<20)
	def(&o.KeepHistory, 1000)
	def(&o.KeepEvents, 20000)
	if o.WebhookRetryMin <= 0 {
		o.WebhookRetryMin = 250 * time.Millisecond
	}
	if o.WebhookRetryMax <= 0 {
		o.WebhookRetryMax = 5 * time.Second
	}
	return o
}
