package sarif

import (
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// ruleOf finds the rule of a result by its id: go-sarif reads a missing ruleIndex
// as 0, so the index alone proves nothing.
func ruleOf(run *sarif.Run, r *sarif.Result) *sarif.ReportingDescriptor {
	d := driver(run)
	if d == nil {
		return nil
	}
	id := deref(r.RuleID)
	if id == "" && r.Rule != nil {
		id = deref(r.Rule.ID)
	}
	for _, rule := range d.Rules {
		if rule == nil || id == "" {
			continue
		}
		// The id of a sub-rule goes on behind a slash.
		if rest, ok := strings.CutPrefix(id, deref(rule.ID)); ok && (rest == "" || rest[0] == '/') {
			return rule
		}
	}
	return nil
}

func ruleName(rule *sarif.ReportingDescriptor) string {
	if rule == nil {
		return ""
	}
	return deref(rule.Name)
}

// level is the result's level, else its rule's, else SARIF's default.
func level(r *sarif.Result, rule *sarif.ReportingDescriptor) string {
	for _, l := range []string{r.Level, ruleLevel(rule), "warning"} {
		switch l {
		case "error", "warning", "note", "none":
			return l
		}
	}
	return "warning"
}

func ruleLevel(rule *sarif.ReportingDescriptor) string {
	if rule == nil || rule.DefaultConfiguration == nil {
		return ""
	}
	return rule.DefaultConfiguration.Level
}
