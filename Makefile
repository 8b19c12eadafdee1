# The commands of the project. Each one sets up what it needs and is missing: docs/building.md.

SHELL := /bin/bash
.NOTPARALLEL:
.DEFAULT_GOAL := help

# Tools from crates.io, shared by all checkouts.
export ARRAY_CONSOLE_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/array-console
export PATH := $(ARRAY_CONSOLE_TOOLS)/bin:$(CURDIR)/.ci/page/node_modules/.bin:$(PATH)
# No browser but Debian's, and no question to anybody whether a tool is the newest.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
export TRUNK_SKIP_VERSION_CHECK := true
export CARGO_TERM_PROGRESS_WHEN ?= never
# Trunk stops at NO_COLOR=1, which it reads as a boolean.
unexport NO_COLOR

target := $(or $(CARGO_TARGET_DIR),target)
export ARRAY_SIMULATOR := $(abspath $(target)/release/array-simulator)
cargo_home := $(or $(CARGO_HOME),$(HOME)/.cargo)
LISTEN ?= 127.0.0.1:8080
phase := @.ci/phase

# The page takes a standard library of its own: a panic only stops the program, which the page then says, and
# its words and places, which nobody but us would read, stay out: a tenth of what a browser has to fetch.
# Cargo builds the library for released compilers only when it is told so. What is deployed does not tell
# where it was built.
small_library = RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
	CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=-zstack-size=524288 --remap-path-prefix=$(cargo_home)/registry/src=crates --remap-path-prefix=$(CURDIR)=."

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: dist build ## the console on a simulated fleet, on http://127.0.0.1:8080
	@echo
	@echo "  Array Console    http://$(LISTEN)"
	@echo "  may do anything  admin / Password123!"
	@echo "  may look only    viewer / Password123!"
	@echo "  Ctrl-C ends it."
	@echo
	@exec "$(ARRAY_SIMULATOR)" --listen $(LISTEN) --console dist --control

.PHONY: test
test: set-up-test lint test-native dist dist-demo test-built build test-end-to-end ## every check and test

.PHONY: soak
soak: ## the random walks, ten times as long, and ten minutes of damaged XML
	@.ci/set-up native
	$(phase) "long walks" env WALK_STEPS=1000000 cargo test --locked --profile soak --features server --lib --test walks \
		--test replication_walks --test protection_walks walk
	$(phase) "damaged XML" env FUZZ_SECONDS=600 FUZZ_SEED=$$RANDOM cargo test --locked --features server \
		--test zapi_fuzz -- --nocapture

.PHONY: build
build: ## the native server, at target/release/array-simulator
	@.ci/set-up native
	$(phase) "native server" cargo build --locked --release --features server --bin array-simulator

.PHONY: dist
dist: ## what a site deploys, in dist/
	@.ci/set-up wasm
	@# Trunk runs offline, so that it downloads no tools: the crates must be there.
	$(phase) "crates" env $(small_library) cargo fetch --locked --target wasm32-unknown-unknown
	$(phase) "console" env $(small_library) trunk build --release --locked --offline

.PHONY: dist-demo
dist-demo: ## console and simulated fleet in one page, in dist-demo/, for any file host
	@.ci/set-up wasm
	$(phase) "crates" env $(small_library) cargo fetch --locked --target wasm32-unknown-unknown
	$(phase) "demonstration" env $(small_library) ARRAY_CONSOLE_BUILD=demo \
		trunk build --release --locked --offline --features demo --dist dist-demo

# The names of the functions stay in what is profiled, and nothing takes it apart: it is slower, and larger.
named = target/named

.PHONY: bench
bench: $(if $(PROFILE),dist-named,dist) build ## the console beside a plain page, in a browser: docs/benchmark.md
	@.ci/set-up browser end-to-end
	$(phase) "benchmark" env $(if $(PROFILE),DIST=$(CURDIR)/$(named)) node tests/bench/bench.js

.PHONY: dist-named
dist-named:
	@.ci/set-up wasm
	$(phase) "crates" env $(small_library) cargo fetch --locked --target wasm32-unknown-unknown
	$(phase) "console with names" env $(small_library) CARGO_PROFILE_WEB_STRIP=none KEEP_NAMES=1 \
		trunk build --release --locked --offline --dist $(named)

.PHONY: screenshot
screenshot: dist build ## the picture in the README, taken anew
	@.ci/set-up browser end-to-end
	$(phase) "picture" env SCREENSHOT=$(CURDIR)/docs/import.png \
		npm --prefix tests/e2e test -- stories/looks.spec.js --grep "picture in the README"

# The pieces of `make test`.

.PHONY: set-up-test
set-up-test:
	$(phase) "set-up" .ci/set-up native wasm browser end-to-end proxies

.PHONY: lint
lint: ## format and clippy, for the server and for the browser
	$(phase) "format" cargo fmt --check
	$(phase) "clippy, native" cargo clippy --locked --all-targets --features server -- -D warnings
	@.ci/set-up wasm
	$(phase) "clippy, browser" env CLIPPY_CONF_DIR=.ci/clippy-wasm \
		cargo clippy --locked --target wasm32-unknown-unknown --lib --bin console -- -D warnings
	$(phase) "clippy, demonstration" env CLIPPY_CONF_DIR=.ci/clippy-wasm \
		cargo clippy --locked --target wasm32-unknown-unknown --lib --bin console --features demo -- -D warnings

.PHONY: test-native
test-native: ## the native tests
	@.ci/set-up native
	$(phase) "native tests" cargo test --locked --features server

.PHONY: test-built
test-built: ## checks dist/ and dist-demo/ as they are: sizes, nothing inline, the simulator in one alone
	$(phase) "built files" cargo test --locked --features server --test built_files -- --ignored --nocapture

.PHONY: test-end-to-end
test-end-to-end: ## the stories in a browser, on dist/, dist-demo/ and the server as they are
	@.ci/set-up browser end-to-end proxies
	$(phase) "stories in the browser" npm --prefix tests/e2e test
