//! The bodies of responses.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use tokio::sync::mpsc;

use super::preview::Content;

/// The number of bytes that are read from a file at once.
const CHUNK: usize = 64 * 1024;
/// The number of chunks that are read before the network takes them.
const AHEAD: usize = 4;

/// A body with these bytes of a content.
pub(super) fn body(content: Content, range: Range<u64>) -> Body {
    match content {
        Content::Memory(bytes) => {
            let bytes = Bytes::from(bytes);
            let at = |offset: u64| usize::try_from(offset).map_or(bytes.len(), |offset| offset.min(bytes.len()));
            Body::from(bytes.slice(at(range.start)..at(range.end)))
        }
        Content::Disk { file, .. } => Body::new(FileBody::read(file, range)),
    }
}

/// A part of a file. A thread reads ahead, so that neither slow disks nor slow networks block other requests, and a file
/// of any size takes little memory.
struct FileBody {
    chunks: mpsc::Receiver<io::Result<Bytes>>,
}

impl FileBody {
    fn read(file: File, range: Range<u64>) -> Self {
        let (sender, chunks) = mpsc::channel(AHEAD);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = send(file, range, &sender) {
                // The receiver is gone if the browser has closed the connection.
                let _ = sender.blocking_send(Err(error));
            }
        });
        Self { chunks }
    }
}

/// Sends the bytes in chunks until they end or nobody receives them.
fn send(mut file: File, range: Range<u64>, sender: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    file.seek(SeekFrom::Start(range.start))?;
    let mut rest = file.take(range.end - range.start);
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        rest.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() || sender.blocking_send(Ok(chunk.into())).is_err() {
            return Ok(());
        }
    }
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.chunks.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
