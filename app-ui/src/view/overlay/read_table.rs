//! A data table from a file, before it is added: how it is read, its first rows, and what is wrong with it. Must not read
//! the file.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::ReadAs;
use tidemark_app_model::select::data::read::{Reading, reading};
use tidemark_app_model::text::{data as say, shell};

use crate::store::store;
use crate::view::parts::{Button, Checkbox, Choice, Dialog, Kind, Picture, Select, TextField};

/// The dialog.
#[component]
pub fn ReadTable() -> impl IntoView {
    let store = store();
    let shown = store.memo(|model| model.incoming.as_ref().map(reading).unwrap_or_default());
    let text = move |of: fn(&Reading) -> &String| Signal::derive(move || shown.with(|shown| of(shown).clone()));
    let choices = move |of: fn(&Reading) -> &Vec<(String, String)>| {
        Signal::derive(move || {
            shown.with(|shown| {
                of(shown).iter().map(|(word, label)| Choice::new(word.clone(), label.clone())).collect::<Vec<_>>()
            })
        })
    };
    let trouble = text(|shown| &shown.trouble);
    let names = Signal::derive(move || shown.with(|shown| shown.names));
    let read = move |how: ReadAs| store.send(Msg::ReadAs(how));
    view! {
        <Dialog title=say::READ_TITLE testid="read-table" shape="wide" on_close=move || store.send(Msg::Escape)>
            <div class="data-dialog">
                <p class="muted">{text(|shown| &shown.file)}" · "{say::READ_LOSES_NOTHING}</p>
                <div class="read-ways">
                    <TextField label=say::NAME value=text(|shown| &shown.name) testid="read-name" on_input=move |name| read(ReadAs::Name(name))/>
                    <Select label=say::ENCODING choices=choices(|shown| &shown.encodings) value=text(|shown| &shown.encoding)
                        testid="read-encoding" on_choose=move |word| read(ReadAs::Encoding(word))/>
                    <Select label=say::SEPARATOR choices=choices(|shown| &shown.separators) value=text(|shown| &shown.separator)
                        testid="read-separator" on_choose=move |word| read(ReadAs::Separator(word))/>
                </div>
                <Checkbox label=say::FIRST_ROW_NAMES checked=names testid="read-names" on_change=move |names| read(ReadAs::Names(names))/>
                <Show when=move || !trouble.with(String::is_empty)>
                    <p class="read-trouble" role="alert" data-testid="read-trouble"><Picture icon=icondata::LuTriangleAlert/><span>{trouble}</span></p>
                </Show>
                <Sample shown=shown/>
            </div>
            <div class="dialog-foot">
                <Button label=shell::CANCEL on_click=move || store.send(Msg::Escape)/>
                <Button kind=Kind::Primary icon=icondata::LuTable label=text(|shown| &shown.act) not_now=text(|shown| &shown.not_now)
                    testid="read-add" on_click=move || store.send(Msg::AddTable)/>
            </div>
        </Dialog>
    }
}

/// The first rows, with the cell that is wrong.
#[component]
fn Sample(shown: Memo<Reading>) -> impl IntoView {
    let heads = move || {
        shown
            .with(|shown| shown.columns.clone())
            .into_iter()
            .map(|name| view! { <th scope="col">{name}</th> })
            .collect_view()
    };
    let rows = move || {
        let Reading { sample, broken, .. } = shown.get();
        let row = |(at, cells): (usize, Vec<String>)| {
            let cell =
                |(column, cell): (usize, String)| view! { <td class:broken=broken == Some((at, column))>{cell}</td> };
            view! { <tr>{cells.into_iter().enumerate().map(cell).collect_view()}</tr> }
        };
        sample.into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="read-sample" tabindex="0" role="region" aria-label=say::READ_SAMPLE>
            <table><caption class="unseen">{say::READ_SAMPLE}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
}
