use std::cmp::Ordering;

use onlyif::value::{Currency, CurrencyMismatch, Decimal, Money, MoneyArithmeticError, MoneyError, NumberError};

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

#[test]
fn money_is_read_and_shown() {
    for (text, shown) in [("18.00 EUR", "18 EUR"), ("-0.50 USD", "-0.50 USD"), ("5_000  \tXAU", "5000 XAU"), ("0 JPY", "0 JPY")] {
        assert_eq!(money(text).to_string(), shown);
    }
}

#[test]
fn other_texts_are_no_money() {
    for (text, problem) in [
        ("", MoneyError::Amount(NumberError::Empty)),
        ("EUR", MoneyError::Amount(NumberError::Empty)),
        ("EUR 18", MoneyError::Amount(NumberError::Empty)),
        ("$18", MoneyError::Amount(NumberError::Unexpected('$'))),
        ("18€", MoneyError::Amount(NumberError::Unexpected('€'))),
        (" 18 EUR", MoneyError::Amount(NumberError::Empty)),
        ("1,000 EUR", MoneyError::Amount(NumberError::Unexpected(','))),
        ("18\u{a0}EUR", MoneyError::Amount(NumberError::Unexpected('\u{a0}'))),
        ("18. EUR", MoneyError::Amount(NumberError::MissingFraction)),
        ("1e3 EUR", MoneyError::NotACurrency),
        ("18", MoneyError::NoCurrency),
        ("18 ", MoneyError::NoCurrency),
        ("18EUR", MoneyError::NoBlank),
        ("18 eur", MoneyError::NotACurrency),
        ("18 EURO", MoneyError::NotACurrency),
        ("18 EU", MoneyError::NotACurrency),
        ("18 EUR ", MoneyError::NotACurrency),
        ("18 ÄU", MoneyError::NotACurrency),
    ] {
        assert_eq!(Money::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn only_one_currency_is_reckoned_with() {
    let (euros, dollars) = (money("18.00 EUR"), money("18.00 USD"));
    let mismatch = CurrencyMismatch { left: euros.currency, right: dollars.currency };
    assert_eq!(euros.compare(dollars), Err(mismatch));
    assert_eq!(euros.checked_add(dollars), Err(MoneyArithmeticError::CurrencyMismatch(mismatch)));
    assert_eq!(euros.checked_sub(dollars), Err(MoneyArithmeticError::CurrencyMismatch(mismatch)));
    assert_ne!(money("0 EUR"), money("0 USD"));
    assert_eq!(euros.compare(money("17.99 EUR")), Ok(Ordering::Greater));
    assert_eq!(euros.checked_sub(money("20 EUR")), Ok(money("-2 EUR")));
    assert_eq!(euros.checked_mul(Decimal::parse("0.2").unwrap()), Some(money("3.60 EUR")));
    let most = money("9999999999999999999999999999 EUR");
    assert_eq!(most.checked_add(euros), Err(MoneyArithmeticError::Overflow));
    assert_eq!(most.checked_mul(Decimal::from(10)), None);
    assert_eq!(Currency::parse("EUR").map(|c| c.code().to_owned()), Ok("EUR".to_owned()));
}
