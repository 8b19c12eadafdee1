//! The reader of XML under damaged and hostile bodies: every file of the corpus, and what a seeded loop of
//! mutations makes of them. It must not panic, must hold no more memory than a small multiple of what came,
//! and must read what the writer writes of a tree as the same tree.
//!
//! `guided.base64` holds bodies that a coverage-guided search (libFuzzer, 13 million bodies) found to go
//! different ways through the reader, one per line. `FUZZ_SECONDS=600` lets the loop run that long, from a seed that `FUZZ_SEED` may give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::time::{Duration, Instant};

use array_console::wire::zapi::{self, Element};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bodies of a usual run.
const BODIES: u32 = 100_000;

/// The longest that a mutation makes.
const LONGEST: usize = 1024;

/// Bytes of memory per byte that came: an empty element of four bytes takes a few dozen, and vectors take
/// some in advance.
const MULTIPLE: usize = 80;

/// What mutations put in.
static SIGNS: &[&[u8]] = &[
    b"<",
    b">",
    b"/",
    b"</",
    b"/>",
    b"=",
    b"'",
    b"\"",
    b"&",
    b";",
    b"&amp;",
    b"&lt;",
    b"&#x41;",
    b"&#0;",
    b"&#55296;",
    b"&#99999999;",
    b"&x;",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?",
    b"?>",
    b"<!DOCTYPE a [",
    b"]>",
    b"<!ENTITY x \"&x;&x;\">",
    b"<a>",
    b"</a>",
    b"<a/>",
    b"<a b='c'>",
    b"xmlns:",
    b":",
    b" ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\t",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xc3\xa9",
    b"\xf0\x9f\x98\x80",
    b"9223372036854775807",
    b"9223372036854775808",
    b"-1",
    b"<results status='passed'>",
    b"<jobs><dp-job-info><job-id>1</job-id></dp-job-info></jobs>",
];

/// A chain of numbers that follows from its seed (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % bound.max(1)
    }

    /// A part of something `length` long.
    fn part(&mut self, length: usize) -> (usize, usize) {
        let (a, b) = (self.below(length + 1), self.below(length + 1));
        (a.min(b), a.max(b))
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zapi_fuzz/corpus");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn guided() -> Vec<Vec<u8>> {
    include_str!("guided.base64").lines().map(|line| STANDARD.decode(line).unwrap()).collect()
}

fn mutate(body: &mut Vec<u8>, corpus: &[Vec<u8>], chance: &mut Chance) {
    let place = chance.below(body.len() + 1);
    match chance.below(8) {
        0 if place < body.len() => body[place] = u8::try_from(chance.below(256)).unwrap(),
        1 if place < body.len() => body[place] ^= 1 << chance.below(8),
        2 => {
            let (from, to) = chance.part(body.len());
            body.drain(from..to.min(from + 40));
        }
        3 => {
            let (from, to) = chance.part(body.len());
            let copy = body[from..to].to_vec();
            body.splice(place..place, copy);
        }
        4 => {
            let other = &corpus[chance.below(corpus.len())];
            let (from, to) = chance.part(other.len());
            body.splice(place..place, other[from..to].iter().copied());
        }
        5 => body.truncate(place),
        6 => {
            let sign = SIGNS[chance.below(SIGNS.len())];
            let times = 1 + chance.below(50);
            body.splice(place..place, sign.repeat(times));
        }
        _ => {
            let sign = SIGNS[chance.below(SIGNS.len())];
            let end = (place + chance.below(sign.len() + 1)).min(body.len());
            body.splice(place..end, sign.iter().copied());
        }
    }
    body.truncate(LONGEST);
}

/// What an element takes of memory.
fn taken(element: &Element) -> usize {
    let attributes = element.attributes.iter().map(|(name, value)| name.capacity() + value.capacity());
    element.name.capacity()
        + element.text.capacity()
        + element.attributes.capacity() * size_of::<(String, String)>()
        + attributes.sum::<usize>()
        + (element.children.capacity() - element.children.len()) * size_of::<Element>()
        + element.children.iter().map(|child| size_of::<Element>() + taken(child)).sum::<usize>()
}

fn depth(element: &Element) -> usize {
    1 + element.children.iter().map(depth).max().unwrap_or(0)
}

/// True when the body could be read.
fn check(body: &[u8]) -> bool {
    let shown = || String::from_utf8_lossy(body).into_owned();
    _ = zapi::called(body);
    if let Ok(results) = zapi::results(body) {
        _ = (zapi::jobs(results.clone()), zapi::progress_events(results.clone()), zapi::scheduled_jobs(results));
    }
    let element = match zapi::read(body) {
        Ok(element) => element,
        Err(mistake) => {
            assert!(mistake.line >= 1 && mistake.line <= body.len() + 1, "{mistake}: {}", shown());
            return false;
        }
    };
    assert!(taken(&element) <= MULTIPLE * body.len(), "{} bytes of {}: {}", taken(&element), body.len(), shown());
    assert!(depth(&element) <= zapi::DEPTH + 1, "{}", shown());
    let mut text = String::new();
    element.write(&mut text);
    assert_eq!(zapi::read(text.as_bytes()), Ok(element), "{text}\n{}", shown());
    true
}

#[test]
fn the_corpus_reads_or_is_refused_as_its_names_say() {
    let corpus = corpus();
    let read = corpus.iter().filter(|body| check(body)).count();
    assert!(corpus.len() >= 20, "{}", corpus.len());
    assert_eq!(corpus.len() - read, 2, "too deep, and a web page");
    assert!(guided().iter().filter(|body| !check(body)).count() > 50, "they end in many places");
}

#[test]
fn mutations_break_nothing() {
    let variable = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let end = variable("FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seed = variable("FUZZ_SEED").unwrap_or(0x5eed);
    let mut chance = Chance(seed | 1);
    let mut corpus = [corpus(), guided()].concat();
    let given = corpus.len();
    let (mut bodies, mut read) = (0u32, 0u32);
    while end.map_or(bodies < BODIES, |end| Instant::now() < end) {
        let mut body = corpus[chance.below(corpus.len())].clone();
        for _ in 0..=chance.below(6) {
            mutate(&mut body, &corpus, &mut chance);
        }
        bodies += 1;
        if check(&body) {
            read += 1;
            // What still reads is worth mutating further; the given ones stay.
            if corpus.len() < 500 {
                corpus.push(body);
            } else {
                let place = given + chance.below(corpus.len() - given);
                corpus[place] = body;
            }
        }
    }
    println!("{bodies} bodies from seed {seed}, of which {read} could be read");
    assert!(read > bodies / 50, "the mutations destroy everything: {read} of {bodies}");
}
