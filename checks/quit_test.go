package checks

import (
	"strings"
	"testing"
	"time"
)

// TestQuits says what of a script tells the sidecar to quit.
func TestQuits(t *testing.T) {
	for text, want := range map[string]bool{
		"curl -XPOST localhost:15020/quitquitquit":               true,
		"# curl -XPOST localhost:15020/quitquitquit":             false,
		"   # curl localhost:15020/quitquitquit\n./run":          false,
		"# no\ncurl localhost:15020/quitquitquit":                true,
		"./run # later /quitquitquit":                            false,
		"echo '# no comment'; curl localhost:15020/quitquitquit": true,
		"echo \"see http://x/#/quitquitquit\"":                   true,
		"if true; then # curl localhost:15020/quitquitquit":      true, // part of a command: nobody knows
		"// fetch('http://localhost:15020/quitquitquit')":        false,
		"URL=http://localhost:15020/quitquitquit\ncurl $URL":     true,
		"./run": false,
		"post(\"http://localhost:15020/quitquitquit\") # at the end": true,
	} {
		if got := quits(text); got != want {
			t.Errorf("%q quits: %v, want %v", text, got, want)
		}
	}
}

// TestQuitsInTime holds that a text that was made for it takes no time.
func TestQuitsInTime(t *testing.T) {
	start := time.Now()
	for _, text := range []string{
		strings.Repeat("# quitquitquit ", 1<<16), strings.Repeat("x # quitquitquit\n", 1<<12), strings.Repeat("((# ", 1<<14) + "quitquitquit",
	} {
		quits(text)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestPathOf(t *testing.T) {
	for url, want := range map[string]string{
		"http://a:1/quitquitquit": "/quitquitquit", "a:1/quitquitquit/": "/quitquitquit/", "http://a/b?c/d": "/b", "http://a//b#c": "//b", "a": "/", "a?/b": "/",
	} {
		if got := pathOf(url); got != want {
			t.Errorf("the path of %s is %s, want %s", url, got, want)
		}
	}
}
