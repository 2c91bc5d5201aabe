package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
	"golang.org/x/tools/txtar"
)

// socketless is the environment variable that makes the test program one that dies at
// its first socket, and then another program: the one that its arguments name.
const socketless = "MESHCHECK_TEST_SOCKETLESS"

func init() {
	if os.Getenv(socketless) == "" {
		return
	}
	if err := killAtSockets(); err != nil {
		os.Stderr.WriteString("socketless: " + err.Error() + "\n")
		os.Exit(99)
	}
	if os.Args[1] == "socket" { // to see that it works
		_, _ = unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		os.Exit(0)
	}
	err := syscall.Exec(os.Args[1], os.Args[1:], []string{"HOME=/nowhere", "PATH=/nowhere"})
	os.Stderr.WriteString("socketless: " + err.Error() + "\n")
	os.Exit(99)
}

// killAtSockets asks the kernel to kill this process, and what becomes of it, when it
// opens a socket or uses one.
func killAtSockets() error {
	calls := []uint32{
		unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN,
		unix.SYS_SENDTO, unix.SYS_SENDMSG, unix.SYS_RECVFROM, unix.SYS_RECVMSG,
	}
	program := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}} // the number of the call
	for i, call := range calls {
		program = append(program, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: call, Jt: uint8(len(calls) - i)})
	}
	program = append(program,
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_KILL_PROCESS})
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&filter)))
	if errno != 0 {
		return errno
	}
	return nil
}

// inviting is a chart that invites to the network and to other programs wherever a
// chart can.
const inviting = `
-- chart/Chart.yaml --
{apiVersion: v2, name: chart, version: 0.1.0, icon: "http://127.0.0.1:9/i", dependencies: [{name: sub, version: 1, repository: "http://127.0.0.1:9/"}, {name: oci, version: 1, repository: "oci://127.0.0.1:9/x"}]}
-- chart/values.yaml --
a: b
-- chart/values.schema.json --
{"$schema": "http://127.0.0.1:9/schema", "properties": {"a": {"$ref": "http://127.0.0.1:9/ref"}, "b": {"$ref": "https://json-schema.org/draft-07/schema"}}}
-- chart/templates/a.yaml --
apiVersion: v1
kind: Pod
metadata:
  name: {{ getHostByName "localhost" | default "x" }}
  labels: {l: {{ lookup "v1" "Node" "" "" | toJson | quote }}, u: {{ uuidv4 }}, c: {{ .Capabilities.APIVersions.Has "v1" | quote }}}
spec:
  containers: [{name: a, image: "127.0.0.1:9/x", env: [{name: A, value: {{ (genCA "x" 1).Cert | b64enc }}}]}]
-- infra/main.tf --
terraform {
  backend "http" { address = "http://127.0.0.1:9/" }
}
module "far" { source = "git::http://127.0.0.1:9/x.git" }
data "http" "far" { url = "http://127.0.0.1:9/" }
data "external" "run" { program = ["sh", "-c", "true"] }
resource "helm_release" "far" {
  name       = "far"
  chart      = "far"
  repository = "http://127.0.0.1:9/"
}
resource "helm_release" "oci" {
  name  = "oci"
  chart = "oci://127.0.0.1:9/x"
}
resource "kubernetes_pod" "a" {
  metadata { name = data.http.far.body }
  provisioner "local-exec" { command = "touch ran" }
}
-- manifest.yaml --
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: "127.0.0.1:9/x"}]}
`

// TestNoSockets runs the program, its workers included, in processes that the kernel
// kills at their first socket: over a chart and over inputs that
// invite to the network.
func TestNoSockets(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	start := func(dir string, args ...string) (string, error) {
		cmd := exec.Command(self, args...)
		cmd.Dir, cmd.Env = dir, []string{socketless + "=1"}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		err := cmd.Run()
		return out.String(), err
	}
	var exited *exec.ExitError
	switch out, err := start(".", "socket"); {
	case strings.Contains(out, "socketless"):
		t.Skipf("this kernel has no filters of system calls: %s", out)
	case !errors.As(err, &exited) || exited.Sys().(syscall.WaitStatus).Signal() != syscall.SIGSYS:
		t.Fatalf("a socket is not the end: %v %s", err, out)
	}
	program := filepath.Join(t.TempDir(), "mesh-check")
	if err := os.Symlink(self, program); err != nil { // by this name it is the program
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(inviting)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"-o", "json", "chart", "infra", "manifest.yaml"}, {"-o", "sarif", filepath.Join(root, "testdata", "charts")},
		{"blame", "chart"}, {"cover", "chart"}, {"--together", "chart", "manifest.yaml"}, {"explain", "MESH201"}, {"checks"}, {"version"},
	} {
		out, err := start(dir, slices.Concat([]string{program}, args)...)
		if errors.As(err, &exited) && !exited.Exited() {
			t.Errorf("%v: %v", args, exited)
		}
		// A worker that was killed is told as the error of its input.
		if strings.Contains(out, "the process that analyzed it ended") || strings.Contains(out, "socketless") {
			t.Errorf("%v:\n%.3000s", args, out)
		}
		if args[1%len(args)] == "json" && strings.Count(out, `"objects": 1`) < 2 {
			t.Errorf("the inputs were not looked at:\n%.3000s", out)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "infra", "ran")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a provisioner ran: %v", err)
	}
}
