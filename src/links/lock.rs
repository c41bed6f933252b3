//! The file `links.lock`: what each outside address of a site answered, and when.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Span;
use jiff::civil::Date;

use super::answer::{Answer, Failure, Status};
use super::collect::Addresses;
use crate::model::Today;
use crate::table::{self, Data, Table};

/// For how many days an answer holds.
const DAYS: i64 = 30;

const HEAD: &str = "# What the outside addresses of this site answered to `filiere check --links`. Commit this file.\n";

/// What is known of the outside addresses of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    entries: BTreeMap<Box<str>, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    status: Status,
    /// The day of the last answer, or of the last attempt.
    asked: Date,
    /// The first day on which it failed, if it has not been there since.
    since: Option<Date>,
    moved: Option<String>,
}

/// What follows from the answers of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Readers get the document.
    Alive,
    /// Readers get the document, and it has this new address for good.
    Moved(String),
    /// Nobody gets the document, since this day.
    Dead(Date),
    /// Nobody got the document, on one day so far.
    Failing,
    /// Readers may get the document or not.
    Unclear,
}

impl Lock {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// The text is not what [`Lock::text`] writes. The error is a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let (table, errors) = table::parse(text, 0);
        if let Some(error) = errors.first() {
            return Err(error.message.clone());
        }
        let entry = |entry: &table::Entry| {
            let known = entry.value.as_table().and_then(Entry::read);
            let known = known.ok_or_else(|| format!("what is said of \"{}\" can't be read", entry.key))?;
            Ok((entry.key.clone(), known))
        };
        Ok(Self { entries: table.entries.iter().map(entry).collect::<Result<_, String>>()? })
    }

    /// The text of the file: a table for each address, in their order.
    pub fn text(&self) -> String {
        self.entries.iter().fold(String::from(HEAD), |text, (address, entry)| text + &entry.text(address))
    }

    /// The addresses that are to be asked: all that did not answer in the last days.
    pub fn due<'a>(&self, addresses: &'a Addresses, today: Today) -> Vec<&'a str> {
        let is_due = |address: &&str| self.entries.get(*address).is_none_or(|entry| !entry.holds(today.date()));
        addresses.keys().map(|address| &**address).filter(is_due).collect()
    }

    /// One of the addresses that answered last; to find out whether there is a network.
    pub fn sure<'a>(&self, addresses: &'a Addresses) -> Option<&'a str> {
        let known = addresses.keys().filter_map(|address| Some((&**address, self.entries.get(address)?)));
        known
            .filter(|(_, entry)| entry.status.is_alive())
            .max_by_key(|(_, entry)| entry.asked)
            .map(|(address, _)| address)
    }

    /// Keeps an answer of today.
    pub fn record(&mut self, address: &str, answer: Answer, today: Today) {
        let Answer { status, moved } = answer;
        let today = today.date();
        let before = self.entries.get(address).and_then(|entry| entry.since);
        let since = match () {
            () if status.is_alive() => None,
            () if status.is_failing() => Some(before.unwrap_or(today)),
            () => before,
        };
        self.entries.insert(address.into(), Entry { status, asked: today, since, moved });
    }

    /// Forgets the addresses that the site no longer has.
    pub fn keep(&mut self, addresses: &Addresses) {
        self.entries.retain(|address, _| addresses.contains_key(address));
    }

    /// What follows from the answers of an address; `None` if it was never asked.
    pub fn verdict(&self, address: &str) -> Option<Verdict> {
        let Entry { status, asked, since, moved } = self.entries.get(address)?;
        Some(match (since, moved) {
            (Some(since), _) if status.is_gone() || (status.is_failing() && since < asked) => Verdict::Dead(*since),
            _ if status.is_failing() => Verdict::Failing,
            (_, Some(moved)) => Verdict::Moved(moved.clone()),
            _ if status.is_open() => Verdict::Alive,
            _ => Verdict::Unclear,
        })
    }

    /// Whether any address is dead.
    pub fn has_dead(&self) -> bool {
        self.entries.keys().any(|address| matches!(self.verdict(address), Some(Verdict::Dead(_))))
    }

    /// What an address answered last.
    pub fn status(&self, address: &str) -> Option<Status> {
        self.entries.get(address).map(|entry| entry.status)
    }

    /// When an address was asked last.
    pub fn asked(&self, address: &str) -> Option<Date> {
        self.entries.get(address).map(|entry| entry.asked)
    }
}

impl Entry {
    /// Whether the answer is still good on a day. A clock may have been wrong, so no answer is from the future.
    fn holds(&self, today: Date) -> bool {
        let oldest = today.checked_sub(Span::new().days(DAYS));
        self.status.is_alive() && oldest.is_ok_and(|oldest| self.asked > oldest) && self.asked <= today
    }

