//! Reading fixed forms, such as dates and times, from the front of a text.

/// A text that is read from its front. A step that does not fit takes nothing.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What has not been read yet.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes this very character, if it comes next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes the longest run of bytes, possibly none, that all are as asked.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|next| !fits(next)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        run
    }

    /// Takes exactly this many ASCII digits, at most nine, as a number.
    pub(super) fn number(&mut self, digits: usize) -> Option<u32> {
        let (run, rest) = self.rest.split_at_checked(digits)?;
        // The check keeps out the `+` that integers accept.
        if !run.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = run.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    /// Takes two ASCII digits as a number.
    pub(super) fn two_digits(&mut self) -> Option<u8> {
        self.number(2).and_then(|number| u8::try_from(number).ok())
    }
}
