package report

import "strings"

// NearCodes are the numbers that a wrong one may be a slip of: one letter or digit is another, or two that stand side by side changed places.
func NearCodes(prefix, typed string) []Code {
	all := strings.TrimPrefix(squeeze(typed), strings.ToUpper(prefix))
	if len(all) != randoms+1 {
		return nil
	}
	var near []Code
	add := func(other string) {
		if other != all && sound(other) {
			near = append(near, whole(prefix, other))
		}
	}
	for i := range len(all) {
		for _, c := range alphabet {
			add(all[:i] + string(c) + all[i+1:])
		}
		if i > 0 && all[i] != all[i-1] {
			add(all[:i-1] + all[i:i+1] + all[i-1:i] + all[i+1:])
		}
	}
	return near
}

// CompleteCode is the number that begins with some letters and digits and lacks its prefix and check character ("7k3mq"); ok is false for what
// begins none.
func CompleteCode(prefix, typed string) (c Code, ok bool) {
	body := strings.TrimPrefix(squeeze(typed), strings.ToUpper(prefix))
	if len(body) != randoms || strings.Trim(body, alphabet) != "" || !strings.ContainsAny(body, alphabet[:digits]) {
		return "", false
	}
	return format(prefix, body, check(body)), true
}
