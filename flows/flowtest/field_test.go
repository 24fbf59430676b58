package flowtest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows/intake"
)

const lampOut = "lampu jalan mati total sudah seminggu di Kelurahan Cipare"

// talks are conversations as people had them, with the reader and the places of the real city, and how each has to end.
var talks = []struct{ says, ends string }{
	{lampOut + "|kirim sekarang", "filed"}, {lampOut + "|tolong kirim sekarang", "filed"}, {lampOut + "|1. Kirim", "filed"}, {lampOut + "|1 kirim", "filed"},
	{lampOut + "|ya kirim", "filed"}, {lampOut + "|iya pak", "filed"}, {lampOut + "|kirim aja pak", "filed"}, {lampOut + "|kirimkan", "filed"}, {lampOut + "|kirim laporan", "filed"},
	{lampOut + "|sudah benar, kirim saja", "filed"}, {lampOut + "|١", "filed"}, {lampOut + "|iya pak kirim aja", "filed"},
	{lampOut + "|batal aja", "cancelled"}, {lampOut + "|3 batal", "cancelled"}, {lampOut + "|jangan dikirim dulu", "cancelled"}, {lampOut + "|2 ubah", "edit"},
	{"jalan rusak parah|sukawana|nomor 2", "curug"},
	{"jalan rusak parah di kelurahan cipare|batal|urungkan aja pak", "review"},
	{"ada kebakaran rumah di cipare|bukan darurat kok", "calm"},
	{lampOut + "|ga usah diubah", "filed"}, {lampOut + "|alamatnya sudah benar", "filed"}, {lampOut + "|tempatnya udah bener pak", "filed"}, {lampOut + "|kategorinya bener, kirim", "filed"},
	{lampOut + "|isinya sudah benar", "filed"}, {lampOut + "|yakin", "filed"}, {lampOut + "|yaaa", "filed"}, {lampOut + "|bismillah kirim", "filed"}, {lampOut + "|ajukan", "filed"}, {lampOut + "|tos leres", "filed"},
	{lampOut + "|lokasinya salah", "newplace"}, {lampOut + "|lokasinya belum benar", "newplace"}, {lampOut + "|salah chat", "cancelled"}, {lampOut + "|maaf salah kirim pak", "cancelled"},
	{"pin -6.1227,106.1754", "what"},
	{lampOut + "|kirim|/status\u00a0NUMBER", "story"}, {lampOut + "|kirim|/status\u202fNUMBER", "story"}, {lampOut + "|kirim|/status\ufeffNUMBER", "story"},
	{lampOut + "|kirim|\u200e/status\u200b NUMBER", "story"}, {lampOut + "|kirim|\u2066/status\u3000*NUMBER*", "story"}, {lampOut + "|kirim|N\u00adUMBER", "story"},
	{lampOut + "|kirim|\u200fNUMBER\u200f", "story"}, {lampOut + "|kirim|status N\u200dUMBER", "story"}, {lampOut + "|kirim|/status@BotYangLama NUMBER", "story"},
	{lampOut + "|kirim|/status\u2800NUMBER", "story"}, {lampOut + "|kirim|\u3164/status\u3164NUMBER", "story"}, {lampOut + "|➊", "filed"}, {lampOut + "|➁", "edit"},
	{lampOut + "|१", "filed"}, {lampOut + "|１", "filed"}, {lampOut + "|①", "filed"}, {lampOut + "|𝟏", "filed"}, {lampOut + "|1\u00ad", "filed"}, {lampOut + "|\u200e1\ufe0f\u20e3", "filed"},
	{lampOut + "|٣", "cancelled"}, {lampOut + "|٢.", "edit"}, {"jalan rusak parah|sukawana|٢", "curug"}, {"jalan rusak parah|sukawana|nomor ２", "curug"},
}

// TestTalksAsPeopleHadThem plays them.
func TestTalksAsPeopleHadThem(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, talk := range talks {
		t.Run(talk.says, func(t *testing.T) {
			t.Parallel()
			e := NewEngine(m, p)
			for says := range strings.SplitSeq(talk.says, "|") {
				if len(e.reports) > 0 {
					code := string(e.reports[0].Code)
					for _, inside := range []string{"\u00ad", "\u200d"} {
						says = strings.ReplaceAll(says, "N"+inside+"UMBER", code[:6]+inside+code[6:])
					}
					says = strings.ReplaceAll(says, "NUMBER", code)
				}
				var body bot.Body = bot.Text{Text: says}
				if pin, ok := strings.CutPrefix(says, "pin "); ok {
					lat, lon, _ := strings.Cut(pin, ",")
					body = bot.Location{Lat: number(lat), Lon: number(lon)}
				}
				if _, err := e.Say(bot.Event{Body: body}); err != nil {
					t.Fatal(err)
				}
				if err := e.Pass(20 * time.Second); err != nil {
					t.Fatal(err)
				}
			}
			if got := end(e); got != talk.ends {
				t.Errorf("ended with %q, want %q; last words: %s", got, talk.ends, e.sent[len(e.sent)-1].Message.Text)
			}
		})
	}
}

func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return f
}

// end tells how a talk stands.
func end(e *Engine) string {
	s, last := e.Reread(), e.sent[len(e.sent)-1].Message.Text
	switch {
	case len(e.reports) > 0 && strings.HasPrefix(last, bot.Bold(string(e.reports[0].Code))):
		return "story"
	case len(e.reports) > 0:
		return "filed"
	case intake.Of(s).Form.Empty() && !intake.Of(s).Shelf.Empty():
		return "cancelled"
	case intake.Of(s).Form == nil || s.Ask == nil:
		return "nothing"
	case s.Ask.Kind == "review" && intake.Of(s).Form.Place.DistrictName == "Curug":
		return "curug"
	case intake.Of(s).Form.Category == "damkar" || strings.Contains(intake.Of(s).Form.Text, "kebakaran"):
		if intake.Of(s).Form.Emergency {
			return "danger"
		}
		return "calm"
	}
	return s.Ask.Kind
}
