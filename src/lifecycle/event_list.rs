//! A list of events: each with the constant that names it, its name for the control door and its name
//! for people, numbered in their order.

macro_rules! events {
    ($($id:ident $name:literal $label:literal,)*) => {
        events!(@ids 0u8; $($id $label,)*);
        pub(super) static EVENTS: [Event; [$($name),*].len()] = [$(Event { name: $name, label: $label }),*];
    };
    (@ids $next:expr; $id:ident $label:literal, $($rest:tt)*) => {
        #[doc = concat!("Event: ", $label, ".")]
        pub const $id: EventId = EventId($next);
        events!(@ids $next + 1; $($rest)*);
    };
    (@ids $next:expr;) => {};
}
