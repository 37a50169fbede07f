//! What a person can choose for the app itself. Must not keep it, nor decide what a limit may be.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::model::{Dialog, Feed};
use tidemark_app_model::msg::Setting;
use tidemark_app_model::select::settings::{self as select, Limit};
use tidemark_app_model::text::notices;
use tidemark_app_model::text::run::SENT_ON;
use tidemark_app_model::text::settings as say;
use tidemark_core::units::grouped;

use crate::store::{Store, store};
use crate::view::parts::{Button, Choice, IconButton, Kind, Segments, Switch, Term, TextField, WrittenField};

fn set(store: Store, setting: Setting) {
    store.send(Msg::Set(setting));
}

/// The settings.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <div class="settings">
            <header class="settings-head">
                <h1>{say::TITLE}</h1>
                <p class="muted">{say::AT_ONCE}</p>
            </header>
            <Looks/>
            <Hosts/>
            <Limits/>
            <Feeds/>
            <About/>
        </div>
    }
}

/// Theme, text size, effects.
#[component]
fn Looks() -> impl IntoView {
    let store = store();
    let theme = store.memo(|model| model.settings.theme.clone());
    let size = store.memo(|model| model.settings.text_size.to_string());
    let less = store.memo(|model| model.settings.reduce_graphics);
    let keep = store.memo(|model| model.settings.keep_running);
    let in_window = store.memo(select::in_window);
    let themes = select::THEMES.map(|(word, label)| Choice::new(word, label)).to_vec();
    let sizes = select::SIZES.map(|size| Choice::new(size.to_string(), say::percent(size))).to_vec();
    view! {
        <section class="card settings-part" aria-labelledby="settings-looks">
            <h2 id="settings-looks">{say::LOOKS}</h2>
            <div class="settings-row">
                <span class="settings-name">{say::THEME}</span>
                <Segments label=say::THEME choices=themes value=theme testid="theme"
                    on_choose=move |word| set(store, Setting::Theme(word))/>
            </div>
            <div class="settings-row">
                <span class="settings-name">{say::SIZE}</span>
                <Segments label=say::SIZE choices=sizes value=size testid="text-size"
                    on_choose=move |size: String| if let Ok(size) = size.parse() { set(store, Setting::TextSize(size)) }/>
            </div>
            <div class="settings-row">
                <span class="settings-name">{say::EFFECTS}</span>
                <div>
                    <Switch label=say::GRAPHICS on=less testid="reduce-graphics" on_change=move |less| set(store, Setting::ReduceGraphics(less))/>
                    <p class="field-hint">{say::GRAPHICS_HINT}</p>
                </div>
            </div>
            <Show when=move || in_window.get()>
                <div class="settings-row">
                    <span class="settings-name">{say::CLOSING}</span>
                    <div>
                        <Switch label=say::KEEP_RUNNING on=keep testid="keep-running" on_change=move |keep| set(store, Setting::KeepRunning(keep))/>
                        <p class="field-hint">{say::KEEP_RUNNING_HINT}</p>
                    </div>
                </div>
            </Show>
            <div class="settings-row">
                <span class="settings-name">{say::KEYS}</span>
                <div><Button label=say::SEE_KEYS icon=icondata::LuKeyboard testid="see-keys" on_click=move || store.send(Msg::Open(Dialog::Keys))/></div>
            </div>
        </section>
    }
}

