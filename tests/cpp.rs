//! The C++ wrapper, `include/b2handle.hpp`: its programs in `tests/cpp/` against a sandbox, and what compilers say of it.

mod common;

use common::{STRICT, Server, compiler, library, output, own_keys, root, run, skipped};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Beyond what the project asks of its own C code: users have these warnings on, and headers of others are not theirs.
const STRICTER: &[&str] = &["-Wshadow", "-Wconversion", "-Wsign-conversion", "-Wold-style-cast"];

/// Of the encrypted keys of the project.
const PASSPHRASE: &str = "throw-away";

/// Line numbers are all the debugging that a sanitizer needs, and half of what else the compiler would write.
const SANITIZED: &[&str] = &["-g1", "-fsanitize=address"];

/// A compiler and its standard library; `None` where it is not installed.
fn toolchain(name: &str) -> Option<Command> {
    let mut words = name.split_whitespace();
    let mut command = match words.next()? {
        "c++" => compiler(true),
        other => Command::new(other),
    };
    command.args(words);
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("probe.cpp");
    fs::write(&source, "#include <version>\n").unwrap();
    let mut probe = Command::new(command.get_program());
    let there = probe.args(command.get_args()).arg("-fsyntax-only").arg(source).output();
    if there.is_ok_and(|output| output.status.success()) {
        return Some(command);
    }
    skipped(1, &format!("{name} is not installed"));
    None
}

const TOOLCHAINS: [&str; 3] = ["g++", "clang++", "clang++ -stdlib=libc++"];

fn source(name: &str) -> PathBuf {
    root().join("tests/cpp").join(name)
}

/// Adds what every compilation against the committed headers has.
fn strictly<'a>(command: &'a mut Command, standard: &str) -> &'a mut Command {
    command
        .arg(format!("-std={standard}"))
        .arg("-pthread")
        .args(STRICT)
        .args(STRICTER)
        .arg("-I")
        .arg(root().join("include"))
}

fn linked<'a>(command: &'a mut Command, program: &Path) -> &'a mut Command {
    let library = library();
    command
        .arg("-o")
        .arg(program)
        .arg(format!("-L{}", library.display()))
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-lb2handle")
}

