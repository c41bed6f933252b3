//! Files that are missing, in the wrong place or not text.

use crate::harness::{PICTURE, Site};

#[test]
fn the_default_site_is_clean() {
    let run = Site::new().check();
    assert_eq!((run.status, run.diagnostics()), (0, ""), "{run}");
}

#[test]
fn a_folder_without_site_toml() {
    shows!(Site::empty().file("content/_index.md", ""));
}

/// Without the languages, other diagnostics would only follow from this one, so there are none.
#[test]
fn without_site_toml_nothing_else_is_said() {
    assert_eq!(Site::new().without("site.toml").places(), ["site.toml:1:1 missing-file"]);
}

#[test]
fn a_site_without_content() {
    shows!(Site::new().without("content"));
}

#[test]
fn an_image_of_a_profile_that_is_not_there() {
    shows!(Site::new().file("content/actors/logos/alpha.svg", "<svg/>").facts("logo = \"alpha.svg\""));
}

#[test]
fn an_image_in_prose_that_is_not_there() {
    shows!(Site::new().file("content/actors/photo.jpg", "").prose("Avant ![Le site](Photo.jpg)."));
}

#[test]
fn an_image_from_elsewhere() {
    shows!(Site::new().prose("![Le site](https://example.org/photo.jpg)"));
}

#[test]
fn text_that_is_not_utf_8() {
    shows!(Site::new().file("content/actors/alpha.md", b"+++\ntitle = \"Alpha\"\nphones = [\"Caf\xe9\"]\n+++\n"));
}

#[test]
fn prose_that_is_not_utf_8() {
    shows!(
        Site::new()
            .file("content/about.md", b"+++\ntitle = { fr = \"Un\", en = \"One\" }\n+++\nUn caf\xe9.\n")
            .file("content/about.en.md", "+++\n+++\nA coffee.\n")
    );
}

#[test]
#[cfg(unix)]
fn a_file_name_with_a_newline() {
    shows!(Site::new().file("content/actors/a\nb.md", "+++\ntitle = \"A\"\n+++\n"));
}

