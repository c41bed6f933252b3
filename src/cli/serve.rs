//! The command `serve`.

use anyhow::{Context, Result};

use super::args::Serve;
use super::build::request;
use super::clock::{since_1970, today};
use super::{news, report};
use crate::diagnostics;
use crate::serve::{self, News, Options};

/// Serves the preview until a signal ends the program.
pub(super) fn serve(options: &Serve) -> Result<u8> {
    let root = &options.site.root;
    if !root.join(crate::config::FILE).exists() {
        let root = root.display();
        anyhow::bail!(
            "there is no site.toml in {root}; name the folder of a site with --root, or make one with `filiere new`"
        );
    }
    let first_day = today()?;
    let open = options.open;
    let preview = Options {
        root: root.clone(),
        request: request(&options.site, None)?,
        host: options.host.clone(),
        port: options.port,
        poll: options.poll,
        first: u64::try_from(since_1970().as_millis()).unwrap_or(u64::MAX / 2),
        // `today` has succeeded once; if it fails later, the first day is used.
        today: Box::new(move || today().unwrap_or(first_day)),
    };
    let listening = format!("can't listen on {} at port {}", options.host, options.port);
    serve::serve(preview, move |news| print_news(&news, open)).context(listening)?;
    Ok(0)
}

fn print_news(news: &News<'_>, open: bool) {
    // The preview goes on if nobody reads what it prints.
    let print = |text: &str| drop(report::print(text));
    match news {
        News::Ready { address, instead_of, open_to_others } => {
            if let Some(port) = instead_of {
                print(&format!("port {port} is taken, so the preview uses the next free one\n"));
            }
            if *open_to_others {
                let warning = news::yellow("warning");
                report::eprint(&format!("{warning}: everyone who can reach this machine can read this preview\n"));
            }
            print(&format!("Preview: {address}   (Ctrl-C ends it)\n"));
            if open && let Err(error) = open::that_detached(address) {
                report::eprint(&format!("{}: can't open the browser: {error}\n", news::yellow("warning")));
            }
        }
        News::Compiled { changed, problems, text, compiled, elapsed } => {
            report::eprint(text);
            let summary = match compiled {
                Some(compiled) => report::summary(compiled, problems, *elapsed),
                None => format!("{}: the preview stays as it was", report::counted(problems)),
            };
            print(&format!("{}{summary}\n", news::changed(changed)));
        }
        News::Templates { problems, text } => {
            report::eprint(text);
            print(&format!("{}: pages with errors stay as they were\n", report::counted(problems)));
        }
        News::Disk(error) => {
            let error = error.to_string();
            report::eprint(&format!("{}: {}\n", report::red("error"), diagnostics::visible(&error)));
        }
        News::Polling(reason) => report::eprint(&news::polling(reason)),
    }
}
