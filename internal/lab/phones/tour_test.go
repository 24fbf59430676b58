package phones_test

import (
	"fmt"
	"testing"
)

// A visitor follows the guided tour to its end: each press of its button does a step, whoever acts is shown, and the program that was
// killed on the way goes on.
func TestTheTour(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	url := startLab(t)
	b.size(1440, 900, false)
	b.open(url, "?lang=id")
	b.picture("begin-wide")
	b.axe("the page as it begins")
	for n := 1; n <= 14; n++ {
		b.until(fmt.Sprintf("step %d", n), fmt.Sprintf(`document.querySelector('#tour .count')?.textContent.startsWith('Langkah %d ') && !document.querySelector('#tour button').disabled`, n))
		if eval[bool](b, `!!document.querySelector('#tour .status')`) {
			t.Fatalf("step %d: %s", n, eval[string](b, `document.querySelector('#tour').innerText`))
		}
		b.click("#tour button", "Lakukan")
		b.until(fmt.Sprintf("step %d to be done", n), fmt.Sprintf(`document.querySelector('#tour .status') || !document.querySelector('#tour .count')?.textContent.startsWith('Langkah %d ')`, n))
		b.picture(fmt.Sprintf("tour-%02d", n))
	}
	b.hears("telegram", "menyala kembali")
	b.hears("whatsapp", "truk kami angkut")
	b.clean()
}
