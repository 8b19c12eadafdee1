//! Elements of the page, and the parts of it that follow signals.
//!
//! Leptos owns and runs what is reactive here; the elements themselves are made by this builder and not by
//! the `view!` macro. The macro gives every element a type of its own and the compiler writes the machinery
//! of building and rebuilding once for each: behind the one type of this file the program is a third of the
//! size. What is drawn is drawn once; afterwards only what follows a signal is touched.

use leptos::prelude::{Owner, RenderEffect, document};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node};

use crate::ui::closure::{Hear, Tell};
use crate::ui::state::{Cell, Known, held};

/// Something that follows signals: called again when one that it reads has changed.
pub struct Live<T>(Box<dyn Tell<T>>);

impl<T> Live<T> {
    /// The value as it is now; whoever reads it follows the same signals.
    pub fn get(&mut self) -> T {
        self.0.tell()
    }
}

/// Text, an attribute or a part of the page that follows the signals which `read` reads.
pub fn live<T: 'static>(read: impl FnMut() -> T + 'static) -> Live<T> {
    Live(Box::new(read))
}

impl<T: Clone> Known<T> {
    /// The value itself, live.
    #[inline(never)]
    pub fn live(self) -> Live<T> {
        live(move || self.get())
    }
}

impl<T: Clone> Cell<T> {
    /// The value itself, live.
    #[inline(never)]
    pub fn live(self) -> Live<T> {
        live(move || self.get())
    }
}

/// A finished piece of the page.
#[derive(Clone)]
pub struct View(Option<Node>);

impl View {
    /// Nothing at all.
    pub fn none() -> View {
        View(None)
    }
}

/// An element that is being made.
#[derive(Clone)]
pub struct El(Element);

/// An HTML element.
pub fn el(tag: &str) -> El {
    made(document().create_element(tag))
}

/// An SVG element.
pub fn svg(tag: &str) -> El {
    made(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
}

/// No tag of ours is refused; were one, an element without meaning stands in for it.
fn made(element: Result<Element, JsValue>) -> El {
    El(element.unwrap_or_else(|_| JsValue::from(document()).unchecked_into()))
}

impl El {
    /// Sets an attribute, for good or live.
    // Handing the element on from call to call takes fewer bytes than keeping it for each.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: impl Value) -> El {
        value.put(&self.0, name);
        self
    }

    /// Sets its classes, for good or live.
    pub fn class(self, value: impl Value) -> El {
        self.set("class", value)
    }

    /// Sets or takes away a class as `on` says.
    pub fn toggle(self, class: &'static str, mut on: Live<bool>) -> El {
        let list = self.0.class_list();
        follow(Box::new(move || {
            let on = on.get();
            let _ = list.toggle_with_force(class, on);
        }));
        self
    }

    /// Keeps what a person types in step with `value`.
    pub fn value(self, mut value: Live<String>) -> El {
        self.property("value", Box::new(move || value.get().into()))
    }

    /// Keeps a tick, a choice or a state in step with `on`.
    pub fn state(self, name: &'static str, mut on: Live<bool>) -> El {
        self.property(name, Box::new(move || on.get().into()))
    }

    fn property(self, name: &'static str, mut read: Box<dyn Tell<JsValue>>) -> El {
        let element = self.0.clone();
        follow(Box::new(move || {
            let value = read.tell();
            // Setting what is there already would move the cursor of whoever types.
            if js_sys::Reflect::get(&element, &name.into()).is_ok_and(|before| before != value) {
                let _ = js_sys::Reflect::set(&element, &name.into(), &value);
            }
        }));
        self
    }

    /// Sets a property of the element's own style; style attributes are forbidden by the security policy.
    pub fn style(self, name: &'static str, mut value: Live<String>) -> El {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            let style = element.style();
            follow(Box::new(move || {
                let value = value.get();
                let _ = style.set_property(name, &value);
            }));
        }
        self
    }

    /// Calls `heard` on an event.
    pub fn on(self, event: &str, heard: impl FnMut(Event) + 'static) -> El {
        listen(&self.0, event, Box::new(heard));
        self
    }

    /// Appends.
    pub fn with(self, piece: impl Piece) -> El {
        if let View(Some(node)) = piece.view() {
            let _ = self.0.append_child(&node);
        }
        self
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The finished piece.
    pub fn done(self) -> View {
        View(Some(self.0.into()))
    }
}

