package casework

// Alike reports whether two names differ by a slip of the pen: one wrong, missing, added or swapped letter, two in long names.
func Alike(a, b string) bool {
	allowed := 0
	switch n := min(len(a), len(b)); {
	case n >= 9:
		allowed = 2
	case n >= 4:
		allowed = 1
	}
	return allowed > 0 && distance(a, b, allowed) <= allowed
}

// distance is the number of slips between two words (optimal string alignment), or more than most.
func distance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	var before, row []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row = make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
