//! Outside addresses, asked for at a server of the test.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::harness::{Run, Site};

/// A server on this machine. The path of a request decides what it answers.
struct Server {
    port: u16,
    /// The first lines of all requests.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), requests: Arc::default() };
        let requests = server.requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map(Result::unwrap) {
                let requests = requests.clone();
                thread::spawn(move || answer(stream, &requests));
            }
        });
        server
    }

    /// Whether a request was made: `HEAD /a`.
    fn count(&self, request: &str) -> usize {
        self.requests.lock().unwrap().iter().filter(|line| **line == request).count()
    }
}

fn answer(mut stream: TcpStream, requests: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    let _ = reader.read_line(&mut first);
    let request = first.rsplit_once(' ').map_or("", |(request, _)| request).to_owned();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
    }
    let earlier = {
        let mut requests = requests.lock().unwrap();
        requests.push(request.clone());
        requests.iter().filter(|line| **line == request).count() - 1
    };
    let (method, path) = request.split_once(' ').unwrap_or(("", ""));
    let status = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let to = |code: u16, location: &str| {
        format!("HTTP/1.1 {code} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let text = match path {
        path if path.starts_with("/slow") => {
            thread::sleep(Duration::from_secs(20));
            return;
        }
        "/loop" => to(302, "/loop2"),
        "/loop2" => to(302, "/loop"),
        "/old" => to(301, "/new"),
        "/for-now" => to(302, "/new"),
        "/busy" if earlier == 0 => "HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n".into(),
        "/too-busy" => "HTTP/1.1 429 Slow down\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n".into(),
        "/broken" => status("503 Unavailable"),
        "/login" => status("403 Forbidden"),
        "/gone" => status("404 Not Found"),
        "/no-head" if method == "HEAD" => status("405 Method Not Allowed"),
        "/huge" if method == "HEAD" => status("501 Not Implemented"),
        "/huge" => {
            // A body without end: only who reads it would notice.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 65536]).is_ok() {}
            return;
        }
        "/header" => format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Filler: xxxxxxxxxxxxxxxxxxxxxxxx\r\n".repeat(10_000)),
        "/not-http" => "SSH-2.0-OpenSSH_9.2\r\n".into(),
        _ => status("200 OK"),
    };
    let _ = stream.write_all(text.as_bytes());
}

/// A port on which nothing listens, before another one in the order of addresses.
fn closed_before(port: u16) -> u16 {
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    std::iter::repeat_with(free).find(|free| free.to_string() < port.to_string()).unwrap()
}

/// A site whose actor `alpha` has links to these paths of the server, each in a line, from line 5.
fn site(server: &Server, paths: &[&str]) -> Site {
    let port = server.port;
    let links: String = paths.iter().map(|path| format!("- [words](http://127.0.0.1:{port}{path})\n")).collect();
    Site::new().prose(&links).config("[warnings]\nno-relations = \"allow\"")
}

fn check(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["check", "--links", "--allow-private", "--timeout", "20"], arguments].concat())
}

/// A text without the numbers of ports.
fn without_ports(text: &str, ports: &[(u16, &str)]) -> String {
    ports.iter().fold(text.to_owned(), |text, (port, name)| text.replace(&format!(":{port}"), &format!(":{name}")))
}

#[test]
fn what_outside_addresses_answer_is_told() {
    let server = Server::start();
    let closed = closed_before(server.port);
    let paths = [
        "/",
        "/old",
        "/for-now",
        "/loop",
        "/busy",
        "/too-busy",
        "/broken",
        "/login",
        "/gone",
        "/no-head",
        "/huge",
        "/header",
        "/not-http",
    ];
    let site = site(&server, &paths).file(
        "content/actors/other.toml",
        format!("title = \"Other\"\nwebsite = \"http://127.0.0.1:{closed}/\"\nnotes = \"[a](http://127.0.0.1:{}/gone#part)\"\n", server.port),
    );
    let run = check(&site, &[]);
    assert_eq!(run.status, 0, "{run}");
    let ports = [(server.port, "PORT"), (closed, "CLOSED")];
    snapshot!(without_ports(&run.to_string(), &ports));
    let lock = std::fs::read_to_string(site.path("links.lock")).unwrap();
    snapshot!(without_ports(&lock, &ports));
    assert_eq!((server.count("HEAD /no-head"), server.count("GET /no-head")), (1, 1));
    assert_eq!((server.count("HEAD /gone"), server.count("GET /gone")), (1, 1), "each address is asked once");
    assert_eq!(server.count("HEAD /too-busy"), 1);
    assert_eq!(check(&site, &["--strict"]).status, 1);
}

/// A host that does not answer is asked a few times, not once for each of its addresses.
#[test]
fn a_host_that_is_silent_is_not_asked_for_long() {
    let server = Server::start();
    let port = server.port;
    let links: String = (0..12).map(|number| format!("<http://127.0.0.1:{port}/slow?{number}>\n")).collect();
    let site = Site::new().prose(&links);
    let run = site.run(&["check", "--links", "--allow-private", "--timeout", "1"]);
    assert!(run.stdout.contains("Can't be judged, look at them in a browser (12)"), "{run}");
    assert!(run.stdout.contains("no answer came in time"), "{run}");
    let asked = server.requests.lock().unwrap().len();
    assert!(asked <= 5, "{asked}");
}

