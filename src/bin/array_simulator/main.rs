//! The native server: a simulated fleet over real HTTP, and the console beside it.
//!
//! [`arguments`] says what is wanted, [`site`] is what a reverse proxy would present to browsers,
//! [`own_port`] an array as it would stand in the rack. All of them share one [`fleet`].

mod arguments;
mod fleet;
mod own_port;
mod site;

use std::process::ExitCode;

use arguments::{Arguments, Wanted};

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(Wanted::Help) => {
            println!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Wanted::Server(arguments)) => arguments,
        Err(sentence) => {
            eprintln!("array-simulator: {sentence}\nTry array-simulator --help.");
            return ExitCode::from(2);
        }
    };
    match serve(*arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("array-simulator: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until a signal ends it. One thread: the fleet is one world.
fn serve(arguments: Arguments) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("The runtime cannot start: {error}."))?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let ended = ended()?;
        let fleet = fleet::Shared::new(arguments.options, arguments.story)?;
        for (id, address) in &arguments.own_ports {
            own_port::open(fleet.clone(), id, *address).await?;
        }
        site::open(fleet, arguments.listen, arguments.site).await?;
        ended.await;
        Ok(())
    })
}

/// Waits for Ctrl-C, or for the signal by which services are ended. Heeds them from now on, and not only when it
/// is waited for: who has read our address may send one at once.
#[cfg(unix)]
fn ended() -> Result<impl Future<Output = ()>, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let heed = |kind| signal(kind).map_err(|error| format!("Signals cannot be heeded: {error}."));
    let (mut interrupted, mut terminated) = (heed(SignalKind::interrupt())?, heed(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn ended() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
