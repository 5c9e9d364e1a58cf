//! The Fortran modules: compiled as strictly as can be, and used by Fortran programs (`tests/fortran/`).

mod common;

use b2h_sandbox::ReverseLookup;
use common::{Server, header, library, output, python, root, run, skipped};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Warnings are errors, and so is whatever a program finds out about itself.
const STRICT: &[&str] = &[
    "-std=f2018",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-g",
    "-O1",
    "-fcheck=all",
    "-ffpe-trap=invalid,zero,overflow",
];

/// Of those that search and list.
const LOOKUP: &str = r#", "reverselookup_username": "search", "reverselookup_password": "search-secret", "allowed_search_keys": []"#;

fn succeed(command: &mut Command) -> String {
    let output = output(command);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}:\n{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn is_here(tool: &str) -> bool {
    let here = Command::new(tool).arg("--version").output().is_ok();
    if !here {
        skipped(1, &format!("{tool} is not installed"));
    }
    here
}

fn sources() -> Vec<PathBuf> {
    let names = fs::read_to_string(root().join("fortran/sources.txt")).unwrap();
    names.lines().map(|name| root().join("fortran").join(name)).collect()
}

/// A folder with the modules and their objects, as a compiler makes them without OpenMP.
fn modules(name: &str, compiler: &str, options: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    succeed(Command::new(compiler).args(options).arg("-c").args(sources()).current_dir(&folder));
    folder
}

fn strict_modules() -> &'static Path {
    static MODULES: OnceLock<PathBuf> = OnceLock::new();
    MODULES.get_or_init(|| modules("fortran-modules", "gfortran", STRICT))
}

/// Links a program with modules that are there.
fn link(compiler: &str, modules: &Path, sources: &[PathBuf], name: &str, options: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fortran-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join(name);
    let objects = fs::read_dir(modules).unwrap().map(|entry| entry.unwrap().path());
    succeed(
        Command::new(compiler)
            .args(options)
            .arg("-I")
            .arg(modules)
            .args(sources)
            .args(objects.filter(|path| path.extension().is_some_and(|extension| extension == "o")))
            .arg("-o")
            .arg(&program)
            .arg(format!("-L{}", library().display()))
            .arg(format!("-Wl,-rpath,{}", library().display()))
            .arg("-lb2handle")
            .current_dir(&folder),
    );
    program
}

/// A program of `tests/fortran`.
fn fortran_program(name: &str, more: &[&str]) -> PathBuf {
    let sources = ["checks", name].map(|one| root().join("tests/fortran").join(format!("{one}.f90")));
    link("gfortran", strict_modules(), &sources, name, &[STRICT, more].concat())
}

fn server() -> (Server, PathBuf) {
    let server = Server::start_with(|options| options.reverse_lookup = ReverseLookup::Sql);
    let credentials = server.credentials(LOOKUP);
    (server, credentials)
}

/// The arguments of `round_trip`.
fn everything(credentials: &Path, folder: &Path) -> [PathBuf; 3] {
    [credentials.to_owned(), common::own_keys(), folder.to_owned()]
}

fn encrypted_key(credentials: &Path) -> [PathBuf; 3] {
    [credentials.to_owned(), common::own_keys().join("rsa.encrypted.aes-256-cbc.pem"), "throw-away".into()]
}