#[test]
#[cfg(unix)]
fn a_folder_name_with_a_backslash() {
    let short = Site::new().file("content/a\\b/photo.jpg", "").short();
    assert!(short.starts_with("content/a\\"), "the name is shown as it is: {short}");
    assert!(short.contains("error[bad-file-name]"), "{short}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_name_that_is_not_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new();
    std::fs::write(site.path("content/actors").join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
    shows!(site);
}

#[test]
#[cfg(unix)]
fn a_symbolic_link() {
    let site = Site::new();
    std::os::unix::fs::symlink(site.path("site.toml"), site.path("content/actors/secret.md")).unwrap();
    shows!(site);
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_to_a_folder() {
    let site = Site::new().file("elsewhere/a.jpg", "");
    std::os::unix::fs::symlink(site.path("elsewhere"), site.path("content/pictures")).unwrap();
    shows!(site);
}

/// Makes a pipe that nobody writes to: opening it as a file would never return.
#[cfg(unix)]
fn with_pipe(site: Site, path: &str) -> Site {
    let status = std::process::Command::new("mkfifo").arg(site.path(path)).status().unwrap();
    assert!(status.success());
    site
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_profile() {
    shows!(with_pipe(Site::new().without("content/actors/alpha.md"), "content/actors/alpha.md"));
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_site_toml() {
    shows!(with_pipe(Site::new().without("site.toml"), "site.toml"));
}

#[test]
#[cfg(unix)]
fn a_device_in_the_place_of_site_toml() {
    let site = Site::new().without("site.toml");
    std::os::unix::fs::symlink("/dev/zero", site.path("site.toml")).unwrap();
    assert_eq!(site.places(), ["site.toml:1:1 not-a-file"]);
}

#[test]
#[cfg(unix)]
fn pipes_and_sockets_anywhere() {
    let site = Site::new().template("page.html", "");
    let site = ["content/a.jpg", "themes/own/static/a.css"].iter().fold(site, |site, path| {
        std::fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
        with_pipe(site, path)
    });
    let _socket = std::os::unix::net::UnixListener::bind(site.path("themes/own/templates/entity.html")).unwrap();
    let expected = ["content/a.jpg", "themes/own/static/a.css", "themes/own/templates/entity.html"];
    assert_eq!(site.places(), expected.map(|path| format!("{path}:1:1 not-a-file")));
}

#[test]
fn a_folder_in_the_place_of_a_text() {
    let site = Site::new().without("content/actors/alpha.md").file("content/actors/alpha.md/photo.jpg", "");
    assert!(site.places().contains(&String::from("content/actors/alpha.md:1:1 not-a-file")), "{:?}", site.places());
    let site = Site::new().without("site.toml").file("site.toml/x", "");
    assert_eq!(site.places(), ["site.toml:1:1 not-a-file"]);
}

/// A sparse file of 1 TB takes no room on disk. Reading it would take an hour and all memory.
#[test]
fn a_text_of_a_terabyte() {
    let site = Site::new();
    let file = std::fs::File::create(site.path("content/actors/large.md")).unwrap();
    // Not every file system has sparse files of this size.
    if file.set_len(1 << 40).is_err() {
        file.set_len(17 << 20).unwrap();
    }
    shows!(site);
}

#[test]
fn the_limit_of_texts() {
    const LIMIT: usize = 16 * 1024 * 1024;
    let text = |length: usize| {
        let front = "+++\ntitle = \"Alpha\"\n+++\n";
        format!("{front}{}", "\n".repeat(length - front.len()))
    };
    assert!(Site::new().file("content/actors/alpha.md", text(LIMIT)).places().is_empty());
    let places = Site::new().file("content/actors/alpha.md", text(LIMIT + 1)).places();
    assert!(places.contains(&String::from("content/actors/alpha.md:1:1 too-large")), "{places:?}");
}

#[test]
fn an_image_outside_the_content() {
    shows!(Site::new().file("secret.png", "").facts("logo = \"../../secret.png\""));
}

#[test]
fn a_link_out_of_the_content() {
    shows!(Site::new().prose("Voir [la configuration](../../site.toml)."));
}

#[test]
fn an_image_in_prose_outside_the_content() {
    shows!(Site::new().prose("![Rien](/../secret.png)"));
}

#[test]
fn a_type_in_a_deeper_folder() {
    shows!(Site::new().file("content/actors/public/_type.toml", "name = \"Public\"\n"));
}

#[test]
fn names_that_are_not_possible_on_every_system() {
    let site = Site::new().file("content/a:b.png", "").file("content/aux/x.png.", "").file("content/Nul.svg", "<svg/>");
    shows!(site.file("content/actors/com1/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n"));
}

#[test]
fn folders_that_differ_only_in_capitals() {
    let site = || Site::new().file("content/img/a.png", "").file("content/Img/b.png", "").file("content/Img/c.png", "");
    assert_eq!(site().places(), ["content/img/a.png:1:1 unportable-name"]);
    assert!(site().config("portable_names = false").places().is_empty());
}

/// Both were published, and one of them was missing on macOS.
#[test]
fn files_that_differ_only_in_how_accents_are_stored() {
    let site = Site::new().file("content/\u{e9}.png", "").file("content/e\u{301}.png", "");
    let places = site.config("portable_names = false").places();
    assert!(places.iter().any(|place| place.ends_with("unportable-name")), "{places:?}");
}

#[test]
fn a_link_finds_a_file_however_its_accents_are_stored() {
    let site = Site::new()
        .file("content/actors/e\u{301}te\u{301}.png", PICTURE)
        .file("content/actors/ete\u{301}.pdf", "")
        .file("content/actors/Socie\u{301}te\u{301}s/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
        .prose("![x](\u{e9}t\u{e9}.png) [y](et%C3%A9.pdf) [z](Soci\u{e9}t\u{e9}s/delta.toml)");
    let page = site.build().page("/acteurs/alpha/");
    assert!(page.contains("src=\"/actors/e%CC%81te%CC%81.png\""), "{page}");
    assert!(page.contains("href=\"/actors/ete%CC%81.pdf\"") && page.contains("href=\"/acteurs/delta/\""), "{page}");
    let logo =
        Site::new().file("content/actors/e\u{301}.png", PICTURE).facts("logo = { src = \"\u{e9}.png\", alt = \"x\" }");
    assert_eq!(logo.short(), "");
}

#[test]
fn a_folder_that_can_not_be_part_of_an_address() {
    shows!(Site::new().file("content/a b/x.md", "+++\ntitle = \"X\"\n+++\n"));
}

#[test]
fn characters_that_nobody_sees_in_names() {
    let site = Site::new().file("content/a\u{202e}gnp.exe", "");
    shows!(site.facts("aliases = [\"A\\u0007\", \"Alpha\\u202eahpla\", \"Al\\tpha\"]"));
}

#[test]
fn files_with_scripts() {
    let site = Site::new()
        .file("content/logo.svg", "<svg onload=\"x()\"/>")
        .file("content/app/index.html", "<p>x</p><script>x()</script>")
        .file("content/plain.svg", "<svg><path d=\"M0 0\"/></svg>");
    shows!(site);
}
