//! The connection to an open tab. The tab sends the page that it shows, and gets a message when the page has changed.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::preview::{Preview, Problems};

/// The page in a tab.
#[derive(Debug, Clone, Deserialize)]
struct TabPage {
    /// The path of its address.
    path: String,
    /// Its version, in hexadecimal digits.
    version: String,
    /// The number of the preview state from which it was rendered.
    number: u64,
}

/// The maximum time without a message from a tab. Then the tab is asked whether it still exists.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);

/// Keeps a tab up to date until it closes.
pub(super) async fn follow(mut socket: WebSocket, mut previews: watch::Receiver<Arc<Preview>>) {
    let Ok(Some(Ok(Message::Text(first)))) = timeout(LONGEST_SILENCE, socket.recv()).await else { return };
    let Ok(mut page) = serde_json::from_str::<TabPage>(&first) else { return };
    let mut last_problems: Option<Arc<Problems>> = None;
    let mut is_asked = false;
    loop {
        let preview = previews.borrow_and_update().clone();
        if let Some(message) = message(&preview, &mut page, &mut last_problems).await
            && socket.send(Message::Text(message.to_string().into())).await.is_err()
        {
            return;
        }
        tokio::select! {
            changed = previews.changed() => if changed.is_err() { return },
            // A tab only answers pings. An error or `None` means that it has closed.
            received = socket.recv() => match received {
                Some(Ok(_)) => is_asked = false,
                _ => return,
            },
            // The machine of a silent tab may be off.
            () = sleep(LONGEST_SILENCE) => {
                if is_asked || socket.send(Message::Ping(Default::default())).await.is_err() {
                    return;
                }
                is_asked = true;
            }
        }
    }
}

/// The message to a tab, if there is news: the number of the state, the problems, and whether the page or published
/// files have changed.
async fn message(
    preview: &Arc<Preview>,
    page: &mut TabPage,
    last_problems: &mut Option<Arc<Problems>>,
) -> Option<Value> {
    let mut message = Map::new();
    if last_problems.as_ref().is_none_or(|problems| *problems != preview.problems) {
        message.insert(String::from("problems"), preview.problems.message());
        *last_problems = Some(preview.problems.clone());
    }
    if page.number != preview.number {
        let (state, path) = (preview.clone(), page.path.clone());
        let version = tokio::task::spawn_blocking(move || state.answer(&path).version()).await.ok()?;
        let version = format!("{version:016x}");
        // A page from before the server started is reloaded, because the files that have changed since then are not
        // known.
        if version != page.version || page.number < preview.first {
            message.insert(String::from("reload"), true.into());
        } else {
            let changed = preview.files.iter().filter(|(_, number)| **number > page.number);
            let changed: Vec<&str> = changed.map(|(path, _)| &**path).collect();
            if !changed.is_empty() {
                message.insert(String::from("files"), changed.into());
            }
        }
        message.insert(String::from("number"), preview.number.into());
        (page.version, page.number) = (version, preview.number);
    }
    (!message.is_empty()).then_some(Value::Object(message))
}
