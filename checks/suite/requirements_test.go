package suite_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/checktest"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// requirementsPage is the page that goes through what Istio's documents require, sentence by sentence.
var requirementsPage = filepath.Join("..", "..", "docs", "requirements.md")

// manifestsOfRequirements are the manifests that break a requirement each.
var manifestsOfRequirements = filepath.Join("..", "..", "testdata", "requirements")

// document is one of the texts. Its letter stands before the numbers of its sentences.
type document struct{ letter, file, name string }

// documents are the texts; the shared data has them. The page of Istio 1.7 is later than 1.6, whose proxy has no port
// 15008 (istio/istio 1.6.14), and earlier than 1.8, which calls it Application Requirements.
var documents = []document{
	{"P", "000_a7d7eadbe9d0128e.txt", "Pods and Services, istio.io for Istio 1.7"},
	{"S", "001_b4ea61d2fd1fcde7.txt", "Pods and Services, its source while Istio 1.7 was in the making, with the ports of Mixer"},
	{"R", "002_67286addaa6ea663.txt", "Application Requirements in Chinese (应用程序要求), istio.io for Istio 1.19, as an article repeats it"},
	{"N", "003_8eec7f6a7121355c.txt", "Kubernetes/Istio, a wiki page of notes about Istio 1.5 to 1.10"},
}

// requirement is what one or more sentences require.
type requirement struct {
	says string
	// at are the sentences: P5 S19 R9-10.
	at string
	// checks decide whether it is met. why says why none does, or what they leave open.
	checks []string
	why    string
	// examples are files of manifests that break it.
	examples []string
}

// passage are sentences that require nothing of manifests.
type passage struct{ what, at string }

