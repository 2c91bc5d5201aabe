package eval

import "testing"

func TestBlockAddress(t *testing.T) {
	for address, want := range map[string]string{
		`kubernetes_pod.a`: "kubernetes_pod.a",
		`module.a["x.y"].module.b[0].kubernetes_pod.c`: "module.a.module.b.kubernetes_pod.c",
		`module.a["]\"["].kubernetes_pod.c["\\"]`:      "module.a.kubernetes_pod.c",
		`kubernetes_pod.c["unclosed`:                   "kubernetes_pod.c",
	} {
		if got := BlockAddress(address); got != want {
			t.Errorf("blockAddress(%s) = %s, want %s", address, got, want)
		}
	}
}
