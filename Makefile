# mesh-check. A machine with Go needs nothing else for: build test demo plugin golden fuzz.
# lint, bench, releases, helm-clients, actionlint and vuln build their tools from the module proxy into
# TOOLS; sarif-validate and site need npm; browser needs Chromium, which it installs on Debian;
# corpus needs the shared data (MESHCHECK_SHARED).

GO      ?= go
CACHE   := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mesh-check
TOOLS   ?= $(CACHE)/tools
SHARED  ?= $(or $(MESHCHECK_SHARED),../shared)
FUZZTIME ?= 20s

GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
ACTIONLINT    := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
GORELEASER    := github.com/goreleaser/goreleaser/v2@v2.15.4
GOVULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.8.0
HELM3         := helm.sh/helm/v3/cmd/helm@v3.22.0
HELM4         := helm.sh/helm/v4/cmd/helm@v4.3.1
MULTITOOL     := @microsoft/sarif-multitool@5.7.0
VALIDATOR     := $(CACHE)/multitool/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

.DEFAULT_GOAL := help
.PHONY: site chromium browser explored help build test lint golden fuzz schema differential cases bad mutate bench releases corpus new-check demo plugin dist goreleaser helm-clients actionlint multitool sarif-validate vuln tools ci

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F '\t' '{printf "  %-16s%s\n", $$1, $$2}'

build: ## Build bin/mesh-check
	$(GO) build -trimpath -o bin/ ./cmd/mesh-check

test: ## Run the tests; passes in a plain clone, without network
	$(GO) vet ./...
	$(GO) test -timeout 30m ./...

demo: build ## Check the chart of testdata/charts/demo: the main job in one command
	@bin/mesh-check testdata/charts/demo || test $$? -eq 1

# With Go, tar and zip alone; .goreleaser.yaml makes the same names.
dist: ## Make the archives of a release in dist/ for this machine, DIST=all or a list, and the plugin's archive
	DIST="$(DIST)" GO=$(GO) install/dist.sh

plugin: build ## Build what `helm plugin install .` needs
	@echo "now: helm plugin install $(CURDIR)"

lint: $(TOOLS)/golangci-lint ## gofmt, go vet and golangci-lint
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -d $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(TOOLS)/golangci-lint run --allow-parallel-runners ./...

golden: ## Rewrite the expected outputs, the README's example and the scripts
	for p in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
		$(GO) test $$p -update || exit 1; done

# Go's fuzzing engine sometimes ends its time with "context deadline exceeded", which is
# no finding: a finding is an input that it has written down.
fuzz: ## Fuzz every target for FUZZTIME (20s), with seeds of the shared data where it is
	@grep -rE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' -o . | sed 's/:func / /' | sort | while read file target; do \
		echo "fuzz $$target in $$(dirname $$file)"; log=$$(mktemp); \
		MESHCHECK_SHARED=$(abspath $(SHARED)) $(GO) test $$(dirname $$file) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x > $$log 2>&1 || \
			{ grep -q 'context deadline exceeded' $$log && ! grep -q 'Failing input' $$log; } || { cat $$log; exit 1; }; \
		tail -n 2 $$log; rm $$log; done

schema: ## Make the table of Istio's schemas again from its sources, and hold that it is the one that is kept
	cd frontends/object/schema/generate && $(GO) test -count=1 ./...

differential: ## Compare the schemas with the API server's own code on N random objects (20000); SEED makes other ones
	cd frontends/object/schema/differential && MESHCHECK_OBJECTS=$(or $(N),20000) MESHCHECK_SEED=$(or $(SEED),1) \
		$(GO) test -count=1 -v -timeout 30m ./...

cases: ## Run the small cases of the shared data: what is right, and what is pending
	MESHCHECK_SHARED=$(abspath $(SHARED)) $(GO) test ./cmd/mesh-check -count=1 -v -timeout 10m -run '^TestCases$$'

# strace, util-linux and user namespaces make the faults; what is not here is reported and skipped.
bad: ## Try all bad inputs, attacks, failing reads and writes, and determinism
	MESHCHECK_BAD=1 MESHCHECK_SHARED=$(abspath $(SHARED)) $(GO) test ./cmd/mesh-check -count=1 -v -timeout 60m \
		-run '^(TestBadInput|TestAttacks|TestHostileCharts|TestReadFaults|TestWriteFaults|TestWriteFaultsOfStreams|TestUnreadable|TestDeterminism|TestDeployedHostile|TestDeployedDeterminism)$$'

mutate: ## Damage the shared data N times (20000) and look at each mutant; SEED makes other ones
	MESHCHECK_MUTANTS=$(or $(N),20000) MESHCHECK_SEED=$(SEED) MESHCHECK_SHARED=$(abspath $(SHARED)) \
		$(GO) test ./cmd/mesh-check -run '^TestMutants$$' -count=1 -v -timeout 5h

bench: $(TOOLS)/helm3/helm ## Compare with helm template and with the kept figures (UPDATE=1 keeps new ones); growth
	MESHCHECK_BENCH=1 MESHCHECK_HELM3=$(TOOLS)/helm3/helm MESHCHECK_SHARED=$(abspath $(SHARED)) \
		$(GO) test ./cmd/mesh-check -run '^(TestBench|TestGrowth)$$' -count=1 -v -timeout 60m $(if $(UPDATE),-update)

