package main

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"io"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/search"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

// task is what a worker is asked to do with the inputs of a job.
type task string

const (
	taskFind     task = "find"     // list the inputs below a directory
	taskInit     task = "init"     // the same, with the files that lie beside them
	taskCheck    task = "check"    // look at one input
	taskTogether task = "together" // look at all inputs as one cluster
	taskBlame    task = "blame"    // explain the lines of one chart
	taskReleases task = "releases" // list the releases that a directory declares
	taskCover    task = "cover"    // say which lines of one chart are rendered
)

// job is one request to a worker, with everything that it needs to know.
type job struct {
	Task     task
	Inputs   []input.Input
	Settings settings
	// Sequential makes Helm's engine wait until the tracing engine is through: what
	// ended a worker then most often is an error with its line.
	Sequential bool
	// Lost is what has ended workers before: it is reported as an error and not tried
	// again.
	Lost []meshcheck.Skip
	// Formats are those in which blame is reported.
	Formats []string
	// Covering is what a taskCover is asked for.
	Covering coverTask
	// ShowSecrets has blame tell the data of Secrets.
	ShowSecrets bool

	// Mentioned ends a taskReleases at once where no file of the repository mentions one.
	Mentioned bool

	written counted // what the worker has written of its reply
}

// counted counts the bytes that go through a writer.
type counted struct {
	w io.Writer
	n int
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

// settings are what is the same for all inputs of a run.
type settings struct {
	Helm      helm.Options // without Layers: their files are in Layers
	Layers    []layer
	Terraform terraform.Options // without Helm
	Sources   string            // of plans: where their .tf files lie
	// Given are files that flags name and that are no regular files, by their names.
	Given map[string][]byte
	// Edits are the bytes of files, by their names, that count in the place of those on
	// disk: see source.Overlay.
	Edits     map[string][]byte
	Mesh      *checks.Mesh
	Selection checks.Selection
	// Graph asks for pictures of the mesh.
	Graph bool
	Log   logSettings
	// Today is the day by which ignore comments end, as 2026-11-28; empty: none ends.
	Today string
	// Releases is what the configurations of repositories say about releases, by their roots.
	Releases map[string]release.Config
	// Explore is how charts are explored; nil where they are not.
	Explore *helm.ExploreOptions
}

// tree is where all files are.
func (s *settings) tree() source.Tree { return source.Overlay(source.Disk, s.Edits) }

// layer is one -f file or --set flag.
type layer struct {
	Kind helm.LayerKind
	Text string
	Name string // of the -f file, as the report spells it
	Data []byte
}

// logSettings say how a log is made.
type logSettings struct {
	Root, Dir      string
	Primary        string
	ShowSuppressed bool
	// Configuration is the configuration file of the inputs; nil: there is none.
	Configuration *sarif.Configuration
}

// answer is what a worker answers.
type answer struct {
	Found []input.Input // taskFind
	// Excludes reports whether each exclusion of a taskFind left something out.
	Excludes []bool
	Errors   []string
	More     int      // errors beyond maxComplaints
	Notes    []string // taskBlame, taskReleases, taskCover
	// Releases and Undecided are what a taskReleases has found.
	Releases  []releaseRow
	Undecided []undecidedRow
	// Deployed are the charts of a taskReleases that have releases, as inputs are spelled.
	Deployed []string
	Cover    *coverChart // taskCover; nil where nothing could be read
	CI       ciMade      // of a taskCover that asks for them
	// Blame are the sizes of what a taskBlame has written, one for each of its formats.
	Blame []int
	// Log is the size of a fragment of the log, as SARIF, that a taskCheck or taskTogether
	// has written.
	Log  int
	Bugs []bug

	blamed [][]byte // what these sizes are of
	log    []byte
}

// A reply of a worker is what a job writes while it goes on, a log or a blame, then the answer, and
// the size of what is before it as 8 bytes: no more than a part of it is held by
// the worker, and nothing of it is encoded once more.

// reply ends a reply of which there are so many bytes already.
func (a answer) reply(before int) ([]byte, error) {
	message, err := encoded(a)
	return binary.BigEndian.AppendUint64(message, uint64(before)), err
}

// readReply reads a reply; the answer has parts of it.
func readReply(data []byte) (a answer, err error) {
	end := len(data) - 8
	if end < 0 {
		return a, io.ErrUnexpectedEOF
	}
	before := binary.BigEndian.Uint64(data[end:])
	if before > uint64(end) {
		return a, io.ErrUnexpectedEOF
	}
	if err := decode(data[before:end], &a); err != nil {
		return a, err
	}
	if a.Log < 0 || a.Log > int(before) {
		return a, io.ErrUnexpectedEOF
	}
	a.log, data, before = data[:a.Log], data[a.Log:], before-uint64(a.Log)
	for _, n := range a.Blame {
		if n < 0 || n > int(before) {
			return a, io.ErrUnexpectedEOF
		}
		a.blamed = append(a.blamed, data[:n])
		data, before = data[n:], before-uint64(n)
	}
	return a, nil
}

// addErrors takes the errors of a report, as standard error tells them.
func (a *answer) addErrors(r *checks.Report) {
	printed := map[string]bool{} // one error of several values sets is one line
	for i, e := range r.Errors {
		if len(a.Errors) == maxPrintedErrors {
			a.More = len(r.Errors) - i
			break
		}
		if line := e.Err.Error(); !printed[line] {
			printed[line] = true
			a.Errors = append(a.Errors, line)
		}
	}
}

// encoded is a value as a message to or from a worker.
func encoded(v any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(v)
	return b.Bytes(), err
}

func decode(data []byte, v any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(v) }

// softDeadline is when a worker gives up by itself, with the place that it has come to: a
// tenth of the time before its deadline, at which it ends without a word.
func softDeadline(deadline time.Time) time.Time {
	if deadline.IsZero() {
		return deadline
	}
	return deadline.Add(-time.Until(deadline) / 10)
}

// hardDeadline is when a worker is ended that gives up by itself at a time: see soon.
func hardDeadline(soon time.Time) time.Time {
	if soon.IsZero() {
		return soon
	}
	return soon.Add(time.Until(soon) / 9)
}

// helmOptions are the settings for charts, with the values of flags.
func (j *job) helmOptions(tree source.Tree) helm.Options {
	o := j.Settings.Helm
	o.Tree, o.Sequential = tree, j.Sequential
	for _, l := range j.Settings.Layers {
		one := helm.Layer{Kind: l.Kind, Text: l.Text}
		switch l.Kind {
		case helm.ValuesFile:
			one.File = source.NewFile("", l.Name, l.Data)
		case helm.SetFile:
			one.ReadFile = func(name string) ([]byte, error) {
				if data, ok := j.Settings.Given[name]; ok {
					return data, nil
				}
				if err := source.Strayed(tree, name); err != nil {
					return nil, err
				}
				return source.ReadFile(tree, name, input.MaxSize)
			}
		}
		o.Layers = append(o.Layers, one)
	}
	return o
}

// declared are the releases of the repositories that this worker has searched: all of its jobs are
// of one run, with the same settings.
var declared search.Memo

// request is what a worker asks of the analysis.
func (j *job) request() meshcheck.Request {
	s := &j.Settings
	t := s.Terraform
	t.Given = s.Given
	declared.Configs = s.Releases
	return meshcheck.Request{
		Inputs: j.Inputs, Tree: s.tree(), Helm: j.helmOptions(s.tree()), Terraform: t, Sources: s.Sources,
		Mesh: s.Mesh, Selection: s.Selection, Together: j.Task == taskTogether, Today: s.Today, Skips: j.Lost, Releases: &declared,
		Explore: s.Explore, Graph: s.Graph,
	}
}

// build makes a log of a report; what is the same in all logs (the pages of the
// checks) the parent adds once.
func (s logSettings) build(r *checks.Report) *sarif.Log {
	var used []sarif.Configuration
	if s.Configuration != nil {
		used = []sarif.Configuration{*s.Configuration}
		used[0].Inputs = nil
		for _, in := range r.Inputs {
			used[0].Inputs = append(used[0].Inputs, in.Path)
		}
	}
	return sarif.Build(r, sarif.Options{
		Configurations: used, Version: programVersion(), Root: s.Root, Dir: s.Dir,
		Release: func(input string) []string { return r.Installed[input] },
		Primary: sarif.Primary(s.Primary), ShowSuppressed: s.ShowSuppressed,
	})
}
