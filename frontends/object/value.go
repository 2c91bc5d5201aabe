package object

import (
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
)

// Str is a field read as text.
type Str struct {
	Field
	// V is the text; empty where the field is missing or unknown.
	V string
}

// Str reads the field as text; numbers and booleans are their YAML text.
func (f Field) Str() Str {
	if f.node.Scalar() {
		return Str{Field: f, V: f.node.Text}
	}
	return Str{Field: f}
}

// Is compares the text; a missing field is no text.
func (s Str) Is(want string) Truth { return s.In(want) }

// In reports whether the text is one of some.
func (s Str) In(wants ...string) Truth {
	return s.Matches(func(v string) bool { return contains(wants, v) })
}

// Matches asks a question about the text; a missing field is a no.
func (s Str) Matches(ask func(string) bool) Truth {
	switch {
	case s.Unknown():
		return Undecided(s.Field)
	case !s.Exists():
		return No()
	}
	return TruthOf(ask(s.V))
}

// NotEmpty reports whether the text is there and not empty.
func (s Str) NotEmpty() Truth {
	return s.Matches(func(v string) bool { return v != "" })
}

// Or returns the text, or another one where the field is missing.
func (s Str) Or(missing string) string {
	if !s.Exists() {
		return missing
	}
	return s.V
}

// Num is a field read as a whole number.
type Num struct {
	Field
	// V is the number; 0 where the field is missing, unknown or no number.
	V int64
	// OK says that the field holds a whole number.
	OK bool
}

// Num reads the field as a whole number; a quoted number counts, since Terraform
// writes numbers as strings.
func (f Field) Num() Num {
	if !f.node.Scalar() {
		return Num{Field: f}
	}
	v, err := strconv.ParseInt(f.node.Text, 10, 64)
	return Num{Field: f, V: v, OK: err == nil}
}

// Is compares the number; a missing field is no number.
func (n Num) Is(want int64) Truth {
	if n.Unknown() {
		return Undecided(n.Field)
	}
	return TruthOf(n.OK && n.V == want)
}

// Flag is a field read as a boolean.
type Flag struct {
	Field
	V bool // false where the field is missing or unknown
}

// Flag reads the field as a boolean; the text "true" counts too.
func (f Field) Flag() Flag {
	return Flag{Field: f, V: f.node.Scalar() && f.node.Text == "true"}
}

// True reports whether the flag is set to true.
func (b Flag) True() Truth {
	if b.Unknown() {
		return Undecided(b.Field)
	}
	return TruthOf(b.V)
}

func contains(list []string, v string) bool {
	for _, s := range list {
		if s == v {
			return true
		}
	}
	return false
}

// Quantity is a field read as an amount of a resource, such as 100m or 1Gi.
type Quantity struct {
	Field
	V resource.Quantity
	// OK says that there is an amount; false where the field is missing, unknown or none.
	OK bool
}

// Quantity reads the field as an amount of a resource.
func (f Field) Quantity() Quantity {
	if !f.node.Scalar() {
		return Quantity{Field: f}
	}
	v, err := resource.ParseQuantity(f.node.Text)
	return Quantity{Field: f, V: v, OK: err == nil}
}

// QuantityOf is an amount that is written nowhere; not OK where the text is none.
func QuantityOf(text string) Quantity {
	v, err := resource.ParseQuantity(text)
	return Quantity{V: v, OK: err == nil}
}

// Above reports whether the amount is larger than another; a missing one is no amount.
func (q Quantity) Above(other Quantity) Truth {
	both := []Quantity{q, other}
	for _, one := range both {
		if one.Known() && !one.OK {
			return No()
		}
	}
	for _, one := range both {
		if one.Unknown() {
			return Undecided(one.Field)
		}
	}
	return TruthOf(q.V.Cmp(other.V) > 0)
}

// Plus is the sum of two amounts: not OK where one of them is not, and unknown where one is unknown.
func (q Quantity) Plus(other Quantity) Quantity {
	for _, one := range []Quantity{q, other} {
		if one.Unknown() || !one.OK {
			return one
		}
	}
	sum := q.V.DeepCopy()
	sum.Add(other.V)
	return Quantity{V: sum, OK: true}
}
