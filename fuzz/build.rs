//! Generates, from the C header, a call of each of its functions with the arguments that a [`Host`](src/c_api/host.rs)
//! chooses. New functions take part by themselves; a type of argument that is new must be made known here.

#[allow(dead_code)]
#[path = "../tests/common/header.rs"]
mod header;

use header::{Function, Parameter};
use std::fmt::Write;

fn main() {
    println!("cargo:rerun-if-changed=../include/b2handle.h");
    println!("cargo:rerun-if-changed=../tests/common/header.rs");
    println!("cargo:rerun-if-changed=build.rs");
    let text = std::fs::read_to_string("../include/b2handle.h").unwrap();
    let functions = header::functions(&text);
    assert!(functions.len() > 100, "the header was not understood");

    let mut code = String::from("unsafe extern \"C\" {\n");
    for function in &functions {
        let parameters = function
            .parameters
            .iter()
            .enumerate()
            .map(|(at, one)| format!("a{at}: {}", rust_type(&one.kind)));
        let returns = match function.returns.as_str() {
            "void" => String::new(),
            "b2h_status" => " -> i32".to_owned(),
            other => format!(" -> {}", rust_type(other)),
        };
        let parameters = parameters.collect::<Vec<_>>().join(", ");
        writeln!(code, "    pub(super) fn {}({parameters}){returns};", function.name).unwrap();
    }
    writeln!(code, "}}\n\npub(super) const FUNCTIONS: usize = {};\n", functions.len()).unwrap();
    code += "pub(super) unsafe fn call(function: usize, host: &mut Host, u: &mut Unstructured) -> Result<()> {\n    match function {\n";
    for (at, function) in functions.iter().enumerate() {
        writeln!(code, "        {at} => {{\n{}        }}", body(function)).unwrap();
    }
    code += "        _ => {}\n    }\n    Ok(())\n}\n";
    code += "\npub(super) unsafe fn free(kind: &str, object: *mut c_void) {\n    match kind {\n";
    for function in functions.iter().filter(|function| function.name.ends_with("_free")) {
        let kind = function.parameters[0].kind.trim_end_matches('*');
        writeln!(code, "        {kind:?} => unsafe {{ {}(object.cast()) }},", function.name).unwrap();
    }
    code += "        _ => unreachable!(\"{kind} is never freed\"),\n    }\n}\n";
    std::fs::write(std::path::Path::new(&std::env::var("OUT_DIR").unwrap()).join("calls.rs"), code).unwrap();
}

/// All opaque types are the same here.
fn rust_type(kind: &str) -> &'static str {
    match kind {
        "int32_t" => "i32",
        "uint32_t" => "u32",
        "int64_t" => "i64",
        "uint64_t" => "u64",
        "size_t" => "usize",
        "const char*" | "char*" => "*const c_char",
        "const char*const*" => "*const *const c_char",
        "const uint32_t*" => "*const u32",
        "const uint8_t*" | "uint8_t*" => "*const u8",
        "int32_t*" => "*mut i32",
        "uint32_t*" => "*mut u32",
        "size_t*" => "*mut usize",
        "b2h_log_callback" => "Option<LogCallback>",
        "b2h_passphrase_callback" => "Option<PassphraseCallback>",
        _ if kind.ends_with("**") => "*mut *mut c_void",
        _ if kind.ends_with('*') => "*mut c_void",
        _ => panic!("what is a {kind}? Make it known in fuzz/build.rs"),
    }
}

