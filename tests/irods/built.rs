//! The library as CMake builds it for installation, with the other compiler and its C++ library.

use super::site::*;
use crate::common::{library, output, root, skipped};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn said(command: &mut Command) -> String {
    let output = output(command);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{command:?}: {text}");
    text
}

/// Builds and installs `irods/lib` against an installed libb2handle, of which a folder with the release build is enough.
fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("irods-built");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let targets = format!(
        "set(b2handle_VERSION 0.1.0)\n\
         add_library(b2handle::cxx SHARED IMPORTED)\n\
         set_target_properties(b2handle::cxx PROPERTIES IMPORTED_LOCATION {}/libb2handle.so\n\
         IMPORTED_SONAME libb2handle.so.0 INTERFACE_INCLUDE_DIRECTORIES {}/include)\n",
        library().display(),
        root().display()
    );
    fs::write(folder.join("b2handleConfig.cmake"), targets).unwrap();
    let mut cmake = Command::new("cmake");
    cmake.arg("-S").arg(root().join("irods")).arg("-B").arg(folder.join("build"));
    cmake.arg(format!("-Db2handle_DIR={}", folder.display())).arg("-DB2H_IRODS_PLUGINS=OFF");
    cmake
        .arg(format!("-DCMAKE_INSTALL_PREFIX={}", folder.join("usr").display()))
        .arg("-DCMAKE_INSTALL_LIBDIR=lib");
    let clang = Path::new("/usr/include/c++/v1").exists()
        && Command::new("clang++").arg("--version").output().is_ok();
    if clang {
        cmake.args(["-DCMAKE_CXX_COMPILER=clang++", "-DCMAKE_CXX_FLAGS=-stdlib=libc++ -Werror"]);
    } else {
        skipped(1, "clang++ with libc++ is not installed");
    }
    said(&mut cmake);
    said(Command::new("cmake").arg("--build").arg(folder.join("build")).args([
        "--parallel",
        "--target",
        "install",
    ]));
    folder.join("usr")
}

#[test]
fn the_library_exports_its_functions_and_runs_beside_libb2handle() {
    let usr = installed();
    let file = usr.join("lib/libb2handle_irods.so.0");
    let header = fs::read_to_string(usr.join("include/b2handle_irods.h")).unwrap();
    let symbols = said(Command::new("nm").args(["-D", "--defined-only", "--format=just-symbols"]).arg(&file));
    let mut exported: Vec<&str> = symbols
        .lines()
        .map(|line| line.split('@').next().unwrap())
        .filter(|name| !name.starts_with("B2H_IRODS_"))
        .collect();
    exported.sort_unstable();
    let words = header.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let followed = |name: &&str| {
        header.contains(&format!("{name}(const b2h_irods_caller"))
            || header.contains(&format!("{name}(void"))
            || header.contains(&format!("{name}(char"))
    };
    let mut declared: Vec<&str> =
        words.filter(|word| word.starts_with("b2h_irods_")).filter(followed).collect();
    declared.sort_unstable();
    declared.dedup();
    assert_eq!(exported, declared);
    assert_eq!(exported.len(), 14);

    let dynamic = said(Command::new("readelf").args(["-d", "-W"]).arg(&file));
    for wanted in ["[libb2handle_irods.so.0]", "[libb2handle.so.0]", "[$ORIGIN]", "NODELETE", "NOW"] {
        assert!(dynamic.contains(wanted), "{wanted} in {dynamic}");
    }
    assert!(!dynamic.contains("libirods"));

    // Another C++ library than the rest of the tests have.
    std::os::unix::fs::symlink(library().join("libb2handle.so"), usr.join("lib/libb2handle.so.0")).unwrap();
    let program = usr.join("op");
    let mut c = crate::common::compiler(false);
    c.args(["-std=c11", "-D_GNU_SOURCE", "-o"]).arg(&program).arg(root().join("tests/irods/op.c"));
    said(c.arg(&file).arg(format!("-Wl,-rpath,{}", usr.join("lib").display())));
    let site = Site::start();
    let text = said(Command::new(program).env("B2HANDLE_IRODS_CONFIG", &site.file).args([
        "--admin",
        "get",
        "21.T12345/EXAMPLE",
        "URL",
    ]));
    assert!(text.contains("out=https://www.example.org/\n"), "{text}");
}
