//! The page of each code, inside the library, so that a program can print it without looking for a file.
//!
//! In: a code. Out: its page of `docs/diagnostics/`, or the text that raises it. A code without a page is found by the tests.

use crate::code::Code;

macro_rules! pages {
    ($($id:literal)*) => {
        /// The page of a code; empty for one that has none, which the tests do not let happen.
        fn page(id: &str) -> &'static str {
            match id {
                $($id => include_str!(concat!("../docs/diagnostics/", $id, ".md")),)*
                _ => "",
            }
        }
    };
}

impl Code {
    /// What the code is about, as a short page of Markdown: the smallest text that raises it, why, and what to write instead.
    ///
    /// ```
    /// assert!(onlyif::Code::MixedAndOr.page().starts_with("# E04: "));
    /// ```
    #[must_use]
    pub fn page(self) -> &'static str {
        page(self.as_str())
    }

    /// The first block of its page: the smallest text that raises it, or how it is met.
    ///
    /// ```
    /// assert_eq!(onlyif::Code::PlainIf.example(), "share expertise if requester committed");
    /// ```
    #[must_use]
    pub fn example(self) -> &'static str {
        let block = self.page().split("\n```").nth(1).unwrap_or_default();
        block.split_once('\n').map_or("", |(_, text)| text)
    }
}

pages! {
    "E01" "E02" "E03" "E04" "E05" "E06" "E07" "E08" "E09" "E10" "E11" "E12" "E13" "E14" "E15" "E16" "E17" "E18" "E19" "E20"
    "E21" "E22" "E23" "E24" "E25" "E26" "E27" "E28" "E29" "E30" "E31" "E32" "E33" "E34" "E35" "E36" "E37" "E38" "E39" "E40"
    "E41" "E42" "E43" "E44" "E45" "E46" "E47" "E48" "E49" "E50" "E51" "E52" "E53" "E54" "E55" "E56" "E57" "E58" "E59" "E60"
    "E61" "E62" "E63" "E64" "E65" "E66" "E67" "E68" "E69" "E70" "E71" "E72" "E73" "E74" "E75" "E76" "E77" "E78" "E79" "E80"
    "E81" "E82" "E83" "E84" "E85" "E86" "E87" "E88" "E89" "E90" "E91" "E92" "E93" "E94" "E95" "E96" "E97" "E98" "E99" "E100"
    "E101" "E102" "E103" "E104" "E121" "E122" "E123" "E124" "E125" "E120" "E130" "E131" "E132" "E133" "E134" "E135" "E136" "E137" "E138" "E139" "E140" "E141" "E142" "E143" "L01" "L02"
    "L03" "L04" "L05" "L06" "L08" "L07" "R01" "R02" "R03" "R04" "R05" "R06" "R07" "R08" "F01" "F03" "F02" "U01" "W01" "X01"
    "D01" "D02" "D03" "D04" "D05" "D06" "D07" "D08" "D09" "D10" "D11"
}
