//! Somebody's programs (`tests/package/`) find the library: installed, and moved after that, or as sources; by CMake,
//! pkg-config or hand; in C and C++; shared and static; with gcc and clang.

mod common;

use common::{library, output, outside, root, skipped};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where no machine has anything: a file that remembers its place shows.
const PREFIX: &str = "/nowhere/b2handle";
/// Not where CMake would put libraries by itself.
const LIBDIR: &str = "lib64/odd";

fn succeed(command: &mut Command) -> String {
    let output = output(command);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}:\n{out}{err}");
    out.into_owned()
}

/// A C and a C++ compiler at a time.
fn compilers() -> impl Iterator<Item = [&'static str; 2]> {
    let here = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    [["gcc", "g++"], ["clang", "clang++"]].into_iter().filter(move |pair| {
        let both = pair.iter().all(here);
        if !both {
            skipped(1, &format!("{} are not installed", pair.join(" and ")));
        }
        both
    })
}

fn cmake() -> Command {
    let mut cmake = outside("cmake");
    // Variables of whoever runs the tests would change what is tested.
    for name in ["DESTDIR", "CC", "CXX", "CMAKE_PREFIX_PATH", "CMAKE_GENERATOR", "b2handle_DIR"] {
        cmake.env_remove(name);
    }
    cmake
}

/// Where cargo built the library, so that nothing is built twice.
fn target() -> &'static Path {
    library().parent().unwrap()
}

/// An installed package, after it was moved to another place.
fn package() -> &'static Path {
    static PACKAGE: OnceLock<PathBuf> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
        let _ = fs::remove_dir_all(&folder);
        let build = folder.join("build");
        let configure = [
            format!("-DCMAKE_INSTALL_PREFIX={PREFIX}"),
            format!("-DCMAKE_INSTALL_LIBDIR={LIBDIR}"),
            format!("-DB2H_TARGET_DIR={}", target().display()),
            "-DB2H_EXAMPLES=OFF".to_owned(),
        ];
        succeed(cmake().arg("-S").arg(root()).arg("-B").arg(&build).args(configure));
        succeed(cmake().arg("--build").arg(&build));
        succeed(cmake().arg("--install").arg(&build).env("DESTDIR", folder.join("stage")));
        let moved = folder.join("moved");
        fs::rename(folder.join("stage").join(&PREFIX[1..]), &moved).unwrap();
        moved
    })
}

/// The files under a folder, each with what it links to.
fn files(folder: &Path) -> BTreeMap<PathBuf, Option<PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read_link(&path).ok());
            }
        }
    }
    found
}

/// A program runs, with the shared library or without.
fn works(program: &Path, shared: bool) {
    // Cargo sets the path of the loader; a user's machine does not.
    let said = succeed(Command::new(program).env_remove("LD_LIBRARY_PATH"));
    assert_eq!(said, "It works.\n", "{}", program.display());
    let dynamic = succeed(Command::new("readelf").args(["--dynamic", "--wide"]).arg(program));
    assert_eq!(dynamic.contains("[libb2handle.so.0]"), shared, "{}: {dynamic}", program.display());
}

/// Builds the programs of `tests/package/CMakeLists.txt` and runs them.
fn cmake_project(compilers: [&str; 2], default_is_shared: bool, define: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let [c, cpp] = compilers;
    succeed(
        cmake()
            .arg("-S")
            .arg(root().join("tests/package"))
            .arg("-B")
            .arg(folder.path())
            .args([format!("-DCMAKE_C_COMPILER={c}"), format!("-DCMAKE_CXX_COMPILER={cpp}")])
            .args(define),
    );
    succeed(cmake().arg("--build").arg(folder.path()));
    for (target, shared) in [("b2handle", default_is_shared), ("shared", true), ("static", false)] {
        for language in ["c", "cpp"] {
            works(&folder.path().join(format!("{target}-{language}")), shared);
        }
    }
    works(&folder.path().join("cxx"), default_is_shared);
}

/// Compiles a program as one does by hand, against the shared library or without it.
fn by_hand(compiler: &str, arguments: &[String], shared: bool) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    let language = if compiler.contains("++") { "cpp" } else { "c" };
    let source = root().join("tests/package").join(format!("consumer.{language}"));
    succeed(Command::new(compiler).args(common::STRICT).arg("-o").arg(&program).arg(source).args(arguments));
    works(&program, shared);
}

