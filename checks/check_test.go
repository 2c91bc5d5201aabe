package checks

import "testing"

// TestNewCheck holds that findings of a check are notes in the minor release that has it first,
// whatever they weigh, and keep their level in others and where somebody has set one.
func TestNewCheck(t *testing.T) {
	set := passOf(t, &Mesh{}, undeclaredWeb).Set
	own := map[string]Severity{"MESH999": Error}
	for _, c := range []struct {
		added, release string
		set            map[string]Severity
		want, rule     Severity
	}{
		{added: "0.2", release: "0.2", want: Note, rule: Note},
		{added: "0.2", release: "0.2", set: own, want: Error, rule: Note},
		{added: "0.2", release: "0.3", want: Error, rule: Warning},
		{added: "0.2", release: "1.0", want: Error, rule: Warning},
		{added: "1.0", release: "1.0", want: Note, rule: Note},
		{added: "0.2", release: "", want: Error, rule: Warning},
		{added: "", release: "0.1", want: Error, rule: Warning},
		{added: "0.1", release: "0.1", want: Error, rule: Warning},
	} {
		check := &Check{
			ID: "MESH999", Name: "made-up", Severity: Warning, Summary: "s", Advice: "a", Modes: []Mode{Sidecar}, AddedIn: c.added,
			Run: func(p *Pass) {
				for _, o := range p.Objects() {
					p.Report(o.Root(), "found").WithSeverity(Error)
				}
			},
		}
		out := Run([]*Check{check}, set, &Mesh{}, Selection{Release: c.release, Severity: c.set})
		if len(out.Findings) != 1 || out.Findings[0].Severity != c.want {
			t.Errorf("added in %q, release %q, set %v: %+v, want one %s", c.added, c.release, c.set, out.Findings, c.want)
		}
		if rule := check.In(c.release).Severity; rule != c.rule || check.Severity != Warning {
			t.Errorf("added in %q, release %q: the rule is a %s, want %s", c.added, c.release, rule, c.rule)
		}
	}
}
