//! What values mean: read, compared and reckoned, against other implementations where there are any.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

mod values {
    mod bucket;
    mod date_times;
    mod dates;
    mod decimal;
    mod durations;
    mod fold;
    mod glob;
    mod ip;
    mod money;
    mod names;
}
