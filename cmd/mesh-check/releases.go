package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/search"
	"github.com/mesh-check/mesh-check/render/source"
)

func releasesCommand(s streams) *cobra.Command {
	var limits limitFlags
	var outputs []string
	var pull bool
	out := newGroup("Output")
	out.flags.StringArrayVarP(&outputs, "output", "o", nil, "`FORMAT[=FILE]`, repeatable: text, json (default text)")
	out.flags.BoolVar(&pull, "pull", false, "print the commands that fetch the charts that are not in the repository, and run none")
	return grouped(&cobra.Command{
		Use:   "releases [flags] [PATH]",
		Short: "List the releases of charts that a repository declares",
		Long: `List which charts a repository deploys, under which names, into which namespaces and with
which values, as Argo CD Applications declare it: those in manifests, and those that charts
render (app of apps). A chart that renders Applications and that no Application deploys is
rendered with each values-NAME.yaml beside its values.yaml. The configuration in the root of
the repository declares releases of its own, and says where remote charts are. Nothing is
fetched: what is not in the repository is listed with the reason. Values of parameters are
not printed.`,
		Example: "  mesh-check releases\n  mesh-check releases -o json argocd/\n  mesh-check releases --pull | sh",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("releases takes one directory")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if pull && len(outputs) > 0 {
				return errors.New("--pull prints commands and takes no -o")
			}
			outputs, err := parseOutputs(outputs, ownFormats)
			if err != nil {
				return err
			}
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if pull {
				outputs = []output{{format: pullFormat}}
			}
			return listReleases(s, limits, source.Shown(source.Disk, dir), outputs)
		},
	}, limits.group(false), out)
}

// pullFormat is the format of --pull.
const pullFormat = "pull"

// listReleases has a worker list the releases of a directory.
func listReleases(s streams, limits limitFlags, dir string, outputs []output) error {
	if err := refused(source.Disk, "releases", dir); err != nil {
		return err
	}
	info, err := source.Disk.Stat(dir)
	if err != nil {
		return unreadable("releases:", dir, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("releases: %s: is not a directory", oneLine(dir))
	}
	root := repositoryOf(source.Disk, dir)
	declared, notes, err := configuredReleases(s, root, dir)
	if err != nil {
		return err
	}
	of := settings{Releases: map[string]release.Config{root: declared}}
	d, err := newDispatcher(of, limits, s.in, s.err)
	if err != nil {
		return err
	}
	defer d.close()
	a, err := d.askRetrying(job{Task: taskReleases, Inputs: []input.Input{{Path: dir}}, Settings: of})
	if err != nil {
		return err
	}
	listed := releaseList{Schema: 1, Path: filepath.ToSlash(dir), Releases: a.Releases, Undecided: a.Undecided, Notes: append(notes, a.Notes...)}
	for _, o := range outputs {
		text, err := listed.as(o.format, root)
		if err != nil {
			return err
		}
		if err := o.put(s.out, text); err != nil {
			return err
		}
	}
	return a.failures(s)
}

// as is the list in a format.
func (l *releaseList) as(format, root string) ([]byte, error) {
	switch format {
	case "json":
		return l.json()
	case pullFormat:
		return l.pull(root), nil
	}
	return l.text()
}

// releases lists what the directory of the job declares, in a worker.
func (j *job) releases(c *worker.Call) (a answer) {
	dir, tree := j.Inputs[0].Path, j.Settings.tree()
	root := repositoryOf(tree, dir)
	o := search.Options{Tree: tree, Root: root, Dir: dir, Helm: j.helmOptions(tree), Config: j.Settings.Releases[root]}
	if j.Mentioned && len(o.Config.Declared) == 0 && !search.Mentioned(tree, dir) {
		return a
	}
	o.Helm.Deadline = softDeadline(c.Deadline())
	o.Helm.Began = func(template string) { c.Begin(began{0, "", template}.bytes()) }
	found, err := search.Find(o)
	if err != nil {
		a.Errors = append(a.Errors, input.AsError(dir, err).Error())
		return a
	}
	a.Notes = found.Notes
	for _, err := range found.Errors {
		a.Errors = append(a.Errors, err.Error())
		if b := bugOf(dir, err); b != nil && len(a.Bugs) == 0 {
			a.Bugs = append(a.Bugs, *b)
		}
	}
	for _, r := range found.Releases {
		a.Releases = append(a.Releases, rowOf(r))
	}
	a.Deployed = found.Charts()
	for _, u := range found.Undecided {
		a.Undecided = append(a.Undecided, undecidedOf(u))
	}
	return a
}

// repositoryOf is the directory of the repository in which a directory lies, spelled like it;
// itself where it lies in none.
func repositoryOf(tree source.Tree, dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	root, _ := source.Repository(tree, abs)
	rel, err := filepath.Rel(abs, root)
	if err != nil {
		return dir
	}
	return filepath.Join(dir, rel)
}
