package sarif

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// shard says that a log is of every parts-th input of a run, from the part-th on
// (1-based). The zero value says that it is of all.
type shard struct{ part, parts int }

func (s shard) String() string { return fmt.Sprintf("%d/%d", s.part, s.parts) }

// MarkShard writes into the log that it is of every parts-th input of a run alone, from
// the part-th (1-based) on: Merge then puts the inputs into the order of the run, and
// misses a part that is not there. 1 of 1 is the whole run and is not marked.
func (l *Log) MarkShard(part, parts int) {
	if parts <= 1 {
		return
	}
	for _, run := range l.runs() {
		if p := ownProperties(run); p != nil {
			p["shard"] = map[string]any{"part": part, "parts": parts}
		}
	}
}

// shardOf is the part of a run that a log of ours is of.
func shardOf(run *sarif.Run) (s shard, err error) {
	of, marked := ownProperties(run)["shard"]
	if !marked {
		return shard{}, nil
	}
	m, _ := of.(map[string]any)
	s = shard{intIn(m, "part"), intIn(m, "parts")}
	if s.part < 1 || s.part > s.parts {
		return s, errors.New("has a property shard that is not a part of a run; merge logs as they were written")
	}
	return s, nil
}

// wholeRun reports whether the logs are no shards, or all shards of one run, each once.
func (m *Merger) wholeRun() error {
	if len(m.shards) == 0 {
		return nil
	}
	has := map[int]int{} // the log that has a part
	parts := m.shards[0].parts
	for i, s := range m.shards {
		switch other, twice := has[s.part]; {
		case s.parts == parts && parts == 0:
			continue
		case s.parts != parts:
			return fmt.Errorf("%s: is %s, and %s is %s; merge the shards of one run", m.name(i), s.words(), m.name(0), m.shards[0].words())
		case twice:
			return fmt.Errorf("%s: is %s, and so is %s; pass each shard once", m.name(i), s.words(), m.name(other))
		}
		has[s.part] = i
	}
	for part := 1; part <= parts && len(has) < parts; part++ {
		if _, ok := has[part]; !ok {
			return fmt.Errorf("shard %s is missing; pass the logs of all shards", shard{part, parts})
		}
	}
	return nil
}

func (s shard) words() string {
	if s.parts == 0 {
		return "no shard"
	}
	return "shard " + s.String()
}

// entry is an input of a log with its place.
type entry struct {
	spot
	input map[string]any
}

// inRunOrder puts inputs into the order of the logs, and those of shards into the order
// of their run, which dealt them out to its shards in turn.
func (m *Merger) inRunOrder() {
	slices.SortFunc(m.list, func(a, b entry) int { return a.compare(b.spot) })
	if len(m.shards) == 0 || m.shards[0].parts == 0 {
		return
	}
	at := map[string]int{}
	for i, e := range m.list {
		at[textIn(e.input, "path")] = i
	}
	for _, c := range m.configured {
		names := textsIn(c.(map[string]any), "inputs")
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(at[a], at[b]) })
		c.(map[string]any)["inputs"] = anys(names)
	}
}
