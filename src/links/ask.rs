//! Asks addresses on the web.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::fmt::rfc2822;
use rustls::CertificateError;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};

use super::answer::{Answer, Failure};
use super::guard::{Guard, IsPrivate};
use super::queue::Queue;
use super::visit::{Reply, Visit};

/// The most requests at a time.
const AT_A_TIME: usize = 16;
/// The most bytes of the head of a response.
const MOST_HEADER: usize = 64 * 1024;

/// How addresses are asked.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether addresses on this machine and in its network are asked.
    pub private: bool,
    /// How long a request may take.
    pub patience: Duration,
}

/// Asks addresses, in no order, and calls `ended` with the number of answers whenever there is one more.
///
/// Nothing but the heads of responses is read. Requests go straight to the hosts, through no proxy: behind a proxy, nobody
/// would know which address a name means.
pub fn ask(addresses: &[&str], options: Options, ended: &(dyn Fn(usize) + Sync)) -> Vec<(Box<str>, Answer)> {
    let queue = Queue::new(addresses.iter().filter_map(|address| Visit::new(address)));
    let agent = agent(options);
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(visit) = queue.next() {
                    let reply = request(&agent, &visit);
                    ended(queue.reply(visit, &reply));
                }
            });
        }
    });
    queue.answers()
}

fn agent(options: Options) -> Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(None)
        .user_agent(concat!("filiere/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .accept("*/*")
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(MOST_HEADER)
        .max_idle_connections(0)
        .timeout_global(Some(options.patience))
        .build();
    Agent::with_parts(config, DefaultConnector::new(), Guard::new(options.private))
}

fn request(agent: &Agent, visit: &Visit) -> Reply {
    let url = visit.url.as_str();
    let response = if visit.head { agent.head(url).call() } else { agent.get(url).call() };
    match response {
        Ok(response) => Reply::Response(response.status().as_u16(), header(&response, "location"), pause(&response)),
        Err(error) => Reply::None(failure(&error)),
    }
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    Some(String::from_utf8_lossy(response.headers().get(name)?.as_bytes()).trim().to_owned())
}

/// How long the server asks to wait (RFC 9110, section 10.2.3): in seconds, or until a time by its own clock.
fn pause(response: &Response<Body>) -> Option<Duration> {
    let text = header(response, "retry-after")?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = |text: &str| rfc2822::parse(text).ok().map(|time| time.timestamp().as_second());
    let seconds = time(&text)? - time(&header(response, "date")?)?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::HostNotFound => Failure::NoHost,
        Error::Timeout(_) => Failure::Timeout,
        Error::Other(other) if other.is::<IsPrivate>() => Failure::Private,
        Error::Protocol(_) | Error::LargeResponseHeader(..) => Failure::NotHttp,
        Error::Rustls(error) => of_encryption(error),
        Error::Tls(_) => Failure::Tls,
        Error::Io(error) => of_connection(error),
        _ => Failure::Broken,
    }
}

fn of_connection(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Refused,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::Timeout,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            Failure::Unreachable
        }
        // The standard library has no kind for what the resolver of names says; other errors of connections have one.
        _ if error.to_string().contains("lookup address") => Failure::NoHost,
        _ => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(error) => of_encryption(error),
            None => Failure::Broken,
        },
    }
}

fn of_encryption(error: &rustls::Error) -> Failure {
    let rustls::Error::InvalidCertificate(error) = error else { return Failure::Tls };
    match error {
        CertificateError::UnknownIssuer => Failure::NoAuthority,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Failure::Expired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Failure::OtherName,
        _ => Failure::Tls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_what_is_wrong_with_a_certificate() {
        let failure = |error: CertificateError| {
            let error = rustls::Error::InvalidCertificate(error);
            // A connection gives the error as it is, or in one of its own.
            let inner = io::Error::new(io::ErrorKind::InvalidData, error.clone());
            assert_eq!(super::failure(&Error::Rustls(error.clone())), super::failure(&Error::Io(inner)), "{error}");
            super::failure(&Error::Rustls(error))
        };
        assert_eq!(failure(CertificateError::UnknownIssuer), Failure::NoAuthority);
        assert_eq!(failure(CertificateError::Expired), Failure::Expired);
        assert_eq!(failure(CertificateError::NotValidForName), Failure::OtherName);
        assert_eq!(failure(CertificateError::Revoked), Failure::Tls);
        assert_eq!(super::failure(&Error::Rustls(rustls::Error::DecryptError)), Failure::Tls);
    }
}