/// Hosts that may be loaded, to be taken back.
#[component]
fn Hosts() -> impl IntoView {
    let store = store();
    let hosts = store.memo(|model| model.can.hosts.clone());
    view! {
        <section class="card settings-part" aria-labelledby="settings-hosts" data-testid="settings-hosts" tabindex="-1">
            <h2 id="settings-hosts">{say::HOSTS}</h2>
            <Show when=move || !hosts.with(|hosts| hosts.is_empty()) fallback=|| view! { <p class="muted">{say::NO_HOSTS}</p> }>
                <p class="muted">{say::HOSTS_LEAD}</p>
                <ul class="settings-hosts">
                    <For each=move || hosts.get() key=String::clone let:host>
                        <Host host=host/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

/// One host.
#[component]
fn Host(host: String) -> impl IntoView {
    let store = store();
    let (label, testid) = (say::forget(&host), format!("forget-{host}"));
    let shown = host.clone();
    let forget = move || {
        set(store, Setting::ForgetHost(host.clone()));
        crate::page::focus("settings-hosts".to_owned());
    };
    view! {
        <li>
            <span class="mono">{shown}</span>
            <IconButton icon=icondata::LuX label=label testid=testid on_click=forget/>
        </li>
    }
}

/// How much may be sent to hosts elsewhere, and why more.
#[component]
fn Limits() -> impl IntoView {
    let store = store();
    let limit = move |limit: Limit| store.memo(move |model| grouped(u64::from(limit.of(&model.settings))));
    let take = move |limit: Limit| {
        move |text: String| match store.peek(|model| select::typed(&model.settings, limit, &text)) {
            Ok(most) => {
                let setting =
                    if limit == Limit::People { Setting::MostPeople(most) } else { Setting::MostPerSecond(most) };
                set(store, setting);
                None
            }
            Err(why) => Some(why.to_owned()),
        }
    };
    let why = store.memo(|model| model.settings.why_more.clone());
    let typed = RwSignal::new(why.get_untracked());
    let wrong = Memo::new(move |_| {
        let text = typed.get();
        store.peek(|model| select::bad_reason(&model.settings, &text)).unwrap_or_default().to_owned()
    });
    view! {
        <section class="card settings-part" aria-labelledby="settings-limits">
            <h2 id="settings-limits">{say::LIMITS}</h2>
            <p class="muted">{say::LIMITS_LEAD}</p>
            <div class="settings-limits">
                <WrittenField label=say::MOST_PEOPLE value=limit(Limit::People) hint=say::MORE_PEOPLE_HINT testid="most-people"
                    on_leave=take(Limit::People)/>
                <WrittenField label=say::MOST_RATE value=limit(Limit::PerSecond) hint=say::MORE_RATE_HINT testid="most-per-second"
                    on_leave=take(Limit::PerSecond)/>
            </div>
            <TextField label=say::WHY hint=say::WHY_HINT placeholder=say::WHY_PLACEHOLDER value=typed error=wrong testid="why-more"
                on_input=move |text| typed.set(text)
                on_leave=Callback::new(move |()| set(store, Setting::WhyMore(typed.get_untracked())))/>
        </section>
    }
}

/// Who is told of every second of a run. Only where runs send something; elsewhere, why not.
#[component]
fn Feeds() -> impl IntoView {
    let store = store();
    let here = store.memo(|model| model.can.send);
    let lines = store.memo(|model| select::writes_lines(&model.settings));
    let field = move |feed: Feed| {
        let (label, hint) = select::feed_words(feed);
        let value = store.memo(move |model| model.settings.feeds.get(&feed).cloned().unwrap_or_default());
        let take = move |text: String| {
            let wrong = select::bad_feed(feed, &text);
            if wrong.is_none() {
                set(store, Setting::Feed(feed, text));
            }
            wrong.map(str::to_owned)
        };
        view! { <WrittenField label=label value=value hint=hint testid=feed.key() on_leave=take/> }
    };
    let written = [Feed::Influx, Feed::Otlp, Feed::RemoteWrite, Feed::Prometheus];
    view! {
        <section class="card settings-part" aria-labelledby="settings-feeds" data-testid="settings-feeds">
            <h2 id="settings-feeds"><Term word=SENT_ON shown=say::FEEDS/></h2>
            <Show when=move || here.get() fallback=|| view! { <p class="muted">{say::FEEDS_NOT_HERE}</p> }>
                <p class="muted">{say::FEEDS_LEAD}</p>
                <div class="settings-limits settings-feeds">{written.map(field).into_iter().collect_view()}</div>
                <div>
                    <Switch label=say::LINES on=lines testid="feed-lines"
                        on_change=move |on: bool| set(store, Setting::Feed(Feed::Lines, on.to_string()))/>
                    <p class="field-hint">{say::LINES_HINT}</p>
                </div>
                <p class="muted">{say::FEEDS_TOKEN}</p>
            </Show>
        </section>
    }
}

/// The program, and where it keeps things.
#[component]
fn About() -> impl IntoView {
    let store = store();
    let rows = store.memo(select::about);
    let folder = store.memo(|model| model.can.folder.clone());
    let copy = move || store.send(Msg::Copy(folder.get_untracked(), Clip::copy(notices::COPIED_FOLDER.to_owned())));
    view! {
        <section class="card settings-part" aria-labelledby="settings-about">
            <h2 id="settings-about">{say::ABOUT}</h2>
            <dl class="settings-about" data-testid="about">
                {move || rows.get().into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}
            </dl>
            <Show when=move || !folder.with(String::is_empty)>
                <div><Button kind=Kind::Quiet icon=icondata::LuCopy label=say::COPY_FOLDER testid="copy-folder" on_click=copy/></div>
            </Show>
        </section>
    }
}
