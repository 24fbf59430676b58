package public_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The QR code on a report's page leads to that page, module by module, and is on its printed sheet: no rule of printing hides what it stands in.
func TestTheCodeLeadsToThePage(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.lamp()
	for _, path := range []string{"/laporan/", "/en/laporan/"} {
		page := w.get(path + string(r.Code)).Body.String()
		figure := regexp.MustCompile(`(?s)<figure><svg class="qr"[^>]*aria-label="[^"]*` + string(r.Code) + `"[^>]*>.*?class="q1" d="([^"]*)".*?</figure>`).FindStringSubmatchIndex(page)
		if figure == nil {
			t.Fatalf("%s has no code of itself", path)
		}
		want, err := qr.Encode("https://lapor.contoh.go.id/laporan/"+string(r.Code), qr.M)
		if err != nil {
			t.Fatal(err)
		}
		black := map[[2]int]bool{}
		for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`).FindAllStringSubmatch(page[figure[2]:figure[3]], -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			wide, _ := strconv.Atoi(m[3])
			for i := range wide {
				black[[2]int{x - 4 + i, y - 4}] = true
			}
		}
		for y := range want.Size {
			for x := range want.Size {
				if black[[2]int{x, y}] != want.Black(x, y) {
					t.Fatalf("%s: the code leads elsewhere", path)
				}
			}
		}
		hidden := regexp.MustCompile(`@media print\{([^{]*)\{display:none\}`).FindStringSubmatch(page)
		if hidden == nil || hidden[1] != "header,form,.skip,.nav,footer .nav" {
			t.Errorf("%s: on paper is hidden %q: see that the code is not among it", path, hidden)
		}
		if open := strings.LastIndex(page[:figure[0]], `class="nav"`); open >= 0 && !strings.Contains(page[open:figure[0]], "</section>") {
			t.Errorf("%s: the code stands in what is not printed", path)
		}
	}
}
