//! Going places, dialogs, panels, notices, settings.

use crate::doc::selection::{task_behind, user_behind};
use crate::doc::{Item, place};
use crate::effect::{Clip, Effect};
use crate::model::{Dialog, Model, Offer, Panel, Settings, Tone};
use crate::msg::{Msg, Setting};
use crate::route::{Route, Tab};
use crate::text::notices;

/// So long a notice stays, in milliseconds, unless something could not be done.
pub(super) const NOTICE_MS: u64 = 8_000;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::Started(can, settings, route) => {
            model.can = *can;
            model.settings = settings;
            // Open until it is closed.
            model.panels.insert(Panel::Step);
            out.push(Effect::ListTests);
            go(model, Route::parse(&route), out);
        }
        Msg::RouteChanged(text) => {
            let route = Route::parse(&text);
            if route != model.route {
                go(model, route, out);
            }
        }
        Msg::Go(route) => go(model, route, out),
        Msg::ShowTab(tab) => show_tab(model, tab, out),
        Msg::Open(dialog) => {
            if let Dialog::Share(id) = &dialog {
                super::results::want(model, id.clone(), out);
            }
            model.dialog = Some(dialog);
        }
        Msg::Escape => escape(model, out),
        Msg::TogglePanel(Panel::Shop) => super::demo::toggle_panel(model, out),
        Msg::TogglePanel(panel) => toggle_panel(model, panel),
        Msg::WalkProblems(forward) => walk_problems(model, forward, out),
        Msg::Dismiss(id) => model.notices.retain(|notice| notice.id != id),
        Msg::TakeOffer(id) => take_offer(model, id, out),
        Msg::Set(setting) => set(model, setting, out),
        Msg::Copy(text, clip) => out.push(Effect::Copy(text, clip)),
        Msg::Copied(clip, done) => copied(model, clip, done, out),
        _ => {}
    }
}

/// Something is on the clipboard, or can't be there. Only what is there is cut out.
fn copied(model: &mut Model, clip: Clip, done: bool, out: &mut Vec<Effect>) {
    if !done {
        model.notice(Tone::Warn, notices::NOT_COPIED, None);
        out.push(Effect::Announce(notices::NOT_COPIED.to_owned()));
        return;
    }
    out.push(Effect::Announce(clip.said));
    if let Some(edit) = clip.cut {
        super::build::cut_out(model, *edit, out);
    }
}

fn toggle_panel(model: &mut Model, panel: Panel) {
    if !model.panels.remove(&panel) {
        model.panels.insert(panel);
    }
}

/// Goes somewhere, and asks for what is needed there.
pub(super) fn go(model: &mut Model, route: Route, out: &mut Vec<Effect>) {
    if let Some(test) = &mut model.test {
        test.doc.part();
    }
    let open = model.test.as_ref().map(|test| test.id.clone());
    if let Some(id) = route.test()
        && open.as_deref() != Some(id)
    {
        out.push(Effect::ReadTest(id.to_owned()));
    }
    if let (Route::Result(test, _) | Route::Compare(test, ..), None) = (&route, &model.results.cards)
        && open.as_ref() == Some(test)
    {
        // What else there is to compare with. Which results are of a test is known only once that is read.
        out.push(Effect::ListResults(test.clone()));
    }
    match &route {
        Route::Home => out.push(Effect::ListTests),
        Route::Task(_, task, step) => {
            let item = step.as_ref().map_or_else(|| Item::Task(task.clone()), |step| Item::Step(step.clone()));
            choose(model, item);
        }
        Route::Tab(_, tab) => {
            if let Some(test) = &mut model.test {
                test.doc.selection.tab = *tab;
            }
            if let (Tab::Results, Some(id)) = (tab, route.test()) {
                out.push(Effect::ListResults(id.to_owned()));
            }
        }
        Route::Compare(_, a, b) => super::compare::begin(model, a, b, out),
        Route::Result(_, result) if model.results.open.as_ref().is_none_or(|(open, _)| open != result) => {
            model.results.reading = Some(result.clone());
            out.push(Effect::ReadResult(result.clone()));
        }
        _ => {}
    }
    set_route(model, route, out);
}

