package chart

import (
	"strconv"
	"strings"
)

// Path is the way to a value: string keys of maps, int indexes of lists.
type Path []any

// String writes the path as one would type it: a.b[0]["x.y"]. A key that could
// be read as more than one step, or that is empty, is in brackets.
func (p Path) String() string {
	var b strings.Builder
	for _, step := range p {
		switch step := step.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(step) + "]")
		case string:
			if step == "" || strings.ContainsFunc(step, special) {
				b.WriteString("[" + strconv.Quote(step) + "]")
				continue
			}
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		}
	}
	return b.String()
}

// special reports whether a character in a key makes brackets necessary.
func special(r rune) bool {
	return strings.ContainsRune("./[]\"'`\\,=", r) || r <= ' ' || !strconv.IsPrint(r)
}

// With is the path one step further down; the receiver stays as it is.
func (p Path) With(steps ...any) Path {
	return append(p[:len(p):len(p)], steps...)
}

// lookup follows the path through decoded values.
func (p Path) lookup(v any) (any, bool) {
	for _, step := range p {
		switch key := step.(type) {
		case string:
			m, ok := asMap(v)
			if !ok {
				return nil, false
			}
			if v, ok = m[key]; !ok {
				return nil, false
			}
		case int:
			list, ok := v.([]any)
			if !ok || key < 0 || key >= len(list) {
				return nil, false
			}
			v = list[key]
		default:
			return nil, false
		}
	}
	return v, true
}

// ValuesPath is the values path behind .Values.a.b in a template, seen from the
// root chart: a template has the values of the chart that renders it.
func (c *Chart) ValuesPath(template, context string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(context, "$"), ".Values.")
	if !ok {
		return "", false
	}
	return c.FromRoot(template, rest), true
}

// FromRoot is a values path as one would type it, seen from the root chart, of the
// dotted rest of a path behind .Values in a template.
func (c *Chart) FromRoot(template, rest string) string {
	if rest == "global" || strings.HasPrefix(rest, "global.") {
		return rest
	}
	parts := strings.Split(template, "/")
	h := c.helm
	var p Path
	for i := 1; i+2 < len(parts) && parts[i] == "charts"; i += 2 {
		if h = dependency(h, parts[i+1]); h == nil {
			break
		}
		p = append(p, parts[i+1])
	}
	return p.With(dotted(rest)...).String()
}