#[test]
fn an_address_dies_after_two_days_and_answers_hold_for_a_month() {
    let server = Server::start();
    let closed = closed_before(server.port);
    let site = site(&server, &["/", "/gone"]).facts(&format!("website = \"http://127.0.0.1:{closed}/\""));
    let site = site.file("content/pages.md", format!("+++\ntitle = \"P\"\n+++\n<http://127.0.0.1:{}/>\n", server.port));
    let on = |day: &str| {
        let run = site.run_on(day, &["check", "--links", "--allow-private", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
        let links = json["links"].as_array().unwrap().iter();
        links.map(|link| link["verdict"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let lock = || std::fs::read_to_string(site.path("links.lock")).unwrap();
    assert_eq!(on("2026-01-16"), ["failing", "alive"]);
    let text = lock();
    assert_eq!(on("2026-01-16"), ["failing", "alive"]);
    assert_eq!(lock(), text, "the same day changes nothing");
    assert_eq!(on("2026-01-17"), ["dead", "alive"]);
    let work: serde_json::Value = serde_json::from_str(&site.run(&["status", "--format", "json"]).stdout).unwrap();
    let dead = work["items"].as_array().unwrap().iter().find(|item| item["kind"] == "dead-link").unwrap();
    assert_eq!((dead["entity"].as_str(), dead["since"].as_str()), (Some("actors/alpha"), Some("2026-01-16")));
    assert_eq!(server.count("HEAD /"), 1, "an answer holds");
    on("2026-02-20");
    assert_eq!(server.count("HEAD /"), 2);
    std::fs::remove_file(site.path("content/pages.md")).unwrap();
    on("2026-02-20");
    assert!(!lock().contains(&format!(":{}/", server.port)), "an address that the site no longer has is forgotten");
}

#[test]
fn private_addresses_are_not_asked() {
    let server = Server::start();
    let port = server.port;
    let names = ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"];
    let links: String = names.iter().map(|name| format!("<http://{name}:{port}/>\n")).collect();
    let site = Site::new().prose(&links);
    let run = site.run(&["check", "--links"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("it is on a private network, and was not asked (--allow-private)"), "{run}");
    assert!(server.requests.lock().unwrap().is_empty());
}

#[test]
fn without_a_network_nothing_is_written() {
    let site = Site::new().prose("<https://nobody.invalid/>");
    let run = site.run(&["check", "--links"]);
    assert_eq!(run.status, 2, "{run}");
    assert_eq!(
        run.stderr,
        "error: none of 1 outside address could be reached: is there a network? Nothing was written\n"
    );
    assert!(!site.path("links.lock").exists());
    // An address that answers shows that there is one.
    let server = Server::start();
    let site = site.file("content/p.md", format!("+++\ntitle = \"P\"\n+++\n<http://127.0.0.1:{}/>\n", server.port));
    assert!(check(&site, &[]).stdout.contains("1 answer, 1 failed (2 asked now)"));
    let run = check(&site, &[]);
    assert!(run.stdout.contains("1 answer, 1 failed (2 asked now)"), "the one that answered is asked again: {run}");
}

#[test]
fn only_what_is_published_is_asked() {
    let server = Server::start();
    let port = server.port;
    let site = Site::new()
        .config(&format!("menu = [{{ label = \"Code\", url = \"http://127.0.0.1:{port}/menu\" }}]"))
        .file(
            "content/sources/_list.toml",
            format!("[a]\ntitle = \"A\"\ndraft = true\nsummary = \"http://127.0.0.1:{port}/draft\"\n"),
        )
        .file(
            "content/actors/draft.md",
            format!("+++\ntitle = \"D\"\ndraft = true\n+++\n<http://127.0.0.1:{port}/draft>\n"),
        )
        .prose("<https://example.org/acteurs/alpha/> and `<http://code.invalid>`");
    let json: serde_json::Value = serde_json::from_str(&check(&site, &["--format", "json"]).stdout).unwrap();
    let links: Vec<&str> =
        json["links"].as_array().unwrap().iter().map(|link| link["address"].as_str().unwrap()).collect();
    assert_eq!(links, [format!("http://127.0.0.1:{port}/menu")]);
    assert_eq!(json["links"][0]["places"][0]["path"], "site.toml");
    assert!(!site.check().stdout.contains("outside"), "a check without --links asks nobody");
}

#[test]
fn a_lock_that_is_damaged_is_not_overwritten() {
    let site = Site::new().file("links.lock", "<<<<<<< HEAD\n");
    let run = site.run(&["check", "--links"]);
    assert_eq!(run.status, 2, "{run}");
    snapshot!(run.stderr);
    assert_eq!(std::fs::read_to_string(site.path("links.lock")).unwrap(), "<<<<<<< HEAD\n");
}
