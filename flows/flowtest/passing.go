package flowtest

import (
	"strconv"
	"strings"
	"time"
)

// passing reads "(2 jam kemudian)".
func passing(what string) (time.Duration, bool) {
	f := strings.Fields(strings.Trim(what, "()"))
	if !strings.HasPrefix(what, "(") || len(f) != 3 || f[2] != "kemudian" {
		return 0, false
	}
	n, err := strconv.Atoi(f[0])
	unit := map[string]time.Duration{"detik": time.Second, "menit": time.Minute, "jam": time.Hour, "hari": 24 * time.Hour}[f[1]]
	return time.Duration(n) * unit, err == nil && unit > 0
}
