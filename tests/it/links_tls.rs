//! Outside addresses over encrypted connections, asked for at servers of the test with certificates of the test.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::harness::{Run, Site};

/// An authority that no machine trusts by itself.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its certificate, as files have it.
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// Starts a server whose certificate it signed, and which answers all requests. Out: its port.
    fn server(&self, change: impl FnOnce(&mut CertificateParams)) -> u16 {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![String::from("localhost")]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap();
        let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().map(Result::unwrap) {
                let connection = ServerConnection::new(config.clone()).unwrap();
                thread::spawn(move || answer(StreamOwned::new(connection, stream)));
            }
        });
        port
    }
}

fn answer(stream: StreamOwned<ServerConnection, std::net::TcpStream>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    // A client that does not trust the certificate sends no request.
    while reader.read_line(&mut line).is_ok_and(|size| size > 2) {
        line.clear();
    }
    let mut stream = reader.into_inner();
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

const CHECK: [&str; 5] = ["check", "--links", "--allow-private", "--timeout", "20"];

fn site(addresses: &[String]) -> Site {
    Site::new().prose(&addresses.iter().map(|address| format!("- <{address}>\n")).collect::<String>())
}

/// What was said of an address.
fn said(run: &Run, address: &str) -> String {
    let line = run.stdout.lines().find_map(|line| line.trim().strip_prefix(&format!("{address}: ")));
    line.unwrap_or_else(|| panic!("{address} in {run}")).to_owned()
}

#[test]
fn a_certificate_that_no_authority_signed_is_told_and_proves_nothing() {
    let port = Authority::new("Nobody").server(|_| {});
    let address = format!("https://localhost:{port}/");
    let run = site(std::slice::from_ref(&address)).run(&CHECK);
    assert_eq!(said(&run, &address), "no authority that this machine trusts signed its certificate");
    assert!(run.stdout.contains("Can't be judged, look at them in a browser (1)"), "{run}");
    assert_eq!(run.status, 0, "{run}");
}

/// A company that signs the certificates of its servers itself names its authority in a variable.
#[cfg(target_os = "linux")]
#[test]
fn an_authority_that_the_environment_names_is_trusted() {
    let authority = Authority::new("A company");
    let right = format!("https://localhost:{}/", authority.server(|_| {}));
    let other = format!("https://localhost:{}/", Authority::new("Nobody").server(|_| {}));
    let name = format!("https://127.0.0.1:{}/", authority.server(|_| {}));
    let old = authority.server(|params| {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    });
    let old = format!("https://localhost:{old}/");
    let site = site(&[right.clone(), other.clone(), name.clone(), old.clone()]).file("authority.pem", &authority.pem);
    let run = site.run_with("SSL_CERT_FILE", site.path("authority.pem"), &CHECK);
    let lock = std::fs::read_to_string(site.path("links.lock")).unwrap();
    assert!(lock.contains(&format!("[\"{right}\"]\nstatus = 200\n")), "{lock}");
    assert_eq!(said(&run, &other), "no authority that this machine trusts signed its certificate");
    assert_eq!(said(&run, &name), "its certificate is for another name");
    assert_eq!(said(&run, &old), "its certificate has expired");
    // What is in the lock file can be read again.
    assert_eq!(site.run(&["status"]).status, 0);
}
