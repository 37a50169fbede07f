//! A word of the glossary: one look away from its meaning.

use leptos::prelude::*;
use tidemark_app_model::text::glossary::meaning;

/// A word with its meaning and the field's own terms on hover, focus or press.
#[component]
pub fn Term(
    /// The glossary's word.
    word: &'static str,
    /// What stands there; the word itself if empty.
    #[prop(optional, into)]
    shown: String,
) -> impl IntoView {
    let shown = if shown.is_empty() { word.to_owned() } else { shown };
    match meaning(word) {
        Some(entry) => {
            let id = super::field::fresh_id();
            view! {
                <span class="term">
                    <button type="button" class="term-word" aria-describedby=id.clone()>{shown}</button>
                    <span class="term-means" role="tooltip" id=id>
                        {entry.means}
                        <span class="term-also">{entry.also}</span>
                    </span>
                </span>
            }
            .into_any()
        }
        None => shown.into_any(),
    }
}
