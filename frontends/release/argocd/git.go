package argocd

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// git takes the files or the directories of the repository that patterns name. Whether the
// repository is the one that the generator names is not known: where a pattern finds
// nothing here, it is taken for another one.
func (g *generating) git(n *object.Node) (all []parameters, err error) {
	prefix := ""
	if p := n.Get("pathParamPrefix"); p != nil {
		prefix = p.Text
	}
	switch {
	case n.Get("directories") != nil && len(n.Get("directories").Items) > 0:
		all = g.directories(n.Get("directories"), prefix)
	case n.Get("files") != nil && len(n.Get("files").Items) > 0:
		all, err = g.files(n.Get("files"), prefix)
	default:
		return nil, errors.New("git has neither directories nor files")
	}
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		url := ""
		if u := n.Get("repoURL"); u != nil {
			url = " of " + remote.WithoutPassword(u.Text)
		}
		return nil, &generatorError{release.OtherRepository, "nothing here is what the generator git" + url + " names"}
	}
	return all, g.addValues(all, n.Get("values"))
}

// addValues adds the values of a generator, which may be templates of its parameters.
func (g *generating) addValues(all []parameters, values *object.Node) error {
	if values == nil {
		return nil
	}
	for _, p := range all {
		given := map[string]any{}
		for _, e := range values.Entries {
			f, err := g.fill(e.Value.Text, p.values)
			if err != nil {
				return fmt.Errorf("values.%s: %w", e.Key, err)
			}
			given[e.Key] = f.text
			p.places.own[g.nameOf("values", e.Key)] = place{
				ref: object.Ref{By: filled{e.Value.Ref, e.Value.Text, f, p, g.templating}}, key: e.Ref, name: object.JoinPath("values", e.Key), text: f.text,
			}
		}
		if g.golang {
			p.values["values"] = given
			continue
		}
		for k, v := range given {
			p.values["values."+k] = v
		}
	}
	return nil
}

// patterns are the paths of files or directories, and those that are left out.
func patterns(n *object.Node) (in, out []string) {
	for _, item := range n.Items {
		p := item.Get("path")
		switch {
		case p == nil:
		case item.Get("exclude") != nil && item.Get("exclude").Text == "true":
			out = append(out, p.Text)
		default:
			in = append(in, p.Text)
		}
	}
	return in, out
}

// directories gives the directories that a pattern of Go's path.Match fits, and none that
// leaves it out.
func (g *generating) directories(n *object.Node, prefix string) (all []parameters) {
	in, out := patterns(n)
	fits := func(patterns []string, name string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { match, _ := path.Match(p, name); return match })
	}
	r := g.repository
	entries := 0
	_ = source.Walk(r.Tree, r.Root, func(name string, d fs.DirEntry, err error) error {
		if entries++; err != nil || entries > release.MaxFiles {
			return nil //nolint:nilerr // the other directories count
		}
		if !d.IsDir() || name == r.Root {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") || slices.Contains(release.SkippedDirs, d.Name()) {
			return fs.SkipDir
		}
		rel, err := filepath.Rel(r.Root, name)
		if rel = filepath.ToSlash(rel); err == nil && fits(in, rel) && !fits(out, rel) {
			p := parameters{map[string]any{}, &places{}, []source.Step{{Role: source.Value, Name: rel}}}
			g.pathParameters(p, rel, "", prefix)
			all = append(all, p)
		}
		return nil
	})
	return all
}

