package phones_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A whole case is played by clicking: an officer joins, a citizen on Telegram tells, shows and points on the map, another on WhatsApp
// writes while the program is killed; the officer answers by quoting the card; the clock is turned and the desk is reminded.
func TestACaseByClicking(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	url := startLab(t)
	b.size(1440, 900, false)
	b.open(url, "?lang=en")

	b.choose("desk-who", "dedi")
	b.write("desk", "/daftar dishub")
	b.hears("desk", "Terima")
	b.choose("desk-who", "rina")
	b.click("#log-desk button", "Terima")
	b.hears("desk", "/laporan NOMOR") // the welcome says what officers can do

	b.write("telegram", "lampu pju mati dr kmrn dpn kampus UIN ciceri, gelap banget kalo malem")
	b.until("an answer", `document.querySelectorAll('#log-telegram .theirs').length >= 1`)
	b.click(".telegram .attach summary", "")
	b.click(".telegram .attach button", "Send a location")
	b.picture("map")
	b.axe("the map")
	b.choose("spot", eval[string](b, `[...document.querySelectorAll('#spot option')].find(o => o.textContent === 'Sumur Pecung').value`))
	b.click("#map path", "Sumur Pecung")
	b.click("#send-pin", "")
	b.hears("telegram", "Sudah benar")
	photo := filepath.Join(t.TempDir(), "lampu.jpg")
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(photo, jpg.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(`.telegram input[data-do="photo"]`, []string{photo}))
	b.until("the photo", `document.querySelector('#log-telegram .mine .photos img')?.naturalWidth > 0`)
	b.hears("telegram", "1 foto")
	b.click("#log-telegram .rows button", "Kirim")
	b.until("the report beside the phones", `document.querySelector('#facts strong')?.textContent.startsWith('SRG-')`)
	code := eval[string](b, `document.querySelector('#facts strong').textContent`)
	b.hears("desk", code)
	b.until("the letters beside the phones", `document.querySelector('#letters').innerText.includes('conversation: sent')`)
	b.axe("a case under way")
	b.picture("case-wide")

	b.click(`.fault button[value="killed"]`, "")
	b.until("the program to be dead", `document.querySelector('#diary').innerText.includes('SIGKILL')`)
	b.write("whatsapp", "sampah numpuk di depan pasar rau sudah seminggu, baunya kemana2")
	b.choose("desk-who", "dedi")
	b.unfolds(`#log-desk li:has(.rows)`)
	b.click(`#log-desk button[data-act="reply"]`, "Reply")
	b.write("desk", "Regu kami berangkat sore ini.")
	b.click(`.fault button[value="killed"]`, "")
	b.until("both to be answered", `document.querySelector('#log-whatsapp').innerText.includes('Sudah benar') && document.querySelector('#log-telegram').innerText.includes('Regu kami berangkat')`)
	b.until("words on what came of it", `document.querySelector('#diary').innerText.includes('After that the bot sent')`)
	b.write("whatsapp", "1")
	b.hears("whatsapp", "SRG-")
	if n := eval[int](b, `[...document.querySelectorAll('#log-telegram .theirs')].filter(e => e.innerText.includes('Regu kami berangkat')).length`); n != 1 {
		t.Errorf("Ani got the answer %d times", n)
	}
	b.click("button[name=by]", "+3 days")
	for n := range 3 {
		b.until("the turn in words", fmt.Sprintf(`document.querySelector('#diary').innerText.split('The clock was turned by').length > %d`, n+1))
		if n < 2 { // to a roll call, whatever day and hour it is: where offices are shut the clock goes on until they open
			eval[bool](b, `document.querySelector('#by').value = '08.05', true`)
			b.click("form.clock button:not([name])", "")
		}
	}
	b.hears("desk", "Absen")

	// What comes twice is answered once; what was away, or is forgotten, goes on.
	b.choose("whatsapp-who", "siti")
	b.click(`.fault button[value="twice"]`, "")
	b.until("twice", `document.querySelector('#diary').innerText.includes('arrives twice')`)
	for n, words := range []string{"jalan berlubang di depan pasar lama, bahaya", "foto menyusul ya"} {
		b.write("whatsapp", words)
		b.until("an answer", fmt.Sprintf(`document.querySelectorAll('#log-whatsapp .theirs').length === %d`, n+1))
	}
	b.click(`.fault button[value="twice"]`, "")
	b.click(`.fault button[value="telegram"]`, "")
	b.until("Telegram to be away", `document.querySelector('#diary').innerText.includes('Telegram is away')`)
	b.choose("telegram-who", "joko")
	b.write("telegram", "halo")
	b.click(`.fault button[value="telegram"]`, "")
	b.until("an answer after all", `document.querySelectorAll('#log-telegram .theirs').length === 1`)
	b.click(`.fault button[value="redis"]`, "")
	b.until("Redis to be empty", `document.querySelector('#diary').innerText.includes('Redis was emptied')`)
	b.write("telegram", "status")
	b.until("an answer to one who is a stranger now", `document.querySelectorAll('#log-telegram .theirs').length === 2`)
	b.clean()
}

