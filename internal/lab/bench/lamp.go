package bench

import (
	"fmt"
	"hash/fnv"
)

// lamp is what somebody tells of and where: each person of a lamp of the own, or the second would be asked whether it is the first's.
// All lie in one kelurahan, away from its borders.
func lamp(who string) (text string, lat, lon float64) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(who))
	n := h.Sum64()
	text = fmt.Sprintf("lampu pju mati dari kemarin, jalan gelap sekali, tiang %d rt %d", 1+n%9973, 1+n/9973%97)
	return text, -6.1251 + float64(n/97%9)*0.0004, 106.1730 + float64(n/1009%10)*0.0004
}
