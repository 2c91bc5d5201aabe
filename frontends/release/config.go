package release

import "github.com/mesh-check/mesh-check/frontends/release/remote"

// Config is what the configuration of a repository says about its releases; the zero value
// says nothing. Its paths are relative to the root of the repository, with slashes.
type Config struct {
	// Name is the configuration as reports show it, and Text what is in it.
	Name string
	Text []byte
	// Without are conventions that are not looked at.
	Without []By
	// Ignore are patterns of files and directories in which nothing is declared.
	Ignore []string
	// Declared are releases that no convention declares.
	Declared []Entry
	// Charts say where remote charts are; the first one that fits counts whose chart is here.
	Charts []remote.Alias
}

// Entry declares a release for each chart, and for each {env}.
type Entry struct {
	// Chart is the path of a chart, and Values are those of values files: patterns in which {env}
	// stands for a part of a name between two slashes, and {chart} for the name of the chart's
	// directory.
	Chart  string
	Values []string
	// Namespace and Name are those of the release, in which both are filled in.
	Namespace, Name string
	At              Place
}

// Place is where an entry is, in bytes of Config.Text.
type Place struct{ Start, End int }
