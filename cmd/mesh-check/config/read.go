package config

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/checks"
)

// nothing reports whether a section is there with nothing in it, as it is when all of its
// entries are comments.
func nothing(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// top reads the whole file.
func (w *walker) top(f *File, root *yaml.Node) {
	entries, ok := w.mapping(root, "the configuration", "begin with version: 1")
	if !ok {
		return
	}
	versioned := false
	for _, e := range entries {
		switch e.name {
		case "version":
			versioned = true
			w.version(e.value)
		case "checks":
			w.checks(f, e.value)
		case "ignore":
			w.ignore(f, e.value)
		case "mesh":
			w.mesh(f, e.value)
		case "exclude":
			w.exclude(f, e.value)
		case "inputs":
			w.inputs(f, e.value)
		case "releases":
			w.releases(f, e.value)
		case "charts":
			w.charts(f, e.value)
		case "required-version":
			w.required(f, e.value)
		default:
			w.unknown(e, "", "version", "required-version", "exclude", "inputs", "releases", "charts", "checks", "ignore", "mesh")
		}
	}
	if !versioned {
		w.fault(w.at(root), "write version: 1", "the configuration has no version")
	}
}

func (w *walker) version(n *yaml.Node) {
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag != "!!int" || custom(n):
		w.fault(w.at(n), "write version: 1", "version must be a number, not %s", kind(n))
	case n.Value != "1":
		w.fault(w.at(n), "write version: 1, or use a newer mesh-check", "this mesh-check does not support version %s of the configuration", strings.Trim(quoted(n.Value), `"`))
	}
}

// checks reads the settings of checks.
func (w *walker) checks(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	entries, _ := w.mapping(n, "checks", "write the id or name of a check and its settings, as in MESH104: {enabled: false}")
	first := map[string]int{}
	for _, e := range entries {
		id, err := CheckID(e.name)
		if err != nil {
			w.fault(w.at(e.key), "", "%s", err)
			continue
		}
		if line := first[id]; line > 0 {
			w.fault(w.at(e.key), "keep one of them", "%s is already configured in line %d", quoted(e.name), line)
			continue
		}
		first[id] = e.key.Line
		if c, ok := w.check(id, e); ok {
			f.Checks = append(f.Checks, c)
		}
	}
}

func (w *walker) check(id string, e entry) (c Check, ok bool) {
	const example = "write settings, as in {enabled: false} or {severity: note}"
	settings, isMapping := w.mapping(e.value, "the entry for "+quoted(e.name), example)
	if !isMapping {
		return c, false
	}
	before := len(w.faults)
	c.ID = id
	for _, s := range settings {
		switch s.name {
		case "enabled":
			if is, ok := w.truth(s.value, "enabled"); ok {
				c.Enabled = &is
			}
		case "severity":
			if word, ok := w.text(s.value, "severity", false); ok {
				c.Severity = w.level(s.value, word)
			}
		default:
			w.unknown(s, " of a check", "enabled", "severity")
		}
	}
	if len(settings) == 0 && len(w.faults) == before {
		w.fault(w.at(e.key), example, "%s has no settings", quoted(e.name))
	}
	return c, len(w.faults) == before
}

func (w *walker) level(n *yaml.Node, word string) checks.Severity {
	level, err := Level(word)
	if err != nil {
		do := ""
		if slices.Contains([]string{"off", "none", "never", "ignore", "disabled"}, strings.ToLower(word)) {
			do = "write enabled: false to turn it off"
		}
		w.fault(w.at(n), do, "severity %s: %s", quoted(word), err)
	}
	return level
}

// ignore reads the ignore rules.
func (w *walker) ignore(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	if n.Kind != yaml.SequenceNode || custom(n) {
		w.fault(w.at(n), "write a list of rules, each with a reason", "ignore must be a list, not %s", kind(n))
		return
	}
	if len(n.Content) > maxRules {
		w.fault(w.at(n.Content[maxRules]), "use --baseline for known findings", "more than %d ignore rules", maxRules)
		return
	}
	for _, item := range n.Content {
		if r, ok := w.rule(item); ok {
			f.Rules = append(f.Rules, r)
		}
	}
}

func (w *walker) rule(n *yaml.Node) (r Rule, ok bool) {
	entries, isMapping := w.mapping(n, "an ignore rule", "write check, path or object, and the reason")
	if !isMapping {
		return r, false
	}
	before := len(w.faults)
	r.At = w.at(n)
	narrowed, reasoned := false, false
	for _, e := range entries {
		switch e.name {
		case "check", "path", "object":
			narrowed = true
		case "reason":
			reasoned = true
		default:
			w.unknown(e, " of an ignore rule", "check", "path", "object", "reason")
			continue
		}
		text, ok := w.text(e.value, e.name, false)
		if !ok {
			continue
		}
		switch e.name {
		case "check":
			r.Check = w.ruleCheck(e.value, text)
		case "path":
			r.Path = w.pattern(e.value, "path", text, pathFault)
		case "object":
			r.Object = w.pattern(e.value, "object", text, objectFault)
		case "reason":
			r.Reason = w.reason(e.value, text)
		}
	}
	if !narrowed {
		w.fault(w.at(n), "limit it with check, path or object", "this ignore rule matches everything")
	}
	if !reasoned {
		w.fault(w.at(n), "add a reason", "this ignore rule has no reason")
	}
	return r, len(w.faults) == before
}

func (w *walker) ruleCheck(n *yaml.Node, text string) string {
	id, err := CheckID(text)
	switch {
	case err != nil:
		w.fault(w.at(n), "", "%s", err)
	case id == All:
		w.fault(w.at(n), "remove check", "check: all is redundant: a rule without a check applies to all checks")
	}
	return id
}

func (w *walker) reason(n *yaml.Node, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len([]rune(text)) > maxReason {
		w.fault(w.at(n), "", "the reason has more than %d characters", maxReason)
	}
	return text
}
