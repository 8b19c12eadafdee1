//! The browser's entry.

#[cfg(all(target_arch = "wasm32", not(feature = "demo")))]
fn main() {
    array_console::ui::start();
}

#[cfg(all(target_arch = "wasm32", feature = "demo"))]
fn main() {
    array_console::ui::presenter::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The console runs in a browser: build it with `make dist`, or see it with `make demo`.");
}
