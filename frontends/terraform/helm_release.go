package terraform

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// release is one helm_release whose chart is here.
type release struct {
	r     *Resource
	chart string // directory or archive, as the user would type it
	// layers are the values, and what each of them stands for.
	layers []helm.Layer
	files  map[*source.File]*textPlaces // of layers that are files
	// encoded are those of them that yamlencode() has made.
	encoded map[*source.File]*encodedPlaces
	flags   map[string]object.Place // of layers that are flags, by the flag as Road steps name it
	// unknown are flags with a value that is not known: what depends on it is found
	// by rendering with two different values.
	unknown []unknownFlag
}

type unknownFlag struct {
	layer  int
	name   string // of the value
	reason string
	place  object.Place
}

// fromRelease makes the objects of a helm_release with a local chart. remote says
// that its chart is not here.
func fromRelease(r *Resource, o mapOptions) (m made, remote bool) {
	chart := r.Values.Get("chart")
	if why := attributeReason(r.Values, "chart"); why != "" {
		m.notAnalysed(r, "its chart is not known: "+why)
		return m, false
	}
	if !chart.Scalar() || chart.Text == "" {
		m.fault(r, object.Place{}, "it has no chart", "set chart")
		return m, false
	}
	if repository := r.Values.Get("repository"); says(repository) && !(repository.Scalar() && repository.Text == "") {
		return m, true
	}
	if strings.Contains(chart.Text, "://") {
		return m, true
	}
	rel := &release{r: r, chart: chart.Text, files: map[*source.File]*textPlaces{}, encoded: map[*source.File]*encodedPlaces{}, flags: map[string]object.Place{}}
	if !filepath.IsAbs(rel.chart) {
		rel.chart = filepath.Join(o.root, chart.Text)
	}
	if o.root == "" || !o.inside(rel.chart) {
		if strings.HasPrefix(chart.Text, ".") || filepath.IsAbs(chart.Text) {
			m.notAnalysed(r, fmt.Sprintf("its chart %s is not below the directory that is checked", chart.Text))
			return m, false
		}
		return m, true
	}
	if why := rel.values(o); why != "" {
		m.notAnalysed(r, why)
		return m, false
	}
	rel.render(&m, o)
	return m, false
}

// inside says whether a chart is there and lies where files may be read.
func (o mapOptions) inside(path string) bool {
	real, err := realPath(path)
	if err != nil {
		return false
	}
	within := o.within
	if within == "" {
		root, err := realPath(o.root)
		if err != nil {
			return false
		}
		within = repository(root)
	} else if within, err = realPath(within); err != nil {
		return false
	}
	if !below(within, real) {
		return false
	}
	info, err := os.Stat(real)
	if err != nil {
		return false
	}
	if info.IsDir() {
		_, err = os.Stat(filepath.Join(real, "Chart.yaml"))
	}
	return err == nil
}

// values makes layers of values, set, set_list and set_sensitive, in the order of the
// provider: values first, then the others one kind after the other, where the later
// one of the same name wins. why says that they are not known. Source: getValues of
// hashicorp/terraform-provider-helm v3.1.2.
func (rel *release) values(o mapOptions) (why string) {
	values := rel.r.Values.Get("values")
	if values != nil && values.Kind == object.Unknown {
		return "its values are not known: " + values.Text
	}
	if values != nil && values.Kind == object.List {
		for i, v := range values.Items {
			switch {
			case v.Kind == object.Null || v.Scalar() && strings.TrimSpace(v.Text) == "":
				continue
			case v.Kind == object.Unknown:
				return fmt.Sprintf("values[%d] is not known: %s", i, v.Text)
			case !v.Scalar():
				return fmt.Sprintf("values[%d] is no text", i)
			}
			name := fmt.Sprintf("%s.values[%d]", rel.r.Address, i)
			places := newTextPlaces(v, name, o.files)
			f := source.NewFile("", name, []byte(v.Text))
			rel.files[f] = places
			if encoded := newEncodedPlaces(v); encoded != nil {
				rel.encoded[f] = encoded
			}
			rel.layers = append(rel.layers, helm.Layer{Kind: helm.ValuesFile, File: f})
		}
	}
	for _, kind := range []string{"set", "set_list", "set_sensitive"} {
		if why := rel.set(kind); why != "" {
			return why
		}
	}
	return ""
}