/// Chooses a thing of the open test and opens what hides it.
fn choose(model: &mut Model, item: Item) {
    let Some(test) = &mut model.test else { return };
    if crate::doc::selection::exists(test.doc.scenario(), &item) {
        test.doc.select(vec![item.clone()]);
        reveal(test, &item);
    }
}

/// Opens the task and the steps around a thing.
pub(super) fn reveal(test: &mut crate::model::Test, item: &Item) {
    let scenario = test.doc.scenario();
    let mut open: Vec<String> = task_behind(scenario, item).into_iter().collect();
    if let Item::Step(id) | Item::Check(id, _) | Item::Save(id, _) = item {
        let mut at = place::where_is(scenario, id);
        while let Some(holder) = at.as_ref().and_then(|(lane, _)| lane.holder()) {
            open.push(holder.to_owned());
            at = place::where_is(scenario, holder);
        }
        if matches!(item, Item::Check(..) | Item::Save(..)) {
            open.push(id.clone());
        }
        if let Some((lane, _)) = place::where_is(scenario, id)
            && let place::Lane::Group(group) = place::root_of(scenario, &lane)
        {
            open.push(group);
        }
    }
    test.expanded.extend(open);
}

/// The address of what is chosen.
pub(super) fn route_of(model: &Model) -> Option<Route> {
    let test = model.test.as_ref()?;
    let (scenario, selection) = (test.doc.scenario(), &test.doc.selection);
    let plain = Route::Tab(test.id.clone(), selection.tab);
    if selection.tab != Tab::Build {
        return Some(plain);
    }
    let Some(main) = selection.main() else { return Some(plain) };
    let step = match main {
        Item::Step(id) | Item::Check(id, _) | Item::Save(id, _) => Some(id.clone()),
        _ => None,
    };
    let task = task_behind(scenario, main);
    debug_assert!(task.is_none() || user_behind(scenario, main).is_some(), "a task belongs to a user type");
    Some(task.map_or(plain, |task| Route::Task(test.id.clone(), task, step)))
}

pub(super) fn set_route(model: &mut Model, route: Route, out: &mut Vec<Effect>) {
    if model.route != route {
        model.route = route;
        out.push(Effect::SetRoute(model.route.text()));
    }
}

fn show_tab(model: &mut Model, tab: Tab, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    test.doc.selection.tab = tab;
    let fits = |item: &Item| crate::doc::selection::tab_of(item) == tab;
    if !test.doc.selection.main().is_some_and(fits) {
        test.doc.selection.items.clear();
    }
    if let Some(route) = route_of(model) {
        go(model, route, out);
    }
}

/// Closes the topmost thing. A run goes on whatever happens here.
fn escape(model: &mut Model, out: &mut Vec<Effect>) {
    if model.dialog.take().is_some() {
        return;
    }
    if model.panels.remove(&Panel::Problems) || model.panels.remove(&Panel::Shop) {
        return;
    }
    if let Some(test) = &mut model.test {
        test.doc.selection.items.clear();
        if let Some(route) = route_of(model) {
            set_route(model, route, out);
        }
    }
}

fn walk_problems(model: &mut Model, forward: bool, out: &mut Vec<Effect>) {
    model.panels.insert(Panel::Problems);
    let Some(test) = &mut model.test else { return };
    let items: Vec<Item> = test
        .problems
        .iter()
        .map(|problem| crate::select::problems::item_at(test.doc.scenario(), &problem.place))
        .collect();
    if items.is_empty() {
        return;
    }
    let here = test.doc.selection.main().and_then(|main| items.iter().position(|item| item == main));
    let next = match (here, forward) {
        (None, true) => 0,
        (None, false) => items.len() - 1,
        (Some(at), true) => (at + 1) % items.len(),
        (Some(at), false) => (at + items.len() - 1) % items.len(),
    };
    let text = test.problems[next].message.clone();
    choose(model, items[next].clone());
    out.push(Effect::Announce(text));
    if let Some(route) = route_of(model) {
        set_route(model, route, out);
    }
}

