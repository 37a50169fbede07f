//! The one place where things happen: a message changes the model and asks the outside for what it needs.
//!
//! Pure and total: any message is fine at any time, and what makes no sense now changes nothing. Must not know the clock.

mod app;
mod build;
mod compare;
mod data;
mod demo;
mod file;
mod hold;
mod home;
mod outside;
mod preview;
mod results;
mod run;
mod save;
mod share;
mod work;

pub use file::LARGEST as LARGEST_FILE;

use crate::effect::Effect;
use crate::model::{Model, Notice, Tone};
use crate::msg::Msg;

/// Takes a message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let before = model.next_notice;
    take(model, msg, &mut effects);
    // What could not be done stays until somebody says that it was read; all else leaves by itself.
    let leaves = |notice: &&Notice| {
        let decides = notice.other.is_some() || (notice.tone == Tone::Warn && model.cut_off);
        notice.id > before && notice.tone != Tone::Bad && !decides
    };
    let new = model.notices.iter().filter(leaves);
    effects.extend(new.map(|notice| Effect::After(app::NOTICE_MS, Box::new(Msg::Dismiss(notice.id)))));
    effects
}

/// Takes a message; what it asks for is added to `out`.
pub(crate) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::Now(moment) => model.now = moment,
        Msg::Started(..)
        | Msg::RouteChanged(_)
        | Msg::Go(_)
        | Msg::ShowTab(_)
        | Msg::Open(_)
        | Msg::Escape
        | Msg::TogglePanel(_)
        | Msg::WalkProblems(_)
        | Msg::Dismiss(_)
        | Msg::TakeOffer(_)
        | Msg::Set(_)
        | Msg::Copy(..)
        | Msg::Copied(..) => app::take(model, msg, out),
        Msg::TestsListed(_)
        | Msg::NewTest
        | Msg::NewFromPaste(_)
        | Msg::HistoryRead(..)
        | Msg::RenameTest(..)
        | Msg::TestRenamed(..)
        | Msg::TestRead(..)
        | Msg::TestFetched(..)
        | Msg::RemoveTest(_)
        | Msg::KeepTest(_)
        | Msg::RemoveDue(_)
        | Msg::CopyTest(_)
        | Msg::NameTest(..)
        | Msg::FileGiven(..)
        | Msg::FileTooLarge(..)
        | Msg::FileUnread(_)
        | Msg::FilesHeld(_)
        | Msg::PickFile => home::take(model, msg, out),
        Msg::Edit(_)
        | Msg::Undo
        | Msg::Redo
        | Msg::Turns(..)
        | Msg::LeaveField
        | Msg::Select(_)
        | Msg::Toggle(_)
        | Msg::DeleteChosen
        | Msg::CopyChosen
        | Msg::NudgeChosen(_)
        | Msg::GroupChosen
        | Msg::SwitchChosen
        | Msg::DropSteps(..)
        | Msg::ClipChosen(_)
        | Msg::QuickAdd(..)
        | Msg::PasteSteps(_)
        | Msg::PasteAddress(..)
        | Msg::Lock(..)
        | Msg::ShowShares(_)
        | Msg::Expand(..) => build::take(model, msg, out),
        Msg::TableGiven(..)
        | Msg::ReadAs(_)
        | Msg::AddTable
        | Msg::AskTable(_)
        | Msg::TableRead(..)
        | Msg::BringIn(_)
        | Msg::TakeOut(_)
        | Msg::TakeOutReplaced(..) => data::take(model, msg, out),
        Msg::SaveDue(_)
        | Msg::Saved(..)
        | Msg::SaveAgain
        | Msg::SaveAsked
        | Msg::SaveCopy
        | Msg::ChangedOutside(..)
        | Msg::KeepMine
        | Msg::LoadTheirs
        | Msg::NameVersion(_)
        | Msg::RestoreVersion(_) => save::take(model, msg, out),
        Msg::TakeOver | Msg::Held(..) => hold::take(model, msg, out),
        Msg::TakeOther(_)
        | Msg::Say(..)
        | Msg::LineLost
        | Msg::LineBack
        | Msg::HostsKnown(_)
        | Msg::FactsKnown(..)
        | Msg::AskTarget
        | Msg::TargetKnown(_)
        | Msg::SetSecret(..)
        | Msg::SecretTaken
        | Msg::RunSecondsAnew(_)
        | Msg::RunIs(_)
        | Msg::RunSays(_)
        | Msg::RunFailures(_)
        | Msg::AskSamples(_)
        | Msg::RunSamples(..)
        | Msg::RenameResult(..)
        | Msg::SetBaseline(..)
        | Msg::KeepResult => outside::take(model, msg, out),
        Msg::Estimated(..)
        | Msg::AskPreview(_)
        | Msg::PreviewDone(..)
        | Msg::PreviewIsSlow(_)
        | Msg::StopPreview
        | Msg::Assume(_)
        | Msg::Previewed(..) => preview::take(model, msg, out),
        Msg::TryOne(..)
        | Msg::TryNow
        | Msg::Wish(_)
        | Msg::TrialNow(_)
        | Msg::NextStep
        | Msg::LookAt(_)
        | Msg::TrialStep(_)
        | Msg::TrialEnded(_)
        | Msg::StopTrial => work::take(model, msg, out),
        Msg::RunTest
        | Msg::ConfirmRun
        | Msg::HostWord(..)
        | Msg::RaiseLimit(_)
        | Msg::RunDemo
        | Msg::RunStarted(_)
        | Msg::RunSeconds(_)
        | Msg::RunRows(_)
        | Msg::RunEvents(_)
        | Msg::RunGoals(_)
        | Msg::RunEnded(_)
        | Msg::RunLost(_)
        | Msg::RunNoted(_)
        | Msg::RunWatched(_)
        | Msg::Order(_)
        | Msg::HideTips => run::take(model, msg, out),
        Msg::ShopIs(_) | Msg::TurnShop(_) | Msg::SeeDemo | Msg::HideOwnWay => demo::take(model, msg, out),
        Msg::ResultsListed(_)
        | Msg::RemoveResult(_)
        | Msg::KeepRemoved(_)
        | Msg::RemovalDue(_)
        | Msg::OpenResult(_)
        | Msg::ResultRead(..)
        | Msg::ShowTrend
        | Msg::SortRows(_)
        | Msg::FilterRows(_) => results::take(model, msg, out),
        Msg::ShareWith(_) | Msg::ShareFile | Msg::ShareMade(..) => share::take(model, msg, out),
    }
}

#[cfg(test)]
pub(crate) mod tests;