// Whatever people write stands as text; long talks, long names and words from right to left fit on a phone's screen; and all that a
// phone can do is there without a mouse's precision: an album, a voice note, an edit, a forward.
func TestHostileWordsAndSmallScreens(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	url := startLab(t)
	b.size(360, 740, false)
	b.open(url, "?lang=id&telegram=raden&whatsapp=hasan")
	b.click(".tabs button", "Telegram")
	hostile := `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>&amp; {{.}} ` + strings.Repeat("panjang", 40)
	b.write("telegram", hostile)
	b.until("the words as they are", fmt.Sprintf(`document.querySelector('#log-telegram .mine .text')?.textContent === %s`, quoted(hostile)))
	b.write("telegram", "مرحبا، الإنارة معطلة في الشارع")
	b.picture("phone-telegram")
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 360 {
		t.Errorf("the page is %d pixels wide on a screen of 360", wide)
	}
	b.axe("a phone's screen")

	b.click(".tabs button", "WhatsApp")
	b.write("whatsapp", "halo pak")
	b.until("an answer", `document.querySelectorAll('#log-whatsapp .theirs').length >= 1`)
	b.swipes("#log-whatsapp .theirs")
	b.until("a reply to the message that was drawn aside", `document.querySelector('.whatsapp .composer').innerText.includes('Membalas')`)
	b.unfolds("#log-whatsapp .mine")
	b.click(`#log-whatsapp button[data-act="edit"]`, "Ubah")
	b.until("the old words in the field", `document.querySelector('#whatsapp-text').value === 'halo pak'`)
	eval[bool](b, `document.querySelector('#whatsapp-text').value = '', true`)
	b.write("whatsapp", "halo pak, jalan berlubang")
	b.until("the edit", `document.querySelector('#log-whatsapp .mine .text').textContent === 'halo pak, jalan berlubang' && document.querySelector('#log-whatsapp .mine').innerText.includes('diubah')`)
	b.unfolds("#log-whatsapp .mine")
	b.click(`#log-whatsapp button[data-act="forward"]`, "Teruskan")
	b.until("the forward", `document.querySelector('#log-whatsapp .mine .moved')`)
	b.click(".whatsapp .attach summary", "")
	b.click(".whatsapp .attach button", "Album")
	b.until("an album", `document.querySelector('#log-whatsapp .photos.n3 img:last-child')?.naturalWidth > 0`)
	b.click(".whatsapp .attach summary", "")
	b.click(".whatsapp .attach button", "Rekam")
	b.until("the recording", `document.querySelector('.whatsapp [data-do="record"]').textContent.includes('Selesai')`)
	b.until("two seconds of it", `document.querySelector('.whatsapp .status').textContent.includes(' 2 s')`)
	b.click(".whatsapp .attach button", "Selesai")
	b.until("a voice note", `document.querySelector('#log-whatsapp audio')`)
	if sort := eval[string](b, `fetch(document.querySelector('#log-whatsapp audio').src).then(r => r.arrayBuffer()).then(a => new TextDecoder().decode(a.slice(0, 4)))`, chromedp.EvalAwaitPromise); sort != "OggS" {
		t.Errorf("the voice note went out as %q, not as phones send them", sort)
	}
	eval[bool](b, `document.querySelector('.whatsapp .attach summary').focus(), true`)
	for _, pressed := range []string{kb.Enter, kb.Tab, kb.Enter} { // the menu, its first line, done: by keys alone
		b.do(chromedp.KeyEvent(pressed))
	}
	b.until("a photo, sent by keys", `document.querySelectorAll('#log-whatsapp .mine .photos').length === 2`)
	b.picture("phone-whatsapp")
	b.size(360, 740, true)
	b.picture("phone-dark")
	b.axe("a phone's screen at night")
	b.click(".tabs button", "Di balik layar")
	b.picture("phone-lab-dark")
	b.axe("behind the scenes at night")

	eval[int](b, `Promise.all([...Array(200).keys()].map(i => { const f = new FormData(); f.append('where', 'desk'); f.append('do', 'send'); f.append('text', 'pesan ' + i); return fetch('act?desk=tamu', {method: 'POST', body: f}); })).then(all => all.filter(r => r.ok).length)`, chromedp.EvalAwaitPromise)
	b.click(".tabs button", "Meja")
	b.until("two hundred messages", `document.querySelectorAll('#log-desk .theirs').length >= 200`)
	b.size(1280, 800, true)
	for _, where := range []string{"whatsapp", "telegram", "desk"} { // what came last is not hidden when the screen is another
		b.until("the newest message of "+where, fmt.Sprintf(`(s => s.clientHeight > 0 && s.scrollHeight - s.scrollTop - s.clientHeight < 80)(document.querySelector('.%s .scroll'))`, where))
	}
	b.picture("wide-dark")
	b.axe("a wide screen at night, with two hundred messages")
	eval[bool](b, `document.querySelector('.desk .scroll').scrollTop = 0, true`) // who reads what was said before is left there
	b.until("the oldest to be read", `document.querySelector('.desk .scroll').dataset.end === 'no'`)
	eval[bool](b, `(f => { f.append('where', 'desk'); f.append('do', 'send'); f.append('text', 'satu lagi'); return fetch('act?desk=tamu', {method: 'POST', body: f}).then(r => r.ok); })(new FormData())`, chromedp.EvalAwaitPromise)
	b.until("one message more", `document.querySelector('#log-desk').textContent.includes('satu lagi') && document.querySelector('.desk .scroll').scrollTop < 80`)
	if title := eval[string](b, `document.title`); strings.Contains(title, "owned") {
		t.Error("what somebody wrote was carried out")
	}
	b.clean()
}
