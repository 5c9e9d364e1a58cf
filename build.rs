//! Generates the C header, and names the shared library.

use std::path::PathBuf;
use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=cbindgen.toml");
    println!("cargo:rerun-if-changed=build.rs");

    // include/b2handle.h is a committed copy; tests/header.rs compares the two.
    let header = PathBuf::from(env::var("OUT_DIR")?).join("b2handle.h");
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let mut config = cbindgen::Config::from_file(PathBuf::from(&root).join("cbindgen.toml"))?;
    config.after_includes = Some(version_macros()?);
    cbindgen::Builder::new().with_crate(root).with_config(config).generate()?.write_to_file(&header);
    println!("cargo:rustc-env=B2H_GENERATED_HEADER={}", header.display());

    println!("cargo:rustc-env=B2H_TARGET={}", env::var("TARGET")?);

    // The one place that names the ABI. It stays .so.0 until a release breaks it.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libb2handle.so.0");
    // Destructors of thread-local variables may run after the host's dlclose().
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    Ok(())
}

fn version_macros() -> Result<String, Box<dyn Error>> {
    let part = |name: &str| -> Result<u32, Box<dyn Error>> { Ok(env::var(name)?.parse()?) };
    let (major, minor, patch) = (
        part("CARGO_PKG_VERSION_MAJOR")?,
        part("CARGO_PKG_VERSION_MINOR")?,
        part("CARGO_PKG_VERSION_PATCH")?,
    );
    Ok(format!(
        "\n/** The version of this header. */\n\
         #define B2H_VERSION_MAJOR {major}\n\
         #define B2H_VERSION_MINOR {minor}\n\
         #define B2H_VERSION_PATCH {patch}\n\
         /** major * 1000000 + minor * 1000 + patch, to compare with b2h_version_number(). */\n\
         #define B2H_VERSION_NUMBER {}\n\
         #define B2H_VERSION_STRING \"{major}.{minor}.{patch}\"",
        major * 1_000_000 + minor * 1_000 + patch
    ))
}
