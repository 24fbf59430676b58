package whatsapp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"

	"rabeg/bot"
)

// keepPoll remembers what the options of a poll stand for: votes come for days, over restarts.
func (c *Channel) keepPoll(ctx context.Context, id string, m bot.Menu) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("keep a poll: %w", err)
	}
	const put = `WITH old AS (DELETE FROM poll WHERE at < now() - interval '90 days')
		INSERT INTO poll (id, menu, at) VALUES ($1, $2, now()) ON CONFLICT (id) DO NOTHING`
	if _, err := c.opt.DB.ExecContext(ctx, put, id, raw); err != nil {
		return fmt.Errorf("keep a poll: %w", err)
	}
	return nil
}

func (c *Channel) poll(ctx context.Context, id string) (bot.Menu, error) {
	var raw []byte
	err := c.opt.DB.QueryRowContext(ctx, `SELECT menu FROM poll WHERE id = $1`, id).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Menu{}, errNoPoll
	}
	if err != nil {
		return bot.Menu{}, fmt.Errorf("read a poll: %w", err)
	}
	var m bot.Menu
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("read a poll: %w", err)
	}
	return m, nil
}

// vote reads a vote: a press when it is in a poll of ours, nothing when it is taken back, else unsupported.
func (s *session) vote(ctx context.Context, m *events.Message, d draft) (bot.Body, error) {
	unknown := bot.Unsupported{Kind: "vote"}
	menu, err := s.c.poll(ctx, d.about)
	if errors.Is(err, errNoPoll) {
		return unknown, nil
	}
	if err != nil {
		return nil, err
	}
	chosen, err := s.openVote(ctx, m)
	if err != nil {
		if ofDatabase(err) {
			return nil, err
		}
		return unknown, nil
	}
	if len(chosen.GetSelectedOptions()) == 0 {
		return nil, nil
	}
	chat := form(d.chat)
	if !d.group {
		found, err := s.who(ctx, d.lid, d.phone)
		if err != nil {
			return nil, err
		}
		chat = found.id
	}
	for _, ch := range menu.Choices {
		hash := sha256.Sum256([]byte(oneLine(bot.Unmark(ch.Label))))
		if bytes.Equal(hash[:], chosen.GetSelectedOptions()[0]) {
			return bot.Pick{Menu: menu.ID, Choice: ch.ID, Message: messageRef(chat, d.about, ""), Quiet: true}, nil
		}
	}
	return unknown, nil
}

// openVote decrypts a vote. Older phones sign with their number where others sign with the LID.
func (s *session) openVote(ctx context.Context, m *events.Message) (*waE2E.PollVoteMessage, error) {
	v, err := s.cli.DecryptPollVote(ctx, m)
	if err == nil || m.Info.SenderAlt.IsEmpty() || ofDatabase(err) {
		return v, err
	}
	other := *m
	other.Info.Sender = m.Info.SenderAlt
	return s.cli.DecryptPollVote(ctx, &other)
}

// reaction reads an emoji under a menu of ours as an answer: the choice whose label begins with it, else 👍 for yes and
// 👎 for no where the menu has such a choice.
func reaction(m bot.Menu, emoji string, on bot.MessageRef) (bot.Pick, bool) {
	emoji = bare(emoji)
	if emoji == "" {
		return bot.Pick{}, false
	}
	for _, c := range m.Choices {
		if strings.HasPrefix(bare(c.Label), emoji) {
			return bot.Pick{Menu: m.ID, Choice: c.ID, Message: on, Quiet: true}, true
		}
	}
	var said []string
	switch emoji {
	case "👍", "👌", "✅", "✔":
		said = []string{"ya", "oke", "setuju", "kirim"}
	case "👎", "❌":
		said = []string{"tidak", "batal"}
	}
	for _, word := range said {
		if c, ok := m.Match(bot.Text{Text: word}); ok {
			return bot.Pick{Menu: m.ID, Choice: c.ID, Message: on, Quiet: true}, true
		}
	}
	return bot.Pick{}, false
}

// bare is an emoji without its skin colour and its variant.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\ufe0f' || r >= 0x1f3fb && r <= 0x1f3ff {
			return -1
		}
		return r
	}, s)
}
