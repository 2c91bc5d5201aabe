package release

import (
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Shape is the kind that a field must have.
type Shape struct {
	Path string // as object.Field.Each takes it: [] stands for each element of a list
	Kind object.Kind
}

// kindNames are the kinds in the words of messages.
var kindNames = map[object.Kind]string{
	object.String: "a string", object.Map: "a mapping", object.List: "a list", object.Bool: "true or false",
}

// Misshapen says of the first field of another kind than a table has, which is NotValid; nil where
// there is none. What does not exist or is not known fits. It repeats no value.
func Misshapen(in object.Field, shapes []Shape) *Undecided {
	for _, shape := range shapes {
		for _, f := range in.Each(shape.Path) {
			if f.Exists() && f.Known() && f.Node().Kind != shape.Kind {
				return &Undecided{Why: NotValid, Detail: fmt.Sprintf("%s is not %s", f.Path(), kindNames[shape.Kind])}
			}
		}
	}
	return nil
}
