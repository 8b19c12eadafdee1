//! The first page: which story is to be told.

use super::Presenter;
use crate::demo::WHOLE_FLEET;
use crate::ui::platform::element::{El, Piece as _, View, el, live};

/// A card for each story, and one for the fleet without any.
pub fn chooser(presenter: Presenter) -> View {
    let card = move |name: &str, title: String, summary: String| {
        let address = format!("./{}", presenter.link.with(name).write());
        let heading = el("h2").with(el("a").set("href", address).with(title));
        el("li").class("card story-card").with(heading).with(el("p").with(summary)).done()
    };
    let told = presenter.told.get_untracked().unwrap_or_default();
    let stories: Vec<View> =
        told.scenarios.into_iter().map(|story| card(&story.name, story.title, story.summary)).collect();
    let whole = card(
        WHOLE_FLEET,
        "The whole fleet".to_owned(),
        "Two PowerStores that replicate to each other and a DFM, at work, without a story: look around.".to_owned(),
    );
    let fleet = if presenter.link.on_server {
        "The console works here on the simulated fleet of this server, which everybody shares who opens the page: \
         what you choose begins anew for all of them."
    } else {
        "The console works here on a fleet that is simulated in this page; nothing is sent anywhere."
    };
    page(presenter)
        .with(el("p").with(fleet).with(" Choose a story: it tells itself beside the console, step by step."))
        .with(el("ul").class("cards").with(stories).with(whole))
        .done()
}

/// What there is to see where no fleet is: why. Nobody may take arrays that are real for simulated ones.
pub fn nothing(presenter: Presenter) -> View {
    page(presenter).done()
}

fn page(presenter: Presenter) -> El {
    let troubles = live(move || {
        let line = |words: String| el("p").class("words bad").set("role", "alert").with(words).done();
        presenter.troubles().map(line).collect::<Vec<View>>()
    });
    el("main")
        .class("chooser page")
        .with(el("h1").set("tabindex", "-1").with("Array Console: demonstration"))
        .with(troubles.view())
}
