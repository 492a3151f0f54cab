use onlyif::value::{AddressError, IpAddress, Network};
use proptest::prelude::*;

fn address(text: &str) -> IpAddress {
    IpAddress::parse(text).unwrap()
}

fn network(text: &str) -> Network {
    Network::parse(text).unwrap()
}

#[test]
fn addresses_have_one_form() {
    for (text, shown) in [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::", "::"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::ffff:a00:1", "10.0.0.1"),
        ("0:0:0:0:0:FFFF:10.0.0.1", "10.0.0.1"),
        ("::10.0.0.1", "::a00:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ] {
        assert_eq!(address(text).to_string(), shown, "{text}");
    }
}

#[test]
fn other_texts_are_no_addresses() {
    for (text, problem) in [
        ("", AddressError::NotAnAddress),
        ("10.0.0", AddressError::NotAnAddress),
        ("10.0.0.256", AddressError::NotAnAddress),
        ("10.0.0.1.", AddressError::NotAnAddress),
        ("167772161", AddressError::NotAnAddress),
        ("0x0a.0.0.1", AddressError::NotAnAddress),
        (" 10.0.0.1", AddressError::NotAnAddress),
        ("10.0.0.1 ", AddressError::NotAnAddress),
        ("10.0.0.-1", AddressError::NotAnAddress),
        ("1:2:3", AddressError::NotAnAddress),
        ("example.com", AddressError::NotAnAddress),
        ("010.0.0.1", AddressError::LeadingZero),
        ("10.0.0.00", AddressError::LeadingZero),
        ("010.8.8.8", AddressError::LeadingZero),
        ("::ffff:010.0.0.1", AddressError::LeadingZero),
        ("fe80::1%eth0", AddressError::Zone),
        ("10.0.0.1:80", AddressError::Port),
        ("[::1]", AddressError::Port),
        ("[::1]:80", AddressError::Port),
        ("10.0.0.0/8", AddressError::Prefix),
    ] {
        assert_eq!(IpAddress::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn networks_are_read_and_shown() {
    for (text, shown) in [
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("10.0.0.1", "10.0.0.1/32"),
        ("10.0.0.1/32", "10.0.0.1/32"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("::/0", "::/0"),
        ("::1", "::1/128"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("::ffff:0:0/96", "0.0.0.0/0"),
        ("::ffff:10.0.0.1/128", "10.0.0.1/32"),
        ("::ffff:10.0.0.1", "10.0.0.1/32"),
        ("::fffe:0:0/95", "::fffe:0:0/95"),
    ] {
        assert_eq!(network(text).to_string(), shown, "{text}");
    }
}

#[test]
fn other_texts_are_no_networks() {
    for (text, problem) in [
        ("10.1.2.3/8", AddressError::HostBits(network("10.0.0.0/8"))),
        ("0.0.0.1/0", AddressError::HostBits(network("0.0.0.0/0"))),
        ("2001:db8::1/32", AddressError::HostBits(network("2001:db8::/32"))),
        ("::ffff:10.1.2.3/104", AddressError::HostBits(network("10.0.0.0/8"))),
        ("::ffff:10.0.0.0/95", AddressError::HostBits(network("::fffe:0:0/95"))),
        ("::1/0", AddressError::HostBits(network("::/0"))),
        ("10.0.0.0/33", AddressError::PrefixTooLong { most: 32 }),
        ("::/129", AddressError::PrefixTooLong { most: 128 }),
        ("::ffff:10.0.0.0/129", AddressError::PrefixTooLong { most: 128 }),
        ("10.0.0.0/999", AddressError::PrefixTooLong { most: 128 }),
        ("10.0.0.0/", AddressError::NotAPrefix),
        ("10.0.0.0/08", AddressError::NotAPrefix),
        ("10.0.0.0/+8", AddressError::NotAPrefix),
        ("10.0.0.0/ 8", AddressError::NotAPrefix),
        ("10.0.0.0/8/8", AddressError::NotAPrefix),
        ("10.0.0.0/255.0.0.0", AddressError::NotAPrefix),
        ("010.0.0.0/8", AddressError::LeadingZero),
        ("10/8", AddressError::NotAnAddress),
        ("fe80::%1/64", AddressError::Zone),
        ("/8", AddressError::NotAnAddress),
    ] {
        assert_eq!(Network::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn an_address_is_in_networks_of_its_own_family() {
    let ten = network("10.0.0.0/8");
    assert!(ten.contains(address("10.255.255.255")) && !ten.contains(address("11.0.0.0")));
    assert!(ten.contains(address("::ffff:10.0.0.1")));
    assert!(!ten.contains(address("::a00:1")));
    assert!(!network("::/0").contains(address("10.0.0.1")));
    assert!(!network("::/0").contains(address("::ffff:10.0.0.1")));
    assert!(!network("0.0.0.0/0").contains(address("::1")));
    assert!(network("::ffff:0:0/96").contains(address("10.0.0.1")));
    assert!(network("::/0").contains(address("ffff::")));
    assert!(ten.contains_network(ten) && ten.contains_network(network("10.1.0.0/16")));
    assert!(!network("10.1.0.0/16").contains_network(ten));
    assert!(!network("::/0").contains_network(ten));
    assert_eq!(Network::from(address("10.0.0.1")), network("10.0.0.1"));
    assert_eq!(Network::new(address("10.0.0.0"), 8), Ok(ten));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of two addresses that share exactly so many leading bits.
    #[test]
    fn leading_bits_decide(bits in any::<u32>(), long in any::<u128>(), flip in 0_u8..=127, prefix in 0_u8..=128) {
        let short_prefix = prefix.min(32);
        let short_flip = flip % 32;
        let (first, second) = (bits, bits ^ (1 << (31 - short_flip)));
        let [first, second] = [first, second].map(|bits| IpAddress::from(core::net::Ipv4Addr::from_bits(bits)));
        let net = match Network::new(first, short_prefix) {
            Ok(net) | Err(AddressError::HostBits(net)) => net,
            Err(problem) => panic!("{problem}"),
        };
        prop_assert!(net.contains(first));
        prop_assert_eq!(net.contains(second), short_flip >= short_prefix);
        prop_assert_eq!(Network::parse(&net.to_string()), Ok(net));

        // Outside of the mapped range, whatever bit is flipped.
        let long = long | (0b11 << 126);
        let [first, second] = [long, long ^ (1 << (127 - flip))]
            .map(|bits| IpAddress::from(core::net::Ipv6Addr::from_bits(bits)));
        let net = match Network::new(first, prefix) {
            Ok(net) | Err(AddressError::HostBits(net)) => net,
            Err(problem) => panic!("{problem}"),
        };
        prop_assert!(net.contains(first));
        prop_assert_eq!(net.contains(second), flip >= prefix);
        prop_assert_eq!(Network::parse(&net.to_string()), Ok(net));
    }

    #[test]
    fn no_text_panics(text in "[0-9a-f:./%\\[\\]]{0,30}|\\PC{0,12}") {
        if let Ok(net) = Network::parse(&text) {
            prop_assert!(net.contains(net.address()));
        }
        let _ = IpAddress::parse(&text).is_ok();
    }
}
