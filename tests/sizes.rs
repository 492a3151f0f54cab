//! How large the nodes are of which a large policy has very many. A hundred thousand rules are checked in 512 MiB, and each byte of
//! a node that every rule has is there a hundred thousand times: a large variant that few sentences need stands in a box.
#![cfg(target_pointer_width = "64")]

use core::mem::size_of;
use onlyif::machinery::{program, tree};

#[test]
fn nodes_that_every_rule_has_stay_small() {
    for (name, size, most) in [
        ("tree::Statement", size_of::<tree::Statement>(), 128),
        ("tree::Rule", size_of::<tree::Rule>(), 208),
        ("tree::Expr", size_of::<tree::Expr>(), 112),
        ("tree::Sentence", size_of::<tree::Sentence>(), 272),
        ("program::Rule", size_of::<program::Rule>(), 256),
        ("program::Formula", size_of::<program::Formula>(), 192),
    ] {
        assert!(size <= most, "{name} has {size} bytes, more than {most}: put what is rare into a box");
    }
}
