//! The back-end without any program: tests and results are kept in the browser. Must not reach the network.

use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use tidemark_app_model::text::shell as say;
use tidemark_core::wire::{Code, Failure};

use super::{Backend, Ear};

/// The browser alone.
#[derive(Default)]
pub struct Browser {}

impl Backend for Browser {
    fn call(&self, _name: &'static str, _body: Value) -> LocalBoxFuture<'static, Result<Value, Failure>> {
        Box::pin(async move { Err(Failure::new(Code::Unsupported, say::NOT_HERE, say::NOT_HERE_HINT)) })
    }

    fn listen(&self, _ear: Ear) {}
}
