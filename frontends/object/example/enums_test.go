package example

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestEnums looks the values of our table up among the constants of k8s.io/api.
func TestEnums(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/api").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dir := strings.TrimSpace(string(out))
	constants := map[string]map[string]bool{}
	for _, group := range []string{"core", "apps", "batch", "networking", "policy", "autoscaling", "admissionregistration", "storage"} {
		for _, version := range []string{"v1", "v2"} {
			files, err := parser.ParseDir(token.NewFileSet(), dir+"/"+group+"/"+version, func(f fs.FileInfo) bool { return f.Name() == "types.go" }, 0) //nolint:staticcheck // no build tags there
			if err != nil {
				continue // autoscaling alone has a v2
			}
			for _, p := range files {
				ast.Inspect(p, func(n ast.Node) bool { return constant(n, constants) })
			}
		}
	}
	for of, value := range enums() {
		if of == "LabelSelectorOperator" { // of apimachinery
			continue
		}
		if !constants[of][value] {
			t.Errorf("%s is not a %s: %v", value, of, constants[of])
		}
	}
}

// constant notes the string constants of a type: A T = "a", and A = T("a").
func constant(n ast.Node, all map[string]map[string]bool) bool {
	spec, ok := n.(*ast.ValueSpec)
	if !ok {
		return true
	}
	for _, v := range spec.Values {
		of, _ := spec.Type.(*ast.Ident)
		if call, ok := v.(*ast.CallExpr); ok && len(call.Args) == 1 {
			of, _ = call.Fun.(*ast.Ident)
			v = call.Args[0]
		}
		literal, ok := v.(*ast.BasicLit)
		if !ok || of == nil {
			continue
		}
		if text, err := strconv.Unquote(literal.Value); err == nil {
			if all[of.Name] == nil {
				all[of.Name] = map[string]bool{}
			}
			all[of.Name][text] = true
		}
	}
	return true
}