explored: ## Explore the shared charts: how much is reached, faults planted in hidden branches, settings tried with Helm; EVERY=8 takes every 8th
	MESHCHECK_EXPLORED=$(or $(EVERY),1) MESHCHECK_SHARED=$(abspath $(SHARED)) \
		$(GO) test ./cmd/mesh-check -run '^TestExplored' -count=1 -v -timeout 60m

releases: $(TOOLS)/helm3/helm ## Compare the releases of the shared repositories with what Helm's client renders for them
	MESHCHECK_HELM3=$(TOOLS)/helm3/helm MESHCHECK_SHARED=$(abspath $(SHARED)) \
		$(GO) test ./frontends/release/search -run '^Test(Argo|Kustomize)Client' -count=1 -v -timeout 20m

corpus: ## Check all shared charts twice and print a table
	MESHCHECK_SHARED=$(abspath $(SHARED)) $(GO) test ./cmd/mesh-check -run '^TestCorpus$$' -count=1 -v -timeout 30m

new-check: ## Write the files of a new check: make new-check ID=MESH305 NAME=some-fault KIND=workload|service|namespace|istio
	$(GO) run ./checks/checktest/newcheck ID=$(ID) NAME=$(NAME) KIND=$(or $(KIND),workload)

helm-clients: $(TOOLS)/helm3/helm $(TOOLS)/helm4/helm ## Install and run the plugin with Helm 3 and Helm 4
	MESHCHECK_HELM3=$(TOOLS)/helm3/helm MESHCHECK_HELM4=$(TOOLS)/helm4/helm \
		$(GO) test ./cmd/mesh-check -run '^TestPlugin' -count=1 -v

actionlint: $(TOOLS)/actionlint ## Lint the workflows, and the action through them
	$(TOOLS)/actionlint -color

multitool: $(VALIDATOR) ## Install Microsoft's SARIF validator with npm

sarif-validate: $(VALIDATOR) ## Validate logs with it: 0 errors, 0 warnings
	MESHCHECK_MULTITOOL=$(VALIDATOR) MESHCHECK_SHARED=$(abspath $(SHARED)) \
		$(GO) test ./sarif/... ./cmd/mesh-check -run 'Multitool' -count=1 -v

chromium: ## Install headless Chromium where there is none, with apt-get (Debian), as root or with sudo
	@command -v chromium > /dev/null || { \
		as=; test "$$(id -u)" -eq 0 || as=sudo; \
		$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends chromium > /dev/null; }
	@command -v chromium > /dev/null || { echo "error: there is no chromium, and apt-get installs none; put one into PATH" >&2; exit 1; }

browser: chromium ## Try the page of -o html in headless Chromium: clicks, filters, keys, hostile names, how long it takes
	MESHCHECK_CHROMIUM="$$(command -v chromium)" $(GO) test ./sarif/view/page -run '^TestChromium' -count=1 -v

# VitePress (docs/site/package-lock.json pins it) fails on links that lead nowhere. SITE_BASE is the folder of the site on its host.
SITE_BASE ?= /
site: build docs/site/node_modules/.package-lock.json ## Build the site of docs/ into dist/site with npm, and check its links
	cd docs/site && SITE_BASE=$(SITE_BASE) npm run --silent build -- $(CURDIR)/dist/site

docs/site/node_modules/.package-lock.json: docs/site/package-lock.json
	cd docs/site && npm ci --no-audit --no-fund

# The database is fetched from GOVULNDB (https://vuln.go.dev); file:///DIR is a copy of it.
vuln: $(TOOLS)/govulncheck ## Look for known vulnerabilities that the program reaches, where their database can be reached
	@log=$$(mktemp); code=0; $(TOOLS)/govulncheck ./cmd/mesh-check > $$log 2>&1 || code=$$?; cat $$log; \
	if [ $$code -ne 0 ] && grep -q 'fetching vulnerabilities' $$log; then \
		echo "NOT LOOKED FOR: known vulnerabilities, because their database cannot be reached"; code=0; fi; \
	rm $$log; exit $$code

tools: $(TOOLS)/golangci-lint $(TOOLS)/actionlint $(TOOLS)/helm3/helm $(TOOLS)/helm4/helm ## Build the pinned tools

ci: ## Everything that must hold before a change is merged
	.ci/run

$(TOOLS)/golangci-lint:
	cd / && GOBIN=$(TOOLS) $(GO) install $(GOLANGCI_LINT)

$(TOOLS)/actionlint:
	cd / && GOBIN=$(TOOLS) $(GO) install $(ACTIONLINT)

goreleaser: $(TOOLS)/goreleaser ## Let goreleaser check its configuration, and build a snapshot for this machine
	$(TOOLS)/goreleaser check
	HOMEBREW_TOKEN= $(TOOLS)/goreleaser build --snapshot --single-target --clean

$(TOOLS)/goreleaser:
	cd / && GOBIN=$(TOOLS) $(GO) install $(GORELEASER)

$(TOOLS)/govulncheck:
	cd / && GOBIN=$(TOOLS) $(GO) install $(GOVULNCHECK)

$(TOOLS)/helm3/helm:
	cd / && CGO_ENABLED=$(or $(CGO_ENABLED),0) GOBIN=$(TOOLS)/helm3 $(GO) install -ldflags '-s -w' $(HELM3)

$(TOOLS)/helm4/helm:
	cd / && CGO_ENABLED=$(or $(CGO_ENABLED),0) GOBIN=$(TOOLS)/helm4 $(GO) install -ldflags '-s -w' $(HELM4)

$(VALIDATOR):
	npm install --no-audit --no-fund --prefix $(CACHE)/multitool $(MULTITOOL)
	chmod u+x $@
