//! A target: its address, sign-in, headers, and what else every request to it carries. Must not send anything there.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, TargetEdit};
use tidemark_app_model::select::data::targets::{
    self as select, HTTPS, PairEdit, SIGN_INS, SignInField, WATCH_SIGN_INS, WatchEdit, bad_watch, series_text,
    sign_in_text, sign_in_word, signed_in_as, watch_text, with_pair, with_watch,
};
use tidemark_app_model::select::data::values::{of_word, word_of};
use tidemark_app_model::select::panel::fields::key_word;
use tidemark_app_model::text::{data as say, panel};
use tidemark_core::scenario::{Pairs, Target as Plan, Watch};
use tidemark_core::units::Span;

use super::Head;
use crate::store::{Store, store};
use crate::view::parts::{Button, Checkbox, Choice, IconButton, Kind, Select, Switch, WrittenField};

/// A target that is edited.
#[derive(Clone, Copy)]
struct Edited {
    store: Store,
    at: usize,
    target: Memo<Plan>,
}

impl Edited {
    /// Puts a changed target in the place of what is there, with the field that changed.
    fn set(self, field: &'static str, target: Plan) {
        self.store.send(Msg::Edit(Edit::Target(TargetEdit::Set(self.at, field, Box::new(target)))));
    }

    fn with(self, field: &'static str, change: impl FnOnce(&mut Plan)) {
        let mut target = self.target.get_untracked();
        change(&mut target);
        self.set(field, target);
    }

    fn text(self, of: fn(&Plan) -> String) -> Signal<String> {
        Signal::derive(move || self.target.with(of))
    }
}

/// The editor of a target, by its number.
#[component]
pub(super) fn Target(at: usize) -> impl IntoView {
    let store = store();
    let target = store.memo(move |model| {
        let found = model.test.as_ref().and_then(|test| test.doc.scenario().targets.get(at));
        found.cloned().unwrap_or_default()
    });
    let edited = Edited { store, at, target };
    let hint = Signal::derive(move || if at == 0 { say::TARGET_FIRST } else { say::TARGET_NOT_FIRST }.to_owned());
    let live = Signal::derive(move || target.with(|target| target.live));
    let by_look = move || target.with(select::looks_live);
    view! {
        <Head item=Item::Target(at) name=edited.text(|target| target.name.clone()) kind=say::TARGET hint=hint/>
        <div class="card data-form">
            <WrittenField label=say::ADDRESS value=edited.text(|target| target.url.clone()) testid="target-url"
                on_leave=move |text: String| {
                    store.send(Msg::Edit(Edit::Target(TargetEdit::Url(at, text.trim().to_owned()))));
                    let wrong = select::bad_address(&target.get_untracked());
                    (!wrong.is_empty()).then(|| wrong.to_owned())
                }/>
            <Show when=move || { at > 0 }>
                <Button icon=icondata::LuCrosshair label=say::MAKE_FIRST testid="target-first"
                    on_click=move || store.send(Msg::Edit(Edit::Target(TargetEdit::MakeFirst(at))))/>
            </Show>
            <div>
                <Switch label=say::LIVE on=live testid="target-live"
                    on_change=move |live| edited.with("live", |target| target.live = live)/>
                <p class="field-hint">{say::LIVE_HINT}" "{move || by_look().then_some(say::LIVE_BY_LOOK)}</p>
            </div>
        </div>
        <SignIn edited=edited/>
        <section class="card data-form" aria-labelledby="target-headers">
            <h2 id="target-headers">{say::HEADERS}</h2>
            <p class="muted">{say::HEADERS_HINT}</p>
            <Rows edited=edited of=|target| &target.headers set=|target, pairs| target.headers = pairs field="headers"
                words=(say::HEADER_NAME, say::HEADER_VALUE, say::ADD_HEADER)/>
        </section>
        <Watched edited=edited/>
        <Advanced edited=edited/>
    }
}

