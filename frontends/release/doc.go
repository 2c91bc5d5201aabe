// Package release is what everybody says who knows a release: who deploys which chart, and how.
//
// In: what declares a release, such as a helm_release of Terraform. Out: releases, each
// with its chart, its layers of values and the places where these are written, and the
// objects of a release with their places seen from its declaration. The rooms below find
// the releases of a repository; what they tell is Found, and why there is none is Undecided.
package release
