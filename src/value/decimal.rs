//! Exact decimal numbers: what a rule or a request writes is what is compared, or it is refused.

mod text;

use core::cmp::Ordering;
use core::fmt;

pub use text::NumberError;

/// The most significant digits that a [`Decimal`] holds.
const MAX_DIGITS: u32 = 28;

/// The most digits after the point that a [`Decimal`] holds.
const MAX_SCALE: u8 = 18;

/// 10^28: every mantissa is smaller in size, so two of them add up within an `i128`.
const MANTISSA_BOUND: u128 = 10_u128.pow(MAX_DIGITS);

/// An exact decimal number.
///
/// Limits: at most 28 significant digits, at most 18 digits after the point, and a size below
/// 10<sup>28</sup>. Nothing is ever rounded: a number or a result outside the limits is refused.
/// Zeros that change nothing do not count and are not kept, so `1.0` and `1.00` are one value with
/// one hash and one printed form, and there is no negative zero.
///
/// ```
/// use onlyif::value::Decimal;
///
/// let tenth = Decimal::parse("0.1")?;
/// let fifth = Decimal::parse("0.20")?;
/// assert_eq!(tenth.checked_add(fifth), Some(Decimal::parse("0.3")?));
/// assert_eq!(fifth.to_string(), "0.2");
/// # Ok::<(), onlyif::value::NumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits without the point; no multiple of ten unless `scale` is 0.
    mantissa: i128,
    /// How many of the digits stand after the point.
    scale: u8,
}

impl Decimal {
    /// The number 0. There is no negative zero.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::from(3).checked_sub(Decimal::from(3)), Some(Decimal::ZERO));
    /// ```
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// The number 1, which is 100%.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::from(100).percent(), Some(Decimal::ONE));
    /// ```
    pub const ONE: Self = Self { mantissa: 1, scale: 0 };

    /// The number `mantissa` ÷ 10<sup>`scale`</sup>, or `None` outside the limits.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::new(850, 3), Decimal::new(85, 2));
    /// assert_eq!(Decimal::new(1, 19), None);
    /// ```
    #[must_use]
    pub const fn new(mut mantissa: i128, scale: u8) -> Option<Self> {
        let mut scale = scale;
        while scale > 0 && mantissa % 10 == 0 {
            if mantissa == 0 {
                return Some(Self::ZERO);
            }
            mantissa /= 10;
            scale = scale.wrapping_sub(1); // above 0, as the loop has just asked
        }
        if scale > MAX_SCALE || mantissa.unsigned_abs() >= MANTISSA_BOUND {
            return None;
        }
        Some(Self { mantissa, scale })
    }

    /// The digits without the point, and without zeros at the end of a fraction: 85 for 0.85 and for 0.850. Below 10<sup>28</sup> in
    /// size.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::parse("-0.850")?.mantissa(), -85);
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many digits stand after the point, 0 to 18: 2 for 0.85, 0 for every whole number.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::parse("0.850")?.scale(), 2);
    /// assert_eq!(Decimal::parse("5.00")?.scale(), 0);
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The number as an `i64`, or `None` when it has a fraction or does not fit.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::parse("40.0")?.to_i64(), Some(40));
    /// assert_eq!(Decimal::parse("40.5")?.to_i64(), None); // never rounded
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.scale == 0 { i64::try_from(self.mantissa).ok() } else { None }
    }

    /// Whether the number has no fraction.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert!(Decimal::parse("5.0")?.is_integer() && !Decimal::parse("5.1")?.is_integer());
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.scale == 0
    }

    /// Whether the number is below 0.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert!(Decimal::from(-1).is_negative() && !Decimal::ZERO.is_negative());
    /// ```
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The exact sum, or `None` outside the limits.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// let sum = Decimal::parse("0.1")?.checked_add(Decimal::parse("0.2")?);
    /// assert_eq!(sum, Some(Decimal::parse("0.3")?)); // exactly
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // With different scales the last digit of the finer number stays, so a sum that overflows
        // here has too many digits in any case.
        let scale = self.scale.max(other.scale);
        Self::new(self.aligned(scale)?.checked_add(other.aligned(scale)?)?, scale)
    }

    /// The exact difference, or `None` outside the limits.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::from(1).checked_sub(Decimal::from(3)), Some(Decimal::from(-2)));
    /// ```
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The exact product, or `None` outside the limits.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// let tiny = Decimal::parse("0.000000000000000001")?;
    /// assert_eq!(tiny.checked_mul(tiny), None); // never rounded to 0
    /// # Ok::<(), onlyif::value::NumberError>(())
    /// ```
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (mut left, mut right) = (self.mantissa, other.mantissa);
        if left == 0 || right == 0 {
            return Some(Self::ZERO);
        }
        let mut scale = self.scale.checked_add(other.scale)?;
        // Tens are taken out before the product is formed: the product of two mantissas can
        // outgrow an `i128` although its value is within the limits.
        while scale > 0 {
            if left % 10 == 0 {
                left /= 10;
            } else if right % 10 == 0 {
                right /= 10;
            } else if left % 5 == 0 && right % 2 == 0 {
                left /= 5;
                right /= 2;
            } else if left % 2 == 0 && right % 5 == 0 {
                left /= 2;
                right /= 5;
            } else {
                break;
            }
            scale = scale.checked_sub(1)?;
        }
        Self::new(left.checked_mul(right)?, scale)
    }

    /// The number with the other sign.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::from(3).negated(), Decimal::from(-3));
    /// assert_eq!(Decimal::ZERO.negated(), Decimal::ZERO);
    /// ```
    #[must_use]
    pub const fn negated(self) -> Self {
        // A mantissa stays below 10^28, far from the one value that has no opposite.
        Self { mantissa: self.mantissa.wrapping_neg(), scale: self.scale }
    }

    /// This many percent: the number divided by 100, or `None` when that needs more than 18 digits
    /// after the point.
    ///
    /// ```
    /// use onlyif::value::Decimal;
    ///
    /// assert_eq!(Decimal::from(20).percent(), Decimal::new(2, 1));
    /// ```
    #[must_use]
    pub fn percent(self) -> Option<Self> {
        Self::new(self.mantissa, self.scale.checked_add(2)?)
    }

    /// The mantissa at a scale that is not below its own, or `None` when it outgrows an `i128`.
    fn aligned(self, scale: u8) -> Option<i128> {
        let shift = u32::from(scale.checked_sub(self.scale)?);
        self.mantissa.checked_mul(10_i128.checked_pow(shift)?)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.aligned(scale), other.aligned(scale)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only the coarser number is multiplied. When it outgrows an `i128` it is larger in
            // size than the finer one, whose mantissa is below 10^28: its sign decides.
            (None, _) => self.mantissa.cmp(&0),
            (_, None) => 0.cmp(&other.mantissa),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                // At most 20 digits: within the limits.
                Self { mantissa: i128::from(value), scale: 0 }
            }
        }
    )*};
}

from_integer!(i64, u64, i32, u32);

/// Plain digits, without exponent and without zeros that change nothing: `-0.85`, `5000`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.mantissa.unsigned_abs();
        let sign = if self.is_negative() { "-" } else { "" };
        match 10_u128.checked_pow(u32::from(self.scale)) {
            Some(unit) if self.scale > 0 => {
                let whole = size.checked_div(unit).unwrap_or(0);
                let fraction = size.checked_rem(unit).unwrap_or(0);
                write!(f, "{sign}{whole}.{fraction:0>width$}", width = usize::from(self.scale))
            }
            Some(_) | None => write!(f, "{sign}{size}"),
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}
