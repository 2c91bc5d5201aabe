// Package release knows who deploys which chart, and how.
//
// In: what declares a release, such as a helm_release of Terraform. Out: releases, each
// with its chart, its layers of values and the places where these are written, and the
// objects of a release with their places seen from its declaration.
package release
