//! How a value is compared, and with what. Must not compare anything.

use leptos::prelude::*;
use serde_json::Value;
use tidemark_app_model::select::panel::forms::{COMPARISONS, compared_by, comparison, needs_other};
use tidemark_app_model::select::panel::{scalar, scalar_text};
use tidemark_app_model::text::panel as say;
use tidemark_core::scenario::Comparison;

use super::TokenField;
use super::body::choices_of;
use crate::view::parts::Select;

/// A comparison and its other side.
pub(super) type Compared = (Option<Comparison>, Option<Value>);

/// The two fields.
#[component]
pub(super) fn Compare(
    /// As it is.
    #[prop(into)]
    compared: Signal<Compared>,
    /// Hears it after a change.
    #[prop(into)]
    on_change: Callback<Compared>,
    /// What belongs to it, for those who don't see the place: "Check 2".
    #[prop(into)]
    about: String,
    /// The start of their names for tests.
    #[prop(into)]
    testid: String,
) -> impl IntoView {
    let is = Memo::new(move |_| compared.with(|(is, to)| comparison(*is, to.as_ref())));
    let text = Signal::derive(move || compared.with(|(_, to)| scalar_text(to.as_ref())));
    let label = format!("{about}: {}", say::COMPARISON);
    let other = StoredValue::new((format!("{about}: {}", say::EXPECTED), format!("{testid}-to")));
    view! {
        <Select bare=true label=label choices=choices_of(&COMPARISONS, Comparison::word) value=Signal::derive(move || is.get().word().to_owned()) testid=format!("{testid}-is")
            on_choose=move |word: String| on_change.run(compared.with_untracked(|(_, to)| compared_by(to.as_ref(), &word)))/>
        <Show when=move || needs_other(is.get())>
            <TokenField bare=true label=other.with_value(|other| other.0.clone()) value=text testid=other.with_value(|other| other.1.clone())
                on_input=move |text: String| on_change.run((Some(is.get_untracked()), Some(scalar(&text))))/>
        </Show>
    }
}
