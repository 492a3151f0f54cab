use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use onlyif::value::{Decimal, NumberError};
use proptest::prelude::*;

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn hash(value: Decimal) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn literals_are_read() {
    for (text, shown) in [
        ("12", "12"),
        ("-3", "-3"),
        ("0.85", "0.85"),
        ("5_000", "5000"),
        ("1_2_3.50", "123.5"),
        ("1.00", "1"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("007", "7"),
        ("100", "100"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("0.1000000000000000000000000000000", "0.1"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
        ("-9999999999.999999999999999999", "-9999999999.999999999999999999"),
    ] {
        assert_eq!(number(text).to_string(), shown, "{text}");
    }
}

#[test]
fn other_texts_are_no_literals() {
    for (text, problem) in [
        ("", NumberError::Empty),
        ("-", NumberError::Empty),
        ("+1", NumberError::Unexpected('+')),
        ("--1", NumberError::Unexpected('-')),
        ("- 1", NumberError::Unexpected(' ')),
        (" 1", NumberError::Unexpected(' ')),
        ("1 ", NumberError::Unexpected(' ')),
        ("1e3", NumberError::Unexpected('e')),
        ("1,000", NumberError::Unexpected(',')),
        ("1.5.2", NumberError::Unexpected('.')),
        ("٣", NumberError::Unexpected('٣')),
        ("1é", NumberError::Unexpected('é')),
        ("NaN", NumberError::Unexpected('N')),
        (".5", NumberError::MissingWholePart),
        ("-.5", NumberError::MissingWholePart),
        ("5.", NumberError::MissingFraction),
        ("5.e1", NumberError::MissingFraction),
        ("_5", NumberError::MisplacedUnderscore),
        ("5_", NumberError::MisplacedUnderscore),
        ("1__0", NumberError::MisplacedUnderscore),
        ("1_.0", NumberError::MisplacedUnderscore),
        ("1._0", NumberError::MissingFraction),
        ("1.0_0", NumberError::MisplacedUnderscore),
        ("10000000000000000000000000000", NumberError::TooLarge),
        ("1.0000000000000000000000000001", NumberError::TooFine),
        ("0.0000000000000000001", NumberError::TooFine),
        ("12345678901234567890123456789.5", NumberError::TooLarge),
        ("12345678901234567890.123456789", NumberError::TooManyDigits),
    ] {
        assert_eq!(Decimal::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn json_numbers_are_read() {
    for (text, shown) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0e-999999999999", "0"),
        ("0e999999999", "0"),
        ("1.10", "1.1"),
        ("1e2", "100"),
        ("1E+2", "100"),
        ("1.5e1", "15"),
        ("150e-2", "1.5"),
        ("1e-18", "0.000000000000000001"),
        ("10e-19", "0.000000000000000001"),
        ("1e27", "1000000000000000000000000000"),
        ("0.00001e5", "1"),
        ("9007199254740993.0", "9007199254740993"),
        ("1e0000000000000000000000000000002", "100"),
    ] {
        assert_eq!(Decimal::parse_json(text).unwrap().to_string(), shown, "{text}");
    }
    let long = format!("1{}e-1000", "0".repeat(1000));
    assert_eq!(Decimal::parse_json(&long), Ok(Decimal::ONE));
}

#[test]
fn other_texts_are_no_json_numbers() {
    for (text, problem) in [
        ("", NumberError::Empty),
        ("-", NumberError::Empty),
        ("+1", NumberError::Unexpected('+')),
        ("01", NumberError::LeadingZero),
        ("-01", NumberError::LeadingZero),
        ("00", NumberError::LeadingZero),
        ("1_000", NumberError::Unexpected('_')),
        (".5", NumberError::MissingWholePart),
        ("1.", NumberError::MissingFraction),
        ("1.e1", NumberError::MissingFraction),
        ("1e", NumberError::MissingExponent),
        ("1e+", NumberError::MissingExponent),
        ("1e-+1", NumberError::MissingExponent),
        ("1e1.5", NumberError::Unexpected('.')),
        ("0x10", NumberError::Unexpected('x')),
        ("1e28", NumberError::TooLarge),
        ("1e999999999", NumberError::TooLarge),
        ("-1e99999999999999999999999999", NumberError::TooLarge),
        ("1e-19", NumberError::TooFine),
        ("1e-99999999999999999999999999", NumberError::TooFine),
    ] {
        assert_eq!(Decimal::parse_json(text), Err(problem), "{text}");
    }
}

#[test]
fn sums_and_products_are_exact_or_refused() {
    assert_eq!(number("0.1").checked_add(number("0.2")), Some(number("0.3")));
    let most = number("9999999999999999999999999999");
    assert_eq!(most.checked_add(Decimal::ONE), None);
    assert_eq!(most.checked_add(number("0.1")), None);
    assert_eq!(most.negated().checked_sub(Decimal::ONE), None);
    assert_eq!(most.checked_sub(most), Some(Decimal::ZERO));
    let tiny = number("0.000000000000000001");
    assert_eq!(tiny.checked_mul(tiny), None);
    assert_eq!(most.checked_mul(most), None);
    // 2^62 × 5^39 ÷ 10^18: the product of the mantissas is beyond 128 bits, its value is not.
    let twos = Decimal::from(1_u64 << 62);
    let fives = Decimal::new(5_i128.pow(39), 18).unwrap();
    let product = number("8388608000000000000000000000");
    assert_eq!(twos.checked_mul(fives), Some(product));
    assert_eq!(fives.checked_mul(twos), Some(product));
    let (tens, fine) = (number("1000000000000000000000000000"), number("0.000000999999999999"));
    assert_eq!(tens.checked_mul(fine), Some(number("999999999999000000000")));
    assert_eq!(fine.checked_mul(tens), Some(number("999999999999000000000")));
    assert_eq!(Decimal::from(20).percent(), Some(number("0.2")));
    assert_eq!(tiny.percent(), None);
    assert_eq!(Decimal::from(100).percent(), Some(Decimal::ONE));
}

#[test]
fn whole_numbers_are_converted() {
    assert_eq!(Decimal::from(i64::MIN).to_i64(), Some(i64::MIN));
    assert_eq!(Decimal::from(u64::MAX).to_i64(), None);
    assert_eq!(Decimal::from(u64::MAX).to_string(), u64::MAX.to_string());
    assert_eq!(number("2.0").to_i64(), Some(2));
    assert_eq!(number("2.5").to_i64(), None);
    assert!(number("2.0").is_integer() && !number("2.5").is_integer());
    assert!(number("-2").is_negative() && !number("-0").is_negative());
    assert_eq!(Decimal::new(0, 255), Some(Decimal::ZERO));
    assert_eq!(Decimal::new(i128::MIN, 0), None);
    assert_eq!(Decimal::new(10, 19), Decimal::new(1, 18));
}

/// A number with up to 28 digits: any, or one whose products have many zeros.
fn decimal() -> impl Strategy<Value = Decimal> {
    let uniform = (0_u32..=28, any::<u128>()).prop_map(|(digits, raw)| raw % 10_u128.pow(digits));
    // Powers of two and of five, the largest below 10^28: their products end in many zeros.
    let twos = (0_u32..=93).prop_map(|exponent| 2_u128.pow(exponent));
    let fives = (0_u32..=40).prop_map(|exponent| 5_u128.pow(exponent));
    (prop_oneof![uniform, twos, fives], any::<bool>(), 0_u8..=18).prop_map(|(size, negative, scale)| {
        let size = i128::try_from(size).unwrap();
        Decimal::new(if negative { -size } else { size }, scale).unwrap()
    })
}

/// School arithmetic on decimal digits, the last one first.
mod school {
    pub(crate) fn digits(mut size: u128, zeros: usize) -> Vec<u8> {
        let mut digits = vec![0; zeros];
        while size > 0 {
            digits.push((size % 10) as u8);
            size /= 10;
        }
        digits
    }

    pub(crate) fn value(digits: &[u8]) -> Option<u128> {
        digits.iter().rev().try_fold(0_u128, |sum, digit| sum.checked_mul(10)?.checked_add(u128::from(*digit)))
    }

    pub(crate) fn product(left: &[u8], right: &[u8]) -> Vec<u8> {
        let mut sums = vec![0_u32; left.len() + right.len() + 1];
        for (i, a) in left.iter().enumerate() {
            for (j, b) in right.iter().enumerate() {
                *sums.get_mut(i + j).unwrap() += u32::from(*a) * u32::from(*b);
            }
        }
        let mut carry = 0;
        sums.into_iter()
            .map(|sum| {
                let total = sum + carry;
                carry = total / 10;
                (total % 10) as u8
            })
            .collect()
    }

    /// Left minus or plus right, and whether the result is negative.
    pub(crate) fn sum(left: (bool, &[u8]), right: (bool, &[u8])) -> (bool, Vec<u8>) {
        let width = left.1.len().max(right.1.len()) + 1;
        let signed = |(negative, digits): (bool, &[u8])| -> Vec<i32> {
            let sign = if negative { -1 } else { 1 };
            let pad = std::iter::repeat_n(0, width - digits.len());
            digits.iter().copied().chain(pad).map(|digit| sign * i32::from(digit)).collect()
        };
        let columns: Vec<i32> = signed(left).iter().zip(signed(right)).map(|(a, b)| a + b).collect();
        let negative = columns.iter().rev().find(|column| **column != 0).is_some_and(|c| *c < 0);
        let mut carry = 0;
        let digits = columns
            .iter()
            .map(|column| {
                let total = carry + if negative { -column } else { *column };
                carry = total.div_euclid(10);
                total.rem_euclid(10) as u8
            })
            .collect();
        (negative, digits)
    }

    /// The canonical text, if it is within 28 digits and 18 places.
    pub(crate) fn canonical(negative: bool, digits: &[u8], places: usize) -> Option<super::Decimal> {
        let zeros = digits.iter().take(places).take_while(|digit| **digit == 0).count();
        let size = value(digits.get(zeros..)?)?;
        let places = if size == 0 { 0 } else { places - zeros };
        if places > 18 || size >= 10_u128.pow(28) {
            return None;
        }
        let size = i128::try_from(size).ok()?;
        super::Decimal::new(if negative { -size } else { size }, u8::try_from(places).ok()?)
    }
}

fn digits_at(value: Decimal, scale: u8) -> Vec<u8> {
    school::digits(value.mantissa().unsigned_abs(), usize::from(scale - value.scale()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn addition_is_school_addition(left in decimal(), right in decimal()) {
        let scale = left.scale().max(right.scale());
        let (left_digits, right_digits) = (digits_at(left, scale), digits_at(right, scale));
        let (negative, digits) =
            school::sum((left.is_negative(), &left_digits), (right.is_negative(), &right_digits));
        let wanted = school::canonical(negative, &digits, usize::from(scale));
        prop_assert_eq!(left.checked_add(right), wanted);
        prop_assert_eq!(right.checked_add(left), wanted);
        prop_assert_eq!(left.checked_sub(right.negated()), wanted);
    }

    #[test]
    fn order_is_the_sign_of_the_difference(left in decimal(), right in decimal()) {
        let scale = left.scale().max(right.scale());
        let (left_digits, right_digits) = (digits_at(left, scale), digits_at(right, scale));
        let (negative, digits) =
            school::sum((left.is_negative(), &left_digits), (!right.is_negative(), &right_digits));
        let zero = digits.iter().all(|digit| *digit == 0);
        prop_assert_eq!(left < right, negative && !zero);
        prop_assert_eq!(left == right, zero);
        prop_assert_eq!(left > right, !negative && !zero);
    }

    #[test]
    fn multiplication_is_school_multiplication(left in decimal(), right in decimal()) {
        let digits = school::product(&digits_at(left, left.scale()), &digits_at(right, right.scale()));
        let places = usize::from(left.scale()) + usize::from(right.scale());
        let wanted = school::canonical(left.is_negative() != right.is_negative(), &digits, places);
        prop_assert_eq!(left.checked_mul(right), wanted);
        prop_assert_eq!(right.checked_mul(left), wanted);
    }

    #[test]
    fn the_text_reads_back(value in decimal(), zeros in 0_usize..20, exponent in -40_i32..40) {
        let text = value.to_string();
        prop_assert_eq!(Decimal::parse(&text), Ok(value));
        prop_assert_eq!(Decimal::parse_json(&text), Ok(value));
        let point = if text.contains('.') { "" } else { "." };
        let padded = format!("{text}{point}0{}", "0".repeat(zeros));
        let again = Decimal::parse(&padded).unwrap();
        prop_assert_eq!(again, value);
        prop_assert_eq!(hash(again), hash(value));
        // The same digits with an exponent, and a mantissa that makes up for it.
        let shifted = format!("{}e{}", value.mantissa(), -i32::from(value.scale()));
        prop_assert_eq!(Decimal::parse_json(&shifted), Ok(value));
        let far = format!("{}e{exponent}", value.mantissa());
        if let Ok(read) = Decimal::parse_json(&far) {
            let unit = format!("1e{}", exponent.abs());
            if let Ok(unit) = Decimal::parse_json(&unit) {
                let (large, small) = if exponent < 0 {
                    (value.mantissa(), read)
                } else {
                    (read.mantissa(), Decimal::new(value.mantissa(), 0).unwrap())
                };
                prop_assert_eq!(small.checked_mul(unit), Decimal::new(large, if exponent < 0 { 0 } else { read.scale() }));
            }
        }
    }

    #[test]
    fn rust_decimal_agrees(left in decimal(), right in decimal()) {
        let (a, b) = (
            rust_decimal::Decimal::from_str(&left.to_string()).unwrap(),
            rust_decimal::Decimal::from_str(&right.to_string()).unwrap(),
        );
        prop_assert_eq!(left.cmp(&right), a.cmp(&b));
        prop_assert_eq!(a.normalize().to_string(), left.to_string());
        if let Some(sum) = left.checked_add(right) {
            prop_assert_eq!((a + b).normalize().to_string(), sum.to_string());
        }
        if let Some(product) = left.checked_mul(right) {
            prop_assert_eq!((a * b).normalize().to_string(), product.to_string());
        }
    }

    #[test]
    fn no_text_panics(text in "[-+0-9._eE ]{0,40}|\\PC{0,8}") {
        let literal = Decimal::parse(&text);
        let json = Decimal::parse_json(&text);
        if let (Ok(literal), Ok(json)) = (literal, json) {
            prop_assert_eq!(literal, json);
        }
    }
}
