package chart

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

const (
	// maxSchemaDepth is how deep a schema may nest: compiling is quadratic in it,
	// and real ones stay below 40.
	maxSchemaDepth = 200
	// maxSchemaExponent is how large the exponent of a number may be, and
	// maxSchemaDigits how long a number: the validator works them out in full. A
	// float64, which Helm takes values for, has exponents up to 308.
	maxSchemaExponent = 400
	maxSchemaDigits   = 1000
)

// schemaFault is a fault of a schema, with its bytes.
type schemaFault struct {
	what       string
	start, end int
}

func (f *schemaFault) Error() string { return f.what }

// schemaFaultAt finds in a schema what its validator cannot bear: nesting, and
// numbers of a million digits; and what makes it no JSON. It is nil where all is well.
func schemaFaultAt(schema []byte) *schemaFault {
	d := json.NewDecoder(bytes.NewReader(schema))
	d.UseNumber()
	for depth := 0; ; {
		token, err := d.Token()
		end := int(d.InputOffset())
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			errors.As(json.Unmarshal(schema, new(any)), &syntax) // a decoder counts from its buffer
			at := min(max(int(syntax.Offset)-1, 0), len(schema))
			return &schemaFault{"the schema is not valid JSON: " + OneLine(syntax.Error()), at, min(at+1, len(schema))}
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case err != nil:
			return &schemaFault{"the schema is not valid JSON: it ends too early", max(len(schema)-1, 0), len(schema)}
		}
		switch token := token.(type) {
		case json.Delim:
			if depth--; token == '{' || token == '[' {
				depth += 2
			}
			if depth > maxSchemaDepth+1 {
				return &schemaFault{fmt.Sprintf("the schema is nested more than %d deep", maxSchemaDepth), end - 1, end}
			}
		case json.Number:
			if tooExtreme(token.String()) {
				return &schemaFault{"the schema has a number that is too large, too small or too long", end - len(token), end}
			}
		}
	}
}

func tooExtreme(number string) bool {
	at := strings.IndexAny(number, "eE")
	if at < 0 {
		return len(number) > maxSchemaDigits
	}
	exponent, err := strconv.Atoi(number[at+1:])
	return err != nil || at > maxSchemaDigits || exponent > maxSchemaExponent || exponent < -maxSchemaExponent
}

// fragile runs the validator; where it gives up in a panic, that is an error.
func fragile(do func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case errSteps:
			err = r
		default:
			err = errGivesUp
		}
	}()
	return do()
}

var errGivesUp = errors.New("the schema validator failed on it")

// schemaPlace is where a schema breaks the rules of schemas, by the compiler's error;
// invalid where that does not say.
func (c *Chart) schemaPlace(f *source.File, err error) source.Span {
	var refused *jsonschema.SchemaValidationError
	var tree *jsonschema.ValidationError
	var doc any
	if f == nil || !errors.As(err, &refused) || !errors.As(refused.Err, &tree) || json.Unmarshal(yamltext.WithoutBOM(f.Data), &doc) != nil {
		return source.Span{}
	}
	for len(tree.Causes) > 0 {
		tree = tree.Causes[0]
	}
	return c.schemaSpan(f, instancePath(doc, tree.InstanceLocation))
}