fn succeed(command: &mut Command) {
    let output = output(command);
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Compiles `tests/cpp/NAME.cpp`, each in one test only: a program that is running cannot be written.
fn program(name: &str, toolchain_name: &str, standard: &str, more: &[&str]) -> Option<PathBuf> {
    let mut command = toolchain(toolchain_name)?;
    let file = format!("cpp-{name}-{toolchain_name}-{standard}").replace([' ', '+', '='], "_");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    strictly(&mut command, standard).arg(source(&format!("{name}.cpp"))).args(more);
    succeed(linked(&mut command, &path));
    Some(path)
}

/// A program with a sanitizer, from the system's compiler.
fn sanitized(name: &str) -> PathBuf {
    program(name, "c++", "c++17", SANITIZED).unwrap()
}

/// The same, and as others would build it: with clang, libc++ and C++20.
fn programs(name: &str) -> impl Iterator<Item = PathBuf> {
    [Some(sanitized(name)), program(name, TOOLCHAINS[2], "c++20", &[])].into_iter().flatten()
}

#[test]
fn records_are_registered_read_and_changed() {
    let server = Server::start();
    for program in programs("records") {
        run(&program, &[server.credentials("")]);
    }
}

#[test]
fn searches_and_listings_are_gone_through() {
    let server = Server::start();
    let credentials = server.credentials(
        r#", "reverselookup_username": "search", "reverselookup_password": "search-secret", "allowed_search_keys": []"#,
    );
    for program in programs("search") {
        run(&program, &[&credentials]);
    }
}

#[test]
fn bad_input_is_an_error_and_never_sent() {
    let server = Server::start();
    let mut runs = 0;
    for program in programs("misuse") {
        run(&program, &[server.credentials("")]);
        runs += 1;
    }
    assert_eq!(server.sandbox.count("DELETE", "/api/handles/21.T12345/EXAMPLE?index"), runs);
    assert_eq!(server.sandbox.count("DELETE", "/api/handles/"), runs, "only that of the last location");
    assert!(server.sandbox.record("21.T12345/EXAMPLE").is_some());
}

#[test]
fn callbacks_are_heard_and_may_throw() {
    let server = Server::start();
    let key = own_keys().join("rsa.encrypted.aes-256-cbc.pem");
    for program in programs("callbacks") {
        let credentials = server.credentials("");
        run(&program, &[credentials.to_str().unwrap(), key.to_str().unwrap(), PASSPHRASE]);
    }
}

#[test]
fn calls_are_ended() {
    let stalling = Server::start_with(|options| {
        options.idle = Duration::from_secs(3600);
        options.faults.push("stall on GET /api/handles".parse().unwrap());
        options.faults.push("stall on PUT /api/handles".parse().unwrap());
    });
    let credentials = stalling.credentials(r#", "timeout_ms": 3600000"#);
    run(&sanitized("cancel"), &[&credentials]);
}

#[test]
fn names_profiles_and_keys_need_no_server() {
    let folder = tempfile::tempdir().unwrap();
    let keys = [own_keys().join("rsa.pem"), own_keys().join("rsa.certificate.pem")];
    run(&sanitized("offline"), &[&keys[0], &keys[1], folder.path()]);
}

#[test]
fn no_memory_is_a_failure() {
    let server = Server::start();
    run(&sanitized("no_memory"), &[server.credentials("")]);
}

#[test]
fn programs_without_exceptions_use_the_twins() {
    let server = Server::start();
    for name in TOOLCHAINS {
        let more = ["-fno-exceptions", "-fno-rtti"];
        let Some(program) = program("no_exceptions", name, "c++17", &more) else { continue };
        let said = run(&program, &[server.credentials("")]);
        assert!(said.contains("NONE"), "{said}");
    }
}

#[test]
fn the_headers_compile_in_every_standard_alone_and_twice() {
    let folder = tempfile::tempdir().unwrap();
    let headers = headers();
    for name in TOOLCHAINS {
        // Of C++17 there are whole programs.
        for standard in ["c++20", "c++2b"] {
            let Some(mut all) = toolchain(name) else { continue };
            succeed(strictly(&mut all, standard).arg("-fsyntax-only").arg(source("two_units.cpp")));
        }
    }
    let mut alone = toolchain("c++").unwrap();
    for header in &headers {
        let name = header.strip_prefix(root().join("include")).unwrap().display().to_string();
        let source = folder.path().join(name.replace('/', "_") + ".cpp");
        fs::write(&source, format!("#include <{name}>\n#include <{name}>\n")).unwrap();
        alone.arg(source);
    }
    succeed(strictly(&mut alone, "c++17").arg("-fsyntax-only"));
}

#[test]
fn two_sources_of_a_program_include_the_header() {
    for name in [TOOLCHAINS[0], TOOLCHAINS[2]] {
        let Some(mut second) = toolchain(name) else { continue };
        let folder = tempfile::tempdir().unwrap();
        let object = folder.path().join("second.o");
        strictly(&mut second, "c++17").args(["-DSECOND", "-c", "-o"]).arg(&object);
        succeed(second.arg(source("two_units.cpp")));
        let program = folder.path().join("program");
        let mut both = toolchain(name).unwrap();
        strictly(&mut both, "c++17").arg(source("two_units.cpp")).arg(&object);
        succeed(linked(&mut both, &program));
        run::<&str>(&program, &[]);
    }
}

/// Two shared objects, each with its own compiler and standard library, in one process: the dynamic linker takes the
/// inline functions of whichever comes first.
#[test]
fn shared_objects_of_two_standard_libraries_are_in_one_process() {
    let parts = ["part_one", "part_two"];
    let folder = tempfile::tempdir().unwrap();
    for (name, toolchain_name) in parts.into_iter().zip([TOOLCHAINS[0], TOOLCHAINS[2]]) {
        let Some(mut part) = toolchain(toolchain_name) else { return };
        strictly(&mut part, "c++17").args(["-fPIC", "-shared", &format!("-DPART={name}")]);
        let path = folder.path().join(format!("lib{name}.so"));
        succeed(linked(part.arg(source("mixed.cpp")), &path));
    }
    let server = Server::start();
    let here = folder.path().display();
    for order in [parts, [parts[1], parts[0]]] {
        let program = folder.path().join(order[0]);
        let mut host = toolchain(TOOLCHAINS[0]).unwrap();
        strictly(&mut host, "c++17").arg(source("mixed.cpp"));
        host.arg(format!("-L{here}")).arg(format!("-Wl,-rpath,{here}"));
        succeed(linked(host.args(order.map(|name| format!("-l{name}"))), &program));
        run(&program, &[server.credentials("")]);
    }
}

/// What changes the objects of the headers changes the names of their functions.
#[test]
fn each_abi_has_a_namespace_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let object = folder.path().join("abi.o");
    let functions = |toolchain_name: &str, option: &str| {
        let mut command = toolchain(toolchain_name)?;
        strictly(&mut command, "c++17").args(["-c", option, "-o"]).arg(&object).arg(source("two_units.cpp"));
        succeed(&mut command);
        let names = output(Command::new("nm").arg("-C").arg(&object));
        let names = String::from_utf8(names.stdout).unwrap();
        let (_, rest) = names.split_once(" b2h::v").unwrap();
        Some(rest.split("::").next().unwrap().to_owned())
    };
    let options = ["-O0", "-D_GLIBCXX_USE_CXX11_ABI=0", "-D_GLIBCXX_DEBUG", "-fno-exceptions"];
    let mut all: Vec<String> = options.iter().filter_map(|option| functions("g++", option)).collect();
    all.extend(functions(TOOLCHAINS[2], "-O0"));
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len(), "{all:?}");
    assert!(all.len() > 3, "{all:?}");
}