fn listen(element: &Element, event: &str, mut heard: Box<dyn Hear<Event>>) {
    // The browser frees it together with the element.
    let listener = Closure::<dyn FnMut(Event)>::new(move |event| heard.hear(event)).into_js_value();
    let _ = element.add_event_listener_with_callback(event, listener.unchecked_ref());
}

/// Runs `run` now and whenever a signal that it reads has changed, as long as its owner lives.
fn follow(mut run: Box<dyn Tell<()>>) {
    held(RenderEffect::new(move |_| run.tell()));
}

/// What an attribute can be set to.
pub trait Value {
    /// Sets the attribute, and keeps it in step if it is live.
    fn put(self, element: &Element, name: &'static str);
}

fn write(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) if element.get_attribute(name).as_deref() != Some(value) => {
            let _ = element.set_attribute(name, value);
        }
        Some(_) => {}
        None => _ = element.remove_attribute(name),
    }
}

impl Value for &str {
    fn put(self, element: &Element, name: &'static str) {
        write(element, name, Some(self));
    }
}

impl Value for String {
    fn put(self, element: &Element, name: &'static str) {
        write(element, name, Some(&self));
    }
}

impl Value for i32 {
    fn put(self, element: &Element, name: &'static str) {
        write(element, name, Some(&self.to_string()));
    }
}

impl Value for Option<&str> {
    fn put(self, element: &Element, name: &'static str) {
        write(element, name, self);
    }
}

impl Value for Live<&'static str> {
    fn put(mut self, element: &Element, name: &'static str) {
        let element = element.clone();
        follow(Box::new(move || {
            let value = self.get();
            write(&element, name, Some(value));
        }));
    }
}

impl Value for Live<String> {
    fn put(mut self, element: &Element, name: &'static str) {
        let element = element.clone();
        follow(Box::new(move || {
            let value = self.get();
            write(&element, name, Some(&value));
        }));
    }
}

/// An attribute for assistive technology says either way whether it is so; others are there when it is so.
impl Value for Live<bool> {
    fn put(mut self, element: &Element, name: &'static str) {
        let element = element.clone();
        let (yes, no) = if name.starts_with("aria-") { (Some("true"), Some("false")) } else { (Some(""), None) };
        follow(Box::new(move || {
            let value = if self.get() { yes } else { no };
            write(&element, name, value);
        }));
    }
}

impl Value for Live<Option<String>> {
    fn put(mut self, element: &Element, name: &'static str) {
        let element = element.clone();
        follow(Box::new(move || {
            let value = self.get();
            write(&element, name, value.as_deref());
        }));
    }
}

impl Value for Live<Option<&'static str>> {
    fn put(mut self, element: &Element, name: &'static str) {
        let element = element.clone();
        follow(Box::new(move || {
            let value = self.get();
            write(&element, name, value);
        }));
    }
}

/// What can stand inside of an element.
pub trait Piece {
    /// The finished piece.
    fn view(self) -> View;
}

impl Piece for View {
    fn view(self) -> View {
        self
    }
}

impl Piece for El {
    fn view(self) -> View {
        self.done()
    }
}

impl Piece for Option<View> {
    fn view(self) -> View {
        self.unwrap_or_else(View::none)
    }
}

impl Piece for Vec<View> {
    fn view(self) -> View {
        let all = document().create_document_fragment();
        for View(node) in self {
            if let Some(node) = node {
                let _ = all.append_child(&node);
            }
        }
        View(Some(all.into()))
    }
}

impl Piece for &str {
    fn view(self) -> View {
        View(Some(document().create_text_node(self).into()))
    }
}

impl Piece for String {
    fn view(self) -> View {
        self.as_str().view()
    }
}

impl Piece for Option<String> {
    fn view(self) -> View {
        self.map_or_else(View::none, |text| text.view())
    }
}

impl Piece for Live<String> {
    fn view(mut self) -> View {
        live_text(Box::new(move || self.get()))
    }
}

