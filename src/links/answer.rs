//! What an address answered last.

use std::fmt;

/// What an address answered in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of the last address that the redirects lead to.
    pub status: Status,
    /// Where the document is now, if the redirects are permanent and the document is there.
    pub moved: Option<String>,
}

/// What an address answered: the status of HTTP, or why there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A status of HTTP (RFC 9110), such as 200 or 404.
    Code(u16),
    /// No answer.
    Failure(Failure),
}

macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident $text:literal $sentence:literal)+) => {
        /// Why an address gave no answer.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Failure { $($(#[$doc])* $name),+ }

        impl Failure {
            /// All failures.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in `links.lock`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The failure in words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $sentence),+ }
            }
        }
    };
}

failures! {
    /// The name can't be resolved.
    NoHost "no-host" "there is no such host"
    /// Nothing listens.
    Refused "refused" "the host refuses connections"
    /// What answers does not speak HTTP.
    NotHttp "not-http" "the answer is not that of a web server"
    /// The host can't be reached from here.
    Unreachable "unreachable" "the host can't be reached"
    /// No authority that is trusted here signed the certificate, for example because the server signed it itself.
    NoAuthority "no-authority" "no authority that this machine trusts signed its certificate"
    /// The certificate has expired.
    Expired "expired" "its certificate has expired"
    /// The certificate is for other names than that of the host.
    OtherName "other-name" "its certificate is for another name"
    /// The certificate is wrong in another way, or no encrypted connection is possible.
    Tls "no-tls" "its certificate could not be verified"
    /// No answer came in time.
    Timeout "time-out" "no answer came in time"
    /// The connection broke.
    Broken "broken" "the connection broke"
    /// Redirects lead to each other, or there are too many of them.
    Loop "redirect-loop" "its redirects never end"
    /// A redirect leads nowhere, or to what is not the web.
    BadRedirect "bad-redirect" "it redirects to what is no address of the web"
    /// The address is on this machine or in this network, and was not asked.
    Private "private" "it is on a private network, and was not asked (--allow-private)"
}

impl Failure {
    /// The failure with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|failure| failure.as_str() == name)
    }

    /// Whether the failure may mean that there is no network here.
    pub fn is_local(self) -> bool {
        matches!(self, Self::NoHost | Self::Unreachable)
    }
}

impl Status {
    /// Whether the document exists: readers get it, or a program is refused and readers may get it.
    pub fn is_alive(self) -> bool {
        matches!(self, Self::Code(200..=399 | 401 | 403))
    }

    /// Whether readers would get the document, without any doubt.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Code(200..=399))
    }

    /// Whether the server says that the document is not there.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Code(404 | 410))
    }

    /// Whether nobody could get the document. A failure can pass, so one day of it proves nothing.
    pub fn is_failing(self) -> bool {
        self.is_gone() || matches!(self, Self::Failure(Failure::NoHost | Failure::Refused | Failure::NotHttp))
    }
}

/// In words.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(404) => f.write_str("it is not found (404)"),
            Self::Code(410) => f.write_str("it is gone (410)"),
            Self::Code(401 | 403) => write!(f, "programs may not read it ({})", self.number()),
            Self::Code(429) => f.write_str("it is asked too often (429)"),
            Self::Code(500..) => write!(f, "the server has a problem ({})", self.number()),
            Self::Code(200..=399) => write!(f, "it answers ({})", self.number()),
            Self::Code(code) => write!(f, "the server refuses the request ({code})"),
            Self::Failure(failure) => f.write_str(failure.words()),
        }
    }
}

impl Status {
    fn number(self) -> u16 {
        match self {
            Self::Code(code) => code,
            Self::Failure(_) => 0,
        }
    }
}
