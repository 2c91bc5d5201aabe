package injection

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
)

// unknownSuppressedCode finds codes in galley.istio.io/analyze-suppress that suppress nothing.
var unknownSuppressedCode = &checks.Check{
	ID: "MESH424", Name: "unknown-suppressed-code", Severity: checks.Note,
	Summary: "The annotation galley.istio.io/analyze-suppress lists codes of istioctl analyze, or ids or names of checks",
	Advice:  "write a code of istioctl analyze (IST0118), the id or the name of a check, or *",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.Objects() {
			annotation, codes := checks.Suppressed(o)
			if annotation.Unknown() {
				p.Undecided(annotation)
			}
			for _, code := range codes {
				if p.Suppressible(code) {
					continue
				}
				f := p.Report(annotation, "%q is not a code of istioctl analyze, nor a check: it suppresses nothing", code)
				if near := nearCode(code); near != "" {
					f.WithAdvice("write %q, or remove the code", near)
				}
			}
		}
	},
}

// nearCode is the code of istioctl analyze that was probably meant by its name, or by a code that is written in another
// way (ist118, IST-0118); empty for none.
func nearCode(code string) string {
	var names, codes []string
	number, isCode := strings.CutPrefix(strings.ToUpper(code), "IST")
	number = strings.TrimLeft(number, "-_ 0")
	for _, c := range checks.IstioCodes {
		if isCode && strings.TrimPrefix(c.Code, "IST0") == number {
			return c.Code
		}
		names, codes = append(names, c.Name), append(codes, c.Code)
	}
	if near := nearest.Name(code, names); near != "" {
		for i, name := range names {
			if name == near {
				return codes[i]
			}
		}
	}
	return ""
}
