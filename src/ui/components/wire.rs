//! A request and its answer as they went over the wire.

use crate::array::Exchange;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el};
use crate::ui::state::cell;

/// The request, as curl too, and the answer when there is one. Secrets are masked already.
pub fn exchange(exchange: &Exchange) -> View {
    let headers: String = exchange.headers.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
    let body = if exchange.body.is_empty() { String::new() } else { format!("\n\n{}", exchange.body) };
    let request = format!("{} {}{headers}{body}", exchange.method, exchange.address);
    let answer = exchange.answer.as_ref().map(|answer| {
        let status = answer.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let took = answer.at.saturating_sub(exchange.sent_at);
        vec![
            el("h4").with(format!("Answer: {status}, after {took} ms")).view(),
            el("pre").set("tabindex", "0").class("wire-answer").with(answer.body.clone()).view(),
        ]
        .view()
    });
    el("div")
        .class("wire")
        .with(el("h4").with("Request"))
        .with(el("pre").set("tabindex", "0").class("wire-request").with(request))
        .with(curl_line(exchange.curl()))
        .with(answer)
        .done()
}

fn curl_line(curl: String) -> View {
    let said = cell("");
    let line = curl.clone();
    let copy = move |_| {
        let line = line.clone();
        platform::spawn(async move {
            let done = platform::copy(&line).await;
            said.set(if done { "Copied." } else { "The browser does not permit it: select the line and copy it." });
        });
    };
    vec![
        el("h4").with("As curl").view(),
        el("div")
            .class("curl")
            .with(el("pre").set("tabindex", "0").class("wire-curl").with(curl))
            .with(el("button").set("type", "button").on("click", copy).with("Copy curl"))
            .with(el("span").set("role", "status").class("curl-said").with(said.live()))
            .view(),
    ]
    .view()
}
