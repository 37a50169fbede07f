//! The check before requests leave: where to, how many, what to mend, secrets, and a word for each host elsewhere. Must
//! not judge a host, nor what was typed.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::overlay::ProblemRow;
use tidemark_app_model::select::reach::{self, BeforeRun as Check, HostRow};
use tidemark_app_model::text::{overlay as say, shell};
use tidemark_core::problem::Severity;

use crate::store::store;
use crate::view::data::SecretField;
use crate::view::parts::{Button, Checkbox, Dialog, Fixes, Kind, Picture, TextField, severity_icon};
use crate::view::shell::class_icon;

/// What the parts read.
type Part = Memo<Option<Check>>;

/// The dialog.
#[component]
pub fn BeforeRun() -> impl IntoView {
    let store = store();
    let check: Part = store.memo(reach::before_run);
    let title = Signal::derive(move || {
        check.with(|check| check.as_ref().map_or(say::BEFORE_RUN, |check| check.title)).to_owned()
    });
    let act =
        Signal::derive(move || check.with(|check| check.as_ref().map(|check| check.act.clone()).unwrap_or_default()));
    let not_now = Signal::derive(move || {
        check.with(|check| check.as_ref().map(|check| check.not_now.clone()).unwrap_or_default())
    });
    view! {
        <Dialog title=title testid="preflight" on_close=move || store.send(Msg::Escape)>
            <div class="preflight">
                <Numbers check=check/>
                <Cap check=check/>
                <Problems check=check/>
                <Secrets check=check/>
                <Hosts check=check/>
            </div>
            <div class="dialog-foot preflight-foot">
                <p class="preflight-why" role="status" data-testid="preflight-why">{not_now}</p>
                <Button label=shell::CANCEL testid="preflight-cancel" on_click=move || store.send(Msg::Escape)/>
                <Button kind=Kind::Primary icon=icondata::LuPlay label=act not_now=not_now testid="preflight-run"
                    on_click=move || store.send(Msg::ConfirmRun)/>
            </div>
        </Dialog>
    }
}

/// A list of the check, told of only when it differs.
fn part<T: Clone + Default + PartialEq + Send + Sync + 'static>(check: Part, of: fn(&Check) -> T) -> Memo<T> {
    Memo::new(move |_| check.with(|check| check.as_ref().map(of).unwrap_or_default()))
}

/// Where to, how many, how long.
#[component]
fn Numbers(check: Part) -> impl IntoView {
    let target = part(check, |check| check.target.clone());
    let facts = part(check, |check| check.facts.clone());
    let chip = move || {
        target.get().map(|target| {
            view! {
                <div class="preflight-target" class:live=target.live>
                    <Picture icon=class_icon(target.class)/>
                    <span class="preflight-name">{target.name}</span>
                    <span class="mono">{target.host}</span>
                    <span class="badge" data-tone=if target.live { "bad" } else { "info" }>
                        {target.class_word}{target.live.then_some(view! { " · " {shell::LIVE_TARGET} })}
                    </span>
                </div>
            }
        })
    };
    let each = move || {
        facts.get().into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()
    };
    view! {
        {chip}
        <dl class="preflight-facts">{each}</dl>
    }
}

/// Why fewer people come, and the way to more.
#[component]
fn Cap(check: Part) -> impl IntoView {
    let store = store();
    let cap = part(check, |check| check.cap.clone());
    let raised = part(check, |check| check.raised);
    let words = move || match cap.get() {
        Some(cap) if cap.can_be_raised => cap.why,
        Some(cap) => format!("{} {}", cap.why, say::MORE_IN_SETTINGS),
        None => say::RAISED.to_owned(),
    };
    let can_be_raised = move || cap.with(|cap| cap.as_ref().is_some_and(|cap| cap.can_be_raised));
    view! {
        <Show when=move || cap.with(Option::is_some) || raised.get()>
            <div class="preflight-cap" data-testid="preflight-cap">
                <Picture icon=icondata::LuShieldAlert/>
                <p>{words}</p>
                <Show when=can_be_raised>
                    <Button label=say::RAISE_LIMIT testid="raise-limit" on_click=move || store.send(Msg::RaiseLimit(true))/>
                </Show>
            </div>
        </Show>
    }
}

