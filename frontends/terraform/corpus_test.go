package terraform

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/kube"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// What the corpus must reach, and what a repository may take on a free machine.
const (
	wantDecided = 86.0 // percent of the instances with all that a check may ask for known
	wantExact   = 98.8 // percent of the fields with a place of their own that is proven
	wantTime    = 2 * time.Second
)

// beside are parts of objects that do not count as asked for by checks, which the
// figure is about: names, labels, selectors, ports, users, capabilities and the rest of
// what Istio requires. Beside them stand what is in files and variables, what a
// container runs and how much it gets, where it runs and how often, and annotations
// that are not Istio's. A few checks read images, commands and variables too; where
// these are not known, they say so.
var beside = regexp.MustCompile(`(^|\.)(data|binaryData|stringData|immutable|resources|nodeSelector|affinity|tolerations|` +
	`replicas|minReplicas|maxReplicas|strategy|updateStrategy|imagePullSecrets|imagePullPolicy|priorityClassName|` +
	`storageClassName|schedule|suspend|ttlSecondsAfterFinished|backoffLimit|activeDeadlineSeconds|caBundle|` +
	`revisionHistoryLimit|minReadySeconds|terminationGracePeriodSeconds|valueFrom|loadBalancerIP|loadBalancerSourceRanges)($|\.|\[)|` +
	`env\[\d+\]\.value$|\.(image|args|command|mountPath|subPath|secretName)(\[\d+\])?$|(^|\.)volumes\[\d+\]\.(?:secret|configMap|persistentVolumeClaim)\.|` +
	`(initialDelay|period|timeout)Seconds$|(success|failure)Threshold$|^apiVersion$`)

// tally is what was counted over some roots.
type tally struct {
	roots, blocks, empty, instances, decided, objects int
	fields, exact, checked                            int
	reasons                                           map[string]int
}

func (a *tally) add(b tally) {
	a.roots += b.roots
	a.blocks += b.blocks
	a.empty += b.empty
	a.instances += b.instances
	a.decided += b.decided
	a.objects += b.objects
	a.fields += b.fields
	a.exact += b.exact
	a.checked += b.checked
	for reason, n := range b.reasons {
		a.reasons[reason] += n
	}
}

func (a *tally) String() string {
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	return fmt.Sprintf("%d roots, %d blocks (%d without instances), %d instances, %.1f %% decided; %d objects, %d fields, %.2f %% exact (%d literals compared)",
		a.roots, a.blocks, a.empty, a.instances, percent(a.decided, a.instances), a.objects, a.fields, percent(a.exact, a.fields), a.checked)
}

// TestCorpus analyses real configurations: each root whole, each unknown value with
// its reason, each place inside of its file and, where a literal stands there, the
// very value.
func TestCorpus(t *testing.T) {
	dir := sourcetest.Shared(t, "data/terraform/corpus")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	total := tally{reasons: map[string]int{}}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			repository := withLinks(t, filepath.Join(dir, e.Name()))
			begin := cpuTime()
			roots, errs := eval.Find(source.Disk, repository)
			for _, err := range errs {
				t.Error(err)
			}
			var loaded []*Root
			var configurations []*eval.Configuration
			for _, root := range roots {
				o := eval.Options{Within: repository}
				c, err := eval.Evaluate(root, o)
				if err != nil {
					t.Errorf("%s: %v", root, err)
					continue
				}
				out := &Root{}
				out.add(c.Resources, kube.Options{Input: root, Root: root, Within: repository, Files: c.Files})
				loaded, configurations = append(loaded, out), append(configurations, c)
			}
			took := cpuTime() - begin
			counted := tally{reasons: map[string]int{}}
			for i, out := range loaded {
				counted.add(inspect(t, configurations[i], out))
			}
			t.Logf("%s, %s", &counted, took.Round(time.Millisecond))
			if took > wantTime && !slow() {
				t.Errorf("it took %s, not under %s", took, wantTime)
			}
			total.add(counted)
		})
	}
	t.Log(&total)
	for _, line := range mostOften(total.reasons, 25) {
		t.Log(line)
	}
	if share := 100 * float64(total.decided) / float64(total.instances); share < wantDecided {
		t.Errorf("%.2f %% of the instances have all known that a check may ask for, not %.1f", share, wantDecided)
	}
	if share := 100 * float64(total.exact) / float64(total.fields); share < wantExact {
		t.Errorf("%.2f %% of the fields have a proven place, not %.1f", share, wantExact)
	}
}

// withLinks is a repository with its symbolic links. The corpus has no links: where the
// repository has one, the corpus has a file with the path that it leads to.
func withLinks(t *testing.T, repository string) string {
	t.Helper()
	links := map[string]string{}
	err := filepath.WalkDir(repository, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".tf") {
			return err
		}
		text, err := os.ReadFile(path)
		if target := string(text); strings.HasSuffix(target, ".tf") && !strings.ContainsAny(target, "\n\"{ ") {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), target)); err == nil {
				links[path] = target
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(links) == 0 {
		return repository
	}
	whole := filepath.Join(t.TempDir(), filepath.Base(repository))
	if err := os.CopyFS(whole, os.DirFS(repository)); err != nil {
		t.Fatal(err)
	}
	for path, target := range links {
		rel, err := filepath.Rel(repository, path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(whole, rel)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(whole, rel)); err != nil {
			t.Fatal(err)
		}
	}
	return whole
}

