package schema

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// maxSteps is how many expressions are evaluated for one object; a rule behind them is
// undecided. The largest valid objects need some ten thousand.
const maxSteps = 2_000_000

// scope are the names that an expression may use.
type scope struct {
	up    *scope
	name  string
	value value
}

func (s *scope) get(name string) value {
	for ; s != nil; s = s.up {
		if s.name == name {
			return s.value
		}
	}
	return value{sort: fault}
}

// rule decides a rule about a field.
func (c *checker) rule(r *rule, f object.Field, n *node) {
	self := c.of(f, n)
	result := c.eval(r.is, &scope{nil, "self", self})
	switch {
	case result.isTrue():
	case result.sort != unknown:
		at, say := c.place(r, self), r.Say
		if at.Node().Scalar() && !at.OnKey() && !strings.HasPrefix(say, at.Name()+" ") {
			say = called(at) + " is " + quoted(at.Node().Text) + ": " + say
		}
		c.problem(Rule, at, say, r.Do)
	case result.field.Object() != nil:
		c.undecided(result.field)
	}
}

// place is the field to tell a problem at: what the rule says, within the item that
// breaks it if it is about all items; else the first member that the rule names and
// that is written; else the value itself.
func (c *checker) place(r *rule, self value) object.Field {
	base := self.field
	culprit := false
	if r.is.op == "all" && r.is.args[0].op == opName {
		if bad, ok := c.culprit(r.is, self); ok {
			base, culprit = bad, true
		}
	}
	switch {
	case r.At != "":
		if at := base.Get(object.SplitPath(r.At)...); at.Exists() {
			return at
		}
	case !culprit:
		at := base
		r.is.members(func(path []string) {
			if m := base.Get(path...); at.Path() == base.Path() && m.Exists() {
				at = m
			}
		})
		return at
	}
	return base
}

// culprit is the item that breaks a rule about all items: the last of equal ones, else
// the first.
func (c *checker) culprit(all *expr, self value) (bad object.Field, found bool) {
	items, _ := c.elements(self)
	for _, item := range items {
		holds := c.eval(all.args[1], &scope{&scope{nil, "self", self}, all.text, item})
		if !holds.isTrue() && holds.sort != unknown && item.field.Object() == c.object {
			bad, found = item.field, true
			if !all.contains("exists_one") {
				break
			}
		}
	}
	return bad, found
}

// eval evaluates an expression.
func (c *checker) eval(e *expr, s *scope) value {
	if c.steps++; c.steps > maxSteps {
		return value{sort: unknown, field: c.object.Root()}
	}
	switch e.op {
	case opName:
		return s.get(e.text)
	case opText:
		return value{sort: text, text: e.text}
	case opNumber:
		return value{sort: whole64, num: e.num}
	case opTruth:
		return value{sort: truth, num: e.num}
	case opNull:
		return value{}
	case opMember:
		return c.memberOf(c.eval(e.args[0], s), e.text)
	case opHas:
		return c.has(c.eval(e.args[0], s), e.text)
	case opList:
		v := value{sort: list}
		for _, a := range e.args {
			v.items = append(v.items, c.eval(a, s))
		}
		return v
	case opEmpty:
		return value{sort: mapping, field: (&object.Object{Tree: &object.Node{Kind: object.Map}}).Root()}
	}
	if do := special[e.op]; do != nil {
		return do(c, e, s)
	}
	return c.function(e, s)
}

// function calls a function, which needs all its arguments.
func (c *checker) function(e *expr, s *scope) value {
	args := make([]value, len(e.args))
	broken := false
	for i, a := range e.args {
		args[i] = c.eval(a, s)
		broken = broken || args[i].sort == fault
	}
	for _, a := range args {
		if a.sort == unknown {
			return a
		}
	}
	if broken {
		return value{sort: fault}
	}
	return functions[e.op](e, args)
}

// special are the operators that do not need all their arguments. It is filled by init,
// since they evaluate what may be such operators again.
var special map[operator]func(*checker, *expr, *scope) value

func init() {
	special = map[operator]func(*checker, *expr, *scope) value{
		"if": evalIf,
		"&&": func(c *checker, e *expr, s *scope) value { return c.both(e, s, false) },
		"||": func(c *checker, e *expr, s *scope) value { return c.both(e, s, true) },
		"all": func(c *checker, e *expr, s *scope) value {
			return c.any(e, s, false)
		},
		"exists": func(c *checker, e *expr, s *scope) value {
			return c.any(e, s, true)
		},
		"exists_one": evalOne,
		"filter":     evalFilter,
	}
}

// evalIf decides by both branches where the condition is not known.
func evalIf(c *checker, e *expr, s *scope) value {
	cond := c.eval(e.args[0], s)
	switch {
	case cond.isTrue():
		return c.eval(e.args[1], s)
	case cond.isFalse():
		return c.eval(e.args[2], s)
	case cond.sort != unknown:
		return value{sort: fault}
	}
	a, b := c.eval(e.args[1], s), c.eval(e.args[2], s)
	if a.sort == truth && b.sort == truth && a.num == b.num {
		return a
	}
	return cond
}

// settle is the answer of && and all (decisive is false) or of || and exists (true) after
// one more part: the decisive one wins, then what is not known, then a fault.
func settle(sum, part value, decisive bool) value {
	switch {
	case part.sort == truth && part.isTrue() == decisive:
		return part
	case part.sort == truth || sum.sort == unknown:
		return sum
	case part.sort == unknown:
		return part
	}
	return value{sort: fault}
}

func (c *checker) both(e *expr, s *scope, decisive bool) value {
	sum := ofBool(!decisive)
	for _, a := range e.args {
		sum = settle(sum, c.eval(a, s), decisive)
		if sum.sort == truth && sum.isTrue() == decisive {
			break
		}
	}
	return sum
}

func (c *checker) any(e *expr, s *scope, decisive bool) value {
	items, open := c.elements(c.eval(e.args[0], s))
	if open.sort == fault {
		return open
	}
	sum := ofBool(!decisive)
	for _, item := range items {
		sum = settle(sum, c.eval(e.args[1], &scope{s, e.text, item}), decisive)
		if sum.sort == truth && sum.isTrue() == decisive {
			return sum
		}
	}
	if open.sort == unknown && sum.sort != unknown {
		return open
	}
	return sum
}

func evalOne(c *checker, e *expr, s *scope) value {
	items, open := c.elements(c.eval(e.args[0], s))
	if open.sort == fault {
		return open
	}
	count, doubt := 0, open
	for _, item := range items {
		switch v := c.eval(e.args[1], &scope{s, e.text, item}); {
		case v.isTrue():
			count++
		case v.isFalse():
		case v.sort == unknown:
			doubt = v
		default:
			return value{sort: fault}
		}
	}
	switch {
	case count > 1:
		return ofBool(false)
	case doubt.sort == unknown:
		return doubt
	}
	return ofBool(count == 1)
}

// evalFilter gives the items that meet a condition; where that is not known of one,
// nothing is known.
func evalFilter(c *checker, e *expr, s *scope) value {
	items, open := c.elements(c.eval(e.args[0], s))
	if open.sort == fault || open.sort == unknown {
		return open
	}
	v := value{sort: list}
	for _, item := range items {
		switch m := c.eval(e.args[1], &scope{s, e.text, item}); {
		case m.isTrue():
			v.items = append(v.items, item)
		case !m.isFalse() && m.sort != unknown:
			return value{sort: fault}
		case m.sort == unknown:
			return m
		}
	}
	return v
}
