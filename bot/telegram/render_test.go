package telegram

import "rabeg/bot"

func sampleMenuMessage() bot.Message {
	return bot.Message{
		Text: "Periksa dulu, ya. Kategori: " + bot.Bold("lampu jalan") + ". Tempat: Jl. Veteran, Kec. Serang. Sudah benar?",
		Menu: &bot.Menu{ID: "review-17", Choices: []bot.Choice{
			{ID: "send", Label: "Kirim"}, {ID: "edit", Label: "Ubah"}, {ID: "cancel", Label: "Batal"}}},
	}
}
