# Two commands matter: make run, make test. Each installs what it needs first.
SWIFT ?= swift
PREFIX ?= /usr/local
# One configuration for run and test, so that the second does not build again.
BUILD = $(SWIFT) build --build-tests --explicit-target-dependency-import-check error
STATIC = -c release --static-swift-stdlib --product zhunsheng
RULES = Regulations

.PHONY: setup run test check format lint bench docs golden seal install build evaluate

setup:
	@Scripts/setup test

build:
	$(BUILD)

run:
	@Scripts/setup run
	$(BUILD)
	$(SWIFT) run --skip-build zhunsheng assess --file Examples/patrol-report.md --on 2026-11-20 --party contractor

test:
	@Scripts/setup test
	$(BUILD)
	$(SWIFT) test --skip-build --parallel
	Scripts/linkage

# Proves the rules: schema, addresses, dates, figures, examples.
check:
	@Scripts/setup run
	$(BUILD)
	$(SWIFT) run --skip-build zhunsheng check $(RULES)

format:
	$(SWIFT) format --in-place --recursive Sources Tests Regulations/RegulationLibrary.swift Benchmarks/Sources Package.swift

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Regulations/RegulationLibrary.swift Benchmarks/Sources Package.swift

# Ratios on this machine, in one run (docs/benchmarks.md).
bench:
	@Scripts/setup bench
	$(SWIFT) build $(STATIC)
	cd Benchmarks && $(SWIFT) build -c release --static-swift-stdlib
	Benchmarks/.build/release/bench "$(CURDIR)/$(RULES)" "$(CURDIR)/.build/release/zhunsheng" "$(CURDIR)/Benchmarks/.build/release/hello"

# Pages that are generated from the data.
docs:
	$(BUILD)
	$(SWIFT) run --skip-build zhunsheng list violations > /dev/null
	Scripts/generate-docs

# Records the goldens anew; the commit says why they changed.
golden:
	$(BUILD)
	ZHUNSHENG_RECORD_GOLDENS=1 $(SWIFT) test --skip-build --filter Golden

# After a rule has been edited: the digest that --version prints.
seal:
	$(BUILD)
	$(SWIFT) run --skip-build zhunsheng seal --regulations $(RULES) > .build/rulebook.xml
	cp .build/rulebook.xml $(RULES)/rulebook.xml

install:
	@Scripts/setup run
	$(SWIFT) build $(STATIC)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/zhunsheng/Regulations"
	install -m 755 .build/release/zhunsheng "$(DESTDIR)$(PREFIX)/bin/zhunsheng"
	cd $(RULES) && cp -R library violations schema catalogue.xml lexicon.xml rulebook.xml terms.xml "$(DESTDIR)$(PREFIX)/share/zhunsheng/Regulations/"
