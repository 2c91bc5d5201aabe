package config

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Required is which versions of the program may read a file; the zero value is any.
type Required struct {
	// Text is as it is written, such as ">=0.2, <2".
	Text string
	// At is where it is.
	At source.Span
}

// bound is one part of a Required.
var bound = regexp.MustCompile(`^(>=|<=|!=|=|>|<)\s*v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$`)

// Allows reports whether a version of the program, such as 0.2.1, may read the file. What
// is behind its three numbers does not count.
func (r Required) Allows(version string) bool {
	if r.Text == "" {
		return true
	}
	have := numbers(strings.SplitN(strings.SplitN(strings.SplitN(version, "-", 2)[0], "+", 2)[0], ".", 3))
	for _, part := range strings.Split(r.Text, ",") {
		m := bound.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return false // the reader has refused it
		}
		want := numbers(m[2:])
		order := 0
		for i := range have {
			order = cmp.Or(order, cmp.Compare(have[i], want[i]))
		}
		holds := map[string]bool{">=": order >= 0, "<=": order <= 0, "!=": order != 0, "=": order == 0, ">": order > 0, "<": order < 0}
		if !holds[m[1]] {
			return false
		}
	}
	return true
}

// numbers are the three numbers of a version; missing ones are 0.
func numbers(parts []string) (n [3]int) {
	for i, p := range parts[:min(len(parts), 3)] {
		n[i], _ = strconv.Atoi(p)
	}
	return n
}

func (w *walker) required(f *File, n *yaml.Node) {
	text, ok := w.text(n, "required-version", false)
	if !ok {
		return
	}
	parts := strings.Split(text, ",")
	for _, part := range parts {
		if len(parts) > 10 || !bound.MatchString(strings.TrimSpace(part)) {
			w.fault(w.at(n), `write a bound, as ">=0.2", or several with commas`, "required-version %s is not valid", quoted(text))
			return
		}
	}
	f.Required = Required{text, w.at(n)}
}
