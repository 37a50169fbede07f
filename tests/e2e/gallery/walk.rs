//! How a place is reached, looked at by those who see differently, and photographed. Must not know a screen.

use std::path::{Path, PathBuf};

use crate::rig::{ALT, Key, Look, Window};

/// A place in the app, and how to get there from anywhere.
pub struct Place {
    name: &'static str,
    route: &'static str,
    /// What is there once it is ready, as a CSS selector.
    ready: &'static str,
    /// What else has to be done.
    then: &'static [Do],
}

/// One thing that has to be done once the place is there.
pub enum Do {
    /// A key is pressed.
    Press(Key),
    /// A key is pressed with Alt.
    Alt(Key),
    /// The element with this test id is clicked.
    Click(&'static str),
    /// The first element of this kind is clicked.
    ClickCss(&'static str),
    /// The first element of this kind gets the focus.
    Focus(&'static str),
    /// The field with this test id is filled.
    Fill(&'static str, &'static str),
    /// These words are typed.
    Write(&'static str),
    /// These words are given to the palette.
    Say(&'static str),
    /// The first element of this kind is waited for.
    See(&'static str),
}

/// A place that is there once it is gone to.
pub const fn place(name: &'static str, route: &'static str, ready: &'static str) -> Place {
    Place { name, route, ready, then: &[] }
}

/// A place to which more leads than its address.
pub const fn then(place: Place, then: &'static [Do]) -> Place {
    Place { then, ..place }
}

/// Goes to each of these places, in every look, and says what would keep somebody out.
pub async fn walk(window: &Window, places: &[Place]) {
    let mut wrong = Vec::new();
    for place in places {
        window.view(1440, 900).await;
        place.reach(window).await;
        wrong.extend(look(window, place.name).await);
        if !place.then.is_empty() {
            window.press(Key::Escape).await;
        }
    }
    assert!(wrong.is_empty(), "{} barriers:\n{}", wrong.len(), wrong.join("\n"));
}

/// Looks at what is shown in every look, and photographs it where pictures are wanted; what would keep somebody out.
pub async fn look(window: &Window, name: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for look in Look::ALL {
        window.wear(look).await;
        let barriers = window.barriers().await;
        wrong.extend(barriers.into_iter().map(|line| format!("{name} {}: {line}", look.name())));
    }
    if let Some(folder) = std::env::var_os("TIDEMARK_SHOTS").map(PathBuf::from) {
        take(window, name, &folder).await;
    }
    wrong
}

impl Place {
    async fn reach(&self, window: &Window) {
        window.visit(self.route).await;
        window.see_css(self.ready).await;
        for step in self.then {
            step.is_done(window).await;
        }
    }
}

impl Do {
    async fn is_done(&self, window: &Window) {
        match self {
            Do::Press(key) => window.press(*key).await,
            Do::Alt(key) => window.press_with(ALT, *key).await,
            Do::Click(button) => window.click(button).await,
            Do::ClickCss(css) => window.click_css(css).await,
            Do::Focus(css) => window.focus_css(css).await,
            Do::Fill(field, text) => window.fill(field, text).await,
            Do::Write(text) => window.write(text).await,
            Do::Say(words) => {
                window.control('k').await;
                window.see("palette-input").await;
                window.write(words).await;
                window.press(Key::Enter).await;
            }
            Do::See(css) => drop(window.see_css(css).await),
        }
    }
}

/// Light and dark, wide and narrow, and once with strong contrast.
async fn take(window: &Window, name: &str, folder: &Path) {
    const SIZES: [(u32, u32); 2] = [(1440, 900), (1024, 640)];
    std::fs::create_dir_all(folder).expect("the folder for pictures can be made");
    for look in Look::ALL {
        window.wear(look).await;
        for (width, height) in SIZES.into_iter().take(if look == Look::Contrast { 1 } else { SIZES.len() }) {
            window.view(width, height).await;
            let path = folder.join(format!("{name}-{}-{width}.png", look.name()));
            std::fs::write(&path, window.picture().await).expect("the folder takes a picture");
        }
    }
}
