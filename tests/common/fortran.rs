//! Writes the Fortran modules that say the same as the C header: its constants, and interfaces of its functions.

use super::header::{self, Function, Parameter};
use std::fmt::Write;

/// Free-form lines may have 132 characters.
const WIDTH: usize = 110;

/// `fortran/b2handle_constants.f90`.
pub fn constants_module(header: &str) -> String {
    let mut text = String::from(
        "! The constants of libb2handle. This file is generated from include/b2handle.h: do not edit it.\n\
         module b2handle_constants\n  use, intrinsic :: iso_c_binding, only: c_int32_t\n\
         \x20 implicit none (type, external)\n  public\n  private :: c_int32_t\n",
    );
    for constant in header::constants(header) {
        text.push('\n');
        wrapped(&mut text, "  !> ", "  !> ", constant.comment.split_whitespace());
        let kind = if constant.value.starts_with('"') { "character(*)" } else { "integer(c_int32_t)" };
        writeln!(text, "  {kind}, parameter :: {} = {}", constant.name, constant.value).unwrap();
    }
    text + "end module b2handle_constants\n"
}

/// `fortran/b2handle_c.f90`.
pub fn interfaces_module(header: &str) -> String {
    let mut text = String::from(
        "! The C functions of libb2handle, each under its name with an underscore after it. They are described in\n\
         ! b2handle.h; module b2handle is made of them, and nicer.\n\
         !\n\
         ! Text that goes in ends with c_null_char. Objects, and texts that come out, are C pointers. An argument that\n\
         ! is optional here may be NULL in C.\n\
         !\n\
         ! This file is generated from include/b2handle.h: do not edit it.\n\
         module b2handle_c\n\
         \x20 use, intrinsic :: iso_c_binding, only: c_char, c_funptr, c_int8_t, c_int32_t, c_int64_t, c_null_ptr, &\n\
         \x20   c_ptr, c_size_t\n\
         \x20 use b2handle_constants\n  implicit none (type, external)\n  public\n\
         \x20 private :: c_char, c_funptr, c_int8_t, c_int32_t, c_int64_t, c_null_ptr, c_ptr, c_size_t\n",
    );
    for one in header::structs(header) {
        writeln!(text, "\n  !> Its struct_size is c_sizeof() of it, and the caller sets it.").unwrap();
        writeln!(text, "  type, bind(c) :: {}", one.name).unwrap();
        for (kind, name) in &one.members {
            match integer(kind) {
                Some(kind) => writeln!(text, "    integer({kind}) :: {name} = 0"),
                None if kind.ends_with('*') => writeln!(text, "    type(c_ptr) :: {name} = c_null_ptr"),
                None => panic!("{}: what is {kind} in Fortran?", one.name),
            }
            .unwrap();
        }
        writeln!(text, "  end type {}", one.name).unwrap();
    }
    text.push_str("\n  interface\n");
    header::functions(header).iter().for_each(|function| interface(&mut text, function));
    text + "  end interface\nend module b2handle_c\n"
}

fn interface(text: &mut String, function: &Function) {
    let name = &function.name;
    let returned = match function.returns.as_str() {
        "void" => None,
        "b2h_status" => Some("integer(c_int32_t)".to_owned()),
        kind if kind.ends_with('*') => Some("type(c_ptr)".to_owned()),
        kind => Some(format!("integer({})", integer(kind).unwrap_or_else(|| panic!("{name}: {kind}?")))),
    };
    let keyword = if returned.is_some() { "function" } else { "subroutine" };
    let last = function.parameters.len().wrapping_sub(1);
    let mut words: Vec<String> = (function.parameters.iter().enumerate())
        .map(|(at, parameter)| format!("{}{}", parameter.name, if at == last { ")" } else { "," }))
        .collect();
    let pure = if is_pure(function) { "pure " } else { "" };
    let opening = format!("{pure}{keyword} {name}_(");
    match words.first_mut() {
        Some(first) => *first = opening + first,
        None => words.push(opening + ")"),
    }
    words.push(format!("bind(c, name=\"{name}\")"));
    if returned.is_some() {
        words.push("result(returned)".to_owned());
    }
    text.push('\n');
    continued(text, &words);
    text.push_str("      import\n");
    for parameter in &function.parameters {
        let declaration = declaration(parameter).unwrap_or_else(|| panic!("{name}: {parameter:?}?"));
        writeln!(text, "      {declaration}").unwrap();
    }
    if let Some(kind) = returned {
        writeln!(text, "      {kind} :: returned").unwrap();
    }
    writeln!(text, "    end {keyword} {name}_").unwrap();
}

