package release

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// Repository is where charts, values files and what declares releases lie.
type Repository struct {
	// Tree gives nothing from outside Root.
	Tree source.Tree
	// Root is the directory of the repository, as the tree names it.
	Root string
	// Charts are the remote charts that are here.
	Charts *remote.Charts
}

// Undecided is a declaration, or a part of one, of which no release is made.
type Undecided struct {
	Declared Declaration
	Why      Why
	// Detail names what Why speaks of, such as the path; may be empty.
	Detail string
	// Remote is the chart where Why says that a remote one is not here; else nil.
	Remote *remote.Chart
}

// Why says why no release is made of a declaration.
type Why string

// The reasons, in a few words.
const (
	RemoteChart     Why = "remote chart"
	NotPulled       Why = "remote chart that is not in its directory"
	OtherVersion    Why = "remote chart that is here in another version"
	OtherRepository Why = "path is not in this repository"
	Outside         Why = "path leads outside the repository"
	NotChart        Why = "directory or kustomization, not a chart"
	Plugin          Why = "manifests of a plugin"
	MissingFile     Why = "missing values file"
	RemoteFile      Why = "remote values file"
	NotValid        Why = "not valid"
	NotKnown        Why = "depends on a value that is not known"
	NoSource        Why = "no source"
	Generated       Why = "generator that asks a cluster or a service"
	TooMany         Why = "too many Applications"
	Changed         Why = "the kustomization changes what the chart renders"
	Unsupported     Why = "not supported"
	OldGenerator    Why = "old generator of kustomize"
)

// Fault says why a name, as the tree has it, gives no file; nil where it leads to a file or a
// directory of the repository. given is how the declaration spells it.
func (r *Repository) Fault(name, given string) *Undecided {
	_, err := r.Tree.Stat(name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, source.ErrOutside) || source.IsOutside(err):
		return &Undecided{Why: Outside, Detail: given}
	}
	return &Undecided{Why: MissingFile, Detail: given}
}

// Read reads a regular file of at most maxValues bytes, by its name as the tree has it; all else
// is an error: opening a pipe that nobody writes to never ends.
func (r *Repository) Read(name string) ([]byte, error) {
	info, err := r.Tree.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is not a regular file")}
	}
	return source.ReadFile(r.Tree, name, maxValues)
}

// maxValues bounds a values file in bytes, as those of charts are bounded.
const maxValues = 5 << 20

// Directory is a directory of the repository as the tree names it, by its path from the root with
// slashes, or why there is none: Outside or OtherRepository.
func (r *Repository) Directory(name string) (string, *Undecided) {
	if !filepath.IsLocal(filepath.FromSlash(path.Clean(name))) {
		return "", &Undecided{Why: Outside, Detail: name}
	}
	dir := filepath.Join(r.Root, filepath.FromSlash(name))
	info, err := r.Tree.Stat(dir)
	switch {
	case errors.Is(err, source.ErrOutside) || source.IsOutside(err):
		return "", &Undecided{Why: Outside, Detail: name}
	case err != nil || !info.IsDir():
		return "", &Undecided{Why: OtherRepository, Detail: name}
	}
	return dir, nil
}

// Kind says what a directory is to Argo CD that is not a chart, "kustomize" or "directory". dir is
// as the tree names it.
func (r *Repository) Kind(dir string) string {
	for _, name := range kustomizationNames {
		if _, err := r.Tree.Stat(filepath.Join(dir, name)); err == nil {
			return "kustomize"
		}
	}
	return "directory"
}

// kustomizationNames are the names of a file of kustomize; a directory has one of them.
//
// Source: api/konfig/general.go of kubernetes-sigs/kustomize, at 12f9e6391.
var kustomizationNames = []string{"kustomization.yaml", "kustomization.yml", "Kustomization"}

// IsKustomization reports whether kustomize looks for a file of that name.
func IsKustomization(name string) bool {
	return slices.Contains(kustomizationNames, filepath.Base(name))
}

// Local is where the configuration says that a remote chart is, as the tree names it, or why it
// is not there; see remote.Charts.
func (r *Repository) Local(m remote.Chart) (chart string, undecided *Undecided) {
	chart, missing := r.Charts.Local(m)
	if missing == nil {
		return chart, nil
	}
	why := map[remote.Why]Why{
		remote.NotNamed: RemoteChart, remote.NotKnown: NotKnown, remote.NotPulled: NotPulled, remote.OtherVersion: OtherVersion,
		remote.NotChart: NotChart, remote.Outside: Outside,
	}[missing.Why]
	return "", &Undecided{Why: why, Detail: missing.Detail, Remote: &missing.Chart}
}

// SkippedDirs are the names of directories that tools have filled: nothing is declared there.
var SkippedDirs = []string{".git", ".terraform", "node_modules"}

// MaxFiles bounds how many files and directories of a repository are walked through, far above what
// repositories hold.
const MaxFiles = 500_000
