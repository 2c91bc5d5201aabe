package main

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/sarif/safetext"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// blameDocument is `blame -o json`, schema 1. Its files are written behind it, as its
// last field.
type blameDocument struct {
	Schema    int      `json:"schema"`
	Chart     string   `json:"chart"`
	ValuesSet string   `json:"valuesSet"`
	Files     []string `json:"files"` // empty
}

// blameJSON writes the document node by node: a large chart has 30 MB of them.
func blameJSON(w io.Writer, doc blameDocument, files iter.Seq[helm.BlameFile]) error {
	s := newJSONStream(w)
	doc.Chart, doc.ValuesSet, doc.Files = safetext.CleanText(doc.Chart), safetext.CleanText(doc.ValuesSet), []string{}
	s.object(doc, "", func(item func(func(prefix string))) {
		for file := range files {
			cleanBlame(&file)
			documents := file.Documents
			file.Documents = []helm.BlameDocument{}
			item(func(prefix string) {
				s.object(file, prefix, func(item func(func(prefix string))) {
					for _, d := range documents {
						item(func(prefix string) { s.document(d, prefix) })
					}
				})
			})
		}
	})
	s.write([]byte("\n"))
	return s.err
}

func (s *jsonStream) document(d helm.BlameDocument, prefix string) {
	nodes := d.Nodes
	d.Nodes = []helm.BlameNode{}
	s.object(d, prefix, func(item func(func(prefix string))) {
		for i := range nodes {
			item(func(prefix string) { s.write(s.encoded(&nodes[i], prefix)) })
		}
	})
}

// jsonStream writes indented JSON as json.Encoder does, without holding all of it.
type jsonStream struct {
	w    io.Writer
	err  error // of the first write that has failed
	text bytes.Buffer
	enc  *json.Encoder
}

func newJSONStream(w io.Writer) *jsonStream {
	s := &jsonStream{w: w}
	s.enc = json.NewEncoder(&s.text)
	s.enc.SetEscapeHTML(false)
	return s
}

func (s *jsonStream) write(text []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(view.NeutralizeCICommands(text))
	}
}

// encoded is a value whose first line is written where lines are indented by prefix;
// it may be read up to the next call.
func (s *jsonStream) encoded(v any, prefix string) []byte {
	s.text.Reset()
	s.enc.SetIndent(prefix, " ")
	if err := s.enc.Encode(v); err != nil && s.err == nil {
		s.err = err
	}
	return bytes.TrimSuffix(s.text.Bytes(), []byte("\n"))
}

// object writes an object whose last field is an empty list, with items in that list:
// items calls what it is given for each, which calls back to have it written.
func (s *jsonStream) object(v any, prefix string, items func(item func(write func(prefix string)))) {
	text := s.encoded(v, prefix)
	end := bytes.LastIndex(text, []byte("[]"))
	if end < 0 {
		return // s.err says why
	}
	tail := bytes.Clone(text[end+1:])
	s.write(text[:end+1])
	inner, separator := prefix+"  ", "\n"
	items(func(write func(prefix string)) {
		s.write([]byte(separator + inner))
		write(inner)
		separator = ",\n"
	})
	if separator != "\n" {
		s.write([]byte("\n" + prefix + " "))
	}
	s.write(tail)
}
