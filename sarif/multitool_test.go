package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// multitool is Microsoft's validator, installed by make sarif-validate; the test is
// skipped where it is not.
func multitool(t *testing.T, args ...string) string {
	t.Helper()
	bin := os.Getenv("MESHCHECK_MULTITOOL")
	if bin == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no @microsoft/sarif-multitool: set MESHCHECK_MULTITOOL to its binary")
		}
		bin = filepath.Join(cache, "mesh-check", "multitool", "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool")
	}
	if _, err := os.Stat(bin); err != nil {
		t.Skipf("no @microsoft/sarif-multitool at %s: install it with make multitool, or set MESHCHECK_MULTITOOL", bin)
	}
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("multitool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestMultitoolValidate holds that the validator of Microsoft and GitHub's rules find
// nothing to say. It always exits with 0, so its lines are read.
func TestMultitoolValidate(t *testing.T) {
	dir := t.TempDir()
	r := sample(t)
	for i, f := range r.Findings {
		// The one without a place cannot have the region that the validator asks
		// for; we would have to invent it.
		if !f.Origin.Span.Valid() {
			r.Findings = append(r.Findings[:i], r.Findings[i+1:]...)
			break
		}
	}
	shown := options()
	shown.ShowSuppressed = true
	byValue := options()
	byValue.Primary = Value
	baseline := Build(r, shown)
	baseline.ApplyBaseline(Build(r, options()).Baseline())
	complaint := regexp.MustCompile(`(?m)^.*(: error |: warning ).*$`)
	for name, l := range map[string]*Log{
		"sample": Build(r, options()), "shown": Build(r, shown), "value": Build(r, byValue),
		"hostile": Build(hostileReport(t, hostile), options()), "baseline": baseline,
	} {
		file := filepath.Join(dir, name+".sarif")
		if err := os.WriteFile(file, bytesOf(t, l), 0o644); err != nil {
			t.Fatal(err)
		}
		out := multitool(t, "validate", file, "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite", "-o", filepath.Join(dir, "out.sarif"))
		if !strings.Contains(out, "Analysis completed successfully") {
			t.Errorf("%s: the validator did not finish:\n%s", name, out)
		}
		for _, line := range complaint.FindAllString(out, -1) {
			t.Errorf("%s: %s", name, line)
		}
	}
}

// TestMultitoolLineHashes compares our line hashes with those of the multitool, which
// computes CodeQL's too.
func TestMultitoolLineHashes(t *testing.T) {
	dir := t.TempDir()
	rnd := rand.New(rand.NewSource(1))
	words := []string{"a", "key: value", "\t", "  ", "\n", "\n", "\r\n", "日本", "😀", "{{ .Values.x }}", strings.Repeat("x", 60)}
	files := map[string][]byte{
		"one.yaml": []byte("a"), "lines.yaml": []byte("a\nb\n\n\nc\n"), "same.yaml": []byte(strings.Repeat("- x\n", 200)),
		"deployment.yaml": []byte(deploymentYAML),
	}
	for i := range 6 {
		var b strings.Builder
		for range 150 {
			b.WriteString(words[rnd.Intn(len(words))])
		}
		files[fmt.Sprintf("random%d.yaml", i)] = []byte(b.String())
	}
	run := gosarif.NewRunWithInformationURI("test", "https://example.com")
	run.WithOriginalUriBaseIds(map[string]gosarif.ArtifactLocation{
		srcRoot: *gosarif.NewArtifactLocation().WithURI((&url.URL{Scheme: "file", Path: dir + "/"}).String()),
	})
	want := map[string]string{}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
		hashes := lineHashes(data)
		lines := bytes.Count(bytes.TrimRight(data, "\n"), []byte("\n")) + 1
		for line := 1; line <= lines; line++ {
			run.AddResult(gosarif.NewResult().WithMessage(text("x.")).AddLocation(gosarif.NewLocation().WithPhysicalLocation(
				gosarif.NewPhysicalLocation().
					WithArtifactLocation(gosarif.NewArtifactLocation().WithURI(name).WithURIBaseID(srcRoot)).
					WithRegion(gosarif.NewRegion().WithStartLine(line)))))
			want[fmt.Sprintf("%s:%d", name, line)] = hashes[line-1]
		}
	}
	report := gosarif.NewReport()
	report.AddRun(run)
	in, out := filepath.Join(dir, "in.sarif"), filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(in, bytesOf(t, &Log{report: report}), 0o644); err != nil {
		t.Fatal(err)
	}
	multitool(t, "rewrite", in, "-o", out, "--log", "ForceOverwrite", "--insert", "RollingHashPartialFingerprints")
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var got gosarif.Report
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range got.Runs[0].Results {
		p := r.Locations[0].PhysicalLocation
		key := fmt.Sprintf("%s:%d", *p.ArtifactLocation.URI, *p.Region.StartLine)
		hash := r.PartialFingerprints["primaryLocationLineHash/v1"]
		if hash == "" {
			hash = r.PartialFingerprints[lineHashKey]
		}
		if hash == "" {
			t.Fatalf("%s: the multitool gave no hash, but %v", key, r.PartialFingerprints)
		}
		if n++; hash != want[key] {
			t.Errorf("%s: we say %s, the multitool says %s", key, want[key], hash)
		}
	}
	if n != len(want) || n < 300 {
		t.Errorf("%d lines were compared of %d", n, len(want))
	}
}
