//! The first page: which story is to be told.

use super::Presenter;
use crate::demo::WHOLE_FLEET;
use crate::ui::platform::element::{Piece as _, View, el, live};

/// A card for each story, and one for the fleet without any.
pub fn chooser(presenter: Presenter) -> View {
    let card = move |name: &str, title: String, summary: String| {
        let address = format!("./{}", presenter.link.with(name).write());
        let heading = el("h2").with(el("a").set("href", address).with(title));
        el("li").class("card story-card").with(heading).with(el("p").with(summary)).done()
    };
    let (told, refused) = (presenter.told.get_untracked(), presenter.refused);
    let stories = told.map(|told| told.scenarios).unwrap_or_default().into_iter();
    let stories: Vec<View> = stories.map(|story| card(&story.name, story.title, story.summary)).collect();
    let whole = card(
        WHOLE_FLEET,
        "The whole fleet".to_owned(),
        "Two PowerStores that replicate to each other and a DFM, at work, without a story: look around.".to_owned(),
    );
    let wrong = live(move || {
        let all = presenter.wrong.get().into_iter().chain(refused.get());
        all.map(|words| el("p").class("words bad").set("role", "alert").with(words).done()).collect::<Vec<View>>()
    });
    el("main")
        .class("chooser page")
        .with(el("h1").set("tabindex", "-1").with("Array Console: demonstration"))
        .with(el("p").with(
            "The console works here on a fleet that is simulated in this page; nothing is sent anywhere. \
             Choose a story: it tells itself beside the console, step by step.",
        ))
        .with(wrong.view())
        .with(el("ul").class("cards").with(stories).with(whole))
        .done()
}
