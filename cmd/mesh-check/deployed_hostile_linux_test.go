package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a repository with hostile declarations may take at most.
const (
	deployedSeconds = 30
	deployedMB      = 640 // of all processes at one time, each of them in huge pages
)

// deployedAttack is a repository with hostile declarations beside a good chart.
type deployedAttack struct {
	name  string
	files map[string]string // below the repository
	make  func(t *testing.T, repo string)
	exit  int  // as without the declarations
	slow  bool // it is tried with `make bad` alone
	// told are words of notes and warnings: what is not analyzed, and why.
	told []string
	// undecided is of how many declarations it is told that they are not analyzed; 0 for any number.
	undecided int
	// sets are releases of the good chart that are analyzed all the same, and releases how many it has;
	// 0 for any number.
	sets     []string
	releases int
}

// TestDeployedHostile holds that declarations cost at most the releases: the charts are analyzed as
// without them, what is not is told, nothing outside the repository is read, and all of
// it ends in time and within its memory.
func TestDeployedHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	for _, a := range slices.Concat(deployedAttacks(), largeDeployedAttacks()) {
		if a.slow && !thorough() {
			continue
		}
		t.Run(a.name, func(t *testing.T) { a.test(t) })
	}
}

func (a deployedAttack) test(t *testing.T) {
	dir := t.TempDir()
	repo := filepath.Join(dir, "in")
	texts(t, dir, map[string]string{
		".git/HEAD": "", "web/Chart.yaml": chartYAML, "web/values.yaml": "uid: 1337\nport: http\n",
		"web/templates/web.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  securityContext:\n    runAsUser: {{ .Values.uid }}\n" +
			"  containers: [{name: web, image: web}]\n",
		"../neighbor/values.yaml": "port: geheim\n", "../neighbor/Chart.yaml": "geheim: [\n", "../neighbor/templates/x.yaml": "geheim: [\n",
	})
	texts(t, dir, a.files)
	if a.make != nil {
		a.make(t, repo)
	}
	on := measureDeployed(t, dir, "--max-memory=256MiB", "--timeout=20s", "in")
	t.Logf("exit code %d, %s of processors in %s, %d MB", on.code, on.cpu, on.wall, on.peak)
	if on.code != a.exit {
		t.Errorf("exit code %d, want %d\n%s", on.code, a.exit, on.stderr)
	}
	for _, line := range []string{"3", "6"} {
		if !on.report.places()["in/web/templates/web.yaml:"+line] {
			t.Errorf("the good chart has no finding at line %s\n%s", line, on.stderr)
		}
	}
	for _, set := range a.sets {
		if !slices.Contains(on.report.sets(), "in/web: "+set) {
			t.Errorf("%s is not analyzed: %q", set, on.report.sets())
		}
	}
	for _, words := range a.told {
		if !on.report.told(words) && !strings.Contains(on.stderr, words) {
			t.Errorf("%q is not told: %v\n%s", words, on.report.Notes, on.stderr)
		}
	}
	a.counted(t, on)
	for _, output := range []string{on.stdout, on.stderr, on.json, on.sarif} {
		if strings.Contains(output, "geheim") {
			t.Errorf("a text from outside the repository is in an output:\n%.2000s", output)
		}
		if strings.Contains(output, "root:") {
			t.Errorf("a file of the system is in an output:\n%.2000s", output)
		}
	}
	if on.wall.Seconds() > deployedSeconds*slack || on.spent.Seconds() > deployedSeconds {
		t.Errorf("it took %s", on.wall)
	}
	if on.peak > deployedMB {
		t.Errorf("it took %d MB", on.peak)
	}
}

