package session_test

import (
	"errors"
	"strings"
	"testing"

	"rabeg/internal/session"
)

// The addresses that people write, and what they are told of those that are none. Nothing of an address is repeated but a number.
func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		session.ExampleOne, session.ExampleCluster, session.ExampleSentinel,
		"redis://h", "rediss://u:p%40q@h:1/3", "valkey://h:1", "valkeys://h:1/0", "unix:///run/redis.sock?db=3", "redis://[::1]:6379/0",
		"redis://h1:1,h2:2", "redis://:pw@h1:1,h2:2,h3/0", "rediss://h1:1?addr=h2:2", "redis://h1?addr=h2",
		"redis+sentinel://h1:26379,h2:26379,h3/mymaster/0", "redis+sentinel://:pw@h1/mymaster?username=u&password=p", "rediss+sentinel://h?master_name=m",
		"redis://h1:26379?master_name=m", "valkey+sentinel://h/m", "redis+sentinel://h/m/2",
	} {
		if err := session.Check(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	const secret = "geheim"
	for bad, words := range map[string]string{
		"":                                "begins with none of",
		"localhost:6379":                  "begins with none of",
		"http://h:1":                      "begins with none of",
		"redis://:" + secret + "%zz@h:1":  "written with %",
		"redis://h:1/" + secret:           "cannot be read",
		"redis://h:1?addr=":               "empty addr=",
		"redis://h:1,h2:2/3":              `names database 3,`,
		"redis://h:1/" + secret + ",h2:2": "cannot be read",
		"redis://u:12/" + secret + "@h:1?addr=h2":       "after a /",
		"redis://h:1?addr=h2:2&" + secret + "=1":        "cannot be read",
		"redis+sentinel://:" + secret + "@h:26379":      "master_name=NAME",
		"redis+sentinel://h/0":                          "master_name=NAME",
		"redis+sentinel://h/m/" + secret:                "cannot be read",
		"redis+sentinel://h/m?" + secret + "=" + secret: "cannot be read",
		"unix+sentinel:///x":                            "socket",
	} {
		err := session.Check(bad)
		var said session.AddressError
		if !errors.As(err, &said) || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v; want something with %q", bad, err, words)
		}
	}
}
