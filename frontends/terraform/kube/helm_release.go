package kube

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/texts"
	"github.com/mesh-check/mesh-check/render/source"
)

// helmRelease is one helm_release whose chart is here.
type helmRelease struct {
	r     *eval.Resource
	chart string // directory or archive, as the user would type it
	// layers are the values, and where each of them is written.
	layers []release.Layer
	// unknown are flags with a value that is not known: what depends on it is found
	// by rendering with two different values.
	unknown []unknownFlag
}

type unknownFlag struct {
	layer  int
	name   string // of the value
	reason string
}

// fromRelease makes the objects of a helm_release with a local chart. remote says
// that its chart is not here.
func fromRelease(r *eval.Resource, o Options) (m result, remote bool) {
	chart := r.Values.Get("chart")
	if why := attributeReason(r.Values, "chart"); why != "" {
		m.notAnalysed(r, "its chart is not known: "+why)
		return m, false
	}
	if !chart.Scalar() || chart.Text == "" {
		m.fault(r, object.Ref{}, "it has no chart", "set chart")
		return m, false
	}
	if repository := r.Values.Get("repository"); isSet(repository) && !(repository.Scalar() && repository.Text == "") {
		return m, true
	}
	if strings.Contains(chart.Text, "://") {
		return m, true
	}
	rel := &helmRelease{r: r, chart: chart.Text}
	if !filepath.IsAbs(rel.chart) {
		rel.chart = filepath.Join(o.Root, chart.Text)
	}
	if o.Root == "" || !o.inside(rel.chart) {
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
	if isSet(r.Values.Get("postrender")) {
		m.notes = append(m.notes, r.Address+": its postrender is not run: the objects are checked as the chart renders them")
	}
	rel.render(&m, o)
	return m, false
}

// inside reports whether a chart is there and lies where files may be read.
func (o Options) inside(path string) bool {
	t := source.Or(o.Helm.Tree)
	bound, err := eval.Bounded(t, o.Root, o.Within)
	if err != nil {
		return false
	}
	info, err := bound.Stat(path)
	if err == nil && info.IsDir() {
		_, err = t.Stat(filepath.Join(path, "Chart.yaml"))
	}
	return err == nil
}

// values makes layers of values, set, set_list, set_sensitive and set_wo, in the order of the
// provider: values first, then the others one kind after the other, where the later
// one of the same name wins. why says that they are not known. Source: getValues of
// hashicorp/terraform-provider-helm v3.1.2.
func (rel *helmRelease) values(o Options) (why string) {
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
				return fmt.Sprintf("values[%d] is not a string", i)
			}
			name := fmt.Sprintf("%s.values[%d]", rel.r.Address, i)
			rel.layers = append(rel.layers, release.Layer{
				Layer:   helm.Layer{Kind: helm.ValuesFile, File: source.NewFile("", name, []byte(v.Text))},
				Written: valuesText{texts.New(v, name, o.Files), eval.NewEncoded(v, name)},
			})
		}
	}
	for _, kind := range []string{"set", "set_list", "set_sensitive", "set_wo"} {
		if why := rel.set(kind); why != "" {
			return why
		}
	}
	return ""
}

// set makes layers of the blocks (provider 2) or the list (provider 3) of a kind.
func (rel *helmRelease) set(kind string) (why string) {
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
		v, place := s.Get("value"), s.Ref
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
		case kind == "set_sensitive" || kind == "set_wo":
			unknown = eval.SensitiveReason // as in a plan
		default:
			text = v.Text
		}
		if v != nil && v.Ref.Known() {
			place = v.Ref
		}
		l.Text = name.Text + "=" + text
		rel.drop(name.Text)
		if unknown != "" {
			rel.unknown = append(rel.unknown, unknownFlag{len(rel.layers), name.Text, unknown})
		}
		rel.layers = append(rel.layers, release.Layer{Layer: l, Written: release.FlagAt{Ref: place}})
	}
	return ""
}

// drop takes an earlier flag of the same name away: Helm's own order is by kinds of
// flags, the provider's is that of the blocks.
func (rel *helmRelease) drop(name string) {
	for i, l := range rel.layers {
		if l.Kind != helm.ValuesFile && strings.HasPrefix(l.Text, name+"=") {
			rel.layers[i] = release.Layer{Layer: helm.Layer{Kind: helm.Set}} // sets nothing
			for j, u := range rel.unknown {
				if u.layer == i {
					rel.unknown = append(rel.unknown[:j], rel.unknown[j+1:]...)
					break
				}
			}
		}
	}
}
