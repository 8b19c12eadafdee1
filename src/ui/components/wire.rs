//! A request and its answer as they went over the wire.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::array::Exchange;
use crate::ui::platform;

/// The request, as curl too, and the answer when there is one. Secrets are masked already.
pub fn exchange(exchange: &Exchange) -> AnyView {
    let headers: String = exchange.headers.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
    let body = if exchange.body.is_empty() { String::new() } else { format!("\n\n{}", exchange.body) };
    let request = format!("{} {}{headers}{body}", exchange.method, exchange.address);
    let answer = exchange.answer.as_ref().map(|answer| {
        let status = answer.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let took = answer.at.saturating_sub(exchange.sent_at);
        view! {
            <h4>{format!("Answer: {status}, after {took} ms")}</h4>
            <pre tabindex="0" class="wire-answer">{answer.body.clone()}</pre>
        }
    });
    view! {
        <div class="wire">
            <h4>"Request"</h4>
            <pre tabindex="0" class="wire-request">{request}</pre>
            {curl_line(exchange.curl())}
            {answer}
        </div>
    }
    .into_any()
}

fn curl_line(curl: String) -> AnyView {
    let said = RwSignal::new("");
    let line = curl.clone();
    let copy = move |_| {
        let line = line.clone();
        spawn_local(async move {
            let done = platform::copy(&line).await;
            said.set(if done { "Copied." } else { "The browser does not permit it: select the line and copy it." });
        });
    };
    view! {
        <h4>"As curl"</h4>
        <div class="curl">
            <pre tabindex="0" class="wire-curl">{curl}</pre>
            <button type="button" on:click=copy>"Copy curl"</button>
            <span role="status" class="curl-said">{move || said.get()}</span>
        </div>
    }
    .into_any()
}
