# lifeboat: photographs and the life around them, kept. `make help` lists what there is to do.
.DEFAULT_GOAL := all
-include config.mak

VERSION := 0.1.0
CC ?= cc
VARIANT ?= release
BUILD := build/$(VARIANT)
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wconversion -Wno-sign-conversion -Wcast-qual \
	-Wswitch-enum -fno-common
OPT ?= -O2 -g -fstack-protector-strong $(if $(SAN),,-D_FORTIFY_SOURCE=2)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
PKGS_FORMAT := libxml-2.0 jansson libcrypto zlib
PKGS_PROGRAM := libcurl sqlite3 libexif libutf8proc
PKGS_TEST := check libmicrohttpd libjpeg libpng

CPPFLAGS += -I. -D_GNU_SOURCE -DLB_VERSION='"$(VERSION)"' -MMD -MP
ALL_CFLAGS = -std=gnu11 $(WARN) $(if $(WERROR),-Werror) -fPIC -ffile-prefix-map=$(CURDIR)=. $(OPT) $(SANFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(SANFLAGS) $(LDFLAGS) -pthread
Q := $(if $(V),,@)
pkg = $(shell pkg-config --$(1) $(2) 2>/dev/null)

SRC_FORMAT := $(sort $(wildcard format/*/*.c))
SRC_PROGRAM := $(sort $(wildcard viewer/*.c viewer/data/*.c lifeboat/*/*.c))
SRC_MAIN := lifeboat/cli/main.c
SRC_FAKE := $(sort $(wildcard tests/fake/*.c))
SRC_SUPPORT := $(sort $(wildcard tests/support/*.c))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/*.c)))
FAULT := $(patsubst tests/fault/%.c,$(BUILD)/tests/fault/%,$(sort $(wildcard tests/fault/*.c)))
CONFORMANCE := $(patsubst tests/conformance/%.c,$(BUILD)/tests/conformance/%,$(sort $(wildcard tests/conformance/*.c)))
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(sort $(wildcard tests/fuzz/*.c)))
BENCH := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(sort $(wildcard tests/bench/*.c)))

obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
OBJ_FORMAT := $(call obj,$(SRC_FORMAT))
OBJ_PROGRAM := $(call obj,$(filter-out $(SRC_MAIN),$(SRC_PROGRAM)))
LIB := $(BUILD)/liblifeboat.a
SO := $(BUILD)/liblifeboat.so.0
PROGLIB := $(BUILD)/libprogram.a
LIBS = $(call pkg,libs,$(PKGS_PROGRAM) $(PKGS_FORMAT)) -lm
LIBS_TEST = $(call pkg,libs,$(PKGS_TEST)) $(LIBS)

.PHONY: all deps demo screenshots check check-long cases conformance check-asan check-clang check-tsan conformance-asan test-programs bench bench-viewer lint samples fuzz outline install clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/lifeboat $(SO) ## build the program and liblifeboat

# ---- building -------------------------------------------------------------------------------------------------

$(BUILD)/obj/format/text/%.o: CPPFLAGS += $(call pkg,cflags,libxml-2.0)
# The files of the viewer are taken into the program as they are; its script is joined from parts.
VIEWER := $(BUILD)/viewer
VIEWER_SOURCES := $(wildcard viewer/assets/* viewer/words/*.js) viewer/tools/files.sh
$(VIEWER)/viewer.js: $(sort $(wildcard viewer/script/*.js))
	@mkdir -p $(@D)
	cat $^ > $@
$(VIEWER)/files.inc: $(VIEWER)/viewer.js $(VIEWER_SOURCES)
	sh viewer/tools/files.sh $< > $@
$(BUILD)/obj/viewer/assets.o: $(VIEWER)/files.inc $(VIEWER_SOURCES)
$(BUILD)/obj/viewer/assets.o: CPPFLAGS += -I$(VIEWER)
# The chapters of the specification become pages, which the library takes in.
SPEC := $(BUILD)/spec
SPEC_SOURCES := $(wildcard spec/[0-9]*.md spec/*.json spec/*.xml) spec/contents.md spec/pages.sh
$(BUILD)/obj/format/package/documentation.o: $(SPEC)/documentation.inc
$(BUILD)/obj/format/package/documentation.o: CPPFLAGS += -I$(SPEC)
$(SPEC)/documentation.inc: $(SPEC_SOURCES)
	sh spec/pages.sh $(SPEC)
$(BUILD)/obj/format/package/schemas.o: $(wildcard spec/schemas/*.json)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo '  CC   $<')
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(LIB): $(OBJ_FORMAT)
	@rm -f $@
	$(Q)ar rcD $@ $^
$(PROGLIB): $(OBJ_PROGRAM)
	@rm -f $@
	$(Q)ar rcD $@ $^
$(SO): $(OBJ_FORMAT)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) -shared -Wl,-soname,liblifeboat.so.0 $(ALL_LDFLAGS) -o $@ $^ $(call pkg,libs,$(PKGS_FORMAT)) -lm
$(BUILD)/lifeboat: $(call obj,$(SRC_MAIN)) $(PROGLIB) $(LIB)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- tests: one executable a file ---------------------------------------------------------------------------------

$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
$(BUILD)/tests/conformance/%: $(BUILD)/obj/tests/conformance/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
# Fault tests fail the Nth system call of these.
WRAP := write pwrite fsync fdatasync syncfs rename renameat renameat2 link open openat mkdir mkdirat syscall close
$(BUILD)/tests/fault/%: $(BUILD)/obj/tests/fault/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) $(addprefix -Wl$(comma)--wrap=,$(WRAP)) -o $@ $^ $(LIBS_TEST)
comma := ,
$(BUILD)/tests/bench/%: $(BUILD)/obj/tests/bench/%.o $(call obj,tests/support/make_package.c) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
# Pictures take long to draw when sanitised, and are not what is tested.
$(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/fake/draw_*.c tests/fake/scene_*.c)): SANFLAGS :=
SRC_BENCH_VIEWER := $(sort $(wildcard tests/bench/viewer/*.c))
$(BUILD)/bench-viewer: $(call obj,$(SRC_BENCH_VIEWER) $(filter-out tests/fake/main.c,$(SRC_FAKE))) $(PROGLIB) $(LIB)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
# Fuzz harnesses replay their corpus here; `make fuzz` builds the same files with libFuzzer.
$(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/replay/replay.o $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/fake-flickr: $(call obj,$(SRC_FAKE)) $(PROGLIB) $(LIB)
	$(if $(V),,@echo '  LINK $@')
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)

# ---- what Debian 12 lacks ------------------------------------------------------------------------------------------
# The build's packages always; those of the tests only when a goal needs them: `make deps demo` stays small.

DEPS_BUILD := gcc libc6-dev pkg-config ca-certificates libcurl4-openssl-dev libjansson-dev libxml2-dev libssl-dev \
	libsqlite3-dev zlib1g-dev libexif-dev libutf8proc-dev cmark-gfm
DEPS_TEST := check libsubunit-dev libmicrohttpd-dev libjpeg62-turbo-dev libpng-dev bats libxml2-utils curl zip unzip python3 \
	libarchive-tools openssl time clang libclang-rt-14-dev chromium firefox-esr mandoc python3-jsonschema python3-pyld
DEPS_BENCH := rhash hashdeep
TEST_GOALS := check conformance bench bench-viewer lint cases fuzz samples screenshots test-deps
NEEDS := $(DEPS_BUILD) $(if $(filter $(TEST_GOALS) check-%,$(MAKECMDGOALS)),$(DEPS_TEST)) $(if $(filter bench,$(MAKECMDGOALS)),$(DEPS_BENCH))
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)

deps: ## install what is missing (as root, or with sudo): `make deps demo`, `make deps check`
	@missing=$$(for p in $(NEEDS); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	command -v node >/dev/null || case "$(NEEDS)" in *chromium*) missing="$$missing nodejs";; esac; \
	command -v npm >/dev/null || case "$(NEEDS)" in *chromium*) missing="$$missing npm";; esac; \
	if [ -n "$$missing" ]; then echo "installing:" $$missing; \
		$(AS_ROOT) apt-get update -q && $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends $$missing; fi
	@case "$(NEEDS)" in *chromium*) $(MAKE) --no-print-directory $(addsuffix /node_modules/.package-lock.json,tests/browser tests/standards);; esac

tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	cd tests/$* && npm ci --ignore-scripts --no-audit --no-fund && touch node_modules/.package-lock.json || \
		echo "npm could not fetch what the tests in tests/$* need: these will be skipped"

ifneq (,$(filter deps,$(MAKECMDGOALS)))
$(OBJ_FORMAT) $(OBJ_PROGRAM) $(SPEC)/documentation.inc $(VIEWER)/files.inc all demo check cases conformance bench lint fuzz: | deps
endif

# ---- goals ---------------------------------------------------------------------------------------------------------

demo: all ## make, verify and pack a lifeboat from the sample recording: no network, no key
	@sh samples/demo.sh $(BUILD)/lifeboat build/demo

TEST_PROGRAMS = $(UNIT) $(FAULT) $(FUZZ)
test-programs: all $(TEST_PROGRAMS) $(CONFORMANCE) $(BUILD)/fake-flickr $(BUILD)/tests/bench/make_package

check: test-programs ## all tests
	@BUILD=$(BUILD) JOBS=$(JOBS) sh tests/run.sh $(CHECK)
check-long: $(BUILD)/tests/unit/net_month ## a simulated month: 200,000 photos at 3,600 calls an hour (about five minutes)
	LIFEBOAT_TEST_PHOTOS=$(or $(PHOTOS),200000) CK_DEFAULT_TIMEOUT=3600 $<
conformance: test-programs ## the tests over ../shared/data (skipped, saying so, where it is absent)
	@BUILD=$(BUILD) JOBS=$(JOBS) sh tests/run.sh conformance
cases: all ## write the packages that prove the rules of verify into build/cases, for other implementations
	@rm -rf build/cases
	@python3 spec/cases/run.py --program $(BUILD)/lifeboat --make build/cases
check-asan check-clang check-tsan: check-%: ## the tests once more: ASan + UBSan, clang, TSan
	$(MAKE) check VARIANT=$* WERROR=1 $(variant-$*)
conformance-asan: conformance-%:
	$(MAKE) conformance VARIANT=$* WERROR=1 $(variant-$*)
variant-asan := SAN=address,undefined OPT='-O1 -g'
variant-tsan := SAN=thread OPT='-O1 -g'
variant-clang := CC=clang

lint: ## layers, fences of third-party libraries, banned calls, sizes, headers that stand alone
	@CC="$(CC)" sh tests/lint/all.sh

bench: all $(BENCH) $(BUILD)/fake-flickr ## speed and memory on this machine, beside named peers
	@BUILD=$(BUILD) bash tests/bench/run.sh

screenshots: demo ## pictures of every view of the sample into build/screenshots
	@rm -rf build/screenshots
	@node tests/browser/screenshots.mjs build/demo/harbour/lifeboat build/screenshots

bench-viewer: $(BUILD)/bench-viewer ## speed and memory of the viewer and of the writer of its data, beside their budgets
	@BUILD=$(BUILD) bash tests/bench/viewer.sh

samples: $(BUILD)/fake-flickr ## draw and record the sample collection anew
	$(BUILD)/fake-flickr --world samples/harbour.world --record-all samples/harbour.warc.gz --date 2026-11-01T12:00:00Z

outline: viewer/tools/node_modules/.package-lock.json ## make viewer/assets/land.js, the map's outline, from Natural Earth data
	cd viewer/tools && node outline.mjs
viewer/tools/node_modules/.package-lock.json: viewer/tools/package-lock.json
	cd viewer/tools && npm ci --ignore-scripts --no-audit --no-fund && touch node_modules/.package-lock.json

FUZZ_SECONDS ?= 60
fuzz: $(patsubst tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard tests/fuzz/*.c))) ## run every fuzz harness (FUZZ_SECONDS each, clang)
	@for f in $^; do n=$$(basename $$f); mkdir -p build/fuzz/corpus/$$n; echo "== $$n"; \
		$$f -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=2048 -print_final_stats=0 \
			build/fuzz/corpus/$$n tests/fuzz/corpus/$$n || exit 1; done
build/fuzz/%: tests/fuzz/%.c $(SRC_FORMAT) $(filter-out $(SRC_MAIN),$(SRC_PROGRAM)) $(SPEC)/documentation.inc $(VIEWER)/files.inc
	@mkdir -p $(@D)
	clang -I. -I$(SPEC) -I$(VIEWER) -D_GNU_SOURCE -DLB_VERSION='"$(VERSION)"' $(call pkg,cflags,libxml-2.0) -std=gnu11 -g -O1 \
		-fsanitize=fuzzer,address,undefined -o $@ $(filter %.c,$^) $(LIBS) -pthread

INSTALL_HEADERS := $(sort $(wildcard format/*/*.h))
install: all ## into PREFIX (default /usr/local): program, library, headers, pkg-config file, man page, completions
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(BUILD)/lifeboat $(DESTDIR)$(PREFIX)/bin/lifeboat
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(SO) $(DESTDIR)$(PREFIX)/lib/
	ln -sf liblifeboat.so.0 $(DESTDIR)$(PREFIX)/lib/liblifeboat.so
	for h in $(filter-out %_private.h %/internal.h,$(INSTALL_HEADERS)); do \
		install -D -m 644 $$h $(DESTDIR)$(PREFIX)/include/lifeboat/$$h || exit 1; done
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' format/liblifeboat.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/liblifeboat.pc
	$(BUILD)/lifeboat help --man > $(DESTDIR)$(PREFIX)/share/man/man1/lifeboat.1
	$(BUILD)/lifeboat completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lifeboat

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z -]*:.*## / { split($$1, t, ":"); printf "  make %-28s %s\n", t[1], $$2 }' $(MAKEFILE_LIST)
