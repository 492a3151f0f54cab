//! Single values, read from what JSON sends, and compared.

use super::read::{Got, Item};
use jiff::civil::{Date, Time};
use onlyif::Value;
use onlyif::machinery::vocabulary::Type;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::net::IpAddr;

/// A value that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    YesNo(bool),
    Number(Decimal),
    Text(String),
    Money(Decimal, String),
    Date(Date),
    Time(Time),
    /// Nanoseconds since 1970.
    Moment(i128),
    /// Nanoseconds.
    Exact(i128),
    Months(i128),
    Address(IpAddr),
    Network(IpAddr, u32),
    /// Nothing, in every currency and every unit.
    Zero,
}

impl Scalar {
    /// The value of a term that gives a single one.
    pub fn of_got(got: &Got) -> Option<Self> {
        match got {
            Got::Known(item) => Self::of(item),
            Got::Zero => Some(Scalar::Zero),
            _ => None,
        }
    }

    /// The value of an item; none for lists and records.
    pub fn of(item: &Item) -> Option<Self> {
        let text = match &item.value {
            Value::YesNo(yes) => return Some(Scalar::YesNo(*yes)),
            Value::Number(number) => return Some(Scalar::Number(decimal(&number.to_string())?)),
            Value::Text(text) => text.clone(),
            Value::Record(_) if item.ty == Type::Money => {
                return money(&item.value).map(|(amount, currency)| Scalar::Money(amount, currency));
            }
            Value::Time(time) => {
                let part = |part: u8| i8::try_from(part).ok();
                let nanosecond = i32::try_from(time.nanosecond()).ok()?;
                return Time::new(part(time.hour())?, part(time.minute())?, part(time.second())?, nanosecond).ok().map(Scalar::Time);
            }
            Value::Duration(span) => return Some(length(*span)),
            Value::Money(_) | Value::Date(_) | Value::DateTime(_) | Value::IpAddress(_) | Value::Network(_) => item.value.to_string(),
            _ => return None,
        };
        match (&item.ty, &item.value) {
            (Type::Money, _) | (_, Value::Money(_)) => money(&Value::Text(text)).map(|(amount, currency)| Scalar::Money(amount, currency)),
            (Type::Date, _) | (_, Value::Date(_)) => date(&text).map(Scalar::Date),
            (Type::Time, _) => time(&text).map(Scalar::Time),
            (Type::DateTime, _) | (_, Value::DateTime(_)) => moment(&text).map(Scalar::Moment),
            (Type::Duration, _) => span(&text),
            (Type::IpAddress, _) | (_, Value::IpAddress(_)) => address(&text).map(Scalar::Address),
            (Type::Network, _) | (_, Value::Network(_)) => network(&text).map(|(address, prefix)| Scalar::Network(address, prefix)),
            _ => Some(Scalar::Text(text)),
        }
    }

    /// The order of two values; none where they have none: two sorts, two currencies, months against days.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Scalar::Number(left), Scalar::Number(right)) => Some(left.cmp(right)),
            (Scalar::Money(left, of), Scalar::Money(right, currency)) if of == currency => Some(left.cmp(right)),
            (Scalar::Date(left), Scalar::Date(right)) => Some(left.cmp(right)),
            (Scalar::Time(left), Scalar::Time(right)) => Some(left.cmp(right)),
            (Scalar::Moment(left), Scalar::Moment(right)) => Some(left.cmp(right)),
            (Scalar::Exact(left), Scalar::Exact(right)) | (Scalar::Months(left), Scalar::Months(right)) => Some(left.cmp(right)),
            (Scalar::Zero, Scalar::Zero) => Some(Ordering::Equal),
            (Scalar::Zero, other) => other.sign().map(Ordering::reverse),
            (other, Scalar::Zero) => other.sign(),
            _ => None,
        }
    }

    /// How it stands to nothing.
    fn sign(&self) -> Option<Ordering> {
        match self {
            Scalar::Number(number) | Scalar::Money(number, _) => Some(number.cmp(&Decimal::ZERO)),
            Scalar::Exact(length) | Scalar::Months(length) => Some(length.cmp(&0)),
            _ => None,
        }
    }

    /// Are they the same? None where that cannot be said.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Scalar::YesNo(_), Scalar::YesNo(_)) | (Scalar::Text(_), Scalar::Text(_)) => Some(self == other),
            (Scalar::Address(_), Scalar::Address(_)) => Some(self == other),
            (Scalar::Address(address), Scalar::Network(network, prefix)) | (Scalar::Network(network, prefix), Scalar::Address(address)) => {
                Some(lies_in(*address, *network, *prefix))
            }
            _ => self.order(other).map(Ordering::is_eq),
        }
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, "0"));
    if digits(whole) && digits(rest) { Decimal::from_str_exact(text).ok().map(|number| number.normalize()) } else { None }
}

