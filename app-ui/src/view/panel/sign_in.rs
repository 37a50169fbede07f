//! How a request proves who sends it. Must not know secrets.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::RequestEdit;
use tidemark_app_model::select::panel::fields::{key_place, key_sent_in, key_word, sign_in_of_kind};
use tidemark_app_model::select::panel::forms::SIGN_INS;
use tidemark_app_model::select::panel::sign_in_word;
use tidemark_app_model::text::panel as say;
use tidemark_core::scenario::{ApiKey, BasicSignIn, SignIn};

use super::TokenField;
use super::body::{Plain, choices};
use super::here::{Id, here};
use super::wrong::Wrong;
use crate::view::parts::Select;

/// The form.
#[component]
pub(super) fn SignInForm(id: Id) -> impl IntoView {
    let here = here();
    let sign_in = here.of_request(id, |request| request.sign_in.clone());
    let kind = Memo::new(move |_| sign_in.with(|sign_in| sign_in_word(sign_in.as_ref())));
    let set = Callback::new(move |sign_in: Option<SignIn>| here.request(id, RequestEdit::SignIn(sign_in)));
    let inside = move || match kind.get() {
        "basic" => view! { <Basic sign_in=sign_in on_change=set/> }.into_any(),
        "bearer" => {
            let token = Signal::derive(move || match sign_in.get() {
                Some(SignIn::Bearer(token)) => token,
                _ => String::new(),
            });
            view! { <TokenField label=say::TOKEN value=token testid="sign-in-token" on_input=move |text: String| set.run(Some(SignIn::Bearer(text)))/> }.into_any()
        }
        "api_key" => view! { <Key sign_in=sign_in on_change=set/> }.into_any(),
        "off" => view! { <p class="muted panel-note">{say::SIGN_IN_OFF_HINT}</p> }.into_any(),
        _ => view! { <p class="muted panel-note">{say::SIGN_IN_TARGET_HINT}</p> }.into_any(),
    };
    view! {
        <Select label=say::SIGN_IN_KIND choices=choices(SIGN_INS) value=Signal::derive(move || kind.get().to_owned()) testid="sign-in-kind"
            on_choose=move |word: String| set.run(sign_in_of_kind(&word))/>
        {inside}
        <Wrong troubles=here.wrong_at(&["sign_in"])/>
    }
}

#[component]
fn Basic(sign_in: Memo<Option<SignIn>>, on_change: Callback<Option<SignIn>>) -> impl IntoView {
    let basic = Memo::new(move |_| match sign_in.get() {
        Some(SignIn::Basic(basic)) => basic,
        _ => BasicSignIn::default(),
    });
    let set = move |basic: BasicSignIn| on_change.run(Some(SignIn::Basic(basic)));
    view! {
        <TokenField label=say::USER_NAME value=Signal::derive(move || basic.get().user) testid="sign-in-user"
            on_input=move |user: String| set(BasicSignIn { user, ..basic.get_untracked() })/>
        <TokenField label=say::PASSWORD value=Signal::derive(move || basic.get().password) testid="sign-in-password"
            on_input=move |password: String| set(BasicSignIn { password, ..basic.get_untracked() })/>
    }
}

#[component]
fn Key(sign_in: Memo<Option<SignIn>>, on_change: Callback<Option<SignIn>>) -> impl IntoView {
    let key = Memo::new(move |_| match sign_in.get() {
        Some(SignIn::ApiKey(key)) => key,
        _ => ApiKey::default(),
    });
    let set = move |key: ApiKey| on_change.run(Some(SignIn::ApiKey(key)));
    let chosen = RwSignal::new("header");
    let place = Memo::new(move |_| key.with(|key| key_place(key, chosen.get())));
    let places = choices(&[("header", say::KEY_HEADER), ("query", say::KEY_QUERY)]);
    let name = Signal::derive(move || {
        key.with(|key| if key.header.is_empty() { key.query.clone() } else { key.header.clone() })
    });
    let send_in = move |place: &'static str, name: &str| {
        chosen.set(place);
        set(key_sent_in(&key.get_untracked(), place, name));
    };
    view! {
        <div class="panel-two">
            <Select label=say::KEY_WHERE choices=places value=Signal::derive(move || place.get().to_owned()) testid="sign-in-place"
                on_choose=move |word: String| send_in(key_word(&word), &name.get_untracked())/>
            <Plain label=say::KEY_NAME value=name testid="sign-in-name"
                on_input=move |text: String| send_in(place.get_untracked(), &text)/>
        </div>
        <TokenField label=say::KEY_VALUE value=Signal::derive(move || key.get().value) testid="sign-in-key"
            on_input=move |value: String| set(ApiKey { value, ..key.get_untracked() })/>
    }
}
