package routing

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// match is one match of a rule: what traffic must be like to follow the rule, read once because matches are compared
// with many.
type match struct {
	views.RouteMatch
	rule *rule
	// uri is the condition of the path; the zero one where every path will do.
	uri condition
	// texts are the conditions of other texts by what they are about, and nots those that must not hold.
	texts, nots conditions
	// gateways are the match's own, else those of the VirtualService.
	gateways object.Field
	own      bool
	// more says that there are conditions that nothing here knows.
	more bool
}

// condition is that of one text; without a form, that the text is there.
type condition struct {
	about string
	form  string
	text  object.Str
}

// unknownForm is that of a condition of which nothing is known; its text is the condition.
const unknownForm = "unknown"

// conditions are those of mappings, which are kept because they may have more than is known.
type conditions struct {
	of       []condition
	mappings []object.Field
}

func readMatch(of *rule, at views.RouteMatch) *match {
	m := &match{
		RouteMatch: at, rule: of, uri: readCondition(at.URI()), more: len(at.Others()) > 0,
		gateways: at.Gateways(), own: true,
	}
	// Istio makes such a condition one that holds for every path. Source: istio/istio pilot/pkg/networking/core/route/
	// route.go TranslateRouteMatch, IsCatchAllRoute (1.10 to 1.31).
	if m.uri.form == views.Prefix && m.uri.text.V == "/" || m.uri.form == views.Regex && m.uri.text.V == ".*" {
		m.uri = condition{}
	}
	for _, one := range []views.StringMatch{at.Method(), at.Authority(), at.Scheme()} {
		// Every request has all three, so that it is no condition that one is there.
		if c := readCondition(one); c.form != "" {
			m.texts.of = append(m.texts.of, c)
		}
	}
	m.texts.read("header ", at.Headers())
	m.texts.read("query ", at.QueryParams())
	m.nots.read("header ", at.WithoutHeaders())
	if m.gateways.Known() && len(m.gateways.Items()) == 0 {
		m.gateways, m.own = of.service.Gateways(), false
	}
	return m
}

func readCondition(of views.StringMatch) condition {
	if of.Unknown() {
		return condition{of.Name(), unknownForm, of.Str()}
	}
	form, text := of.Form()
	return condition{of.Name(), form, text}
}

// read adds the conditions of a mapping. The names of headers have no case.
func (c *conditions) read(about string, mapping object.Field) {
	c.mappings = append(c.mappings, mapping)
	for _, f := range mapping.Entries() {
		one := readCondition(views.StringMatch{Field: f})
		one.about = about + strings.ToLower(f.Name())
		c.of = append(c.of, one)
	}
}

// open is the mapping that may have more conditions than are known.
func (c *conditions) open() (object.Field, bool) {
	at := slices.IndexFunc(c.mappings, func(f object.Field) bool { return f.Unknown() || f.Partial() })
	if at < 0 {
		return object.Field{}, false
	}
	return c.mappings[at], true
}

// all reports whether something holds for each of the conditions; it is undecided if there may be more.
func (c *conditions) all(holds func(condition) object.Truth) object.Truth {
	t := object.Yes()
	if more, open := c.open(); open {
		t = object.Undecided(more)
	}
	for _, one := range c.of {
		if t = t.And(holds(one)); t.False() {
			break
		}
	}
	return t
}

// with asks about the condition that there is for a text; without one, the answer is no unless it may be there.
func (c *conditions) with(about string, ask func(condition) object.Truth) object.Truth {
	if at := slices.IndexFunc(c.of, func(one condition) bool { return one.about == about }); at >= 0 {
		return ask(c.of[at])
	}
	if more, open := c.open(); open {
		return object.Undecided(more)
	}
	return object.No()
}

// takes reports whether every text for which another condition holds is one for which this one does.
func (c condition) takes(other condition, fold bool) object.Truth {
	switch {
	case c.form == "":
		return object.Yes()
	case c.form == other.form && c.text.Unknown() && sameText(c.text, other.text).True():
		return object.Yes()
	case c.form == unknownForm:
		return object.Undecided(c.text.Field)
	case other.form == unknownForm:
		return object.Undecided(other.text.Field)
	case c.form == views.Regex && other.form == views.Regex:
		return sameText(c.text, other.text)
	case c.form == views.Regex || other.form == views.Regex || other.form == "" || c.form == views.Exact && other.form != views.Exact:
		return object.No()
	case c.text.Unknown():
		return object.Undecided(c.text.Field)
	case other.text.Unknown():
		return object.Undecided(other.text.Field)
	}
	mine, its := c.text.V, other.text.V
	if fold {
		mine, its = strings.ToLower(mine), strings.ToLower(its)
	}
	return object.TruthOf(mine == its || c.form == views.Prefix && strings.HasPrefix(its, mine))
}

// sameText compares two texts; what one expression gives is the same, known or not.
func sameText(a, b object.Str) object.Truth {
	switch {
	case a.Unknown() && b.Unknown() && a.Given() != "" && a.Given() == b.Given():
		return object.Yes()
	case a.Unknown():
		return object.Undecided(a.Field)
	case b.Unknown():
		return object.Undecided(b.Field)
	}
	return object.TruthOf(a.V == b.V)
}

// unconditional reports whether a match certainly takes everything.
func (m *match) unconditional() bool {
	if m.Unknown() || m.Partial() || m.own || m.more || m.uri.form != "" || m.Port().Exists() || m.SourceNamespace().V != "" {
		return false
	}
	for _, f := range []object.Field{m.SourceLabels(), m.SNIHosts(), m.DestinationSubnets(), m.SourceNamespace().Field} {
		if f.Unknown() || f.Partial() || len(f.Items())+len(f.Entries()) > 0 {
			return false
		}
	}
	never := func(condition) object.Truth { return object.No() }
	return m.texts.all(never).True() && m.nots.all(never).True()
}
