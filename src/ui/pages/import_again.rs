//! From an import that has ended to the next one of its source.

use super::new_source::free_name;
use super::session::Subject;
use crate::array::{PlanKind, kind, standing};
use crate::fleet::{Draft, Route};
use crate::lifecycle::Kind;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::known;
use crate::wire::powerstore::Resource;

/// After the end of an import its source can be imported once more.
pub fn again(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let draft = known(move || {
        session.with(|session| {
            let session = session.as_ref()?;
            // A member is imported with its group.
            let is_member = session.parent().is_some();
            if session.resource != Resource::Import || is_member || !standing(session)?.is_final() {
                return None;
            }
            let mut draft = Draft { is_group: kind(session) == Kind::ImportGroup, ..Draft::default() };
            draft.plan.source = session.source()?.to_owned();
            draft.plan.remote_system = session.remote_system()?.to_owned();
            draft.plan.kind = session.kind().and_then(PlanKind::named);
            let before = session.name().unwrap_or_default();
            draft.plan.name = free_name(console, array, Resource::Import, before, before);
            Some(draft)
        })
    });
    let shown = live(move || {
        let draft = draft.get()?;
        let id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        let link = el("a").class("button").set("href", Route::new(&id, draft).write());
        Some(el("p").class("again").with(link.with("Import the same source again")).done())
    });
    shown.view()
}
