package argocd

import (
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// argoValues are the layers of a source of an Application: its values files, then
// valuesObject or else values, then the parameters.
type argoValues struct {
	*application
	source, helm object.Field
	// dir is the chart, as the tree names it, and root is what it lies in for Argo CD: the repository,
	// or the chart itself where a repository of charts has it.
	dir, root string
	layers    []release.Layer
}

func (v *argoValues) read() *release.Undecided {
	for _, step := range []func() *release.Undecided{v.files, v.inline, v.parameters, v.fileParameters} {
		if why := step(); why != nil {
			return why
		}
	}
	return nil
}

// files adds the valueFiles.
func (v *argoValues) files() *release.Undecided {
	given := v.helm.Get("valueFiles")
	if why := release.FirstUnknown(append(given.Items(), given)...); why != "" {
		return &release.Undecided{Why: release.NotKnown, Detail: why}
	}
	ignore := v.helm.Get("ignoreMissingValueFiles").Flag().V
	names := make([]string, len(given.Items()))
	explicit := map[string]bool{}
	for i, f := range given.Items() {
		var why *release.Undecided
		if names[i], why = v.path(f.Str().V); why != nil {
			return why
		}
		explicit[names[i]] = !isGlob(names[i])
	}
	seen := map[string]bool{}
	for i, name := range names {
		found := []string{name}
		if isGlob(name) {
			found = glob(v.repository, name)
			found = slices.DeleteFunc(found, func(match string) bool { return explicit[match] })
		} else if why := v.fault(name, given.Items()[i].Str().V); why != nil {
			if why.Why == release.Outside {
				return why
			}
			found = nil
		}
		if len(found) == 0 && !ignore && !isGlob(name) || len(found) == 0 && !ignore && len(glob(v.repository, name)) == 0 {
			return &release.Undecided{Why: release.MissingFile, Detail: given.Items()[i].Str().V}
		}
		for _, name := range found {
			if seen[name] {
				continue
			}
			seen[name] = true
			data, err := v.file(name)
			if err != nil {
				return &release.Undecided{Why: release.MissingFile, Detail: given.Items()[i].Str().V + ": " + source.Cause(err).Error()}
			}
			v.layers = append(v.layers, release.Layer{Layer: helm.Layer{Kind: helm.ValuesFile, File: source.NewFile("", source.Shown(v.repository.Tree, name), data)}})
		}
	}
	return nil
}

// inArchive is the path of a file in the chart, where that is an archive.
func (v *argoValues) inArchive(name string) (string, bool) {
	rel, err := filepath.Rel(v.dir, name)
	if v.root != v.dir || err != nil || !filepath.IsLocal(rel) || v.repository.Charts.IsDir(v.dir) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// fault says why a name gives no file. Of an archive, only what rendering reads can be given.
func (v *argoValues) fault(name, given string) *release.Undecided {
	inside, is := v.inArchive(name)
	switch {
	case !is:
		return v.repository.Fault(name, given)
	case v.repository.Charts.Archived(v.dir, inside) == nil:
		return &release.Undecided{Why: release.MissingFile, Detail: given + ": the chart is an archive; unpack it"}
	}
	return nil
}

// file reads a values file.
func (v *argoValues) file(name string) ([]byte, error) {
	if inside, is := v.inArchive(name); is {
		return v.repository.Charts.Archived(v.dir, inside), nil
	}
	return v.repository.Read(name)
}

// isGlob reports whether Argo CD takes a path for a pattern.
func isGlob(name string) bool { return strings.ContainsAny(name, "*?[") }

// path is a path of valueFiles or fileParameters as the tree names it: from the directory of
// the chart, with a leading / from the root of the repository, and with $ref/ from that of
// another source.
func (v *argoValues) path(given string) (string, *release.Undecided) {
	base, root, name := v.dir, v.root, given
	if ref, rest, _ := strings.Cut(given, "/"); v.refs[ref] {
		base, root, name = v.repository.Root, v.repository.Root, rest
	}
	name, why := v.environment(v.source)(name)
	if why != nil {
		return "", why
	}
	if u, err := url.Parse(name); err == nil && u.Scheme != "" {
		return "", &release.Undecided{Why: release.RemoteFile, Detail: name}
	}
	if strings.HasPrefix(name, "/") {
		base = root
	}
	joined := filepath.Join(base, filepath.FromSlash(name))
	if rel, err := filepath.Rel(root, joined); err != nil || !filepath.IsLocal(rel) || rel == "." {
		return "", &release.Undecided{Why: release.Outside, Detail: given}
	}
	return joined, nil
}

// glob lists the files of the repository that a pattern fits, in the order of their names.
func glob(r *release.Repository, pattern string) (found []string) {
	pattern = filepath.ToSlash(pattern)
	fixed, _ := doublestar.SplitPattern(pattern)
	_ = source.Walk(r.Tree, filepath.FromSlash(fixed), func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && doublestar.MatchUnvalidated(pattern, filepath.ToSlash(name)) {
			found = append(found, name)
		}
		return nil
	})
	return found
}

// inline adds valuesObject, which takes the place of values, or values.
func (v *argoValues) inline() *release.Undecided {
	name := v.object.String() + " " + v.helm.Path()
	if f := v.helm.Get("valuesObject"); f.Exists() {
		if why := release.UnknownIn(f); why != "" {
			return &release.Undecided{Why: release.NotKnown, Detail: why}
		}
		text, err := yaml.Marshal(f.Node().Interface())
		if err != nil {
			return &release.Undecided{Why: release.NotValid, Detail: err.Error()}
		}
		v.text(name+".valuesObject", text, release.FieldTree{Field: f})
		return nil
	}
	f := v.helm.Get("values")
	if f.Unknown() {
		return &release.Undecided{Why: release.NotKnown, Detail: f.Reason()}
	}
	if text := f.Str().V; text != "" {
		v.text(name+".values", []byte(text), release.FieldText{Field: f})
	}
	return nil
}

func (v *argoValues) text(name string, data []byte, by release.Writer) {
	v.layers = append(v.layers, release.Layer{Layer: helm.Layer{Kind: helm.ValuesFile, File: source.NewFile("", name, data)}, Written: by})
}

// maxSet bounds the parameters of one Application, far above what people write: Helm takes seconds for
// each ten thousand of them, and the other releases of the chart would wait.
const maxSet = 10_000

// parameters adds the parameters as --set and --set-string. Of two with one name the last
// wins.
func (v *argoValues) parameters() *release.Undecided {
	list := v.helm.Get("parameters")
	if why := release.UnknownIn(list); why != "" {
		return &release.Undecided{Why: release.NotKnown, Detail: why}
	}
	if len(list.Items()) > maxSet {
		return &release.Undecided{Why: release.NotValid, Detail: fmt.Sprintf("%s has more than %d elements", list.Path(), maxSet)}
	}
	at := map[string]int{}
	for _, p := range list.Items() {
		value, why := v.environment(v.source)(p.Get("value").Str().V)
		if why != nil {
			return why
		}
		kind := helm.Set
		if p.Get("forceString").Flag().V {
			kind = helm.SetString
		}
		name := p.Get("name").Str().V
		written := p.Get("value")
		if !written.Exists() {
			written = p
		}
		l := release.Layer{Layer: helm.Layer{Kind: kind, Text: name + "=" + escaped(value)}, Written: release.FlagAt{Ref: written.Node().Ref}}
		key := string(kind) + " " + name
		if i, again := at[key]; again {
			v.layers[i] = l
			continue
		}
		at[key] = len(v.layers)
		v.layers = append(v.layers, l)
	}
	return nil
}

// escaped is a value with its commas escaped that are not, unless it is a list.
func escaped(value string) string {
	if strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") {
		return value
	}
	var b strings.Builder
	before := rune(0)
	for _, r := range value {
		if r == ',' && before != '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// fileParameters adds the fileParameters as --set-file.
func (v *argoValues) fileParameters() *release.Undecided {
	list := v.helm.Get("fileParameters")
	if why := release.UnknownIn(list); why != "" {
		return &release.Undecided{Why: release.NotKnown, Detail: why}
	}
	for _, p := range list.Items() {
		given := p.Get("path")
		name, why := v.path(given.Str().V)
		if why != nil {
			return why
		}
		if why := v.repository.Fault(name, given.Str().V); why != nil {
			return why
		}
		if _, err := v.repository.Read(name); err != nil {
			return &release.Undecided{Why: release.MissingFile, Detail: given.Str().V + ": " + source.Cause(err).Error()}
		}
		v.layers = append(v.layers, release.Layer{
			Layer: helm.Layer{
				Kind: helm.SetFile, Text: fmt.Sprintf("%s=%s", p.Get("name").Str().V, escaped(name)),
				ReadFile: func(name string) ([]byte, error) { return v.repository.Read(name) },
			},
			Written: release.FlagAt{Ref: given.Node().Ref},
		})
	}
	return nil
}