// TestRequirementsPage holds that docs/requirements.md is what the table gives, that each check in it exists, and that
// each requirement has checks or a reason.
func TestRequirementsPage(t *testing.T) {
	var page bytes.Buffer
	page.WriteString(`# Istio's requirements for pods and services, sentence by sentence

Made from the suite by ` + "`go test ./checks/suite -run TestRequirementsPage -update`" + `.

Each sentence of four documents is here once: with the checks that decide what it requires, or with the reason why manifests do not
show it. For each requirement with checks, ` + "`testdata/requirements`" + ` has manifests that break it; a test runs all checks over these.

| letter | document |
|---|---|
`)
	for _, d := range documents {
		fmt.Fprintf(&page, "| %s | %s |\n", d.letter, d.name)
	}
	page.WriteString(`
The numbers count sentences. A line is one, or as many as it has sentences; lines without a letter or a digit do not count. A line that starts
with a lower-case letter or one of ` + "`. , ; : )`" + ` continues the line before.
`)
	for _, part := range requirements {
		fmt.Fprintf(&page, "\n## %s\n\n| requirement | sentences | decided by |\n|---|---|---|\n", part.title)
		for _, r := range part.rows {
			fmt.Fprintf(&page, "| %s | %s | %s |\n", r.says, r.at, decidedBy(t, r))
		}
	}
	page.WriteString("\n## Sentences that require nothing of manifests\n\n| what they are | sentences |\n|---|---|\n")
	for _, p := range passages {
		fmt.Fprintf(&page, "| %s | %s |\n", p.what, p.at)
	}
	if *update {
		if err := os.WriteFile(requirementsPage, page.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(requirementsPage); err != nil || !bytes.Equal(have, page.Bytes()) {
		t.Errorf("docs/requirements.md is not what the table gives (%v); write it with -update", err)
	}
}

// decidedBy is the last cell of a requirement's row.
func decidedBy(t *testing.T, r requirement) string {
	var cell []string
	for _, id := range r.checks {
		c, ok := suite.Find(id)
		switch {
		case ok:
			cell = append(cell, fmt.Sprintf("[%s](../checks/%s/%s)", id, suite.Folder(c), c.PageFile()))
		default:
			t.Errorf("%q names %s, which is not in the suite", r.says, id)
		}
	}
	switch {
	case len(cell) == 0 && r.why == "":
		t.Errorf("%q has neither checks nor a reason", r.says)
	case len(cell) == 0:
		return "none: " + r.why
	case r.why != "":
		cell = append(cell, "("+r.why+")")
	}
	return strings.Join(cell, " ")
}

// TestRequirementsCoverDocuments holds that each sentence of each document is in one row.
func TestRequirementsCoverDocuments(t *testing.T) {
	rows := map[string][]string{} // of each sentence
	for _, part := range requirements {
		for _, r := range part.rows {
			spread(t, rows, r.at, r.says)
		}
	}
	for _, p := range passages {
		spread(t, rows, p.at, p.what)
	}
	dir := sourcetest.Shared(t, "seeds")
	for _, d := range documents {
		text, err := os.ReadFile(filepath.Join(dir, d.file))
		if err != nil {
			t.Fatal(err)
		}
		for i, sentence := range sentencesOf(string(text)) {
			name := d.letter + strconv.Itoa(i+1)
			if len(rows[name]) != 1 {
				t.Errorf("%s is in %d rows %q: %.100s", name, len(rows[name]), rows[name], sentence)
			}
			delete(rows, name)
		}
	}
	for name := range rows {
		t.Errorf("%q is about %s, and there is no such sentence", rows[name], name)
	}
}

// spread notes the row under each of its sentences.
func spread(t *testing.T, rows map[string][]string, at, row string) {
	for _, part := range strings.Fields(at) {
		from, to, isRange := strings.Cut(part[1:], "-")
		first, err := strconv.Atoi(from)
		last := first
		if isRange && err == nil {
			last, err = strconv.Atoi(to)
		}
		if err != nil || last < first || isRange && last == first {
			t.Errorf("%s of %q is neither a sentence nor a range", part, row)
		}
		for n := first; n <= last; n++ {
			name := part[:1] + strconv.Itoa(n)
			rows[name] = append(rows[name], row)
		}
	}
}

// sentenceEnd is where a sentence ends within a line, and how many bytes of it belong to that sentence.
var sentenceEnd = regexp.MustCompile(`[.!?]\s+[A-Z]|。`)

// sentencesOf are the sentences of a document, as the page describes them.
func sentencesOf(text string) []string {
	lines := []string{""}
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if last := &lines[len(lines)-1]; *last != "" && line != "" && (line[0] >= 'a' && line[0] <= 'z' || strings.ContainsAny(line[:1], ".,;:)")) {
			*last += " " + line
			continue
		}
		lines = append(lines, line)
	}
	var sentences []string
	add := func(sentence string) {
		if strings.ContainsFunc(sentence, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			sentences = append(sentences, strings.TrimSpace(sentence))
		}
	}
	for _, line := range lines {
		for {
			end := sentenceEnd.FindStringIndex(line)
			if end == nil {
				break
			}
			cut := end[1]
			if line[cut-1] >= 'A' && line[cut-1] <= 'Z' {
				cut-- // the first letter of the next sentence
			}
			add(line[:cut])
			line = line[cut:]
		}
		add(line)
	}
	return sentences
}

// TestRequirementsAreReported holds that manifests that break a requirement have the findings that they should have, and
// that each check of a requirement reports a file of its examples, or has a fixture.
func TestRequirementsAreReported(t *testing.T) {
	reported, used := map[string]map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob(filepath.Join(manifestsOfRequirements, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no manifests: ", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) { reported[name] = checktest.Manifests(t, file, suite.Checks) })
	}
	for _, part := range requirements {
		for _, r := range part.rows {
			var found []string
			for _, name := range r.examples {
				used[name] = true
				if reported[name] == nil {
					t.Errorf("%q has the example %s, and there is no such file", r.says, name)
				}
				for _, id := range r.checks {
					if reported[name][id] {
						found = append(found, id)
					}
				}
			}
			if len(r.checks) > 0 && len(found) == 0 {
				t.Errorf("no example of %q is reported by one of %q", r.says, r.checks)
			}
			for _, id := range r.checks {
				if !slices.Contains(found, id) {
					hasFixture(t, id)
				}
			}
		}
	}
	for name := range reported {
		if !used[name] {
			t.Errorf("%s.yaml is the example of no requirement", name)
		}
	}
}

// hasFixture holds that a check has a fixture; TestFixtures runs it.
func hasFixture(t *testing.T, id string) {
	if !slices.ContainsFunc(suite.Checks, func(c *checks.Check) bool { return c.ID == id }) {
		return // TestRequirementsPage says so
	}
	if _, err := os.Stat(filepath.Join("..", "..", "testdata", "checks", id)); err != nil {
		t.Errorf("%s has no fixture: %v", id, err)
	}
}
