package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// benchPairs is how many alternating pairs the median is taken of.
const benchPairs = 9

// maxRatio is how slow a whole run may be compared with `helm template`: on a machine
// that does other things too, two processes wait longer than one.
const maxRatio = 1.5

// benchCharts are a small, a middling and a large chart of the shared data.
var benchCharts = []string{"podinfo", "wordpress", "kube-prometheus-stack"}

// TestBench compares whole processes: mesh-check with a SARIF log against helm
// template, in turns, so that a busy machine slows both. The median of the ratios
// counts. `make bench` runs it.
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
	build(t, program)
	for _, name := range benchCharts {
		t.Run(name, func(t *testing.T) {
			i := slices.IndexFunc(all, func(dir string) bool { return filepath.Base(dir) == name })
			if i < 0 {
				t.Fatalf("the shared data has no chart %s", name)
			}
			ours := []string{program, "-o", "sarif=" + filepath.Join(t.TempDir(), "log.sarif"), "--fail-on=never", "--no-ci-values", all[i]}
			theirs := []string{helm, "template", "--kube-version", "1.34.0", all[i]}
			measure(t, ours) // once each, so that both find warm files
			measure(t, theirs)
			var ratios []float64
			var us, them usage
			for range benchPairs {
				a, b := measure(t, ours), measure(t, theirs)
				ratios = append(ratios, float64(a.wall)/float64(b.wall))
				us.add(a)
				them.add(b)
			}
			slices.Sort(ratios)
			median := ratios[len(ratios)/2]
			t.Logf("%-22s ratio %.2f (of %.2f to %.2f) · mesh-check %s, %s CPU, %d MB · helm template %s, %s CPU, %d MB",
				name, median, ratios[0], ratios[len(ratios)-1], us.mean(us.wall), us.mean(us.cpu), us.peak>>10,
				them.mean(them.wall), them.mean(them.cpu), them.peak>>10)
			if median > maxRatio {
				t.Errorf("%s takes %.2f times as long as helm template; at most %.2f is promised", name, median, maxRatio)
			}
		})
	}
}

// usage is what processes needed; peak is the largest resident set in KiB.
type usage struct {
	wall, cpu time.Duration
	peak      int64
	runs      int
}

func (u *usage) add(v usage) {
	u.wall, u.cpu, u.peak, u.runs = u.wall+v.wall, u.cpu+v.cpu, max(u.peak, v.peak), u.runs+1
}

func (u *usage) mean(d time.Duration) time.Duration {
	return (d / time.Duration(u.runs)).Round(time.Millisecond)
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
	return usage{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak: peakMemory(cmd.ProcessState)}
}