#[test]
fn every_function_is_used_by_the_module() {
    // In Fortran these are done without C, on what was read.
    let plain = ["b2h_locations_attribute", "b2h_record_find", "b2h_record_value_at", "b2h_results_failures"];
    let text: String = sources()
        .iter()
        .filter(|path| !path.ends_with("b2handle_c.f90"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let header = fs::read_to_string(root().join("include/b2handle.h")).unwrap();
    let functions = header::functions(&header);
    assert!(functions.len() > 100, "the header was not understood");
    for function in functions {
        let is_used = text.contains(&format!("{}_(", function.name));
        assert_eq!(is_used, !plain.contains(&function.name.as_str()), "{}", function.name);
    }
}

#[test]
fn all_sources_are_listed() {
    let listed = sources();
    for entry in fs::read_dir(root().join("fortran")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "f90") {
            assert!(listed.contains(&path), "{} is not in fortran/sources.txt", path.display());
        }
    }
    let manifest = fs::read_to_string(root().join("fortran/fpm.toml")).unwrap();
    assert!(manifest.contains(&format!("version = \"{}\"", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn all_that_c_can_do() {
    if !is_here("gfortran") {
        return;
    }
    let (server, credentials) = server();
    let folder = tempfile::tempdir().unwrap();
    let program = fortran_program("round_trip", &[]);
    assert_eq!(run(&program, &everything(&credentials, folder.path())), "OK\n");
    // What Fortran wrote, as the server has it.
    let record = server.sandbox.record("21.T12345/fortran-values").unwrap();
    assert_eq!(record["values"][0]["data"]["value"], "https://example.org/");
    assert!(server.sandbox.record("21.T12345/fortran-grün λ 🍍").is_none());
}

#[test]
fn bad_input_is_an_error() {
    if is_here("gfortran") {
        let (_server, credentials) = server();
        assert_eq!(run(&fortran_program("bad_input", &[]), &[credentials]), "OK\n");
    }
}

#[test]
fn numbers_are_not_cut() {
    if is_here("gfortran") {
        let wide = [STRICT, &["-fdefault-integer-8"]].concat();
        let modules = modules("fortran-wide-modules", "gfortran", &wide);
        let sources = ["checks", "wide"].map(|one| root().join("tests/fortran").join(format!("{one}.f90")));
        assert_eq!(run::<&str>(&link("gfortran", &modules, &sources, "wide", &wide), &[]), "OK\n");
    }
}

/// The modules are built without OpenMP, and the threads have the stacks that they have by default.
#[test]
fn threads_of_openmp_share_a_client() {
    if !is_here("gfortran") {
        return;
    }
    let (server, credentials) = server();
    let program = fortran_program("threads", &["-fopenmp"]);
    let mut command = Command::new(program);
    command.arg(credentials).args(["16", "200"]).env_remove("OMP_STACKSIZE").env_remove("OMP_NUM_THREADS");
    assert_eq!(succeed(&mut command), "OK\n");
    assert!(server.sandbox.record("21.T12345/thread-200").is_none());
    let registered = server.sandbox.requests().iter().filter(|one| one.method == "DELETE").count();
    assert_eq!(registered, 200);
}

#[test]
fn the_library_calls_fortran() {
    if is_here("gfortran") {
        let (_server, credentials) = server();
        assert_eq!(run(&fortran_program("callbacks", &[]), &encrypted_key(&credentials)), "OK\n");
    }
}

#[test]
fn a_program_ends_where_nobody_looks() {
    if !is_here("gfortran") {
        return;
    }
    let (_server, credentials) = server();
    let program = fortran_program("stops", &[]);
    let stopped = |how: &str| -> Output {
        let output = output(Command::new(&program).arg(&credentials).arg(how));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "begun\n", "{how}");
        output
    };
    for (how, words) in [
        ("failure", "ERROR STOP libb2handle: get_value 21.T12345/nobody: There is no such Handle"),
        ("copy", "ERROR STOP libb2handle: a b2h_client cannot be copied"),
        ("part", "ERROR STOP libb2handle: a b2h_client cannot be copied"),
        ("source", "ERROR STOP libb2handle: a b2h_client was copied"),
        ("polymorphic", "ERROR STOP libb2handle: a b2h_client was copied"),
        ("allocatable", "ERROR STOP libb2handle: a b2h_values was copied"),
        ("filled", "ERROR STOP libb2handle: The list of values is a copy"),
    ] {
        let output = stopped(how);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words), "{said}");
    }
    // The traps of floating point are still set after a call.
    assert_eq!(stopped("trap").status.signal(), Some(8));
}

/// Finalizers, and copies of what was read: nothing is lost, nothing is used that is gone.
#[test]
fn valgrind_finds_nothing() {
    if !is_here("gfortran") || !is_here("valgrind") {
        return;
    }
    let (_server, credentials) = server();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, arguments) in [
        ("round_trip", everything(&credentials, folder).to_vec()),
        ("bad_input", vec![credentials.clone()]),
        ("callbacks", encrypted_key(&credentials).to_vec()),
    ] {
        // Next to the same programs of other tests.
        let sources = ["checks", name].map(|one| root().join("tests/fortran").join(format!("{one}.f90")));
        let program = link("gfortran", strict_modules(), &sources, &format!("{name}-valgrind"), STRICT);
        let suppressions = format!("--suppressions={}", root().join("tests/valgrind.supp").display());
        succeed(
            Command::new("valgrind")
                .args([
                    "--leak-check=full",
                    "--errors-for-leak-kinds=definite,indirect",
                    "--error-exitcode=99",
                ])
                .arg(suppressions)
                .arg(program)
                .args(arguments),
        );
    }
}

#[test]
fn the_simulation_can_be_repeated() {
    if !is_here("gfortran") {
        return;
    }
    let (server, credentials) = server();
    let folder = tempfile::tempdir().unwrap();
    let source = [root().join("fortran-examples/simulation.f90")];
    let program = link("gfortran", strict_modules(), &source, "simulation", STRICT);
    let arguments = [credentials, folder.path().to_owned()];
    let first = run(&program, &arguments);
    let again = run(&program, &arguments);
    assert_eq!(first.matches(", new").count(), 3, "{first}");
    assert_eq!(again, first.replace(", new", ", brought up to date"));

    let file = folder.path().join("heat-0001.dat");
    let text = fs::read_to_string(&file).unwrap();
    let pid = text.lines().next().unwrap().strip_prefix("# PID ").unwrap();
    let record = server.sandbox.record(pid).unwrap();
    let values = record["values"].as_array().unwrap();
    let value = |kind: &str| {
        let found = values.iter().find(|value| value["type"] == kind).unwrap();
        found["data"]["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(value("URL"), "https://data.example.org/simulation/heat-0001.dat");
    let sum = succeed(Command::new("sha256sum").arg(&file));
    assert_eq!(value("CHECKSUM"), format!("sha256:{}", &sum[..64]));
    assert!(value("10320/LOC").contains("href=\"https://mirror.example.org/simulation/heat-0001.dat\""));
}

/// The programs in docs/fortran.md, by their names.
fn documented_programs() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docs/fortran.md")).unwrap();
    let parts = text.split("\n    program ").skip(1).map(|part| {
        let (name, rest) = part.split_once('\n').unwrap();
        let (body, _) = rest.split_once(&format!("    end program {name}")).unwrap();
        (name.to_owned(), format!("program {name}\n{body}end program {name}\n"))
    });
    parts.collect()
}

/// They run in the folder of their credentials.
#[test]
fn the_documentation_works() {
    if !is_here("gfortran") {
        return;
    }
    let (server, _) = server();
    let programs = documented_programs();
    assert_eq!(programs.len(), 2);
    for (name, text) in &programs {
        let source = server.folder.path().join(format!("{name}.f90"));
        fs::write(&source, text).unwrap();
        let program = link("gfortran", strict_modules(), &[source], name, &["-Wall", "-Wextra", "-Werror"]);
        fs::rename(server.credentials(""), server.folder.path().join("credentials.json")).unwrap();
        let said = succeed(Command::new(program).current_dir(server.folder.path()));
        let expected =
            if *name == "first" { " points to https://data" } else { "The checksum is sha256:0123" };
        assert!(said.contains(expected), "{said}");
    }
}

/// The first program of docs/fortran.md as the project that the page shows.
#[test]
fn fpm_builds_it() {
    if !is_here("gfortran") {
        return;
    }
    let requirements = root().join("tests/fortran/requirements.txt");
    let fpm = match python::environment("fpm", &requirements) {
        Ok(bin) => bin.join("fpm"),
        Err(problem) => return skipped(1, &format!("fpm: {problem}")),
    };
    let (server, _) = server();
    let project = server.folder.path();
    // Paths in a manifest are relative.
    std::os::unix::fs::symlink(root().join("fortran"), project.join("b2handle")).unwrap();
    let manifest = "name = \"first\"\n[dependencies]\nb2handle = { path = \"b2handle\" }\n";
    fs::write(project.join("fpm.toml"), manifest).unwrap();
    fs::create_dir(project.join("app")).unwrap();
    fs::write(project.join("app/main.f90"), &documented_programs()[0].1).unwrap();
    fs::rename(server.credentials(""), project.join("credentials.json")).unwrap();
    let library = library().display();
    let link = format!("-L{library} -Wl,-rpath,{library}");
    let said = succeed(
        Command::new(fpm).args(["run", "--link-flag", &link]).env_remove("FPM_FC").current_dir(project),
    );
    assert!(said.contains(" points to https://data"), "{said}");
}

#[test]
fn flang_builds_it_too() {
    let names = ["flang-new-19", "flang-new", "flang-22", "flang"];
    let Some(flang) = names.iter().find(|name| Command::new(name).arg("--version").output().is_ok()) else {
        skipped(1, "flang is not installed");
        return;
    };
    let (_server, credentials) = server();
    let folder = tempfile::tempdir().unwrap();
    let modules = modules("flang-modules", flang, &["-std=f2018", "-g", "-O1"]);
    for (name, arguments) in [
        ("round_trip", everything(&credentials, folder.path()).to_vec()),
        ("bad_input", vec![credentials.clone()]),
    ] {
        let sources = ["checks", name].map(|one| root().join("tests/fortran").join(format!("{one}.f90")));
        let program = link(flang, &modules, &sources, &format!("{name}-flang"), &["-g", "-O1"]);
        assert_eq!(run(&program, &arguments), "OK\n");
    }
}
