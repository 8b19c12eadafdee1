//! The dependency rule of the house, read from the sources: see the head of `src/lib.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("lifecycle", &[]),
    ("wire", &["lifecycle"]),
    ("array", &["wire", "lifecycle"]),
    ("simulator", &["wire", "lifecycle"]),
    ("demo", &["simulator", "array", "wire"]),
    ("operation", &["array", "wire", "lifecycle"]),
    ("fleet", &["array", "wire", "lifecycle"]),
    ("ui", &["operation", "fleet", "array", "wire", "lifecycle", "demo"]),
];

/// What a pure room must not know: the browser, a runtime, a clock, chance.
const IMPURE: &[&str] = &[
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo",
    "hyper",
    "tokio",
    "SystemTime",
    "Instant::now",
    "std::thread",
    "std::net",
    "std::fs",
    "getrandom",
    "RandomState",
    "HashMap",
    "HashSet",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn room(name: &str) -> Vec<PathBuf> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name))
}

/// The code of a file: comments left out, so that documentation may speak of other rooms.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().enumerate();
    lines.map(|(index, line)| (index + 1, line.split("//").next().unwrap().to_owned())).collect()
}

#[test]
fn no_room_names_a_room_that_it_may_not_need() {
    let rooms: Vec<&str> = MAY_NAME.iter().map(|(room, _)| *room).collect();
    let mut broken = Vec::new();
    let mut read = 0;
    for (name, may_name) in MAY_NAME {
        for path in room(name) {
            for (line, code) in code(&path) {
                for other in &rooms {
                    read += usize::from(code.contains(&format!("crate::{other}")));
                    if other != name && !may_name.contains(other) && code.contains(&format!("crate::{other}")) {
                        broken.push(format!("{}:{line} names {other}", path.display()));
                    }
                }
            }
        }
    }
    assert!(read > 50, "the search finds almost nothing: it must be wrong");
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn of_the_page_only_what_a_demonstration_has_besides_knows_of_it() {
    let is_of_demonstration =
        |path: &Path| path.ends_with("platform/tab.rs") || path.to_string_lossy().contains("/presenter/");
    let mut known = 0;
    for path in room("ui") {
        for (line, code) in code(&path).into_iter().filter(|(_, code)| code.contains("crate::demo")) {
            assert!(is_of_demonstration(&path), "{}:{line}: {code}", path.display());
            known += 1;
        }
    }
    assert!(known > 3, "the search finds almost nothing: it must be wrong");
}

#[test]
fn the_pure_rooms_know_no_browser_no_runtime_no_clock_and_no_chance() {
    let mut broken = Vec::new();
    for (name, _) in MAY_NAME.iter().filter(|(name, _)| *name != "ui") {
        for path in room(name) {
            for (line, code) in code(&path) {
                // A word of the vendor's for appliances, and no crate.
                let code = code.replace("is_hyper_converged", "");
                for word in IMPURE.iter().filter(|word| code.contains(**word)) {
                    broken.push(format!("{}:{line} names {word}", path.display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_page_sets_no_markup_from_text_and_no_inline_style() {
    let mut broken = Vec::new();
    for path in room("ui") {
        for (line, code) in code(&path) {
            for word in ["inner_html", "set_inner_html", "insert_adjacent_html", "style=\"", "style=move", "eval("] {
                if code.contains(word) {
                    broken.push(format!("{}:{line} has {word}", path.display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn no_file_outgrows_one_concept() {
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(all.len() > 50);
    let long: Vec<String> = all
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
