package sarif

import (
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// Configured is what a log says of a configuration file that its run used.
type Configured struct {
	// File is relative to the root.
	File string `json:"file"`
	// Inputs are the inputs that it is for.
	Inputs []string `json:"inputs"`
	// Ignored is the number of findings that it ignores, whether the log has them or
	// not.
	Ignored int `json:"ignored"`
	// Disabled are the ids of the checks that did not run because of it, Severities the
	// levels that it set, by id, Mesh the switches of the mesh that it set, and Settings
	// what it set for some inputs, and exclude where it leaves out files.
	Disabled   []string          `json:"disabled"`
	Severities map[string]string `json:"severities"`
	Mesh       []string          `json:"mesh"`
	Settings   []string          `json:"settings"`
}

// Configurations returns the configuration files of the run, sorted by their names;
// empty for logs of other tools.
func (l *Log) Configurations() []Configured {
	var all []Configured
	for _, run := range l.runs() {
		for _, c := range ownProperties(run).Configurations {
			one := Configured{File: c.File, Inputs: c.Inputs, Ignored: c.Ignored, Disabled: c.Disabled, Severities: c.Severities, Mesh: c.Mesh, Settings: c.Settings}
			if one.Severities == nil {
				one.Severities = map[string]string{}
			}
			all = append(all, one)
		}
	}
	return all
}

// Ignored is the number of findings that configurations and comments ignore; Suppressed
// counts them too.
func (l *Log) Ignored() (n int) {
	for _, c := range l.Configurations() {
		n += c.Ignored
	}
	for _, c := range l.Comments() {
		n += c.Ignored
	}
	return n
}

// ignoredAt is the rule or the comment that suppresses a result, in a log of ours: of
// what else suppresses one, no place is reported.
func ignoredAt(run *sarif.Run, r *sarif.Result) Location {
	for _, s := range r.Suppressions {
		if s != nil && s.Location != nil && writtenByUs(run) && suppressed(r) != "" {
			return placeOf(run, s.Location)
		}
	}
	return Location{}
}

// idleRules are the notices of ignore rules that ignored nothing though the run looked
// at all that they can be meant for. A shard has none: another one may need the rule.
func idleRules(run *sarif.Run) (all []Notice) {
	own := ownProperties(run)
	if own.Shard != nil {
		return nil
	}
	for _, c := range own.Configurations {
		for _, rule := range c.Idle {
			all = append(all, Notice{Message: "this ignore rule ignored nothing; remove it", Place: positionIn(c.File, rule)})
		}
	}
	return all
}