fn pkg_config(arguments: &[&str]) -> String {
    let mut command = Command::new("pkg-config");
    command.args(arguments).arg("b2handle");
    command.env("PKG_CONFIG_PATH", package().join(LIBDIR).join("pkgconfig"));
    succeed(&mut command).trim().to_owned()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The command finds the library where it was installed beside it, and loads no other.
fn the_command_runs(prefix: &Path) {
    let command = prefix.join("bin/b2h");
    let version = env!("CARGO_PKG_VERSION");
    let said = succeed(Command::new(&command).arg("--version").env_remove("LD_LIBRARY_PATH"));
    assert_eq!(said, format!("b2h {version} (libb2handle {version})\n"));
    let loaded = succeed(Command::new("ldd").arg(&command).env_remove("LD_LIBRARY_PATH"));
    let line = loaded.lines().find(|line| line.contains("libb2handle.so.0")).unwrap();
    let found = line.split_whitespace().nth(2).unwrap();
    let found = fs::canonicalize(found).unwrap();
    assert!(found.starts_with(fs::canonicalize(prefix).unwrap()), "{loaded}");
    let dynamic = succeed(Command::new("readelf").args(["--dynamic", "--wide"]).arg(&command));
    assert!(dynamic.contains("[$ORIGIN/"), "{dynamic}");
    assert!(!dynamic.contains(&target().display().to_string()), "{dynamic}");
}

#[test]
fn the_command_finds_the_library_wherever_both_are_moved() {
    the_command_runs(package());
}

#[test]
fn the_package_remembers_no_place() {
    let places = [PREFIX.to_owned(), root().display().to_string(), target().display().to_string()];
    for file in files(package()).into_keys() {
        if file.extension().is_some_and(|extension| extension == "cmake" || extension == "pc") {
            let text = fs::read_to_string(package().join(&file)).unwrap();
            for place in &places {
                assert!(!text.contains(place), "{} names {place}", file.display());
            }
        }
    }
}

#[test]
fn cmake_finds_the_package() {
    for pair in compilers() {
        let found = package().join(LIBDIR).join("cmake/b2handle");
        cmake_project(pair, true, &[format!("-DCMAKE_PREFIX_PATH={}", found.display())]);
    }
}

/// A copy of `cpp-examples`, as somebody would begin with it.
#[test]
fn the_service_in_cpp_is_built_from_the_package() {
    let server = common::Server::start();
    let credentials = server.credentials("");
    for [_, cpp] in compilers() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy");
        fs::create_dir(&copy).unwrap();
        for file in ["CMakeLists.txt", "ingest.cpp"] {
            fs::copy(root().join("cpp-examples").join(file), copy.join(file)).unwrap();
        }
        let build = folder.path().join("build");
        succeed(cmake().arg("-S").arg(&copy).arg("-B").arg(&build).args([
            format!("-DCMAKE_CXX_COMPILER={cpp}"),
            format!("-DCMAKE_PREFIX_PATH={}", package().join(LIBDIR).join("cmake/b2handle").display()),
        ]));
        succeed(cmake().arg("--build").arg(&build));
        let programs = [build.join("ingest"), package().join("bin/b2h")];
        let mut test = Command::new(root().join("cpp-examples/ingest_test.sh"));
        succeed(test.arg(&credentials).args(programs).env_remove("LD_LIBRARY_PATH"));
    }
}

#[test]
fn cmake_projects_add_the_sources() {
    let from =
        [format!("-DB2H_SOURCE={}", root().display()), format!("-DB2H_TARGET_DIR={}", target().display())];
    compilers().take(1).for_each(|pair| cmake_project(pair, true, &from));
}

