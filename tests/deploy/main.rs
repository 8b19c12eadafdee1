//! The configurations of real proxies in `deploy/`: they let through what the console asks for and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod endpoints;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use array_console::array::{Config, Kind};
use endpoints::{Endpoints, dfm, lets_through, powerstore};

const NGINX: &str = "deploy/nginx.conf";
const CADDY: &str = "deploy/Caddyfile";
const BEGIN: &str = "# --- endpoints";
const END: &str = "# --- end of endpoints";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// The lines between the two marks: indented as the first mark is.
fn between<'a>(name: &str, text: &'a str) -> (&'a str, &'a str, &'a str) {
    let marks = |mark: &str| text.lines().filter(|line| line.trim() == mark).count();
    assert_eq!((marks(BEGIN), marks(END)), (1, 1), "{name} has its marks once each");
    let (before, rest) = text.split_once(&format!("{BEGIN}\n")).unwrap();
    let (block, after) = rest.split_once(END).unwrap();
    let kept = block.trim_end_matches([' ', '\t']).len();
    let (block, indent) = block.split_at(kept);
    assert!(before.ends_with(&format!("\n{indent}")), "{name}: both marks are indented alike");
    (before, block, after)
}

fn lines(indent: &str, end: &str) -> String {
    let mut text = String::new();
    for (kind, endpoints) in [("powerstore", powerstore()), ("dfm", dfm())] {
        for (path, methods) in endpoints {
            let methods: Vec<&str> = methods.iter().copied().collect();
            writeln!(text, "{indent}\"~^{kind} {path}$\" \"{}\"{end}", methods.join(", ")).unwrap();
        }
    }
    text
}

fn hold(name: &str, wanted: &str) {
    let text = read(name);
    let (before, block, after) = between(name, &text);
    if std::env::var_os("WRITE_DEPLOY").is_some() {
        let indent = &before[before.rfind('\n').unwrap() + 1..];
        fs::write(path(name), format!("{before}{BEGIN}\n{wanted}{indent}{END}{after}")).unwrap();
        return;
    }
    assert!(
        block == wanted,
        "{name} does not let through what the console asks for; write it anew with \
         WRITE_DEPLOY=1 cargo test --features server --test deploy\n--- it has\n{block}\n--- it should have\n{wanted}"
    );
}

#[test]
fn nginx_lets_through_what_the_console_asks_for() {
    hold(NGINX, &lines("        ", ";"));
}

#[test]
fn caddy_lets_through_what_the_console_asks_for() {
    hold(CADDY, &lines("\t\t", ""));
}

#[test]
fn ids_are_let_through_and_what_only_looks_like_them_is_not() {
    let may = |method: &str, address: &str| lets_through(powerstore(), method, address);
    assert!(may("GET", "/api/rest/import_session?select=id"));
    assert!(may("POST", "/api/rest/import_session?is_async=true"));
    assert!(may("POST", "/api/rest/import_session/7/cutover?is_async=true"));
    assert!(may("DELETE", "/api/rest/migration_session/A-1.b:2_c"));
    assert!(may("POST", "/api/rest/volume/1/end_metro"));
    assert!(lets_through(dfm(), "POST", "/apis/XMLrequest"));
    for (method, address) in [
        ("GET", "/api/rest/import_session/7/cutover"),
        ("DELETE", "/api/rest/volume/1"),
        ("POST", "/api/rest/volume"),
        ("PATCH", "/api/rest/volume/1"),
        ("GET", "/api/rest/local_user"),
        ("GET", "/api/rest/job/.."),
        ("GET", "/api/rest/job/"),
        ("GET", "/api/rest/job/1/2"),
        ("GET", "/api/rest/"),
        ("GET", "/"),
        ("GET", "/apis/XMLrequest"),
    ] {
        assert!(!may(method, address), "{method} {address}");
    }
    assert!(!lets_through(dfm(), "GET", "/apis/XMLrequest"));
}

/// Names of the public functions of `impl Api` that give something to send.
fn builders() -> Vec<String> {
    let mut found = Vec::new();
    for file in ["powerstore", "catalog", "dfm"] {
        let text = read(&format!("src/array/{file}.rs"));
        for function in text.split("    pub fn ").skip(1) {
            let (name, rest) = function.split_once('(').unwrap();
            let head = rest.split_once('{').unwrap().0;
            let gives = head.rsplit_once("->").map_or("", |(_, gives)| gives.trim());
            if ["Request", "Option<Request>", "Ask", "Talk"].contains(&gives) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn no_builder_of_requests_is_left_out() {
    let builders = builders();
    assert!(builders.len() > 25, "the search finds almost nothing: {builders:?}");
    let walked = read("tests/deploy/endpoints.rs");
    let left_out: Vec<&String> = builders.iter().filter(|name| !walked.contains(&format!("api.{name}("))).collect();
    assert_eq!(left_out, Vec::<&String>::new(), "tests/deploy/endpoints.rs must call them");
}

#[test]
fn the_configuration_names_the_arrays_that_the_proxies_know() {
    let config = Config::parse(&read("deploy/config.json")).unwrap();
    assert_eq!(config.arrays.len(), 3);
    for array in &config.arrays {
        let (id, kind) = (&array.id, if array.kind == Kind::Dfm { "dfm" } else { "powerstore" });
        assert_eq!(array.url, format!("arrays/{id}/"));
        for (name, wanted) in [(NGINX, format!("{id} {kind};")), (CADDY, format!("{id} {kind} 192.0.2."))] {
            let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(read(name).lines().any(|line| words(line).starts_with(&wanted)), "{name}: {wanted}");
        }
    }
}

#[test]
fn an_id_is_written_for_both_languages_of_patterns() {
    let of = |endpoints: &Endpoints| endpoints.keys().cloned().collect::<Vec<_>>().join("\n");
    let all = format!("{}\n{}", of(powerstore()), of(dfm()));
    let bare = all.replace(endpoints::ANY_ID, "");
    assert!(all.contains(endpoints::ANY_ID));
    assert!(bare.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_\n".contains(letter)), "{bare}");
}
