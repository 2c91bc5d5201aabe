package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// helmFlags are the flags that `helm template` has too, with the same names and
// meaning, and the flags for values sets.
type helmFlags struct {
	valueFiles, set, setString, setFile, setJSON, setLiteral []string

	namespace, releaseName, kubeVersion string
	apiVersions                         []string
	isUpgrade                           bool

	valuesSets []string
	noCIValues bool
	releases   string
}

func (f *helmFlags) groups() []group {
	g := newGroup("Helm (as helm template)")
	f.addTo(g.flags)
	sets := newGroup("Values sets")
	f.addSetsTo(sets.flags)
	sets.flags.StringVar(&f.releases, "releases", releasesAuto, "`MODE` for charts that the repository deploys: auto (check them as it does, unless -f or --set say how), off")
	return []group{g, sets}
}

func (f *helmFlags) addSetsTo(fs *pflag.FlagSet) {
	fs.StringArrayVar(&f.valuesSets, "values-set", nil, "check one more values set, as `NAME=FILE[,FILE]`")
	fs.BoolVar(&f.noCIValues, "no-ci-values", false, "skip the ci/*-values.yaml of a chart")
}

func (f *helmFlags) addTo(fs *pflag.FlagSet) {
	fs.StringSliceVarP(&f.valueFiles, "values", "f", nil, "values `file`, - for standard input; checks this one values set")
	fs.StringArrayVar(&f.set, "set", nil, "set values, as `key=value,...`; checks this one values set")
	fs.StringArrayVar(&f.setString, "set-string", nil, "set string values, as `key=value,...`")
	fs.StringArrayVar(&f.setFile, "set-file", nil, "set values from files, as `key=path,...`")
	fs.StringArrayVar(&f.setJSON, "set-json", nil, "set JSON values, as `key=json` or one JSON object")
	fs.StringArrayVar(&f.setLiteral, "set-literal", nil, "set a literal string, as `key=text`")
	fs.StringVarP(&f.namespace, "namespace", "n", "", "`namespace` of the release (default $HELM_NAMESPACE, else default)")
	fs.StringVar(&f.releaseName, "release-name", "", "`name` of the release (default the chart's name)")
	fs.StringVar(&f.kubeVersion, "kube-version", "", "Kubernetes `version` of the cluster (default the newest known)")
	fs.StringSliceVarP(&f.apiVersions, "api-versions", "a", nil, "API `versions` of the cluster besides those of Kubernetes")
	fs.BoolVar(&f.isUpgrade, "is-upgrade", false, "set .Release.IsUpgrade instead of .Release.IsInstall")
}

// The values of --releases.
const (
	releasesAuto = "auto"
	releasesOff  = "off"
)

// deployed reports whether the releases count that repositories declare.
func (f *helmFlags) deployed() bool { return f.releases == releasesAuto && !f.layered() }

// releaseNamespace is the namespace of the release: -n, else what Helm passes to its
// plugins, else default.
func (f *helmFlags) releaseNamespace() string {
	return cmp.Or(f.namespace, os.Getenv("HELM_NAMESPACE"), "default")
}

// readValues reads a values file as Helm does, but for remote ones: nothing is
// fetched, and not longer than its patience. The name is the file's place in the report.
func readValues(t source.Tree, name string, stdin io.Reader, patience time.Duration) (path string, data []byte, err error) {
	switch {
	case strings.TrimSpace(name) == "-":
		if data, err = source.ReadWithin(patience, input.MaxSize, stream(stdin)); err != nil {
			err = fmt.Errorf("values from standard input: %w", err)
		}
		return "<stdin>", data, err
	case strings.Contains(name, "://"):
		return "", nil, fmt.Errorf("--values %s: remote files are not downloaded; download it and name the file", oneLine(name))
	}
	if err := refused(t, "--values", name); err != nil {
		return "", nil, err
	}
	data, err = readFile(t, name, patience)
	if err != nil {
		return "", nil, unreadable("--values", name, err)
	}
	return source.Shown(t, name), data, nil
}

