//! Results: the history, the open one, and how its table is shown.

use tidemark_core::result;

use super::app;
use crate::effect::Effect;
use crate::model::{Column, Model, Tone};
use crate::msg::Msg;
use crate::route::Route;
use crate::text::notices as say;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::ResultsListed(Ok(cards)) => model.results.cards = Some(cards),
        Msg::ResultsListed(Err(failure)) => super::home::failed(model, say::COULD_NOT_LIST, &failure),
        Msg::OpenResult(id) => {
            if let Some(test) = &model.test {
                let route = Route::Result(test.id.clone(), id);
                app::go(model, route, out);
            }
        }
        Msg::ResultRead(id, Ok(opened)) => {
            let wanted = model.results.reading.as_ref().is_none_or(|reading| *reading == id);
            if wanted {
                model.results.reading = None;
                model.results.open = Some((id, opened));
            }
        }
        Msg::ResultRead(_, Err(failure)) => {
            model.results.reading = None;
            super::home::failed(model, say::COULD_NOT_OPEN, &failure);
        }
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
        Err(unreadable) => {
            model.notice(Tone::Bad, say::could_not_read(name, &unreadable.to_string()), None);
        }
    }
}
