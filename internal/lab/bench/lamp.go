package bench

import (
	"fmt"
	"hash/fnv"
)

// streets are corners of squares of 400 m, each within one kelurahan and away from its borders.
func streets() [20][2]float64 {
	return [...][2]float64{{-6.0936, 106.1352}, {-6.0936, 106.1892}, {-6.0972, 106.1568}, {-6.1008, 106.1352}, {-6.1044, 106.1136}, {-6.1080, 106.1316}, {-6.1116, 106.2000},
		{-6.1188, 106.1244}, {-6.1188, 106.1892}, {-6.1260, 106.1424}, {-6.1296, 106.1928}, {-6.1332, 106.1424}, {-6.1368, 106.1712}, {-6.1404, 106.1280}, {-6.1440, 106.2108},
		{-6.1476, 106.1856}, {-6.1512, 106.1388}, {-6.1548, 106.1892}, {-6.1584, 106.1280}, {-6.1620, 106.1496}}
}

// lamp is what somebody tells of and where: each person of a lamp of the own, or the second would be asked whether it is the first's.
func lamp(who string) (text string, lat, lon float64) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(who))
	n := h.Sum64()
	text = fmt.Sprintf("lampu pju mati dari kemarin, jalan gelap sekali, tiang %d rt %d", 1+n%9973, 1+n/9973%97)
	corner := streets()[n/7%20]
	return text, corner[0] + float64(n/97%360)*0.00001, corner[1] + float64(n/1009%360)*0.00001
}
