//! The body of a request in each of its kinds. Must not read JSON itself.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::RequestEdit;
use tidemark_app_model::select::panel::fields::part_of_kind;
use tidemark_app_model::select::panel::forms::BODIES;
use tidemark_app_model::select::panel::{body_of_kind, body_word, json};
use tidemark_app_model::text::{forms, panel as say};
use tidemark_core::scenario::{Body as Sent, FormPart, Pairs, PartContent};

use super::here::{Id, here};
use super::rows::{Lines, Rows};
use super::wrong::Wrong;
use super::{Heard, Known, TokenField};
use crate::page;
use crate::view::parts::{Button, Choice, IconButton, Kind, Select, TextField};

/// Kinds as choices.
pub(super) fn choices(words: &[(&'static str, &'static str)]) -> Vec<Choice> {
    words.iter().map(|(word, label)| Choice::new(*word, *label)).collect()
}

/// Words as choices.
pub(super) fn choices_of<T: Copy>(all: &[(T, &'static str)], word_of: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|(one, label)| Choice::new(word_of(*one), *label)).collect()
}

/// The form.
#[component]
pub(super) fn Body(id: Id) -> impl IntoView {
    let here = here();
    let body = here.of_request(id, |request| request.body.clone());
    // A text that is not JSON yet is still meant as JSON.
    let unread = RwSignal::new(None::<String>);
    let kind = Memo::new(move |_| match unread.with(Option::is_some) {
        true => "json",
        false => body.with(body_word),
    });
    let set = move |body: Sent| here.request(id, RequestEdit::Body(body));
    let choose = move |word: String| {
        unread.set(None);
        set(body_of_kind(&body.get_untracked(), &word));
    };
    let inside = move || match kind.get() {
        "json" => view! { <Json body=body unread=unread on_change=Callback::new(set)/> }.into_any(),
        "form" => {
            let rows = Signal::derive(move || match body.get() {
                Sent::Form(pairs) => pairs.0,
                _ => Vec::new(),
            });
            view! { <Rows rows=rows add=say::ADD_FIELD testid="form" on_change=move |rows: Lines| set(Sent::Form(Pairs(rows)))/> }.into_any()
        }
        "text" => {
            let text = Signal::derive(move || match body.get() {
                Sent::Text(text) => text,
                _ => String::new(),
            });
            view! { <TokenField lines=true label=say::BODY_TEXT value=text testid="body-text" on_input=move |text: String| set(Sent::Text(text))/> }.into_any()
        }
        "file" => {
            let path = Signal::derive(move || match body.get() {
                Sent::File(path) => path,
                _ => String::new(),
            });
            view! { <Plain label=say::FILE_PATH hint=say::FILE_HINT value=path testid="body-file" on_input=move |path: String| set(Sent::File(path))/> }.into_any()
        }
        "multipart" => view! { <Parts body=body on_change=Callback::new(set)/> }.into_any(),
        _ => view! { <p class="muted panel-note">{say::NO_BODY}</p> }.into_any(),
    };
    view! {
        <Select label=say::BODY_KIND choices=choices(BODIES) value=Signal::derive(move || kind.get().to_owned()) testid="body-kind" on_choose=choose/>
        {inside}
        <Wrong troubles=here.wrong_at(&["json", "form", "text", "file", "multipart"])/>
    }
}

/// One line of text without values, which tells of typing as all fields do.
#[component]
pub(super) fn Plain(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Hears each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// Whether it is set in the typeface of code.
    #[prop(optional)]
    mono: bool,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let known = expect_context::<Known>();
    view! {
        <TextField label=label value=value hint=hint placeholder=placeholder bare=bare mono=mono testid=testid
            on_input=move |text: String| { known.heard.run(Heard::Typing); on_input.run(text) }
            on_leave=move |()| known.heard.run(Heard::Left)/>
    }
}

/// JSON as text. What can't be read is kept as text, and says so.
#[component]
fn Json(body: Memo<Sent>, unread: RwSignal<Option<String>>, on_change: Callback<Sent>) -> impl IntoView {
    let draft = RwSignal::new(String::new());
    let shown = Memo::new(move |_| draft.with(|draft| body.with(|body| json::shown(draft, body))));
    let error = Signal::derive(move || unread.get().unwrap_or_default());
    let heard = move |text: String| {
        let (body, wrong) = json::typed(&text);
        draft.set(text);
        unread.set(wrong);
        on_change.run(body);
    };
    view! { <TokenField lines=true code=true label=say::BODY_JSON value=shown error=error testid="body-json" on_input=heard/> }
}

/// The parts of a form with files.
#[component]
fn Parts(body: Memo<Sent>, on_change: Callback<Sent>) -> impl IntoView {
    let parts = Memo::new(move |_| match body.get() {
        Sent::Multipart(parts) => parts,
        _ => Vec::new(),
    });
    let count = Memo::new(move |_| parts.with(Vec::len));
    let set = Callback::new(move |parts: Vec<FormPart>| on_change.run(Sent::Multipart(parts)));
    let more = move || {
        let at = count.get_untracked();
        let fresh = FormPart { content: PartContent::Text(String::new()), ..FormPart::default() };
        set.run(parts.get_untracked().into_iter().chain([fresh]).collect());
        page::focus(format!("part-{at}-name"));
    };
    let each = move || (0..count.get()).map(|at| view! { <Part at=at parts=parts on_change=set/> }).collect_view();
    view! {
        <div class="rows">
            {each}
            <div><Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_PART testid="part-add" on_click=more/></div>
        </div>
    }
}

#[component]
fn Part(at: usize, parts: Memo<Vec<FormPart>>, on_change: Callback<Vec<FormPart>>) -> impl IntoView {
    let here = here();
    let part = Memo::new(move |_| parts.with(|parts| parts.get(at).cloned()).unwrap_or_default());
    let set = move |part: FormPart| {
        let mut all = parts.get_untracked();
        if let Some(slot) = all.get_mut(at) {
            *slot = part;
            on_change.run(all);
        }
    };
    let remove = move || {
        let mut all = parts.get_untracked();
        all.remove(at);
        on_change.run(all);
        page::focus("part-add".to_owned());
    };
    let is_file = Memo::new(move |_| part.with(|part| matches!(part.content, PartContent::File(_))));
    let holds = Signal::derive(move || if is_file.get() { "file" } else { "text" }.to_owned());
    let content = Signal::derive(move || match part.get().content {
        PartContent::Text(text) | PartContent::File(text) => text,
        PartContent::Nothing => String::new(),
    });
    let name = Signal::derive(move || part.get().name);
    let kinds = choices(&[("text", say::BODY_TEXT), ("file", say::BODY_FILE)]);
    let value = move || {
        match is_file.get() {
        true => view! {
            <Plain bare=true label=say::FILE_PATH value=content placeholder=say::FILE_PATH testid=format!("part-{at}-file")
                on_input=move |path: String| set(FormPart { content: PartContent::File(path), ..part.get_untracked() })/>
        }
        .into_any(),
        false => view! {
            <TokenField bare=true label=Signal::derive(move || name.with(|name| forms::row_value(at, name))) value=content placeholder=say::VALUE testid=format!("part-{at}-value")
                on_input=move |text: String| set(FormPart { content: PartContent::Text(text), ..part.get_untracked() })/>
        }
        .into_any(),
    }
    };
    view! {
        <div class="panel-box" data-testid=format!("part-{at}")>
            <div class="row-pair">
                <Plain bare=true label=forms::row_name(at) value=name placeholder=say::NAME testid=format!("part-{at}-name")
                    on_input=move |name: String| set(FormPart { name, ..part.get_untracked() })/>
                <Select bare=true label=say::PART_HOLDS choices=kinds value=holds testid=format!("part-{at}-kind")
                    on_choose=move |word: String| set(part_of_kind(&part.get_untracked(), &word))/>
                <IconButton icon=icondata::LuX label=Signal::derive(move || name.with(|name| say::remove(&forms::row_value(at, name)))) on_click=remove/>
            </div>
            {value}
            <Show when=move || is_file.get()>
                <div class="panel-two">
                    <TokenField label=say::FILE_NAME value=Signal::derive(move || part.get().file_name)
                        on_input=move |file_name: String| set(FormPart { file_name, ..part.get_untracked() })/>
                    <Plain label=say::CONTENT_TYPE value=Signal::derive(move || part.get().content_type)
                        on_input=move |content_type: String| set(FormPart { content_type, ..part.get_untracked() })/>
                </div>
            </Show>
            <Wrong troubles=here.wrong_with("multipart", at)/>
        </div>
    }
}