/// How every request proves who sends it.
#[component]
fn SignIn(edited: Edited) -> impl IntoView {
    let target = edited.target;
    let word = Signal::derive(move || target.with(sign_in_word).to_owned());
    let kinds: Vec<Choice> = SIGN_INS.iter().map(|(word, label)| Choice::new(*word, *label)).collect();
    let text = move |label: &'static str, field: SignInField, testid: &'static str, hint: &'static str| {
        let value = Signal::derive(move || target.with(|target| sign_in_text(target, field)));
        view! {
            <WrittenField label=label value=value testid=testid hint=hint on_leave=move |text: String| {
                edited.set(testid, select::with_sign_in_text(&target.get_untracked(), field, text));
                None
            }/>
        }
    };
    let places = vec![Choice::new("header", say::KEY_HEADER), Choice::new("query", say::KEY_QUERY)];
    let chosen = RwSignal::new("header");
    let place = Memo::new(move |_| target.with(|target| select::key_place_of(target, chosen.get())));
    let key_name = Signal::derive(move || target.with(|target| sign_in_text(target, SignInField::KeyName)));
    let key_in = move |place: &'static str, name: String| {
        chosen.set(place);
        edited.set("sign-in", select::with_key_in(&target.get_untracked(), place, &name));
    };
    let fields = move || {
        match word.get().as_str() {
        "basic" => view! {
            {text(say::USER, SignInField::User, "target-user", "")}
            {text(say::PASSWORD, SignInField::Password, "target-password", say::SECRET_TIP)}
        }
        .into_any(),
        "bearer" => text(say::TOKEN, SignInField::Token, "target-token", say::SECRET_TIP).into_any(),
        "key" => view! {
            <Select label=say::KEY_IN choices=places.clone() value=Signal::derive(move || place.get().to_owned()) testid="target-key-in"
                on_choose=move |place: String| key_in(key_word(&place), key_name.get_untracked())/>
            <WrittenField label=say::KEY_NAME value=key_name testid="target-key-name" on_leave=move |name: String| {
                key_in(place.get_untracked(), name);
                None
            }/>
            {text(say::KEY, SignInField::Key, "target-key", say::SECRET_TIP)}
        }
        .into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <section class="card data-form" aria-labelledby="target-sign-in">
            <h2 id="target-sign-in">{say::SIGN_IN}</h2>
            <Select label=say::KIND choices=kinds value=word hint=say::SIGN_IN_HINT testid="target-sign-in-kind"
                on_choose=move |word: String| edited.set("sign-in", select::with_sign_in(&target.get_untracked(), &word))/>
            {fields}
        </section>
    }
}