    fn read(table: &Table) -> Option<Self> {
        let date = |key: &str| match &table.get(key)?.data {
            Data::Date(text) => text.parse().ok(),
            _ => None,
        };
        let status = match &table.get("status")?.data {
            Data::Integer(code) => Status::Code(u16::try_from(*code).ok()?),
            Data::Text(name) => Status::Failure(Failure::named(name)?),
            _ => return None,
        };
        let moved = table.get("moved").and_then(|value| value.as_text()).map(String::from);
        Some(Self { status, asked: date("asked")?, since: date("since"), moved })
    }

    fn text(&self, address: &str) -> String {
        let mut text = format!("\n[{}]\nstatus = ", quoted(address));
        let _ = match self.status {
            Status::Code(code) => writeln!(text, "{code}"),
            Status::Failure(failure) => writeln!(text, "\"{}\"", failure.as_str()),
        };
        let _ = writeln!(text, "asked = {}", self.asked);
        let _ = self.since.map(|since| writeln!(text, "since = {since}"));
        let _ = self.moved.as_ref().map(|moved| writeln!(text, "moved = {}", quoted(moved)));
        text
    }
}

/// An address as a text of TOML. It is in ASCII, without control characters.
fn quoted(address: &str) -> String {
    format!("\"{}\"", address.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Today {
        Today::new(text.parse().unwrap()).unwrap()
    }

    fn answer(status: Status) -> Answer {
        Answer { status, moved: None }
    }

    const ADDRESS: &str = "https://a.example/?q=\"";

    /// The verdict after these answers.
    fn after(answers: &[(&str, Status)]) -> Verdict {
        let mut lock = Lock::default();
        for (date, status) in answers {
            lock.record(ADDRESS, answer(*status), day(date));
            assert_eq!(Lock::read(&lock.text()).as_ref(), Ok(&lock));
        }
        lock.verdict(ADDRESS).unwrap()
    }

    #[test]
    fn an_address_is_dead_at_once_or_after_two_days() {
        let dead = |date: &str| Verdict::Dead(date.parse().unwrap());
        let (gone, refused) = (Status::Code(404), Status::Failure(Failure::Refused));
        let (busy, here) = (Status::Code(503), Status::Code(200));
        assert_eq!(after(&[("2026-01-01", gone)]), dead("2026-01-01"));
        assert_eq!(after(&[("2026-01-01", refused)]), Verdict::Failing);
        assert_eq!(after(&[("2026-01-01", refused), ("2026-01-01", refused)]), Verdict::Failing);
        assert_eq!(after(&[("2026-01-01", refused), ("2026-01-02", refused)]), dead("2026-01-01"));
        assert_eq!(after(&[("2026-01-01", refused), ("2026-01-02", busy)]), Verdict::Unclear);
        assert_eq!(
            after(&[("2026-01-01", refused), ("2026-01-02", busy), ("2026-01-03", refused)]),
            dead("2026-01-01")
        );
        assert_eq!(after(&[("2026-01-01", refused), ("2026-01-02", here), ("2026-01-03", refused)]), Verdict::Failing);
        for code in [401, 403, 429, 500, 503] {
            assert_eq!(
                after(&[("2026-01-01", Status::Code(code)), ("2026-02-01", Status::Code(code))]),
                Verdict::Unclear
            );
        }
    }

    #[test]
    fn an_answer_holds_for_a_month() {
        let addresses = Addresses::from([(ADDRESS.into(), Vec::new())]);
        let is_due = |status: Status, date: &str| {
            let mut lock = Lock::default();
            lock.record(ADDRESS, answer(status), day("2026-01-10"));
            lock.due(&addresses, day(date)).len() == 1
        };
        assert!(Lock::default().due(&addresses, day("2026-01-10")) == [ADDRESS]);
        assert!(!is_due(Status::Code(200), "2026-02-08"));
        assert!(is_due(Status::Code(200), "2026-02-09"));
        assert!(is_due(Status::Code(200), "2026-01-09"), "the clock was wrong");
        assert!(!is_due(Status::Code(403), "2026-01-11"));
        assert!(is_due(Status::Code(404), "2026-01-10"));
        assert!(is_due(Status::Code(503), "2026-01-10"));
    }

    #[test]
    fn what_is_not_a_lock_is_refused() {
        for text in ["a = 1", "[a]\nstatus = 200", "[a]\nstatus = \"x\"\nasked = 2026-01-01", "["] {
            assert!(Lock::read(text).is_err(), "{text}");
        }
        assert_eq!(Lock::read(""), Ok(Lock::default()));
    }
}
