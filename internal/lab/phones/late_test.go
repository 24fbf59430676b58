package phones_test

import (
	"fmt"
	"testing"
)

// What nobody answers is seen to become late: the clock on the page is turned past the day that was promised, and the office's topic, its
// head, the Sekda and the citizen read of it, each in the own chat; a week later the Sekda and the group read the week's figures.
func TestWhatIsLateIsSeen(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	url := startLab(t)
	b.size(1440, 900, false)
	b.open(url, "?lang=id")

	b.enrols("dedi", "group", "/daftar dishub kepala", "ingin menjadi kepala Dishub")
	b.hears("desk", "/laporan NOMOR") // the welcome says what officers can do
	b.plays("dedi", "own")
	b.write("desk", "halo") // a bot may not begin on Telegram
	b.until("an answer to the head", `document.querySelectorAll('#log-desk .theirs').length >= 1`)
	b.enrols("ratna", "own", "/daftar sekda", "ingin menjadi pimpinan (sekda)")
	b.plays("ratna", "own")
	b.until("the leader to hear that she is in", `document.querySelectorAll('#log-desk .theirs').length >= 2`)

	b.write("whatsapp", "lampu pju mati di depan pasar rau sejak kemarin, gelap")
	b.hears("whatsapp", "Sudah benar")
	b.write("whatsapp", "1")
	b.until("the report beside the phones", `document.querySelector('#facts strong')?.textContent.startsWith('SRG-')`)
	code := eval[string](b, `document.querySelector('#facts strong').textContent`)
	b.plays("rina", "group")
	b.hears("desk", code)

	b.turns("+3d")
	b.hears("desk", "Lewat batas")
	b.hears("desk", "Kepala kantor dan koordinator ikut diberi tahu.")
	b.plays("dedi", "own")
	b.hears("desk", "sudah lewat batas. Mohon dibantu")
	b.hears("desk", code)
	b.hears("whatsapp", "Maaf")
	b.picture("late-head")

	b.turns("+3d")
	b.plays("ratna", "own")
	b.hears("desk", "masih lewat batas sesudah kantornya dan koordinator diberi tahu")
	b.hears("desk", code)
	b.hears("whatsapp", "belum juga tuntas") // who was told a day hears by that day
	b.picture("late-leader")

	b.turns("+7d")
	b.hears("desk", "Sepekan di Kota Serang")
	b.picture("week-leader")
	b.plays("rina", "group")
	b.hears("desk", "Sepekan di Kota Serang")
	b.hears("desk", "Absen")
	b.clean()
}

// plays lets the desk's phone be somebody's, in the group or in the own chat.
func (b *browser) plays(who, view string) {
	b.t.Helper()
	b.choose("desk-who", who)
	b.choose("desk-view", view)
	b.until(who+" in "+view, fmt.Sprintf(`document.querySelector('#desk-who').value === %s && document.querySelector('#desk-view').value === %s && location.search.includes(%s)`,
		quoted(who), quoted(view), quoted("view="+view)))
}

// enrols lets somebody ask for a right, and the coordinator grant it.
func (b *browser) enrols(who, view, asks, request string) {
	b.t.Helper()
	b.plays(who, view)
	b.write("desk", asks)
	b.plays("rina", "group")
	b.until("the request", fmt.Sprintf(`[...document.querySelectorAll('#log-desk button')].filter(e => e.textContent.includes('Terima') && !e.disabled).at(-1)?.closest('li').innerText.includes(%s)`, quoted(request)))
	b.click("#log-desk button", "Terima")
}

// turns turns the clock on the page.
func (b *browser) turns(by string) {
	b.t.Helper()
	before := eval[string](b, `document.querySelector('#diary').innerText`)
	eval[bool](b, fmt.Sprintf(`document.querySelector('#by').value = %s, true`, quoted(by)))
	b.click("form.clock button:not([name])", "")
	b.until("the clock to be turned", fmt.Sprintf(`document.querySelector('#diary').innerText !== %s && document.querySelector('#diary').innerText.includes('Jam diputar')`, quoted(before)))
}
