//! JSON in the making: `json!` as the library has it, at a third of its size in a page.
//!
//! The library's macro writes the making of a key, of a value and of their place into the program at every field,
//! of which a fleet has a thousand. This one calls for them.

use serde::Serialize;
use serde_json::{Map, Value};

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
        $list.push($crate::simulator::json::json!({ $($inner)* }));
        $($crate::simulator::json::json!(@items $list $($rest)*);)?
    };
    (@items $list:ident $value:expr $(, $($rest:tt)*)?) => {
        $list.push($crate::simulator::json::told(&$value));
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
