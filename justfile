# Names for what is done often. Each recipe can be typed without `just`.

_default:
    @just --list --unsorted

# everything that has to pass before a change goes in
ci:
    .ci/run

# all tests, or those whose name contains the words given
test *words:
    cargo test --workspace {{ words }}

# every example of README.md and docs/, and every policy of rules/
manual:
    cargo test --test manual --test rules

# the engine against the second evaluator, on so many random policies
differential n="100000":
    ONLYIF_CASES={{ n }} cargo test --release --test differential

# the laws of what changes texts, the canonical form and fixes, on so many random texts
laws n="100000":
    ONLYIF_LAWS={{ n }} cargo test --release --test format --test fix

# how long explanations take under ten thousand rules
bench:
    cargo bench --bench explain

# formats the code
fmt:
    cargo fmt --all

# what CI demands of the code
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# accepts changed snapshots; read the difference before you commit it
snapshots:
    INSTA_UPDATE=always cargo test --workspace

# the documentation, in a browser
doc:
    cargo doc --no-deps --open

# the command: `just onlyif check rules`
onlyif *arguments:
    cargo run -q -- {{ arguments }}
