//! One open tab: it says which page it shows, and is told when that has changed.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::watch;

use super::preview::{Preview, Problems};

/// What a tab shows.
#[derive(Debug, Clone, Deserialize)]
struct Shown {
    /// The path of its address.
    path: String,
    /// The version of its page, in hexadecimal digits.
    version: String,
    /// The number of the state in which its page was made.
    number: u64,
}

/// Keeps a tab in step until it closes.
pub(super) async fn follow(mut socket: WebSocket, mut previews: watch::Receiver<Arc<Preview>>) {
    let Some(Ok(Message::Text(first))) = socket.recv().await else { return };
    let Ok(mut shown) = serde_json::from_str::<Shown>(&first) else { return };
    let mut told: Option<Arc<Problems>> = None;
    loop {
        let preview = previews.borrow_and_update().clone();
        if let Some(news) = news(&preview, &mut shown, &mut told).await
            && socket.send(Message::Text(news.to_string().into())).await.is_err()
        {
            return;
        }
        tokio::select! {
            changed = previews.changed() => if changed.is_err() { return },
            // A tab says nothing more; what comes is its end.
            message = socket.recv() => if !matches!(message, Some(Ok(_))) { return },
        }
    }
}

/// What a tab has to be told: the number of the state, what is wrong, and whether the page or the files beside it are other ones.
async fn news(preview: &Arc<Preview>, shown: &mut Shown, told: &mut Option<Arc<Problems>>) -> Option<Value> {
    let mut news = Map::new();
    if told.as_ref().is_none_or(|told| *told != preview.problems) {
        news.insert(String::from("problems"), preview.problems.message());
        *told = Some(preview.problems.clone());
    }
    if shown.number != preview.number {
        let (state, path) = (preview.clone(), shown.path.clone());
        let version = tokio::task::spawn_blocking(move || state.answer(&path).version()).await.ok()?;
        let version = format!("{version:016x}");
        // Nobody knows which files changed before the server started.
        if version != shown.version || shown.number < preview.first {
            news.insert(String::from("reload"), true.into());
        } else {
            let changed = preview.files.iter().filter(|(_, number)| **number > shown.number);
            let changed: Vec<&str> = changed.map(|(path, _)| &**path).collect();
            if !changed.is_empty() {
                news.insert(String::from("files"), changed.into());
            }
        }
        news.insert(String::from("number"), preview.number.into());
        (shown.version, shown.number) = (version, preview.number);
    }
    (!news.is_empty()).then_some(Value::Object(news))
}