// counted holds how many releases are analyzed and how many declarations are not.
func (a deployedAttack) counted(t *testing.T, r *deployedRun) {
	t.Helper()
	undecided, releases := 0, 0
	for _, n := range r.report.Notes {
		number, _, is := strings.Cut(n.Message, " declared release")
		if count, err := strconv.Atoi(number); is && err == nil {
			undecided += count
		}
	}
	for _, set := range r.report.sets() {
		if strings.HasPrefix(set, "in/web: ") {
			releases++
		}
	}
	if a.undecided > 0 && undecided != a.undecided || a.releases > 0 && releases != a.releases {
		t.Errorf("%d releases are analyzed, want %d; %d declarations are told as not analyzed, want %d:\n%v", releases, a.releases, undecided, a.undecided, r.report.Notes)
	}
}

// application is a declaration with a source.
func application(name, source string) string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: " + name + "\nspec:\n  destination: {namespace: shop}\n  source:\n" +
		"    repoURL: https://git.example.com/x.git\n" + source
}

// deployedAttacks are declarations that lead elsewhere, or in a circle.
func deployedAttacks() []deployedAttack {
	files := map[string]string{
		"app.yaml":     application("web", "    path: web\n"),
		"a/Chart.yaml": chartYAML, "a/templates/a.yaml": application("b", "    path: b\n"),
		"b/Chart.yaml": chartYAML, "b/templates/b.yaml": application("a", "    path: a\n"),
		"c/Chart.yaml": chartYAML, "c/templates/c.yaml": application("c", "    path: c\n"),
	}
	for i, source := range []string{
		"path: ../../../../../../../../../../../etc", "path: ../neighbor", "path: linked",
		"helm: {valueFiles: [/etc/passwd]}", "helm: {valueFiles: [../../../../../../../../../../etc/passwd]}", "helm: {valueFiles: [../../neighbor/values.yaml]}",
		"helm: {valueFiles: [\"../../neighbor/*.yaml\"]}", "helm: {valueFiles: [/envs/values.yaml]}",
		"helm: {fileParameters: [{name: port, path: ../../neighbor/values.yaml}]}", "helm: {fileParameters: [{name: port, path: /etc/passwd}]}",
		"helm: {valueFiles: [\"https://127.0.0.1:1/values.yaml\"]}",
	} {
		name := fmt.Sprintf("outside%d", i)
		if !strings.HasPrefix(source, "path: ") {
			source = "path: web\n    " + source
		}
		files[name+".yaml"] = application(name, "    "+source+"\n")
	}
	for i, file := range []string{"$v/../neighbor/values.yaml", "$v/../../../../../../../../../../etc/passwd"} {
		files[fmt.Sprintf("ref%d.yaml", i)] = fmt.Sprintf("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ref%d\nspec:\n  sources:\n"+
			"  - {path: web, repoURL: x, helm: {valueFiles: [%q]}}\n  - {repoURL: x, ref: v}\n", i, file)
	}
	return []deployedAttack{
		{
			name: "outside", files: files, exit: exitFindings, sets: []string{"argocd web"}, releases: 1, undecided: 13,
			make: func(t *testing.T, repo string) {
				t.Helper()
				link(t, "../neighbor", filepath.Join(repo, "linked"))
				link(t, "../neighbor", filepath.Join(repo, "envs"))
			},
		},
		{
			name: "links and pipes", exit: exitInput, sets: []string{"argocd web"}, releases: 1, undecided: 3, // the chart has the same in its folder, which is told of it
			files: map[string]string{
				"app.yaml":  application("web", "    path: web\n"),
				"link.yaml": application("link", "    path: web\n    helm: {valueFiles: [values-link.yaml]}\n"),
				"etc.yaml":  application("etc", "    path: web\n    helm: {valueFiles: [values-etc.yaml]}\n"),
				"pipe.yaml": application("pipe", "    path: web\n    helm: {valueFiles: [values-pipe.yaml]}\n"),
			},
			make: func(t *testing.T, repo string) {
				t.Helper()
				link(t, "../../neighbor/values.yaml", filepath.Join(repo, "web", "values-link.yaml"))
				link(t, "/etc/passwd", filepath.Join(repo, "web", "values-etc.yaml"))
				fifo(t, filepath.Join(repo, "web", "values-pipe.yaml"))
				fifo(t, filepath.Join(repo, "declaration.yaml"))
			},
		},
	}
}
