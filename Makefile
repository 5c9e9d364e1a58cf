# What one does with a fresh checkout. `make help` lists it.

CARGO ?= cargo
CC ?= cc
PREFIX ?= /usr/local
BUILD := build

.PHONY: help demo test check unit examples library sandbox header format install clean

help:
	@echo 'make demo                  build everything and run the quickstart against a sandbox'
	@echo 'make test                  run all tests; installs the tools that are missing'
	@echo 'make install PREFIX=DIR    install library and header (default /usr/local)'
	@echo 'make header                regenerate include/b2handle.h'
	@echo 'make format                format all sources'
	@echo 'make clean                 remove what was built'

demo: library sandbox
	@mkdir -p $(BUILD)
	$(CC) -Wall -Wextra -o $(BUILD)/quickstart c-examples/quickstart.c \
	    -Iinclude -Ltarget/release -Wl,-rpath,$(CURDIR)/target/release -lb2handle
	scripts/with-sandbox.sh target/release/b2h-sandbox $(BUILD)/quickstart

library:
	@scripts/need.sh cargo $(firstword $(CC)):gcc
	$(CARGO) build --release --locked --package b2handle
	@ln -sf libb2handle.so target/release/libb2handle.so.0

sandbox:
	$(CARGO) build --release --locked --package b2h-sandbox

# In the order in which failures are cheapest.
test: check unit examples
	@echo 'All tests passed.'

check:
	@scripts/need.sh cargo cc:gcc c++:g++ clang-format
	$(CARGO) fmt --all --check
	clang-format --dry-run --Werror $(C_SOURCES)
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

unit: library sandbox
	@scripts/need.sh nm:binutils valgrind
	$(CARGO) test --locked --workspace

examples: library sandbox
	@scripts/need.sh cmake
	cmake -S . -B $(BUILD)/cmake -DCMAKE_BUILD_TYPE=Release
	cmake --build $(BUILD)/cmake
	ctest --test-dir $(BUILD)/cmake --output-on-failure --no-tests=error

header:
	B2H_UPDATE_HEADER=1 $(CARGO) test --package b2handle --test header -- --exact the_committed_header_is_up_to_date

C_SOURCES = $(wildcard c-examples/*.c c-examples/*.h tests/c/*.c tests/c/*.h tests/peers/*.c)

format:
	$(CARGO) fmt --all
	clang-format -i $(C_SOURCES)

install:
	@scripts/need.sh cargo cmake $(firstword $(CC)):gcc
	cmake -S . -B $(BUILD)/install -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX='$(abspath $(PREFIX))' \
	    -DCMAKE_INSTALL_LIBDIR=lib -DB2H_EXAMPLES=OFF
	cmake --build $(BUILD)/install
	cmake --install $(BUILD)/install

clean:
	rm -rf $(BUILD) target
