package schema

import "regexp"

// expr is an expression of a rule: an operator with its arguments. Names, texts and
// numbers are operators without arguments.
type expr struct {
	op   operator
	text string // of a name, a text, a member
	num  int64
	args []*expr
	form func() *regexp.Regexp // of matches, where it is written as a text
}

// operator is what an expression does.
type operator string

// The operators that are no functions of the language; see generate/rules.go.
const (
	opName   operator = "name"
	opText   operator = "'"
	opNumber operator = "number"
	opTruth  operator = "truth"
	opNull   operator = "null"
	opMember operator = "."
	opHas    operator = "has"
	opList   operator = "[]"
	opEmpty  operator = "{}"
)

// parse makes the expression of a tree as JSON has it.
func parse(tree any) *expr {
	switch tree := tree.(type) {
	case string:
		return &expr{op: opName, text: tree}
	case float64:
		return &expr{op: opNumber, num: int64(tree)}
	case bool:
		return &expr{op: opTruth, num: ofBool(tree).num}
	case []any:
		return call(tree)
	}
	return &expr{op: opNull}
}

func call(parts []any) *expr {
	e := &expr{op: operator(parts[0].(string))}
	parts = parts[1:]
	last := len(parts) - 1
	switch e.op {
	case opText, opMember, opHas:
		e.text = parts[last].(string)
		parts = parts[:last]
	case "all", "exists", "exists_one", "filter":
		e.text = parts[1].(string)
		parts = []any{parts[0], parts[2]}
	default:
		if functions[e.op] == nil && special[e.op] == nil && e.op != opList && e.op != opEmpty {
			panic("table.jsonl: the operator " + string(e.op) + " is not known")
		}
	}
	for _, p := range parts {
		e.args = append(e.args, parse(p))
	}
	if e.op == "matches" && e.args[1].op == opText {
		e.form = lazily(e.args[1].text)
	}
	return e
}

// contains reports whether an operator is in the expression.
func (e *expr) contains(op operator) bool {
	if e.op == op {
		return true
	}
	for _, a := range e.args {
		if a.contains(op) {
			return true
		}
	}
	return false
}

// members calls back with the paths of members of self that the expression names, in
// their order.
func (e *expr) members(each func(path []string)) {
	if path := e.path(); path != nil {
		each(path)
		return
	}
	for _, a := range e.args {
		a.members(each)
	}
}

// path is the path of a member of self; nil for any other expression.
func (e *expr) path() []string {
	if e.op != opMember && e.op != opHas {
		return nil
	}
	if from := e.args[0]; from.op == opName && from.text == "self" {
		return []string{e.text}
	} else if up := from.path(); up != nil {
		return append(up, e.text)
	}
	return nil
}
