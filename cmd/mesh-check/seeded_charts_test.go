package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// maxSeeded is how large a chart may be, in bytes: hundreds of faults each need a run over one.
const maxSeeded = 16 << 10

// seedbed has copies of real charts, and what the program says about them without a fault.
type seedbed struct {
	program, dir string
	charts       []*seededChart
	known        map[string]bool // findings before anything is planted, as `input id file:line`
	reported     map[string]bool // the checks that have some, as `input id`
	spent        time.Duration   // of processors, by the program
}

// seededChart is a copy of a real chart.
type seededChart struct {
	name  string            // in the shared data
	dir   string            // of the copy, in that of the bed
	files map[string]string // its text, by name
	nodes []seededNode
}

// seededNode is a key or a value of an object that the chart renders.
type seededNode struct {
	object string // its kind and name, and the number of the document
	kind   string
	blameNode
}

// newSeedbed copies the charts into which faults are planted: those of the shared data that are small, have
// values and helpers, and no schema that would refuse a value more. Their ci/ is left out, because it
// would only repeat each fault.
func newSeedbed(t *testing.T) *seedbed {
	t.Helper()
	b := &seedbed{program: built(t), dir: t.TempDir(), known: map[string]bool{}, reported: map[string]bool{}}
	for _, shared := range sourcetest.Charts(t) {
		c := &seededChart{name: shared.Name, dir: fmt.Sprintf("%02d", len(b.charts)), files: map[string]string{}}
		size := 0
		err := filepath.WalkDir(shared.Dir, func(file string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			name, err := filepath.Rel(shared.Dir, file)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			if strings.HasPrefix(name, "ci/") {
				return nil
			}
			text, err := os.ReadFile(file)
			c.files[name] = string(text)
			size += len(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, values := c.files["values.yaml"]
		_, helpers := c.files[seedHelpers]
		_, schema := c.files["values.schema.json"]
		if size > maxSeeded || !values || !helpers || schema {
			continue
		}
		b.write(t, c, c.files)
		b.charts = append(b.charts, c)
	}
	if len(b.charts) < 20 {
		t.Fatalf("%d charts: too few to tell anything", len(b.charts))
	}
	t.Cleanup(func() {
		t.Logf("%d charts, %s of processor time in the program", len(b.charts), b.spent.Round(time.Millisecond))
	})
	return b
}

// write writes files of a chart.
func (b *seedbed) write(t *testing.T, c *seededChart, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(b.dir, c.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, file, text)
	}
}

// restore makes a chart the one that it was.
func (b *seedbed) restore(t *testing.T, c *seededChart) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(b.dir, c.dir)); err != nil {
		t.Fatal(err)
	}
	b.write(t, c, c.files)
}

// remember keeps the findings of the charts as they are, and where their objects are written.
func (b *seedbed) remember(t *testing.T, log []byte) {
	t.Helper()
	var is report
	if err := json.Unmarshal(log, &is); err != nil {
		t.Fatal(err)
	}
	for _, e := range is.Errors {
		t.Errorf("%s: %s", e.Input, e.Message)
	}
	for _, f := range is.Findings {
		b.known[fmt.Sprintf("%s %s %s", f.Input, f.ID, f.Location)] = true
		b.reported[f.Input+" "+f.ID] = true
	}
	for _, c := range b.charts {
		cmd := exec.Command(b.program, "blame", "-o", "json", c.dir)
		cmd.Dir = b.dir
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.name, err, stderr.String())
		}
		b.spent += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		var blamed blameReport
		if err := json.Unmarshal(out, &blamed); err != nil {
			t.Fatal(err)
		}
		for _, file := range blamed.Files {
			for i, d := range file.Documents {
				for _, n := range d.Nodes {
					c.nodes = append(c.nodes, seededNode{fmt.Sprintf("%s %d in %s", d.objectName, i, file.Template), d.Kind, n})
				}
			}
		}
	}
}

// has says whether the chart has a finding of the check there without a fault.
func (b *seedbed) has(c *seededChart, id string, at place) bool {
	return b.known[fmt.Sprintf("%s %s %s/%s", c.dir, id, c.dir, at)]
}
