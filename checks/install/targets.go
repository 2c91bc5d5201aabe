package install

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

// targets are the minor releases of Istio that the objects are meant for, oldest first.
func targets(m *checks.Mesh) []string {
	switch m.Istio {
	case "":
		return checks.SupportedIstio()
	case checks.AllIstio:
		return between(checks.OldestIstio, checks.NewestIstio)
	}
	return []string{m.Istio}
}

// between are the minor releases from one to another.
func between(oldest, newest string) []string {
	var all []string
	from, to := minor(oldest), minor(newest)
	for n := from; n <= to; n++ {
		all = append(all, fmt.Sprintf("1.%d", n))
	}
	return all
}

func minor(version string) int {
	_, number, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(number)
	return n
}

// every reports whether something holds for all releases that the objects are meant for.
func every(m *checks.Mesh, holds func(release string) bool) bool {
	for _, release := range targets(m) {
		if !holds(release) {
			return false
		}
	}
	return true
}
