package main

import (
	"context"

	"rabeg/bot"
)

// phone asks a chat's network for the number of who writes there.
func (a *app) phone(ctx context.Context, chat bot.Address) (string, error) {
	l := a.link(chat.Network)
	if l == nil {
		return "", nil
	}
	numbers, ok := l.Channel.(bot.Numbers)
	if !ok {
		return "", nil
	}
	return numbers.Number(ctx, chat)
}
