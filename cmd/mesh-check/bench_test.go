package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	// benchPairs is how many alternating pairs the median of a chart is taken of,
	// fleetPairs of all charts.
	benchPairs = 11
	fleetPairs = 3
	// maxSlower is how much slower than the kept figures nothing may be. Machines differ
	// in what the start of two processes and their page faults cost: one binary took
	// 0.85 times as long as helm template on one machine and 1.46 times on another, so
	// that the bound is wide; what is compared in one run tells more.
	maxSlower = 2.6
	// maxFleet is how long all charts in one run may take, compared with one `helm
	// template` for each; maxFleetMemory is what the processes of that run may hold
	// together, in MiB.
	maxFleet       = 0.30
	maxFleetMemory = 512
)

type benchChart struct {
	name string
	most float64
}

// benchCharts are a small, a middling and a large chart of the shared data, with how
// long a whole run may take compared with `helm template`, on the slowest machine that
// was measured (on others it is half of that).
var benchCharts = []benchChart{{"podinfo", 2.0}, {"wordpress", 2.0}, {"kube-prometheus-stack", 2.0}}

// figures are what the repository keeps of the last measurement: everything as a
// share of what `helm template` needs at the same time on the same machine.
type figures struct {
	// Whole are whole processes, workers included: the time that they take.
	Whole map[string]float64 `json:"whole"`
	// CPU is the time of all processors that they take.
	CPU map[string]float64 `json:"cpu"`
	// Steps are the steps of the work, of all charts together.
	Steps map[string]float64 `json:"steps"`
	// Charts is the work of each chart, without the start of processes.
	Charts map[string]float64 `json:"charts"`
}

// fleet is the name of the figures of all charts in one run.
const fleet = "all charts"

const figuresFile = "../../testdata/bench/figures.json"

// TestBench measures whole processes against `helm template`, in turns, so that a busy
// machine slows both, and the steps of the work; and compares with the figures that
// the repository keeps. `make bench` runs it, `make bench UPDATE=1` keeps the figures.
func TestBench(t *testing.T) {
	if os.Getenv("MESHCHECK_BENCH") == "" {
		t.Skip("MESHCHECK_BENCH is not set: make bench runs it")
	}
	helm := os.Getenv("MESHCHECK_HELM3")
	if helm == "" {
		t.Fatal("MESHCHECK_HELM3 must name helm v3.22.0; make bench builds it")
	}
	all := sharedCharts(t)
	program := filepath.Join(t.TempDir(), "mesh-check")
	buildReleased(t, program)
	kept := readFigures(t)
	now := figures{Whole: map[string]float64{}, CPU: map[string]float64{}, Steps: map[string]float64{}, Charts: map[string]float64{}}
	template := func(chart string) []string { return []string{helm, "template", "--kube-version", "1.34.0", chart} }
	check := func(charts ...string) []string {
		return append([]string{program, "--quiet", "-o", "sarif=" + filepath.Join(t.TempDir(), "log.sarif"), "--fail-on=never", "--no-ci-values"}, charts...)
	}
	for _, c := range benchCharts {
		t.Run(c.name, func(t *testing.T) {
			i := slices.IndexFunc(all, func(dir string) bool { return filepath.Base(dir) == c.name })
			if i < 0 {
				t.Fatalf("the shared data has no chart %s", c.name)
			}
			ours, theirs := check(all[i]), template(all[i])
			measure(t, ours) // once each, so that both find warm files
			measure(t, theirs)
			var p pairs
			for range benchPairs {
				p.add(measure(t, ours), measure(t, theirs))
			}
			t.Logf("%-22s ratio %s, at most %.2f · mesh-check %s, tree %s · helm template %s", c.name, p, c.most, p.us, treePeak(t, ours), p.them)
			if p.wall.median() > c.most {
				t.Errorf("%s takes %.2f times as long as helm template; at most %.2f is promised", c.name, p.wall.median(), c.most)
			}
			p.compare(t, c.name, &now, kept)
			s := stepsOf(t, all[i])
			t.Logf("%-22s %s · start of a process %s", "", s, started(t, program))
		})
	}
	t.Run("fleet", func(t *testing.T) { benchFleet(t, all, check(all...), template, &now, kept) })
	if *update {
		keepFigures(t, now)
	}
}

// buildReleased builds the program as .goreleaser.yaml does, and Helm its own: what users
// run starts faster than what go build makes where there is a C compiler (CGO_ENABLED=1).
func buildReleased(t *testing.T, file string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", file, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+cmp.Or(os.Getenv("CGO_ENABLED"), "0"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
}

// compare tells and keeps the figures of whole runs.
func (p *pairs) compare(t *testing.T, name string, now *figures, kept figures) {
	t.Helper()
	now.Whole[name], now.CPU[name] = p.wall.median(), p.cpu.median()
	compareFigure(t, name+": time", now.Whole[name], kept.Whole[name])
	compareFigure(t, name+": CPU", now.CPU[name], kept.CPU[name])
}

