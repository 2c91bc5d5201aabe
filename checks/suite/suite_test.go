package suite_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/checktest"
	"github.com/mesh-check/mesh-check/checks/pages"
	"github.com/mesh-check/mesh-check/checks/suite"
)

// TestSuite holds the form of every check.
func TestSuite(t *testing.T) {
	id, name := regexp.MustCompile(`^MESH\d{3}$`), regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for i, c := range suite.Checks {
		if !id.MatchString(c.ID) || !name.MatchString(c.Name) {
			t.Errorf("%s %s: an id is MESH and three digits, a name is words with hyphens", c.ID, c.Name)
		}
		if i > 0 && suite.Checks[i-1].ID >= c.ID {
			t.Errorf("%s stands behind %s; the suite is sorted by id", c.ID, suite.Checks[i-1].ID)
		}
		if seen[c.ID] || seen[c.Name] {
			t.Errorf("%s %s is there twice", c.ID, c.Name)
		}
		seen[c.ID], seen[c.Name] = true, true
		if c.Severity != checks.Error && c.Severity != checks.Warning && c.Severity != checks.Note {
			t.Errorf("%s has severity %q", c.ID, c.Severity)
		}
		if len(c.Modes) == 0 || c.Run == nil {
			t.Errorf("%s lacks modes or Run", c.ID)
		}
		for what, text := range map[string]string{"summary": c.Summary, "advice": c.Advice} {
			if text == "" || strings.Contains(text, "write me") || strings.HasSuffix(text, ".") || strings.Contains(text, "\n") || len(text) > 200 {
				t.Errorf("%s: the %s %q is no line of at most 200 characters without a final stop", c.ID, what, text)
			}
		}
		if first := c.Advice[:1]; first != strings.ToLower(first) {
			t.Errorf("%s: the advice starts with a verb in lower case", c.ID)
		}
		if found, ok := suite.Find(c.Name); !ok || found != c {
			t.Errorf("%s is not found by its name %s", c.ID, c.Name)
		}
	}
}

// TestSuiteIsWhole says that no check that is written is left out of the suite, and
// that code, page and variable lie where they are looked for.
func TestSuiteIsWhole(t *testing.T) {
	files, err := filepath.Glob("../*/mesh[0-9][0-9][0-9]_*.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range suite.Checks {
		want = append(want, filepath.Join("..", suite.Folder(c), strings.TrimSuffix(c.PageFile(), ".md")+".go"))
	}
	for _, f := range files {
		if !strings.HasSuffix(f, "_test.go") && !slices.Contains(want, f) && declaresCheck(t, f) {
			t.Errorf("%s declares a check that is not in the suite under that id and name", f)
		}
	}
	for _, f := range want {
		if !slices.Contains(files, f) {
			t.Errorf("the suite has a check without its file %s", f)
		}
	}
	pages, _ := filepath.Glob("../*/*.md")
	for _, page := range pages {
		if !slices.ContainsFunc(suite.Checks, func(c *checks.Check) bool { return filepath.Join("..", suite.Folder(c), c.PageFile()) == page }) {
			t.Errorf("%s is the page of no check in the suite", page)
		}
	}
}

func declaresCheck(t *testing.T, file string) bool {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if ok {
			if name, isName := lit.Type.(*ast.SelectorExpr); isName && name.Sel.Name == "Check" {
				found = true
			}
		}
		return !found
	})
	return found
}

// TestPages holds the form of every page.
func TestPages(t *testing.T) {
	for _, c := range suite.Checks {
		t.Run(c.ID, func(t *testing.T) {
			page := suite.Page(c)
			if page == "" {
				t.Fatalf("%s is missing", c.PageFile())
			}
			if first, _, _ := strings.Cut(page, "\n"); first != "# "+c.ID+" "+c.Name {
				t.Errorf("the title is %q", first)
			}
			var headings []string
			for _, m := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(page, -1) {
				headings = append(headings, m[1])
				if pages.Section(page, m[1]) == "" {
					t.Errorf("%s is empty", m[1])
				}
			}
			if !slices.Equal(headings, pages.Headings) {
				t.Errorf("the headings are %q, want %q", headings, pages.Headings)
			}
			if n := strings.Count(page, "\n```"); n%2 != 0 {
				t.Errorf("%d fences do not pair", n)
			}
			text, markdown := checks.Help(c, suite.Page(c))
			if n := len([]rune(text)); n == 0 || n > 1024 || markdown != page {
				t.Errorf("help text of %d characters", n)
			}
			if strings.Contains(page, "TODO") || strings.Contains(page, "write me") {
				t.Error("the page is not written")
			}
		})
	}
}

func TestExamples(t *testing.T) {
	for _, c := range suite.Checks {
		t.Run(c.ID, func(t *testing.T) { checktest.Examples(t, c, suite.Page(c)) })
	}
}

// fixtures is where the folders of checks lie.
var fixtures = filepath.Join("..", "..", "testdata", "checks")

// TestFixtures runs each check over its own charts and Terraform roots, and holds that
// Terraform shows faults of all the kinds of objects that charts do: what the provider
// has no resource for goes by kubernetes_manifest.
func TestFixtures(t *testing.T) {
	all := checktest.Kinds{}
	ran := 0
	for _, c := range suite.Checks {
		t.Run(c.ID, func(t *testing.T) {
			all.Add(checktest.Fixture(t, filepath.Join(fixtures, c.ID), c))
			ran++
		})
	}
	if ran < len(suite.Checks) {
		return // a part of them was asked for
	}
	for kind := range all["chart"] {
		if !all["terraform"][kind] {
			t.Errorf("charts show a fault of a %s, and no Terraform does", kind)
		}
	}
}

// TestFixtureFolders says that every check has a fixture and every fixture a check.
func TestFixtureFolders(t *testing.T) {
	entries, err := os.ReadDir(fixtures)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := suite.Find(e.Name()); !ok {
			t.Errorf("testdata/checks/%s belongs to no check", e.Name())
		}
	}
	for _, c := range suite.Checks {
		files := []string{"chart/Chart.yaml", "terraform/main.tf"}
		if c.ID == "MESH970" { // only charts have branches
			files[1] = "settings"
		}
		for _, file := range files {
			if _, err := os.Stat(filepath.Join(fixtures, c.ID, filepath.FromSlash(file))); err != nil {
				t.Errorf("%s lacks a fixture: %v", c.ID, err)
			}
		}
	}
}