fn body(function: &Function) -> String {
    let mut code = String::new();
    let is_free = function.name.ends_with("_free");
    let mut lists: Vec<String> = Vec::new();
    for (at, parameter) in function.parameters.iter().enumerate() {
        writeln!(code, "            let mut a{at} = {};", argument(function, parameter, is_free, &mut lists))
            .unwrap();
    }
    let pass = |(at, parameter): (usize, &Parameter)| {
        if is_output(parameter) || is_list(&parameter.kind) || is_struct(&parameter.kind) {
            format!("a{at}.pointer()")
        } else {
            format!("a{at}")
        }
    };
    let arguments = function.parameters.iter().enumerate().map(pass).collect::<Vec<_>>().join(", ");
    let name = &function.name;
    writeln!(code, "            let returned = unsafe {{ host.timed({name:?}, || {name}({arguments})) }};")
        .unwrap();
    let error = function.parameters.iter().position(|parameter| parameter.kind == "b2h_error**");
    match (function.returns.as_str(), error) {
        ("b2h_status", Some(error)) => {
            writeln!(code, "            host.judge({name:?}, returned, &a{error});").unwrap()
        }
        ("const char*", _) => code += "            host.read_text(returned);\n",
        ("const b2h_value*", _) => code += "            host.read_value(returned);\n",
        ("const b2h_record*", _) => code += "            host.read_record(returned);\n",
        ("const b2h_error*", _) => code += "            host.read_error(returned);\n",
        ("const uint8_t*", _) => code += "            host.read_bytes(returned, a1.value());\n",
        _ => code += "            let _ = returned;\n",
    }
    for (at, parameter) in function.parameters.iter().enumerate().filter(|(_, one)| is_output(one)) {
        if function.returns != "b2h_status" {
            continue;
        }
        match parameter.kind.trim_end_matches('*') {
            "b2h_error" => {}
            "uint8_t" => {
                writeln!(code, "            host.keep_bytes({name:?}, returned, &a{at}, &a{});", at + 1)
                    .unwrap()
            }
            kind if parameter.kind.ends_with("**") => {
                writeln!(code, "            host.keep({name:?}, returned, \"{kind}\", &a{at});").unwrap();
            }
            _ => writeln!(
                code,
                "            assert!(returned == 0 || a{at}.value() == 0, \"{name} left an output\");"
            )
            .unwrap(),
        }
    }
    // What is lent must live until here.
    for (at, _) in function.parameters.iter().enumerate() {
        writeln!(code, "            let _ = &mut a{at};").unwrap();
    }
    code
}

fn is_output(parameter: &Parameter) -> bool {
    parameter.kind.ends_with("**") || ["int32_t*", "uint32_t*", "size_t*"].contains(&parameter.kind.as_str())
}

/// Structs that begin with their size.
fn is_struct(kind: &str) -> bool {
    ["const b2h_call_options*", "b2h_stats*"].contains(&kind)
}

fn is_list(kind: &str) -> bool {
    ["const char*const*", "const uint32_t*", "const uint8_t*"].contains(&kind)
}

fn argument(function: &Function, parameter: &Parameter, is_free: bool, lists: &mut Vec<String>) -> String {
    let place = lists.len();
    let at = function.parameters.iter().position(|one| one.name == parameter.name).unwrap_or(place);
    let (name, kind) = (&parameter.name, parameter.kind.as_str());
    match kind {
        "char*" | "uint8_t*" => {
            format!("host.taken(u, {:?})?.cast_const().cast()", kind.trim_end_matches('*'))
        }
        "const char*" => format!("host.text(u, {:?}, {name:?})?", function.name),
        "const b2h_call_options*" => "host.options(u)?".to_owned(),
        "b2h_stats*" => "Sized::new(u)?".to_owned(),
        "const b2h_value*" => "host.value(u)?".to_owned(),
        "void*" => "host.user_data()".to_owned(),
        "b2h_log_callback" => "host.log_callback(u)?".to_owned(),
        "b2h_passphrase_callback" => "host.passphrase_callback(u)?".to_owned(),
        "size_t" if !lists.is_empty() => {
            let counts = std::mem::take(lists).join(", ");
            format!("host.count(u, &[{counts}])?")
        }
        "int32_t" | "uint32_t" | "int64_t" | "uint64_t" | "size_t" => {
            format!("host.number(u)? as {}", rust_type(kind))
        }
        _ if is_list(kind) => {
            lists.push(format!("a{at}.count()"));
            match kind {
                "const char*const*" => "host.texts(u)?".to_owned(),
                "const uint32_t*" => "host.numbers(u)?".to_owned(),
                _ => "host.bytes(u)?".to_owned(),
            }
        }
        _ if is_output(parameter) => format!("Output::<{}>::new(u)?", &rust_type(kind)["*mut ".len()..]),
        _ => {
            let kind = kind.trim_start_matches("const ").trim_end_matches('*');
            let way = if is_free { "taken" } else { "object" };
            format!("host.{way}(u, {kind:?})?")
        }
    }
}