// set makes layers of the blocks (provider 2) or the list (provider 3) of a kind.
func (rel *release) set(kind string) (why string) {
	list := rel.r.Values.Get(kind)
	if list == nil || list.Kind == object.Null {
		return ""
	}
	if list.Kind == object.Unknown {
		return kind + " is not known: " + list.Text
	}
	for i, s := range list.Items {
		name := s.Get("name")
		if s.Kind == object.Unknown {
			return fmt.Sprintf("%s[%d] is not known: %s", kind, i, s.Text)
		}
		if name != nil && name.Kind == object.Unknown {
			return fmt.Sprintf("the name of %s[%d] is not known: %s", kind, i, name.Text)
		}
		if name == nil || !name.Scalar() {
			continue // the provider refuses it
		}
		l := helm.Layer{Kind: helm.Set}
		switch attributeText(s, "type") {
		case "string":
			l.Kind = helm.SetString
		case "literal":
			l.Kind = helm.SetLiteral
		}
		v, place := s.Get("value"), s.Place
		text, unknown := "", ""
		switch {
		case v == nil || v.Kind == object.Null:
		case v.Kind == object.Unknown:
			unknown = v.Text
		case v.Kind == object.List:
			items := make([]string, len(v.Items))
			for j, item := range v.Items {
				if items[j] = item.Text; item.Kind == object.Unknown {
					return fmt.Sprintf("%s[%d].value[%d] is not known: %s", kind, i, j, item.Text)
				}
			}
			text = "{" + strings.Join(items, ",") + "}"
		default:
			text = v.Text
		}
		if v != nil && v.Place.Known() {
			place = v.Place
		}
		l.Text = name.Text + "=" + text
		rel.drop(name.Text)
		if unknown != "" {
			rel.unknown = append(rel.unknown, unknownFlag{len(rel.layers), name.Text, unknown, place})
		}
		rel.layers = append(rel.layers, l)
		rel.flags["--"+string(l.Kind)+" "+l.Text] = place
	}
	return ""
}

// drop takes an earlier flag of the same name away: Helm's own order is by kinds of
// flags, the provider's is that of the blocks.
func (rel *release) drop(name string) {
	for i, l := range rel.layers {
		if l.Kind != helm.ValuesFile && strings.HasPrefix(l.Text, name+"=") {
			rel.layers[i] = helm.Layer{Kind: helm.Set} // sets nothing
			for j, u := range rel.unknown {
				if u.layer == i {
					rel.unknown = append(rel.unknown[:j], rel.unknown[j+1:]...)
					break
				}
			}
		}
	}
}

// render renders the chart, and once more where values are not known.
func (rel *release) render(m *made, o mapOptions) {
	objects, ok := rel.once(m, o, "mesh-check-a")
	if !ok {
		return
	}
	if len(rel.unknown) > 0 {
		var again made
		others, ok := rel.once(&again, o, "mesh-check-b")
		if !ok || len(others) != len(objects) {
			m.notAnalysed(rel.r, fmt.Sprintf("which objects it makes hangs on %s, which is not known: %s", rel.unknown[0].name, rel.unknown[0].reason))
			m.errs = nil
			return
		}
		for i := range objects {
			objects[i] = rel.undecided(objects[i], others[i])
		}
	}
	m.objects = append(m.objects, objects...)
}