fn take_offer(model: &mut Model, id: u64, out: &mut Vec<Effect>) {
    let Some(at) = model.notices.iter().position(|notice| notice.id == id) else { return };
    match model.notices.remove(at).offer {
        Some(Offer::Undo) => super::take(model, Msg::Undo, out),
        Some(Offer::SaveAgain) => super::take(model, Msg::SaveAgain, out),
        Some(Offer::SaveCopy) => super::take(model, Msg::SaveCopy, out),
        Some(Offer::KeepResult(id)) => super::take(model, Msg::KeepRemoved(id), out),
        Some(Offer::KeepTest(id)) => super::take(model, Msg::KeepTest(id), out),
        Some(Offer::Edit(edit)) => super::take(model, Msg::Edit(*edit), out),
        Some(Offer::Problems) => {
            model.panels.insert(Panel::Problems);
        }
        Some(Offer::TakeOver) => super::take(model, Msg::TakeOver, out),
        Some(Offer::KeepMine) => super::take(model, Msg::KeepMine, out),
        Some(Offer::LoadTheirs) => super::take(model, Msg::LoadTheirs, out),
        Some(Offer::History) => model.dialog = Some(Dialog::History),
        Some(Offer::BackToFile) => super::take(model, Msg::RestoreVersion(0), out),
        None => {}
    }
}

fn set(model: &mut Model, setting: Setting, out: &mut Vec<Effect>) {
    let settings: &mut Settings = &mut model.settings;
    match setting {
        Setting::Theme(theme) => {
            out.push(Effect::Remember("theme", theme.clone()));
            settings.theme = theme;
        }
        Setting::TextSize(percent) => {
            settings.text_size = percent.clamp(50, 200);
            out.push(Effect::Remember("text-size", settings.text_size.to_string()));
        }
        Setting::KeepRunning(keep) => {
            settings.keep_running = keep;
            out.push(Effect::Remember("keep-running", keep.to_string()));
        }
        Setting::ReduceGraphics(reduce) => {
            settings.reduce_graphics = reduce;
            out.push(Effect::Remember("reduce-graphics", reduce.to_string()));
        }
        Setting::MostPeople(most)
            if crate::select::settings::may_be(settings, most, Settings::default().most_people) =>
        {
            settings.most_people = most;
            out.push(Effect::Remember("most-people", most.to_string()));
        }
        Setting::MostPerSecond(most)
            if crate::select::settings::may_be(settings, most, Settings::default().most_per_second) =>
        {
            settings.most_per_second = most;
            out.push(Effect::Remember("most-per-second", most.to_string()));
        }
        // More than usual without a reason is never remembered.
        Setting::MostPeople(_) | Setting::MostPerSecond(_) => {}
        Setting::WhyMore(why) => {
            let why = why.trim().to_owned();
            if !why.is_empty() || !crate::select::settings::is_raised(settings) {
                out.push(Effect::Remember("why-more", why.clone()));
                settings.why_more = why;
            }
        }
        Setting::Feed(feed, text) => {
            let text = text.trim().to_owned();
            // What makes no sense is never remembered: the next run could not start.
            if crate::select::settings::bad_feed(feed, &text).is_none() {
                out.push(Effect::Remember(feed.key(), text.clone()));
                settings.feeds.insert(feed, text);
            }
        }
        Setting::ForgetHost(host) => {
            model.can.hosts.remove(&host);
            out.push(Effect::ForgetHost(host));
        }
    }
}

/// Shows a tab of the open test.
pub(super) fn go_to_tab(model: &mut Model, tab: Tab, out: &mut Vec<Effect>) {
    if model.tab() != Some(tab) {
        show_tab(model, tab, out);
    }
}
