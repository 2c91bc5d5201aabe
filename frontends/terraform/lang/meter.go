package lang

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
	ElementSize = 64        // bytes of an element of a collection, about
	clockRounds = 1 << 12   // rounds between two looks at the clock
)

// Meter counts what evaluation costs. The zero meter has nothing on it.
type Meter struct {
	rounds     int // of loops, and work of functions
	once, made int // bytes, of the outermost expression that is evaluated and of all
	clock      int // rounds when the clock was read
	Deadline   time.Time
	depth      int
	// Over says why the evaluation has ended; empty while it goes on. What is evaluated
	// from then on is unknown.
	Over string
	// Bug is a panic of one of our functions; nil where there was none, or it is reported.
	Bug *source.Bug
}

// spend counts rounds and bytes, and reports whether there was enough.
func (m *Meter) spend(rounds, bytes int) bool {
	m.rounds += rounds
	m.once += bytes
	m.made += bytes
	switch {
	case m.Over != "":
	case m.rounds > maxRounds:
		m.Over = fmt.Sprintf("its loops have more than %d iterations", maxRounds)
	case m.once > maxMadeOnce:
		m.Over = fmt.Sprintf("it creates more than %d MiB of text", maxMadeOnce>>20)
	case m.made > maxMade:
		m.Over = fmt.Sprintf("the expressions of the root create more than %d MiB of text", maxMade>>20)
	case !m.Deadline.IsZero() && m.rounds-m.clock >= clockRounds:
		if m.clock = m.rounds; time.Now().After(m.Deadline) {
			m.Over = "it takes too long"
		}
	}
	return m.Over == ""
}

// Value evaluates an expression, with its slots metered.
func (m *Meter) Value(expr hcl.Expression, slots []Slot, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if m.Over != "" {
		return UnknownBecause(cty.DynamicPseudoType, m.Over), nil
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
	if m.Over != "" {
		return UnknownBecause(cty.DynamicPseudoType, m.Over), nil
	}
	return v, calmed(diags)
}

// metered is a part of an expression that is evaluated again and again, or whose text
// is copied.
type metered struct {
	hclsyntax.Expression
	meter    *Meter
	argument bool // of a function, which counts itself what it does
}

// Slot is where a part is that is metered.
type Slot struct {
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
		return UnknownBecause(cty.DynamicPseudoType, p.meter.Over), nil
	}
	v, diags := p.Expression.Value(ctx)
	if !p.meter.spend(count(v)/roundWork, p.copied(v)) {
		return UnknownBecause(cty.DynamicPseudoType, p.meter.Over), nil
	}
	return v, diags
}

// copied is how many bytes of a part's value go into what it is a part of.
func (p metered) copied(v cty.Value) int {
	if p.argument {
		return 0
	}
	return len(Text(v))
}

// UnwrapExpression lets HCL look at the part itself.
func (p metered) UnwrapExpression() hcl.Expression { return p.Expression }

// SlotsOf are the parts of an expression that are metered: what a loop does for each
// element, and the parts of templates.
func SlotsOf(node hclsyntax.Node) []Slot {
	var slots []Slot
	_ = hclsyntax.VisitAll(node, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ForExpr:
			for _, at := range []*hclsyntax.Expression{&n.KeyExpr, &n.ValExpr, &n.CondExpr} {
				if *at != nil {
					slots = append(slots, Slot{at: at})
				}
			}
		case *hclsyntax.TemplateExpr:
			for i := range n.Parts {
				slots = append(slots, Slot{at: &n.Parts[i]})
			}
		case *hclsyntax.FunctionCallExpr:
			for i := range n.Args {
				if !takesExpressions[strings.TrimPrefix(n.Name, "core::")] {
					slots = append(slots, Slot{at: &n.Args[i], argument: true})
				}
			}
		}
		return nil
	})
	return slots
}

// Constant is the value of an expression without names, at a price.
func Constant(expr hcl.Expression) (cty.Value, hcl.Diagnostics) {
	var slots []Slot
	if node, ok := expr.(hclsyntax.Node); ok {
		slots = SlotsOf(node)
	}
	return (&Meter{}).Value(expr, slots, nil)
}

// takesExpressions are the functions that evaluate their arguments themselves.
var takesExpressions = map[string]bool{"try": true, "can": true, "convert": true}

// cheap are the functions that look at one element, however many there are.
var cheap = map[string]bool{
	"length": true, "lookup": true, "element": true, "try": true, "can": true, "slice": true, "one": true,
	"coalesce": true, "coalescelist": true, "sensitive": true, "nonsensitive": true, "issensitive": true, "index": false,
}

// metering makes a function count what it goes through and what it makes.
func (m *Meter) metering(name string, f function.Function) function.Function {
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
		if m.Over != "" {
			return UnknownBecause(t, m.Over), nil
		}
		v, err := f.Call(args)
		if err == nil && !m.spend(0, len(Text(v))+ElementSize*count(v)) {
			return UnknownBecause(t, m.Over), nil
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
			bytes += len(Text(a))
		case shallow || count(a) == 0:
			elements++
		default:
			n, b := measure(a)
			elements, bytes = elements+n, bytes+b
		}
	}
	return elements/roundWork + bytes/roundBytes
}