/// Each file of `tests/cpp/misuse` has a mistake that no compiler may accept, and beside it what was meant. They are
/// compiled as one source, once for all that was meant, and once for all mistakes.
#[test]
fn misuse_does_not_compile() {
    let files = fs::read_dir(source("misuse")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = files.collect();
    assert!(files.len() > 10, "{files:?}");
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path().join("all.cpp");
    let each = files.iter().enumerate();
    let each =
        each.map(|(place, file)| format!("namespace n{place} {{\n#include \"{}\"\n}}\n", file.display()));
    fs::write(&all, format!("#include <b2handle.hpp>\n{}", each.collect::<String>())).unwrap();
    for name in ["g++", "clang++"] {
        let Some(mut command) = toolchain(name) else { continue };
        succeed(strictly(&mut command, "c++17").arg("-fsyntax-only").arg(&all));
        let said = output(command.arg("-DMISUSE"));
        let said = String::from_utf8_lossy(&said.stderr);
        for file in &files {
            let here = format!("{}:", file.display());
            let refused = said.lines().any(|line| line.starts_with(&here) && line.contains(": error: "));
            assert!(refused, "{name}: {} compiles\n{said}", file.display());
        }
    }
}

/// The hand-written headers, without those that C programs include.
fn headers() -> Vec<PathBuf> {
    let folder = root().join("include/b2handle");
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.push(root().join("include/b2handle.hpp"));
    assert!(all.iter().all(|path| path.extension().is_some_and(|extension| extension == "hpp")));
    all
}

/// C++ without its comments, as far as these headers have them.
fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").unwrap().1;
    }
    code.push_str(rest);
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_function_of_c_can_be_reached() {
    let code: String =
        headers().iter().map(|path| without_comments(&fs::read_to_string(path).unwrap())).collect();
    let words: Vec<&str> = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let symbols = fs::read_to_string(root().join("abi/symbols.txt")).unwrap();
    let symbols: Vec<&str> = symbols
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(symbols.len() > 100);
    let missing: Vec<_> = symbols.iter().filter(|name| !words.contains(name)).collect();
    assert!(missing.is_empty(), "give these a place in include/b2handle/: {missing:?}");
}

/// The blocks of C++ in `docs/cpp.md`: a whole program, and pieces of one that has a client.
#[test]
fn the_five_minute_start_works() {
    let page = fs::read_to_string(root().join("docs/cpp.md")).unwrap();
    let blocks = page.split("```cpp\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let (whole, pieces): (Vec<&str>, Vec<&str>) = blocks.partition(|block| block.contains("int main("));
    assert!(whole.len() == 1 && pieces.len() > 5, "{} {}", whole.len(), pieces.len());

    let folder = tempfile::tempdir().unwrap();
    let mut all: String = ["b2handle.hpp", "iostream", "thread", "vector"]
        .iter()
        .map(|name| format!("#include <{name}>\n"))
        .collect();
    for (place, piece) in pieces.iter().enumerate() {
        all += &format!("void piece_{place}(const b2h::client &client);\n");
        all += &format!("void piece_{place}(const b2h::client &client)\n{{\n(void)client;\n{piece}\n}}\n");
    }
    let source = folder.path().join("pieces.cpp");
    fs::write(&source, all).unwrap();
    let more = ["-fsyntax-only", "-Wno-unused-variable"];
    succeed(strictly(&mut compiler(true), "c++17").args(more).arg(&source));

    let source = folder.path().join("first.cpp");
    fs::write(&source, whole[0]).unwrap();
    let program = folder.path().join("first");
    let mut command = compiler(true);
    succeed(linked(strictly(&mut command, "c++17").arg(&source), &program));
    let server = Server::start();
    let said = run(&program, &[server.credentials("")]);
    let shown: String = said.lines().map(|line| format!("    {line}\n")).collect();
    assert!(page.contains(&shown), "not what the page shows:\n{said}");
}
