//! Amounts of money.

use core::cmp::Ordering;
use core::fmt;

use super::scan::Scan;
use super::{Decimal, NumberError};

/// The code of a currency: three ASCII capitals, as in ISO 4217. Which codes exist is not checked.
///
/// ```
/// use onlyif::value::{Currency, MoneyError};
///
/// assert_eq!(Currency::parse("EUR")?.to_string(), "EUR");
/// assert_eq!(Currency::parse("eur"), Err(MoneyError::NotACurrency));
/// # Ok::<(), MoneyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code such as `EUR`.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NotACurrency`] for anything but three ASCII capitals.
    ///
    /// ```
    /// use onlyif::value::Currency;
    ///
    /// assert!(Currency::parse("EUR").is_ok() && Currency::parse("Euro").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            Ok(_) | Err(_) => Err(MoneyError::NotACurrency),
        }
    }

    /// The code: three capitals.
    ///
    /// ```
    /// use onlyif::value::Currency;
    ///
    /// assert_eq!(Currency::parse("CHF")?.code(), "CHF");
    /// # Ok::<(), onlyif::value::MoneyError>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        // Three ASCII letters are always a text.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({self})")
    }
}

/// An amount of one currency, with the limits of [`Decimal`].
///
/// Equal are the same amount of the same currency. Amounts of different currencies have no order
/// and no sum, zero included. No currency has a fixed number of digits: 0.001 EUR is an amount.
///
/// ```
/// use onlyif::value::Money;
///
/// let price = Money::parse("18.00 EUR")?;
/// assert_eq!(price.checked_add(Money::parse("0.50 EUR")?)?.to_string(), "18.50 EUR");
/// assert!(price.compare(Money::parse("20 USD")?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in whole units of the currency.
    pub amount: Decimal,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// Reads a number as the language writes it, one or more spaces or tabs, and a code: `18.00 EUR`.
    ///
    /// # Errors
    ///
    /// When the number is not one or cannot be held exactly, or no code follows it.
    ///
    /// ```
    /// use onlyif::value::{Money, MoneyError};
    ///
    /// assert_eq!(Money::parse("18.00 EUR")?.to_string(), "18 EUR");
    /// assert_eq!(Money::parse("18"), Err(MoneyError::NoCurrency));
    /// # Ok::<(), MoneyError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let mut scan = Scan::new(text);
        let number = scan.take_while(|next| !is_blank(next) && !next.is_ascii_alphabetic());
        let amount = Decimal::parse(number).map_err(MoneyError::Amount)?;
        let blanks = scan.take_while(is_blank);
        if scan.is_at_end() {
            return Err(MoneyError::NoCurrency);
        }
        let currency = Currency::parse(scan.rest())?;
        if blanks.is_empty() { Err(MoneyError::NoBlank) } else { Ok(Self { amount, currency }) }
    }

    /// The exact sum.
    ///
    /// # Errors
    ///
    /// Different currencies, or a sum outside the limits of [`Decimal`].
    ///
    /// ```
    /// use onlyif::value::Money;
    ///
    /// assert_eq!(Money::parse("18 EUR")?.checked_add(Money::parse("0.50 EUR")?)?, Money::parse("18.50 EUR")?);
    /// assert!(Money::parse("18 EUR")?.checked_add(Money::parse("0 USD")?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyArithmeticError> {
        self.same_currency(other).map_err(MoneyArithmeticError::CurrencyMismatch)?;
        let sum = self.amount.checked_add(other.amount);
        let amount = sum.ok_or(MoneyArithmeticError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// The exact difference.
    ///
    /// # Errors
    ///
    /// As [`Money::checked_add`].
    ///
    /// ```
    /// use onlyif::value::Money;
    ///
    /// assert_eq!(Money::parse("18 EUR")?.checked_sub(Money::parse("20 EUR")?)?.to_string(), "-2 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyArithmeticError> {
        self.checked_add(Self { amount: other.amount.negated(), ..other })
    }

    /// The exact multiple, or `None` outside the limits of [`Decimal`].
    ///
    /// ```
    /// use onlyif::value::{Decimal, Money};
    ///
    /// assert_eq!(Money::parse("18 EUR")?.checked_mul(Decimal::parse("0.19")?), Some(Money::parse("3.42 EUR")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn checked_mul(self, factor: Decimal) -> Option<Self> {
        Some(Self { amount: self.amount.checked_mul(factor)?, ..self })
    }

    /// Which of two amounts of one currency is larger.
    ///
    /// # Errors
    ///
    /// The two currencies, when they differ.
    ///
    /// ```
    /// use core::cmp::Ordering;
    /// use onlyif::value::Money;
    ///
    /// assert_eq!(Money::parse("18 EUR")?.compare(Money::parse("20 EUR")?), Ok(Ordering::Less));
    /// assert!(Money::parse("18 EUR")?.compare(Money::parse("20 USD")?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compare(self, other: Self) -> Result<Ordering, CurrencyMismatch> {
        self.same_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    fn same_currency(self, other: Self) -> Result<(), CurrencyMismatch> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(CurrencyMismatch { left: self.currency, right: other.currency })
    }
}

