package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestCoverBar holds that a bar is as wide as others, and that each of its parts is there exactly where what it
// stands for is, as far as there is room: of a million lines, one is one character.
func TestCoverBar(t *testing.T) {
	for _, lines := range []int{0, 1, 2, 3, 7, 19, 20, 21, 100, 1000000} {
		for _, given := range []int{0, 1, 2, lines / 2, lines - 1, lines} {
			for _, explored := range []int{given, given + 1, given + 2, lines - 1, lines} {
				if given < 0 || given > lines || explored < given || explored > lines {
					continue
				}
				n := Counts{Lines: lines, Given: given, Explored: explored}
				bar := coverLook{}.bar(n)
				count := func(part string) int { return strings.Count(bar, part) }
				if utf8.RuneCountInString(bar) != barWidth || count("█")+count("▒")+count("░") != barWidth {
					t.Fatalf("%+v: %q is not %d characters", n, bar, barWidth)
				}
				if (count("█") > 0) != (given > 0) || (count("▒") > 0) != (explored > given) {
					t.Errorf("%+v: %q shows something that is not there, or does not show what is", n, bar)
				}
				if lines > 0 && (count("░") == 0) != (explored == lines) && explored < lines {
					t.Errorf("%+v: %q looks as if everything was reached", n, bar)
				}
			}
		}
	}
}

// coverOf is a chart with files.
func coverOf(files ...coverFile) *coverDocument {
	c := &coverChart{Chart: "web", ValuesSets: []string{"default"}, Explores: true, Renders: 7}
	for _, f := range files {
		c.plus(f.Counts)
		c.Files = append(c.Files, f)
	}
	d := &coverDocument{Schema: 1}
	d.add(c)
	return d
}

func byExploring(name, settings string, lines int) coverFile {
	return coverFile{
		File: name, Chart: "web", Rendered: true, Counts: Counts{Lines: lines, Explored: lines},
		Ranges: []coverRange{{Start: 2, End: lines + 1, Lines: lines, ReachedBy: []string{settings}, Typed: "--set " + settings}},
	}
}

// TestCoverIsShort holds that a chart with a hundred files is read in a few minutes: files of which the
// same is to be said are said it once, and those that need nothing are a number.
func TestCoverIsShort(t *testing.T) {
	var files []coverFile
	for i := range 40 {
		files = append(files, coverFile{File: fmt.Sprintf("templates/full-%d.yaml", i), Chart: "web", Rendered: true, Counts: Counts{Lines: 9, Given: 9, Explored: 9}})
		files = append(files, byExploring(fmt.Sprintf("templates/dashboards/a-%02d.yaml", i), "grafana.enabled=true", 100))
	}
	for i := range 10 {
		files = append(files, byExploring(fmt.Sprintf("templates/b-%d.yaml", i), "b.enabled=true", 10))
	}
	many := coverFile{File: "templates/deployment.yaml", Chart: "web", Rendered: true, Counts: Counts{Lines: 200, Given: 100, Explored: 140}}
	for i := range 40 {
		many.Ranges = append(many.Ranges, coverRange{Start: 3 * i, End: 3 * i, Lines: 1, Typed: fmt.Sprintf("--set x%d=true", i)})
		many.Gaps = append(many.Gaps, coverGap{Start: 3*i + 1, End: 3*i + 1, Lines: 1, Why: fmt.Sprintf("if %d", i)})
	}
	doc := coverOf(append(files, many)...)
	text := string(doc.text(coverLook{}))
	if n := strings.Count(text, "\n"); n > 40 {
		t.Errorf("%d lines:\n%s", n, text)
	}
	for _, want := range []string{"40 files  ", "▒ --set grafana.enabled=true", "templates/dashboards/a-39.yaml:2-101", "40 other files", "and 76 lines in 76 ranges, which --verbose shows"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if utf8.RuneCountInString(line) > 160 {
			t.Errorf("a line of %d characters: %s", utf8.RuneCountInString(line), line)
		}
	}
	if all := string(doc.text(coverLook{verbose: true})); strings.Count(all, "\n") < 170 || !strings.Contains(all, "--set x39=true") || !strings.Contains(all, "templates/full-39.yaml") {
		t.Error("--verbose does not show everything")
	}
}

// TestCoverIsSafe holds that nothing that a chart says reaches a terminal or CI as a command, in
// text and in JSON.
func TestCoverIsSafe(t *testing.T) {
	evil := "\x1b[31m\n::error::x\u202e"
	f := byExploring(evil, evil, 3)
	f.Condition, f.Gaps = evil, []coverGap{{Start: 5, End: 5, Why: evil, Refusal: evil, Condition: evil, Define: evil, RefusedWith: []string{evil}}}
	doc := coverOf(f)
	c := doc.Charts[0]
	c.Chart, c.Stopped, c.ValuesSets = evil, evil, []string{evil}
	c.Sets = []coverSet{{Settings: []string{evil}, Typed: evil}}
	c.Refused = []coverOutcome{{Settings: []string{evil}, Typed: evil, Message: evil, Template: evil}}
	c.Broken = []coverOutcome{{Settings: []string{evil}, Typed: evil, Message: evil, Location: &coverLocation{File: evil, Line: 1, Column: 1}}}
	doc.add(c)
	asJSON, err := doc.json()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"text": doc.text(coverLook{}), "verbose": doc.text(coverLook{verbose: true}), "json": asJSON} {
		if bytes.ContainsAny(text, "\x1b\u202e") || slices.ContainsFunc(strings.Split(string(text), "\n"), func(line string) bool {
			return strings.HasPrefix(strings.TrimSpace(line), "::")
		}) {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestCoverIsSent holds that nothing of a chart is lost on the way from a worker, zeros neither.
func TestCoverIsSent(t *testing.T) {
	f := byExploring("templates/a.yaml", "a=true", 3)
	f.Gaps = []coverGap{{Start: 5, End: 5, Kind: "if"}}
	for _, known := range []known{0, 3, unknown} {
		doc := coverOf(f)
		sent := doc.Charts[0]
		sent.Default = known
		sent.Refused = []coverOutcome{{Settings: []string{"b=true"}, Typed: "--set b=true", Message: "no"}}
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(sent); err != nil {
			t.Fatal(err)
		}
		var got coverChart
		if err := gob.NewDecoder(&b).Decode(&got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(*sent, got); diff != "" {
			t.Error(diff)
		}
	}
}