// files gives the files that a pattern fits, each a mapping or a list of mappings.
func (g *generating) files(n *object.Node, prefix string) (all []parameters, err error) {
	in, out := patterns(n)
	found := map[string]bool{}
	for _, pattern := range in {
		for _, name := range glob(g.repository, filepath.Join(g.repository.Root, filepath.FromSlash(pattern))) {
			found[name] = true
		}
	}
	for _, pattern := range out {
		for _, name := range glob(g.repository, filepath.Join(g.repository.Root, filepath.FromSlash(pattern))) {
			delete(found, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		data, err := g.repository.Read(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, source.Cause(err))
		}
		file := source.NewFile("", source.Shown(g.repository.Tree, name), data)
		elements, err := mappings(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		rel, err := filepath.Rel(g.repository.Root, name)
		if err != nil {
			return nil, err
		}
		rel = filepath.ToSlash(rel)
		written, _ := manifest.Tree(file)
		for i, values := range elements {
			if !g.golang {
				values = flattened(values)
			}
			p := parameters{values, &places{}, []source.Step{{Role: source.Computed, Name: rel, Span: source.Span{File: file, End: len(data)}}}}
			switch {
			case written == nil: // no part of it is known
			case written.Kind == object.Map:
				p.places.tree = written
			case i < len(written.Items):
				at := fmt.Sprintf("[%d]", i)
				p.places.tree, p.places.name, p.from = written.Items[i], at, stepsTo(source.Computed, written.Items[i].Ref, rel+at)
			}
			g.pathParameters(p, path.Dir(rel), path.Base(rel), prefix)
			all = append(all, p)
		}
	}
	return all, nil
}

// mappings are those that a file gives: one, or a list of them.
func mappings(data []byte) (all []map[string]any, err error) {
	one := map[string]any{}
	if err = yaml.Unmarshal(data, &one); err == nil {
		return []map[string]any{one}, nil
	}
	return all, yaml.Unmarshal(data, &all)
}

// flattened are the values of a mapping by their paths, as texts.
func flattened(values map[string]any) map[string]any {
	flat := map[string]any{}
	var add func(prefix string, v any)
	add = func(prefix string, v any) {
		join := func(key string) string {
			if prefix == "" {
				return key
			}
			return prefix + "." + key
		}
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				add(join(k), inner)
			}
		case []any:
			for i, inner := range v {
				add(join(fmt.Sprint(i)), inner)
			}
		default:
			flat[prefix] = fmt.Sprint(v)
		}
	}
	add("", values)
	return flat
}

// pathParameters adds what the templates know of a directory, and of a file in it where
// there is one. It is written nowhere: that there is such a directory says it.
func (g *generating) pathParameters(p parameters, dir, file, prefix string) {
	about := map[string]any{"path": dir, "basename": path.Base(dir), "basenameNormalized": normalized(path.Base(dir))}
	if file != "" {
		about["filename"], about["filenameNormalized"] = file, normalized(file)
	}
	p.places.own = map[string]place{}
	from := place{from: []source.Step{{Role: source.Value, Name: path.Join(dir, file)}}}
	if g.golang {
		about["segments"] = strings.Split(dir, "/")
		names, top := []string{"path"}, any(about)
		if prefix != "" {
			names, top = []string{prefix, "path"}, map[string]any{"path": about}
		}
		p.values[names[0]] = top
		p.places.anew = names[0]
		for k := range about {
			p.places.own[g.nameOf(append(names, k)...)] = from
		}
		return
	}
	name := "path"
	if prefix != "" {
		name = prefix + ".path"
	}
	set := func(name, value string) { p.values[name], p.places.own[name] = value, from }
	for k, v := range about {
		if k == "path" {
			set(name, fmt.Sprint(v))
		} else {
			set(name+"."+k, fmt.Sprint(v))
		}
	}
	for i, segment := range strings.Split(dir, "/") {
		if segment != "" {
			set(fmt.Sprintf("%s[%d]", name, i), segment)
		}
	}
}

// notInNames is what the names of objects do not have.
var notInNames = regexp.MustCompile("[^-a-z0-9.]")

// normalized is a text as a name of an object.
func normalized(name string) string {
	name = notInNames.ReplaceAllString(strings.ToLower(name), "-")
	return strings.Trim(name[:min(len(name), 253)], "-.")
}
