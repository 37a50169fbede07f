//! A text with values in it, shown as chips. Underneath it is a plain text field that holds `{{name}}`, so that typing,
//! selecting, copying, other scripts and screen readers work as everywhere; a picture of the same text in the same places
//! lies behind it and draws the chips. Must not compute where a cursor goes, nor which values there are.

mod seen;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::select::chips::{self as select, Edited, Offers};
use tidemark_app_model::select::panel::Trouble;
use tidemark_app_model::select::values::{Look, look};
use tidemark_app_model::text::panel as say;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::here::{Heard, Known};
use super::picker::{Picker, option_id};
use super::wrong::Wrong;
use crate::view::parts::{IconButton, fresh_id, while_here};
use seen::{Mirror, Tip};

/// A field whose text may hold values.
#[component]
pub fn TokenField(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Hears each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: Signal<Vec<Trouble>>,
    /// What is wrong with what was typed, where that never got into the document.
    #[prop(optional, into)]
    error: Signal<String>,
    /// Whether it has several lines.
    #[prop(optional)]
    lines: bool,
    /// Whether it is code, where a single brace means something by itself.
    #[prop(optional)]
    code: bool,
    /// What helps.
    #[prop(optional, into)]
    hint: String,
    /// What stands in it while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Whether the label is only for those who don't see the place.
    #[prop(optional)]
    bare: bool,
    /// Hears what is pasted into it, before anything is done with it; true if that is all.
    #[prop(optional, into)]
    on_paste: Option<Callback<String, bool>>,
    /// Its name for tests.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let known = expect_context::<Known>();
    let id = fresh_id();
    let names = StoredValue::new(Names::of(&id));
    let editor = Editor::new(known, value, on_input, lines, code);
    let told = Memo::new(move |_| {
        known
            .values
            .with(|values| known.elsewhere.with(|other| editor.typed.with(|text| select::told(values, other, text))))
    });
    let bad = Signal::derive(move || wrong.with(|all| !all.is_empty()) || error.with(|error| !error.is_empty()));
    let described = names.with_value(|names| format!("{} {} {}", names.wrong, names.told, names.hint));
    let opened = move || editor.picking.get().map(|_| names.with_value(|names| names.list.clone()));
    let active = move || opened().map(|list| option_id(&list, editor.active.get()));
    view! {
        <div class="field token-field" class:bare=bare>
            <label for=id.clone() class:unseen=bare>{label}</label>
            <div class="token" node_ref=editor.field class:several=lines class:plain=known.as_text
                on:beforeinput=move |event| editor.before(&event)
                on:keyup=move |event| if matches!(event.key().as_str(), "ArrowUp" | "ArrowDown" | "Home" | "End" | "ArrowLeft" | "ArrowRight") { editor.settle() }
                on:click=move |_| editor.settle()
                on:paste=move |event| editor.paste(&event, on_paste)
                on:pointermove=move |event| editor.hover(f64::from(event.client_x()), f64::from(event.client_y()))
                on:pointerleave=move |_| editor.hovered.set(None)
                on:focusin=move |_| editor.settle()
                on:focusout=while_here(move |_| editor.left())>
                <Mirror editor=editor/>
                <textarea id=id class="input token-text" node_ref=editor.area rows=if lines { "4" } else { "1" } data-testid=testid
                    placeholder=placeholder spellcheck="false" autocomplete="off" autocapitalize="off" data-history="document"
                    aria-describedby=described aria-invalid=move || bad.get().then_some("true")
                    aria-autocomplete="list" aria-haspopup="listbox" aria-controls=opened aria-activedescendant=active
                    prop:value=editor.typed
                    on:input=move |_| editor.heard_input()
                    on:keydown=move |event| editor.key(&event)></textarea>
                <span class="token-tool"><IconButton icon=icondata::LuBraces label=say::INSERT_VALUE testid="insert-value"
                    on_click=move || editor.open()/></span>
                <Tip editor=editor/>
            </div>
            <Show when=move || editor.picking.get().is_some()>
                <Picker id=StoredValue::new(names.with_value(|names| names.list.clone())) offers=editor.offers active=editor.active field=editor.field
                    on_choose=Callback::new(move |name: String| editor.choose(&name))/>
            </Show>
            <span class="unseen" id=names.with_value(|names| names.told.clone())>{told}</span>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=names.with_value(|names| names.hint.clone())>{hint}</p> })}
            <div id=names.with_value(|names| names.wrong.clone())>
                <Show when=move || !error.with(String::is_empty)><p class="field-error">{error}</p></Show>
                <Wrong troubles=wrong/>
            </div>
        </div>
    }
}

