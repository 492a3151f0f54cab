//! Every code that a message of onlyif can carry.
//!
//! A code is stable: it is never reused for something else, so programs may match on it. The letter says what the
//! message is about: `E` the text of rules, `L` a limit, `R` a request, `F` a file, `D` a value met while deciding, `U` the
//! use of a command, `W` its output, `X` a mistake of onlyif itself.
//! Each code is raised in one place, and has a page in `docs/diagnostics/`, the smallest text that raises it first.

use core::fmt;

/// How bad what a diagnostic says is. Errors are greater than warnings.
///
/// ```
/// use onlyif::{Code, Severity};
/// assert_eq!(Code::MixedAndOr.severity(), Severity::Error);
/// assert!(Severity::Warning < Severity::Error);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth a look; the rules can be used.
    Warning,
    /// Nothing is loaded.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident,)*) => {
        /// The stable code of a diagnostic or of a problem in a decision.
        ///
        /// ```
        /// use onlyif::{Code, Severity};
        /// assert_eq!(Code::PlainIf.as_str(), "E01");
        /// assert_eq!(Code::Unused.severity(), Severity::Warning);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of its list. Later versions add to it.
            ///
            /// ```
            /// let of_requests = onlyif::Code::ALL.iter().filter(|code| code.as_str().starts_with('R'));
            /// assert_eq!(of_requests.count(), 8);
            /// ```
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// As it is printed: a letter and two or three digits. It never changes its meaning.
            ///
            /// ```
            /// assert_eq!(onlyif::Code::EqualsSign.as_str(), "E05");
            /// ```
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $id,)*
                }
            }

            /// Whether it keeps a policy from being loaded. Each code has one severity.
            ///
            /// ```
            /// use onlyif::{Code, Severity};
            /// assert_eq!(Code::AnyoneMay.severity(), Severity::Warning);
            /// assert_eq!(Code::UnknownField.severity(), Severity::Error);
            /// ```
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$name => Severity::$severity,)*
                }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    /// A rule head with a plain `if`, neither `allow` nor `never`.
    PlainIf = "E01" Error,
    /// `allow … only if`.
    AllowOnlyIf = "E02" Error,
    /// `allow share expertise requester committed`: `if` is missing.
    IfMissing = "E03" Error,
    /// `and` and `or` mixed without parentheses.
    MixedAndOr = "E04" Error,
    /// `==`, `!=` and their kin.
    EqualsSign = "E05" Error,
    /// A bare word that is no fact, on the right of `=`.
    BareWordAfterEquals = "E06" Error,
    /// `&&`, `||`, `AND`.
    LogicSymbol = "E07" Error,
    /// `!x`, `NOT x`.
    NotSymbol = "E08" Error,
    /// A text whose quotes do not match.
    QuotesDiffer = "E09" Error,
    /// A text that is never closed.
    TextNotClosed = "E10" Error,
    /// A text in single quotes.
    SingleQuotes = "E11" Error,
    /// A first word in capitals.
    CapitalWord = "E12" Error,
    /// `onlyif`.
    OnlyIfJoined = "E13" Error,
    /// `only of`, `only when`.
    OnlyWithoutIf = "E14" Error,
    /// A word that stands twice.
    WordTwice = "E15" Error,
    /// `read and edit`.
    AndBetweenActions = "E16" Error,
    /// `1,000`.
    NumberComma = "E17" Error,
    /// `user are editor`.
    AreForIs = "E18" Error,
    /// `more then`.
    ThenForThan = "E19" Error,
    /// A second `if` or `unless`.
    SecondCondition = "E20" Error,
    /// `only if … unless …`.
    OnlyIfUnless = "E21" Error,
    /// `do anything only if …`: it would grant everything.
    WildcardOnlyIf = "E22" Error,
    /// Words after the head that no head has.
    HeadTooLong = "E23" Error,
    /// `a` used as a name.
    ArticleAsName = "E24" Error,
    /// `then log`.
    Then = "E25" Error,
    /// A date that is not year-month-day, or no day of the calendar.
    DateForm = "E26" Error,
    /// `some`, `all`, `for each`, `contains any of`.
    OtherQuantifier = "E27" Error,
    /// `user's role`.
    Possessive = "E28" Error,
    /// `allow … otherwise`, `never … otherwise`.
    OtherwiseNeverUsed = "E29" Error,
    /// A declared kind has no such field.
    UnknownField = "E30" Error,
    /// An `allow` beside an `only if` on the same act.
    AllowBesideOnlyIf = "E31" Error,
    /// Two types that cannot be compared.
    TypesDiffer = "E32" Error,
    /// A fact where a description was expected.
    FactAsWord = "E33" Error,
    /// `//` or `/*`.
    CommentForm = "E34" Error,
    /// A continuing line with nothing before it.
    IndentedStart = "E35" Error,
    /// `else`.
    Else = "E36" Error,
    /// `$500`.
    MoneyForm = "E37" Error,
    /// A bracket that is never closed, or closed by another.
    BracketNotClosed = "E38" Error,
    /// A bare word as an operand.
    BareWord = "E39" Error,
    /// A bucket compared with more than 100%.
    BucketRange = "E40" Error,
    /// `branch only if`: the verb of the act is missing.
    VerbMissing = "E41" Error,
    /// `otherwise` with nothing after it.
    OtherwiseEmpty = "E42" Error,
    /// `needs`, `may`, `can`, `shall` as verbs.
    OtherVerb = "E43" Error,
    /// A word that is no description of this kind of thing.
    UnknownWord = "E44" Error,
    /// A glob that looks like a path.
    GlobLikePath = "E45" Warning,
    /// Ordering or text work on a value that may be none, without a guard.
    Unguarded = "E46" Error,
    /// What opens by absence.
    OpensByAbsence = "E47" Warning,
    /// Anyone may do this.
    AnyoneMay = "E48" Warning,
    /// A choice that is a reserved word.
    ChoiceReserved = "E49" Error,
    /// A definition applied to something of another kind.
    DefinitionOtherKind = "E50" Error,
    /// A count of days compared with a duration.
    CountWithDuration = "E51" Error,
    /// A `must` and an `only if` in one sentence.
    MixedVerbs = "E52" Error,

    /// A sentence that cannot be read from some word on.
    NotUnderstood = "E53" Error,
    /// An `act` line that does not name one act after the other.
    ActNotNamed = "E54" Error,
    /// A type that is no kind and no built-in type.
    UnknownType = "E55" Error,
    /// A name declared twice.
    DeclaredTwice = "E56" Error,
    /// Two rules with one name.
    RuleNameTwice = "E57" Error,
    /// An act outside the closed list.
    UnknownAct = "E58" Error,
    /// Definitions or constants that need each other.
    Circular = "E59" Error,
    /// A value where a condition was expected.
    NotACondition = "E60" Error,
    /// A word that could mean two things.
    TwoMeanings = "E61" Error,
    /// Uses of an undeclared fact that want different types.
    UsesDisagree = "E62" Error,
    /// Clauses in another order.
    ClauseOrder = "E63" Error,
    /// A variable with the name of a fact, constant or other variable.
    Shadowing = "E64" Error,
    /// A text that inserts what cannot be printed.
    UnprintableInReason = "E65" Error,
    /// A clause that this verb cannot have.
    ClauseNotForVerb = "E66" Error,
    /// One JSON key for two fields.
    KeyTwice = "E67" Error,
    /// A kind or fact with a name that the request uses itself.
    ReservedKindName = "E68" Error,
    /// `assumed` with a value that the type does not have.
    AssumedValue = "E69" Error,
    /// Modifiers that exclude each other.
    ModifiersClash = "E70" Error,
    /// A setting without a value, or with one of another type.
    SettingValue = "E71" Error,
    /// A name used once that nearly equals another.
    NearlyEqualName = "E72" Warning,
    /// An annotation that nobody knows.
    UnknownAnnotation = "E73" Warning,
    /// An annotation or `rule NAME:` with nothing after it.
    NothingFollows = "E74" Error,
    /// A private value as a duty's argument.
    PrivateArgument = "E75" Error,
    /// A file without a statement.
    EmptyFile = "E76" Error,
    /// An invisible or bidirectional character.
    InvisibleCharacter = "E77" Error,
    /// A line end other than LF and CRLF.
    LineEnd = "E78" Error,
    /// A blank other than space and tab.
    OtherBlank = "E79" Error,
    /// An escape that texts do not have.
    UnknownEscape = "E80" Error,
    /// A literal beyond the exact range, or one that names nothing.
    LiteralRange = "E81" Error,
    /// Punctuation of another language.
    Punctuation = "E82" Error,
    /// A value where a list was expected, or the other way round.
    WantsAnotherType = "E83" Error,
    /// A kind declared without its article.
    ArticleMissing = "E84" Error,
    /// `is` is missing before an operator.
    IsMissing = "E85" Error,
    /// A phrase of another language where onlyif has its own.
    OtherPhrase = "E86" Error,
    /// Parentheses wanted around a condition.
    ParenthesesWanted = "E87" Error,
    /// Blanks wanted around an operator.
    BlanksWanted = "E88" Error,
    /// `x[0]`.
    NoIndex = "E89" Error,
    /// `count(x)`.
    CallForm = "E90" Error,
    /// An operator that the language does not have.
    NoSuchOperator = "E91" Error,
    /// A range with its bounds the wrong way round.
    EmptyRange = "E92" Error,
    /// `expect allow`.
    OutcomeWord = "E93" Error,
    /// A definition or constant that nothing uses.
    Unused = "E94" Warning,
    /// An act that only limits or prohibitions mention.
    NothingGrants = "E95" Warning,
    /// A function that is none of the closed set.
    UnknownFunction = "E96" Error,
    /// A fact whose type nothing tells, used where a type is needed.
    TypeNotKnown = "E97" Error,
    /// A bracket or quote of another alphabet.
    OtherCharacter = "E98" Error,
    /// A comparison that is always or never true.
    AlwaysOrNever = "E99" Error,
    /// The other side of a relation without `the`.
    TheMissing = "E100" Error,
    /// Braces in a reason that hold no name.
    BracesInText = "E101" Error,
    /// A choice with both `<` and `,`.
    RankedAndListed = "E102" Error,
    /// A line that continues a statement, at the margin.
    NotIndented = "E103" Error,
    /// A colon is missing after the name of a rule or field.
    ColonMissing = "E104" Error,

    /// A function with a part that it does not take, or without one that it needs.
    FunctionForm = "E121" Error,
    /// A relation that nothing defines for these two.
    UnknownRelation = "E122" Error,
    /// `use` with a path that leads out of the bundle.
    UsePath = "E123" Error,
    /// A group of acts beside other words of a head.
    GroupInHead = "E124" Error,
    /// A version of the language that is not known.
    LanguageVersion = "E125" Error,
    /// A constant with cases that leave something open.
    ConstantCases = "E120" Error,
    /// A given that does not fix one fact to one value.
    GivenNotOneFact = "E130" Error,
    /// Two givens about one fact.
    GivenTwice = "E131" Error,
    /// A given about something that no rule reads.
    GivenNotRead = "E132" Warning,
    /// A given about what no request decides: a setting, or a name of the request itself.
    CannotBeGiven = "E133" Error,
    /// A `when` with several acts.
    OneActWanted = "E134" Error,
    /// An expectation that can never hold.
    NeverExpected = "E135" Error,
    /// An act of a scenario that nearly equals one of the rules.
    NearlyEqualAct = "E136" Warning,
    /// A record, or a field of a thing written out, in a rule.
    InScenariosOnly = "E137" Error,
    /// A rule that changes no outcome, because another one says it already.
    SaidAlready = "E138" Warning,
    /// A condition that can never hold, or always holds, whatever the facts.
    DecidedByForm = "E139" Warning,
    /// `is not A or the B`, which can be read in two ways.
    TwoReadings = "E140" Error,
    /// A yes/no with a name that no sentence can say.
    NeverSaid = "E141" Error,
    /// A rule that reads a fact which its act does not involve.
    NotInvolved = "E142" Warning,
    /// An id that is private.
    PrivateId = "E143" Error,

    /// A rule text that is too large.
    TextTooLarge = "L01" Error,
    /// A statement or line that is too long.
    StatementTooLong = "L02" Error,
    /// Too many statements.
    TooManyStatements = "L03" Error,
    /// Brackets or words nested too deep.
    NestedTooDeep = "L04" Error,
    /// A name, path, list or head that is too long.
    TooLong = "L05" Error,
    /// A policy that needs more nodes than a plan may have.
    PlanTooLarge = "L06" Error,
    /// Rule texts that are too many or too large together.
    BundleTooLarge = "L08" Error,
    /// Definitions, quantifiers or lists that build on each other too deep.
    BuiltTooDeep = "L07" Error,

    /// Not JSON.
    NotJson = "R01" Error,
    /// Not UTF-8.
    NotUtf8 = "R02" Error,
    /// A key that stands twice in one object.
    DuplicateKey = "R03" Error,
    /// A number beyond the exact range.
    NumberRange = "R04" Error,
    /// A request that is too large, too deep or has too many values.
    RequestTooLarge = "R05" Error,
    /// A member of the envelope that has the wrong shape.
    RequestShape = "R06" Error,
    /// Two members that say the same thing, or one that would replace another.
    RequestConflict = "R07" Error,
    /// A value given on the command line or by a host that its type does not have.
    RequestValue = "R08" Error,

    /// A file that cannot be read.
    FileUnreadable = "F01" Error,
    /// A text that another one uses and that cannot be had.
    UseNotLoaded = "F03" Error,
    /// No rule file where one was expected.
    NoRuleFile = "F02" Error,

    /// A command that cannot be understood.
    Usage = "U01" Error,
    /// Output that cannot be written.
    NotWritable = "W01" Error,
    /// A mistake of onlyif itself.
    Bug = "X01" Error,

    /// A value of another type than the rules expect.
    WrongType = "D01" Error,
    /// A text that is not one of the listed choices.
    NotAChoice = "D02" Error,
    /// None where a value is wanted.
    NoneHere = "D03" Error,
    /// A number, date or amount beyond its range.
    Overflow = "D04" Error,
    /// Values that cannot be compared with each other.
    NotComparable = "D05" Error,
    /// A key that the kind does not list.
    UnlistedKey = "D06" Error,
    /// More elements than one decision may visit.
    TooManyVisits = "D07" Error,
    /// A request that carries the name of a setting.
    CarriesSetting = "D08" Error,
    /// A name that the act's subject and resource share.
    SameKind = "D09" Error,
    /// The thing of the request is no kind but a fact or setting of another sort.
    ThingIsNoKind = "D10" Error,
    /// A path or host name that cannot be judged.
    BadPath = "D11" Error,
}
