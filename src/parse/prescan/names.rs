//! What characters are called that people do not know by sight.

use alloc::format;
use alloc::string::String;

/// The name of a character with its number, for a sentence: "a zero-width space (U+200B)".
pub(super) fn name(c: char) -> String {
    format!("{} (U+{:04X})", sort(c), u32::from(c))
}

/// What it is, with its article.
pub(super) fn sort(c: char) -> &'static str {
    match c {
        '\r' => "a carriage return by itself",
        '\u{b}' => "a vertical tab",
        '\u{c}' => "a form feed",
        '\u{85}' => "a next-line character",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "a zero-width joiner",
        '\u{feff}' => "a byte order mark",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark that turns the writing direction"
        }
        '\u{fe00}'..='\u{fe0f}' => "a variation selector",
        '\u{e0000}'..='\u{e0fff}' => "an invisible tag",
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{3000}' => "a full-width space",
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => "a typographic space",
        '–' => "an en dash",
        '—' => "an em dash",
        '−' => "a minus sign of mathematics",
        '‐' | '‑' => "a typographic hyphen",
        '‘' | '’' | '‚' | '‟' | '„' | '«' | '»' | '‹' | '›' => "a typographic quotation mark",
        '´' => "an accent by itself",
        '×' | '·' | '∗' => "a multiplication sign",
        '∧' | '∨' | '¬' | '∈' => "a sign of logic",
        '\u{ff01}'..='\u{ff5e}' | '【' | '】' | '「' | '」' | '、' | '。' => "a full-width sign",
        _ => "a character that names and signs do not have",
    }
}
