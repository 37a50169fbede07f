//! The words of a window of the desktop: its menu's names and its dialogs. The menu's items are named by the commands.

macro_rules! words {
    ($($name:ident = $text:literal;)*) => { $( #[doc = concat!("“", $text, "”")] pub const $name: &str = $text; )* };
}

words! {
    APP = "Tidemark";
    FILE = "File";
    EDIT = "Edit";
    VIEW = "View";
    TEST = "Test";
    HELP = "Help";
    CLOSE = "Close";
    LARGER = "Larger";
    SMALLER = "Smaller";
    USUAL_SIZE = "Usual size";
    OPEN = "Open a file";
    SAVE = "Save a copy";
    KIND_ALL = "All that Tidemark opens";
    KIND_TEST = "Tests";
    KIND_RESULT = "Results";
    KIND_ANY = "All files";
    NOT_OPEN = "Tidemark could not start";
    NO_HOME = "There is no home folder to keep tests and results in.";
    NO_DIALOG = "The dialog could not be shown.";
    NO_SCREEN = "there is no screen; start the app with: tidemark serve";
    NOT_A_PLACE = "This place is not a folder on this computer.";
}

/// "Tidemark could not open its window: there is no screen."
pub fn no_window(why: &str) -> String {
    format!("Tidemark could not open its window: {}.", why.trim_end_matches('.'))
}