/// What to mend first, with what mends it.
#[component]
fn Problems(check: Part) -> impl IntoView {
    let store = store();
    let problems = part(check, |check| check.problems.clone());
    let line = move |row: ProblemRow| {
        let (stops, code, item) = (row.severity == Severity::Stop, row.code, row.item.clone());
        let go = move || {
            store.send(Msg::Escape);
            store.send(Msg::Select(vec![item.clone()]));
        };
        let fixes = row.fixes.into_iter().take(2).collect();
        view! {
            <li class="preflight-problem" class:stops=stops data-testid=format!("problem-{code}")>
                <Picture icon=severity_icon(row.severity)/>
                <div>
                    <p><span class="unseen">{row.level}": "</span>{row.message}" "<span class="muted">{row.hint}</span></p>
                    <div class="preflight-ways">
                        <Fixes code=code fixes=fixes/>
                        <button type="button" class="link" on:click=move |_| go()>{say::GO_THERE}</button>
                    </div>
                </div>
            </li>
        }
    };
    view! {
        <Show when=move || !problems.with(Vec::is_empty)>
            <section aria-labelledby="preflight-problems">
                <h3 id="preflight-problems">{say::TO_LOOK_AT}</h3>
                <ul class="preflight-list">{move || problems.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Secrets that lack a value here, each asked for once.
#[component]
fn Secrets(check: Part) -> impl IntoView {
    let secrets = part(check, |check| check.secrets.clone());
    view! {
        <Show when=move || !secrets.with(Vec::is_empty)>
            <section aria-labelledby="preflight-secrets" data-testid="preflight-secrets">
                <h3 id="preflight-secrets">{say::SECRETS_HERE}</h3>
                <For each=move || secrets.get() key=String::clone let:name>
                    <SecretField label=say::secret_value(&name) name=name/>
                </For>
            </section>
        </Show>
    }
}

/// A word for each host elsewhere.
#[component]
fn Hosts(check: Part) -> impl IntoView {
    let hosts = part(check, |check| check.hosts.clone());
    let names = Memo::new(move |_| hosts.with(|hosts| hosts.iter().map(|host| host.host.clone()).collect::<Vec<_>>()));
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <section class="preflight-hosts" aria-labelledby="preflight-hosts">
                <h3 id="preflight-hosts">{say::YOUR_WORD}</h3>
                <For each=move || names.get() key=String::clone let:name><Host name=name hosts=hosts/></For>
                <p class="muted">{say::ASKED_ONCE}</p>
            </section>
        </Show>
    }
}

#[component]
fn Host(name: String, hosts: Memo<Vec<HostRow>>) -> impl IntoView {
    let store = store();
    let wanted = name.clone();
    let row = Memo::new(move |_| hosts.with(|hosts| hosts.iter().find(|row| row.host == wanted).cloned()));
    let ticked = Signal::derive(move || row.with(|row| row.as_ref().is_some_and(|row| row.ticked)));
    let typed = Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.typed.clone()).unwrap_or_default()));
    let confirmed = move || row.with(|row| row.as_ref().is_some_and(|row| row.confirmed));
    let live = move || row.with(|row| row.as_ref().is_some_and(|row| row.live));
    let text = move || row.with(|row| row.as_ref().map(|row| row.text.clone()).unwrap_or_default());
    let (by_tick, by_word, called) = (name.clone(), name.clone(), name.clone());
    view! {
        <div class="preflight-host" data-testid="host-confirm" class:confirmed=confirmed role="group" aria-label=called>
            <p>
                {text}" "
                <Show when=live><span class="badge" data-tone="bad">{shell::LIVE_TARGET}</span></Show>
            </p>
            <Checkbox label=say::ALLOWED checked=ticked testid="host-allowed"
                on_change=move |tick| store.send(Msg::HostWord(by_tick.clone(), tick, typed.get_untracked()))/>
            <TextField label=say::TYPE_HOST value=typed placeholder=name mono=true testid="host-typed"
                on_input=move |word| store.send(Msg::HostWord(by_word.clone(), ticked.get_untracked(), word))/>
        </div>
    }
}
