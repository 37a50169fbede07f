//! The parts that screens are made of: buttons, fields, dialogs, menus, words with their meaning. Native elements first.
//! Only doors know the model.

mod button;
mod dialog;
mod doors;
mod field;
mod leave;
mod mend;
mod menu;
mod number;
mod practice;
mod rename;
mod size;
mod tabs;
mod term;

pub use button::{Button, IconButton, Kind, Picture};
pub use dialog::Dialog;
pub use doors::{DemoDoor, ShopDoor};
pub(crate) use field::fresh_id;
pub use field::{Checkbox, Choice, Field, Segments, Select, Switch, TextArea, TextField};
pub use leave::while_here;
pub use mend::{Fixes, severity_icon, severity_mark};
pub use menu::{Menu, MenuItem, walk_items};
pub use number::{Measure, NumberField, WrittenField};
pub use practice::Practice;
pub use rename::Rename;
pub use size::{height_of, on_resize, width_of};
pub use tabs::TabList;
pub use term::Term;