impl Piece for Live<&'static str> {
    fn view(mut self) -> View {
        live_text(Box::new(move || self.get().to_owned()))
    }
}

impl Piece for Live<Option<String>> {
    fn view(mut self) -> View {
        live_text(Box::new(move || self.get().unwrap_or_default()))
    }
}

impl Piece for Live<View> {
    fn view(mut self) -> View {
        live_part(Box::new(move || self.get()))
    }
}

impl Piece for Live<Option<View>> {
    fn view(mut self) -> View {
        live_part(Box::new(move || self.get().view()))
    }
}

impl Piece for Live<Vec<View>> {
    fn view(mut self) -> View {
        live_part(Box::new(move || self.get().view()))
    }
}

fn live_text(mut read: Box<dyn Tell<String>>) -> View {
    let text = document().create_text_node("");
    let node = text.clone();
    let mut before = String::new();
    follow(Box::new(move || {
        let now = read.tell();
        if now != before {
            text.set_data(&now);
            before = now;
        }
    }));
    View(Some(node.into()))
}

/// A part between two empty texts that mark its place.
fn live_part(mut draw: Box<dyn Tell<View>>) -> View {
    let place = document().create_document_fragment();
    let (start, end) = (document().create_text_node(""), document().create_text_node(""));
    let _ = place.append_child(&start);
    let _ = place.append_child(&end);
    follow(Box::new(move || {
        let drawn = draw.tell();
        let Some(parent) = end.parent_node() else { return };
        while let Some(old) = start.next_sibling().filter(|node| !end.is_same_node(Some(node))) {
            let _ = parent.remove_child(&old);
        }
        if let View(Some(node)) = drawn {
            let _ = parent.insert_before(&node, Some(&end));
        }
    }));
    View(Some(place.into()))
}

/// One element of a [`keyed`] list, with what is reactive in it.
struct Kept {
    key: String,
    node: Node,
    owner: Owner,
}

/// A list of which an element stays the same one as long as its key is in `keys`. Elements that are in
/// their place already are not moved: moving takes the focus away.
pub fn keyed(keys: impl FnMut() -> Vec<String> + 'static, draw: impl FnMut(&str) -> View + 'static) -> View {
    list(Box::new(keys), Box::new(draw))
}

/// Draws the element of a list that has this key.
trait Draw {
    fn draw(&mut self, key: &str) -> View;
}

impl<F: FnMut(&str) -> View> Draw for F {
    fn draw(&mut self, key: &str) -> View {
        self(key)
    }
}

fn list(mut keys: Box<dyn Tell<Vec<String>>>, mut draw: Box<dyn Draw>) -> View {
    let place = document().create_document_fragment();
    let end = document().create_text_node("");
    let _ = place.append_child(&end);
    // What the elements own lives longer than one run of the effect.
    let outer = Owner::current().unwrap_or_default();
    let mut kept: Vec<Kept> = Vec::new();
    follow(Box::new(move || {
        let keys = keys.tell();
        let Some(parent) = end.parent_node() else { return };
        kept.retain(|old| {
            let stays = keys.contains(&old.key);
            if !stays {
                let _ = parent.remove_child(&old.node);
                old.owner.cleanup();
            }
            stays
        });
        let mut before: Vec<Kept> = std::mem::take(&mut kept);
        let mut next: Node = end.clone().into();
        for key in keys.into_iter().rev() {
            let known = before.iter().position(|old| old.key == key).map(|place| before.swap_remove(place));
            let item = known.or_else(|| {
                let owner = outer.with(Owner::new);
                let View(node) = owner.with(|| leptos::prelude::untrack(|| draw.draw(&key)));
                node.map(|node| Kept { key, node, owner })
            });
            let Some(item) = item else { continue };
            if !item.node.next_sibling().is_some_and(|sibling| sibling.is_same_node(Some(&next))) {
                let _ = parent.insert_before(&item.node, Some(&next));
            }
            next = item.node.clone();
            kept.push(item);
        }
        kept.reverse();
    }));
    View(Some(place.into()))
}

/// Shows `view` at the end of the page.
pub fn show(view: View) {
    if let (View(Some(node)), Some(body)) = (view, document().body()) {
        let _ = body.append_child(&node);
    }
}
