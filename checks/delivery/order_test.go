package delivery

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/strvals"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/argocd"
	"github.com/mesh-check/mesh-check/render/source"
)

// given is a parameter of an Application.
type given struct{ name, value string }

// evaluated evaluates parameters as Helm does, in their order; what fails is an error.
func evaluated(k kind, all ...given) (values map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	values = map[string]any{}
	for _, one := range all {
		text := one.name + "=" + one.value
		if !strings.HasPrefix(one.value, "{") || !strings.HasSuffix(one.value, "}") {
			text = one.name + "=" + commasEscaped(one.value)
		}
		if k == setString {
			err = strvals.ParseIntoString(text, values)
		} else {
			err = strvals.ParseInto(text, values)
		}
		if err != nil {
			return nil, err
		}
	}
	return values, nil
}

// judged is what the check says of two parameters of one kind.
func judged(first, second parameter) outcome {
	inside := func(outer, inner parameter) bool {
		return outer.path != nil && slices.Contains(prefixes(inner.path), prefixes(outer.path)[len(outer.path)-1])
	}
	switch {
	case inside(first, second):
		return overlap(first, second)
	case inside(second, first):
		return overlap(second, first)
	}
	return nothing
}

func applicationOf(all ...given) *object.Object {
	var text strings.Builder
	text.WriteString("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  source:\n    helm:\n      parameters:\n")
	for _, one := range all {
		fmt.Fprintf(&text, "      - {name: %q, value: %q}\n", one.name, one.value)
	}
	file := source.NewFile("", "shop.yaml", []byte(text.String()))
	return object.DecodeObjects(text.String(), manifest.Place(file), object.Kubectl).Objects[0]
}

// TestOrder evaluates every two of many parameters in both orders with Helm's own library, and holds that the check reports
// those whose results differ, and no others.
func TestOrder(t *testing.T) {
	names := []string{
		"a", `\a`, "a.b", "a.b.c", "ab", `a\.b`, "a[0]", "a[00]", "a[1]", "a[0][0]", "a[0][1]", "a[1][0]", "a[0].b", "a[0].b.c", "a[1].b",
		"a.b[0]", "a.b[1].c", "a..b", "a.", "a[x]", "a[-1]", "a[70000]", "a[0]b", "a,b", "a=b", ".a", "[0]", `a\`, strings.Repeat("a.", 31) + "a",
	}
	values := []string{"", "x", "1", "01", "+1", "true", "True", "null", "{}", "{x}", "{x,1}", "{null,x}", "{x}{y}", "{x", "a,b", `a\,b`, `x\`}
	all := make([]given, 0, len(names)*len(values))
	for _, name := range names {
		for _, v := range values {
			all = append(all, given{name, v})
		}
	}
	count := map[outcome]int{}
	read := views.HelmParameters(views.Applications(object.NewSet("", []*object.Object{applicationOf(all...)}))[0].Sources()[0].ParameterList())
	for _, k := range []kind{set, setString} {
		var parameters []parameter
		for _, p := range read {
			parameters = append(parameters, parameterOf(p, k, false))
		}
		for i, a := range all {
			for j, b := range all[:i] {
				if a.name == b.name {
					continue // of these the last one counts, always
				}
				one, oneErr := evaluated(k, a, b)
				other, otherErr := evaluated(k, b, a)
				want := nothing
				switch {
				case (oneErr == nil) != (otherErr == nil):
					want = failure
				case oneErr == nil && !reflect.DeepEqual(one, other):
					want = another
				}
				got := judged(parameters[i], parameters[j])
				if got != want && (got != nothing || !left(a, b)) {
					t.Errorf("%v and %v: %v, want %v\n%v %v\n%v %v", a, b, got, want, one, oneErr, other, otherErr)
				}
				count[got]++
			}
		}
	}
	if count[another] < 1000 || count[failure] < 1000 || count[nothing] < 1000 {
		t.Errorf("too few pairs: %v", count)
	}
}

// left reports whether the check leaves two parameters to Helm: names that Helm refuses or takes more than one path from,
// empty values below an index of a list, and a list and a mapping at one place, of which one is a mistake in any order.
func left(a, b given) bool {
	x, y := pathOf(a.name), pathOf(b.name)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			if x[i].item != y[i].item {
				return true
			}
			break
		}
	}
	return x == nil || y == nil || dropped(x, value{text: typed(a.value, set)}) || dropped(y, value{text: typed(b.value, set)})
}

// TestVariables compares what is found in texts with os.Expand.
func TestVariables(t *testing.T) {
	for _, text := range []string{
		"", "$", "a$", "$a", "${a}", "$a_1b-c", "$$", "$$a", "$$$a", "${", "${}", "${a", "$2a$10$H1", "${1}", "${$}", "$-x", "$.x", "a $ b", "${a b}", "${a:=b}$c", "$ä",
	} {
		var want strings.Builder
		rest, at := text, 0
		for v := range variablesIn(text) {
			want.WriteString(rest[:v.start-at])
			rest, at = text[v.end:], v.end
			if v.name != "" {
				want.WriteString("<" + v.name + ">")
			}
		}
		want.WriteString(rest)
		if got := os.Expand(text, func(name string) string { return "<" + name + ">" }); got != want.String() {
			t.Errorf("%q: os.Expand makes %q, and with what is found here it is %q", text, got, want.String())
		}
	}
}

// TestArgoVariables holds that releases are made with the variables that the check knows, and with no others.
func TestArgoVariables(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "Chart.yaml"), []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	others := []string{"", "a", "2", "ARGOCD_APP", "ARGOCD_APP_NAMES", "ARGOCD_ENV_NAME", "KUBE_VERSION", "HOME"}
	for _, name := range slices.Concat(argoVariables, others) {
		text := "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  project: team\n  destination: {namespace: shop}\n" +
			"  source:\n    path: .\n    repoURL: https://git.example.com\n    targetRevision: main\n    helm: {parameters: [{name: x, value: '<${" + name + "}>'}]}\n"
		read := object.DecodeObjects(text, manifest.Place(source.NewFile("", "app.yaml", []byte(text))), object.Kubectl)
		if len(read.Objects) != 1 {
			t.Fatalf("%v", read.Errors)
		}
		releases, undecided := argocd.Application(&release.Repository{Tree: source.Or(nil), Root: dir}, read.Objects[0])
		known := len(undecided) > 0 || releases[0].Layers[0].Text != "x=<>"
		if want := slices.Contains(argoVariables, name); known != want {
			t.Errorf("$%s has a value in releases: %v; for the check: %v", name, known, want)
		}
	}
}
