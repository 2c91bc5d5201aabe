package eval

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// snapshot is the configuration that a binary plan holds: its *.tf files as they were
// when the plan was made, without tfvars and without what functions read.
type snapshot struct {
	path string // of the binary plan
	// files are the texts by the directory of their module and their name: app/main.tf.
	files map[string][]byte
	// fetched are the directories of the modules by the dotted path of their call.
	fetched map[string]string
}

// Limits of what is read out of a binary plan, which is not to be trusted.
const (
	maxSnapshotFiles = 20_000
	maxSnapshotSize  = 64 << 20 // bytes, of all files
)

// The names in the archive: tfconfig/modules.json, and tfconfig/m-KEY/FILE with the
// dotted path of the module's call as KEY.
const (
	snapshotModules = "tfconfig/modules.json"
	snapshotModule  = "tfconfig/m-"
)

// readSnapshot reads the configuration out of a binary plan.
func readSnapshot(t source.Tree, name string) (*snapshot, *source.Error) {
	s, err := openSnapshot(t, name)
	if err == nil {
		return s, nil
	}
	return nil, &source.Error{
		What: "the configuration in the binary plan cannot be read: " + lang.OneLine(reasonOfPath(err)), Path: name,
		Do: "give the directory of the .tf files with --source", Err: err,
	}
}

func openSnapshot(t source.Tree, name string) (*snapshot, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, err
	}
	if len(archive.File) > maxSnapshotFiles {
		return nil, fmt.Errorf("it has more than %d files", maxSnapshotFiles)
	}
	texts, left := map[string][]byte{}, int64(maxSnapshotSize)
	for _, f := range archive.File {
		if !strings.HasPrefix(f.Name, "tfconfig/") || f.Mode().IsDir() {
			continue
		}
		data, err := readMember(f, min(left, maxFileSize))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", Clip(f.Name), err)
		}
		left -= int64(len(data))
		texts[f.Name] = data
	}
	var modules []struct{ Key, Dir string }
	if err := json.Unmarshal(texts[snapshotModules], &modules); err != nil {
		return nil, errors.New("it has no list of modules")
	}
	s := &snapshot{path: name, files: map[string][]byte{}, fetched: map[string]string{}}
	dirs := map[string]string{}
	for _, m := range modules {
		dir := path.Clean(strings.ReplaceAll(m.Dir, `\`, "/"))
		if !path.IsAbs(dir) {
			dirs[m.Key], s.fetched[m.Key] = dir, dir
		}
	}
	for name, data := range texts {
		key, file, ok := strings.Cut(strings.TrimPrefix(name, snapshotModule), "/")
		dir, listed := dirs[key]
		if ok && listed && strings.HasPrefix(name, snapshotModule) && strings.HasSuffix(file, ".tf") && !strings.Contains(file, "/") {
			s.files[path.Join(dir, file)] = data
		}
	}
	if len(s.files) == 0 {
		return nil, errors.New("it has no .tf files")
	}
	return s, nil
}

func readMember(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errors.New("it is too large")
	}
	return data, err
}

// fill puts the snapshot in the place of the files on disk: the evaluator then finds
// every module read already. Functions read the files beside the binary plan.
func (s *snapshot) fill(e *evaluator) {
	root := filepath.Clean(e.root)
	e.unread = nil
	e.installed = map[string]string{}
	for key, dir := range s.fetched {
		if key != "" {
			e.installed[key] = filepath.Join(root, filepath.FromSlash(dir))
		}
	}
	names := make([]string, 0, len(s.files))
	for name := range s.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		full := filepath.Join(root, filepath.FromSlash(name))
		e.files.read[full] = e.files.named(full, s.files[name])
	}
	for _, name := range names {
		full := filepath.Join(root, filepath.FromSlash(name))
		dir := filepath.Dir(full)
		src := e.sources[dir]
		if src == nil {
			src = &moduleSource{
				dir: dir, variables: map[string]*variable{}, locals: map[string]*hclsyntax.Attribute{},
				outputs: map[string]*hclsyntax.Block{}, resources: map[string]*hclsyntax.Block{},
				data: map[string]*hclsyntax.Block{}, calls: map[string]*hclsyntax.Block{},
			}
			e.sources[dir] = src
		}
		if body := e.parse(full); body != nil {
			e.declare(src, body)
		}
	}
}

// evaluate is Evaluate for a snapshot: as if its files lay in the directory of the
// binary plan.
func (s *snapshot) evaluate(o Options) (c *Configuration, err error) {
	e, err := newEvaluator(filepath.Dir(s.path), o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			bug, _ := source.Caught(r)
			c, err = nil, bug.Fault(s.path)
		}
	}()
	s.fill(e)
	e.run()
	return e.finish(), nil
}

// EvaluateSources evaluates a directory or the snapshot in a binary plan.
func EvaluateSources(name string, o Options) (*Configuration, *source.Error) {
	info, err := o.Tree.Stat(name)
	if err != nil {
		return nil, &source.Error{What: "the sources of the plan cannot be read: " + reasonOfPath(err), Path: name, Do: "fix --source", Err: err}
	}
	if !info.IsDir() {
		s, fault := readSnapshot(o.Tree, name)
		if fault != nil {
			return nil, fault
		}
		c, err := s.evaluate(o)
		return c, faultOf(name, err)
	}
	c, err := Evaluate(name, o)
	return c, faultOf(name, err)
}

// faultOf is an error as an error of an input; nil for nil.
func faultOf(name string, err error) *source.Error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*source.Error](err); ok {
		return known
	}
	return &source.Error{What: lang.OneLine(err.Error()), Path: name, Err: err}
}
