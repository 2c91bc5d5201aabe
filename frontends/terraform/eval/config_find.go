package eval

import (
	"io/fs"
	"path/filepath"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// Find returns the root modules in a directory of a tree and below it, in the order of their
// paths: the directories with .tf files that no other directory calls as a module.
// Directories that start with a dot and links to directories are not looked into. The
// errors are of directories that cannot be read; files that cannot be understood are
// reported when their root is evaluated.
func Find(t source.Tree, dir string) (roots []string, errs []error) {
	calls := map[string][]string{} // the directories that a directory calls
	err := source.Walk(t, dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, &source.Error{What: "the directory cannot be read: " + reasonOfPath(err), Path: path, Err: err})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.IsDir():
			return nil
		case path != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		}
		if names, _, err := SourceFiles(t, path); err == nil && len(names) > 0 {
			calls[filepath.Clean(path)] = localCalls(t, path, names)
		}
		return nil
	})
	if err != nil {
		errs = append(errs, err)
	}
	dirs := make([]string, 0, len(calls))
	called := map[string]bool{}
	for d, targets := range calls {
		dirs = append(dirs, d)
		for _, target := range targets {
			if target != d {
				called[target] = true
			}
		}
	}
	sort.Strings(dirs)
	reached := map[string]bool{}
	var reach func(string)
	reach = func(d string) {
		if !reached[d] {
			reached[d] = true
			for _, target := range calls[d] {
				reach(target)
			}
		}
	}
	for _, d := range dirs {
		if !called[d] {
			roots = append(roots, d)
			reach(d)
		}
	}
	for _, d := range dirs { // modules that call each other, and nobody else does
		if !reached[d] {
			roots = append(roots, d)
			reach(d)
		}
	}
	sort.Strings(roots)
	return roots, errs
}

// localCalls are the directories that the module blocks in a directory name.
func localCalls(t source.Tree, dir string, names []string) []string {
	var targets []string
	for _, name := range names {
		path := filepath.Join(dir, name)
		info, err := t.Stat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxFileSize {
			continue
		}
		data, err := source.ReadFile(t, path, maxFileSize)
		if err != nil || !strings.Contains(string(data), "module") {
			continue
		}
		tokens, _ := hclsyntax.LexConfig(data, path, hcl.InitialPos)
		if _, what := lang.Guard(tokens); what != "" {
			continue
		}
		parsed, _ := hclsyntax.ParseConfig(data, path, hcl.InitialPos)
		if parsed == nil {
			continue
		}
		body, ok := parsed.Body.(*hclsyntax.Body)
		if !ok {
			continue
		}
		for _, b := range body.Blocks {
			a := b.Body.Attributes["source"]
			if b.Type != "module" || a == nil {
				continue
			}
			if text, ok := literalText(a.Expr); ok && isLocal(text) {
				targets = append(targets, filepath.Join(dir, filepath.FromSlash(text)))
			}
		}
	}
	return targets
}

// literalText is a text that is written without anything to evaluate.
func literalText(expr hclsyntax.Expression) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	v, diags := expr.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return lang.KeyText(v)
}
