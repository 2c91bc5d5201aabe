package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		prose             string
		used, hang, width int
		want              []string
	}{
		{"one two three", 0, 0, 0, []string{"one two three"}},
		{"the container runs as the user of the sidecar", 8, 4, 40, []string{"the container runs as the user", "of the sidecar"}},
		{"a/path/that/is/far/longer/than/the/whole/terminal.yaml is not valid", 0, 4, 34, []string{"a/path/that/is/far/longer/than/the/whole/terminal.yaml", "is not valid"}},
		{"123456789 123456789 123456789 ::error::no command", 0, 0, 31, []string{"123456789 123456789 123456789 ::error::no", "command"}},
		{"123456789 123456789 123456789    ::error::no command", 0, 0, 31, []string{"123456789 123456789 123456789    ::error::no", "command"}},
		{"", 3, 3, 80, []string{""}},
	} {
		got := wrapped(c.prose, c.used, c.hang, c.width)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q behind %d of %d columns (-want +got):\n%s", c.prose, c.used, c.width, diff)
		}
		if a, b := strings.Fields(c.prose), strings.Fields(strings.Join(got, " ")); !cmp.Equal(a, b) {
			t.Errorf("%q lost a word: %q", c.prose, got)
		}
	}
}