// once renders the chart, with a text in place of what is not known.
func (rel *release) once(m *made, o mapOptions, unknown string) ([]*object.Object, bool) {
	layers := make([]helm.Layer, 0, len(rel.layers))
	flags := map[string]object.Place{}
	for flag, place := range rel.flags {
		flags[flag] = place
	}
	for i, l := range rel.layers {
		for _, u := range rel.unknown {
			if u.layer == i {
				l.Text = u.name + "=" + unknown
				flags["--"+string(l.Kind)+" "+l.Text] = u.place
			}
		}
		if l.Kind == helm.ValuesFile || l.Text != "" {
			layers = append(layers, l)
		}
	}
	options := o.helm
	options.ReleaseName, options.Namespace = attributeText(rel.r.Values, "name"), orDefault(attributeText(rel.r.Values, "namespace"))
	options.Layers, options.ValuesSets, options.NoCI = layers, nil, true
	moved := &releasePlaces{rel: rel, flags: flags}
	chart, err := helm.Load(rel.chart, options)
	if err != nil {
		m.errs = append(m.errs, moved.fault(asError(err)))
		return nil, false
	}
	for _, problem := range chart.Problems() {
		m.errs = append(m.errs, moved.fault(problem))
	}
	rendered, errs := chart.Render(chart.Sets()[0])
	for _, err := range errs {
		m.errs = append(m.errs, moved.fault(err))
	}
	if rendered == nil {
		return nil, false
	}
	for _, note := range rendered.Notes {
		m.notes = append(m.notes, rel.r.Address+": "+note)
	}
	objects := make([]*object.Object, len(rendered.Objects))
	for i, ro := range rendered.Objects {
		copied := *ro
		copied.Tree = moved.tree(ro.Tree)
		copied.Address = rel.r.Address
		if copied.Namespace == "" && !copied.ClusterWide() {
			copied.Namespace = options.Namespace
		}
		objects[i] = &copied
	}
	return objects, true
}

func asError(err error) *source.Error {
	var e *source.Error
	if errors.As(err, &e) {
		return e
	}
	return &source.Error{What: err.Error(), Err: err}
}

// undecided makes what differs between two renderings unknown.
func (rel *release) undecided(a, b *object.Object) *object.Object {
	reasons := make([]string, len(rel.unknown))
	for i, u := range rel.unknown {
		reasons[i] = u.name + " of the chart: " + u.reason
	}
	out := *a
	out.Tree = differing(a.Tree, b.Tree, strings.Join(reasons, "; "))
	out.Typed = nil
	if a.Kind != b.Kind || a.APIVersion != b.APIVersion {
		out.Tree = &object.Node{Kind: object.Unknown, Text: strings.Join(reasons, "; "), Place: a.Tree.Place}
	}
	setNames(&out)
	if out.Namespace == "" {
		out.Namespace = a.Namespace
	}
	out.DecodeTyped() // what is wrong was told before
	return &out
}

// differing is the tree a with everything unknown that b has otherwise.
func differing(a, b *object.Node, why string) *object.Node {
	unknown := func(n *object.Node) *object.Node {
		return &object.Node{Kind: object.Unknown, Text: why, Place: n.Place}
	}
	if b == nil || a.Kind != b.Kind || a.Scalar() && a.Text != b.Text || len(a.Items) != len(b.Items) {
		return unknown(a)
	}
	out := *a
	out.Items = make([]*object.Node, len(a.Items))
	for i := range a.Items {
		out.Items[i] = differing(a.Items[i], b.Items[i], why)
	}
	out.Entries = make([]object.Entry, 0, len(a.Entries))
	for _, e := range a.Entries {
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Place: e.Place, Value: differing(e.Value, b.Get(e.Key), why)})
	}
	for _, e := range b.Entries {
		if a.Get(e.Key) == nil {
			out.Entries = append(out.Entries, object.Entry{Key: e.Key, Place: e.Place, Value: unknown(e.Value)})
		}
	}
	return &out
}
