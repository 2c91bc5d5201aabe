package worker

import (
	"runtime/debug"
	"runtime/metrics"
)

// memoryUse tells what this process uses of its memory. How much garbage there is at a
// moment differs from run to run; what is held does not. So a process is over its limit
// by what it holds.
type memoryUse []metrics.Sample

// The samples of memoryUse, which are all bytes.
const (
	useTotal = iota // mapped
	useReleased
	useFree
	useUnused
	useObjects
	useLive // of the objects: what the last collection found in use
)

func newMemoryUse() memoryUse {
	return memoryUse{
		useTotal:    {Name: "/memory/classes/total:bytes"},
		useReleased: {Name: "/memory/classes/heap/released:bytes"},
		useFree:     {Name: "/memory/classes/heap/free:bytes"},
		useUnused:   {Name: "/memory/classes/heap/unused:bytes"},
		useObjects:  {Name: "/memory/classes/heap/objects:bytes"},
		useLive:     {Name: "/gc/heap/live:bytes"},
	}
}

// over reports whether the process holds more than limit bytes. It collects garbage where
// that alone can tell.
func (u memoryUse) over(limit int64) bool {
	metrics.Read(u)
	if u.used() <= limit {
		return false
	}
	if u.held() <= limit {
		debug.FreeOSMemory()
		metrics.Read(u)
	}
	return u.held() > limit
}

// used is what the process has of the system, with its garbage.
func (u memoryUse) used() int64 { return u.bytes(useTotal) - u.bytes(useReleased) }

// held is the same without what the last collection has found to be garbage, and without
// what came behind it.
func (u memoryUse) held() int64 {
	return u.used() - u.bytes(useFree) - u.bytes(useUnused) - u.bytes(useObjects) + u.bytes(useLive)
}

func (u memoryUse) bytes(sample int) int64 { return int64(u[sample].Value.Uint64()) }
