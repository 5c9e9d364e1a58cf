//! The header is the library's word to C programmers: it is up to date, and compiles wherever they are.

mod common;

use std::fs;

const GENERATED: &str = include_str!(env!("B2H_GENERATED_HEADER"));

#[test]
fn the_committed_header_is_up_to_date() {
    up_to_date("include/b2handle.h", GENERATED);
}

#[test]
fn the_committed_fortran_interfaces_are_up_to_date() {
    up_to_date("fortran/b2handle_constants.f90", &common::fortran::constants_module(GENERATED));
    up_to_date("fortran/b2handle_c.f90", &common::fortran::interfaces_module(GENERATED));
}

fn up_to_date(file: &str, generated: &str) {
    let committed = common::root().join(file);
    if std::env::var_os("B2H_UPDATE_HEADER").is_some() {
        fs::write(&committed, generated).unwrap();
    }
    let text = fs::read_to_string(&committed).unwrap_or_default();
    assert!(text == generated, "{file} is stale: run `make header` and commit the result");
}

#[test]
fn the_header_compiles_alone_in_every_standard() {
    let folder = tempfile::tempdir().unwrap();
    for (cpp, standard) in [
        (false, "c99"),
        (false, "c11"),
        (false, "c17"),
        (false, "c2x"),
        (true, "c++11"),
        (true, "c++17"),
        (true, "c++20"),
    ] {
        let source = folder.path().join(if cpp { "alone.cpp" } else { "alone.c" });
        fs::write(
            &source,
            "#include <b2handle.h>\n#include <b2handle.h>\n\
             b2h_call_options alone(void);\n\
             b2h_call_options alone(void)\n{\n b2h_call_options options = B2H_CALL_OPTIONS_INIT;\n \
             options.flags = B2H_OVERWRITE | B2H_AUTHENTICATED;\n return options;\n}\n",
        )
        .unwrap();
        let output = common::compiler(cpp)
            .arg(format!("-std={standard}"))
            .args(common::STRICT)
            .args(["-Wconversion", "-Wsign-conversion", "-Wstrict-prototypes"].iter().take(if cpp {
                2
            } else {
                3
            }))
            .arg("-I")
            .arg(common::root().join("include"))
            .arg("-fsyntax-only")
            .arg(&source)
            .output()
            .unwrap();
        assert!(output.status.success(), "{standard}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_version_macros_agree_with_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("version.c");
    fs::write(
        &source,
        "#include <b2handle.h>\n#include <stdio.h>\n#include <string.h>\n\
         int main(void)\n{\n char parts[32];\n\
         snprintf(parts, sizeof parts, \"%d.%d.%d\", B2H_VERSION_MAJOR, B2H_VERSION_MINOR, B2H_VERSION_PATCH);\n\
         return strcmp(parts, b2h_version()) != 0 || strcmp(B2H_VERSION_STRING, b2h_version()) != 0 ||\n\
         B2H_VERSION_NUMBER != b2h_version_number() ||\n\
         B2H_VERSION_NUMBER != B2H_VERSION_MAJOR * 1000000 + B2H_VERSION_MINOR * 1000 + B2H_VERSION_PATCH;\n}\n",
    )
    .unwrap();
    common::run::<&str>(&common::compile(&source, "version"), &[]);
}
