//! The responses to requests. A path that is not a route of the site is not found, whatever is on the disk.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use super::body::body;
use super::live;
use super::preview::{Answer, Content, HTML, Preview};
use super::range::{Part, part};

/// Paths of the preview itself. They can't conflict with content, whose names don't start with a dot.
const SCRIPT_PATH: &str = "/.filiere/preview.js";
const LIVE_PATH: &str = "/.filiere/live";
/// The maximum size of a tab's message in bytes. A tab sends only the page that it shows.
const LONGEST_MESSAGE: usize = 64 * 1024;
const SCRIPT: &str = include_str!("preview.js");

/// The maximum number of open tabs.
const MOST_TABS: usize = 50;

/// The state that requests share.
#[derive(Clone)]
pub(super) struct Server {
    previews: watch::Receiver<Arc<Preview>>,
    host: Arc<str>,
    tabs: Arc<Semaphore>,
}

impl Server {
    /// A server of the newest preview. `host` is the name or address that the user named.
    pub(super) fn new(previews: watch::Receiver<Arc<Preview>>, host: &str) -> Self {
        Self { previews, host: host.into(), tabs: Arc::new(Semaphore::new(MOST_TABS)) }
    }
}

/// Listens on the first free port from `port` to `port + 100`. With 0, the system chooses a port.
///
/// # Errors
/// The host is not an address of this machine, or none of the ports is free.
pub(super) async fn bind(host: &str, port: u16) -> std::io::Result<TcpListener> {
    let mut next = port;
    loop {
        match TcpListener::bind((host, next)).await {
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && next < port.saturating_add(100) => next += 1,
            result => return result,
        }
    }
}

/// The response to a request.
pub(super) async fn respond(server: &Server, mut parts: Parts) -> Response<Body> {
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    if !is_our_name(host_of(&host), &server.host) {
        return refusal(StatusCode::MISDIRECTED_REQUEST, "this preview has another host name\n");
    }
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "the preview is read-only\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match parts.uri.path() {
        SCRIPT_PATH => {
            let kind = String::from("text/javascript; charset=utf-8");
            response(Answer { status: 200, kind, location: None, body: Content::Memory(SCRIPT.into()) })
        }
        LIVE_PATH => upgrade(server, &mut parts, &host).await,
        _ => page(server, &parts).await,
    }
}

/// A page or a file of the site. Pages get the script of the preview.
async fn page(server: &Server, parts: &Parts) -> Response<Body> {
    let path = parts.uri.path().to_owned();
    let preview = server.previews.borrow().clone();
    let rendered = tokio::task::spawn_blocking(move || {
        let mut answer = preview.answer(&path);
        let version = answer.version();
        if let (true, Content::Memory(body)) = (answer.kind.starts_with(HTML), &mut answer.body) {
            insert_script(body, version, preview.number);
        }
        answer
    });
    match rendered.await {
        Ok(answer) if answer.status == 200 && !answer.kind.starts_with(HTML) => file(answer, parts),
        Ok(answer) => response(answer),
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be rendered\n"),
    }
}

/// Inserts the script at the start of the head, so that it runs before all other scripts. Without a head, it goes to
/// the end.
fn insert_script(body: &mut Vec<u8>, version: u64, number: u64) {
    const HEAD: &[u8] = b"<head>";
    let script = format!(
        "<script src=\"{SCRIPT_PATH}\" data-version=\"{version:016x}\" data-number=\"{number}\" defer></script>"
    );
    let at = body.windows(HEAD.len()).position(|window| window == HEAD).map_or(body.len(), |at| at + HEAD.len());
    body.splice(at..at, script.into_bytes());
}

async fn upgrade(server: &Server, parts: &mut Parts, host: &str) -> Response<Body> {
    // Browsers let any site open a WebSocket to any other site, so the server must check the origin.
    // Programs that are no browsers send none. One that is not ASCII is that of no page.
    let is_ours = |origin: &HeaderValue| {
        let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        origin.is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host))
    };
    if !parts.headers.get_all(header::ORIGIN).iter().all(is_ours) {
        return refusal(StatusCode::FORBIDDEN, "only pages of the preview may connect here\n");
    }
    let Ok(place) = server.tabs.clone().try_acquire_owned() else {
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "too many tabs show this preview\n");
    };
    let previews = server.previews.clone();
    match WebSocketUpgrade::from_request_parts(parts, &()).await {
        Ok(upgrade) => upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(move |socket| async move {
            live::follow(socket, previews).await;
            drop(place);
        }),
        Err(_) => refusal(StatusCode::BAD_REQUEST, "this address takes WebSocket connections only\n"),
    }
}

