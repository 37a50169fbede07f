//! What is seen of a field with chips: a picture of its text, and what a chip stands for. Must not change the text.

use leptos::prelude::*;
use tidemark_app_model::select::values::{Piece, pieces};
use tidemark_app_model::text::forms;

use super::Editor;
use crate::view::panel::picker::source_icon;
use crate::view::parts::Picture;

/// The picture of the text behind the field: same letters, same places.
#[component]
pub(super) fn Mirror(editor: Editor) -> impl IntoView {
    let shown = move || {
        let mut number = 0;
        let pieces = editor.typed.with(|text| pieces(text)).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.into_any(),
            Piece::Chip(inner) => {
                let look = editor.look_of(&inner);
                let (at, wrong) = (number, !look.wrong.is_empty());
                number += 1;
                view! {
                    <span class="chip" class:wrong=wrong data-chip=at>
                        <span class="chip-brace">"{{"<span class="chip-icon"><Picture icon=source_icon(look.from)/></span></span><span class="chip-name">{inner}</span><span class="chip-brace">"}}"</span>
                    </span>
                }
                .into_any()
            }
        });
        pieces.collect_view()
    };
    // A last empty line has no height of its own.
    view! { <div class="input token-mirror" aria-hidden="true">{shown}"\u{200b}"</div> }
}

/// What a chip stands for, while the pointer is on it or the cursor beside it.
#[component]
pub(super) fn Tip(editor: Editor) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let at = editor.hovered.get().or(editor.beside.get()).filter(|_| editor.picking.get().is_none())?;
        let chips = editor.typed.with(|text| pieces(text)).into_iter().filter_map(|piece| match piece {
            Piece::Chip(inner) => Some(inner),
            Piece::Text(_) => None,
        });
        let look = editor.look_of(&chips.collect::<Vec<_>>().get(at)?.clone());
        Some((forms::chip(&look), !look.wrong.is_empty()))
    });
    move || {
        shown.get().map(|(text, wrong)| view! { <p class="token-tip" class:wrong=wrong aria-hidden="true">{text}</p> })
    }
}
