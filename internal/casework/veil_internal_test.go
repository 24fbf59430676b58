package casework

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// What is looked for only in texts with enough digits never has fewer.
func TestWhatIsVeiledHasItsDigits(t *testing.T) {
	t.Parallel()
	least := map[*regexp.Regexp]int{identityNumber: identityDigits, phoneNumber: phoneDigits, vehicleNumber: vehicleDigits}
	digit := regexp.MustCompile(`\d`)
	for expression, digits := range least {
		word := rapid.StringMatching(expression.String())
		rapid.Check(t, func(t *rapid.T) {
			if text := word.Draw(t, "text"); len(digit.FindAllString(text, -1)) < digits {
				t.Errorf("%q has fewer than %d digits", text, digits)
			}
		})
	}
}