/// Rows of names and values.
#[component]
fn Rows(
    edited: Edited,
    /// Where they are.
    of: fn(&Plan) -> &Pairs,
    /// Where they are put.
    set: fn(&mut Plan, Pairs),
    /// The field that changes.
    field: &'static str,
    /// What a name, a value and the button are called.
    words: (&'static str, &'static str, &'static str),
) -> impl IntoView {
    let pairs = Memo::new(move |_| edited.target.with(|target| of(target).0.clone()));
    let count = Memo::new(move |_| pairs.with(Vec::len));
    let change = move |edit: PairEdit| {
        edited.with(field, |target| {
            let changed = with_pair(of(target), edit);
            set(target, changed);
        });
    };
    let row = move |at: usize| {
        let name =
            Signal::derive(move || pairs.with(|pairs| pairs.get(at).map(|(name, _)| name.clone())).unwrap_or_default());
        let value = Signal::derive(move || {
            pairs.with(|pairs| pairs.get(at).map(|(_, value)| value.clone())).unwrap_or_default()
        });
        view! {
            <li>
                <WrittenField bare=true label=format!("{} {}", words.0, at + 1) value=name testid=format!("target-{field}-{at}-name")
                    on_leave=move |text: String| { change(PairEdit::Name(at, text)); None }/>
                <WrittenField bare=true label=format!("{} {}", words.1, at + 1) value=value testid=format!("target-{field}-{at}-value")
                    on_leave=move |text: String| { change(PairEdit::Value(at, text)); None }/>
                <IconButton icon=icondata::LuX label=say::remove_number(words.0, at + 1) on_click=move || change(PairEdit::Remove(at))/>
            </li>
        }
    };
    view! {
        <ul class="pair-list">{move || (0..count.get()).map(row).collect_view()}</ul>
        <Button kind=Kind::Quiet icon=icondata::LuPlus label=words.2 testid=format!("target-{field}-add")
            on_click=move || change(PairEdit::Add)/>
    }
}

/// What is watched of it while a run goes on.
#[component]
fn Watched(edited: Edited) -> impl IntoView {
    let all = Memo::new(move |_| edited.target.with(|target| target.watch.clone()));
    let count = Memo::new(move |_| all.with(Vec::len));
    let change = move |edit: WatchEdit| edited.with("watch", |target| target.watch = with_watch(&target.watch, edit));
    let row = move |at: usize| {
        let text = move |of: fn(&Watch) -> String| {
            Signal::derive(move || all.with(|all| all.get(at).map(of)).unwrap_or_default())
        };
        let wrong = move || {
            let said = edited.target.with_untracked(|target| target.watch.get(at).map(bad_watch)).unwrap_or_default();
            (!said.is_empty()).then_some(said)
        };
        view! {
            <li>
                <WrittenField bare=true label=format!("{} {}", say::WATCH_AT, at + 1) value=text(watch_text) testid=format!("target-watch-{at}")
                    on_leave=move |text: String| { change(WatchEdit::At(at, text)); wrong() }/>
                <WrittenField bare=true label=format!("{} {}", say::WATCH_SERIES, at + 1) value=text(series_text) testid=format!("target-watch-{at}-series")
                    on_leave=move |text: String| { change(WatchEdit::Series(at, text)); wrong() }/>
                <IconButton icon=icondata::LuX label=say::remove_number(say::WATCH, at + 1) on_click=move || change(WatchEdit::Remove(at))/>
                <WatchSignIn edited=edited at=at/>
            </li>
        }
    };
    view! {
        <section class="card data-form" aria-labelledby="target-watch">
            <h2 id="target-watch">{say::WATCH}</h2>
            <p class="muted">{say::WATCH_HINT}" "{say::WATCH_SERIES_HINT}</p>
            <ul class="pair-list">{move || (0..count.get()).map(row).collect_view()}</ul>
            <Button kind=Kind::Quiet icon=icondata::LuPlus label=say::ADD_WATCH testid="target-watch-add"
                on_click=move || change(WatchEdit::Add)/>
        </section>
    }
}

/// How a page that is watched is signed in at; a process has nothing of the kind.
#[component]
fn WatchSignIn(edited: Edited, at: usize) -> impl IntoView {
    let watch = Memo::new(move |_| edited.target.with(|target| target.watch.get(at).cloned().unwrap_or_default()));
    let page = Memo::new(move |_| watch.with(|watch| watch.process.is_none()));
    let word = Memo::new(move |_| watch.with(|watch| sign_in_word(&signed_in_as(watch))).to_owned());
    let change = move |edit: WatchEdit| edited.with("watch", |target| target.watch = with_watch(&target.watch, edit));
    let kinds: Vec<Choice> = WATCH_SIGN_INS.iter().map(|(word, label)| Choice::new(*word, *label)).collect();
    let text = move |label: &'static str, field: SignInField, name: &'static str, hint: &'static str| {
        let value = Signal::derive(move || watch.with(|watch| sign_in_text(&signed_in_as(watch), field)));
        view! {
            <WrittenField label=label value=value hint=hint testid=format!("target-watch-{at}-{name}") on_leave=move |text: String| {
                change(WatchEdit::SignInText(at, field, text));
                None
            }/>
        }
    };
    let fields = move || match word.get().as_str() {
        "basic" => view! {
            {text(say::USER, SignInField::User, "user", "")}
            {text(say::PASSWORD, SignInField::Password, "password", say::SECRET_TIP)}
        }
        .into_any(),
        "bearer" => text(say::TOKEN, SignInField::Token, "token", say::SECRET_TIP).into_any(),
        _ => ().into_any(),
    };
    view! {
        <Show when=move || page.get()>
            <div class="watch-sign-in">
                <Select label=say::WATCH_SIGN_IN choices=kinds.clone() value=word testid=format!("target-watch-{at}-sign-in")
                    on_choose=move |word: String| change(WatchEdit::SignIn(at, word))/>
                {fields}
            </div>
        </Show>
    }
}

