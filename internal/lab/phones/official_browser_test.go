package phones_test

import "testing"

// With a local Meta the phone is the official one: a citizen tells, shows it, and sends by pressing; after a kill he or she is answered.
func TestTheOfficialPhoneInABrowser(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	url := startLab(t, "--official")
	b.size(1440, 900, false)
	b.open(url, "?lang=id")
	b.until("the phone to say which it is", `document.querySelector('#whatsapp-h').textContent === 'WhatsApp · resmi'`)
	b.write("whatsapp", "sampah numpuk di depan pasar rau sudah seminggu, baunya kemana2")
	b.hears("whatsapp", "Sudah benar")
	b.click(".whatsapp .attach summary", "")
	b.click(".whatsapp .attach button", "Foto contoh")
	b.until("the card with the photo", `document.querySelectorAll('#log-whatsapp .theirs').length >= 2`)
	b.picture("official")
	b.axe("the official phone")
	b.click("#log-whatsapp .theirs:last-child .rows button", "Kirim")
	b.hears("whatsapp", "SRG-")
	b.click(`.fault button[value="killed"]`, "")
	b.until("the program to be dead", `document.querySelector('#faults button[value=killed]').getAttribute('aria-checked') === 'true'`)
	b.write("whatsapp", "status")
	b.until("the question to stand last, unanswered", `document.querySelector('#log-whatsapp li:last-child').matches('.mine') && document.querySelector('#log-whatsapp li:last-child').innerText.includes('status')`)
	b.click(`.fault button[value="killed"]`, "")
	b.until("an answer of the new life", `document.querySelector('#log-whatsapp li:last-child').matches('.theirs') && document.querySelector('#log-whatsapp li:last-child').innerText.includes('SRG-')`)
	b.clean()
}
