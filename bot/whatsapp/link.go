package whatsapp

import "rabeg/bot"

var _ bot.Linker = (*Channel)(nil)

// Link implements bot.Linker, by the number that is linked.
func (c *Channel) Link() string {
	c.mu.Lock()
	s := c.session
	c.mu.Unlock()
	if s == nil || s.cli == nil || s.cli.Store == nil || s.cli.Store.ID == nil {
		return ""
	}
	return "https://wa.me/" + s.cli.Store.ID.User
}
