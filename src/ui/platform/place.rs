//! Where things are in the window, and where the pointer is pressed.

use leptos::prelude::{document, request_animation_frame, window, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node};

use super::dom::Focused;
use crate::ui::state::held;

/// Room between a menu and the edge of the window, in pixels.
const MARGIN: f64 = 8.0;

/// The element that listens for the event, to give it the focus later.
pub fn listener_of(event: &Event) -> Option<Focused> {
    event.current_target().and_then(|target| target.dyn_into().ok()).map(Focused)
}

/// True when the event happened to `element` or inside of it.
pub fn is_within(event: &Event, element: &Element) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    element.contains(target.as_ref())
}

/// True when the event happened to an element that `selector` fits, and not only inside of one.
pub fn happened_to(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(selector) == Ok(true))
}

/// True when the Shift key was held.
pub fn with_shift(event: &Event) -> bool {
    js_sys::Reflect::get(event, &"shiftKey".into()).is_ok_and(|held| held.is_truthy())
}

/// Calls `pressed` with the event when a pointer is pressed anywhere, and with nothing once it is released
/// and the click that it may have made was heard, as long as the caller lives.
pub fn on_press(pressed: impl Fn(Option<&Event>) + Clone + 'static) {
    // A click may leave the page before the next frame is drawn.
    let caller = held(());
    let down = pressed.clone();
    let down = window_event_listener_untyped("pointerdown", move |event| down(Some(&event)));
    let released = |name: &'static str| {
        let pressed = pressed.clone();
        window_event_listener_untyped(name, move |_| {
            let pressed = pressed.clone();
            request_animation_frame(move || _ = caller.try_with(|()| pressed(None)));
        })
    };
    let listeners = [down, released("pointerup"), released("pointercancel")];
    leptos::prelude::on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
}

/// How far the page is scrolled, in pixels.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Scrolls the page, at once.
pub fn scroll_to(top: f64) {
    window().scroll_to_with_x_and_y(0.0, top);
}

/// Tells the browser that the page scrolls by itself when a person goes back.
pub fn scroll_by_ourselves() {
    if let Ok(history) = window().history() {
        let _ = js_sys::Reflect::set(&history, &"scrollRestoration".into(), &"manual".into());
    }
}

/// Puts `menu`, which stands in the page by its own coordinates, below what opened it, or above it where
/// there is room, or else beside it.
pub fn put_beside(menu: &Element, opener: &Focused) {
    let Some(styled) = menu.dyn_ref::<HtmlElement>() else { return };
    let (of, own) = (opener.0.get_bounding_client_rect(), menu.get_bounding_client_rect());
    let inside = |name: &str| {
        let root = document().document_element().map(JsValue::from).unwrap_or_default();
        js_sys::Reflect::get(&root, &name.into()).ok().and_then(|size| size.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (inside("clientWidth"), inside("clientHeight"));
    let below = of.bottom() + 2.0;
    let above = of.top() - own.height() - 2.0;
    let (top, right) = if below + own.height() <= height - MARGIN {
        (below, of.right())
    } else if above >= MARGIN {
        (above, of.right())
    } else {
        (height - own.height() - MARGIN, of.left() - 2.0)
    };
    let left = (right - own.width()).min(width - own.width() - MARGIN).max(MARGIN);
    for (name, value) in [("top", top + scrolled()), ("left", left)] {
        let _ = styled.style().set_property(name, &format!("{}px", whole(value)));
    }
}

#[allow(clippy::cast_possible_truncation)]
fn whole(pixels: f64) -> i64 {
    pixels as i64
}

/// Marks the whole text of an input, to be copied.
pub fn select_all(selector: &str) {
    let Some(element) = document().query_selector(selector).ok().flatten() else { return };
    if let Ok(select) = js_sys::Reflect::get(&element, &"select".into())
        && let Some(select) = select.dyn_ref::<js_sys::Function>()
    {
        let _ = select.call0(&element);
    }
}
