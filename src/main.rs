//! The browser's entry.

#[cfg(target_arch = "wasm32")]
fn main() {
    array_console::ui::start(None);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The console runs in a browser: build it with `make dist`, or see it with `make demo`.");
}
