package ignore

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	templates "text/template/parse"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// FuzzComments holds for any text, in each language: comments lie in the text, in order
// and apart; an ignore comment has its place in one of them and a line behind or at it,
// and what is told of it is one clean line. Of a template that Go's own parser takes,
// the comments are those that it finds.
func FuzzComments(f *testing.F) {
	files, _ := filepath.Glob("testdata/find/*")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, seed := range []string{
		"\ufeff# mesh-check:ignore MESH101 -- bom\r\na: 1\r\n",
		"a: '\n# mesh-check:ignore", "a: |\n", "{{/* mesh-check:ignored\n*/", "{{- /* */ -}}{{`", "a: \"\\", "<<EOT\n#", "/* mesh-check:ignore",
		"# mesh-check:ignore MESH101 until=2026-02-30 -- \x1b[31m\u202e", "# mesh-check: ignore", "[{a: 'b', # mesh-check:ignore-file ,,, --\n",
	} {
		f.Add(seed)
	}
	for _, folder := range []string{"data/charts", "data/terraform"} {
		for _, seed := range sourcetest.Seeds(f, folder, 4<<10, 20, func(path string) bool {
			return slices.Contains([]string{".yaml", ".tpl", ".tf"}, filepath.Ext(path))
		}) {
			f.Add(seed)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range []language{yamlText, templateText, hclText} {
			last := 0
			for _, c := range l.comments([]byte(text)) {
				if c.start < last || c.end <= c.start || c.end > len(text) {
					t.Fatalf("language %d: the comment %v of %d bytes, behind %d", l, c, len(text), last)
				}
				last = c.end
			}
			file := source.NewFile("", "x", []byte(text))
			for _, c := range inFile(file, l) {
				if !c.at.Valid() || c.line < c.at.Begin().Line && c.line < 1 {
					t.Errorf("language %d: %+v", l, c)
				}
			}
		}
		all := &Comments{day: "2026-11-28", files: map[string]*file{}}
		all.read(source.NewFile("", "x", []byte(text)), templateText, true)
		for _, c := range all.All() {
			if strings.ContainsFunc(c.Fault, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u202e' }) || len(c.Fault) > 1000 {
				t.Errorf("%q is not one clean line", c.Fault)
			}
		}
		sameAsParser(t, text)
	})
}

// sameAsParser compares the comments of a template with those of Go's parser, which drops
// text and comments behind a final error.
func sameAsParser(t *testing.T, text string) {
	tree := templates.New("x")
	tree.Mode = templates.ParseComments | templates.SkipFuncCheck
	trees := map[string]*templates.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		return
	}
	want := 0
	var count func(n templates.Node)
	list := func(l *templates.ListNode) {
		if l != nil {
			for _, n := range l.Nodes {
				count(n)
			}
		}
	}
	count = func(n templates.Node) {
		switch n := n.(type) {
		case *templates.CommentNode:
			want++
		case *templates.IfNode:
			list(n.List)
			list(n.ElseList)
		case *templates.RangeNode:
			list(n.List)
			list(n.ElseList)
		case *templates.WithNode:
			list(n.List)
			list(n.ElseList)
		}
	}
	for _, tree := range trees {
		list(tree.Root)
	}
	if len(trees) > 1 || strings.Contains(text, "define") || strings.Contains(text, "block") || strings.Contains(text, "else") {
		return // a template that is defined twice or empty is dropped with its comments
	}
	if trees["x"] == nil {
		list(tree.Root)
	}
	if got := len(maskActions([]byte(text))); got != want {
		t.Errorf("%q has %d comments, Go's parser finds %d", text, got, want)
	}
}
