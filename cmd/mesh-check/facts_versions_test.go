package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// versionForm is what a release looks like in a table.
var versionForm = regexp.MustCompile(`^1\.[0-9]+(\.[0-9]+)?$`)

// otherVersions are the versions of a file that are no releases of Istio that --istio-version takes, and what they are.
var otherVersions = map[string]struct{ versions, what string }{
	"checks/mesh.go":           {"1.33", "Kubernetes"},
	"checks/install/served.go": {"1.6", "the release before the oldest one, with which a group went"},
	"checks/install/mesh959_gateway_api_crd_too_old.go": {"1.1.0 1.4.0 1.5.0 1.6.0", "the Gateway API"},
	"checks/validity/releases.go":                       {"1.6", "the Gateway API"},
	"checks/traffic/mesh624_nginx_http10_upstream.go":   {"1.0", "HTTP"},
}

// ofKubernetes are the files and constants whose versions are all of Kubernetes.
var ofKubernetes = []string{
	"checks/install/removed_kubernetes.go", "checks/mesh.go nativeKubernetes", "checks/mesh.go NativeAutoKubernetes",
	"checks/privileges/mesh204_psa_denies_init_capabilities.go podSecuritySince", "checks/privileges/psp.go pspUntil",
}

// asking are the methods and functions by which code asks which release objects are meant for.
var asking = []string{
	"IstioBefore", "IstioFrom", "RequiredUntil", "KubernetesBefore", "KubernetesFrom", "CompareVersions", "between",
}

// askingThemselves are the files that read the target itself, and why. All others ask by the methods of Mesh, which know what
// no target and all releases mean.
var askingThemselves = map[string]string{
	"checks/mesh.go":                                       "the methods",
	"checks/istio_releases.go":                             "the methods",
	"checks/run.go":                                        "which checks run for the target",
	"checks/install/targets.go":                            "each release of the target, for tables that have a row for each",
	"checks/validity/releases.go":                          "each release of the target, for the table of CRDs",
	"checks/injection/mesh412_unknown_istio_annotation.go": "a word of the message",
	"checks/injection/proxy_config.go":                     "a word of the message",
	"checks/services/mesh106_app_protocol_unrecognized.go": "a word of the message",
	"checks/lifecycle/native.go":                           "whether somebody set a target at all",
	"checks/facts_mesh.go":                                 "the flag beside the version that the input has",
}

// TestFactVersions holds that tables and switches agree: a release that stands in a table is one that --istio-version takes and
// the suite knows; rows end after they began; a constant with a release is asked through the methods of Mesh; nothing else
// reads the target.
func TestFactVersions(t *testing.T) {
	seen, releases, ranges := map[string]bool{}, 0, 0
	idle := maps.Clone(askingThemselves)
	for _, file := range factFiles(t) {
		v := versionsIn(t, file)
		for _, lit := range v.literals {
			if lit.constant != "" {
				seen[file+" "+lit.constant] = true
			}
			seen[file] = true
			if slices.Contains(ofKubernetes, file) || slices.Contains(ofKubernetes, file+" "+lit.constant) {
				continue
			}
			if strings.Contains(" "+otherVersions[file].versions+" ", " "+lit.version+" ") {
				continue
			}
			releases++
			if !takesIstio(lit.version) {
				t.Errorf("%s:%d: %s is no release that --istio-version takes and the suite knows, %s to %s", file, lit.line, lit.version, checks.OldestIstio, checks.NewestIstio)
			}
			if lit.place == "" {
				t.Errorf("%s:%d: the release %s stands in code: make it a constant with its source, or a row of a table", file, lit.line, lit.version)
			}
		}
		for _, r := range v.ranges {
			if ranges++; checks.CompareVersions(r.from, r.to) > 0 || r.from == r.to && r.toKey == "gone" {
				t.Errorf("%s:%d: %s %s, %s %s: that is never", file, r.line, r.fromKey, r.from, r.toKey, r.to)
			}
		}
		_, excused := askingThemselves[file]
		delete(idle, file)
		if (len(v.reads) > 0) != excused {
			t.Errorf("%s reads the target itself in lines %v: use the methods of Mesh, or give the reason in askingThemselves (there: %v)", file, v.reads, excused)
		}
	}
	for file := range idle {
		t.Errorf("askingThemselves has %s, which is not there", file)
	}
	for _, file := range ofKubernetes {
		if !seen[file] {
			t.Errorf("%s has no version of Kubernetes", file)
		}
	}
	t.Logf("%d releases in tables and constants, %d ranges", releases, ranges)
}