/// A Fortran project (`tests/package/fortran/`) builds the simulation of the examples, which runs against a sandbox, and a
/// program of its own.
fn fortran_project(shared: bool, define: &[String]) {
    let here = |name: &str| Command::new(name).arg("--version").output().is_ok();
    if !here("gfortran") {
        return skipped(1, "gfortran is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let build = folder.path().join("build");
    succeed(
        cmake()
            .env_remove("FC")
            .arg("-S")
            .arg(root().join("tests/package/fortran"))
            .arg("-B")
            .arg(&build)
            .arg("-DCMAKE_Fortran_COMPILER=gfortran")
            .arg(format!("-DB2H_SIMULATION={}", root().join("fortran-examples/simulation.f90").display()))
            .args(define),
    );
    succeed(cmake().arg("--build").arg(&build));
    let server = common::Server::start();
    let program = build.join("simulation");
    let mut run = Command::new(&program);
    run.arg(server.credentials("")).arg(folder.path()).env_remove("LD_LIBRARY_PATH");
    let said = succeed(&mut run);
    assert!(said.ends_with("heat-0003.dat, new\nOK\n"), "{said}");
    works(&build.join("saved"), shared);
}

#[test]
fn fortran_projects_find_the_package() {
    let found = format!("-DCMAKE_PREFIX_PATH={}", package().join(LIBDIR).join("cmake/b2handle").display());
    fortran_project(true, std::slice::from_ref(&found));
    fortran_project(false, &[found, "-DBUILD_SHARED_LIBS=OFF".to_owned()]);
}

#[test]
fn fortran_projects_add_the_sources() {
    let from =
        [format!("-DB2H_SOURCE={}", root().display()), format!("-DB2H_TARGET_DIR={}", target().display())];
    fortran_project(true, &from);
}

#[test]
fn pkg_config_finds_the_package() {
    assert_eq!(pkg_config(&["--modversion"]), env!("CARGO_PKG_VERSION"));
    let rpath = format!("-Wl,-rpath,{}", pkg_config(&["--variable=libdir"]));
    let shared = words(&format!("{} {rpath}", pkg_config(&["--cflags", "--libs"])));
    let all = pkg_config(&["--static", "--cflags", "--libs"]);
    let only_ours = words(&all.replace("-lb2handle", "-l:libb2handle.a"));
    let everything = words(&format!("-static {all}"));
    for compiler in compilers().flatten() {
        by_hand(compiler, &shared, true);
        by_hand(compiler, &only_ours, false);
        by_hand(compiler, &everything, false);
    }
}

#[test]
fn make_install_installs_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let prefix = folder.path().join("prefix");
    succeed(
        outside("make")
            .arg("install")
            .args([
                format!("PREFIX={}", prefix.display()),
                format!("BUILD={}", folder.path().join("build").display()),
            ])
            .current_dir(root())
            .env("CARGO_TARGET_DIR", target())
            .env_remove("MAKEFLAGS")
            .env_remove("DESTDIR"),
    );

    let versioned = format!("lib/libb2handle.so.{}", env!("CARGO_PKG_VERSION"));
    let expected = [
        ("bin/b2h", None),
        ("include/b2handle.h", None),
        ("include/b2handle.hpp", None),
        ("lib/cmake/b2handle/b2handleConfig.cmake", None),
        ("lib/cmake/b2handle/b2handleConfigVersion.cmake", None),
        ("lib/cmake/b2handle/b2handleFortran.cmake", None),
        ("lib/cmake/b2handle/b2handleTargets.cmake", None),
        ("lib/libb2handle.a", None),
        ("lib/libb2handle.so", Some("libb2handle.so.0")),
        ("lib/libb2handle.so.0", versioned.strip_prefix("lib/")),
        (&versioned, None),
        ("lib/pkgconfig/b2handle.pc", None),
        ("share/bash-completion/completions/b2h", None),
        ("share/fish/vendor_completions.d/b2h.fish", None),
        ("share/man/man1/b2h.1", None),
        ("share/zsh/site-functions/_b2h", None),
    ];
    let mut expected: BTreeMap<_, _> =
        expected.into_iter().map(|(file, to)| (PathBuf::from(file), to.map(PathBuf::from))).collect();
    for (from, to) in [("include/b2handle", "include/b2handle"), ("fortran", "share/b2handle/fortran")] {
        let sources = files(&root().join(from)).into_keys();
        expected.extend(sources.map(|file| (Path::new(to).join(file), None)));
    }
    assert_eq!(files(&prefix), expected);

    the_command_runs(&prefix);

    let prefix = prefix.display();
    let by_name = words(&format!("-I{prefix}/include -L{prefix}/lib -Wl,-rpath,{prefix}/lib -lb2handle"));
    compilers().flatten().for_each(|compiler| by_hand(compiler, &by_name, true));
    let define = [format!("-DCMAKE_PREFIX_PATH={prefix}"), "-DBUILD_SHARED_LIBS=OFF".to_owned()];
    compilers().take(1).for_each(|pair| cmake_project(pair, false, &define));
}

/// What a static library of Rust needs changes with rustc and with what is linked in, not with the profile.
#[test]
fn static_programs_link_what_rustc_says() {
    let mut measure = outside(env!("CARGO"));
    measure.args(["rustc", "--locked", "--color", "never", "--package", "b2handle", "--lib"]);
    measure.args(["--crate-type", "staticlib", "--target-dir"]).arg(target()).current_dir(root());
    let output = output(measure.args(["--", "--print", "native-static-libs"]));
    let text = String::from_utf8_lossy(&output.stderr);
    let said = text.lines().find_map(|line| line.split_once("native-static-libs:"));
    let said: BTreeSet<String> =
        words(said.unwrap_or_else(|| panic!("rustc said nothing:\n{text}")).1).into_iter().collect();

    // Compilers add these two by themselves, in the way that a program is linked.
    let by_compiler: BTreeSet<String> = words("-lgcc_s -lc").into_iter().collect();
    let pc = fs::read_to_string(package().join(LIBDIR).join("pkgconfig/b2handle.pc")).unwrap();
    let private = pc.lines().find_map(|line| line.strip_prefix("Libs.private:")).unwrap();
    let committed: BTreeSet<String> = words(private).into_iter().collect();
    let measured: BTreeSet<String> = said.difference(&by_compiler).cloned().collect();
    assert_eq!(committed, measured, "change B2H_NATIVE_LIBS in CMakeLists.txt");
}
