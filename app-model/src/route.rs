//! Where a person is, as the text behind `#` in the address, both ways. Must not know what is shown there.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What is not written as it is in an address.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'/').add(b'%').add(b'&');

/// The tabs of the test window, in the order of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Tab {
    /// Who does what.
    #[default]
    Build,
    /// Tables, values, secrets, targets.
    Data,
    /// How many, and what counts as good.
    Load,
    /// The run that goes on.
    Run,
    /// What earlier runs said.
    Results,
}

impl Tab {
    /// Every tab in order.
    pub const ALL: [Self; 5] = [Self::Build, Self::Data, Self::Load, Self::Run, Self::Results];

    /// Its word in addresses and test ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Data => "data",
            Self::Load => "load",
            Self::Run => "run",
            Self::Results => "results",
        }
    }
}

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Route {
    /// The list of tests.
    #[default]
    Home,
    /// A test's tab without anything chosen.
    Tab(String, Tab),
    /// A task of a test, and a step of it.
    Task(String, String, Option<String>),
    /// A result of a test.
    Result(String, String),
    /// Two results of a test, side by side.
    Compare(String, String, String),
    /// A result file that was opened, without its test.
    Viewer,
    /// Settings.
    Settings,
}

impl Route {
    /// The text behind `#`: `/t/shop/build/look/home`.
    pub fn text(&self) -> String {
        let parts: Vec<&str> = match self {
            Self::Home => vec![],
            Self::Tab(test, tab) => vec!["t", test, tab.word()],
            Self::Task(test, task, None) => vec!["t", test, "build", task],
            Self::Task(test, task, Some(step)) => vec!["t", test, "build", task, step],
            Self::Result(test, result) => vec!["t", test, "results", result],
            Self::Compare(test, a, b) => vec!["t", test, "compare", a, b],
            Self::Viewer => vec!["result"],
            Self::Settings => vec!["settings"],
        };
        let escaped = parts.into_iter().map(|part| utf8_percent_encode(part, ESCAPED).to_string());
        escaped.fold("#".to_owned(), |out, part| out + "/" + &part) + if *self == Self::Home { "/" } else { "" }
    }

    /// The place a text stands for; Home for what makes no sense.
    pub fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('#');
        let parts: Vec<String> = text
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts[..] {
            ["settings"] => Self::Settings,
            ["result"] => Self::Viewer,
            ["t", test] => Self::Tab(test.to_owned(), Tab::Build),
            ["t", test, "build", task] => Self::Task(test.to_owned(), task.to_owned(), None),
            ["t", test, "build", task, step] => Self::Task(test.to_owned(), task.to_owned(), Some(step.to_owned())),
            ["t", test, "results", result] => Self::Result(test.to_owned(), result.to_owned()),
            ["t", test, "compare", a, b] => Self::Compare(test.to_owned(), a.to_owned(), b.to_owned()),
            ["t", test, word, ..] => match Tab::ALL.into_iter().find(|tab| tab.word() == word) {
                Some(tab) => Self::Tab(test.to_owned(), tab),
                None => Self::Tab(test.to_owned(), Tab::Build),
            },
            _ => Self::Home,
        }
    }

    /// The same place of a test that has another name now; none where it is about another one.
    pub fn with_test(&self, old: &str, new: &str) -> Option<Self> {
        let mut route = self.clone();
        match &mut route {
            Self::Tab(test, _) | Self::Task(test, ..) | Self::Result(test, _) | Self::Compare(test, ..)
                if test == old =>
            {
                *test = new.to_owned();
                Some(route)
            }
            _ => None,
        }
    }

    /// The test it is about.
    pub fn test(&self) -> Option<&str> {
        match self {
            Self::Tab(test, _) | Self::Task(test, ..) | Self::Result(test, _) | Self::Compare(test, ..) => Some(test),
            Self::Home | Self::Viewer | Self::Settings => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Route, Tab};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_address_leads_back_to_its_place() {
        let own = str::to_owned;
        let rows = [
            (Route::Home, "#/"),
            (Route::Tab(own("shop"), Tab::Load), "#/t/shop/load"),
            (Route::Task(own("shop"), own("look"), None), "#/t/shop/build/look"),
            (Route::Task(own("shop"), own("look"), Some(own("home"))), "#/t/shop/build/look/home"),
            (Route::Task(own("my shop"), own("a/b"), Some(own("ä#1"))), "#/t/my%20shop/build/a%2Fb/%C3%A4%231"),
            (Route::Result(own("shop"), own("r1")), "#/t/shop/results/r1"),
            (Route::Compare(own("shop"), own("r1"), own("r2")), "#/t/shop/compare/r1/r2"),
            (Route::Viewer, "#/result"),
            (Route::Settings, "#/settings"),
        ];
        for (route, text) in rows {
            assert_eq!(route.text(), text);
            assert_eq!(Route::parse(text), route, "{text}");
        }
    }

    #[test]
    fn nonsense_leads_home() {
        for (text, wanted) in [
            ("", Route::Home),
            ("#", Route::Home),
            ("#/nowhere", Route::Home),
            ("#/t", Route::Home),
            ("#/t/shop", Route::Tab("shop".to_owned(), Tab::Build)),
            ("#/t/shop/nowhere", Route::Tab("shop".to_owned(), Tab::Build)),
        ] {
            assert_eq!(Route::parse(text), wanted, "{text}");
        }
    }
}
