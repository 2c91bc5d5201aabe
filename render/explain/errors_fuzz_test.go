package explain

import (
	"errors"
	"strings"
	"testing"
)

// FuzzRenderError gives any text for an error of Helm's engine.
func FuzzRenderError(f *testing.F) {
	f.Add("template: web/templates/x.yaml:1:4: executing \"x\" at <.Values.a.b>: nil pointer evaluating interface {}.b")
	f.Add("execution error at (web/templates/x.yaml:1:9): no")
	f.Add("parse error at (web/templates/x.yaml:2): unclosed action started at web/templates/x.yaml:1")
	f.Add("parse error at (web/templates/x.yaml:1): function \"x\" not defined")
	c := chartOf(f, map[string]string{"templates/x.yaml": "ü {{ required \"x\" .Values.a.b }}\n"})
	f.Fuzz(func(t *testing.T, text string) {
		e := renderError(c, errors.New(text))
		if strings.ContainsAny(e.Error(), "\n\x1b") || e.At.File != nil && !e.At.Valid() {
			t.Errorf("%q gives %q at %+v", text, e, e.At)
		}
	})
}
