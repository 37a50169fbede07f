//! One person tried out: the engine's trial, with its secrets taken out. Must not know how it is shown.

use std::sync::Arc;

use tidemark_core::plan::{Left, Plan};
use tidemark_core::result::Redactor;
use tidemark_core::traffic::Trouble;
use tidemark_engine::once;
use tokio::sync::mpsc::UnboundedSender;

pub use tidemark_engine::once::{Answered, Ending, LONGEST, MOST_REQUESTS, TryEvent};

use crate::failure::{Code, Failure};

/// Who is to be tried out.
#[derive(Debug)]
pub struct Order {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Name of the user type; the first if `None`.
    pub user: Option<String>,
    /// Name of the only task to do; each of the user type's once if `None`.
    pub task: Option<String>,
    /// Whether pauses are skipped.
    pub skip_pauses: bool,
    /// Whether each request waits for a word of [`Trial::go`].
    pub by_hand: bool,
    /// The row of each data table that the person gets, from 1; the first if `None`.
    pub row: Option<u64>,
    /// Hosts beyond this computer that may be asked.
    pub allowed: Vec<String>,
}

/// A trial under way.
#[derive(Debug)]
pub struct Trial {
    under_way: once::UnderWay,
    redactor: Redactor,
}

/// Starts a trial.
///
/// # Errors
/// No such user type or task, or the network can't be used as the scenario says.
pub fn start(order: &Order) -> Result<Trial, Failure> {
    let plan = &order.plan;
    let user_type = match &order.user {
        None => 0,
        Some(name) => {
            let names = plan.types.iter().map(|user| user.name.as_str());
            find("user type", name, &names.collect::<Vec<_>>())?
        }
    };
    let tasks = match &order.task {
        None => Vec::new(),
        Some(name) => {
            let tasks = plan.types.get(user_type).map_or(&[][..], |user| &user.tasks);
            let names = tasks.iter().map(|task| plan.names[task.name.at()].label.as_str());
            vec![find("task", name, &names.collect::<Vec<_>>())?]
        }
    };
    let trial = once::Trial {
        plan: plan.clone(),
        user_type,
        tasks,
        skip_pauses: order.skip_pauses,
        by_hand: order.by_hand,
        row: order.row.map(|row| row.saturating_sub(1)),
        allowed: order.allowed.clone(),
        started_wall_us: jiff::Timestamp::now().as_microsecond(),
    };
    let under_way = once::try_one(trial)
        .map_err(|error| Failure::new(Code::Invalid, format!("The trial could not start: {error}."), ""))?;
    Ok(Trial { under_way, redactor: Redactor::new(&plan.secrets) })
}

fn find(what: &str, name: &str, known: &[&str]) -> Result<usize, Failure> {
    known.iter().position(|have| *have == name).ok_or_else(|| {
        let hint = format!("There are: {}.", known.join(", "));
        Failure::new(Code::NotFound, format!("No {what} that takes part is called \"{name}\"."), hint)
    })
}

impl Trial {
    /// Whatever is sent here lets one request go that waits for it.
    pub fn go(&self) -> UnboundedSender<()> {
        self.under_way.go.clone()
    }

    /// What happens next, without secrets; `None` when all was told.
    pub async fn next(&mut self) -> Option<TryEvent> {
        let mut event = self.under_way.events.recv().await?;
        self.scrub(&mut event);
        Some(event)
    }

    fn scrub(&self, event: &mut TryEvent) {
        let clean = |text: &mut String| *text = self.redactor.text(text);
        let trouble = |trouble: &mut Trouble| trouble.detail = self.redactor.text(&trouble.detail);
        match event {
            TryEvent::Sent { line, text, .. } => {
                clean(line);
                clean(text);
            }
            TryEvent::Answered(answered) => {
                clean(&mut answered.text);
                answered.trouble.iter_mut().for_each(trouble);
                answered.values.iter_mut().filter_map(|(_, value)| value.as_mut()).for_each(clean);
            }
            TryEvent::NotSent { trouble: why, .. } | TryEvent::CheckFailed { trouble: why, .. } => trouble(why),
            TryEvent::Left(Ending::Left(Left::Removed(why) | Left::StopTest(why))) => trouble(why),
            TryEvent::Held { .. } | TryEvent::Waited { .. } | TryEvent::Measured { .. } | TryEvent::Left(_) => {}
        }
    }
}
