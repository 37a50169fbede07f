//! What was run, where, with which computer; the test as it was run, and the way back to it.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::Edit;
use tidemark_app_model::select::results as select;
use tidemark_app_model::text::results as say;

use super::{once, which};
use crate::store::store;
use crate::view::parts::Button;

/// Lines about the run.
#[component]
pub fn About() -> impl IntoView {
    let store = store();
    let lines = store.memo(|model| {
        let report = select::report(model)?;
        model.results.open.as_ref().map(|(_, opened)| select::about(opened, &report))
    });
    let text = once(store, |opened| select::snapshot(opened).0);
    let opened = which(store);
    let not_now = store.memo(|model| if model.test.is_some() { String::new() } else { say::NOT_HERE.to_owned() });
    let restore = move || {
        let scenario =
            store.peek(|model| model.results.open.as_ref().and_then(|(_, opened)| select::snapshot(opened).1));
        if let Some(scenario) = scenario.filter(|_| opened.get_untracked().is_some()) {
            store.send(Msg::Edit(Edit::Whole(say::RESTORED.to_owned(), Box::new(scenario))));
        }
    };
    view! {
        <details class="card report-about">
            <summary><h2>{say::ABOUT}</h2></summary>
            <dl class="about-lines">
                {move || lines.get().into_iter().flatten().map(|(name, text)| view! { <dt>{name}</dt><dd>{text}</dd> }).collect_view()}
            </dl>
            <details class="about-snapshot">
                <summary>{say::SNAPSHOT}</summary>
                <pre tabindex="0" role="region" aria-label=say::SNAPSHOT>{move || text.get()}</pre>
                <Button icon=icondata::LuHistory label=say::RESTORE not_now=not_now testid="restore-snapshot" on_click=restore/>
            </details>
        </details>
    }
}
