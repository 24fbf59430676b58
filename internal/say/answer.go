package say

import (
	"rabeg/internal/report"
)

// WhichOne asks back between the choices that an answer could mean.
func (v Voice) WhichOne() string { return v.pick("Maksud Anda yang mana?", "Which one do you mean?") }

// ReadFirst answers a yes that came before the question can have been read.
func (v Voice) ReadFirst() string {
	return v.pick("Baca dulu sebentar ya, lalu jawab sekali lagi.", "Please read this first, then answer once more.")
}

// WhichAnswer says that an answer fits none of the choices.
func (v Voice) WhichAnswer() string {
	return v.pick("Maaf, saya belum menangkap pilihan Anda.", "Sorry, I did not get which one you mean.")
}

// NoPhotoNeeded says that a report may go without photos.
func (v Voice) NoPhotoNeeded() string {
	return v.pick("Tanpa foto juga boleh.", "It may go without a photo.")
}

// NowSeen says what a report has become for who may see it.
func (v Voice) NowSeen(vis report.Visibility) string {
	switch vis {
	case report.Anonymous:
		return v.pick("Baik, laporan ini sekarang anonim.", "All right, this report is anonymous now.")
	case report.Confidential:
		return v.pick("Baik, laporan ini sekarang rahasia.", "All right, this report is confidential now.")
	default:
		return v.pick("Baik, laporan ini sekarang biasa lagi.", "All right, this report is a normal one again.")
	}
}

// NextHidden says that the report that is about to be told is hidden.
func (v Voice) NextHidden(vis report.Visibility) string {
	if vis == report.Confidential {
		return v.pick("Baik, laporan yang akan Anda ceritakan jadi rahasia.", "All right, the report you are about to make is confidential.")
	}
	return v.pick("Baik, laporan yang akan Anda ceritakan jadi anonim.", "All right, the report you are about to make is anonymous.")
}

// Reverted says that the last change was taken back.
func (v Voice) Reverted() string {
	return v.pick("Saya kembalikan seperti sebelumnya.", "Back to what it was before.")
}

// AskRival asks which of two matters a report is about, for they go to different offices.
func (v Voice) AskRival(was, now string) string {
	return v.f("Tadi tentang %s, sekarang sepertinya tentang %s. Laporan ini yang mana?",
		"First it was about %s, now it seems to be about %s. Which one is this report?", v.Topic(was), v.Topic(now))
}

// KeptForNow says that a card that is not sent yet waits.
func (v Voice) KeptForNow() string {
	return v.pick("Baik, belum saya kirim dan masih saya simpan. Kalau sudah siap, tulis kirim.",
		"All right, it is not sent and stays here. When you are ready, write send.")
}
