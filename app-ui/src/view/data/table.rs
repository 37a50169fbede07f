//! A data table: how its rows are handed out, whether there are enough, and the rows themselves. Must not read a file.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::TableEdit;
use tidemark_app_model::select::data::values::{ROW_USES, RUN_OUTS, of_word, word_of};
use tidemark_app_model::select::data::{self, InFile, Uses};
use tidemark_app_model::text::data as say;
use tidemark_core::plan::table::look::{ENCODINGS, SEPARATORS};

use super::Head;
use super::grid::{Board, Grid};
use super::tools::Tools;
use super::uses::UsedIn;
use crate::store::store;
use crate::view::parts::{Button, Checkbox, Choice, Kind, Picture, Select, WrittenField};

/// The editor of a table, by its number.
#[component]
pub(super) fn Table(at: usize, uses: Memo<Uses>) -> impl IntoView {
    let store = store();
    let board = Board::new(store, at);
    let name = Signal::derive(move || board.sheet.with(|sheet| sheet.name.clone()));
    let in_file = store.memo(move |model| data::in_file(model, at));
    let file = Memo::new(move |_| board.sheet.with(|sheet| sheet.file.clone()));
    // A table in a file is looked into when it is first shown, or names another file.
    Effect::new(move |_| {
        if !file.with(String::is_empty) && in_file.get_untracked() == InFile::Reading {
            store.send(Msg::AskTable(at));
        }
    });
    let empty = move || board.sheet.with(|sheet| sheet.rows == 0 && sheet.file.is_empty());
    view! {
        <Head item=Item::Table(at) name=name kind=say::TABLE hint=say::TABLE_NAME_HINT/>
        <Handing board=board uses=uses/>
        <Show when=move || !file.with(String::is_empty)><File board=board in_file=in_file/></Show>
        <div class="data-sheet" class:short=empty>
            <Show when=move || board.editable()><Tools board=board/></Show>
            <Show when=move || !matches!(in_file.get(), InFile::Reading | InFile::Trouble(_))>
                <Grid board=board/>
            </Show>
            <Show when=empty>
                <div class="grid-empty">
                    <p>{say::GRID_EMPTY}</p>
                    <p class="muted">{say::GRID_EMPTY_SUB}</p>
                    <Button icon=icondata::LuFileUp label=say::CHOOSE_FILE testid="grid-choose-file"
                        on_click=move || store.send(Msg::PickFile)/>
                </div>
            </Show>
        </div>
        <UsedIn item=Item::Table(at) uses=uses/>
    }
}

/// How rows are handed out, and what a run needs beside what there is.
#[component]
fn Handing(board: Board, uses: Memo<Uses>) -> impl IntoView {
    let store = board.store;
    let each_person =
        Signal::derive(move || board.sheet.with(|sheet| word_of(&ROW_USES, sheet.each_person).to_owned()));
    let run_out = Signal::derive(move || board.sheet.with(|sheet| word_of(&RUN_OUTS, sheet.run_out).to_owned()));
    let choices = |table: &[(&'static str, &'static str)]| {
        table.iter().map(|(word, label)| Choice::new(*word, *label)).collect::<Vec<_>>()
    };
    let row_uses: Vec<Choice> = choices(&ROW_USES.map(|(_, word, label)| (word, label)));
    let run_outs: Vec<Choice> = choices(&RUN_OUTS.map(|(_, word, label)| (word, label)));
    let unique = Signal::derive(move || board.sheet.with(|sheet| sheet.unique));
    let by_chance = move || each_person.get() == "random_row";
    let need = store.memo(move |model| uses.with(|uses| data::need(model, board.at, uses)));
    view! {
        <div class="data-handing">
            <Select label=say::EACH_PERSON choices=row_uses value=each_person testid="table-use"
                on_choose=move |word: String| if let Some(rows) = of_word(&ROW_USES, &word) { board.change(TableEdit::Use(rows)) }/>
            <Show when=move || !by_chance()>
                <Select label=say::RUN_OUT choices=run_outs.clone() value=run_out testid="table-out"
                    on_choose=move |word: String| if let Some(out) = of_word(&RUN_OUTS, &word) { board.change(TableEdit::RunOut(out)) }/>
            </Show>
            <Checkbox label=say::UNIQUE checked=unique testid="table-unique"
                on_change=move |unique| board.change(TableEdit::Unique(unique))/>
            <p class="data-need" class:short=move || need.with(|need| need.short) data-testid="table-need">
                {move || need.with(|need| need.short).then(|| view! { <Picture icon=icondata::LuTriangleAlert/> })}
                {move || need.with(|need| need.text.clone())}
            </p>
        </div>
    }
}

/// Where the rows stand, how the file is read, and the way into the test.
#[component]
fn File(board: Board, in_file: Memo<InFile>) -> impl IntoView {
    let store = board.store;
    let at = board.at;
    let table = store.memo(move |model| {
        let table = model.test.as_ref().and_then(|test| test.doc.scenario().data.get(at));
        table.map(|table| (table.file.clone(), table.encoding.clone(), table.separator.clone())).unwrap_or_default()
    });
    let path = Signal::derive(move || table.with(|table| table.0.clone()));
    let encoding = Signal::derive(move || table.with(|table| table.1.clone()));
    let separator = Signal::derive(move || table.with(|table| table.2.clone()));
    let with_found = |words: &[&str]| {
        let known = words.iter().map(|word| Choice::new(*word, say::separator(word)));
        std::iter::once(Choice::new("", say::FOUND_OUT)).chain(known).collect::<Vec<_>>()
    };
    let read = move |edit: TableEdit| {
        board.change(edit);
        store.send(Msg::AskTable(at));
    };
    let words = move || match in_file.get() {
        InFile::No | InFile::Reading => say::READING.to_owned(),
        InFile::Read(words) => words,
        InFile::Trouble(_) => String::new(),
    };
    let trouble = move || if let InFile::Trouble(why) = in_file.get() { Some(why) } else { None };
    view! {
        <div class="card data-file">
            <p class="muted">{say::IN_A_FILE}</p>
            <div class="data-file-row">
                <WrittenField label=say::FILE value=path hint=say::FILE_HINT testid="table-file"
                    on_leave=move |text: String| { read(TableEdit::File(text.trim().to_owned())); None }/>
                <Select label=say::ENCODING choices=with_found(&ENCODINGS) value=encoding testid="table-encoding"
                    on_choose=move |word: String| read(TableEdit::Encoding(word))/>
                <Select label=say::SEPARATOR choices=with_found(&SEPARATORS) value=separator testid="table-separator"
                    on_choose=move |word: String| read(TableEdit::Separator(word))/>
            </div>
            <div class="data-file-row">
                <Button icon=icondata::LuRefreshCw label=say::REFRESH testid="table-refresh" on_click=move || store.send(Msg::AskTable(at))/>
                <Button icon=icondata::LuDownload label=say::BRING_IN testid="table-bring-in" kind=Kind::Secondary
                    on_click=move || store.send(Msg::BringIn(at))/>
                <span class="muted" role="status">{words}</span>
            </div>
            <Show when=move || trouble().is_some()><p class="field-error" role="alert" data-testid="table-trouble">{trouble}</p></Show>
        </div>
    }
}
