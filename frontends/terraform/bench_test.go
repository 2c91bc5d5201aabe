package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
)

// generated writes a configuration with about n resources: half of them blocks of
// their own, half the instances of a module with for_each, with locals, variables,
// dynamic blocks and references between them.
func generated(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	var main, module strings.Builder
	main.WriteString("variable \"release\" {\n  default = \"r1\"\n}\nlocals {\n  labels = { part-of = \"shop\", release = var.release }\n  teams = {\n")
	for i := range n / 100 {
		fmt.Fprintf(&main, "    team%d = { ports = [80, 8443], uid = %d }\n", i, 2000+i)
	}
	main.WriteString("  }\n}\nmodule \"team\" {\n  source   = \"./team\"\n  for_each = local.teams\n  name     = each.key\n  ports    = each.value.ports\n  uid      = each.value.uid\n  labels   = local.labels\n}\n")
	for i := range n / 4 {
		fmt.Fprintf(&main, `resource "kubernetes_deployment_v1" "d%[1]d" {
  metadata {
    name   = "d%[1]d"
    labels = merge(local.labels, { app = "d%[1]d" })
  }
  spec {
    selector {
      match_labels = { app = "d%[1]d" }
    }
    template {
      metadata {
        labels = merge(local.labels, { app = "d%[1]d" })
      }
      spec {
        security_context {
          run_as_user = 1000
        }
        container {
          name  = "web"
          image = "web:1"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}
resource "kubernetes_service_v1" "s%[1]d" {
  metadata {
    name = kubernetes_deployment_v1.d%[1]d.metadata[0].name
  }
  spec {
    selector = { app = kubernetes_deployment_v1.d%[1]d.metadata[0].labels.app }
    port {
      name = "http"
      port = 80
    }
  }
}
`, i)
	}
	module.WriteString("variable \"name\" {}\nvariable \"ports\" {\n  type = list(number)\n}\nvariable \"uid\" {}\nvariable \"labels\" {}\n")
	for i := range 50 {
		fmt.Fprintf(&module, `resource "kubernetes_pod_v1" "p%[1]d" {
  metadata {
    name   = "${var.name}-%[1]d"
    labels = merge(var.labels, { app = "${var.name}-%[1]d" })
  }
  spec {
    security_context {
      run_as_user = var.uid
    }
    container {
      name  = "web"
      image = "web:1"
      dynamic "port" {
        for_each = var.ports
        content {
          container_port = port.value
        }
      }
    }
  }
}
`, i)
	}
	for name, text := range map[string]string{"main.tf": main.String(), "team/main.tf": module.String()} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// load reads a generated configuration and says how long that took.
func load(t testing.TB, dir string, n int) time.Duration {
	begin := time.Now()
	out, err := Load(dir, Options{Options: eval.Options{Within: dir}})
	took := time.Since(begin)
	if err != nil || len(out.Errors) > 0 {
		t.Fatal(err, out.Errors)
	}
	if len(out.Objects) != n {
		t.Fatalf("%d objects, not %d", len(out.Objects), n)
	}
	return took
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := generated(b, n)
			b.ReportAllocs()
			for b.Loop() {
				load(b, dir, n)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/resource")
		})
	}
}

// TestLoadIsLinear reads ten times as many resources with ten times the memory, and in
// not much more than ten times the time.
func TestLoadIsLinear(t *testing.T) {
	small, large := generated(t, 200), generated(t, 2_000)
	load(t, small, 200) // what is made once
	least := func(dir string, n int) (best time.Duration, bytes uint64) {
		before := allocated()
		best = load(t, dir, n)
		bytes = allocated() - before
		for range 2 {
			best = min(best, load(t, dir, n))
		}
		return best, bytes
	}
	var quick, long time.Duration
	var few, many uint64
	for range 3 { // other work on the machine only ever makes it look worse
		quick, few = least(small, 200)
		long, many = least(large, 2_000)
		t.Logf("200 resources in %s and %d kB, 2,000 in %s and %d kB", quick, few>>10, long, many>>10)
		if long <= 25*quick {
			break
		}
	}
	if many > 12*few {
		t.Errorf("ten times the resources take %.1f times the memory", float64(many)/float64(few))
	}
	if long > 25*quick && !slow() {
		t.Errorf("ten times the resources take %.1f times as long", float64(long)/float64(quick))
	}
}