/// Whether a function only looks at objects: then it may stand in any expression. Not for a token, which changes while
/// one looks.
fn is_pure(function: &Function) -> bool {
    let looks =
        |parameter: &Parameter| parameter.kind.starts_with("const ") || !parameter.kind.ends_with('*');
    let waits = |parameter: &Parameter| parameter.kind.contains("b2h_cancel");
    !["void", "b2h_status"].contains(&function.returns.as_str())
        && function.parameters.iter().all(looks)
        && !function.parameters.iter().any(waits)
}

/// How a parameter is declared; nothing for a type that is new here.
fn declaration(parameter: &Parameter) -> Option<String> {
    let Parameter { name, kind, may_be_null } = parameter;
    let optional = if *may_be_null { ", optional" } else { "" };
    let list = |of: &str| Some(format!("{of}, intent(in){optional} :: {name}(*)"));
    match kind.as_str() {
        "const char*" => list("character(kind=c_char)"),
        "const char*const*" => list("type(c_ptr)"),
        "const uint32_t*" => list("integer(c_int32_t)"),
        "const uint8_t*" => list("integer(c_int8_t)"),
        "const b2h_call_options*" => Some(format!("type(b2h_call_options), intent(in){optional} :: {name}")),
        "b2h_stats*" => Some(format!("type(b2h_stats), intent(inout){optional} :: {name}")),
        callback if callback.ends_with("_callback") => Some(format!("type(c_funptr), value :: {name}")),
        out if out.ends_with("**") => Some(format!("type(c_ptr), intent(out){optional} :: {name}")),
        pointer => match (integer(pointer), pointer.strip_suffix('*')) {
            (Some(kind), _) => Some(format!("integer({kind}), value :: {name}")),
            (None, Some("char" | "uint8_t")) => Some(format!("type(c_ptr), value :: {name}")),
            (None, Some(to)) => Some(match integer(to) {
                Some(kind) => format!("integer({kind}), intent(out){optional} :: {name}"),
                None => format!("type(c_ptr), value :: {name}"),
            }),
            (None, None) => None,
        },
    }
}

/// The kind of an integer. Fortran has none without a sign; the library accepts no number that needs the last bit.
fn integer(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "int32_t" | "uint32_t" => "c_int32_t",
        "int64_t" | "uint64_t" => "c_int64_t",
        "size_t" => "c_size_t",
        _ => return None,
    })
}

/// A statement over as many lines as it needs.
fn continued(text: &mut String, words: &[String]) {
    let mut line = String::from("   ");
    for word in words {
        if line.len() + word.len() > WIDTH {
            writeln!(text, "{line} &").unwrap();
            line = String::from("       ");
        }
        line.push(' ');
        line.push_str(word);
    }
    writeln!(text, "{line}").unwrap();
}

fn wrapped<'a>(text: &mut String, first: &str, next: &str, words: impl Iterator<Item = &'a str>) {
    let mut line = first.trim_end().to_owned();
    for word in words {
        if line.len() + word.len() > WIDTH {
            writeln!(text, "{line}").unwrap();
            line = next.trim_end().to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    if line.len() > first.trim_end().len() {
        writeln!(text, "{line}").unwrap();
    }
}
