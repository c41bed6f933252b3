//! Connections: how many there can be, and how long one may be silent.
//!
//! In: a listener, and the server that answers requests. Out: responses. A browser keeps connections open for later
//! requests, and a program can open many and send nothing. So a silent connection is closed after a while. If there are
//! too many, silent ones are closed at once, so that the next request is answered.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use super::server::{self, Server};

/// The maximum number of connections. Systems let a program open 256 files or more, and each connection can have a file
/// open.
const MOST: usize = 100;
/// The maximum time until the headers of a request are complete, from the connection or the last response.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);
/// The same time if there are too many connections.
const SHORT_SILENCE: Duration = Duration::from_secs(1);
/// The interval at which silent connections are looked for, if there are too many.
const INTERVAL: Duration = Duration::from_millis(100);
/// The maximum time that a new connection waits for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// The response without reading the request.
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 1\r\n\
    Connection: close\r\n\r\nthe preview has too many connections\n";

/// Answers requests for as long as the program runs.
pub(super) async fn run(listener: TcpListener, server: Server) {
    let (places, crowded) = (Arc::new(Semaphore::new(MOST)), Arc::new(Notify::new()));
    loop {
        // An error is about one client, or the program has too many open files.
        let Ok((stream, _)) = listener.accept().await else {
            crowded.notify_waiters();
            sleep(INTERVAL).await;
            continue;
        };
        match place(&places, &crowded).await {
            Some(place) => drop(tokio::spawn(answer(stream, server.clone(), place, crowded.clone()))),
            None => drop(tokio::spawn(timeout(SHORT_SILENCE, refuse(stream)))),
        }
    }
}

/// A place for a connection. If all are taken, silent connections are asked to give way.
async fn place(places: &Arc<Semaphore>, crowded: &Notify) -> Option<OwnedSemaphorePermit> {
    let start = Instant::now();
    loop {
        if let Ok(place) = places.clone().try_acquire_owned() {
            return Some(place);
        }
        if start.elapsed() > LONGEST_WAIT {
            return None;
        }
        crowded.notify_waiters();
        sleep(INTERVAL).await;
    }
}

/// Answers the requests of a connection until it ends, is silent for too long, or has to give way.
async fn answer(stream: TcpStream, server: Server, _place: OwnedSemaphorePermit, crowded: Arc<Notify>) {
    let activity = Arc::new(Activity::new());
    let noted = activity.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (server, request_activity) = (server.clone(), Request::start(noted.clone()));
        async move {
            let response = server::respond(&server, request.into_parts().0).await;
            drop(request_activity);
            Ok::<_, Infallible>(response)
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(LONGEST_SILENCE);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let gives_way = async {
        loop {
            crowded.notified().await;
            if activity.is_silent() {
                return;
            }
        }
    };
    tokio::select! {
        _ = connection => {}
        () = gives_way => {}
    }
}

/// Says that the server is busy, and waits until the client has read this.
async fn refuse(mut stream: TcpStream) {
    if stream.write_all(BUSY.as_bytes()).await.is_ok() && stream.shutdown().await.is_ok() {
        let mut rest = [0; 1024];
        while stream.read(&mut rest).await.is_ok_and(|count| count > 0) {}
    }
}

/// Whether a connection is used.
struct Activity {
    /// The number of requests without a response.
    open: AtomicUsize,
    /// The time of the connection or of the last response.
    last: Mutex<Instant>,
}

impl Activity {
    fn new() -> Self {
        Self { open: AtomicUsize::new(0), last: Mutex::new(Instant::now()) }
    }

    fn is_silent(&self) -> bool {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        self.open.load(Ordering::Relaxed) == 0 && last.elapsed() > SHORT_SILENCE
    }
}

/// A request without a response.
struct Request(Arc<Activity>);

impl Request {
    fn start(activity: Arc<Activity>) -> Self {
        activity.open.fetch_add(1, Ordering::Relaxed);
        Self(activity)
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}
