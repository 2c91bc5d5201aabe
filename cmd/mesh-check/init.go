package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

func initCommand(s streams) *cobra.Command {
	var limits limitFlags
	return grouped(&cobra.Command{
		Use:   "init [flags] [PATH]",
		Short: "Write " + config.FileName + " from what a directory contains",
		Long: `Write ` + config.FileName + ` into a directory, by default the working directory, from what
is below it: the values files next to the values.yaml of each chart become values sets,
the .tfvars files of each Terraform root its variable files. An existing file is never
overwritten.`,
		Example: "  mesh-check init\n  mesh-check init charts/web",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("init takes one directory")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return initialize(s, limits, source.Shown(source.Disk, dir))
		},
	}, limits.group(false))
}

// initialize writes the configuration of a directory.
func initialize(s streams, limits limitFlags, dir string) error {
	name := filepath.Join(dir, config.FileName)
	if err := vacant(dir, name); err != nil {
		return err
	}
	d, err := newDispatcher(settings{}, limits, s.in, s.err)
	if err != nil {
		return err
	}
	defer d.close()
	j := job{Task: taskInit, Inputs: []input.Input{{Path: dir}}}
	found := d.found(j)
	text, summary := configurationOf(dir, found)
	if _, faults := config.Parse(source.NewFile("", name, []byte(text))); faults != nil {
		panic(faults[0].Error()) // what is written is what can be read
	}
	if err := createFile(name, []byte(text)); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "wrote %s: %s\n", oneLine(filepath.ToSlash(name)), summary)
	failed := false
	for _, in := range found {
		if in.Fault != nil && in.Fault.Path != "" && !in.Empty {
			printError(s.err, in.Fault.Error())
			failed = true
		}
	}
	if failed {
		return exit(exitInput)
	}
	return nil
}

// vacant is the error of a directory that cannot get a configuration, or has one.
func vacant(dir, name string) error {
	if err := refused(source.Disk, "init", dir); err != nil {
		return err
	}
	info, err := source.Disk.Stat(dir)
	if err != nil {
		return unreadable("init:", dir, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("init: %s: is not a directory", oneLine(dir))
	}
	for _, taken := range []string{name, filepath.Join(dir, ".mesh-check.yml")} {
		if _, err := source.Disk.Lstat(taken); err == nil {
			return fmt.Errorf("%s: already exists and is not overwritten; remove it first", oneLine(filepath.ToSlash(taken)))
		}
	}
	return nil
}

// createFile writes a file that is not there, whole or not at all.
func createFile(name string, data []byte) (err error) {
	f, err := unfinished.create(name)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: already exists and is not overwritten", oneLine(filepath.ToSlash(name)))
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(name)
		}
		unfinished.forget(name)
	}()
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