/// `"18.00 EUR"`, or an object with exactly amount and currency.
pub fn money(value: &Value) -> Option<(Decimal, String)> {
    let (amount, currency) = match value {
        Value::Text(text) => text.split_once(' ').map(|(amount, currency)| (amount.to_owned(), currency.to_owned()))?,
        Value::Money(money) => return self::money(&Value::Text(money.to_string())),
        Value::Record(record) if record.len() == 2 => match (record.get("amount")?, record.get("currency")?) {
            (Value::Text(amount), Value::Text(currency)) => (amount.clone(), currency.clone()),
            (Value::Number(amount), Value::Text(currency)) => (amount.to_string(), currency.clone()),
            _ => return None,
        },
        _ => return None,
    };
    let three = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if three { Some((decimal(&amount)?, currency)) } else { None }
}

/// Numbers of exactly two digits (four at first), where the template has `0`; the rest stands for itself.
fn numbers(text: &str, template: &str) -> Option<Vec<i16>> {
    let fits = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    if text.len() != template.len() || !text.bytes().zip(template.bytes()).all(fits) {
        return None;
    }
    text.split(['-', ':']).map(|part| part.parse().ok()).collect()
}

fn date(text: &str) -> Option<Date> {
    let parts = numbers(text, "0000-00-00")?;
    Date::new(parts[0], i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?).ok().filter(|date| date.year() > 0)
}

pub fn is_date(text: &str) -> bool {
    date(text).is_some()
}

fn time(text: &str) -> Option<Time> {
    let parts = numbers(text, "00:00").or_else(|| numbers(text, "00:00:00"))?;
    let part = |at: usize| i8::try_from(parts.get(at).copied().unwrap_or_default()).ok();
    Time::new(part(0)?, part(1)?, part(2)?, 0).ok()
}

pub fn is_time(text: &str) -> bool {
    time(text).is_some()
}

/// An instant of RFC 3339, in nanoseconds since 1970.
pub fn moment(text: &str) -> Option<i128> {
    let (day, rest) = text.split_once('T')?;
    let (clock, offset) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = rest.rfind(['+', '-'])?;
            let parts = numbers(&rest[at + 1..], "00:00").filter(|parts| parts[0] <= 18 && parts[1] < 60)?;
            let minutes = i128::from(parts[0]) * 60 + i128::from(parts[1]);
            (&rest[..at], if rest.as_bytes()[at] == b'-' { -minutes } else { minutes })
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if clock.len() != 8 || fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days = i128::from(Date::new(1970, 1, 1).ok()?.until(date(day)?).ok()?.get_days());
    let time = time(clock)?;
    let minutes = days * 1440 + i128::from(time.hour()) * 60 + i128::from(time.minute()) - offset;
    let nanoseconds: i128 = format!("{fraction:0<9}").parse().ok()?;
    Some((minutes * 60 + i128::from(time.second())) * 1_000_000_000 + nanoseconds)
}

/// `90 minutes`, `PT90M`: whole numbers of one unit, which is all that the generator writes.
pub fn span(text: &str) -> Option<Scalar> {
    let (number, unit) = match text.strip_prefix("PT").or_else(|| text.strip_prefix('P')) {
        Some(rest) => rest.split_at_checked(rest.len().checked_sub(1)?)?,
        None => text.split_once(' ')?,
    };
    let number: i128 = number.parse().ok()?;
    let seconds = match (text.starts_with("PT"), unit.strip_suffix('s').unwrap_or(unit)) {
        (true, "S") | (false, "second") => 1,
        (true, "M") | (false, "minute") => 60,
        (true, "H") | (false, "hour") => 3_600,
        (false, "D" | "day") => 86_400,
        (false, "W" | "week") => 604_800,
        (false, "M" | "month") => return Some(Scalar::Months(number)),
        (false, "Y" | "year") => return Some(Scalar::Months(number * 12)),
        _ => return None,
    };
    Some(Scalar::Exact(number * seconds * 1_000_000_000))
}

fn length(span: onlyif::value::Duration) -> Scalar {
    match (span.nanoseconds(), span.months()) {
        (Some(exact), _) => Scalar::Exact(exact),
        (None, months) => Scalar::Months(months.unwrap_or_default().into()),
    }
}

/// An address; one that is mapped into IPv6 is the IPv4 address that it is.
pub fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().map(|address: IpAddr| address.to_canonical())
}

/// An address and the length of its prefix, with nothing behind the prefix; an address alone is the network of that one.
pub fn network(text: &str) -> Option<(IpAddr, u32)> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().ok()?;
    let (bits, width) = bits(address);
    let prefix: u32 = prefix.map_or(Some(width), |prefix| prefix.parse().ok())?;
    if prefix > width || bits.checked_shl(prefix).unwrap_or(0) != 0 {
        return None;
    }
    match address.to_canonical() {
        mapped @ IpAddr::V4(_) if width == 128 && prefix >= 96 => Some((mapped, prefix - 96)),
        _ => Some((address, prefix)),
    }
}

/// The bits of an address from the top, and how many it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(four) => (u128::from(u32::from(four)) << 96, 32),
        IpAddr::V6(six) => (u128::from(six), 128),
    }
}

fn lies_in(address: IpAddr, network: IpAddr, prefix: u32) -> bool {
    let ((one, width), (other, of)) = (bits(address), bits(network));
    width == of && (one ^ other).checked_shr(128 - prefix).unwrap_or(0) == 0
}
