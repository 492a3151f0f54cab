//! Decimal numbers from text: of the language, and of JSON.

use core::fmt;

use super::{Decimal, MAX_DIGITS, MAX_SCALE};

impl Decimal {
    /// Reads a number as the language writes it: `12`, `-3`, `0.85`, `5_000`.
    ///
    /// Digits, with a single `_` between two digits before the point if wished, then optionally a
    /// point with at least one digit after it. No `+`, no exponent, no `.5` and no `5.`.
    ///
    /// # Errors
    ///
    /// The first character that does not belong there, or the limit that the number breaks.
    ///
    /// ```
    /// use onlyif::value::{Decimal, NumberError};
    ///
    /// assert_eq!(Decimal::parse("5_000")?, Decimal::from(5000));
    /// assert_eq!(Decimal::parse(".5"), Err(NumberError::MissingWholePart));
    /// # Ok::<(), NumberError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let mut rest = text.bytes().peekable();
        let mut digits = Digits::starting(rest.next_if_eq(&b'-').is_some());
        let mut after_digit = false;
        while let Some(byte) = rest.next_if(|&byte| byte == b'_' || byte.is_ascii_digit()) {
            if byte == b'_' {
                if !after_digit || !rest.peek().is_some_and(u8::is_ascii_digit) {
                    return Err(NumberError::MisplacedUnderscore);
                }
                after_digit = false;
            } else {
                digits.push(byte);
                after_digit = true;
            }
        }
        if !after_digit {
            return Err(match first_char(text, rest.len()) {
                None => NumberError::Empty,
                Some('.') => NumberError::MissingWholePart,
                Some(other) => NumberError::Unexpected(other),
            });
        }
        if rest.next_if_eq(&b'.').is_some() {
            digits.read_fraction(&mut rest)?;
        }
        match first_char(text, rest.len()) {
            Some('_') => Err(NumberError::MisplacedUnderscore),
            Some(other) => Err(NumberError::Unexpected(other)),
            None => digits.finish(0),
        }
    }

    /// Reads the text of a JSON number (RFC 8259, section 6), with its exponent.
    ///
    /// The exponent is judged before anything is expanded, so `1e999999999` is refused at once.
    /// `-0` is 0.
    ///
    /// # Errors
    ///
    /// The first character that does not belong there, or the limit that the number breaks.
    ///
    /// ```
    /// use onlyif::value::{Decimal, NumberError};
    ///
    /// assert_eq!(Decimal::parse_json("1.10E+2")?, Decimal::from(110));
    /// assert_eq!(Decimal::parse_json("1e999999999"), Err(NumberError::TooLarge));
    /// assert_eq!(Decimal::parse_json("012"), Err(NumberError::LeadingZero));
    /// # Ok::<(), NumberError>(())
    /// ```
    pub fn parse_json(text: &str) -> Result<Self, NumberError> {
        let mut rest = text.bytes().peekable();
        let mut digits = Digits::starting(rest.next_if_eq(&b'-').is_some());
        match rest.next_if(u8::is_ascii_digit) {
            Some(first) => {
                digits.push(first);
                if first == b'0' && rest.peek().is_some_and(u8::is_ascii_digit) {
                    return Err(NumberError::LeadingZero);
                }
            }
            None => {
                return Err(match first_char(text, rest.len()) {
                    None => NumberError::Empty,
                    Some('.') => NumberError::MissingWholePart,
                    Some(other) => NumberError::Unexpected(other),
                });
            }
        }
        while let Some(digit) = rest.next_if(u8::is_ascii_digit) {
            digits.push(digit);
        }
        if rest.next_if_eq(&b'.').is_some() {
            digits.read_fraction(&mut rest)?;
        }
        let mut exponent = 0_i64;
        if rest.next_if(|byte| matches!(byte, b'e' | b'E')).is_some() {
            let negative = rest.next_if_eq(&b'-').is_some();
            if !negative {
                rest.next_if_eq(&b'+');
            }
            if !rest.peek().is_some_and(u8::is_ascii_digit) {
                return Err(NumberError::MissingExponent);
            }
            while let Some(digit) = rest.next_if(u8::is_ascii_digit) {
                // Saturating keeps a huge exponent huge, which is all that the limits ask.
                exponent = exponent.saturating_mul(10).saturating_add(digit_value(digit));
            }
            if negative {
                exponent = exponent.saturating_neg();
            }
        }
        match first_char(text, rest.len()) {
            Some(other) => Err(NumberError::Unexpected(other)),
            None => digits.finish(exponent),
        }
    }
}

/// The digits of a number while it is read. Zeros at the end wait until another digit follows, so
/// the size of what is kept depends on the value and not on how long its text is.
struct Digits {
    negative: bool,
    /// The digits from the first that is no zero; stays as it is once there are too many.
    mantissa: i128,
    /// How many digits the mantissa has, those that were too many included.
    count: i64,
    /// Zeros read after the last other digit.
    zeros: i64,
    /// Digits read after the point.
    after_point: i64,
}

