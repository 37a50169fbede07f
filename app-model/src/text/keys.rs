//! What keys do that are no commands of their own: in the list of steps and on charts. `Ctrl` stands for whatever the
//! computer's command key is; keys that do the same are parted by ` / `.

/// The tabs.
pub const TABS: &str = "Build, Data, Load, Run, Results";
/// The keys of the tabs in a browser, which has tabs of its own.
pub const TABS_BROWSER: &str = "Alt Shift 1 – 5";

/// Everywhere.
pub const EVERYWHERE: &[(&str, &str)] = &[
    ("F6 / Shift F6", "Next part of the window, or the one before"),
    ("Esc", "Close what is on top, else choose nothing"),
];

/// In the list of steps.
pub const BUILD: &[(&str, &str)] = &[
    ("↑ / ↓ / Home / End", "Move in the list"),
    ("← / →", "Close or open, go to the parent or inside"),
    ("Enter", "Edit in the panel"),
    ("F2", "Rename"),
    ("Space / Shift ↑ / Shift ↓", "Choose, or choose more"),
    ("Delete / Backspace", "Delete what is chosen"),
    ("Alt ↑ / Alt ↓", "Move up or down"),
    ("Alt ← / Alt →", "Move out, or into the neighbour"),
    ("Ctrl D", "Duplicate"),
    ("Ctrl G", "Group what is chosen"),
    ("Ctrl C / Ctrl X / Ctrl V", "Copy, cut, paste; also cURL and addresses"),
    ("/", "Add a step by typing"),
    (".", "Switch off or on"),
    ("M", "Move to …"),
];

/// On a chart.
pub const CHART: &[(&str, &str)] = &[
    ("← / →", "Second before, or next second; with Shift ten"),
    ("↑ / ↓", "Line before, or next line"),
    ("+ / − / 0", "Closer, further, all of it"),
    ("T", "Show it as a table"),
];
