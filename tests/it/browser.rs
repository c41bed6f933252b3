//! A running preview, and the requests that a browser makes.
//!
//! ```text
//! let preview = Site::new().serve();                      // `filiere serve` on a free port
//! assert_eq!(preview.get("/acteurs/alpha/").status, 200);
//! let mut tab = preview.open("/acteurs/alpha/");          // the page and its WebSocket
//! preview.site.write("content/actors/alpha.md", "…");
//! tab.wait_for("reload");
//! preview.until(|preview| preview.get("/").body.contains("…"));
//! ```

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use crate::harness::Site;

/// How long a test waits for something. It normally takes milliseconds, but machines that run tests can be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running process, and its output so far.
pub struct Running {
    child: Child,
    printed: Arc<Mutex<String>>,
}

impl Running {
    /// Starts the program in a folder.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_filiere"))
            .args(arguments)
            .current_dir(folder)
            .env("SOURCE_DATE_EPOCH", "1768521600") // 16 January 2026
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let printed = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let printed = printed.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let mut printed = printed.lock().unwrap();
                    printed.push_str(&line);
                    printed.push('\n');
                }
            });
        }
        Self { child, printed }
    }

    /// The number of the process.
    #[cfg(target_os = "linux")]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The output so far, of both streams.
    pub fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    /// Waits until the output contains a text.
    pub fn wait_for(&self, text: &str) {
        wait(|| self.printed().contains(text), || format!("{text:?} is not in what was printed:\n{}", self.printed()));
    }

    /// Interrupts the process as Ctrl-C does, and returns its exit status.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().expect("it was killed, and did not end");
            }
            assert!(start.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something is so.
fn wait(mut is_so: impl FnMut() -> bool, or_else: impl FnOnce() -> String) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {}", or_else());
        thread::sleep(Duration::from_millis(5));
    }
}

/// A preview of a site.
pub struct Preview {
    pub site: Site,
    pub running: Running,
    pub port: u16,
}

impl Site {
    /// Starts a preview on a port that the system chooses, and waits until it answers.
    pub fn serve(self) -> Preview {
        self.serve_with(&["--port", "0"])
    }

    /// Starts a preview with these arguments.
    pub fn serve_with(self, arguments: &[&str]) -> Preview {
        let arguments: Vec<&str> = ["serve"].iter().chain(arguments).copied().collect();
        let running = Running::start(&self.path(""), &arguments);
        running.wait_for("Preview: ");
        let printed = running.printed();
        let address = printed.split_once("Preview: http://").unwrap().1.split_whitespace().next().unwrap();
        let port = address.split('/').next().unwrap().rsplit_once(':').unwrap().1.parse().unwrap();
        Preview { site: self, running, port }
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
}

/// A response of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

impl Response {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.headers.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// The body without the script of the preview.
    pub fn published(&self) -> String {
        match self.body.split_once("<script src=\"/.filiere/preview.js\"") {
            Some((before, rest)) => [before, rest.split_once("</script>").unwrap().1].concat(),
            None => self.body.clone(),
        }
    }
}

impl Preview {
    /// Asks for a path.
    pub fn get(&self, path: &str) -> Response {
        self.request("GET", path, &[])
    }

    /// Sends a request, byte for byte.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let host = format!("127.0.0.1:{}", self.port);
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {host}\r\n"));
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no response: {text:?}"));
        let (first, headers) = head.split_once("\r\n").unwrap();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        Response { status, headers: headers.to_owned(), body: body.to_owned() }
    }

    /// Sends bytes, and returns the answer as text; none if the connection ends without one.
    pub fn raw(&self, request: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Waits until something is so.
    pub fn until(&self, is_so: impl Fn(&Self) -> bool) {
        wait(|| is_so(self), || format!("what was printed so far:\n{}", self.running.printed()));
    }

    /// Waits until a page contains a text.
    pub fn until_says(&self, path: &str, text: &str) {
        wait(
            || self.get(path).body.contains(text),
            || format!("{path} does not say {text:?} but:\n{}\n{}", self.get(path).body, self.running.printed()),
        );
    }

    /// Opens a page in a tab, as the script in the page does.
    pub fn open(&self, path: &str) -> Tab {
        let response = self.get(path);
        let attribute = |name: &str| {
            let rest = response.body.split_once(&format!("data-{name}=\"")).expect("the page has no script").1;
            rest.split_once('"').unwrap().0.to_owned()
        };
        self.connect(path, &attribute("version"), attribute("number").parse().unwrap())
    }

    fn connect(&self, path: &str, version: &str, number: u64) -> Tab {
        let mut tab = self.connect_late(path, version, number);
        // The first message lists the problems, even if there are none.
        tab.wait_for("problems");
        tab
    }

    /// Opens the WebSocket of a page that was loaded earlier.
    pub fn connect_late(&self, path: &str, version: &str, number: u64) -> Tab {
        let host = format!("127.0.0.1:{}", self.port);
        let stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (mut socket, _) = tungstenite::client(format!("ws://{host}/.filiere/live"), stream).unwrap();
        let shown = json!({ "path": path, "version": version, "number": number });
        socket.send(Message::text(shown.to_string())).unwrap();
        Tab { socket, version: version.to_owned(), number }
    }
}

/// An open tab.
pub struct Tab {
    socket: WebSocket<TcpStream>,
    pub version: String,
    pub number: u64,
}

impl Tab {
    /// The next message.
    pub fn news(&mut self) -> Value {
        loop {
            match self.socket.read().expect("no news came") {
                Message::Text(text) => {
                    let news: Value = serde_json::from_str(&text).unwrap();
                    self.number = news["number"].as_u64().unwrap_or(self.number);
                    return news;
                }
                Message::Close(_) => panic!("the server closed the line"),
                _ => {}
            }
        }
    }

    /// Waits for a message of this kind, and returns its content.
    pub fn wait_for(&mut self, kind: &str) -> Value {
        loop {
            let news = self.news();
            if !news[kind].is_null() {
                return news[kind].clone();
            }
        }
    }
}
