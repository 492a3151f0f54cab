//! Stable buckets: a text is dealt into one of 10,000, the same on every machine and for ever.

use super::Decimal;

/// How many buckets there are.
const BUCKETS: u64 = 10_000;

/// The bucket of a text for a salt: 0 to 0.9999 in steps of 0.0001, that is 0% to 99.99%.
///
/// It is the first 8 bytes, big-endian, of SHA-256(salt, a zero byte, text), modulo 10,000, divided
/// by 10,000; both texts in UTF-8. Another salt deals anew. The text can be found out by trying, so
/// this hides nothing.
///
/// ```
/// use onlyif::value::{Decimal, bucket_of};
///
/// let bucket = bucket_of("user-17", "new-checkout");
/// assert_eq!(bucket, bucket_of("user-17", "new-checkout"));
/// assert!(bucket >= Decimal::ZERO && bucket < Decimal::ONE);
/// ```
#[must_use]
pub fn bucket_of(text: &str, salt: &str) -> Decimal {
    let [high, low, ..] = sha_256(salt.bytes().chain([0]).chain(text.bytes()));
    let first_8_bytes = (u64::from(high) << 32) | u64::from(low);
    // Always four digits at most.
    Decimal::new(i128::from(first_8_bytes % BUCKETS), 4).unwrap_or(Decimal::ZERO)
}

/// SHA-256 (FIPS 180-4, section 6.2), as the eight words of the digest.
fn sha_256(message: impl Iterator<Item = u8>) -> [u32; 8] {
    let mut state = INITIAL;
    let mut block = [0_u8; 64];
    let mut filled = 0_usize;
    let mut length = 0_u64;
    // The padding (section 5.1.1): a one bit, zeros, and the length in bits in the last 8 bytes.
    let mut put = |byte: u8, filled: &mut usize| {
        if let Some(place) = block.get_mut(*filled) {
            *place = byte;
        }
        *filled = filled.wrapping_add(1) % 64;
        if *filled == 0 {
            compress(&mut state, &block);
        }
    };
    for byte in message {
        put(byte, &mut filled);
        length = length.wrapping_add(8);
    }
    put(0x80, &mut filled);
    while filled != 56 {
        put(0, &mut filled);
    }
    for byte in length.to_be_bytes() {
        put(byte, &mut filled);
    }
    state
}

/// Works one block of 64 bytes into the state (section 6.2.2).
fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut schedule = [0_u32; 16];
    for (word, bytes) in schedule.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, &byte| (word << 8) | u32::from(byte));
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for constant in ROUNDS {
        // The schedule slides along: its first word is this round's, and a new last word follows.
        let word = schedule[0];
        let next = small_sigma(schedule[14], 17, 19, 10)
            .wrapping_add(schedule[9])
            .wrapping_add(small_sigma(schedule[1], 7, 18, 3))
            .wrapping_add(word);
        schedule.rotate_left(1);
        schedule[15] = next;

        let choice = (e & f) ^ (!e & g);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        let first = h.wrapping_add(big_sigma(e, 6, 11, 25)).wrapping_add(choice).wrapping_add(constant).wrapping_add(word);
        let second = big_sigma(a, 2, 13, 22).wrapping_add(majority);
        h = g;
        g = f;
        f = e;
        e = d.wrapping_add(first);
        d = c;
        c = b;
        b = a;
        a = first.wrapping_add(second);
    }
    for (word, worked) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(worked);
    }
}

/// The functions written with a capital sigma (section 4.1.2).
const fn big_sigma(word: u32, first: u32, second: u32, third: u32) -> u32 {
    word.rotate_right(first) ^ word.rotate_right(second) ^ word.rotate_right(third)
}

/// The functions written with a small sigma (section 4.1.2).
const fn small_sigma(word: u32, first: u32, second: u32, shift: u32) -> u32 {
    word.rotate_right(first) ^ word.rotate_right(second) ^ (word >> shift)
}

/// The fractions of the square roots of the first eight primes (section 5.3.3).
const INITIAL: [u32; 8] = [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The fractions of the cube roots of the first 64 primes (section 4.2.2).
#[rustfmt::skip]
const ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::sha_256;

    fn digest(message: &str) -> String {
        sha_256(message.bytes()).map(|word| format!("{word:08x}")).concat()
    }

    /// The examples that NIST publishes for FIPS 180-4, and the empty message.
    #[test]
    fn the_published_digests_come_out() {
        assert_eq!(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(
            digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        );
        assert_eq!(digest(&"a".repeat(1_000_000)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
