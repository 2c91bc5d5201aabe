package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// spelled is a place as scripts write it: FILE:LINE:COLUMN, and - for what has no line,
// such as the flag that gave a value.
func (p place) spelled() string {
	if p.File == "" {
		return "-"
	}
	return p.String() + ":" + strconv.Itoa(p.Column)
}

// lostProof is what outputs have whose places are not proven, or that hold a bug.
var lostProof = regexp.MustCompile(`runtime error|not proven|"exact": ?false`)

// unprovenHere is the variable by which a script says that its next outputs may have
// such places, and why.
const unprovenHere = "UNPROVEN"

// printed is the report in JSON that was printed last.
func printed(ts *testscript.TestScript) (r report) {
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &r); err != nil {
		ts.Fatalf("standard output is no report: %v", err)
	}
	return r
}

// provenPlace is the command `place FILE:LINE:COLUMN ROLE=PLACE…`: the report has a
// finding there with these traces, and none whose place is not proven.
func provenPlace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: place file:line:column role=place...")
	}
	r := printed(ts)
	var at []string
	found := false
	for _, f := range r.Findings {
		if f.Location.Exact == nil || !*f.Location.Exact {
			ts.Fatalf("%s is not proven: %s", f.Location, f.Location.Reason)
		}
		words := []string{f.Location.spelled()}
		for _, o := range f.Origins {
			words = append(words, o.Role+"="+o.spelled())
		}
		at = append(at, strings.Join(words, " "))
		found = found || slices.Equal(words, args)
	}
	if !found {
		ts.Fatalf("no finding is at %s but at\n%s", strings.Join(args, " "), strings.Join(at, "\n"))
	}
}

// unprovenPlace is the command `unproven FILE:LINE REASON`: the report has a finding
// there, which says that its place is not proven and why.
func unprovenPlace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unproven file:line reason")
	}
	for _, f := range printed(ts).Findings {
		if f.Location.String() == args[0] && f.Location.inexact() && strings.Contains(f.Location.Reason, args[1]) {
			return
		}
	}
	ts.Fatalf("no finding is at %s without proof: %s", args[0], ts.ReadFile("stdout"))
}

// blamedPlace is the command `blamed KIND/NAME PATH FILE:LINE:COLUMN ORIGIN`: where
// blame, in JSON, says that a value stands and comes from.
func blamedPlace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: blamed kind/name path file:line:column origin")
	}
	var r blameReport
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &r); err != nil {
		ts.Fatalf("standard output is no answer of blame: %v", err)
	}
	n, ok := r.values()[args[0]+" "+args[1]]
	if is := []string{n.at().spelled(), n.from().spelled()}; !ok || !slices.Equal(is, args[2:]) {
		ts.Fatalf("%s %s: %q, want %q", args[0], args[1], is, args[2:])
	}
}

// pack is the command `pack ARCHIVE DIRECTORY`: a .tgz holds the directory as charts
// are packed, any other archive is a zip of what the directory holds.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack archive directory")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer file.Close()
	dir := ts.MkAbs(args[1])
	if filepath.Ext(args[0]) != ".tgz" {
		archive := zip.NewWriter(file)
		ts.Check(archive.AddFS(os.DirFS(dir)))
		ts.Check(archive.Close())
		return
	}
	packed := gzip.NewWriter(file)
	archive := tar.NewWriter(packed)
	ts.Check(filepath.WalkDir(dir, func(at string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(filepath.Dir(dir), at)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(at)
		if err != nil {
			return err
		}
		if err := archive.WriteHeader(&tar.Header{Name: filepath.ToSlash(name), Mode: 0o644, Size: int64(len(data))}); err != nil {
			return err
		}
		_, err = archive.Write(data)
		return err
	}))
	ts.Check(archive.Close())
	ts.Check(packed.Close())
}
