# What one does with a fresh checkout. `make help` lists it.

CARGO ?= cargo
CC ?= cc
PREFIX ?= /usr/local
BUILD := build
export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
RELEASE := $(CARGO_TARGET_DIR)/release

.PHONY: help demo test test-long check deny unit corpora chaos bench fuzz examples library sandbox header format install clean

help:
	@echo 'make demo                  build everything and run the quickstart against a sandbox'
	@echo 'make test                  run all tests; installs the tools that are missing'
	@echo 'make test-long             sanitizers, valgrind, fault and kill loops, fuzzing, packages (PARTS=... SEEDS=... MINUTES=...)'
	@echo 'make deny                  check licences, sources and known vulnerabilities of the dependencies'
	@echo 'make chaos SEED=N OPS=N    many writes on a server that fails and is killed: what was reported, held against what was done'
	@echo 'make bench [QUICK=1]       how fast it is beside libcurl, wrk and PYHANDLE: a table, and bench.json where cargo builds'
	@echo 'make fuzz TARGET=NAME MINUTES=N    fuzz targets, each for so many minutes of CPU time (20): fuzz/README.md'
	@echo 'make install PREFIX=DIR    install it for C, CMake and pkg-config (default /usr/local)'
	@echo 'make header                regenerate include/b2handle.h and the Fortran interfaces'
	@echo 'make format                format all sources'
	@echo 'make clean                 remove what was built'

demo: library sandbox
	@mkdir -p $(BUILD)
	$(CC) -Wall -Wextra -o $(BUILD)/quickstart c-examples/quickstart.c \
	    -Iinclude -L$(RELEASE) -Wl,-rpath,$(RELEASE) -lb2handle
	scripts/with-sandbox.sh $(RELEASE)/b2h-sandbox $(BUILD)/quickstart

library:
	@scripts/need.sh cargo $(firstword $(CC)):gcc
	$(CARGO) build --release --locked --package b2handle
	@ln -sf libb2handle.so $(RELEASE)/libb2handle.so.0

sandbox:
	$(CARGO) build --release --locked --package b2h-sandbox

# In the order in which failures are cheapest.
test: check deny unit corpora examples
	@echo 'All tests passed.'

# Part after part, whatever fails (scripts/long.sh): PARTS of them, SEEDS of chaos, MINUTES of CPU time for each fuzz target.
test-long: library sandbox
	@scripts/need.sh cargo rustup cc:gcc c++:g++ gfortran clang clang++:clang valgrind /usr/include/valgrind/valgrind.h:valgrind \
	    llvm-symbolizer:llvm cmake pkg-config python3:python3-venv openssl script:bsdutils mandoc man:man-db zsh fish \
	    curl-config:libcurl4-openssl-dev /usr/include/openssl/evp.h:libssl-dev localedef:libc-bin \
	    /usr/share/i18n/locales/de_DE:locales
	@SEEDS='$(or $(SEEDS),1 2 3)' MINUTES=$(or $(MINUTES),1) MAKE='$(MAKE)' nice scripts/long.sh $(PARTS)

check:
	@scripts/need.sh cargo cc:gcc c++:g++ clang-format
	$(CARGO) fmt --all --check
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml --all --check
	clang-format --dry-run --Werror $(C_SOURCES)
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(CARGO) clippy --locked --package b2handle --package b2handle-client --no-default-features -- -D warnings
	$(CARGO) clippy --locked --manifest-path fuzz/Cargo.toml --all-targets --no-default-features -- -D warnings

deny:
	scripts/deny.sh $(BUILD)/deny

unit: library sandbox
	@scripts/need.sh nm:binutils valgrind strace cmake pkg-config gcc g++ gfortran clang clang++:clang \
	    /usr/include/c++/v1:libc++-dev /usr/include/nlohmann/json.hpp:nlohmann-json3-dev python3:python3-venv openssl \
	    script:bsdutils mandoc man:man-db zsh fish curl-config:libcurl4-openssl-dev \
	    /usr/include/openssl/evp.h:libssl-dev localedef:libc-bin /usr/share/i18n/locales/de_DE:locales $(BENCH_NEEDS)
	$(CARGO) test --locked --workspace
	$(CARGO) test --locked --package b2handle-client --no-default-features --lib config::

corpora:
	$(CARGO) test --locked --manifest-path fuzz/Cargo.toml --no-default-features

fuzz:
	@scripts/need.sh cargo $(firstword $(CC)):gcc c++:g++
	scripts/fuzz.sh $(or $(MINUTES),20) $(TARGET)

# OPS operations on a server that misbehaves, and as many on one that is killed, too (tests/chaos).
SEED ?= 1
OPS ?= 20000

chaos: library sandbox
	@scripts/need.sh cargo $(firstword $(CC)):gcc
	@mkdir -p $(BUILD)
	$(CC) -Wall -Wextra -D_GNU_SOURCE -pthread -o $(BUILD)/chaos tests/c/chaos.c \
	    -Iinclude -L$(RELEASE) -Wl,-rpath,$(RELEASE) -lb2handle
	$(CARGO) build --quiet --locked --package b2h-chaos
	@$(CARGO_TARGET_DIR)/debug/b2h-chaos --program $(BUILD)/chaos --sandbox $(RELEASE)/b2h-sandbox \
	    --seed $(SEED) --operations $(OPS)

BENCH_NEEDS = /usr/sbin/nginx:nginx wrk openssl strip:binutils python3:python3-venv \
    curl-config:libcurl4-openssl-dev /usr/include/cjson/cJSON.h:libcjson-dev \
    /etc/ssl/certs/ca-certificates.crt:ca-certificates

bench: library
	@scripts/need.sh $(BENCH_NEEDS) valgrind
	$(CARGO) build --quiet --locked --package b2h-bench
	@$(CARGO_TARGET_DIR)/debug/b2h-bench --target $(CARGO_TARGET_DIR) $(if $(QUICK),--quick)

examples: library sandbox
	@scripts/need.sh cmake c++:g++ gfortran
	cmake -S . -B $(BUILD)/cmake -DCMAKE_BUILD_TYPE=Release -DB2H_TARGET_DIR='$(CARGO_TARGET_DIR)'
	cmake --build $(BUILD)/cmake
	ctest --test-dir $(BUILD)/cmake --output-on-failure --no-tests=error

header:
	B2H_UPDATE_HEADER=1 $(CARGO) test --package b2handle --test header -- the_committed

C_SOURCES = include/b2handle.hpp $(wildcard include/b2handle/*.hpp command/*.[ch] c-examples/*.[ch] cpp-examples/*.cpp tests/cpp/*.[ch]pp tests/cpp/misuse/*.cpp tests/c/*.[ch] tests/c/*.cpp irods/*/*.[ch]pp irods/include/*.h irods/stub/include/irods/* tests/irods/*.[ch] tests/irods/*.cpp benches/c/*.[ch] tests/package/*.c tests/package/*.cpp tests/peers/*.c)

format:
	$(CARGO) fmt --all
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml --all
	clang-format -i $(C_SOURCES)

install:
	@scripts/need.sh cargo cmake $(firstword $(CC)):gcc
	@rm -rf $(BUILD)/install # where CMake remembers an earlier PREFIX
	cmake -S . -B $(BUILD)/install -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX='$(abspath $(PREFIX))' \
	    -DCMAKE_INSTALL_LIBDIR=lib -DB2H_TARGET_DIR='$(CARGO_TARGET_DIR)' -DB2H_EXAMPLES=OFF
	cmake --build $(BUILD)/install
	cmake --install $(BUILD)/install

clean:
	rm -rf $(BUILD) target
