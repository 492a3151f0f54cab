//! Literals: numbers, money, dates, texts and the like, as values.

use super::Builder;
use crate::parse::grammar::{Pair, Pairs, Part};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Entity, Expr, Name, Node, TextLiteral};
use crate::value::{AddressError, Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Time, Value};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    /// The literal that the next pair is. One that names nothing (30 February) is reported and read as none.
    #[inline(never)]
    pub(super) fn literal(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let pair = pairs.next()?;
        let span = self.span(&pair);
        let written = pair.as_str();
        self.refuse_thousands(&pair);
        let value = match pair.as_rule() {
            Part::text => Value::Text(self.text(&pair).text),
            Part::yes => Value::YesNo(true),
            Part::no => Value::YesNo(false),
            Part::none => Value::None,
            Part::percent => {
                let value = Value::Number(self.percentage(&pair)?);
                return Some(Expr { node: Node::Literal { value, percent: true }, span });
            }
            Part::number => self.checked(span, Decimal::parse(written).map(Value::Number)),
            Part::money => self.checked(span, Money::parse(&plain(written)).map(Value::Money)),
            Part::duration => self.checked(span, Duration::parse(&plain(written)).map(Value::Duration)),
            Part::date => self.checked_date(span, Date::parse(written).map(Value::Date)),
            Part::date_time => self.checked_date(span, DateTime::parse(written).map(Value::DateTime)),
            Part::time => self.checked_date(span, Time::parse(written).map(Value::Time)),
            Part::ip if written.contains('/') => self.checked_address(span, written, Network::parse(written).map(Value::Network)),
            Part::ip => self.checked_address(span, written, IpAddress::parse(written).map(Value::IpAddress)),
            Part::ip_text => {
                let kind = Name { text: "ip".into(), span: self.keyword(&pair, "ip".len()) };
                let id = self.text(&pair.into_inner().next()?);
                self.check_address(&kind, &id);
                return Some(Expr { node: Node::Entity(Box::new(Entity { kind, id, fields: Vec::new() })), span });
            }
            _ => {
                self.refuse_literal(&pair)?;
                Value::None
            }
        };
        Some(Expr { node: Node::Literal { value, percent: false }, span })
    }

    /// A percentage as a number: 0.2 for `20%`.
    #[inline(never)]
    pub(super) fn percentage(&mut self, pair: &Pair<'t>) -> Option<Decimal> {
        let span = self.span(pair);
        let number = Decimal::parse(pair.as_str().trim_end_matches('%')).map_err(|error| error.to_string());
        let hundredth = number.and_then(|number| {
            Decimal::new(number.mantissa(), number.scale().saturating_add(2)).ok_or_else(|| String::from("it has too many digits"))
        });
        match hundredth {
            Ok(number) => Some(number),
            Err(why) => {
                self.report(mistakes::literal_range(span, self.site.words(span), &why));
                Some(Decimal::ZERO)
            }
        }
    }

    fn checked<E: ToString>(&mut self, span: Span, value: Result<Value, E>) -> Value {
        value.unwrap_or_else(|error| {
            self.report(mistakes::literal_range(span, self.site.words(span), &error.to_string()));
            Value::None
        })
    }

    fn checked_date<E: ToString>(&mut self, span: Span, value: Result<Value, E>) -> Value {
        value.unwrap_or_else(|error| {
            self.report(mistakes::date_form(span, self.site.words(span), &error.to_string(), None));
            Value::None
        })
    }

    fn checked_address(&mut self, span: Span, address: &str, value: Result<Value, AddressError>) -> Value {
        value.unwrap_or_else(|error| {
            let meant = mended(address, &error);
            self.report(mistakes::address_range(span, self.site.words(span), &error.to_string(), meant.as_deref()));
            Value::None
        })
    }

    /// The text after `ip` has to be an address or a network.
    pub(super) fn check_address(&mut self, kind: &Name, id: &TextLiteral) {
        if kind.text != "ip" || IpAddress::parse(&id.text).is_ok() {
            return;
        }
        if let Err(error) = Network::parse(&id.text) {
            let meant = mended(&id.text, &error).map(|meant| format!("\"{meant}\""));
            self.report(mistakes::address_range(id.span, self.site.words(id.span), &error.to_string(), meant.as_deref()));
        }
    }
}

/// The address that is meant, where that is clear.
fn mended(address: &str, error: &AddressError) -> Option<String> {
    match error {
        AddressError::HostBits(network) => Some(network.to_string()),
        AddressError::LeadingZero => {
            let parts = address.split('.').map(|part| match part.trim_start_matches('0') {
                rest if rest.is_empty() || rest.starts_with('/') => format!("0{rest}"),
                rest => rest.to_string(),
            });
            Some(parts.collect::<Vec<_>>().join("."))
        }
        AddressError::NotAnAddress
        | AddressError::Zone
        | AddressError::Port
        | AddressError::Prefix
        | AddressError::NotAPrefix
        | AddressError::PrefixTooLong { .. } => None,
    }
}

/// A number and its unit with one blank between them and without `_`.
fn plain(written: &str) -> String {
    let mut plain = String::with_capacity(written.len());
    for word in written.split([' ', '\t']).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().filter(|&c| c != '_'));
    }
    plain
}
