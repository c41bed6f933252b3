//! The HTTP server. It does not read the disk: a path that is not a route of the site is not found.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, State, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::live;
use super::preview::{Answer, Preview};

/// Paths of the preview itself. They can't conflict with content, whose names don't start with a dot.
const SCRIPT_PATH: &str = "/.filiere/preview.js";
const LIVE_PATH: &str = "/.filiere/live";
/// The maximum size of a tab's message in bytes. A tab sends only the page that it shows.
const LONGEST_MESSAGE: usize = 64 * 1024;
const SCRIPT: &str = include_str!("preview.js");

/// The state that requests share.
#[derive(Clone)]
pub(super) struct Server {
    pub previews: watch::Receiver<Arc<Preview>>,
    pub host: Arc<str>,
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

/// Answers requests for as long as the program runs.
pub(super) async fn run(listener: TcpListener, server: Server) -> std::io::Result<()> {
    axum::serve(listener, Router::new().fallback(respond).with_state(server)).await
}

async fn respond(State(server): State<Server>, request: Request<Body>) -> Response<Body> {
    let (mut parts, _) = request.into_parts();
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
            response(Answer { status: 200, kind, location: None, body: SCRIPT.into() })
        }
        LIVE_PATH => upgrade(&server, &mut parts, &host).await,
        path => page(&server, path.to_owned()).await,
    }
}

/// A page or a file of the site. Pages get the script of the preview.
async fn page(server: &Server, path: String) -> Response<Body> {
    let preview = server.previews.borrow().clone();
    let rendered = tokio::task::spawn_blocking(move || {
        let mut answer = preview.answer(&path);
        if answer.is_html() {
            let version = answer.version();
            insert_script(&mut answer.body, version, preview.number);
        }
        answer
    });
    match rendered.await {
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
    let origin = parts.headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let is_same =
        origin.is_none_or(|origin| origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host)));
    if !is_same {
        return refusal(StatusCode::FORBIDDEN, "only pages of the preview may connect here\n");
    }
    let previews = server.previews.clone();
    match WebSocketUpgrade::from_request_parts(parts, &()).await {
        Ok(upgrade) => {
            upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(move |socket| live::follow(socket, previews))
        }
        Err(_) => refusal(StatusCode::BAD_REQUEST, "this address takes WebSocket connections only\n"),
    }
}

fn response(answer: Answer) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut header = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    header(header::CONTENT_TYPE, &answer.kind);
    header(header::CONTENT_LENGTH, &answer.body.len().to_string());
    // A cached response could be stale.
    header(header::CACHE_CONTROL, "no-store");
    header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(location) = &answer.location {
        header(header::LOCATION, location);
    }
    *response.body_mut() = Body::from(answer.body);
    response
}

fn refusal(status: StatusCode, sentence: &'static str) -> Response<Body> {
    let kind = String::from("text/plain; charset=utf-8");
    response(Answer { status: status.as_u16(), kind, location: None, body: sentence.into() })
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
