package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const messagesFile = "../../testdata/messages.golden"

// tools are the packages that only developers run.
var tools = regexp.MustCompile(`^(?:checks/checktest|render/source/sourcetest|frontends/object/schema/generate)/`)

// TestMessages keeps every text that a user may read in one file, so that a change of
// messages is reviewed as a change of English. `make golden` rewrites it.
func TestMessages(t *testing.T) {
	var b strings.Builder
	for _, f := range sourceFiles(t) {
		if tools.MatchString(f.path) {
			continue
		}
		c := collector{}
		c.walk(f.tree, "text")
		for _, m := range c.messages {
			fmt.Fprintf(&b, "%s: %s: %q\n", f.path, m.kind, m.text)
		}
	}
	if *update {
		if err := os.WriteFile(messagesFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(messagesFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("testdata/messages.golden is stale; read the difference as an editor, then run: make golden\n%s", diff)
	}
}

// bannedWord is a wording that reads odd in English, and what to write instead.
type bannedWord struct {
	pattern *regexp.Regexp
	better  string
}

func banned(pattern, better string) bannedWord {
	return bannedWord{regexp.MustCompile(`(?i)\b(?:` + pattern + `)\b`), better}
}

// Wordings of earlier messages and comments that must not return.
var (
	// goodEnglish is what the patterns below match and is right.
	goodEnglish = regexp.MustCompile(`\bthere (?:is|are) no\b|\btold (?:apart|to|how|what|that)\b|\bstands? in for\b`)

	bannedAnywhere = []bannedWord{
		banned(`analys(?:e|es|ed|ing)`, "analyze"),
		banned(`mend(?:s|ed)?`, "fix"),
		banned(`roads?`, "trace"),
		banned(`pass(?:es)? by the mesh`, "bypasses the mesh"),
		banned(`belongs? into`, "belong in"),
		banned(`for want of`, "because … is missing"),
		banned(`is told|are told|tells of|tells whether|says whether`, "is reported, reports whether"),
		banned(`stands? (?:in|at|on|there|here|behind|below|beside)`, "is in, is at"),
	}
	bannedInMessages = []bannedWord{
		banned(`(?:is|are) no (?:[a-z]+)`, "is not a valid …"),
		banned(`stands?`, "is"),
		banned(`told|tells`, "reported"),
		banned(`looked at|judged|passed over`, "analyzed, checked, skipped"),
		banned(`nobody|somebody|whoever`, "the passive, or who it is"),
		banned(`(?:says|gives|leads to) nothing`, "has no effect"),
		banned(`labelled|colour`, "the spelling of the United States"),
		banned(`outside of`, "outside"),
		banned(`costs too much`, "exceeds the evaluation limit"),
		banned(`(?:hangs?) on`, "depends on"),
		banned(`(?:must|to) ask the`, "target"),
	}
)

// TestWords holds that messages and comments keep clear of these wordings.
func TestWords(t *testing.T) {
	for _, f := range sourceFiles(t) {
		c := collector{}
		c.walk(f.tree, "text")
		for _, m := range c.messages {
			for _, w := range slices.Concat(bannedAnywhere, bannedInMessages) {
				if found := w.pattern.FindString(goodEnglish.ReplaceAllString(m.text, "")); found != "" {
					t.Errorf("%s: %q in the message %q: better %s", f.path, found, m.text, w.better)
				}
			}
		}
		for _, comment := range f.tree.Comments {
			text := goodEnglish.ReplaceAllString(strings.Join(strings.Fields(comment.Text()), " "), "")
			for _, w := range bannedAnywhere {
				if found := w.pattern.FindString(text); found != "" {
					t.Errorf("%s: %q in a comment: better %s", f.files.Position(comment.Pos()), found, w.better)
				}
			}
		}
	}
}

// sourceFile is a Go file of the module that is no test; path is relative to its root.
type sourceFile struct {
	path  string
	tree  *ast.File
	files *token.FileSet
}

func sourceFiles(t *testing.T) (all []sourceFile) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (name == "testdata" || len(name) > 2 && strings.HasPrefix(name, ".")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		tree, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, sourceFile{filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash("../../"))), tree, files})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("only %d files were found", len(all))
	}
	return all
}

type message struct{ kind, text string }

// collector finds the texts of a file, in the order of the file.
type collector struct{ messages []message }

var (
	// kindOfField is the kind of a text by the field that it is given to, kindOfCall by the
	// function.
	kindOfField = map[string]string{
		"What": "error", "Do": "advice", "Advice": "advice", "Summary": "summary",
		"Use": "help", "Short": "help", "Long": "help", "Example": "help", "Usage": "help",
	}
	kindOfCall = map[string]string{"Report": "finding", "WithRelated": "related", "WithAdvice": "advice", "Errorf": "error", "New": "error"}
	flagCall   = regexp.MustCompile(`^(?:Bool|Int|String|StringArray|StringSlice|Duration|)Var(?:P|PF)?$`)
	letters    = regexp.MustCompile(`\pL{2}`)
)

func (c *collector) walk(n ast.Node, kind string) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			c.walk(n.Type, kind) // not its tag
			return false
		case *ast.CallExpr:
			return c.call(n)
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && kindOfField[key.Name] != "" {
				c.walk(n.Value, kindOfField[key.Name])
				return false
			}
		case *ast.BinaryExpr:
			if text, ok := c.joined(n, kind); ok {
				c.add(kind, text)
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				text, err := strconv.Unquote(n.Value)
				if err != nil {
					panic(err)
				}
				c.add(kind, text)
			}
		}
		return true
	})
}

// call walks what a call is given, if the function gives it a kind; whether to go on.
func (c *collector) call(call *ast.CallExpr) bool {
	name, of, kind := "", "", ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok {
			of = x.Name
		}
	case *ast.Ident:
		name = f.Name
	}
	switch {
	case of == "regexp" || of == "lazyregexp" || name == "lazily":
		return false // patterns are no messages
	case flagCall.MatchString(name):
		kind = "help"
	case kindOfCall[name] != "":
		kind = kindOfCall[name]
	default:
		return true
	}
	c.walk(call.Fun, "text")
	for _, arg := range call.Args {
		c.walk(arg, kind)
	}
	return false
}

// joined is a sum with texts as one text, … in place of what is not a literal; whether
// there is a text in it.
func (c *collector) joined(sum ast.Expr, kind string) (text string, ok bool) {
	switch e := sum.(type) {
	case *ast.ParenExpr:
		return c.joined(e.X, kind)
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			left, isLeft := c.joined(e.X, kind)
			right, isRight := c.joined(e.Y, kind)
			return left + right, isLeft || isRight
		}
	}
	if call, isCall := sum.(*ast.CallExpr); isCall {
		c.walk(call, kind)
	}
	return "…", false
}

// add takes what reads like a text: all of a kind that is known, of others what has more
// than one word.
func (c *collector) add(kind, text string) {
	words := strings.Fields(text)
	several := len(words) > 1 || len(words) == 1 && words[0] != text
	if letters.MatchString(text) && (kind != "text" || several) {
		c.messages = append(c.messages, message{kind, text})
	}
}
