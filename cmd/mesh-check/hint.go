package main

import (
	"strings"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// missingHint says what else an argument can mean that is no file.
func missingHint(arg string) string {
	switch arg {
	case exploreDocumented, exploreAll, exploreOff: // the flag takes its value behind "=" alone, since it needs none
		return "did you mean --explore=" + arg + "?"
	}
	if id, err := config.CheckID(arg); err == nil {
		return "did you mean " + config.Typed() + " explain " + id + "?"
	}
	if !strings.ContainsAny(arg, `/\.`) {
		if hint := config.DidYouMean(arg, commandNames, ""); !strings.HasSuffix(hint, "; ") {
			return strings.TrimPrefix(strings.TrimSuffix(hint, "?"), "; ") + " (a command)?"
		}
	}
	return input.WhatToName
}
