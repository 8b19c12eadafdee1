//! JSON in the making: `json!` as the library has it, at a third of its size in a page.
//!
//! The library's macro writes the making of a key, of a value and of their place into the program at every field,
//! of which a fleet has a thousand. This one calls for them.

use serde::Serialize;
use serde_json::{Map, Value};

#[cfg(any(target_arch = "wasm32", test))]
use crate::wire::json as wire;
use crate::wire::json::push_quoted;

/// The text of some JSON. Of a number with a fraction it has three places, and all that arrays tell: what the
/// library writes is exact, and its tables for that would be a fortieth of the page.
pub fn written(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(is_so) => text.push_str(if *is_so { "true" } else { "false" }),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => text.push_str(&whole.to_string()),
            (None, Some(whole)) => text.push_str(&whole.to_string()),
            (None, None) => write_fraction(text, number.as_f64().unwrap_or_default()),
        },
        Value::String(words) => push_quoted(text, words),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                text.push(if place == 0 { '[' } else { ',' });
                write(text, item);
            }
            text.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(fields) => {
            for (place, (name, field)) in fields.iter().enumerate() {
                text.push(if place == 0 { '{' } else { ',' });
                push_quoted(text, name);
                text.push(':');
                write(text, field);
            }
            text.push_str(if fields.is_empty() { "{}" } else { "}" });
        }
    }
}

// Beyond what fits, the largest number that does: no array counts that far.
#[allow(clippy::cast_possible_truncation)]
fn write_fraction(text: &mut String, number: f64) {
    let thousandths = (number * 1000.0).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    text.push_str(&format!("{sign}{whole}.{part:03}"));
}

/// A value as JSON.
#[inline(never)]
pub fn told<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Puts a field into an object.
#[inline(never)]
pub fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    object.insert(name.to_owned(), value);
}

/// Adds an item to a list.
#[inline(never)]
pub fn add(list: &mut Vec<Value>, value: Value) {
    list.push(value);
}

/// Reads JSON; the error says what it is not.
#[cfg(not(target_arch = "wasm32"))]
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// Reads JSON with the console's own reader, which is in the page anyway.
#[cfg(target_arch = "wasm32")]
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    wire::read(bytes).map(value).map_err(|error| error.what.to_string())
}

/// What the console's reader has read. It knows no fractions, and no page sends any.
#[cfg(any(target_arch = "wasm32", test))]
fn value(read: wire::Json) -> Value {
    match read {
        wire::Json::Null | wire::Json::Number(None) => Value::Null,
        wire::Json::Flag(flag) => flag.into(),
        wire::Json::Number(Some(number)) => number.into(),
        wire::Json::Text(text) => text.into(),
        wire::Json::List(list) => list.into_iter().map(value).collect(),
        wire::Json::Object(mut fields) => {
            let mut object = Map::new();
            while let Some(name) = fields.left().map(str::to_owned) {
                // Of two with the same name the later one comes first here, and counts.
                let value = value(fields.take(&name));
                object.entry(name).or_insert(value);
            }
            Value::Object(object)
        }
    }
}

/// An object whose fields have names that are written out, a list, or a value that can be told.
macro_rules! json {
    (@fields $object:ident) => {};
    (@fields $object:ident $name:literal : null $(, $($rest:tt)*)?) => {
        $crate::simulator::json::put(&mut $object, $name, ::serde_json::Value::Null);
        $($crate::simulator::json::json!(@fields $object $($rest)*);)?
    };
    (@fields $object:ident $name:literal : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::simulator::json::put(&mut $object, $name, $crate::simulator::json::json!({ $($inner)* }));
        $($crate::simulator::json::json!(@fields $object $($rest)*);)?
    };
    (@fields $object:ident $name:literal : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::simulator::json::put(&mut $object, $name, $crate::simulator::json::json!([ $($inner)* ]));
        $($crate::simulator::json::json!(@fields $object $($rest)*);)?
    };
    (@fields $object:ident $name:literal : $value:expr $(, $($rest:tt)*)?) => {
        $crate::simulator::json::put(&mut $object, $name, $crate::simulator::json::told(&$value));
        $($crate::simulator::json::json!(@fields $object $($rest)*);)?
    };
    (@items $list:ident) => {};
    (@items $list:ident { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::simulator::json::add(&mut $list, $crate::simulator::json::json!({ $($inner)* }));
        $($crate::simulator::json::json!(@items $list $($rest)*);)?
    };
    (@items $list:ident $value:expr $(, $($rest:tt)*)?) => {
        $crate::simulator::json::add(&mut $list, $crate::simulator::json::told(&$value));
        $($crate::simulator::json::json!(@items $list $($rest)*);)?
    };
    (null) => { ::serde_json::Value::Null };
    ([]) => { ::serde_json::Value::Array(::std::vec::Vec::new()) };
    ([ $($items:tt)+ ]) => {{
        let mut list = ::std::vec::Vec::new();
        $crate::simulator::json::json!(@items list $($items)+);
        ::serde_json::Value::Array(list)
    }};
    ({}) => { ::serde_json::Value::Object(::serde_json::Map::new()) };
    ({ $($fields:tt)+ }) => {{
        let mut object = ::serde_json::Map::new();
        $crate::simulator::json::json!(@fields object $($fields)+);
        ::serde_json::Value::Object(object)
    }};
    ($value:expr) => { $crate::simulator::json::told(&$value) };
}

pub(crate) use json;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_console_reads_is_what_the_library_reads() {
        let text = br#"{"a":[1,-2,true,null,"x"],"b":{},"c":[{"d":1,"d":2}]}"#;
        let library: Value = serde_json::from_slice(text).unwrap();
        assert_eq!(value(wire::read(text).unwrap()), library);
        assert_eq!(read(text), Ok(library));
        assert!(read(b"{").is_err());
    }

    #[test]
    fn what_is_written_is_what_the_library_reads() {
        let all = serde_json::json!({
            "a": null, "b": [true, false, [], {}], "c": "\" \\ \n \u{1} ü 😀", "d": { "e": -1.5, "f": 0.25, "g": 3.0 },
            "h": i64::MIN, "i": u64::MAX, "": -0.001, "j": [1, "x", { "k": 2 }],
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&super::written(&all)).unwrap(), all);
    }

    #[test]
    fn it_makes_what_the_library_makes() {
        let (name, none) = ("x".to_owned(), None::<u8>);
        let ours = super::json!({
            "name": name, "none": none, "null": null, "yes": true, "in": { "a": [1, 2], "b": {} }, "no": [],
            "list": [{ "a": 1 }, "b", 3], "last": -1.5,
        });
        let theirs = serde_json::json!({
            "name": name, "none": none, "null": null, "yes": true, "in": { "a": [1, 2], "b": {} }, "no": [],
            "list": [{ "a": 1 }, "b", 3], "last": -1.5,
        });
        assert_eq!(ours, theirs);
        assert_eq!(super::json!(name), serde_json::json!(name));
        assert_eq!(super::json!(null), serde_json::Value::Null);
    }
}
