//! What a site deploys, read from `dist/` as `make dist` left it, and the demonstration, from `dist-demo/`.
//!
//! Ignored by default, for it tests builds and not the code: `make test` builds, then runs it by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A build, and what a first visit may transfer, in bytes of brotli: wasm, JavaScript, styles and page together.
#[derive(Clone, Copy)]
struct Build {
    folder: &'static str,
    budget: u64,
}

const CONSOLE: Build = Build { folder: "dist", budget: 240_000 };
const DEMONSTRATION: Build = Build { folder: "dist-demo", budget: 400_000 };
const BUILDS: [Build; 2] = [CONSOLE, DEMONSTRATION];

/// Held by the simulator's code alone.
const SIMULATOR_SENTINEL: &[u8] = b"array-console simulated fleet";

impl Build {
    fn folder(self) -> PathBuf {
        let Build { folder, .. } = self;
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        assert!(path.join("index.html").is_file(), "there is no {folder}/index.html: run `make {folder}` first");
        path
    }

    /// The files that count, by name: all that the browser runs or renders.
    fn program_files(self) -> BTreeMap<String, PathBuf> {
        fs::read_dir(self.folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|file| has_ending(file, &["wasm", "js", "css", "html"]))
            .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), file))
            .collect()
    }

    /// The page's markup, in lower case and without comments.
    fn page(self) -> String {
        let page = fs::read_to_string(self.folder().join("index.html")).unwrap().to_lowercase();
        let mut parts = page.split("<!--");
        let mut kept = parts.next().unwrap().to_owned();
        for part in parts {
            kept.push_str(part.split_once("-->").expect("a comment that ends").1);
        }
        kept
    }

    /// True when its program holds the simulator.
    fn holds_simulator(self) -> bool {
        let files = self.program_files();
        let programs: Vec<_> = files.values().filter(|file| has_ending(file, &["wasm"])).collect();
        assert_eq!(programs.len(), 1, "one program, and no leftovers of an earlier build");
        let bytes = fs::read(programs[0]).unwrap();
        assert!(bytes.starts_with(b"\0asm"), "{} is not WebAssembly", programs[0].display());
        bytes.windows(SIMULATOR_SENTINEL.len()).any(|window| window == SIMULATOR_SENTINEL)
    }
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file's size as a browser transfers it: of the ready-made copy where compressing makes it smaller.
fn size_in_transfer(file: &Path, ending: &str) -> u64 {
    fs::metadata(beside(file, ending)).or_else(|_| fs::metadata(file)).unwrap().len()
}

/// The tags of some markup, each without its angle brackets.
fn tags(markup: &str) -> Vec<&str> {
    markup.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag).collect()
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn a_first_visit_stays_within_its_budget() {
    for build in BUILDS {
        let Build { folder, budget } = build;
        let files = build.program_files();
        for ending in ["wasm", "js", "css", "html"] {
            assert!(files.values().any(|file| has_ending(file, &[ending])), "{folder}/ holds no .{ending} file");
        }
        let mut total = 0;
        println!("{:>9} {:>9}", "bytes", "brotli");
        for (name, file) in &files {
            let brotli = size_in_transfer(file, ".br");
            println!("{:>9} {brotli:>9}  {folder}/{name}", fs::metadata(file).unwrap().len());
            total += brotli;
        }
        println!("{:>9} {total:>9}  together, of {budget}", "");
        assert!(total <= budget, "a first visit of {folder} transfers {total} bytes, more than {budget}");
    }
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn every_large_file_has_smaller_copies_beside_it() {
    for (name, file) in BUILDS.into_iter().flat_map(Build::program_files) {
        let size = fs::metadata(&file).unwrap().len();
        // Smaller ones need not shrink.
        if size < 1_000 {
            continue;
        }
        for ending in [".br", ".gz"] {
            let copy = fs::metadata(beside(&file, ending)).unwrap_or_else(|_| panic!("{name}{ending} is missing"));
            assert!(copy.len() > 0 && copy.len() < size, "{name}{ending} has {} bytes of {size}", copy.len());
        }
    }
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn the_page_holds_nothing_that_the_security_policy_forbids() {
    for page in BUILDS.map(Build::page) {
        for (position, tag) in tags(&page).into_iter().enumerate() {
            let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or("");
            assert_ne!(name, "style", "an inline style sheet, at tag {position}");
            assert_ne!(name, "base", "a <base>, at tag {position}");
            assert!(name != "script" || tag.contains(" src="), "an inline script, at tag {position}: <{tag}>");
            for attribute in tag.split_ascii_whitespace().skip(1) {
                let attribute_name = attribute.split('=').next().unwrap_or("");
                assert!(
                    attribute_name != "style" && !(attribute_name.starts_with("on") && attribute.contains('=')),
                    "an inline handler or style: <{tag}>"
                );
            }
        }
        assert!(!page.contains("javascript:"), "an address that is a script");
        assert!(!page.contains("http://") && !page.contains("https://"), "the page names another host");
        for element in page.split("<script").skip(1) {
            let body = element.split_once('>').unwrap().1.split_once("</script").unwrap().0;
            assert!(body.trim().is_empty(), "a script with a body: {body}");
        }
    }
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn every_address_in_the_page_is_relative_and_there() {
    for folder in BUILDS.map(Build::folder) {
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let mut seen = 0;
        for attribute in [" src=", " href=", " data-js=", " data-wasm="] {
            for rest in page.split(attribute).skip(1) {
                // Minified, a value stands without quotes where it can.
                let address = match rest.strip_prefix('"') {
                    Some(quoted) => quoted.split('"').next().unwrap(),
                    None => rest.split([' ', '>']).next().unwrap(),
                };
                let file =
                    address.strip_prefix("./").unwrap_or_else(|| panic!("{address} is not relative to the page"));
                assert!(folder.join(file).is_file(), "the page names {address}, which is not there");
                seen += 1;
            }
        }
        assert!(seen >= 4, "the page should name its start script, program, styles and icon");
    }
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn the_simulator_is_in_the_demonstration_alone() {
    assert!(!CONSOLE.holds_simulator(), "the simulator is compiled into the console");
    assert!(DEMONSTRATION.holds_simulator(), "the demonstration has no simulator");
}

#[test]
#[ignore = "reads dist/ and dist-demo/: run `make dist dist-demo` first"]
fn the_demonstration_carries_the_policy_of_a_site_before_all_that_it_is_about() {
    let site = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/nginx.conf")).unwrap();
    let policy = site.split_once("Content-Security-Policy \"").unwrap().1.split('"').next().unwrap();
    let policy = policy.replace("frame-ancestors 'none'; ", "").to_lowercase();
    let page = DEMONSTRATION.page();
    let place = page.find(&policy).expect("the page carries no policy, or another one");
    assert!(!page[..place].contains("<link") && !page[..place].contains("<script"), "it comes too late");
    assert!(page.contains("array console: demonstration"));
    assert!(!CONSOLE.page().contains("content-security-policy"), "a site sends it in a header");
}
