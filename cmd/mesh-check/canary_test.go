package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mesh-check/mesh-check/sarif/view"
)

// canaries are what stands in testdata/canary wherever a value is nobody's business: a
// word, the same word in the spellings that a program may give it, and a number.
var canaries = func() []string {
	const word = "CANARYBIRD"
	all := []string{strings.ToLower(word), hex.EncodeToString([]byte(word)), "4242421337"}
	for lead := range 3 { // base64 spells a word in three ways, by where it begins
		spelled := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", lead) + word))
		all = append(all, strings.ToLower(spelled[[]int{0, 2, 3}[lead]:len(spelled)-4]))
	}
	return all
}()

// TestCanary gives inputs full of canaries to the program, with findings and errors
// right beside and on them: no output of any format repeats one, nor does standard
// error. What the findings and errors are is demanded too, so that the test cannot pass
// by silence.
func TestCanary(t *testing.T) {
	files, err := filepath.Glob("../../testdata/canary/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no canaries: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range archive.Files {
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var args []string
			var want []*regexp.Regexp
			for line := range strings.Lines(string(archive.Comment)) {
				if list, ok := strings.CutPrefix(line, "args: "); ok {
					args = strings.Fields(list)
				}
				if expr, ok := strings.CutPrefix(line, "want: "); ok {
					want = append(want, regexp.MustCompile(strings.TrimSpace(expr)))
				}
			}
			t.Chdir(dir)
			sing(t, args, want)
		})
	}
}

// sing runs the program in every format, each on standard output once, and looks for
// canaries in what it writes.
func sing(t *testing.T, args []string, want []*regexp.Regexp) {
	t.Helper()
	for _, format := range view.Names() {
		var stdout, stderr bytes.Buffer
		code := run(slices.Concat([]string{"-o", format}, args), strings.NewReader(""), &stdout, &stderr)
		if code != exitFindings && code != exitInput {
			t.Errorf("%s: exit code %d: %s", format, code, stderr.String())
		}
		if format == "text" {
			for _, expr := range want {
				if !expr.MatchString(stdout.String()) {
					t.Errorf("the report has no %s", expr)
				}
			}
		}
		for line := range strings.Lines(stdout.String() + stderr.String()) {
			low := strings.ToLower(line)
			if slices.ContainsFunc(canaries, func(c string) bool { return strings.Contains(low, c) }) {
				t.Errorf("%s: %s", format, strings.TrimSpace(line))
			}
		}
	}
}
