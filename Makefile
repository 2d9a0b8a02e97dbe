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
PKGS_PROGRAM := libcurl sqlite3
PKGS_TEST := check libmicrohttpd libjpeg libpng

CPPFLAGS += -I. -D_GNU_SOURCE -DLB_VERSION='"$(VERSION)"' -MMD -MP
ALL_CFLAGS = -std=gnu11 $(WARN) $(if $(WERROR),-Werror) -fPIC -ffile-prefix-map=$(CURDIR)=. $(OPT) $(SANFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(SANFLAGS) $(LDFLAGS) -pthread
pkg = $(shell pkg-config --$(1) $(2) 2>/dev/null)

SRC_FORMAT := $(sort $(wildcard format/*/*.c))
SRC_PROGRAM := $(sort $(wildcard viewer/*.c lifeboat/*/*.c))
SRC_MAIN := lifeboat/cli/main.c
SRC_FAKE := $(sort $(wildcard tests/fake/*.c))
SRC_SUPPORT := $(sort $(wildcard tests/support/*.c))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/*.c)))
FAULT := $(patsubst tests/fault/%.c,$(BUILD)/tests/fault/%,$(sort $(wildcard tests/fault/*.c)))
CONFORMANCE := $(patsubst tests/conformance/%.c,$(BUILD)/tests/conformance/%,$(sort $(wildcard tests/conformance/*.c)))
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(sort $(wildcard tests/fuzz/*.c)))
BENCH := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(sort $(wildcard tests/bench/*.c)))

obj = $(patsubst %.c,$(BUILD)/%.o,$(1))
OBJ_FORMAT := $(call obj,$(SRC_FORMAT))
OBJ_PROGRAM := $(call obj,$(filter-out $(SRC_MAIN),$(SRC_PROGRAM)))
LIB := $(BUILD)/liblifeboat.a
SO := $(BUILD)/liblifeboat.so.0
PROGLIB := $(BUILD)/libprogram.a
LIBS = $(call pkg,libs,$(PKGS_PROGRAM) $(PKGS_FORMAT)) -lm
LIBS_TEST = $(call pkg,libs,$(PKGS_TEST)) $(LIBS)

.PHONY: all deps demo check bench lint fuzz install clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/lifeboat $(SO) ## build the program and liblifeboat

# ---- building -------------------------------------------------------------------------------------------------

$(BUILD)/format/text/%.o: CPPFLAGS += $(call pkg,cflags,libxml-2.0)
# HTML and CSS files of viewer/assets are taken into the program as they are.
$(BUILD)/viewer/assets.o: $(wildcard viewer/assets/*)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(LIB): $(OBJ_FORMAT)
	@rm -f $@
	ar rcD $@ $^
$(PROGLIB): $(OBJ_PROGRAM)
	@rm -f $@
	ar rcD $@ $^
$(SO): $(OBJ_FORMAT)
	$(CC) -shared -Wl,-soname,liblifeboat.so.0 $(ALL_LDFLAGS) -o $@ $^ $(call pkg,libs,$(PKGS_FORMAT)) -lm
$(BUILD)/lifeboat: $(call obj,$(SRC_MAIN)) $(PROGLIB) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- tests: one executable a file ---------------------------------------------------------------------------------

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
$(BUILD)/tests/conformance/%: $(BUILD)/tests/conformance/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
# Fault tests fail the Nth system call of these.
WRAP := write pwrite fsync fdatasync syncfs rename renameat renameat2 link open openat mkdir close
$(BUILD)/tests/fault/%: $(BUILD)/tests/fault/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $(addprefix -Wl$(comma)--wrap=,$(WRAP)) -o $@ $^ $(LIBS_TEST)
comma := ,
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(call obj,$(SRC_SUPPORT)) $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
# Fuzz harnesses replay their corpus here; `make fuzz` builds the same files with libFuzzer.
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay/replay.o $(PROGLIB) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/fake-flickr: $(call obj,$(SRC_FAKE)) $(PROGLIB) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_TEST)
