package botapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// TestLibrary holds a conversation through the Go library that the product uses.
func TestLibrary(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	ctx := soon(t)
	budi := w.Person(1001, "Budi")
	b, handled := library(ctx, t, w)

	must[Message](t)(budi.Text("/start lampu"))
	u := <-handled
	if u.Message.Text != "/start lampu" || u.Message.Entities[0].Type != models.MessageEntityTypeBotCommand ||
		u.Message.From.FirstName != "Budi" {
		t.Fatalf("got %+v", u.Message)
	}
	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: budi.ID(), Text: "<b>Halo</b> &amp; selamat", ParseMode: models.ParseModeHTML,
		ReplyParameters: &models.ReplyParameters{MessageID: u.Message.ID},
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{
			{{Text: "Kirim", CallbackData: "send:1"}, {Text: "Batal", CallbackData: "cancel:1"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Text != "Halo & selamat" || sent.Entities[0].Length != 4 || sent.ReplyToMessage.ID != u.Message.ID {
		t.Fatalf("sent %+v", sent)
	}
	query := must[string](t)(budi.Press(sent.ID, "Kirim"))
	u = <-handled
	if u.CallbackQuery == nil || u.CallbackQuery.ID != query || u.CallbackQuery.Data != "send:1" ||
		u.CallbackQuery.Message.Message.ID != sent.ID {
		t.Fatalf("callback %+v", u.CallbackQuery)
	}
	if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: query, Text: "ya"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: budi.ID(), MessageID: sent.ID, Text: "Terkirim"}); err != nil {
		t.Fatal(err)
	}
	h := w.History(budi.ID())
	if last := h[len(h)-1]; last.Text != "Terkirim" || last.ReplyMarkup != nil || last.Edits != 1 {
		t.Fatalf("after edit %+v", last)
	}
}

// library starts the library's own polling and gives what it hands over.
func library(ctx context.Context, t *testing.T, w *world) (*bot.Bot, <-chan *models.Update) {
	t.Helper()
	handled := make(chan *models.Update, 10)
	b, err := bot.New(w.Token(), bot.WithServerURL(w.URL()), bot.WithHTTPClient(0, w.client),
		bot.WithDefaultHandler(func(_ context.Context, _ *bot.Bot, u *models.Update) { handled <- u }))
	if err != nil {
		t.Fatal(err)
	}
	run, stop := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() { b.Start(run); close(over) }()
	t.Cleanup(func() { stop(); <-over })

	return b, handled
}

// TestLibraryMedia: files both ways, and a block.
func TestLibraryMedia(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	ctx := soon(t)
	budi := w.Person(1001, "Budi")
	photo := pngOf(t, 640, 480)
	b, handled := library(ctx, t, w)

	must[Message](t)(budi.Photo(photo, "ini"))
	u := <-handled
	file, err := b.GetFile(ctx, &bot.GetFileParams{FileID: u.Message.Photo[len(u.Message.Photo)-1].FileID})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := w.client.Get(b.FileDownloadLink(file))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || !bytes.Equal(got, photo) {
		t.Fatalf("download: %s, %d bytes", resp.Status, len(got))
	}
	album, err := b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: budi.ID(), Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://a.png", MediaAttachment: bytes.NewReader(photo), Caption: "dua"},
		&models.InputMediaPhoto{Media: file.FileID},
	}})
	if err != nil || len(album) != 2 || album[0].MediaGroupID == "" || album[0].MediaGroupID != album[1].MediaGroupID {
		t.Fatalf("album %v %v", album, err)
	}
	if _, err := b.SendPhoto(ctx, &bot.SendPhotoParams{
		ChatID: budi.ID(), Photo: &models.InputFileUpload{Filename: "x.jpg", Data: strings.NewReader("<html>")},
	}); !errors.Is(err, bot.ErrorBadRequest) {
		t.Fatalf("HTML as photo: %v", err)
	}
	budi.Block()
	if u = <-handled; u.MyChatMember == nil || u.MyChatMember.NewChatMember.Type != models.ChatMemberTypeBanned {
		t.Fatalf("block %+v", u)
	}
	if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: budi.ID(), Text: "x"}); !errors.Is(err, bot.ErrorForbidden) {
		t.Fatalf("blocked: %v", err)
	}
}

// TestLibraryErrors checks that the library's typed errors come out.
func TestLibraryErrors(t *testing.T) {
	t.Parallel()
	l := TelegramLimits()
	w := start(t, Options{Limits: &l})
	ctx := soon(t)
	b, err := bot.New(w.Token(), bot.WithServerURL(w.URL()), bot.WithSkipGetMe(), bot.WithHTTPClient(0, w.client))
	if err != nil {
		t.Fatal(err)
	}
	admin := w.Person(7, "Sari")
	g := w.Group(-500, "Meja", false)
	g.AddAdmin(admin)
	for i := range 21 {
		_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: g.ID(), Text: "x"})
		if i < 20 && err != nil {
			t.Fatal(err)
		}
	}
	var slow *bot.TooManyRequestsError
	if !errors.As(err, &slow) || slow.RetryAfter != 3 {
		t.Fatalf("21st message: %v", err)
	}
	next := must[*Group](t)(g.Migrate(admin))
	var moved *bot.MigrateError
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: g.ID(), Text: "x"})
	if !errors.As(err, &moved) || int64(moved.MigrateToChatID) != next.ID() {
		t.Fatalf("old id: %v", err)
	}
}
