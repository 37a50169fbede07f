//! `tidemark serve`: the app in a browser. Opens the app's folder, listens, prints the address, and ends a run gently when
//! it is told to end itself.
//!
//! Must not decide what a command does: that is the host's.

mod access;
mod address;
mod assets;
mod browser;
mod events;
mod http;
mod pages;

use std::sync::Arc;
use std::time::Duration;

use tidemark_core::wire::run::Stop;
use tidemark_core::wire::table::{RunNow, StopRun};
use tidemark_core::wire::{Capabilities, Command, Event, SecretsLive};
use tidemark_host::practice::PracticeShop;
use tidemark_host::{Code, Failure, Host, Options, Subscription};
use tokio::sync::watch;

use crate::args::ServeArgs;
use crate::exit::Exit;
use crate::road;
use crate::show::{self, Paint};
use crate::signals::Signals;
use access::Access;
use address::Listening;
use assets::Assets;

/// So long pages may take to hear how a run ended, once the program is told to end.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Serves the app until Ctrl-C.
pub fn serve(args: &ServeArgs) -> Result<Exit, Failure> {
    let host = Host::open(options(args)?)?;
    let assets = Assets::find(args.ui.as_deref())?;
    let done = road::runtime()?.block_on(async {
        let listening = address::listen(args.host.as_deref(), args.port).await?;
        let access = Arc::new(Access::new(&listening)?);
        announce(args, &listening, &access)?;
        let (close, closing) = watch::channel(false);
        let assets = Arc::new(assets);
        let app = http::App { host: host.clone(), assets, access: access.clone(), closing: closing.clone() };
        let server = axum::serve(listening.socket, http::router(app)).with_graceful_shutdown(closed(closing));
        let mut serving = tokio::spawn(server.into_future());
        access::fresh_keys_on_enter(access);
        let exit = until_told(&host).await;
        close.send_replace(true);
        if tokio::time::timeout(LAST_WORDS, &mut serving).await.is_err() {
            serving.abort();
        }
        exit
    });
    // Off the runtime, as it may wait for the last words of a run.
    host.close();
    done
}

/// Waits until the app is to be served no more.
async fn closed(mut closing: watch::Receiver<bool>) {
    // Whoever could have said so may be gone; that means the same.
    let _ = closing.wait_for(|closing| *closing).await;
}

fn options(args: &ServeArgs) -> Result<Options, Failure> {
    // A page can't show the files of this computer to choose from, and nobody who reaches it should read them.
    let secrets = SecretsLive::ForSession;
    let capabilities = Capabilities { runs: true, tries: true, chosen_paths: false, secrets, shop: true };
    let usual = Options::usual(capabilities);
    let options = match (&args.folder, usual) {
        (Some(folder), Some(usual)) => Options { folder: folder.clone(), ..usual },
        (Some(folder), None) => {
            Options { folder: folder.clone(), config: folder.clone(), capabilities, practice: None, keychain: None }
        }
        (None, Some(usual)) => usual,
        (None, None) => {
            let message = "There is no home folder to keep scenarios and results in.";
            return Err(Failure::new(Code::Io, message, "Name a folder with --folder."));
        }
    };
    Ok(options.with_practice(Arc::new(PracticeShop::new())))
}

fn announce(args: &ServeArgs, listening: &Listening, access: &Access) -> Result<(), Failure> {
    let url = access.fresh_address();
    show::print(&format!("{url}\n"))?;
    if let Some(taken) = listening.taken {
        show::note(&format!("Port {taken} is taken, so this is port {}.", listening.address.port()));
    }
    if !listening.address.ip().is_loopback() {
        let words = "Other computers can reach this. Whoever has the address above can make load from here, and the line is \
            not encrypted.";
        show::note(&Paint::err().yellow(words));
        if listening.address.ip().is_unspecified() {
            show::note("From another computer, use this one's IP address in place of the one above.");
        }
    }
    if args.open || (!args.no_open && browser::is_likely()) {
        browser::open(&url);
        show::note("The app opens in your browser. If not, open the address above.");
    } else {
        show::note("Open this address in your browser. It works once.");
    }
    let enter = if access::hears_enter() { "Enter prints a fresh address. " } else { "" };
    show::note(&format!("{enter}Ctrl-C ends the app."));
    Ok(())
}

/// Waits until somebody ends the program. A run under way is stopped gently first, and at once if they insist.
async fn until_told(host: &Host) -> Result<Exit, Failure> {
    let Some(mut signals) = Signals::new() else {
        return Err(Failure::new(Code::Internal, "Nothing could end this program, so it did not start.", ""));
    };
    signals.next().await;
    if !host.is_busy() {
        return Ok(Exit::Fine);
    }
    let mut events = host.subscribe(None);
    show::note("\nStopping: people finish what they are doing. Ctrl-C once more ends at once.");
    if stop_gently(host).await.is_ok() && host.is_busy() {
        tokio::select! {
            result = until_ended(&mut events) => if let Some(result) = result {
                show::note(&format!("Result: {result}"));
            },
            () = signals.next() => show::note("\nEnding at once."),
        }
    }
    Ok(Exit::Interrupted)
}

async fn stop_gently(host: &Host) -> Result<(), Failure> {
    let body = |body| serde_json::to_value(body).unwrap_or_default();
    let found = host.call(RunNow::NAME, serde_json::Value::Null).await?;
    let Some(run) = found["state"]["run"].as_u64() else {
        return Err(Failure::new(Code::NotFound, "The run has not begun yet.", ""));
    };
    host.call(StopRun::NAME, body(StopRun { run, how: Stop::Gently })).await.map(drop)
}

/// Waits for the end of a run; the file of its result.
async fn until_ended(events: &mut Subscription) -> Option<String> {
    loop {
        if let Event::RunEnded(ended) = &events.next().await.event {
            return ended.over.result.clone();
        }
    }
}
