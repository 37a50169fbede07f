//! The one door: a command's name and body in, what must be seen for it, its answer out. A command is a row here and an
//! [`Answer`] in one of the files beside. Must not know what a command does.

use serde_json::{Map, Value};
use tidemark_core::wire::event::Event;
use tidemark_core::wire::files::Written;
use tidemark_core::wire::table as wire;
use tidemark_core::wire::{Code, Command, Failure, read};

use super::shelf::{Look, Seen, Write};
use super::{Acted, Desk};

/// A command that was understood.
pub struct Asked {
    /// What must be seen before it can be answered.
    pub look: Look,
    act: Act,
}

/// Answers from what was seen, at a moment.
type Act = Box<dyn FnOnce(&mut Desk, &Seen, u64) -> Acted>;

impl Asked {
    pub(super) fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Acted {
        (self.act)(desk, seen, now_ms)
    }
}

/// How a command is answered.
pub(super) trait Answer: Command {
    /// What must be seen.
    fn look(&self) -> Look {
        Look::default()
    }

    /// Its answer.
    ///
    /// # Errors
    /// It can't be done.
    fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<Self::Reply>, Failure>;
}

/// A reply and what comes with it.
pub(super) struct Done<R> {
    pub(super) reply: R,
    pub(super) writes: Vec<Write>,
    pub(super) hold: bool,
    pub(super) tell: Vec<Event>,
}

impl<R> Done<R> {
    /// A reply that changes nothing.
    pub(super) fn reply(reply: R) -> Self {
        Self { reply, writes: Vec::new(), hold: false, tell: Vec::new() }
    }

    pub(super) fn writing(self, writes: Vec<Write>) -> Self {
        Self { writes, ..self }
    }

    /// What is written is too dear to be lost where it can't be.
    pub(super) fn held(self) -> Self {
        Self { hold: true, ..self }
    }

    pub(super) fn telling(self, tell: Vec<Event>) -> Self {
        Self { tell, ..self }
    }
}

/// One arm for each command.
macro_rules! doors {
    ($name:ident, $body:ident; $( $request:ident, )+) => {
        match $name {
            $( <wire::$request as Command>::NAME => asked::<wire::$request>($body), )+
            _ => Err(Failure::unknown($name)),
        }
    };
}

/// Reads a command.
pub(super) fn ask(name: &str, body: Value) -> Result<Asked, Failure> {
    doors! { name, body;
        Hello,
        ReadSettings,
        SaveSettings,
        ListScenarios,
        ReadScenario,
        WriteScenario,
        RemoveScenario,
        RenameScenario,
        CheckScenario,
        ReadFacts,
        ReadTable,
        ReadJournal,
        WriteJournal,
        StartRun,
        StopRun,
        SteerRun,
        RunNow,
        BackfillRun,
        RunSamples,
        StartDemo,
        OpenShop,
        ReadShop,
        TurnKnobs,
        ListResults,
        ReadResult,
        ImportResult,
        RemoveResult,
        RenameResult,
        StartTrial,
        NextInTrial,
        StopTrial,
        CheckTarget,
        SetSecret,
        SecretsNow,
        AllowHost,
        ListHosts,
        ForgetHost,
    }
}

/// Reads a command's body. None at all is as good as an empty one.
fn asked<C: Answer + 'static>(body: Value) -> Result<Asked, Failure> {
    let body = if body.is_null() { Value::Object(Map::new()) } else { body };
    let command: C = read(&body).map_err(|error| Failure::not_understood(C::NAME, &error.to_string()))?;
    let look = command.look();
    let act = Box::new(move |desk: &mut Desk, seen: &Seen, now_ms| match command.answer(desk, seen, now_ms) {
        Ok(Done { reply, writes, hold, tell }) => {
            let reply =
                serde_json::to_value(reply).map_err(|error| Failure::new(Code::Internal, error.to_string(), ""));
            Acted { reply, writes, hold, tell }
        }
        Err(failure) => Acted { reply: Err(failure), writes: Vec::new(), hold: false, tell: Vec::new() },
    });
    Ok(Asked { look, act })
}

/// The reply of a command whose files are held in memory only: where something was written, it says why.
pub(super) fn unkept(reply: Value, why: &Failure) -> Value {
    match read::<Written>(&reply) {
        Ok(written) => serde_json::to_value(Written { unkept: Some(why.clone()), ..written }).unwrap_or(reply),
        Err(_) => reply,
    }
}
