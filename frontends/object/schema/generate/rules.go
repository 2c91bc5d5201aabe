package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/cel-go/common"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/parser"
)

// sentence is what we say of a rule that does not hold, and where.
type sentence struct{ say, do, at string }

// rule is a line of the table.
type rule struct {
	Is  any    `json:"is"` // the expression as a tree, see expression
	Say string `json:"say"`
	Do  string `json:"do,omitempty"`
	At  string `json:"at,omitempty"`
}

// readSentences reads lines of "hash | field | sentence | advice". The hash is that of the
// rule's tree; several rules with one sentence are rewordings of one rule.
func readSentences(file string) (map[string]sentence, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	all := map[string]sentence{}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			return nil, fmt.Errorf("%s: a line has four cells: %s", file, line)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all[cells[0]] = sentence{say: cells[2], do: cells[3], at: cells[1]}
	}
	return all, nil
}

// rules merges the rules of a value: those with one sentence are one, in its newest
// wording.
func (m *merger) rules(n *node, v views, path string) error {
	type found struct {
		rule        rule
		first, last int
	}
	var all []*found
	for i, s := range v {
		if s == nil {
			continue
		}
		for _, r := range s.Rules {
			if strings.Contains(r.Rule, "oldSelf") {
				continue // about changes of an object
			}
			is, err := expression(r.Rule)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", path, r.Rule, err)
			}
			hash := hashOf(is)
			say, ok := m.sentences[hash]
			if !ok {
				m.missing[hash] = path + ": " + r.Message + "  <=  " + r.Rule
				continue
			}
			m.used[hash] = true
			f := found{rule{is, say.say, say.do, say.at}, i, i}
			at := slices.IndexFunc(all, func(g *found) bool { return g.rule.Say == f.rule.Say })
			if at < 0 {
				all = append(all, &f)
				continue
			}
			all[at].rule, all[at].last = f.rule, i
		}
	}
	for _, f := range all {
		number := m.rule(f.rule)
		if slices.Contains(n.Rules, number) {
			return fmt.Errorf("%s: one rule twice", path)
		}
		n.Rules = append(n.Rules, number)
		if f.first != v.first() {
			n.Since[fmt.Sprintf("rule %d", number)] = m.releases[f.first]
		}
		if f.last != len(m.releases)-1 {
			n.Until[fmt.Sprintf("rule %d", number)] = m.releases[f.last]
		}
	}
	return nil
}

func hashOf(tree any) string {
	sum := sha256.Sum256(encode(tree))
	return hex.EncodeToString(sum[:4])
}

// encode is JSON without escapes for HTML.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // it is made of lists, texts and numbers
	}
	return bytes.TrimSpace(b.Bytes())
}

// operators are the names that the table has for CEL's operators and functions, and how
// many arguments they take, the receiver included.
var operators = map[string]struct {
	name      string
	arguments []int
}{
	"_?_:_": {"if", []int{3}}, "_&&_": {"&&", []int{2}}, "_||_": {"||", []int{2}}, "!_": {"!", []int{1}},
	"_==_": {"==", []int{2}}, "_!=_": {"!=", []int{2}}, "_<_": {"<", []int{2}}, "_<=_": {"<=", []int{2}},
	"_>_": {">", []int{2}}, "_>=_": {">=", []int{2}}, "_+_": {"+", []int{2}}, "@in": {"in", []int{2}}, "_[_]": {"at", []int{2}},
	"size": {"size", []int{1}}, "int": {"int", []int{1}}, "duration": {"duration", []int{1}},
	"contains": {"contains", []int{2}}, "startsWith": {"startsWith", []int{2}}, "endsWith": {"endsWith", []int{2}},
	"matches": {"matches", []int{2}}, "split": {"split", []int{2}}, "substring": {"substring", []int{2, 3}},
	"url": {"url", []int{1}}, "isURL": {"isURL", []int{1}}, "getScheme": {"getScheme", []int{1}}, "isIP": {"isIP", []int{1}},
	"all": {"all", []int{3}}, "exists": {"exists", []int{3}}, "exists_one": {"exists_one", []int{3}}, "filter": {"filter", []int{3}},
}

// expression parses a rule and writes it as a tree: a text is a name, ["'",x] a text,
// [".",x,"f"] a member, ["has",x,"f"] whether it is set, ["[]",…] a list, ["{}"] an empty
// mapping, a number and null themselves, and anything else [operator, arguments…].
func expression(text string) (any, error) {
	p, err := parser.NewParser(parser.Macros())
	if err != nil {
		return nil, err
	}
	// Kubernetes spells names that are CEL's own words so.
	tree, issues := p.Parse(common.NewTextSource(text))
	if len(issues.GetErrors()) > 0 {
		return nil, fmt.Errorf("%s", issues.ToDisplayString())
	}
	return expr(tree.Expr())
}

func expr(e ast.Expr) (any, error) {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent(), nil
	case ast.LiteralKind:
		switch v := e.AsLiteral().Value().(type) {
		case string:
			return []any{"'", v}, nil
		case int64, bool:
			return v, nil
		default:
			if e.AsLiteral().Type().TypeName() == "null_type" {
				return nil, nil
			}
			return nil, fmt.Errorf("a literal of another type: %v", v)
		}
	case ast.SelectKind:
		x, err := expr(e.AsSelect().Operand())
		return []any{".", x, unescape(e.AsSelect().FieldName())}, err
	case ast.ListKind:
		return arguments("[]", e.AsList().Elements())
	case ast.MapKind:
		if e.AsMap().Size() == 0 {
			return []any{"{}"}, nil
		}
	case ast.CallKind:
		return call(e.AsCall())
	}
	return nil, fmt.Errorf("an expression of another kind: %v", e.Kind())
}

func call(c ast.CallExpr) (any, error) {
	args := c.Args()
	if c.FunctionName() == "validate" && len(args) == 1 && c.IsMemberFunction() {
		if format := c.Target(); format.Kind() == ast.CallKind && format.AsCall().FunctionName() == "dns1123Label" {
			return arguments("dns1123Label", args)
		}
	}
	if c.FunctionName() == "has" && len(args) == 1 && args[0].Kind() == ast.SelectKind {
		x, err := expr(args[0].AsSelect().Operand())
		return []any{"has", x, unescape(args[0].AsSelect().FieldName())}, err
	}
	if c.IsMemberFunction() {
		args = append([]ast.Expr{c.Target()}, args...)
	}
	op, ok := operators[c.FunctionName()]
	if !ok || !slices.Contains(op.arguments, len(args)) {
		return nil, fmt.Errorf("the function %s of %d arguments is not known to the table", c.FunctionName(), len(args))
	}
	return arguments(op.name, args)
}

func arguments(op string, args []ast.Expr) (any, error) {
	tree := []any{op}
	for _, a := range args {
		x, err := expr(a)
		if err != nil {
			return nil, err
		}
		tree = append(tree, x)
	}
	return tree, nil
}

func unescape(name string) string {
	if strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") && len(name) > 4 {
		return name[2 : len(name)-2]
	}
	return name
}