// benchFleet measures all charts in one run against one `helm template` for each, and
// the steps of the work on all of them.
func benchFleet(t *testing.T, all, ours []string, template func(chart string) []string, now *figures, kept figures) {
	var p pairs
	each := map[string][]time.Duration{}
	commands := map[string][]string{}
	for _, chart := range all {
		commands[chart] = template(chart)
		if exec.Command(commands[chart][0], commands[chart][1:]...).Run() != nil { // a schema that lies in the network
			commands[chart] = append(commands[chart], "--skip-schema-validation")
		}
	}
	measure(t, ours)
	for range fleetPairs {
		us := measure(t, ours)
		var them usage
		for _, chart := range all {
			one := measure(t, commands[chart])
			each[chart] = append(each[chart], one.wall)
			them.wall, them.cpu = them.wall+one.wall, them.cpu+one.cpu
		}
		p.add(us, them)
	}
	peak := treePeak(t, ours)
	t.Logf("%d charts in one run: ratio %s, at most %.2f · mesh-check %s, tree %s of at most %d MiB · helm template %s", len(all), p, maxFleet, p.us, peak, maxFleetMemory, p.them)
	if p.wall.median() > maxFleet {
		t.Errorf("all charts take %.2f times as long as helm template; at most %.2f is promised", p.wall.median(), maxFleet)
	}
	if peak > maxFleetMemory {
		t.Errorf("the processes hold %s; at most %d MiB are promised", peak, maxFleetMemory)
	}
	p.compare(t, fleet, now, kept)

	var total steps
	var helm time.Duration
	var slower []float64
	for _, chart := range all {
		s := stepsOf(t, chart)
		total.add(s)
		slices.Sort(each[chart])
		median := each[chart][len(each[chart])/2]
		helm += median
		name := filepath.Base(filepath.Dir(chart)) + "/" + filepath.Base(chart)
		now.Charts[name] = share(s.sum(), median)
		if was := kept.Charts[name]; was > 0 {
			slower = append(slower, now.Charts[name]/was)
		}
		t.Logf("%-70s %s", name, s)
	}
	t.Logf("%-70s %s", "all charts", total)
	for i, name := range stepNames {
		now.Steps[name] = share(total[i], helm)
		if was := kept.Steps[name]; was > 0 {
			t.Logf("%-10s %5.1f %% of helm template, x%.2f of what was kept", name, 100*now.Steps[name], now.Steps[name]/was)
		}
	}
	if len(slower) > 0 {
		slices.Sort(slower)
		compareFigure(t, "work on a chart, the median of all charts", slower[len(slower)/2], 1)
	}
}

// compareFigure tells how a figure compares with the kept one, and fails where it is
// much worse.
func compareFigure(t *testing.T, what string, now, was float64) {
	t.Helper()
	if was == 0 {
		t.Logf("%s: nothing is kept to compare with; make bench UPDATE=1 keeps it", what)
		return
	}
	word := "slower"
	if now < was {
		word = "faster"
	}
	t.Logf("%s: x%.2f of what was kept, %s", what, now/was, word)
	if now/was > maxSlower && !*update {
		t.Errorf("%s: %.2f times as slow as what was kept (at most %.2f); read the profile, or keep the new figure with make bench UPDATE=1", what, now/was, maxSlower)
	}
}

func readFigures(t *testing.T) (f figures) {
	t.Helper()
	data, err := os.ReadFile(figuresFile)
	if errors.Is(err, fs.ErrNotExist) {
		return f
	}
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// keepFigures writes the figures, rounded to what a busy machine lets one see.
func keepFigures(t *testing.T, f figures) {
	t.Helper()
	round := func(all map[string]float64) {
		for name, v := range all {
			all[name] = float64(int(v*1000+0.5)) / 1000
		}
	}
	round(f.Whole)
	round(f.CPU)
	round(f.Steps)
	round(f.Charts)
	data, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(figuresFile), 0o755)
	}
	if err == nil {
		err = os.WriteFile(figuresFile, append(data, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestFiguresAreKept holds that the repository has figures of everything that is
// measured.
func TestFiguresAreKept(t *testing.T) {
	f := readFigures(t)
	for _, c := range append(benchCharts, benchChart{fleet, maxFleet}) {
		if v := f.Whole[c.name]; v <= 0 || v > c.most || f.CPU[c.name] <= 0 {
			t.Errorf("%s: %.3f is kept, want above 0 and at most %.2f; of CPU %.3f", c.name, v, c.most, f.CPU[c.name])
		}
	}
	for _, step := range stepNames {
		if f.Steps[step] <= 0 {
			t.Errorf("the step %s: %.3f is kept", step, f.Steps[step])
		}
	}
	if len(f.Charts) < 100 {
		t.Errorf("%d charts are kept", len(f.Charts))
	}
}

func measure(t *testing.T, args []string) usage {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return usage{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), runs: 1}
}

// started is how long the program takes to start and end.
func started(t *testing.T, program string) time.Duration {
	t.Helper()
	best := time.Hour
	for range benchPairs {
		best = min(best, measure(t, []string{program, "version"}).wall)
	}
	return best.Round(100 * time.Microsecond)
}