/// Ids of what belongs to a field.
struct Names {
    wrong: String,
    told: String,
    hint: String,
    list: String,
}

impl Names {
    fn of(id: &str) -> Self {
        Self {
            wrong: format!("{id}-wrong"),
            told: format!("{id}-told"),
            hint: format!("{id}-hint"),
            list: format!("{id}-values"),
        }
    }
}

/// What is known of a field while somebody edits it.
#[derive(Clone, Copy)]
struct Editor {
    known: Known,
    area: NodeRef<html::Textarea>,
    field: NodeRef<html::Div>,
    value: Signal<String>,
    on_input: Callback<String>,
    /// What is in the field now.
    typed: RwSignal<String>,
    /// Where the text stands that a value is to replace, while one is looked for.
    picking: RwSignal<Option<usize>>,
    letters: RwSignal<String>,
    offers: Memo<Vec<Offers>>,
    active: RwSignal<usize>,
    /// The chip under the pointer, and the one beside the cursor, by number.
    hovered: RwSignal<Option<usize>>,
    beside: RwSignal<Option<usize>>,
    lines: bool,
    code: bool,
}

impl Editor {
    fn new(known: Known, value: Signal<String>, on_input: Callback<String>, lines: bool, code: bool) -> Self {
        let (typed, letters) = (RwSignal::new(value.get_untracked()), RwSignal::new(String::new()));
        Effect::new(move |_| typed.set(value.get()));
        let offers =
            Memo::new(move |_| known.values.with(|values| letters.with(|letters| select::offers(values, letters))));
        Self {
            known,
            area: NodeRef::new(),
            field: NodeRef::new(),
            value,
            on_input,
            typed,
            picking: RwSignal::new(None),
            letters,
            offers,
            active: RwSignal::new(0),
            hovered: RwSignal::new(None),
            beside: RwSignal::new(None),
            lines,
            code,
        }
    }

    /// From where to where is selected.
    fn selection(self) -> Option<(HtmlTextAreaElement, usize, usize)> {
        let area: HtmlTextAreaElement = self.area.get_untracked()?;
        let from = area.selection_start().ok()??;
        let to = area.selection_end().ok()??;
        Some((area, from as usize, to as usize))
    }

    /// Whether chips are chips, and not `{{text}}`.
    fn has_chips(self) -> bool {
        !self.known.as_text.get_untracked()
    }

    /// Puts a text and the cursor into the field, and tells of it.
    fn write(self, edited: Edited) {
        if let Some(area) = self.area.get_untracked() {
            area.set_value(&edited.text);
            // Fails only for fields that have no cursor.
            let _ = area.set_selection_range(edited.caret as u32, edited.caret as u32);
        }
        self.typed.set(edited.text.clone());
        self.known.heard.run(Heard::Typing);
        self.on_input.run(edited.text);
    }

    fn heard_input(self) {
        let Some((area, caret, _)) = self.selection() else { return };
        let text = area.value();
        self.typed.set(text.clone());
        self.known.heard.run(Heard::Typing);
        self.on_input.run(text.clone());
        match self.picking.get_untracked() {
            Some(from) => self.look(&text, from, caret),
            None => {
                if let Some(from) = select::asks(&text, caret, self.code) {
                    self.look(&text, from, caret);
                }
            }
        }
        self.mark_beside(&text, caret);
    }

    /// Looks for values with what was typed since `from`.
    fn look(self, text: &str, from: usize, caret: usize) {
        let letters = select::looked_for(text, from, caret);
        self.picking.set(letters.is_some().then_some(from));
        self.letters.set(letters.unwrap_or_default());
        self.active.set(0);
    }

    /// Opens the list at the cursor; a selection will be replaced.
    fn open(self) {
        let Some((area, from, to)) = self.selection() else { return };
        let _ = area.focus();
        if from != to {
            let text = select::put(&area.value(), from, to, "");
            self.write(text);
        }
        self.letters.set(String::new());
        self.active.set(0);
        self.picking.set(Some(from));
    }

    /// Puts a value where the list was opened.
    fn choose(self, name: &str) {
        let (Some((area, caret, _)), Some(from)) = (self.selection(), self.picking.get_untracked()) else { return };
        self.picking.set(None);
        self.write(select::put_value(&area.value(), from, caret.max(from), name));
        let _ = area.focus();
    }

    /// The name of the value that Enter takes.
    fn active_name(self) -> Option<String> {
        let active = self.active.get_untracked();
        let found = self.offers.with_untracked(|groups| {
            groups.iter().flat_map(|group| &group.values).find(|(number, _)| *number == active).cloned()
        });
        found.map(|(_, value)| value.name)
    }

