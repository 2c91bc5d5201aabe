package lifecycle

import "testing"

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

func TestPathOf(t *testing.T) {
	for url, want := range map[string]string{
		"http://a:1/quitquitquit": "/quitquitquit", "a:1/quitquitquit/": "/quitquitquit/", "http://a/b?c/d": "/b", "http://a//b#c": "//b", "a": "/", "a?/b": "/",
	} {
		if got := pathOf(url); got != want {
			t.Errorf("the path of %s is %s, want %s", url, got, want)
		}
	}
}
