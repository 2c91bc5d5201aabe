package sarif

import (
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// describeSuite makes the rules of the suite in its order.
func (m *Merger) describeSuite() (rules []*sarif.ReportingDescriptor) {
	o := Options{Help: m.Help}
	for _, c := range m.Suite {
		rules = append(rules, o.rule(c))
	}
	if m.Written {
		m.written = property.Written{}
		for _, rule := range rules {
			if m.written.Add(rule) != nil {
				break // which the whole log has as well
			}
		}
	}
	return rules
}

// describe adds the rules: those of the suite in its order or, without one, those that
// all logs begin with; the others behind them by id.
func (m *Merger) describe(driver *sarif.ToolComponent) {
	add := func(rule *sarif.ReportingDescriptor) {
		id := deref(rule.ID)
		if _, known := m.index[id]; !known {
			m.index[id] = len(driver.Rules)
			driver.AddRule(rule)
		}
	}
	for _, rule := range m.described() {
		add(rule)
	}
	common := 0
	if len(m.Suite) == 0 {
		common = commonRules(m.rules)
	}
	var rest []*sarif.ReportingDescriptor
	for i, rules := range m.rules {
		for j, rule := range rules {
			switch {
			case rule == nil:
			case j >= common:
				rest = append(rest, rule)
			case i == 0:
				add(rule)
			}
		}
	}
	slices.SortStableFunc(rest, compareRules)
	for _, rule := range rest {
		add(rule)
	}
}

// commonRules is how many rules all logs begin with.
func commonRules(logs [][]*sarif.ReportingDescriptor) int {
	if len(logs) == 0 {
		return 0
	}
	n := len(logs[0])
	for _, rules := range logs[1:] {
		n = min(n, len(rules))
		for i := range n {
			if rules[i] == nil || logs[0][i] == nil || deref(rules[i].ID) != deref(logs[0][i].ID) {
				n = i
				break
			}
		}
	}
	return n
}