    fn key(self, event: &KeyboardEvent) {
        if event.is_composing() || event.get_modifier_state("AltGraph") {
            return;
        }
        let taken = match self.picking.get_untracked() {
            Some(_) => self.key_in_list(event),
            None => false,
        };
        if taken || self.key_in_text(event) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Keys while the list is open; whether that was all.
    fn key_in_list(self, event: &KeyboardEvent) -> bool {
        let count = self.offers.with_untracked(|groups| groups.iter().map(|group| group.values.len()).sum::<usize>());
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.active.set((active + 1) % count),
            "ArrowUp" if count > 0 => self.active.set((active + count - 1) % count),
            "Enter" | "Tab" => match self.active_name() {
                Some(name) => self.choose(&name),
                None => {
                    self.picking.set(None);
                    return false;
                }
            },
            "Escape" => self.picking.set(None),
            _ => return false,
        }
        true
    }

    /// Keys that treat a chip as one letter; whether that was all.
    fn key_in_text(self, event: &KeyboardEvent) -> bool {
        let Some((area, from, to)) = self.selection() else { return false };
        let (text, key) = (area.value(), event.key());
        let ctrl = event.ctrl_key() || event.meta_key();
        if ctrl && (key == " " || event.code() == "Space") {
            self.open();
            return true;
        }
        if key == "Enter" && !self.lines && !ctrl && !event.alt_key() {
            self.known.heard.run(Heard::Left);
            return true;
        }
        if !self.has_chips() || from != to {
            return false;
        }
        let forward = matches!(key.as_str(), "ArrowRight" | "Delete");
        match key.as_str() {
            "ArrowRight" | "ArrowLeft" if !event.shift_key() && !event.alt_key() && !ctrl => {
                let Some(caret) = select::step_over(&text, from, forward) else { return false };
                let _ = area.set_selection_range(caret as u32, caret as u32);
                self.mark_beside(&text, caret);
                true
            }
            "Backspace" | "Delete" => match select::erase(&text, from, forward) {
                Some(edited) => {
                    self.write(edited);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Undo and redo from the browser's own menu belong to the document too.
    fn before(self, event: &ev::InputEvent) {
        let turn = match event.input_type().as_str() {
            "historyUndo" => Heard::Undo,
            "historyRedo" => Heard::Redo,
            _ => return,
        };
        event.prevent_default();
        self.known.heard.run(turn);
    }

    /// Takes a cursor out of a chip by selecting the whole chip.
    fn settle(self) {
        let Some((area, from, to)) = self.selection() else { return };
        let text = area.value();
        if self.has_chips() {
            let (start, end) = select::settle(&text, from, to);
            if (start, end) != (from, to) {
                let _ = area.set_selection_range(start as u32, end as u32);
            }
        }
        if self.picking.get_untracked().is_some_and(|start| to < start) {
            self.picking.set(None);
        }
        self.mark_beside(&text, to);
    }

    fn mark_beside(self, text: &str, caret: usize) {
        let at = select::spans(text).into_iter().position(|(from, to)| from <= caret && caret <= to);
        self.beside.set(at);
    }

    fn paste(self, event: &ev::ClipboardEvent, on_paste: Option<Callback<String, bool>>) {
        let Some((area, from, to)) = self.selection() else { return };
        let Some(pasted) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
        event.prevent_default();
        event.stop_propagation();
        let all = from == 0 && to == select::length(&area.value());
        if all && on_paste.is_some_and(|hears| hears.run(pasted.clone())) {
            return;
        }
        self.picking.set(None);
        self.write(select::paste(&area.value(), from, to, &pasted, !self.lines));
    }

    /// Finds the chip under the pointer, which lies below the text field.
    fn hover(self, x: f64, y: f64) {
        let found = web_sys::window().and_then(|window| window.document()).and_then(|document| {
            let field = self.field.get_untracked()?;
            document.elements_from_point(x as f32, y as f32).iter().find_map(|element| {
                let element = element.dyn_into::<web_sys::Element>().ok()?;
                let chip = element.closest("[data-chip]").ok()??;
                field.contains(Some(&chip)).then(|| chip.get_attribute("data-chip")?.parse().ok())?
            })
        });
        self.hovered.set(found);
    }

    fn left(self) {
        self.picking.set(None);
        self.beside.set(None);
        self.known.heard.run(Heard::Left);
        self.typed.set(self.value.get_untracked());
    }

    fn look_of(self, inner: &str) -> Look {
        self.known.values.with(|values| self.known.elsewhere.with(|elsewhere| look(values, elsewhere, inner)))
    }
}
