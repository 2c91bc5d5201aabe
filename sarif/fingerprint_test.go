package sarif

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLineHashes holds the values of the tests of github/codeql-action
// (src/fingerprints.test.ts).
func TestLineHashes(t *testing.T) {
	hello := []string{
		"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
		"e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
	}
	for in, want := range map[string][]string{
		"":                   {"c129715d7a2bc9a3:1"},
		" a\nb\n  \t\tc\n d": {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"},
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End": {
			"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1",
		},
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n":             hello,
		" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n": hello,
		" hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r":             hello,
	} {
		if diff := cmp.Diff(want, lineHashes([]byte(in))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

// TestDecodeRune holds that broken UTF-8 is read as a text decoder of the web reads
// it: one replacement character for each sequence that breaks off.
func TestDecodeRune(t *testing.T) {
	for in, want := range map[string]int{
		"\xe9a": 2, "\xe9\xa0 ": 2, "\xf0\x9f\x98 ": 2, "\xff\xff": 2, "\xc0\x80": 2,
		"\xed\xa0\x80": 3, "\xf0\x80\x80\x80": 4, "\xe9\xa0": 1, "\xf0\x9f": 1, "\x80\x80": 2, "日": 1, "\xe2\x28\xa1": 3,
	} {
		n, data := 0, []byte(in)
		for len(data) > 0 {
			_, size := decodeRune(data)
			data = data[size:]
			n++
		}
		if n != want {
			t.Errorf("%q: %d characters, want %d", in, n, want)
		}
	}
}

func TestWithout(t *testing.T) {
	for _, c := range []struct {
		name string
		drop []string
		want string
	}{
		{"prod-web", []string{"prod"}, "web"},
		{"my-release-web-db", []string{"my-release", "web"}, "db"},
		{"production-web", []string{"prod"}, "production-web"},
		{"prod-web-prod", []string{"prod"}, "web-prod"},
		{"web", []string{"web"}, ""},
		{"web", []string{""}, "web"},
	} {
		if got := without(c.name, c.drop); got != c.want {
			t.Errorf("without(%q, %q) = %q, want %q", c.name, c.drop, got, c.want)
		}
	}
}
