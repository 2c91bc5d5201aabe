package ignore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestFind holds which comments there are in a text, and for which line each is: a file of
// testdata/find says it behind the comment's reason, as "for 3".
func TestFind(t *testing.T) {
	files, err := filepath.Glob("testdata/find/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f := source.NewFile("", strings.Replace(filepath.Base(name), "template-", "templates/", 1), data)
			found := map[int]bool{}
			for _, c := range inFile(f, languageOf(f)) {
				line := f.Position(c.at.Start).Line
				found[line] = true
				if c.fault != "" || fmt.Sprint("for ", c.line) != c.reason {
					t.Errorf("line %d: %+v, is for %d", line, c.written, c.line)
				}
			}
			for i, line := range strings.Split(string(data), "\n") {
				if want := strings.Contains(line, "-- for "); want != found[i+1] {
					t.Errorf("line %d %q: found is %v", i+1, line, !want)
				}
			}
		})
	}
}
