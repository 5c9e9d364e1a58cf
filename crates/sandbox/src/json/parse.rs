//! The lenient parser: single quotes, bare words, comments, `;` and `=` as separators, missing array
//! elements are null, the last of equal members wins (BEHAVIOUR.md 5.1).

use super::value::Json;
use std::fmt;

/// 5,000 nested arrays are read by the real server, 100,000 overflow its stack (recorded in N-limits).
const MAX_DEPTH: usize = 8_000;

/// Why a text is not JSON.
#[derive(Debug, PartialEq)]
pub(crate) enum ParseError {
    Syntax { expected: &'static str, line: usize, column: usize },
    TooDeep,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::Syntax { expected, line, column } => {
                write!(f, "malformed JSON: expected {expected} at line {line} column {column}")
            }
            ParseError::TooDeep => write!(f, "JSON nested deeper than {MAX_DEPTH} levels"),
        }
    }
}

/// Parses one JSON document. An empty text is `null`.
pub(crate) fn parse(text: &str) -> Result<Json, ParseError> {
    let mut parser = Parser { text, position: 0, depth: 0 };
    parser.skip_blank()?;
    if parser.peek().is_none() {
        return Ok(Json::Null);
    }
    let value = parser.value()?;
    parser.skip_blank()?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.error("the end")),
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.position..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.position += next.len_utf8();
        Some(next)
    }

    fn accept(&mut self, wanted: &[char]) -> bool {
        let found = self.peek().is_some_and(|next| wanted.contains(&next));
        if found {
            self.next();
        }
        found
    }

    fn error(&self, expected: &'static str) -> ParseError {
        let before = &self.text[..self.position];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ParseError::Syntax {
            expected,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// White space and comments.
    fn skip_blank(&mut self) -> Result<(), ParseError> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            self.position += blank;
            let rest = self.rest();
            if rest.starts_with("/*") {
                match rest.find("*/") {
                    Some(end) => self.position += end + 2,
                    None => return Err(self.error("the end of the comment")),
                }
            } else if rest.starts_with("//") || rest.starts_with('#') {
                self.position += rest.find('\n').unwrap_or(rest.len());
            } else {
                return Ok(());
            }
        }
    }

    fn value(&mut self) -> Result<Json, ParseError> {
        match self.peek() {
            Some('{') => self.nested(Parser::object),
            Some('[') => self.nested(Parser::array),
            Some('"' | '\'') => self.quoted().map(Json::String),
            _ => self.literal(),
        }
    }

    fn nested(&mut self, parse: fn(&mut Self) -> Result<Json, ParseError>) -> Result<Json, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(ParseError::TooDeep);
        }
        self.depth += 1;
        self.next();
        let value = parse(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Json, ParseError> {
        let mut items = Vec::new();
        self.skip_blank()?;
        if self.accept(&[']']) {
            return Ok(Json::Array(items));
        }
        loop {
            self.skip_blank()?;
            match self.peek() {
                Some(',' | ';' | ']') => items.push(Json::Null),
                _ => items.push(self.value()?),
            }
            self.skip_blank()?;
            if self.accept(&[']']) {
                return Ok(Json::Array(items));
            }
            if !self.accept(&[',', ';']) {
                return Err(self.error("',' or ']'"));
            }
        }
    }

    fn object(&mut self) -> Result<Json, ParseError> {
        let mut members: Vec<(String, Json)> = Vec::new();
        self.skip_blank()?;
        if self.accept(&['}']) {
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_blank()?;
            let name = match self.peek() {
                Some('"' | '\'') => self.quoted()?,
                _ => self.word("a name")?,
            };
            self.skip_blank()?;
            if self.accept(&['=']) {
                self.accept(&['>']);
            } else if !self.accept(&[':']) {
                return Err(self.error("':'"));
            }
            self.skip_blank()?;
            let value = self.value()?;
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some(member) => member.1 = value,
                None => members.push((name, value)),
            }
            self.skip_blank()?;
            if self.accept(&['}']) {
                return Ok(Json::Object(members));
            }
            if !self.accept(&[',', ';']) {
                return Err(self.error("',' or '}'"));
            }
        }
    }

    fn literal(&mut self) -> Result<Json, ParseError> {
        let word = self.word("a value")?;
        Ok(match word.to_ascii_lowercase().as_str() {
            "null" => Json::Null,
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            // serde_json knows the grammar of a JSON number.
            _ if serde_json::from_str::<serde_json::Number>(&word).is_ok() => Json::Number(word),
            _ => Json::String(word),
        })
    }

    fn word(&mut self, expected: &'static str) -> Result<String, ParseError> {
        const END: &[char] =
            &['/', '\\', ';', '#', '=', '{', '}', '[', ']', ':', ',', ' ', '\t', '\x0c', '\r', '\n'];
        let rest = self.rest();
        let word = rest[..rest.find(END).unwrap_or(rest.len())].to_owned();
        if word.is_empty() {
            return Err(self.error(expected));
        }
        self.position += word.len();
        Ok(word)
    }

    fn quoted(&mut self) -> Result<String, ParseError> {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(self.error("the closing quote")),
                end if end == quote => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(plain) => text.push(plain),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        Ok(match self.next() {
            Some('u') => return self.unicode_escape(),
            Some('t') => '\t',
            Some('b') => '\x08',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('f') => '\x0c',
            Some(plain @ ('\'' | '"' | '\\' | '/' | '\n')) => plain,
            _ => return Err(self.error("a valid escape sequence")),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, ParseError> {
        let first = self.hex4()?;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            let back = self.position;
            self.position += 2;
            let second = self.hex4()?;
            if let Some(Ok(pair)) = char::decode_utf16([first, second]).next() {
                return Ok(pair);
            }
            self.position = back;
        }
        // The real server writes a lone surrogate as a question mark when it turns text into bytes.
        Ok(char::from_u32(u32::from(first)).unwrap_or('?'))
    }

    fn hex4(&mut self) -> Result<u16, ParseError> {
        let digits = self.rest().get(..4).filter(|four| four.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|four| u16::from_str_radix(four, 16).ok());
        let unit = unit.ok_or_else(|| self.error("four hexadecimal digits"))?;
        self.position += 4;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_the_server_accepts() {
        for (text, compact) in [
            ("", "null"),
            ("[{'index':1,'type':'URL','data':'x'}]", r#"[{"index":1,"type":"URL","data":"x"}]"#),
            ("[{index:2,type:URL,data:x}]", r#"[{"index":2,"type":"URL","data":"x"}]"#),
            ("/*c*/ [1] // end", "[1]"),
            ("[1,,2,]", "[1,null,2,null]"),
            ("{a=1;b=>2}", r#"{"a":1,"b":2}"#),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            ("[TRUE,1.50,-1e9,01]", r#"[true,1.50,-1e9,"01"]"#),
            (r#""\u00fc\ud834\udd1e\ud834x""#, "\"ü𝄞?x\""),
        ] {
            assert_eq!(parse(text).unwrap().compact(), compact, "{text}");
        }
    }

    #[test]
    fn refuses_what_the_server_refuses() {
        for text in
            ["{not json", "[{\"index\":1", "[1] xyz", "{\"a\":1,}", "\"x", "[\"\\q\"]", "/* x", "[1 2]"]
        {
            assert!(matches!(parse(text), Err(ParseError::Syntax { .. })), "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        // Connections have as much stack as this.
        let thread = std::thread::Builder::new().stack_size(16 * 1024 * 1024).spawn(|| {
            let nested = |depth| parse(&["[".repeat(depth), "]".repeat(depth)].concat());
            assert!(nested(MAX_DEPTH).is_ok());
            assert_eq!(nested(100_000), Err(ParseError::TooDeep));
        });
        thread.unwrap().join().unwrap();
    }

    #[test]
    fn errors_say_where() {
        let error = parse("{\n \"a\" 1}").unwrap_err();
        assert_eq!(error, ParseError::Syntax { expected: "':'", line: 2, column: 6 });
    }
}
