package release

import (
	"errors"
	"os"

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

// expand is os.Expand with $$ for $.
func expand(text string, value func(name string) string) string {
	return os.Expand(text, func(name string) string {
		if name == "$" {
			return "$"
		}
		return value(name)
	})
}

func asError(path string, err error) *source.Error {
	var e *source.Error
	if errors.As(err, &e) {
		return e
	}
	return &source.Error{What: err.Error(), Path: path, Err: err}
}
