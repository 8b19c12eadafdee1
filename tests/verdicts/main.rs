//! Every action in every state under all circumstances that matter: the document that says what the tables
//! answer, and the simulated arrays, which have to answer the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod conditions;
#[path = "../console/mod.rs"]
mod console;
mod document;
mod imports;

use array_console::lifecycle::Kind;

const DOCUMENT: &str = "docs/verdicts.md";

#[test]
fn the_document_says_what_the_tables_say() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    let wanted = document::document();
    if std::env::var_os("WRITE_VERDICTS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (old, new))) =
        (1..).zip(found.lines().chain(std::iter::repeat("")).zip(wanted.lines())).find(|(_, (old, new))| old != new)
    {
        panic!(
            "{DOCUMENT} is not what the tables say; write it anew with \
             WRITE_VERDICTS=1 cargo test --features server --test verdicts\nline {line}\n  has   {old}\n  wants {new}"
        );
    }
    assert_eq!(found, wanted, "{DOCUMENT} ends where the tables end");
}

#[test]
fn the_arrays_answer_imports_as_the_tables_say() {
    answers::hold(&[Kind::ImportVolume, Kind::ImportGroup], &imports::scenes(), imports::NEVER);
}

/// The kinds that a test above holds against answers. A job is asked nothing.
const HELD: [Kind; 3] = [Kind::ImportVolume, Kind::ImportGroup, Kind::Job];

#[test]
fn no_kind_that_the_arrays_serve_is_left_out() {
    for kind in Kind::ALL.into_iter().filter(|kind| !HELD.contains(kind)) {
        println!("not held against answers: {}", kind.lifecycle().name);
        let collection = answers::collection(kind);
        assert!(!answers::is_served(collection), "{collection} is served: hold {kind:?} against its answers too");
    }
}
