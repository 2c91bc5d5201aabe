package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// What the guides are made of: fences, and the comment right before one that says where its text comes from.
var (
	guideFence = regexp.MustCompile("(?ms)(?:^<!-- (session|output|file): ([a-z_]+) ?(\\S*) -->\n)?^```(\\w+)\n(.*?)^```$")
	mdTarget   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	mdHeading  = regexp.MustCompile(`(?m)^#+ (.*)$`)
	mdFence    = regexp.MustCompile("(?ms)^```.*?^```$")
)

// notTyped are commands in the guides that need what a test does not have: other programs, and a network.
var notTyped = []string{"terraform ", "kustomize ", "helm ", "GOOS="}

// TestGuides holds that each command of docs/guides and docs/explore.md is typed by a session of testdata/script, in the same order, and that each output and
// each file that a guide shows is the one that the session has. With -update it writes these.
func TestGuides(t *testing.T) {
	pages, err := filepath.Glob("../../docs/guides/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	for _, page := range append(pages, "../../docs/explore.md") {
		if filepath.Base(page) == "README.md" {
			continue
		}
		old, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		g := guide{t: t, page: filepath.Base(page), rest: map[string]string{}, archives: map[string]*txtar.Archive{}}
		fresh := guideFence.ReplaceAllStringFunc(string(old), g.block)
		if g.commands == 0 {
			t.Errorf("%s types nothing", g.page)
		}
		if fresh == string(old) {
			continue
		}
		if !*update {
			t.Errorf("%s does not show what its session has; run: make golden", g.page)
		} else if err := os.WriteFile(page, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// guide is a page that is being read.
type guide struct {
	t        *testing.T
	page     string
	archives map[string]*txtar.Archive
	rest     map[string]string // what each session types behind the commands that the page has had
	commands int
}

// block is a fence as it should be.
func (g *guide) block(block string) string {
	m := guideFence.FindStringSubmatch(block)
	kind, session, file, language, text := m[1], m[2], m[3], m[4], m[5]
	switch {
	case kind == "session":
		g.typed(session, text)
	case kind != "":
		return strings.TrimSuffix(block, text+"```") + g.shown(session, file) + "```"
	case language == "sh":
		g.typed("", text)
	}
	return block
}

// archive reads a session.
func (g *guide) archive(session string) *txtar.Archive {
	if a, ok := g.archives[session]; ok {
		return a
	}
	a, err := txtar.ParseFile("../../testdata/script/" + session + ".txtar")
	if err != nil {
		g.t.Fatalf("%s: %v", g.page, err)
	}
	g.archives[session], g.rest[session] = a, string(a.Comment)
	return a
}

// typed holds that a session types the commands of a block, behind those of the blocks before. Of a pipe, it types what runs mesh-check.
func (g *guide) typed(session, text string) {
	for line := range strings.Lines(text) {
		command, _, _ := strings.Cut(strings.TrimSpace(line), " #")
		if at := strings.LastIndex(command, "| mesh-check "); at >= 0 {
			command = command[at+len("| "):]
		}
		command = strings.TrimSpace(command)
		if command == "" || slices.ContainsFunc(notTyped, func(p string) bool { return strings.HasPrefix(command, p) }) {
			continue
		}
		if session == "" {
			g.t.Errorf("%s: no comment before the block names the session that types %q", g.page, command)
			continue
		}
		g.archive(session)
		g.commands++
		_, behind, found := strings.Cut(g.rest[session], " "+command+"\n")
		if !found {
			g.t.Errorf("%s: %s.txtar does not type %q behind what the page has before it", g.page, session, command)
			continue
		}
		g.rest[session] = behind
	}
}

// shown is a file of a session. An output is compared there with what the program prints.
func (g *guide) shown(session, file string) string {
	for _, f := range g.archive(session).Files {
		if f.Name == file {
			return string(f.Data)
		}
	}
	g.t.Errorf("%s: %s.txtar has no file %s", g.page, session, file)
	return ""
}

// TestDocLinks holds that each link of our pages to a file of the repository leads to one, and each to a heading to one.
func TestDocLinks(t *testing.T) {
	t.Chdir("../..")
	pages, err := filepath.Glob("docs/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"*.md", "docs/*.md", "checks/*/*.md"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, more...)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mdTarget.FindAllStringSubmatch(mdFence.ReplaceAllString(string(text), ""), -1) {
			path, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(path, ":") || page == "docs/site/home.md" {
				continue
			}
			file := page
			if path != "" {
				file = filepath.Join(filepath.Dir(page), path)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %s: there is no such file", page, m[1])
			} else if heading != "" && filepath.Ext(file) == ".md" && !slices.Contains(anchors(t, file), heading) {
				t.Errorf("%s: %s: %s has no such heading", page, m[1], file)
			}
		}
	}
}

// notInAnchor is what GitHub leaves out of the address of a heading.
var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N}\-_]`)

// anchors are the addresses of a page's headings.
func anchors(t *testing.T, file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range mdHeading.FindAllStringSubmatch(mdFence.ReplaceAllString(string(text), ""), -1) {
		all = append(all, notInAnchor.ReplaceAllString(strings.ReplaceAll(strings.ToLower(m[1]), " ", "-"), ""))
	}
	return all
}