impl Digits {
    const fn starting(negative: bool) -> Self {
        Self { negative, mantissa: 0, count: 0, zeros: 0, after_point: 0 }
    }

    fn push(&mut self, digit: u8) {
        if digit == b'0' {
            if self.count > 0 {
                self.zeros = self.zeros.saturating_add(1);
            }
            return;
        }
        self.count = self.count.saturating_add(self.zeros).saturating_add(1);
        if self.count <= i64::from(MAX_DIGITS) {
            let shift = u32::try_from(self.zeros.saturating_add(1)).unwrap_or(0);
            self.mantissa = self.mantissa.saturating_mul(10_i128.saturating_pow(shift)).saturating_add(i128::from(digit_value(digit)));
        }
        self.zeros = 0;
    }

    /// Reads the digits after a point, of which there must be one.
    fn read_fraction(&mut self, rest: &mut core::iter::Peekable<core::str::Bytes<'_>>) -> Result<(), NumberError> {
        if !rest.peek().is_some_and(u8::is_ascii_digit) {
            return Err(NumberError::MissingFraction);
        }
        while let Some(digit) = rest.next_if(u8::is_ascii_digit) {
            self.push(digit);
            self.after_point = self.after_point.saturating_add(1);
        }
        Ok(())
    }

    /// The number times ten to the power of `exponent`.
    fn finish(self, exponent: i64) -> Result<Decimal, NumberError> {
        if self.count == 0 {
            return Ok(Decimal::ZERO);
        }
        // The place of the last digit that is no zero: 0 for units, -2 for hundredths.
        let place = exponent.saturating_sub(self.after_point).saturating_add(self.zeros);
        if place.saturating_add(self.count) > i64::from(MAX_DIGITS) {
            return Err(NumberError::TooLarge);
        }
        if place < i64::from(MAX_SCALE).saturating_neg() {
            return Err(NumberError::TooFine);
        }
        if self.count > i64::from(MAX_DIGITS) {
            return Err(NumberError::TooManyDigits);
        }
        let mantissa = if self.negative { self.mantissa.wrapping_neg() } else { self.mantissa };
        let shift = u32::try_from(place.max(0)).map_err(|_| NumberError::TooLarge)?;
        let scale = u8::try_from(place.min(0).unsigned_abs()).map_err(|_| NumberError::TooFine)?;
        10_i128
            .checked_pow(shift)
            .and_then(|unit| mantissa.checked_mul(unit))
            .and_then(|mantissa| Decimal::new(mantissa, scale))
            .ok_or(NumberError::TooLarge)
    }
}

/// The value of an ASCII digit.
fn digit_value(digit: u8) -> i64 {
    i64::from(digit.wrapping_sub(b'0'))
}

/// The first of the last `left` bytes of a text, as a character.
fn first_char(text: &str, left: usize) -> Option<char> {
    text.get(text.len().checked_sub(left)?..)?.chars().next()
}

/// Why a text is no number, or none that can be held exactly.
///
/// ```
/// use onlyif::value::{Decimal, NumberError};
///
/// assert_eq!(Decimal::parse("1,000"), Err(NumberError::Unexpected(',')));
/// assert_eq!(Decimal::parse("0.1234567890123456789"), Err(NumberError::TooFine));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// The text ends before a digit.
    Empty,
    /// A character that does not belong in a number here.
    Unexpected(char),
    /// A point without a digit before it.
    MissingWholePart,
    /// A point without a digit after it.
    MissingFraction,
    /// An exponent without digits.
    MissingExponent,
    /// A `_` that is not between two digits before the point.
    MisplacedUnderscore,
    /// A JSON number that starts with 0 and goes on with another digit.
    LeadingZero,
    /// More than 28 significant digits.
    TooManyDigits,
    /// More than 18 digits after the point.
    TooFine,
    /// 10<sup>28</sup> or more, in size.
    TooLarge,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no digit was found, a number such as `12` or `0.85` is expected"),
            Self::Unexpected(found) => write!(f, "`{found}` is not part of a number such as `12` or `0.85`"),
            Self::MissingWholePart => f.write_str("no digit stands before the `.`, a number starts like `0.5`"),
            Self::MissingFraction => f.write_str("no digit follows the `.`, write `5` or `5.0`"),
            Self::MissingExponent => f.write_str("no digit follows the exponent's `e`, write it like `1e3`"),
            Self::MisplacedUnderscore => f.write_str("a single `_` may only stand between two digits before the point, as in `5_000`"),
            Self::LeadingZero => f.write_str("the number starts with a superfluous `0`, write `7` for `07`"),
            Self::TooManyDigits => f.write_str("the number has too many digits, at most 28 can be held exactly"),
            Self::TooFine => f.write_str("the number has too many digits after the point, at most 18 are held exactly"),
            Self::TooLarge => f.write_str("the number is too large, it must have at most 28 digits before the point"),
        }
    }
}

impl core::error::Error for NumberError {}