const fn is_blank(next: char) -> bool {
    matches!(next, ' ' | '\t')
}

/// The form that [`Money::parse`] reads, the amount whole or with at least two places, as prices are written: `18 EUR`, `18.50 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second_place = if self.amount.scale() == 1 { "0" } else { "" };
        write!(f, "{}{second_place} {}", self.amount, self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

/// Two currencies where one was needed.
///
/// ```
/// use onlyif::value::Money;
///
/// let problem = Money::parse("18 EUR")?.compare(Money::parse("20 USD")?).unwrap_err();
/// assert_eq!((problem.left.code(), problem.right.code()), ("EUR", "USD"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CurrencyMismatch {
    /// The currency of the first amount.
    pub left: Currency,
    /// The currency of the second amount.
    pub right: Currency,
}

impl fmt::Display for CurrencyMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, right } = self;
        write!(f, "`{left}` and `{right}` are different currencies, both must be the same")
    }
}

impl core::error::Error for CurrencyMismatch {}

/// Why amounts cannot be added.
///
/// ```
/// use onlyif::value::{Money, MoneyArithmeticError};
///
/// let most = Money::parse("9_999_999_999_999_999_999_999_999_999 EUR")?;
/// assert_eq!(most.checked_add(Money::parse("1 EUR")?), Err(MoneyArithmeticError::Overflow));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyArithmeticError {
    /// They are of different currencies.
    CurrencyMismatch(CurrencyMismatch),
    /// The result is outside the limits of [`Decimal`].
    Overflow,
}

impl fmt::Display for MoneyArithmeticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CurrencyMismatch(mismatch) => mismatch.fmt(f),
            Self::Overflow => f.write_str("the resulting amount needs more than 28 digits"),
        }
    }
}

impl core::error::Error for MoneyArithmeticError {}

/// Why a text is no [`Money`] or [`Currency`].
///
/// ```
/// use onlyif::value::{Money, MoneyError};
///
/// assert_eq!(Money::parse("18EUR"), Err(MoneyError::NoBlank));
/// assert_eq!(Money::parse("18 €"), Err(MoneyError::NotACurrency));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyError {
    /// The number is not one, or cannot be held exactly.
    Amount(NumberError),
    /// No currency follows the number.
    NoCurrency,
    /// No blank stands between the number and the currency.
    NoBlank,
    /// The currency is not a code of three capitals.
    NotACurrency,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Amount(NumberError::Empty) => "the amount is missing, money is written `18.00 EUR`",
            Self::Amount(error) => return error.fmt(f),
            Self::NoCurrency => "the currency is missing, money is written `18.00 EUR`",
            Self::NoBlank => "a blank is missing before the currency, write `18.00 EUR`",
            Self::NotACurrency => "a currency is written as three capitals, such as `EUR`",
        })
    }
}

impl core::error::Error for MoneyError {}
