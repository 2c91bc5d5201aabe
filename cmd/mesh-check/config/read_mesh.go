package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// mesh reads the switches of the mesh.
func (w *walker) mesh(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	entries, _ := w.mapping(n, "mesh", "write a setting and its value, as in istio-version: 1.27")
	for _, e := range entries {
		i := slices.IndexFunc(Switches, func(s Switch) bool { return s.Key == e.name })
		if i < 0 {
			var known []string
			for _, s := range Switches {
				known = append(known, s.Key)
			}
			w.unknown(e, " of mesh", known...)
			continue
		}
		before := len(w.faults)
		var all []string
		for _, v := range w.switchValues(Switches[i], e) {
			if _, err := Switches[i].Set(v.text); err != nil {
				w.fault(w.at(v.node), "", "%s %s: %s", e.name, quoted(v.shown), err)
			}
			all = append(all, v.text)
		}
		if len(w.faults) > before {
			continue
		}
		if s, err := Switches[i].Set(all...); err == nil {
			f.Mesh = append(f.Mesh, s)
		}
	}
}

// value is a value of a switch: as its flag would have it, as an error shows it, and
// where it is.
type value struct {
	text, shown string
	node        *yaml.Node
}

// switchValues are the values of a switch as its flag would have them.
func (w *walker) switchValues(s Switch, e entry) []value {
	switch s.form {
	case truth:
		if is, ok := w.truth(e.value, e.name); ok {
			text := strconv.FormatBool(is)
			return []value{{text, text, e.value}}
		}
	case word:
		if text, ok := w.text(e.value, e.name, s.Key == "istio-version"); ok {
			return []value{{text, text, e.value}}
		}
	case list:
		return w.words(e)
	case labels:
		return w.labels(e)
	}
	return nil
}

func (w *walker) words(e entry) (all []value) {
	if e.value.Kind != yaml.SequenceNode || custom(e.value) {
		w.fault(w.at(e.value), "", "%s must be a list, not %s", e.name, kind(e.value))
		return nil
	}
	for _, item := range e.value.Content {
		if text, ok := w.text(item, "an entry of "+e.name, false); ok {
			all = append(all, value{text, text, item})
		}
	}
	return all
}

// labels makes NAMESPACE=key=value of each label of each namespace.
func (w *walker) labels(e entry) (all []value) {
	namespaces, _ := w.mapping(e.value, e.name, "write namespace: {key: value}")
	for _, ns := range namespaces {
		pairs, _ := w.mapping(ns.value, "the entry for namespace "+quoted(ns.name), "write the labels, as in {istio-injection: enabled}")
		for _, p := range pairs {
			if p.value.Kind == yaml.ScalarNode && p.value.Tag == "!!str" && p.value.Value == "" && !custom(p.value) {
				all = append(all, w.label(ns, p, ""))
				continue
			}
			if text, ok := w.text(p.value, "the label "+quoted(p.name), false); ok {
				all = append(all, w.label(ns, p, text))
			}
		}
	}
	return all
}

// label is one label as the flag has it. What would be read as more than one label is
// no label at all.
func (w *walker) label(ns, pair entry, text string) value {
	shown := ns.name + "=" + pair.name + "=" + text
	if strings.ContainsAny(ns.name+pair.name+text, "=,") {
		w.fault(w.at(pair.key), "", "%s is not a valid namespace label", fmt.Sprintf("%s: %s", quoted(pair.name), quoted(text)))
		shown = "x=x=x" // reported already
	}
	return value{shown, shown, pair.value}
}
