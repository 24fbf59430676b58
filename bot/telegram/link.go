package telegram

import "rabeg/bot"

var _ bot.Linker = (*Channel)(nil)

// Link implements bot.Linker, by the name that Telegram has told.
func (c *Channel) Link() string {
	if name := c.account().name; name != "" {
		return "https://t.me/" + name
	}
	return ""
}
