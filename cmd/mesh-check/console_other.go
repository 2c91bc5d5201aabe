//go:build !windows

package main

import "os"

// understandsColor reports true: terminals here read the sequences that make color.
func understandsColor(*os.File) bool { return true }
