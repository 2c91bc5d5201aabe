package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/helm"
)

// TestBlameJSON holds that what is written node by node is what the encoder writes of
// the whole.
func TestBlameJSON(t *testing.T) {
	node := helm.BlameNode{
		Path: "a[]", Part: "value", Value: "<&>[]", Template: &helm.BlamePlace{File: "x"}, Chain: []helm.BlameCall{{Name: "y"}, {}},
	}
	for name, files := range map[string][]helm.BlameFile{
		"nothing":      {},
		"no documents": {{Template: "a[]", Documents: []helm.BlameDocument{}}, {Documents: []helm.BlameDocument{}}},
		"all": {
			{Template: "t", Documents: []helm.BlameDocument{
				{Kind: "Pod", Hook: []string{"test", "[]"}, Nodes: []helm.BlameNode{node, {Chain: []helm.BlameCall{}}}},
				{Nodes: []helm.BlameNode{}},
				{Nodes: []helm.BlameNode{node}},
			}},
			{Documents: []helm.BlameDocument{}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got, want bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(map[string]any{"schema": 1, "chart": "web", "valuesSet": "default", "files": files}); err != nil {
				t.Fatal(err)
			}
			if err := blameJSON(&got, blameDocument{Schema: 1, Chart: "web", ValuesSet: "default"}, slices.Values(files)); err != nil {
				t.Fatal(err)
			}
			// The map has its keys in another order.
			_, rest, _ := bytes.Cut(got.Bytes(), []byte(` "files"`))
			_, all, _ := bytes.Cut(want.Bytes(), []byte(` "files"`))
			all, _, _ = bytes.Cut(all, []byte(",\n \"schema\""))
			if diff := cmp.Diff(string(all)+"\n}\n", string(rest)); diff != "" {
				t.Error(diff)
			}
			if !json.Valid(got.Bytes()) {
				t.Errorf("not JSON: %s", got.Bytes())
			}
		})
	}
	if err := blameJSON(noWriter{}, blameDocument{}, slices.Values([]helm.BlameFile{})); err == nil {
		t.Error("no error of a writer that fails")
	}
}

// noWriter is a writer that fails.
type noWriter struct{}

func (noWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

// TestReply holds that a reply is read as it was written, whatever stands before the
// answer, and that one that is none is an error.
func TestReply(t *testing.T) {
	a := answer{Blame: []int{3, 0, 2}, Notes: []string{"n"}}
	message, err := a.reply(7)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readReply(append([]byte("abcdexx"), message...))
	if err != nil || len(got.Notes) != 1 || len(got.blamed) != 3 ||
		string(got.blamed[0]) != "abc" || len(got.blamed[1]) != 0 || string(got.blamed[2]) != "de" {
		t.Errorf("%q %v", got.blamed, err)
	}
	// A bug may come when a part is written.
	message, _ = answer{Bugs: []bug{{Panic: "odd"}}}.reply(4)
	if got, err := readReply(append([]byte("[{}]"), message...)); err != nil || len(got.Bugs) != 1 || got.blamed != nil {
		t.Errorf("%v %v", got, err)
	}
	long, _ := answer{Blame: []int{1}}.reply(0)
	for _, none := range [][]byte{nil, []byte("abc"), message[1:], bytes.Repeat([]byte{0xff}, 20), long} {
		if _, err := readReply(none); err == nil {
			t.Errorf("no error of %q", none)
		}
	}
}
