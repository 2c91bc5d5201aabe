package schema

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// typeNames are the types of JSON in words.
var typeNames = map[string]string{
	"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
}

// typed tells a value of a wrong type.
func (c *checker) typed(f object.Field, n *node) bool {
	k := f.Node().Kind
	ok := false
	switch n.Type {
	case "object":
		ok = k == object.Map
	case "array":
		ok = k == object.List
	case "string":
		ok = k == object.String
	case "boolean":
		ok = k == object.Bool
	case "number":
		ok = k == object.Int || k == object.Float
	case "integer":
		ok = k == object.Int || k == object.Float && whole(f.Node().Text)
	}
	if ok || k == object.Null && n.Nullable {
		return ok
	}
	advice := "write " + typeNames[n.Type]
	switch {
	case n.Type == "string" && f.Node().Scalar():
		advice = "put it in quotes"
	case k == object.String && n.Type != "object" && n.Type != "array" && plain(f.Node().Text, n.Type):
		advice = "take the quotes away"
	case n.Type == "string" && k != object.Null:
		advice = "write the value itself, as text"
	case n.Type == "array" && k != object.Null:
		advice = "write a list: put - in front of each item"
	}
	c.problem(WrongType, f, called(f)+" must be "+typeNames[n.Type]+", not "+inWords(k), advice)
	return false
}

// plain reports whether a text without its quotes would be of a type.
func plain(text, typ string) bool {
	switch typ {
	case "boolean":
		return text == "true" || text == "false"
	case "integer":
		return whole(text)
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

func whole(text string) bool {
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && v == math.Trunc(v)
}

// inWords is a kind of values in words.
func inWords(k object.Kind) string {
	switch k {
	case object.Null:
		return "null"
	case object.String:
		return "text"
	}
	return "a " + k.String()
}

// scalar judges a text, number or boolean.
func (c *checker) scalar(f object.Field, n *node) {
	text := f.Node().Text
	if len(n.Enum) > 0 && n.holds("enum", c) && !c.listed(f, n, text) {
		return
	}
	if n.pattern != nil && n.holds("pattern", c) && !n.pattern().MatchString(text) {
		c.problem(Value, f, called(f)+" is "+quoted(text)+", which does not have the form "+n.Pattern, "write a value of that form")
		return
	}
	if n.Type == "string" {
		c.sizeOf(f, n, "Length", utf8.RuneCountInString(text), "character", false)
	}
	if n.Type == "integer" || n.Type == "number" {
		c.ranged(f, n, text)
	}
	if n.Format == "byte" {
		if _, err := base64.StdEncoding.DecodeString(text); err != nil {
			c.problem(Value, f, called(f)+" is not base64", "encode it as base64")
		}
	}
}

// listed tells a value that is none of those allowed.
func (c *checker) listed(f object.Field, n *node, text string) bool {
	var allowed []string
	for _, e := range n.Enum {
		if n.holds("enum "+e, c) {
			allowed = append(allowed, e)
		}
	}
	if slices.Contains(allowed, text) {
		return true
	}
	if slices.Contains(n.Enum, text) {
		since := n.Since["enum "+text]
		c.problem(TooNew, f, "Istio "+c.name+" does not have the value "+quoted(text)+": it came with Istio "+since, "write another value, or install Istio "+since)
		return false
	}
	advice := "write one of them"
	if near := nearest.Name(text, allowed); near != "" {
		advice = "write " + near
	}
	c.problem(Value, f, called(f)+" is "+quoted(text)+", which is none of "+and(shown(allowed)), advice)
	return false
}

// shown are values as messages list them.
func shown(values []string) []string {
	var all []string
	for _, v := range values {
		if v != "" && v != "INVALID" { // which only says that nothing is set
			all = append(all, v)
		}
	}
	return all
}

// ranged tells a number that is too small or too large.
func (c *checker) ranged(f object.Field, n *node, text string) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return
	}
	low, high := math.Inf(-1), math.Inf(1)
	switch n.Format {
	case "int32":
		low, high = math.MinInt32, math.MaxInt32
	case "int64":
		low, high = math.MinInt64, math.MaxInt64
	}
	if limit, ok := n.limit("min", c); ok {
		low = limit
	}
	if limit, ok := n.limit("max", c); ok {
		high = limit
	}
	switch {
	case v < low:
		c.problem(Value, f, called(f)+" is "+text+", but must be at least "+number(low), "write a larger number")
	case v > high:
		c.problem(Value, f, called(f)+" is "+text+", but must be at most "+number(high), "write a smaller number")
	}
}

// sizeOf tells a text, list or mapping that is too short or too long. What is open may
// have more.
func (c *checker) sizeOf(f object.Field, n *node, what string, size int, unit string, open bool) {
	if limit, ok := n.limit("min"+what, c); ok && float64(size) < limit {
		switch {
		case open:
			c.undecided(f)
		case size == 0:
			c.problem(Value, f, called(f)+" is empty", "write at least "+number(limit)+" "+plural(unit, limit))
		default:
			c.problem(Value, f, called(f)+" has "+number(float64(size))+" "+plural(unit, float64(size))+", but must have at least "+number(limit), "write more")
		}
	}
	limit, ok := n.limit("max"+what, c)
	switch {
	case !ok:
	case float64(size) > limit:
		c.problem(Value, f, called(f)+" has "+number(float64(size))+" "+plural(unit, float64(size))+", but must have at most "+number(limit), "shorten it")
	case open:
		c.undecided(f)
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func plural(unit string, count float64) string {
	if count == 1 {
		return unit
	}
	return unit + "s"
}

// facter is the name of a fact with a number.
func facter(what string, i int) string { return what + " " + strconv.Itoa(i) }

// and joins names as a sentence does.
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