// slow says that times mean nothing: the race detector is on, or somebody says so.
func slow() bool { return os.Getenv("MESHCHECK_SLOW") != "" }

// inspect counts what a root has, and tests every field of it.
func inspect(t *testing.T, c *eval.Configuration, out *Root) tally {
	t.Helper()
	n := tally{roots: 1, blocks: c.Blocks, empty: len(c.Empty), objects: len(out.Objects), reasons: map[string]int{}}
	for _, err := range append(c.Errors, out.Errors...) {
		if strings.Contains(err.Do, "report it") {
			t.Errorf("%s: %v", c.Root, err)
		}
		t.Logf("%s: %v", c.Root, err)
	}
	undecided := map[string]bool{}
	for _, o := range out.Objects {
		eachField(o.Root(), func(f object.Field) {
			at := f.Origin()
			if wrong := misplaced(at); wrong != "" {
				t.Errorf("%s %s: %s", o.Address, f.Path(), wrong)
			}
			n.fields++
			if at.Exact && at.Span.Valid() {
				n.exact++
			} else {
				n.reasons["no proven place: "+at.Reason]++
			}
			if f.Unknown() {
				if f.Reason() == "" {
					t.Errorf("%s %s is unknown without a reason", o.Address, f.Path())
				}
				n.reasons["unknown: "+f.Reason()]++
				if asked(f.Path()) {
					undecided[o.Address] = true
				}
			}
			wrong, compared := contradicts(f, at)
			if compared {
				n.checked++
			}
			if wrong != "" {
				t.Errorf("%s %s: %s", o.Address, f.Path(), wrong)
			}
		})
	}
	for _, r := range c.Resources {
		if r.Data || !strings.HasPrefix(r.Type, "kubernetes_") {
			continue
		}
		n.instances++
		if r.Uncertain == "" && !undecided[r.Address] && r.Values != nil && r.Values.Kind != object.Unknown {
			n.decided++
		}
		if r.Uncertain != "" {
			n.reasons["uncertain: "+r.Uncertain]++
		}
	}
	return n
}

// annotation is one annotation.
var annotation = regexp.MustCompile(`(?:^|\.)annotations(?:\.|\[")`)

// asked says whether a check may ask for the field at a path.
func asked(path string) bool {
	if annotation.MatchString(path) && !strings.Contains(path, "istio.io/") && !strings.Contains(path, "prometheus.io/") {
		return false
	}
	return !beside.MatchString(path)
}

// eachField visits the fields of a tree, all but its root.
func eachField(f object.Field, visit func(object.Field)) {
	for _, part := range append(f.Items(), f.Entries()...) {
		visit(part)
		eachField(part, visit)
	}
}

// misplaced says what is wrong with a place.
func misplaced(at source.Origin) string {
	if !at.Span.Valid() {
		if at.Exact {
			return "no place, but exact"
		}
		return ""
	}
	for _, s := range append([]source.Span{at.Span}, spansOf(at.Trace)...) {
		if s.File != nil && (s.Start < 0 || s.End < s.Start || s.End > len(s.File.Data)) {
			return fmt.Sprintf("bytes %d to %d of %s, which has %d", s.Start, s.End, s.File.Name(), len(s.File.Data))
		}
	}
	return ""
}

func spansOf(trace []source.Step) []source.Span {
	var spans []source.Span
	for _, s := range trace {
		spans = append(spans, s.Span)
	}
	return spans
}

// literal is what stands for itself in HCL: a quoted text without escapes and
// templates, a number, a bool.
var literal = regexp.MustCompile(`^(?:"([^"\\$%]*)"|(-?\d+(?:\.\d+)?|true|false))$`)

// contradicts compares a scalar with the literal at its place, where one stands
// there: they are the same but for the conversions of the provider.
func contradicts(f object.Field, at source.Origin) (wrong string, compared bool) {
	if !f.Known() || !f.Node().Scalar() || !at.Exact || !at.Span.Valid() || f.OnKey() {
		return "", false
	}
	m := literal.FindStringSubmatch(string(at.Span.File.Data[at.Span.Start:at.Span.End]))
	if m == nil {
		return "", false
	}
	is, written := f.Node().Text, m[1]+m[2]
	if is == written {
		return "", true
	}
	if octal, err := strconv.ParseInt(written, 8, 64); err == nil && is == strconv.FormatInt(octal, 10) && strings.HasSuffix(strings.ToLower(f.Path()), "mode") {
		return "", true
	}
	a, errA := strconv.ParseFloat(is, 64)
	b, errB := strconv.ParseFloat(written, 64)
	if errA == nil && errB == nil && a == b {
		return "", true
	}
	return fmt.Sprintf("%q, where %s has %q", is, at.Span, written), true
}

// mostOften are the most frequent keys with their counts.
func mostOften(counts map[string]int, n int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	var lines []string
	for _, k := range keys[:min(n, len(keys))] {
		lines = append(lines, fmt.Sprintf("%6d %s", counts[k], k))
	}
	return lines
}
