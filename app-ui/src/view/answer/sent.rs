//! What was sent, and what took how long. Must not measure.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::model::Exchange;
use tidemark_app_model::select::trial::{Part, timing};
use tidemark_app_model::text::trial as say;

/// The request as it went out.
#[component]
pub fn Sent(
    /// What was sent.
    exchange: Arc<Exchange>,
) -> impl IntoView {
    if exchange.sent_head.is_empty() {
        return view! { <p class="muted answer-note">{say::NOTHING_SENT}</p> }.into_any();
    }
    let block = |name: &'static str, text: String| {
        (!text.is_empty()).then(|| {
            view! {
                <h4>{name}</h4>
                <pre class="answer-pre" tabindex="0" role="region" aria-label=name>{text}</pre>
            }
        })
    };
    view! {
        <div class="answer-sent" data-testid="answer-sent">
            {block(say::HEAD, exchange.sent_head.clone())}
            {block(say::BODY, exchange.sent_body.clone())}
        </div>
    }
    .into_any()
}

/// What took how long, each part at its place in the whole.
#[component]
pub fn Timing(
    /// What was measured.
    exchange: Arc<Exchange>,
) -> impl IntoView {
    let reused = exchange.times.connect_us.is_none() && exchange.times.whole_us > 0;
    let row = |part: Part| {
        view! {
            <tr>
                <th scope="row">{part.word}</th>
                <td class="timing-bar" aria-hidden="true">
                    <span style=format!("--from: {:.4}; --length: {:.4}", part.from, part.length)></span>
                </td>
                <td class="timing-time">{part.took}</td>
            </tr>
        }
    };
    view! {
        <table class="timing" data-testid="answer-timing"><tbody>{timing(&exchange).into_iter().map(row).collect_view()}</tbody></table>
        {reused.then(|| view! { <p class="muted answer-note">{say::REUSED}</p> })}
    }
}
