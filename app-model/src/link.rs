//! Between the app and whatever makes its runs: effects become calls, replies and events become messages.

use tidemark_core::wire::{Failure, Told};

use crate::effect::Effect;
use crate::msg::Msg;

/// Messages for the model, and calls to make.
pub type Turn = (Vec<Msg>, Vec<Call>);

/// What a call was for.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag;

/// A call to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The command's name.
    pub name: &'static str,
    /// What it takes.
    pub body: serde_json::Value,
    /// What it was for.
    pub tag: Tag,
}

/// What an effect asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// These calls.
    Calls(Vec<Call>),
    /// Nothing of the other side.
    Elsewhere,
}

/// The state of the connection.
#[derive(Debug, Default)]
pub struct Link;

impl Link {
    /// The address that the app was opened with.
    pub fn opened_at(&mut self, _address: &str) {}
    /// The first calls.
    pub fn hello(&mut self) -> Vec<Call> {
        Vec::new()
    }
    /// What an effect asks of the other side.
    pub fn ask(&mut self, _effect: &Effect) -> Asked {
        Asked::Elsewhere
    }
    /// The reply to a call.
    pub fn answered(&mut self, _tag: Tag, _answer: Result<serde_json::Value, Failure>) -> Turn {
        Turn::default()
    }
    /// Something happened.
    pub fn told(&mut self, _told: Told) -> Turn {
        Turn::default()
    }
    /// The line is lost.
    pub fn lost(&mut self) -> Vec<Msg> {
        Vec::new()
    }
    /// It is there again.
    pub fn again(&mut self) -> Vec<Call> {
        Vec::new()
    }
}