/// What few targets need.
#[component]
fn Advanced(edited: Edited) -> impl IntoView {
    let target = edited.target;
    let http = Signal::derive(move || target.with(|target| word_of(&HTTPS, target.http)).to_owned());
    let versions: Vec<Choice> = HTTPS.iter().map(|(_, word, label)| Choice::new(*word, *label)).collect();
    let skip = Signal::derive(move || target.with(|target| target.tls.skip_verify));
    let limit = edited.text(|target| target.connect_limit.map(|span| span.to_string()).unwrap_or_default());
    let text = move |label: &'static str, hint: &'static str, field: &'static str, of: fn(&mut Plan) -> &mut String| {
        let value = Signal::derive(move || {
            let mut target = target.get();
            std::mem::take(of(&mut target))
        });
        view! {
            <WrittenField label=label value=value hint=hint testid=format!("target-{field}")
                on_leave=move |text: String| { edited.with(field, |target| *of(target) = text.trim().to_owned()); None }/>
        }
    };
    view! {
        <details class="card data-more">
            <summary>{say::ADVANCED}</summary>
            <div class="data-form">
                {text(say::CA_FILE, say::CA_FILE_HINT, "ca-file", |target| &mut target.tls.ca_file)}
                <div>
                    <Checkbox label=say::SKIP_VERIFY checked=skip testid="target-skip-verify"
                        on_change=move |skip| edited.with("skip", |target| target.tls.skip_verify = skip)/>
                    <p class="field-hint">{say::SKIP_VERIFY_HINT}</p>
                </div>
                {text(say::CLIENT_CERTIFICATE, "", "certificate", |target| &mut target.tls.client_certificate)}
                {text(say::CLIENT_KEY, "", "certificate-key", |target| &mut target.tls.client_key)}
                <Select label=say::HTTP choices=versions value=http testid="target-http"
                    on_choose=move |word: String| if let Some(http) = of_word(&HTTPS, &word) { edited.with("http", |target| target.http = http) }/>
                {text(say::PROXY, say::PROXY_HINT, "proxy", |target| &mut target.proxy)}
                <WrittenField label=say::CONNECT_LIMIT value=limit hint=say::CONNECT_LIMIT_HINT testid="target-connect-limit"
                    on_leave=move |text: String| match (text.trim(), Span::parse(&text)) {
                        ("", _) => { edited.with("limit", |target| target.connect_limit = None); None }
                        (_, Some(span)) => { edited.with("limit", |target| target.connect_limit = Some(span)); None }
                        (_, None) => Some(panel::NOT_A_TIME.to_owned()),
                    }/>
                <h3>{say::RESOLVE}</h3>
                <p class="muted">{say::RESOLVE_HINT}</p>
                <Rows edited=edited of=|target| &target.resolve set=|target, pairs| target.resolve = pairs field="resolve"
                    words=(say::RESOLVE_NAME, say::RESOLVE_ADDRESS, say::ADD_RESOLVE)/>
            </div>
        </details>
    }
}
