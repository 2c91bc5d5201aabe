package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

func TestShellCalls(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string // words joined by |, with $ before those that are not plain
	}{
		{"one", `curl -X POST http://a/b`, []string{"curl|-X|POST|http://a/b"}},
		{"quotes", `curl -H "Host: web" 'http://a/b c' a\ b`, []string{"curl|-H|Host: web|http://a/b c|a b"}},
		{"escapes in double quotes", `echo "a\"b\$c\d"`, []string{`echo|a"b$c\d`}},
		{"continued line", "curl \\\n  -s \\\n  http://a", []string{"curl|-s|http://a"}},
		{"lists", `./run; a && b || c & d`, []string{"./run", "a", "b", "c", "d"}},
		{"pipeline", `ps | grep envoy | xargs kill`, []string{"ps", "grep|envoy", "xargs|kill"}},
		{"control flow", "until curl a; do\n sleep 1\ndone\nif ! wget b; then exit 1; fi", []string{"curl|a", "sleep|1", "wget|b", "exit|1"}},
		{"function and subshell", `f() { curl a; }; (wget b)`, []string{"curl|a", "wget|b"}},
		{"substitution", `kill $(pgrep envoy)`, []string{"kill|$$(pgrep envoy)", "pgrep|envoy"}},
		{"variable in a word", `curl "http://$HOST/x" $OPTS`, []string{"curl|$http://$HOST/x|$$OPTS"}},
		{"comment", "# curl a\nwget b # curl c", []string{"wget|b"}},
		{"assignment before", `A=b curl c`, []string{"curl|c"}},
		{"here-document is data", "cat <<EOF\ncurl a\nEOF\nwget b", []string{"cat", "wget|b"}},
		{"no shell as a whole", "curl a\nif (\nwget b", []string{"curl|a", "wget|b"}},
		{"no shell on a line", "<what runs here> ; curl a && wget b", []string{"curl|a", "wget|b"}},
		{"carriage returns", "curl a\r\nwget b\r\n", []string{"curl|a", "wget|b"}},
		{"empty", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, call := range shellCalls(test.text) {
				var words []string
				for _, w := range call.words {
					if !w.Plain {
						w.Text = "$" + w.Text
					}
					words = append(words, w.Text)
				}
				got = append(got, strings.Join(words, "|"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("shellCalls(%q): %s", test.text, diff)
			}
		})
	}
}

// Whether a script goes on where a call fails.
func TestHandled(t *testing.T) {
	const text = "a; b || c; if d && e; then f; fi; until g; do h; done; i() { j; }; k && l | m"
	handled := ""
	for _, call := range shellCalls(text) {
		if call.handled {
			handled += call.words[0].Text
		}
	}
	if want := "bdeghj"; handled != want {
		t.Errorf("handled are %s, want %s", handled, want)
	}
}

// Whether a script waits for a call.
func TestBackground(t *testing.T) {
	background := ""
	for _, call := range shellCalls("a; b & c && d & (e; f) & g $(h) & i | j; k") {
		if call.background {
			background += call.words[0].Text
		}
	}
	if want := "bcdefgh"; background != want {
		t.Errorf("in the background are %s, want %s", background, want)
	}
}

// Every byte of a word stands where the word says, or the word says where it begins.
func TestShellWordPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"set -e\ncurl -X 'P\nQ' \"a\\\"b\"c": "PQ|a\"bc",
		"set -e\r\ncurl -X a\r\nwget b\r\n":  "a|b",
		"a\nif (\r\n  curl x; <y> ; wget z":  "x|z",
		"curl a\\\nb \\\n  c\\d":             "ab|cd",
		"x $(curl 'a b' \"$HOME/x\")":        "a b|$HOME/x",
		"echo `curl a\\\\b c`":               "c",
	} {
		var got []string
		for _, c := range shellCalls(text) {
			for _, w := range c.words {
				if len(w.from) != len(w.Text) {
					t.Fatalf("%q: %d places of %q", text, len(w.from), w.Text)
				}
				right := 0
				for i := range len(w.Text) {
					if text[w.from[i]] == w.Text[i] {
						right++
					}
				}
				begins := w.Text != "" && w.from[0] == w.from[len(w.from)-1]
				if right < len(w.Text) && !begins {
					t.Errorf("%q: %d of the bytes of %q stand elsewhere", text, len(w.Text)-right, w.Text)
				}
				for _, one := range strings.Split(want, "|") {
					if plain := strings.ReplaceAll(w.Text, "\n", ""); plain == one && right == len(w.Text) {
						got = append(got, one)
					}
				}
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: the places of %q are right, want those of %q", text, got, want)
		}
	}
}

// A script within a script stands where its bytes do in the outer one.
func TestInlineScriptPlaces(t *testing.T) {
	const text = "set -e\nsh -c 'sleep 1\n  sh -c \"cd /\n curl -X \\\"POST\\\" http://a\"'"
	calls := scriptCalls(CallWord{shellWord: shellWord{Text: text}}, object.Container{}, 0)
	seen := 0
	for _, c := range calls {
		for _, w := range c.Words {
			start, end := w.span(0, len(w.Text))
			if at := text[start:end]; at != w.Text {
				t.Errorf("%q stands where %q was read", at, w.Text)
			}
			seen++
		}
	}
	if seen != 2+2+2+4 {
		t.Errorf("%d words", seen)
	}
}

func TestShellPipeline(t *testing.T) {
	calls := shellCalls("ps aux | grep envoy | while read p; do kill $p; done; sleep 1")
	last := calls[len(calls)-1]
	if got, want := last.pipeline, "sleep 1"; got != want {
		t.Errorf("pipeline of the last call is %q, want %q", got, want)
	}
	for _, call := range calls[:len(calls)-1] {
		if !strings.HasPrefix(call.pipeline, "ps aux | grep envoy") {
			t.Errorf("pipeline of %v is %q", call.words, call.pipeline)
		}
	}
}

// A text that nests without end must cost neither the process nor much time.
func TestShellHostile(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 1<<19), strings.Repeat("$( ", 1<<17), strings.Repeat("a && ", 1<<17) + "b",
		strings.Repeat("if x; then ", 1<<16), strings.Repeat("\"$(", 1<<17), strings.Repeat("`", 1<<19), strings.Repeat("{\n", 1<<16),
		strings.Repeat("(;\n", 1<<16),
	} {
		if calls := shellCalls(text + "\ncurl a"); len(calls) != 1 {
			t.Errorf("%.12s…: %d calls, want the one of the last line", text, len(calls))
		}
	}
	if calls := shellCalls(strings.Repeat("# no object is so large\n", 1<<20)); len(calls) != 0 {
		t.Errorf("%d calls", len(calls))
	}
}
