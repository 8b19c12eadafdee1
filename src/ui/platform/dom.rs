//! The document: title, focus, dialogs, what fits the window.

use crate::ui::state::{Cell, cell};
use leptos::prelude::{document, request_animation_frame, window, window_event_listener_untyped};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusEvent, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// What has the focus, to give it back later.
#[derive(Clone)]
pub struct Focused(pub(super) Element);

impl Focused {
    /// As if this element had the focus.
    pub fn at(element: &Element) -> Focused {
        Focused(element.clone())
    }

    /// True when the event happened to it or inside of it.
    pub fn holds(&self, event: &Event) -> bool {
        super::is_within(event, &self.0)
    }
}

/// Clicks what `selector` finds.
pub fn click(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
        element.click();
    }
}

/// What has the focus now; `None` when nothing does.
pub fn focused() -> Option<Focused> {
    let element = document().active_element()?;
    (element.tag_name() != "BODY").then_some(Focused(element))
}

/// Gives the focus back; false when the element is gone.
pub fn refocus(before: &Focused) -> bool {
    before.0.is_connected() && focus(&before.0)
}

/// Gives the focus to the first element that `selector` finds; false when there is none.
pub fn focus_first(selector: &str) -> bool {
    document().query_selector(selector).ok().flatten().is_some_and(|element| focus(&element))
}

/// HTML and SVG elements take the focus alike, by methods of two classes.
fn focus(element: &Element) -> bool {
    let method = js_sys::Reflect::get(element, &"focus".into()).and_then(JsCast::dyn_into::<js_sys::Function>);
    method.is_ok_and(|method| method.call0(element).is_ok())
}

/// The same once the page has been drawn anew.
pub fn focus_later(selector: &'static str) {
    request_animation_frame(move || _ = focus_first(selector));
}

/// True when the focus is inside of `element`.
pub fn is_inside(element: &Element) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Opens a dialog that keeps the focus inside.
pub fn show_dialog(dialog: &Element) {
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>()
        && dialog.is_connected()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// The key that was pressed; empty together with a key such as Ctrl, which is the browser's business.
pub fn key_of(event: &Event) -> String {
    match event.dyn_ref::<KeyboardEvent>() {
        Some(press) if !(press.ctrl_key() || press.alt_key() || press.meta_key()) => press.key(),
        _ => String::new(),
    }
}

/// True when what can be opened and closed, and has just been, is open.
pub fn is_open(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.has_attribute("open"))
}

/// True when the focus goes to another element, and not to nowhere.
pub fn focus_goes_somewhere(event: &Event) -> bool {
    event.dyn_ref::<FocusEvent>().is_some_and(|event| event.related_target().is_some())
}

/// True when the focus leaves the element that hears of it, and all that is inside of it.
pub fn leaves(event: &Event) -> bool {
    let target = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
    let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let current = event.current_target().and_then(|current| current.dyn_into::<web_sys::Node>().ok());
    !current.is_some_and(|current| target.is_some() && current.contains(target.as_ref()))
}

/// Scrolls as little as it takes to show `element`.
fn scroll_into_view(element: &Element) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"block".into(), &"nearest".into());
    if let Ok(scroll) = js_sys::Reflect::get(element, &"scrollIntoView".into())
        && let Ok(scroll) = scroll.dyn_into::<js_sys::Function>()
    {
        let _ = scroll.call1(element, &options);
    }
}

/// How much of `element` is scrolled away above the window, in pixels; 0 when nothing is.
pub fn above_window(element: &Element) -> f64 {
    (-element.get_bounding_client_rect().top()).max(0.0)
}

/// The height of an element, in pixels.
pub fn height_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().height()
}

/// The height of the window, in pixels.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0)
}

/// Calls `changed` when the page is scrolled or the window changes its size, as long as `changed` lives.
pub fn on_scroll_or_resize(changed: impl Fn() + Clone + 'static) {
    let again = changed.clone();
    let scroll = window_event_listener_untyped("scroll", move |_| changed());
    let resize = window_event_listener_untyped("resize", move |_| again());
    leptos::prelude::on_cleanup(move || {
        scroll.remove();
        resize.remove();
    });
}

/// Calls `leaves` when the page is about to be closed, or put aside.
pub fn on_leaving(leaves: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(leaves);
    let _ = leptos::prelude::window().add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Calls `changed` with true when the tab is hidden, with false when it is shown again.
pub fn on_visibility_change(changed: impl Fn(bool) + 'static) {
    let listener = Closure::<dyn Fn()>::new(move || {
        changed(document().visibility_state() == web_sys::VisibilityState::Hidden);
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
    // Lives as long as the page.
    listener.forget();
}

/// Follows a media query as long as the page lives.
pub fn matches_while(query: &str) -> Cell<bool> {
    let matches = cell(false);
    if let Ok(Some(list)) = window().match_media(query) {
        matches.set(list.matches());
        let watched = list.clone();
        let listener = Closure::<dyn Fn(JsValue)>::new(move |_| {
            let now = watched.matches();
            if matches.get_untracked() != now {
                matches.set(now);
            }
        });
        let _ = list.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        listener.forget();
    }
    matches
}

/// Scrolls to the top of the page.
pub fn to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Gives the focus to the row that `selector` finds and scrolls as little as it takes to show it.
pub fn focus_row(selector: &str) -> bool {
    let Some(row) = document().query_selector(selector).ok().flatten() else { return false };
    let focused = focus_where_it_is(selector);
    scroll_into_view(&row);
    focused
}

/// Gives the focus to what `selector` finds, and does not scroll.
pub fn focus_where_it_is(selector: &str) -> bool {
    let Some(element) = document().query_selector(selector).ok().flatten() else { return false };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"preventScroll".into(), &true.into());
    let focus = js_sys::Reflect::get(&element, &"focus".into())
        .ok()
        .and_then(|focus| focus.dyn_into::<js_sys::Function>().ok());
    focus.is_some_and(|focus| focus.call1(&element, &options).is_ok())
}
