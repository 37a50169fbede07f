//! The pictures of rows. Must not know what a row says.

use icondata::Icon;
use tidemark_app_model::select::outline::RowKind;

/// The picture of a kind of step, by its word.
pub(super) fn of_step(kind: &str) -> Icon {
    match kind {
        "request" => icondata::LuArrowLeftRight,
        "check" => icondata::LuCheck,
        "save" => icondata::LuCornerDownRight,
        "pause" => icondata::LuClock,
        "repeat" => icondata::LuRepeat,
        "only_if" => icondata::LuSplit,
        "choose" => icondata::LuShuffle,
        "group" => icondata::LuBox,
        "parallel" => icondata::LuRows3,
        "use" => icondata::LuBoxes,
        "note" => icondata::LuStickyNote,
        _ => icondata::LuCircleDashed,
    }
}

/// The picture of a row; none for those that have none.
pub(super) fn of_row(kind: &RowKind) -> Option<Icon> {
    Some(match kind {
        RowKind::Arrival(_) => icondata::LuLogIn,
        RowKind::Leaving(_) => icondata::LuLogOut,
        RowKind::Group => icondata::LuBoxes,
        RowKind::Step(kind) => of_step(kind),
        RowKind::Check => icondata::LuCheck,
        RowKind::Save => icondata::LuCornerDownRight,
        RowKind::Task | RowKind::Lane(_) | RowKind::Add(_) | RowKind::Quick(..) => return None,
    })
}