// take reads the values files, each with some patience, and takes the flags into the
// settings.
func (s *settings) take(f *helmFlags, stdin io.Reader, patience time.Duration) (err error) {
	s.Helm = helm.Options{
		ReleaseName: f.releaseName, Namespace: f.releaseNamespace(), KubeVersion: f.kubeVersion,
		APIVersions: f.apiVersions, IsUpgrade: f.isUpgrade, NoCI: f.noCIValues,
	}
	if f.releases != "" { // blame has no such flag
		if err := oneOf("releases", &f.releases, releasesWords...); err != nil {
			return err
		}
	}
	if f.kubeVersion != "" && !kubeVersion.MatchString(f.kubeVersion) {
		return fmt.Errorf("--kube-version %s: must be a version such as 1.34.0", oneLine(f.kubeVersion))
	}
	for _, name := range f.valueFiles {
		path, data, err := readValues(s.tree(), name, stdin, patience)
		if err != nil {
			return err
		}
		s.Layers = append(s.Layers, layer{Kind: helm.ValuesFile, Name: path, Data: data})
	}
	for _, flag := range []struct {
		kind  helm.LayerKind
		texts []string
	}{
		{helm.SetJSON, f.setJSON},
		{helm.Set, f.set},
		{helm.SetString, f.setString},
		{helm.SetFile, f.setFile},
		{helm.SetLiteral, f.setLiteral},
	} {
		for _, text := range flag.texts {
			s.Layers = append(s.Layers, layer{Kind: flag.kind, Text: text})
		}
	}
	for _, flag := range f.setFile {
		for _, pair := range strings.Split(flag, ",") {
			_, file, _ := strings.Cut(pair, "=")
			if err := refused(s.tree(), "--set-file", file); err != nil {
				return err
			}
			s.give(file, patience)
		}
	}
	s.Helm.ValuesSets, err = valuesSets(s.tree(), f.valuesSets)
	return err
}

// give reads a file that a flag names and that can be read but once, such as
// <(command) in a shell: a worker has no such pipe. What cannot be read is reported by
// who needs it.
func (s *settings) give(name string, patience time.Duration) {
	info, err := s.tree().Stat(name)
	if err != nil || info.Mode().IsRegular() || info.IsDir() {
		return
	}
	if data, err := readFile(s.tree(), name, patience); err == nil {
		if s.Given == nil {
			s.Given = map[string][]byte{}
		}
		s.Given[name] = data
	}
}

// kubeVersion is what --kube-version may be, as Helm reads it.
var kubeVersion = regexp.MustCompile(`^v?\d+(\.\d+){1,2}([-+][0-9A-Za-z.+-]+)?$`)

// valuesSets reads NAME=FILE[,FILE]; the files are read with the chart.
func valuesSets(t source.Tree, flags []string) ([]helm.ValuesSet, error) {
	var sets []helm.ValuesSet
	for _, flag := range flags {
		name, files, ok := strings.Cut(flag, "=")
		if !ok || name == "" || files == "" {
			return nil, fmt.Errorf("--values-set %s: must be NAME=FILE[,FILE]", oneLine(flag))
		}
		if name == helm.DefaultSet || name == helm.CustomSet || slices.ContainsFunc(sets, func(s helm.ValuesSet) bool { return s.Name == name }) {
			return nil, fmt.Errorf("--values-set %s: the name %s is already used", oneLine(flag), oneLine(name))
		}
		set := helm.ValuesSet{Name: name}
		for _, file := range strings.Split(files, ",") {
			if _, err := t.Stat(file); err != nil {
				return nil, unreadable("--values-set "+oneLine(name)+":", file, err)
			}
			if err := refused(t, "--values-set "+oneLine(name), file); err != nil {
				return nil, err
			}
			set.Files = append(set.Files, source.Shown(t, file))
		}
		sets = append(sets, set)
	}
	return sets, nil
}
