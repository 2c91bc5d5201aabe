package manifest

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// reason is why a file or directory was skipped: an index of reasons.
type reason int

const (
	kustomization reason = iota
	partOfKustomization
	template
	plan
	incompleteChart
	ofTerraform
	toolFile
	valuesFile
	ciFile
	composeFile
	noObjects
	tooLarge
	link
	special
	hidden
	excluded
)

// reasons are the words for them, for one and for several.
var reasons = [...]struct{ one, several string }{
	kustomization:       {"kustomization, which kustomize build turns into manifests", "kustomizations, which kustomize build turns into manifests"},
	partOfKustomization: {"patch or other part of a kustomization", "patches and other parts of kustomizations"},
	template:            {"template of another tool", "templates of other tools"},
	plan:                {"Terraform plan, which has to be named itself", "Terraform plans, which have to be named themselves"},
	incompleteChart:     {"directory that looks like a chart but has no Chart.yaml", "directories that look like charts but have no Chart.yaml"},
	ofTerraform:         {"file that a Terraform root reads and that is checked there", "files that Terraform roots read and that are checked there"},
	toolFile:            {"configuration of a tool", "configurations of tools"},
	valuesFile:          {"values file", "values files"},
	ciFile:              {"CI file", "CI files"},
	composeFile:         {"Compose file", "Compose files"},
	noObjects:           {"other file without Kubernetes objects", "other files without Kubernetes objects"},
	tooLarge:            {"file larger than 16 MiB", "files larger than 16 MiB"},
	link:                {"symbolic link", "symbolic links"},
	special:             {"file that is not a regular one", "files that are not regular ones"},
	hidden:              {"hidden directory", "hidden directories"},
	excluded:            {"file or directory that is excluded", "files and directories that are excluded"},
}

// named are files that hold no objects, recognized by the patterns of their names: what
// people look for when they ask why a file was skipped.
var named = []struct {
	pattern string
	reason  reason
}{
	{"values*.y*ml", valuesFile}, {"*values.y*ml", valuesFile},
	{".gitlab-ci*.y*ml", ciFile},         // docs.gitlab.com/ci/yaml
	{"azure-pipelines*.y*ml", ciFile},    // learn.microsoft.com/azure/devops/pipelines
	{"bitbucket-pipelines.y*ml", ciFile}, // support.atlassian.com/bitbucket-cloud
	{".travis.y*ml", ciFile}, {"appveyor.y*ml", ciFile}, {".drone.y*ml", ciFile},
	{"buildspec*.y*ml", ciFile}, {"cloudbuild*.y*ml", ciFile}, {".pre-commit-config.yaml", ciFile},
	{"docker-compose*.y*ml", composeFile}, {"compose*.y*ml", composeFile}, // compose-spec.io
}

// byName is why a file without objects was skipped.
func byName(name string) reason {
	base := strings.ToLower(filepath.Base(name))
	for _, n := range named {
		if match, _ := path.Match(n.pattern, base); match {
			return n.reason
		}
	}
	return noObjects
}

// toolGroups are API groups of configuration files that look like objects and that no
// cluster is given, with who reads them.
var toolGroups = map[string]string{
	"kustomize.config.k8s.io": "kustomize", "skaffold": "Skaffold", "kind.x-k8s.io": "kind", "k3d.io": "k3d", "eksctl.io": "eksctl",
	"backstage.io": "Backstage", "kubeadm.k8s.io": "kubeadm", "kubelet.config.k8s.io": "kubelet", "kubeproxy.config.k8s.io": "kube-proxy",
	"apiserver.config.k8s.io": "kube-apiserver", "apiserver.k8s.io": "kube-apiserver", "audit.k8s.io": "kube-apiserver",
	"kubescheduler.config.k8s.io": "kube-scheduler", "client.authentication.k8s.io": "kubectl", "kuttl.dev": "KUTTL",
	"ctlptl.dev": "ctlptl", "tilt.dev": "Tilt", "krew.googlecontainertools.github.com": "Krew",
}

// isToolFile reports whether an object is the configuration of a tool; v1 Config is that of
// kubectl.
func isToolFile(apiVersion, kind string) bool {
	group, version, grouped := strings.Cut(apiVersion, "/")
	if !grouped {
		return version == "" && group == "v1" && kind == "Config"
	}
	return toolGroups[group] != ""
}

// Passed is what was skipped below a directory: how many of each reason, and the
// first of them by name.
type Passed struct {
	n     [len(reasons)]int
	first [len(reasons)]string
}

func (p *Passed) add(r reason, name string) {
	if p.n[r] == 0 {
		p.first[r] = filepath.ToSlash(name)
	}
	p.n[r]++
}

// Any reports whether anything was skipped.
func (p *Passed) Any() bool { return p.n != [len(reasons)]int{} }

// String tells what was skipped and why, with the first of each.
func (p *Passed) String() string {
	var parts []string
	for r, words := range reasons {
		switch n := p.n[r]; n {
		case 0:
		case 1:
			parts = append(parts, fmt.Sprintf("1 %s (%s)", words.one, p.first[r]))
		default:
			parts = append(parts, fmt.Sprintf("%d %s (first %s)", n, words.several, p.first[r]))
		}
	}
	return strings.Join(parts, ", ")
}