/// A file, or the part of it that the request asks for.
fn file(answer: Answer, parts: &Parts) -> Response<Body> {
    let length = answer.body.length();
    let tag = format!("\"{:016x}\"", answer.body.version());
    let mut response = match requested(parts, &tag, length) {
        Part::Whole => response(answer),
        Part::Bytes(range) => {
            let text = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let mut response = response_with(206, &answer.kind, range.end - range.start);
            *response.body_mut() = body(answer.body, range);
            insert(response.headers_mut(), header::CONTENT_RANGE, &text);
            response
        }
        Part::Missing => {
            let mut response = refusal(StatusCode::RANGE_NOT_SATISFIABLE, "the file has no such part\n");
            insert(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{length}"));
            response
        }
    };
    insert(response.headers_mut(), header::ACCEPT_RANGES, "bytes");
    insert(response.headers_mut(), header::ETAG, &tag);
    response
}

/// The part of a file that a request asks for. With `If-Range`, the file must still have this tag.
fn requested(parts: &Parts, tag: &str, length: u64) -> Part {
    let header = |name: HeaderName| parts.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match header(header::RANGE) {
        Some(range) if parts.method == Method::GET && header(header::IF_RANGE).is_none_or(|known| known == tag) => {
            part(range, length)
        }
        _ => Part::Whole,
    }
}

fn response(answer: Answer) -> Response<Body> {
    let length = answer.body.length();
    let mut response = response_with(answer.status, &answer.kind, length);
    if let Some(location) = &answer.location {
        insert(response.headers_mut(), header::LOCATION, location);
    }
    *response.body_mut() = body(answer.body, 0..length);
    response
}

/// A response whose body is still missing.
fn response_with(status: u16, kind: &str, length: u64) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    insert(headers, header::CONTENT_TYPE, kind);
    insert(headers, header::CONTENT_LENGTH, &length.to_string());
    // A cached response could be stale.
    insert(headers, header::CACHE_CONTROL, "no-store");
    insert(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn refusal(status: StatusCode, sentence: &'static str) -> Response<Body> {
    let kind = String::from("text/plain; charset=utf-8");
    response(Answer { status: status.as_u16(), kind, location: None, body: Content::Memory(sentence.into()) })
}

/// The host of a `Host` header, without its port.
fn host_of(header: &str) -> &str {
    match header.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => header.rsplit_once(':').map_or(header, |(host, _)| host),
    }
}

/// Whether a request for this host is meant for this server. In an attack by DNS rebinding, a foreign name leads to
/// this server and is the host of the request. IP addresses, `localhost` and the host that the user named can't be
/// rebound.
fn is_our_name(host: &str, bound: &str) -> bool {
    let lowered = host.to_ascii_lowercase();
    let is_local = lowered == "localhost" || lowered.ends_with(".localhost");
    is_local || (!host.is_empty() && lowered == bound.to_ascii_lowercase()) || host.parse::<IpAddr>().is_ok()
}

/// The address to open in a browser. If the host means all addresses of this machine, it is the loopback address.
pub(super) fn address(host: &str, bound: SocketAddr) -> String {
    let host = match host.parse::<IpAddr>() {
        Ok(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.to_string(),
        Ok(IpAddr::V6(ip)) => format!("[{ip}]"),
        _ => host.to_owned(),
    };
    format!("http://{host}:{}", bound.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_cannot_be_rebound_are_ours() {
        for ours in ["localhost", "LOCALHOST", "portal.localhost", "127.0.0.1", "192.168.1.7", "::1", "atelier.lan"] {
            assert!(is_our_name(ours, "atelier.lan"), "{ours}");
        }
        for other in ["", "example.org", "localhost.example.org", "127.0.0.1.example.org", "lan"] {
            assert!(!is_our_name(other, "atelier.lan"), "{other}");
        }
    }

    #[test]
    fn a_host_header_may_have_a_port() {
        let headers =
            [("localhost:4400", "localhost"), ("127.0.0.1", "127.0.0.1"), ("[::1]:80", "::1"), ("[::1]", "::1")];
        for (header, host) in headers {
            assert_eq!(host_of(header), host);
        }
    }

    #[test]
    fn the_script_is_at_the_start_of_the_head_or_else_at_the_end() {
        let with = |page: &str| {
            let mut body = page.as_bytes().to_vec();
            insert_script(&mut body, 1, 2);
            String::from_utf8(body).unwrap()
        };
        assert!(with("<html><head><title>").starts_with("<html><head><script src=\"/.filiere/preview.js\""));
        assert!(with("<p>no head").starts_with("<p>no head<script"));
    }
}
