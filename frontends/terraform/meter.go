package terraform

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/render/source"
)

// Three for expressions in one another go round a thousand million times, and a template
// of texts of templates of texts fills any memory; HCL has no limits for either. What the
// evaluation of a root may cost is counted, and where it costs too much it ends there. The
// public roots of the shared data go round 4,885 times at most and make 82 kB.
const (
	maxRounds   = 500_000   // of loops, in a root
	maxMadeOnce = 32 << 20  // bytes that one expression may make
	maxMade     = 128 << 20 // bytes that the expressions of a root may make
	roundWork   = 3         // elements that a function goes through in the time of a round
	roundBytes  = 1 << 10   // bytes of text, the same
	elementSize = 64        // bytes of an element of a collection, about
	clockRounds = 1 << 12   // rounds between two looks at the clock
)

// meter counts what evaluation costs. The zero meter has nothing on it.
type meter struct {
	rounds     int // of loops, and work of functions
	once, made int // bytes, of the outermost expression that is evaluated and of all
	clock      int // rounds when the clock was looked at
	deadline   time.Time
	depth      int
	// over says why the evaluation has ended; empty while it goes on. What is evaluated
	// from then on is unknown.
	over string
	// bug is a panic of one of our functions; nil where there was none, or it is told.
	bug *source.Bug
}

// spend counts rounds and bytes, and says whether there was enough.
func (m *meter) spend(rounds, bytes int) bool {
	m.rounds += rounds
	m.once += bytes
	m.made += bytes
	switch {
	case m.over != "":
	case m.rounds > maxRounds:
		m.over = fmt.Sprintf("its loops go round more than %d times", maxRounds)
	case m.once > maxMadeOnce:
		m.over = fmt.Sprintf("it makes more than %d MiB of text", maxMadeOnce>>20)
	case m.made > maxMade:
		m.over = fmt.Sprintf("the expressions of the root make more than %d MiB of text", maxMade>>20)
	case !m.deadline.IsZero() && m.rounds-m.clock >= clockRounds:
		if m.clock = m.rounds; time.Now().After(m.deadline) {
			m.over = "its time is over"
		}
	}
	return m.over == ""
}

// value evaluates an expression, with its slots metered.
func (m *meter) value(expr hcl.Expression, slots []slot, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if m.over != "" {
		return unknownBecause(cty.DynamicPseudoType, m.over), nil
	}
	if m.depth == 0 {
		m.once = 0
	}
	m.depth++
	// The tree is the parser's, and others look at the types of its nodes: the meters
	// are there for the time of the evaluation alone.
	for _, s := range slots {
		*s.at = metered{*s.at, m, s.argument}
	}
	defer func() {
		m.depth--
		for i := len(slots) - 1; i >= 0; i-- {
			if in, ok := (*slots[i].at).(metered); ok {
				*slots[i].at = in.Expression
			}
		}
	}()
	v, diags := expr.Value(ctx)
	if m.over != "" {
		return unknownBecause(cty.DynamicPseudoType, m.over), nil
	}
	return v, calmed(diags)
}

// metered is a part of an expression that is evaluated again and again, or whose text
// is copied.
type metered struct {
	hclsyntax.Expression
	meter    *meter
	argument bool // of a function, which counts itself what it does
}

// slot is where a part stands that is metered.
type slot struct {
	at       *hclsyntax.Expression
	argument bool
}

// Value evaluates the part, unless too much was spent.
func (p metered) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	round := 1
	if p.argument {
		round = 0
	}
	if !p.meter.spend(round, 0) {
		return unknownBecause(cty.DynamicPseudoType, p.meter.over), nil
	}
	v, diags := p.Expression.Value(ctx)
	if !p.meter.spend(count(v)/roundWork, p.copied(v)) {
		return unknownBecause(cty.DynamicPseudoType, p.meter.over), nil
	}
	return v, diags
}

// copied is how many bytes of a part's value go into what it is a part of.
func (p metered) copied(v cty.Value) int {
	if p.argument {
		return 0
	}
	return len(text(v))
}

// UnwrapExpression lets HCL look at the part itself.
func (p metered) UnwrapExpression() hcl.Expression { return p.Expression }

// slotsOf are the parts of an expression that are metered: what a loop does for each
// element, and the parts of templates.
func slotsOf(node hclsyntax.Node) []slot {
	var slots []slot
	_ = hclsyntax.VisitAll(node, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ForExpr:
			for _, at := range []*hclsyntax.Expression{&n.KeyExpr, &n.ValExpr, &n.CondExpr} {
				if *at != nil {
					slots = append(slots, slot{at: at})
				}
			}
		case *hclsyntax.TemplateExpr:
			for i := range n.Parts {
				slots = append(slots, slot{at: &n.Parts[i]})
			}
		case *hclsyntax.FunctionCallExpr:
			for i := range n.Args {
				if !takesExpressions[strings.TrimPrefix(n.Name, "core::")] {
					slots = append(slots, slot{at: &n.Args[i], argument: true})
				}
			}
		}
		return nil
	})
	return slots
}

// constant is the value of an expression without names, at a price.
func constant(expr hcl.Expression) (cty.Value, hcl.Diagnostics) {
	var slots []slot
	if node, ok := expr.(hclsyntax.Node); ok {
		slots = slotsOf(node)
	}
	return (&meter{}).value(expr, slots, nil)
}

// takesExpressions are the functions that evaluate their arguments themselves.
var takesExpressions = map[string]bool{"try": true, "can": true, "convert": true}

// cheap are the functions that look at one element, however many there are.
var cheap = map[string]bool{
	"length": true, "lookup": true, "element": true, "try": true, "can": true, "slice": true, "one": true,
	"coalesce": true, "coalescelist": true, "sensitive": true, "nonsensitive": true, "issensitive": true, "index": false,
}

// metering makes a function count what it goes through and what it makes.
func (m *meter) metering(name string, f function.Function) function.Function {
	if takesExpressions[name] {
		return calm(f, m)
	}
	f = calm(f, m)
	typ := func(args []cty.Value) (cty.Type, error) {
		if !m.spend(work(args, cheap[name]), 0) {
			return cty.DynamicPseudoType, nil
		}
		return f.ReturnTypeForValues(args)
	}
	return around(f, typ, func(args []cty.Value, t cty.Type) (cty.Value, error) {
		if m.over != "" {
			return unknownBecause(t, m.over), nil
		}
		v, err := f.Call(args)
		if err == nil && !m.spend(0, len(text(v))+elementSize*count(v)) {
			return unknownBecause(t, m.over), nil
		}
		return v, err
	})
}

// work is how many rounds it takes to go through arguments.
func work(args []cty.Value, shallow bool) int {
	elements, bytes := 0, 0
	for _, a := range args {
		switch {
		case elements > maxElements: // no function takes that many
			return elements / roundWork
		case a.Type() == cty.String:
			bytes += len(text(a))
		case shallow || count(a) == 0:
			elements++
		default:
			n, b := measure(a)
			elements, bytes = elements+n, bytes+b
		}
	}
	return elements/roundWork + bytes/roundBytes
}
