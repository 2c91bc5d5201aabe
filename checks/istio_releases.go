package checks

import "strings"

// istioRelease is a minor release of Istio.
type istioRelease struct {
	version string
	// released and ended are the days of its first patch and of its end of life, as
	// "2026-05-18"; ended is empty while nobody has said it.
	released, ended string
}

// istioReleases are the newest minor releases, oldest first. A release is supported
// until six weeks after the second one behind it. Source: istio.io "Supported
// Releases" and the release announcements of 1.28 to 1.31.
var istioReleases = []istioRelease{
	{"1.27", "2025-08-11", "2026-03-30"},
	{"1.28", "2025-11-05", "2026-05-31"},
	{"1.29", "2026-02-16", "2026-10-12"},
	{"1.30", "2026-05-18", ""},
	{"1.31", "2026-08-31", ""},
}

// releasedOn is the day of mesh-check's own release: what Istio supports is looked up
// for that day and never for the clock's, so that a binary says the same tomorrow.
const releasedOn = "2026-11-28"

// The releases of Istio for which the suite knows requirements.
const (
	OldestIstio = "1.7"
	NewestIstio = "1.31"
)

// AllIstio as a target stands for every release from OldestIstio to NewestIstio.
const AllIstio = "all"

// SupportedIstio are the minor releases of Istio that were supported when this release
// of mesh-check came out, oldest first: "1.30", "1.31".
func SupportedIstio() []string {
	var supported []string
	for _, r := range istioReleases {
		if r.released <= releasedOn && (r.ended == "" || releasedOn <= r.ended) {
			supported = append(supported, r.version)
		}
	}
	return supported
}

// SupportedIstioOn is the day for which SupportedIstio holds, as "2026-11-28".
func SupportedIstioOn() string { return releasedOn }

// Target is the target of a mesh in words: "Istio 1.27", "Istio 1.30 and 1.31".
func (m *Mesh) Target() string {
	switch m.Istio {
	case "":
		return "Istio " + strings.Join(SupportedIstio(), " and ")
	case AllIstio:
		return "Istio " + OldestIstio + " to " + NewestIstio
	}
	return "Istio " + m.Istio
}

// UnknownIstio says, in one line without a final stop, that the target is newer than
// what the suite knows; empty where it is not.
func (m *Mesh) UnknownIstio() string {
	if m.Istio == "" || m.Istio == AllIstio || CompareVersions(m.Istio, NewestIstio) <= 0 {
		return ""
	}
	return "Istio " + m.Istio + " is newer than this mesh-check supports: the rules of " + NewestIstio + " apply"
}

// Requirement is whether a requirement that later releases dropped holds for a target.
type Requirement uint8

// The states of a requirement.
const (
	StillRequired    Requirement = iota // the target has it
	OnlyUnsupported                     // only releases out of support have it, and no target is set
	NoLongerRequired                    // the target dropped it
)

// RequiredUntil reports whether a requirement holds that the release gone dropped.
func (m *Mesh) RequiredUntil(gone string) Requirement {
	switch {
	case !m.IstioFrom(gone):
		return StillRequired
	case m.Istio == "":
		return OnlyUnsupported
	}
	return NoLongerRequired
}
