//! A visit to an address: request after request, until there is an answer.

use std::time::Duration;

use url::Url;

use super::address::{normal, redirected};
use super::answer::{Answer, Failure, Status};

/// The most redirects that are followed.
const MOST_REDIRECTS: usize = 10;
/// The longest time that a busy server is waited for, and how often.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const MOST_WAITS: u8 = 2;

/// A visit that has not come to its end.
#[derive(Debug)]
pub(super) struct Visit {
    /// The address.
    pub address: Box<str>,
    /// What is asked for next.
    pub url: Url,
    /// Whether only the head of the document is asked for.
    pub head: bool,
    seen: Vec<Url>,
    moved: Option<Url>,
    is_permanent: bool,
    waits: u8,
}

/// What a server replied to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// A response: its status, where it redirects to, and how long it asks to wait.
    Response(u16, Option<String>, Option<Duration>),
    /// None.
    None(Failure),
}

/// What follows from a reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The visit asks again: at once, or after a time.
    Again(Duration),
    /// The visit has ended.
    End(Answer),
}

impl Visit {
    /// The visit to an address; `None` if it is no address of the web.
    pub(super) fn new(address: &str) -> Option<Self> {
        let url = normal(address)?;
        let visit = Self {
            address: address.into(),
            seen: vec![url.clone()],
            url,
            head: true,
            moved: None,
            is_permanent: true,
            waits: 0,
        };
        Some(visit)
    }

    /// Takes a reply.
    pub(super) fn take(&mut self, reply: &Reply) -> Step {
        match reply {
            Reply::Response(301 | 302 | 303 | 307 | 308, Some(location), _) => self.redirect(reply, location),
            Reply::Response(429, _, Some(wait)) if *wait <= LONGEST_WAIT && self.waits < MOST_WAITS => {
                self.waits += 1;
                Step::Again(*wait)
            }
            // Many servers refuse HEAD, in many ways.
            Reply::Response(400..=428 | 430.., ..) | Reply::None(Failure::Broken | Failure::NotHttp) if self.head => {
                self.head = false;
                Step::Again(Duration::ZERO)
            }
            Reply::Response(code, ..) => self.end(Status::Code(*code)),
            Reply::None(failure) => self.end(Status::Failure(*failure)),
        }
    }

    fn redirect(&mut self, reply: &Reply, location: &str) -> Step {
        let Some(next) = redirected(&self.url, location) else {
            return self.end(Status::Failure(Failure::BadRedirect));
        };
        if self.seen.contains(&next) || self.seen.len() > MOST_REDIRECTS {
            return self.end(Status::Failure(Failure::Loop));
        }
        self.is_permanent &= matches!(reply, Reply::Response(301 | 308, ..));
        if self.is_permanent {
            self.moved = Some(next.clone());
        }
        self.seen.push(next.clone());
        self.url = next;
        self.head = true;
        Step::Again(Duration::ZERO)
    }

    fn end(&mut self, status: Status) -> Step {
        let moved = self.moved.take().filter(|_| status.is_open()).map(String::from);
        Step::End(Answer { status, moved })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(code: u16) -> Reply {
        Reply::Response(code, None, None)
    }

    fn to(code: u16, location: &str) -> Reply {
        Reply::Response(code, Some(location.into()), None)
    }

    fn wait(seconds: u64) -> Reply {
        Reply::Response(429, None, Some(Duration::from_secs(seconds)))
    }

    /// The answer after these replies, which all are needed.
    fn answer(replies: &[Reply]) -> (Status, Option<String>) {
        let mut visit = Visit::new("https://a.example/").unwrap();
        for (number, reply) in replies.iter().enumerate() {
            if let Step::End(Answer { status, moved }) = visit.take(reply) {
                assert_eq!(number + 1, replies.len(), "{replies:?}");
                return (status, moved);
            }
        }
        panic!("no end: {replies:?}");
    }

    #[test]
    fn a_head_that_is_refused_is_followed_by_a_get() {
        assert_eq!(answer(&[response(405), response(200)]), (Status::Code(200), None));
        assert_eq!(answer(&[Reply::None(Failure::Broken), response(200)]), (Status::Code(200), None));
        assert_eq!(answer(&[response(404), response(404)]), (Status::Code(404), None));
    }

    #[test]
    fn only_permanent_redirects_move_a_document_and_only_if_it_is_there() {
        let moved = |path: &str| Some(format!("https://a.example/{path}"));
        assert_eq!(answer(&[to(301, "/b"), to(308, "/c"), response(200)]).1, moved("c"));
        assert_eq!(answer(&[to(301, "/b"), to(302, "/c"), response(200)]).1, moved("b"));
        assert_eq!(answer(&[to(302, "/b"), to(301, "/c"), response(200)]).1, None);
        assert_eq!(answer(&[to(301, "/b"), response(403), response(403)]), (Status::Code(403), None));
    }

    #[test]
    fn redirects_end() {
        let loops = Status::Failure(Failure::Loop);
        assert_eq!(answer(&[to(302, "/b"), to(302, "/")]).0, loops);
        let endless: Vec<Reply> = (0..=MOST_REDIRECTS).map(|number| to(302, &format!("/{number}"))).collect();
        assert_eq!(answer(&endless).0, loops);
        assert_eq!(answer(&[to(302, "file:///etc/passwd")]).0, Status::Failure(Failure::BadRedirect));
        assert_eq!(answer(&[response(304)]).0, Status::Code(304));
    }

    #[test]
    fn a_busy_server_is_waited_for_within_reason() {
        assert_eq!(answer(&[wait(1), response(200)]).0, Status::Code(200));
        assert_eq!(answer(&[wait(3600)]).0, Status::Code(429));
        assert_eq!(answer(&[wait(1), wait(1), wait(1)]).0, Status::Code(429));
        assert_eq!(answer(&[response(429)]).0, Status::Code(429));
    }
}
