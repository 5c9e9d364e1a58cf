//! The iRODS microservices, `irods/plugins`: through a stub of iRODS (`irods/stub`), since no iRODS is in reach of
//! these tests; what the built files have in them; and the rule files. The library below has tests of its own.

mod common;

use common::{PASSWORD, Server, USER, output, outside, root};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const OPERATIONS: [&str; 8] = [
    "msiB2hCheck",
    "msiB2hDelete",
    "msiB2hGet",
    "msiB2hModify",
    "msiB2hMove",
    "msiB2hRegister",
    "msiB2hSearch",
    "msiB2hUnset",
];

fn succeed(command: &mut Command) -> String {
    let output = output(command);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}:\n{out}{err}");
    out.into_owned()
}

/// Configures and builds a CMake project with the stub, in a folder of its own.
fn build(source: &Path, name: &str, define: &[String]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    succeed(
        outside("cmake").arg("-S").arg(source).arg("-B").arg(&folder).arg("-DB2H_IRODS_STUB=ON").args(define),
    );
    let jobs = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    succeed(outside("cmake").arg("--build").arg(&folder).args(["--parallel", &jobs]));
    folder
}

/// The plugins over a library that says what it was called with, all of it sanitized.
fn sanitized() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let flags = "-DCMAKE_CXX_FLAGS=-g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Werror";
        build(&root().join("irods/stub"), "irods-stub", &[flags.to_owned()])
    })
}

/// The plugins over the library, as a site builds them.
fn shipped() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let library = common::library().parent().unwrap().display();
        let define = [
            "-DB2H_IRODS=ON".to_owned(),
            "-DB2H_COMMAND=OFF".to_owned(),
            "-DB2H_EXAMPLES=OFF".to_owned(),
            format!("-DB2H_TARGET_DIR={library}"),
            "-DCMAKE_CXX_FLAGS=-Werror".to_owned(),
        ];
        build(root(), "irods-plugins", &define)
    })
}

#[test]
fn parameters_and_callers_through_a_stub_of_irods() {
    let out =
        succeed(Command::new(sanitized().join("b2h_irods_parameters")).arg(sanitized().join("plugins")));
    assert_eq!(out, "7 connections\n");
}

#[test]
fn questions_to_the_catalogue_through_a_stub_of_irods() {
    let out = succeed(Command::new(sanitized().join("b2h_irods_questions")).arg(sanitized().join("plugins")));
    assert_eq!(out, "9 connections\n");
}

#[test]
fn operations_against_a_handle_server_through_a_stub_of_irods() {
    let server = Server::start();
    let configuration = server.write(&format!(
        r#"{{
            "handle_server_url": "{}", "HTTPS_verify": "server.pem", "prefix": "21.T12345",
            "username": "{USER}", "password": "{PASSWORD}",
            "reverselookup_username": "search", "reverselookup_password": "search-secret",
            "irods": {{
                "webdav_prefix": "https://dav.example.org",
                "path_type": "URL", "path_value": "{{IRODS_WEBDAV_PREFIX}}{{OBJECT_URL}}"
            }},
            "profiles": {{ "default": [{{ "type": "URL", "value": "{{IRODS_WEBDAV_PREFIX}}{{OBJECT_URL}}" }}] }},
            "permissions": {{
                "register": {{ "object_acl": "write" }},
                "modify": {{ "object_acl": "write" }},
                "get": {{ "groups": ["curators"] }}
            }}
        }}"#,
        server.sandbox.https_url()
    ));
    fs::set_permissions(&configuration, fs::Permissions::from_mode(0o600)).unwrap();
    let plugins = shipped().join("irods/plugins");
    let mut program = Command::new(shipped().join("irods/stub/b2h_irods_sandbox"));
    let out = succeed(program.arg(plugins).env("B2HANDLE_IRODS_CONFIG", configuration));
    assert_eq!(out, "5 connections\n");
}

fn plugins() -> Vec<PathBuf> {
    let folder = fs::read_dir(shipped().join("irods/plugins")).unwrap();
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "so"));
    files.sort();
    files
}

