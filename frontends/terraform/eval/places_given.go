package eval

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxGiven is how many characters of an expression tell what gives a value.
const maxGiven = 80

// Given is the expression that gives the value at a place, as one writes it in a text:
// ${var.namespace}. References are followed to their end, so that a local value, an
// argument and what it passes on are one; what computes something is reported as it is,
// with its module. Equal texts are equal values. Empty where nothing gives it.
func (p *places) Given(token int) string {
	if token < 0 || token >= len(p.refs) || p.refs[token].base.expr == nil || p.refs[token].key {
		return ""
	}
	e := p.module.evaluator
	e.mu.Lock()
	defer e.mu.Unlock()
	t := e.traceExactly(p.refs[token].base, p.refs[token].path.steps())
	if t.site.expr == nil || !t.span.Valid() {
		return ""
	}
	v, _ := e.eval(t.site.scope, t.site.expr)
	secret := v.IsWhollyKnown() || lang.IsSensitive(v) // its expression may hold the value
	text := t.span.String()
	if !secret {
		text = onOneLine(t.span)
	}
	for _, step := range t.rest {
		key, ok := lang.KeyText(step)
		if !ok {
			return ""
		}
		text = object.JoinPath(text, key)
	}
	if secret {
		return "${" + text + "}"
	}
	m := t.site.scope.module
	if changing.MatchString(text) || p.inLoop(t.site) { // another value in another instance
		text += " of " + p.address
	}
	if _, plain := t.site.expr.(*hclsyntax.ScopeTraversalExpr); plain {
		text = m.join(text)
	} else if m.address != "" {
		text = m.address + ": " + text
	}
	return "${" + shortened(text) + "}"
}

// onOneLine is an expression as it is written, on one line and without the marks of a
// template around it.
func onOneLine(span source.Span) string {
	text := strings.Join(strings.Fields(span.Text()), " ")
	if inner, wrapped := strings.CutPrefix(text, `"${`); wrapped && strings.HasSuffix(inner, `}"`) && !strings.Contains(inner, "${") {
		return strings.TrimSpace(strings.TrimSuffix(inner, `}"`))
	}
	return text
}

// changing finds the calls that give another value each time.
var changing = regexp.MustCompile(`\b(uuid|bcrypt)\(`)

// inLoop reports whether an expression uses a name that stands for another value in each
// instance or element.
func (p *places) inLoop(at site) bool {
	for _, d := range p.module.evaluator.needsOf(at.expr).names {
		if _, bound := at.scope.lookup(d.root); bound != nil || d.root == "each" || d.root == "count" || d.root == "self" {
			return true
		}
	}
	return false
}

// shortened cuts a long expression; what it leaves out still tells it from others.
func shortened(text string) string {
	if utf8.RuneCountInString(text) <= maxGiven {
		return text
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return fmt.Sprintf("%s… %08x", string([]rune(text)[:maxGiven]), h.Sum32())
}
