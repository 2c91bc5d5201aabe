package chart

import (
	"errors"
	"regexp"

	"github.com/mesh-check/mesh-check/render/source"
)

// flagFaults are the faults of flags in words of ours: the text of strvals, the parser of
// these flags, repeats pieces of what was given, which may be a secret. Source: parser.go
// and literal_parser.go of pkg/strvals in Helm 3.22.
var flagFaults = []struct {
	text *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`has no value`), "a part of it is not key=value"},
	{regexp.MustCompile(`^error parsing index|^error processing index|index`), "the index in [] is not a whole number from 0 to 65536"},
	{regexp.MustCompile(`nested level`), "a key has too many parts"},
	{regexp.MustCompile(`^list must terminate`), "a list has no } at its end"},
	{regexp.MustCompile(`^unable to parse key`), "a key is below a value that is not a map"},
	{regexp.MustCompile(`^parse error: unexpected token`), "] is followed by something other than . [ or ="},
}

// fileFault is why a file that --set-file names cannot be read.
type fileFault string

func (f fileFault) Error() string { return string(f) }

// layerError is the error of a flag that cannot be read: which one, and no part of what
// was given.
func (c *Chart) layerError(kind LayerKind, err error) error {
	var file fileFault
	what, do := "it is not valid", "write it as key=value"
	switch {
	case errors.As(err, &file):
		what, do = string(file), ""
	case kind == SetJSON:
		what, do = "its value is not valid JSON", `write it as key=JSON, such as a={"b": [1]}, or as one JSON object`
	case kind != SetLiteral:
		do = `write it as key=value,key=value, and a comma inside a value as \,`
	}
	for _, f := range flagFaults {
		if kind != SetJSON && file == "" && f.text.MatchString(err.Error()) {
			what = f.what
			break
		}
	}
	return &source.Error{What: "cannot read --" + string(kind) + ": " + what, Path: c.InputPath(), Do: do}
}
