package lang

import (
	"errors"
	"fmt"
	"io"
	"strings"

	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"
)

// yamldecode() and yamlencode() are those of the library that Terraform takes them from.
// It has no limits of its own: an alias may stand for much, and it follows nesting by
// recursion. A parser that has limits looks at the text before.
var (
	YamldecodeFunc = limited(ctyyaml.YAMLDecodeFunc, yamlSize)
	yamlencodeFunc = limited(ctyyaml.YAMLEncodeFunc, plainNumbers)
)

// maxOddYAML is how many bytes a text may have that only the library can read: without
// the other parser nobody has counted what it holds.
const maxOddYAML = 16 << 10

// yamlSize refuses YAML that holds too much.
func yamlSize(args []cty.Value) error {
	s := Text(args[0])
	if len(s) > maxText {
		return fmt.Errorf("YAML of more than %d bytes is not read", maxText)
	}
	doc, err := firstDocument(s)
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil && len(s) <= maxOddYAML && !strings.Contains(s, "*"):
		return nil // the library reports whether it is wrong, and where
	case err != nil:
		return yamlFault(err)
	}
	c := yamlCounter{open: map[*yaml.Node]bool{}}
	return c.count(doc, 0)
}

// firstDocument reads the first document of a text. A parser that gives up in a panic is
// an error of the text.
func firstDocument(s string) (doc *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the text cannot be read as YAML")
		}
	}()
	doc = &yaml.Node{}
	return doc, yaml.NewDecoder(strings.NewReader(s)).Decode(doc)
}

// yamlFault is an error of the YAML parser in one line.
func yamlFault(err error) error {
	return errors.New(strings.Join(strings.Fields(err.Error()), " "))
}

// yamlCounter counts the values that a document stands for, its aliases followed.
type yamlCounter struct {
	made int
	open map[*yaml.Node]bool // the nodes that are being counted
}

func (c *yamlCounter) count(n *yaml.Node, depth int) error {
	if c.made++; c.made > maxElements || depth > maxNesting {
		return fmt.Errorf("YAML with more than %d values, or more than %d levels, is not read", maxElements, maxNesting)
	}
	if n == nil || c.open[n] {
		return nil // the library does not take a value that is part of itself
	}
	if n.Kind == yaml.ScalarNode && len(n.Value) > maxDigits && strings.Trim(n.Value, "+-0123456789._eExo") == "" {
		return fmt.Errorf("line %d: a number with more than %d digits is not read", n.Line, maxDigits)
	}
	c.open[n] = true
	defer delete(c.open, n)
	if n.Kind == yaml.AliasNode {
		return c.count(n.Alias, depth)
	}
	for _, inner := range n.Content {
		if err := c.count(inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}
