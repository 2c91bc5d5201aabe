package sarif

import (
	"bytes"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// FuzzBuild holds that whatever a chart says, the log is JSON that reads back as what
// was said, without a control character, and merges with the log of another input into
// the log of both.
func FuzzBuild(f *testing.F) {
	f.Add("plain", 0, 3)
	f.Add(hostile, 4, 20)
	f.Add("", 1, 0)
	f.Add("../\xe9\xa0 日本 ]( \r\r\n", 3, 1)
	f.Add("\xe9\xa0 日本 ]( \r\r\n", 3, 1)
	for i, text := range sourcetest.Seeds(f, "data/charts", 1000, 10, sourcetest.Ending("NOTES.txt")) {
		f.Add(text, i, 10*i)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if len(text) > 2000 {
			return // it stands in a hundred places: more takes seconds and finds nothing new
		}
		r := hostileReport(t, text)
		for _, found := range r.Findings {
			found.Origin.Span.Start, found.Origin.Span.End = start, end
		}
		o := options()
		o.ShowSuppressed = true
		fresh := Build(r, o)
		data := bytesOf(t, fresh)
		read, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fresh.Results(), read.Results()); diff != "" {
			t.Fatalf("(-fresh +read):\n%s", diff)
		}
		for _, c := range string(data) {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
				t.Fatalf("the log has %U", c)
			}
		}
		if read.ApplyBaseline(fresh.Baseline()) != len(r.Findings) {
			t.Fatal("a log is not its own baseline")
		}
		mergesIntoBoth(t, r)
	})
}

// mergesIntoBoth holds that the log of a report and that of another one merge into the
// log of both.
func mergesIntoBoth(t *testing.T, r *checks.Report) {
	t.Helper()
	other := sample(t)
	merged, err := Merge(reread(t, []*Log{Build(r, options()), Build(other, options())}), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	both := &checks.Report{
		Inputs: append(r.Inputs, other.Inputs...), Findings: append(r.Findings, other.Findings...),
		Undecided: append(r.Undecided, other.Undecided...), Errors: append(r.Errors, other.Errors...),
		Notes: append(r.Notes, other.Notes...),
	}
	if diff := cmp.Diff(string(bytesOf(t, Build(both, options()))), string(bytesOf(t, merged))); diff != "" {
		t.Fatalf("(-built +merged)\n%s", diff)
	}
}
