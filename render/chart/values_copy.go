package chart

import (
	"log"
	"reflect"
	"regexp"
	"slices"
	"sync"

	helmchart "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
)

// deepCopy copies maps and lists; what is one in the original is one in the copy.
func deepCopy(v any) any {
	type list struct {
		at  uintptr
		len int
	}
	seen := map[any]any{}
	var copied func(v any) any
	copyMap := func(m map[string]any) map[string]any {
		at := reflect.ValueOf(m).Pointer()
		if old, ok := seen[at]; ok {
			return old.(map[string]any)
		}
		out := make(map[string]any, len(m))
		seen[at] = out
		for k, v := range m {
			out[k] = copied(v)
		}
		return out
	}
	copied = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			if v == nil {
				return v
			}
			return copyMap(v)
		case chartutil.Values:
			if v == nil {
				return v
			}
			return chartutil.Values(copyMap(v))
		case []any:
			if len(v) == 0 {
				return slices.Clone(v)
			}
			at := list{reflect.ValueOf(v).Pointer(), len(v)}
			if old, ok := seen[at]; ok {
				return old
			}
			out := make([]any, len(v))
			seen[at] = out
			for i, item := range v {
				out[i] = copied(item)
			}
			return out
		}
		return v
	}
	return copied(v)
}

// asMap is a value as a map; Helm has two types for one.
func asMap(v any) (map[string]any, bool) {
	switch v := v.(type) {
	case map[string]any:
		return v, true
	case chartutil.Values:
		return v, true
	}
	return nil, false
}

// copyChart copies what Helm's processing of dependencies changes: the charts,
// their metadata and the declared dependencies. Files and values are shared.
func copyChart(h *helmchart.Chart) *helmchart.Chart {
	md := *h.Metadata
	md.Dependencies = slices.Clone(md.Dependencies)
	for i, d := range md.Dependencies {
		one := *d
		md.Dependencies[i] = &one
	}
	out := &helmchart.Chart{
		Raw: h.Raw, Metadata: &md, Lock: h.Lock, Templates: h.Templates,
		Values: h.Values, Schema: h.Schema, Files: h.Files,
	}
	for _, d := range h.Dependencies() {
		out.AddDependency(copyChart(d))
	}
	return out
}

var (
	logMu sync.Mutex
	// logValue is where Helm's warnings print a value, which may be a secret.
	logValue = regexp.MustCompile(`(?s) \(.*\)\s*$`)
)

// logged runs a call into Helm and returns what it wrote to the standard logger,
// the only way in which it warns. One call at a time: the logger is one.
func logged(call func()) []string {
	logMu.Lock()
	defer logMu.Unlock()
	var lines logLines
	out, flags := log.Writer(), log.Flags()
	log.SetOutput(&lines)
	log.SetFlags(0)
	defer func() {
		log.SetOutput(out)
		log.SetFlags(flags)
	}()
	call()
	return lines
}

type logLines []string

// Write takes one message: the logger writes each in one call.
func (l *logLines) Write(p []byte) (int, error) {
	text := OneLine(logValue.ReplaceAllString(string(p), ""))
	if !slices.Contains(*l, text) {
		*l = append(*l, text)
	}
	return len(p), nil
}
