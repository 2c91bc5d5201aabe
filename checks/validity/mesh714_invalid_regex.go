package validity

import "github.com/mesh-check/mesh-check/checks"

var invalidRegex = &checks.Check{
	ID: "MESH714", Name: "invalid-regex", Severity: checks.Error,
	Summary: "Regular expressions must be valid RE2 syntax and have at most 1024 bytes",
	Advice:  "write an expression in the syntax of RE2",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0122", "IST0106"},
	Run:     func(p *checks.Pass) { report(p, "MESH714") },
}
