//! The window's menu, made from the app's one table of commands: same names, same keys. What is chosen is told to the page,
//! which knows whether it can be done now and whether Undo is for the text in a field. Must not do anything itself, but for
//! the size of the page and closing.

use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Manager, Runtime};
use tidemark_app_model::commands::{COMMANDS, Keys};
use tidemark_app_model::text::window as say;
use tidemark_core::wire::Said;

use crate::MAIN;
use crate::desk::Desk;

/// A menu: its name, and its commands in groups.
type Group = (&'static str, &'static [&'static [&'static str]]);

/// Every command of the app's table is in one of these.
const MENUS: &[Group] = &[
    (say::FILE, &[&["new", "open", "paste"], &["save", "share"], &["home", "settings"]]),
    (say::EDIT, &[&["undo", "redo"], &["duplicate", "delete", "move", "group", "switch"], &["history"]]),
    (
        say::VIEW,
        &[&["build", "data", "load", "run-tab", "results"], &["light", "dark", "contrast"], &["panel", "palette"]],
    ),
    (say::TEST, &[&["preview", "try", "run", "stop"], &["target"], &["problems", "next-problem", "last-problem"]]),
    (say::HELP, &[&["demo", "shop"], &["keys", "glossary"]]),
];

/// Of the page itself: what it is called, its keys, and its size afterwards, from the present one.
type Zoom = (&'static str, &'static str, &'static str, fn(f64) -> f64);

const ZOOMS: [Zoom; 3] = [
    ("larger", say::LARGER, "CmdOrCtrl+=", |size| (size + 0.1).min(2.0)),
    ("smaller", say::SMALLER, "CmdOrCtrl+-", |size| (size - 0.1).max(0.5)),
    ("usual-size", say::USUAL_SIZE, "CmdOrCtrl+0", |_| 1.0),
];

const CLOSE: &str = "close";

/// Makes the menu.
pub(crate) fn make<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let menu = Menu::new(app)?;
    if cfg!(target_os = "macos") {
        menu.append(&SubmenuBuilder::new(app, say::APP).services().separator().hide().hide_others().build()?)?;
    }
    for (name, groups) in MENUS {
        let submenu = Submenu::new(app, name, true)?;
        for (at, group) in groups.iter().enumerate() {
            if at > 0 {
                submenu.append(&PredefinedMenuItem::separator(app)?)?;
            }
            for id in *group {
                let command = COMMANDS.iter().find(|command| command.id == *id);
                let (words, keys) = command.map_or((*id, None), |command| (command.words.0, accelerator(command.keys)));
                submenu.append(&MenuItem::with_id(app, *id, words, true, keys)?)?;
            }
        }
        of_the_window(app, name, &submenu)?;
        menu.append(&submenu)?;
    }
    Ok(menu)
}

/// What a menu has beside the app's commands.
fn of_the_window<R: Runtime>(app: &AppHandle<R>, name: &str, submenu: &Submenu<R>) -> tauri::Result<()> {
    let line = || PredefinedMenuItem::separator(app);
    match name {
        say::FILE => {
            let keys = if cfg!(target_os = "macos") { "Cmd+Q" } else { "Ctrl+Q" };
            submenu.append_items(&[&line()?, &MenuItem::with_id(app, CLOSE, say::CLOSE, true, Some(keys))?])
        }
        say::VIEW => {
            submenu.append(&line()?)?;
            for (id, words, keys, _) in ZOOMS {
                submenu.append(&MenuItem::with_id(app, id, words, true, Some(keys))?)?;
            }
            Ok(())
        }
        // A page gets these keys only through the menu there. Undo is never the system's: it would not reach the page.
        say::EDIT if cfg!(target_os = "macos") => submenu.append_items(&[
            &line()?,
            &PredefinedMenuItem::cut(app, None)?,
            &PredefinedMenuItem::copy(app, None)?,
            &PredefinedMenuItem::paste(app, None)?,
        ]),
        _ => Ok(()),
    }
}

/// Keys as menus write them; none where they would take a letter away from whoever types.
fn accelerator(keys: &[Keys]) -> Option<String> {
    let first = keys.first().filter(|keys| keys.ctrl || keys.alt || keys.key.len() > 1)?;
    let held = [(first.ctrl, "CmdOrCtrl+"), (first.alt, "Alt+"), (first.shift, "Shift+")];
    let held: String = held.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
    Some(held + &first.key.to_uppercase())
}

/// Does what was chosen.
pub(crate) fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let desk = app.state::<Desk>();
    // A window that is closing takes neither.
    if id == CLOSE {
        let _ = window.close();
    } else if let Some((.., change)) = ZOOMS.iter().find(|(known, ..)| *known == id) {
        let _ = window.set_zoom(desk.zoomed(change));
    } else {
        desk.say(Said::Command(id.to_owned()));
    }
}

#[cfg(test)]
mod tests;
