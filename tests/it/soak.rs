//! A preview that runs for long: many changes, hostile requests and swapped links, without growing and without a wrong
//! answer. `FILIERE_EDITS=20000` makes more changes than the usual ones.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::browser::Preview;
use crate::harness::Site;

/// How many changes are made.
fn edits() -> usize {
    std::env::var("FILIERE_EDITS").map_or(300, |edits| edits.parse().expect("FILIERE_EDITS is a number"))
}

/// The memory of the preview, in kilobytes, and the number of its open files.
#[cfg(target_os = "linux")]
fn size(preview: &Preview) -> (usize, usize) {
    let folder = format!("/proc/{}", preview.running.id());
    let status = fs::read_to_string(format!("{folder}/status")).unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse().ok());
    (memory.unwrap(), fs::read_dir(format!("{folder}/fd")).unwrap().count())
}

#[cfg(target_os = "linux")]
#[test]
fn many_changes_need_no_more_memory_and_no_more_files_than_a_few() {
    let preview = Site::new().serve();
    let edits = edits();
    let mut first = None;
    for edit in 1..=edits {
        preview.site.write("content/actors/alpha.md", format!("+++\ntitle = \"Alpha\"\n+++\nEdit number {edit}.\n"));
        if edit % (edits / 10) == 0 {
            preview.until_says("/acteurs/alpha/", &format!("Edit number {edit}."));
            let (memory, files) = size(&preview);
            let (first_memory, first_files) = *first.get_or_insert((memory, files));
            assert!(memory < first_memory * 3 / 2 + 20_000, "{first_memory} KB grew to {memory} KB");
            assert!(files < first_files + 10, "{first_files} open files became {files}");
        }
    }
}

#[test]
fn hostile_requests_get_no_file_from_outside() {
    let preview = Site::new().file("content/plan.txt", "the plan").serve();
    preview.site.write("secret.txt", "the secret");
    let ups = ["..", "%2e%2e", "%2E.", ".%2e", "..%2f", "..%5c", "%252e%252e", "..;", ".%00.", "..%c0%af"];
    let starts =
        ["", "/", "//", "/acteurs/", "/acteurs/alpha/", "/plan.txt/", "/assets/", "/%2f", "\\", "http://localhost/"];
    let ends = ["secret.txt", "site.toml", "etc/passwd", "content/actors/alpha.md", "%73ecret.txt"];
    for start in starts {
        for up in ups {
            for end in ends {
                for depth in 1..4 {
                    let path = format!("{start}{}{end}", format!("{up}/").repeat(depth));
                    let Some(body) = preview.raw(&format!(
                        "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
                        preview.port
                    )) else {
                        continue;
                    };
                    for words in ["the secret", "root:x:", "base_url  =", "+++"] {
                        assert!(!body.contains(words), "{path} gives a file from outside:\n{body}");
                    }
                }
            }
        }
    }
    assert!(preview.get("/plan.txt").body.contains("the plan"));
}

#[test]
fn requests_that_are_none_leave_the_preview_running() {
    let preview = Site::new().serve();
    let bytes = |seed: u64| -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        std::iter::repeat_with(next).take(1 + seed as usize % 700).collect()
    };
    for seed in 0..200 {
        let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
        let start: &[u8] =
            [&b""[..], b"GET / HTTP/1.1\r\n", b"GET /acteurs/alpha/ HTTP/1.1\r\nHost: "][seed as usize % 3];
        let _ = stream.write_all(start).and_then(|()| stream.write_all(&bytes(seed)));
    }
    assert_eq!(preview.get("/acteurs/alpha/").status, 200);
}

#[cfg(unix)]
#[test]
fn links_that_are_swapped_in_while_files_are_read_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let preview = Site::new().file("content/media/plan.txt", "the plan").serve();
    let secrets = tempfile::tempdir().unwrap();
    fs::write(secrets.path().join("plan.txt"), "the secret").unwrap();
    let (folder, kept) = (preview.site.path("content/media"), preview.site.path("kept"));
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                fs::rename(&folder, &kept).unwrap();
                symlink(secrets.path(), &folder).unwrap();
                thread::yield_now();
                fs::remove_file(&folder).unwrap();
                fs::rename(&kept, &folder).unwrap();
            }
        });
        let answers = (0..edits() * 4).map(|_| preview.get("/media/plan.txt").body);
        let leaks = answers.filter(|body| body.contains("the secret")).count();
        ends.store(true, Ordering::Relaxed);
        assert_eq!(leaks, 0, "a file from outside was published");
    });
}
