use onlyif::value::{Decimal, bucket_of};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn wanted(text: &str, salt: &str) -> Decimal {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update([0]);
    hasher.update(text);
    let digest = hasher.finalize();
    let number = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    Decimal::new(i128::from(number % 10_000), 4).unwrap()
}

/// Every length around the ends of one, two and three blocks of 64 bytes.
#[test]
fn every_length_agrees_with_sha2() {
    for length in 0..200 {
        let text = "x".repeat(length);
        assert_eq!(bucket_of(&text, "salt"), wanted(&text, "salt"), "{length}");
        assert_eq!(bucket_of("", &text), wanted("", &text), "{length}");
    }
}

#[test]
fn buckets_are_dealt_evenly() {
    let quarter = Decimal::new(25, 2).unwrap();
    let below = (0..4000).filter(|n| bucket_of(&format!("user-{n}"), "even") < quarter).count();
    assert!((900..1100).contains(&below), "{below} of 4000 in the first quarter");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_agrees_with_sha2(text in "\\PC{0,100}", salt in "\\PC{0,60}") {
        prop_assert_eq!(bucket_of(&text, &salt), wanted(&text, &salt));
    }
}