fn symbols(file: &Path, which: &str) -> BTreeSet<String> {
    let table =
        succeed(Command::new("nm").args(["--dynamic", "--demangle", which, "--format=posix"]).arg(file));
    let name = |line: &str| {
        // A demangled name has spaces; its kind is one letter after it.
        let end = line.find(" U").or_else(|| line.find(" w ")).or_else(|| line.find(" T "));
        line[..end.unwrap_or(line.len())].trim().to_owned()
    };
    table.lines().map(name).collect()
}

/// iRODS finds an operation by the name of its file, and takes one from each.
#[test]
fn each_operation_is_a_file_that_exports_what_irods_looks_for() {
    let names: Vec<String> =
        plugins().iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, OPERATIONS.map(|name| format!("lib{name}.so")));
    for plugin in plugins() {
        let exported = symbols(&plugin, "--defined-only");
        assert_eq!(exported, BTreeSet::from(["plugin_factory".to_owned()]), "{}", plugin.display());
    }
}

/// What a plugin leaves to the process is in every agent of iRODS 4.3 and 5, or in the libraries it names.
#[test]
fn what_a_plugin_needs_is_in_every_agent() {
    let of_irods = [
        "addInxIval",
        "addInxVal",
        "addKeyVal",
        "addRErrorMsg",
        "clearGenQueryInp",
        "fillStrInMsParam",
        "freeGenQueryOut",
        "getSqlResultByInx",
        "irods::ms_table_entry::ms_table_entry(int)",
        "rodsLog",
        "rsGenQuery(RsComm*, GenQueryInp*, GenQueryOut**)",
        // Of the stub only: in iRODS, the class is whole in its header.
        "typeinfo for irods::ms_table_entry",
    ];
    let ours = common::root().join("irods/include/b2handle_irods.h");
    let ours = fs::read_to_string(ours).unwrap();
    for plugin in plugins() {
        for symbol in symbols(&plugin, "--undefined-only") {
            let of_a_library = symbol.contains('@') || symbol.starts_with('_');
            let of_ours = symbol.starts_with("b2h_irods_") && ours.contains(&format!("{symbol}("));
            let of_cpp =
                symbol.starts_with("std::") || symbol.contains(" std::") || symbol.contains("__cxxabiv1");
            let of_memory = symbol.starts_with("operator ");
            assert!(
                of_a_library || of_ours || of_cpp || of_memory || of_irods.contains(&symbol.as_str()),
                "{}: {symbol}",
                plugin.display()
            );
        }
    }
}

#[test]
fn a_plugin_names_no_library_of_irods_and_stays_where_it_is() {
    for plugin in plugins() {
        let dynamic = succeed(Command::new("readelf").args(["--dynamic", "--wide"]).arg(&plugin));
        let needed: Vec<&str> = dynamic
            .lines()
            .filter(|line| line.contains("(NEEDED)"))
            .filter_map(|line| line.split('[').nth(1))
            .collect();
        assert!(needed.contains(&"libb2handle_irods.so.0]"), "{dynamic}");
        let known =
            ["libb2handle_irods.so.0]", "libstdc++.so.6]", "libgcc_s.so.1]", "libc.so.6]", "libm.so.6]"];
        assert!(needed.iter().all(|name| known.contains(name)), "{dynamic}");
        for word in ["NOW", "NODELETE"] {
            assert!(
                dynamic.lines().any(|line| line.contains("(FLAGS_1)") && line.contains(word)),
                "{dynamic}"
            );
        }
        assert!(dynamic.contains("(RUNPATH)") && !dynamic.contains("(RPATH)"), "{dynamic}");
    }
}

/// No server of a developer who is logged in to one: the icommands find no environment.
#[test]
fn what_needs_irods_says_that_it_was_skipped() {
    for name in ["irods-real-headers", "irods-live-server"] {
        let mut target = outside("cmake");
        target.arg("--build").arg(shipped()).args(["--target", name]);
        let out = succeed(target.env("IRODS_ENVIRONMENT_FILE", "/nowhere/irods_environment.json"));
        assert!(out.contains(&format!("SKIPPED {name}: ")), "{out}");
    }
}
