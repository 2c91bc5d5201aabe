package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// watch looks at a tree of processes while it runs.
type watch struct {
	root     int
	program  string // its file, to tell its first process from those that start it
	deadline time.Time
	peak     int64 // bytes, of all
	peaks    int64 // bytes, of all that there are at one time, with what each had at most
	first    int64 // bytes, of the first process of the program
	firstPid int
	killed   bool
}

func (w *watch) until(done <-chan struct{}) {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		all := family(w.root)
		w.peak = max(w.peak, resident(all))
		w.peaks = max(w.peaks, highWaters(all))
		w.first = max(w.first, w.ofFirst(all))
		if !w.killed && time.Now().After(w.deadline) {
			w.killed = true
			for _, pid := range all { // a worker may have a group of its own
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
			_ = syscall.Kill(-w.root, syscall.SIGKILL)
		}
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

// ofFirst is what the first process of the program had at most so far: parents come
// before their children.
func (w *watch) ofFirst(pids []int) int64 {
	for _, pid := range pids {
		if w.firstPid != 0 {
			break
		}
		if exe, _ := os.Readlink("/proc/" + strconv.Itoa(pid) + "/exe"); exe == w.program {
			w.firstPid = pid
		}
	}
	if w.firstPid == 0 {
		return 0
	}
	return highWater(w.firstPid)
}

// highWater is the most memory that a process had so far, in bytes; 0 where it is over.
func highWater(pid int) int64 {
	status, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if fields := strings.Fields(rest); len(fields) > 0 {
		kib, _ := strconv.ParseInt(fields[0], 10, 64)
		return kib << 10
	}
	return 0
}

// highWaters is the sum of what processes had at most so far.
func highWaters(pids []int) (sum int64) {
	for _, pid := range pids {
		if exe, _ := os.Readlink("/proc/" + strconv.Itoa(pid) + "/exe"); exe != thisProgram {
			sum += highWater(pid)
		}
	}
	return sum
}

// family is a process and all below it.
func family(pid int) []int {
	all := []int{pid}
	tasks, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/children")
	for _, task := range tasks {
		data, _ := os.ReadFile(task) // it may have ended
		for _, field := range strings.Fields(string(data)) {
			if child, err := strconv.Atoi(field); err == nil {
				all = append(all, family(child)...)
			}
		}
	}
	return all
}

// resident is the memory of processes in bytes: what each has for itself, and once
// what the largest of them shares, which is the program's text; or what one of them
// had for itself at another time, if that was more. What the system tells of a process
// that has ended is no use: there a child begins with the memory of its parent.
func resident(pids []int) int64 {
	var own, shared, once int64
	for _, pid := range pids {
		proc := "/proc/" + strconv.Itoa(pid)
		if exe, _ := os.Readlink(proc + "/exe"); exe == thisProgram {
			continue // not yet what it will be: these are the pages of the test
		}
		data, _ := os.ReadFile(proc + "/statm")
		fields := strings.Fields(string(data))
		if len(fields) < 3 {
			continue
		}
		all, _ := strconv.ParseInt(fields[1], 10, 64)
		common, _ := strconv.ParseInt(fields[2], 10, 64)
		own, shared = own+all-common, max(shared, common)
		once = max(once, highWater(pid))
	}
	return max((own+shared)*int64(os.Getpagesize()), once)
}

// thisProgram is the test itself.
var thisProgram, _ = os.Executable()
