# Targets for people; ./run and ./test call them too.
#   make dist      the program in exporter/target/meshpath (does nothing when up to date)
#   make verify    all gates and unit tests of the Java part
#   make check-bpf the BPF objects and their format
#   make bench     what an event costs
#   make fuzz      ten million hostile inputs for the frame decoder (INPUTS=N SEED=N)
#   make docs      docs/metrics.md, from the golden scrape (make golden writes that)
#   make screenshots   docs/page-*.png, of the page of a recording in headless Chromium
#   make kernel-support   docs/kernel-support.md, from the last runs of deploy/lab/matrix
#   make dashboard-schema the schema that the dashboards are checked by, from Grafana's types (npm)
#   make panel-table      docs/dashboards-on-the-test-mesh.md, from the last run of deploy/tests/panel-queries
#   make bench-hooks      what watching costs a call, in the lab
#   make format    formats everything
export JAVA_HOME := $(shell exporter/src/main/sh/find-jdk)
MVN := mvn -B -q -ntp
DIST := exporter/target/meshpath
REVISION := $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)
SOURCES := $(shell find exporter/src/main -type f) $(wildcard docs/*.md) pom.xml exporter/pom.xml

dist: $(DIST)/.built

bpf:
	@$(MAKE) -s -C bpf

# the jar, its libraries and the launcher; tests are for verify
$(DIST)/.built: $(SOURCES) $(wildcard bpf/*/*.c bpf/*/*.h) | bpf
	@rm -rf exporter/target/lib # else libraries of former versions stay
	$(MVN) package -Drevision=$(REVISION) -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true
	@rm -rf $(DIST)
	@mkdir -p $(DIST)/bin $(DIST)/lib
	@install -m 755 exporter/src/main/sh/* $(DIST)/bin/
	@cp exporter/target/meshpath.jar exporter/target/lib/*.jar exporter/src/main/jvm/* $(DIST)/lib/
	@# C1 only: what C2 profiles in the training makes the cache, and so the process, 8 MiB larger. And without
	@# its compilations: the JDK would leave methods for good at the level that they had reached, docs/performance.md
	@$(JAVA_HOME)/bin/java @$(DIST)/lib/meshpath.options -XX:TieredStopAtLevel=1 -XX:+IgnoreUnrecognizedVMOptions \
		-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=$(DIST)/lib/meshpath.aot \
		-cp $(CURDIR)/$(DIST)/lib/meshpath.jar dev.meshpath.AotTraining >$(DIST)/aot.log 2>&1 || { cat $(DIST)/aot.log >&2; exit 1; }
	@touch $@

check-bpf:
	@$(MAKE) -C bpf check

verify: bpf
	mvn -B -ntp verify -Drevision=$(REVISION)

golden:
	$(MVN) test -Dtest=GoldenScrapeTest -Dgolden.update=true -Dsurefire.failIfNoSpecifiedTests=false

docs: docs/metrics.md

docs/metrics.md: exporter/src/test/resources/golden/scrape.txt docs/metrics-reference
	docs/metrics-reference <$< >$@.new
	@mv $@.new $@

kernel-support:
	docs/kernel-support --keep docs/kernel-support.json exporter/target/test-lab/*/verify.json >docs/kernel-support.md.new
	@mv docs/kernel-support.md.new docs/kernel-support.md

dashboard-schema:
	deploy/tests/dashboard-schema/build >dashboard.schema.json.new
	@mv dashboard.schema.json.new exporter/src/test/resources/grafana/dashboard.schema.json

panel-table:
	deploy/tests/panel-queries --table exporter/target/test-monitoring/panel-queries.json >docs/dashboards-on-the-test-mesh.md.new
	@mv docs/dashboards-on-the-test-mesh.md.new docs/dashboards-on-the-test-mesh.md

screenshots: dist
	@deploy/tests/page --screenshots docs

bench-hooks: dist
	@bench/hooks $(DIST)

# root; a minute or two, with nothing else running
bench: dist
	@bench/run $(DIST)

# some minutes
fuzz: dist
	@bench/fuzz $(DIST) $(or $(INPUTS),10000000) $(SEED)

format:
	@$(MAKE) -s -C bpf format
	$(MVN) -pl exporter spotless:apply

clean:
	$(MAKE) -C bpf clean
	$(MVN) clean

.PHONY: dist bpf check-bpf verify golden docs bench fuzz bench-hooks kernel-support dashboard-schema panel-table screenshots format clean
