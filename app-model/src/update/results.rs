//! Results: the history, the open one, and how its table is shown.

use tidemark_core::result::{self, Opened, Unreadable};
use tidemark_core::units::plain_date;

use super::app;
use crate::effect::Effect;
use crate::model::{Column, Failure, Model, Offer, Tone};
use crate::msg::Msg;
use crate::route::Route;
use crate::text::notices as say;
use crate::text::results as say_results;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::ResultsListed(Ok(mut cards)) => {
            cards.retain(|card| model.results.leaving.iter().all(|(_, leaving)| leaving.id != card.id));
            model.results.cards = Some(cards);
        }
        Msg::RemoveResult(id) => remove(model, id, out),
        Msg::KeepRemoved(id) => keep(model, &id),
        Msg::RemovalDue(id) if model.results.leaving.iter().any(|(_, card)| card.id == id) => {
            model.results.leaving.retain(|(_, card)| card.id != id);
            model.notices.retain(|notice| notice.offer != Some(Offer::KeepResult(id.clone())));
            out.push(Effect::RemoveResult(id));
        }
        Msg::ShowTrend => super::compare::trend(model, out),
        Msg::ResultsListed(Err(failure)) => super::home::failed(model, say::COULD_NOT_LIST, &failure),
        Msg::OpenResult(id) => {
            if let Some(test) = &model.test {
                let route = Route::Result(test.id.clone(), id);
                app::go(model, route, out);
            }
        }
        Msg::ResultRead(id, answer) => read(model, id, answer),
        Msg::SortRows(column) => {
            let (now, down) = model.results.sort;
            // Numbers are most telling from the greatest down, names from A.
            let first = !matches!(column, Column::Name | Column::Order);
            model.results.sort = (column, if now == column { !down } else { first });
        }
        Msg::FilterRows(text) => model.results.filter = text,
        _ => {}
    }
}

fn read(model: &mut Model, id: String, answer: Result<Box<Opened>, Failure>) {
    if model.results.reading.as_ref() == Some(&id) {
        model.results.reading = None;
        return open(model, id, answer);
    }
    // It may be for a comparison. What nobody waits for is shown only where nothing newer is under way.
    match super::compare::read(model, &id, answer) {
        Some(answer) if model.results.reading.is_none() => open(model, id, answer),
        _ => {}
    }
}

fn open(model: &mut Model, id: String, answer: Result<Box<Opened>, Failure>) {
    match answer {
        Ok(opened) => model.results.open = Some((id, opened)),
        Err(failure) => super::home::failed(model, say::COULD_NOT_OPEN, &failure),
    }
}

/// Reads a result, unless it is open.
pub(super) fn want(model: &mut Model, id: String, out: &mut Vec<Effect>) {
    if !id.is_empty() && model.results.open.as_ref().is_none_or(|(open, _)| *open != id) {
        model.results.reading = Some(id.clone());
        out.push(Effect::ReadResult(id));
    }
}

/// Takes a result out of the history; it is removed when there was time to say no.
fn remove(model: &mut Model, id: String, out: &mut Vec<Effect>) {
    let Some(cards) = &mut model.results.cards else { return };
    let Some(at) = cards.iter().position(|card| card.id == id) else { return };
    let card = cards.remove(at);
    // Keys go on at what took its place.
    out.extend(cards.get(at).or(cards.last()).map(|next| Effect::Focus(crate::select::results::menu_id(&next.id))));
    let when = plain_date(&card.started_at, model.now.ahead_minutes);
    let text = say_results::deleted(when.as_deref().unwrap_or(&card.title));
    model.results.leaving.push((at, card));
    model.notice(Tone::Info, text.clone(), Some(Offer::KeepResult(id.clone())));
    out.push(Effect::Announce(text));
    out.push(Effect::After(app::NOTICE_MS, Box::new(Msg::RemovalDue(id))));
}

fn keep(model: &mut Model, id: &str) {
    let leaving = &mut model.results.leaving;
    let Some(at) = leaving.iter().position(|(_, card)| card.id == id) else { return };
    let (at, card) = leaving.remove(at);
    if let Some(cards) = &mut model.results.cards {
        cards.insert(at.min(cards.len()), card);
    }
}

/// Opens a result file from outside.
pub(super) fn file(model: &mut Model, name: &str, bytes: &[u8], out: &mut Vec<Effect>) {
    match result::read(bytes) {
        Ok(opened) => {
            if !opened.complete {
                model.notice(Tone::Warn, say::RESULT_CUT_OFF, None);
            }
            model.results.open = Some((String::new(), Box::new(opened)));
            model.results.file = Some((name.to_owned(), bytes.to_vec()));
            app::go(model, Route::Viewer, out);
        }
        Err(Unreadable::Newer { .. }) => super::file::refused(model, say::newer_result(name), out),
        Err(unreadable) => super::file::refused(model, say::bad_result(name, &unreadable.to_string()), out),
    }
}
