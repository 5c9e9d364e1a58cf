//! Reads the functions, constants and structs out of the C header, so that tests cover new ones by themselves.

/// A function of the header.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub returns: String,
    pub parameters: Vec<Parameter>,
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    /// Without spaces before the stars: `const char*`.
    pub kind: String,
    /// Its description says that NULL is fine.
    pub may_be_null: bool,
}

/// All functions of a header as cbindgen writes it: a comment, then a prototype that ends in `);`.
pub fn functions(header: &str) -> Vec<Function> {
    let start = header.find("extern \"C\" {").expect("the header has an extern \"C\" block");
    let mut functions = Vec::new();
    for part in header[start..].split("/**").skip(1) {
        let Some((comment, rest)) = part.split_once("*/") else { continue };
        let Some((prototype, _)) = rest.split_once(");") else { continue };
        let Some((before, parameters)) = prototype.split_once('(') else { continue };
        let (returns, name) = split_name(before);
        if !name.starts_with("b2h_") {
            continue;
        }
        let parameters = parameters.split(',').map(str::trim).filter(|one| !one.is_empty() && *one != "void");
        let parameters = parameters.map(|parameter| {
            let (kind, name) = split_name(parameter);
            let may_be_null = description(comment, &name).contains("NULL");
            Parameter { name, kind, may_be_null }
        });
        functions.push(Function { name, returns, parameters: parameters.collect() });
    }
    functions
}

/// `const char *name` as type and name.
fn split_name(text: &str) -> (String, String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = text.rfind([' ', '*']).map_or(0, |at| at + 1);
    (text[..at].trim().replace(" *", "*"), text[at..].to_owned())
}

/// What a comment says of a parameter. "NULL on failure" is said of outputs and does not allow NULL.
fn description(comment: &str, name: &str) -> String {
    let text =
        comment.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect::<Vec<_>>().join(" ");
    let found = text
        .split("@param")
        .skip(1)
        .map(|one| one.split("@return").next().unwrap_or_default().trim_start_matches("[out]").trim())
        .find(|one| one.split_whitespace().next() == Some(name));
    found.unwrap_or_else(|| panic!("the parameter {name} is not described")).replace("NULL on failure", "")
}

/// A number or a text that the header names.
#[derive(Debug)]
pub struct Constant {
    pub name: String,
    /// As C writes it.
    pub value: String,
    pub comment: String,
}

/// All constants, from `#define` and from enums; not the initialisers of structs.
pub fn constants(header: &str) -> Vec<Constant> {
    let mut constants = Vec::new();
    let mut comment = String::new();
    for line in header.lines().map(str::trim) {
        if let Some(one) = line.strip_prefix("/**") {
            comment = one.trim_end_matches("*/").trim().to_owned();
        } else if let Some(more) = line.strip_prefix("* ") {
            comment = format!("{comment} {more}").trim().to_owned();
        }
        let defined = line.strip_prefix("#define ").and_then(|rest| rest.split_once(' '));
        let listed = line.strip_suffix(',').and_then(|rest| rest.split_once(" = "));
        let Some((name, value)) = defined.or(listed).filter(|(name, _)| name.starts_with("B2H_")) else {
            continue;
        };
        if !value.starts_with('{') {
            let (name, value) = (name.to_owned(), value.to_owned());
            constants.push(Constant { name, value, comment: std::mem::take(&mut comment) });
        }
    }
    constants
}

/// A struct whose members programs see.
#[derive(Debug)]
pub struct Struct {
    pub name: String,
    /// Type and name of each.
    pub members: Vec<(String, String)>,
}

pub fn structs(header: &str) -> Vec<Struct> {
    let mut structs = Vec::new();
    for part in header.split("typedef struct {").skip(1) {
        let (body, rest) = part.split_once('}').expect("a struct ends");
        let name = rest.split(';').next().unwrap_or_default().trim().to_owned();
        let without_comments: String =
            body.split("/**").map(|one| one.split_once("*/").map_or(one, |(_, code)| code)).collect();
        let members = without_comments.split(';').map(str::trim).filter(|one| !one.is_empty());
        structs.push(Struct { name, members: members.map(split_name).collect() });
    }
    structs
}