// TestFactVersionsAsked holds that every constant that is a version is asked for, or bounds a check or a row.
func TestFactVersionsAsked(t *testing.T) {
	constants, used := map[string]string{}, map[string]bool{}
	for _, file := range factFiles(t) {
		v := versionsIn(t, file)
		for _, lit := range v.literals {
			if lit.constant != "" && !strings.Contains(" "+otherVersions[file].versions+" ", " "+lit.version+" ") || slices.Contains(ofKubernetes, file+" "+lit.constant) {
				constants[lit.constant] = file
			}
		}
		for _, name := range v.asked {
			used[name] = true
		}
	}
	for name, file := range constants {
		if !used[name] {
			t.Errorf("%s of %s is a version that no method of Mesh is asked about, and bounds nothing", name, file)
		}
	}
	t.Logf("%d constants are versions", len(constants))
}

// takesIstio reports whether the flag takes a release and the rules of just that one apply.
func takesIstio(release string) bool {
	i := slices.IndexFunc(config.Switches, func(s config.Switch) bool { return s.Key == "istio-version" })
	if _, err := config.Switches[i].Set(release); err != nil {
		return false
	}
	return (&checks.Mesh{Istio: release}).UnknownIstio() == ""
}

// fileVersions are the versions in a file.
type fileVersions struct {
	literals []versionLiteral
	ranges   []versionRange
	// asked are the names in questions about the target and in bounds; reads are the lines that read the target.
	asked []string
	reads []int
}

// versionLiteral is a version that stands in code: as a constant, in a row of a table (its place), or anywhere.
type versionLiteral struct {
	version, constant, place string
	line                     int
}

// versionRange is a row with a beginning and an end.
type versionRange struct {
	fromKey, from, toKey, to string
	line                     int
}

// versionsIn finds the versions in a file.
func versionsIn(t *testing.T, file string) *fileVersions {
	t.Helper()
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, filepath.Join("../..", file), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	v := &fileVersions{}
	line := func(n ast.Node) int { return fset.Position(n.Pos()).Line }
	var above []ast.Node
	ast.Inspect(parsed, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		switch n := n.(type) {
		case *ast.BasicLit:
			if version, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && versionForm.MatchString(version) {
				constant, place := versionPlace(n, above)
				v.literals = append(v.literals, versionLiteral{version, constant, place, line(n)})
			}
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				v.asked = append(v.asked, lastName(elt))
			}
			v.ranges = append(v.ranges, rangesOf(n, line(n))...)
		case *ast.CallExpr:
			if slices.Contains(asking, lastName(n.Fun)) {
				for _, arg := range n.Args {
					v.asked = append(v.asked, lastName(arg))
				}
			}
		case *ast.KeyValueExpr:
			v.asked = append(v.asked, lastName(n.Value))
		case *ast.SelectorExpr:
			of := lastName(n.X)
			if n.Sel.Name == "Istio" && slices.Contains([]string{"m", "mesh", "Mesh"}, of) {
				v.reads = append(v.reads, line(n))
			}
		}
		above = append(above, n)
		return true
	})
	return v
}

// versionPlace says what a literal stands in: the constant, or a row or a question.
func versionPlace(lit ast.Node, above []ast.Node) (constant, place string) {
	for i := len(above) - 1; i >= 0; i-- {
		switch n := above[i].(type) {
		case *ast.CompositeLit:
			return "", "row"
		case *ast.ValueSpec:
			for j, value := range n.Values {
				if value == lit {
					return n.Names[j].Name, "constant"
				}
			}
			return "", ""
		}
	}
	return "", ""
}

// rangesOf are what a row of a table has of beginning, deprecation and end, by the names of its fields, in pairs.
func rangesOf(row *ast.CompositeLit, line int) []versionRange {
	at := map[string]string{}
	for _, elt := range row.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			if lit, ok := pair.Value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				at[strings.ToLower(lastName(pair.Key))] = strings.Trim(lit.Value, `"`)
			}
		}
	}
	var ranges []versionRange
	order := []string{"since", "deprecated", "until", "gone"}
	for i, from := range order {
		for _, to := range order[i+1:] {
			if versionForm.MatchString(at[from]) && versionForm.MatchString(at[to]) {
				ranges = append(ranges, versionRange{from, at[from], to, at[to], line})
			}
		}
	}
	return ranges
}

// lastName is the last name of an expression.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
