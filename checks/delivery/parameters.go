package delivery

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// kind is which flag of Helm a parameter becomes. Helm applies those of one kind in the order of the command line, and the
// kinds in this order. Source: pkg/cli/values/options.go (MergeValues) of helm/helm v3.22; util/helm/cmd.go (template) of
// argoproj/argo-cd, at 37ee0097cf.
type kind int

const (
	set kind = iota
	setString
	setFile
)

// parameter is one that Argo CD hands to Helm.
type parameter struct {
	views.HelmParameter
	kind kind
	// path is what its name stands for; nil where Helm refuses that, or takes more than one path from it.
	path  []step
	value value
}

// parameterOf is one as Helm gets it; template says that it is of an ApplicationSet.
func parameterOf(given views.HelmParameter, k kind, template bool) parameter {
	one := parameter{HelmParameter: given, kind: k, value: valueOf(given, k, template)}
	if name := given.ParameterName().V; !template || !strings.Contains(name, "{{") {
		one.path = pathOf(name)
	}
	one.value.odd = one.value.odd || dropped(one.path, one.value)
	return one
}

// step is one step of the path of a value: a key of a mapping or an index of a list.
type step struct {
	key  string
	item bool // key is an index
}

// The limits of Helm. Source: pkg/strvals/parser.go of helm/helm v3.22 (MaxIndex, MaxNestedNameLevel).
const (
	maxIndex = 65536
	maxDepth = 30
)

// maxSteps is how long a path may be here; far above what values have.
const maxSteps = 64

// pathOf is the path that a name stands for; nil where Helm refuses the name, or takes more than one path from it.
// Source: pkg/strvals/parser.go of helm/helm v3.22 (parser.key, parser.listItem).
func pathOf(name string) (path []step) {
	depth := 0
	for {
		key, rest, whole := until(name, "=[,.")
		if key == "" || !whole {
			return nil
		}
		path = append(path, step{key: key})
		for strings.HasPrefix(rest, "[") {
			index, behind, _ := until(rest[1:], "]")
			i, err := strconv.Atoi(index)
			if err != nil || i < 0 || i > maxIndex || !strings.HasPrefix(behind, "]") || len(path) > maxSteps {
				return nil
			}
			path, rest = append(path, step{strconv.Itoa(i), true}), behind[1:]
		}
		if rest == "" {
			return path
		}
		if depth++; rest[0] != '.' || depth > maxDepth {
			return nil
		}
		name = rest[1:]
	}
}

// until is a text up to one of some characters, without its backslashes, and the rest of it; whole is false where it ends in a
// backslash.
func until(text, stop string) (head, rest string, whole bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case strings.IndexByte(stop, text[i]) >= 0:
			return b.String(), text[i:], true
		case text[i] != '\\':
			b.WriteByte(text[i])
		case i+1 == len(text):
			return b.String(), "", false
		default:
			i++
			b.WriteByte(text[i])
		}
	}
	return b.String(), "", true
}

// value is what Helm makes of the value of a parameter.
type value struct {
	items  []string // of a list
	isList bool
	text   string // of another value
	// odd says that Helm refuses it, takes more from it than one value, or may drop it; open that it is not known, or not in full.
	odd, open bool
}

// valueOf is the value that Argo CD hands to Helm, as Helm reads it; of a file, its path stands for it. Source: cleanSetParameters in util/helm/cmd.go of
// argoproj/argo-cd; parser.valList and typedVal in pkg/strvals/parser.go of helm/helm v3.22.
func valueOf(of views.HelmParameter, k kind, template bool) value {
	given := of.Value()
	if k == setFile {
		given = of.File()
	}
	text := given.V
	if given.Unknown() || template && strings.Contains(text, "{{") || strings.Contains(text, "$") {
		return value{open: true}
	}
	if k == setFile || !strings.HasPrefix(text, "{") {
		out, rest, _ := until(commasEscaped(text), ",")
		return value{text: typed(out, k), odd: rest != ""}
	}
	if !strings.HasSuffix(text, "}") {
		return value{odd: true}
	}
	v, rest := value{isList: true}, text
	for len(v.items) == 0 || strings.HasPrefix(rest, ",") {
		var item string
		item, rest, _ = until(rest[1:], ",}")
		v.items = append(v.items, typed(item, k))
	}
	v.odd = rest != "}"
	return v
}

// dropped reports whether Helm may drop a value: an empty one below an index of a list, where the list of the values files is
// shorter. Source: parser.listItem in pkg/strvals/parser.go of helm/helm v3.22, which returns early at the end of the text.
func dropped(path []step, v value) bool {
	if v.isList || v.open || v.text != typed("", setString) {
		return false
	}
	for i := range len(path) - 1 {
		if path[i].item && !path[i+1].item {
			return true
		}
	}
	return false
}

// commasEscaped is a value with its commas escaped that are not.
func commasEscaped(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if text[i] == ',' && (i == 0 || text[i-1] != '\\') {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// typed spells values that are the same in one way, and others in different ways: --set knows booleans, null and numbers.
func typed(text string, k kind) string {
	if k != set {
		return strconv.Quote(text)
	}
	switch lower := strings.ToLower(text); lower {
	case "true", "false", "null":
		return lower
	case "0":
		return "0"
	}
	if !strings.HasPrefix(text, "0") {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return strconv.FormatInt(n, 10)
		}
	}
	return strconv.Quote(text)
}

// prefixes are the beginnings of a path, and the path itself, as texts.
func prefixes(path []step) (all []string) {
	text := ""
	for _, s := range path {
		text = object.JoinPath(text, s.key)
		if s.item {
			text += "[]" // the index 1 is not the key "1"
		}
		all = append(all, text)
	}
	return all
}
