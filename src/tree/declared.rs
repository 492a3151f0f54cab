//! Declarations: kinds with their fields, acts, facts and settings.

use super::{Expr, Head, Name, Template, TextLiteral};
use crate::source::Span;
use crate::vocabulary::Glue;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// `a requester from "Key" has only …`
#[derive(Debug, Clone, PartialEq)]
pub struct KindDecl {
    /// The kind's name.
    pub name: Name,
    /// Its foreign name.
    pub from: Option<TextLiteral>,
    /// With any other key nothing is allowed.
    pub only: bool,
    /// Its fields.
    pub fields: Vec<FieldDecl>,
}

/// `is verified: optional text from "key", assumed "x"`
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDecl {
    /// How sentences about it are printed.
    pub glue: Glue,
    /// The field's name.
    pub name: Name,
    /// Type, modifiers and options.
    pub declared: DeclaredType,
}

/// A type with its modifiers and options.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredType {
    /// The type.
    pub base: TypeExpr,
    /// `private`
    pub private: Option<Span>,
    /// `fixed`
    pub fixed: Option<Span>,
    /// `optional`
    pub optional: Option<Span>,
    /// `, assumed V`
    pub assumed: Option<Expr>,
    /// `from "key"`
    pub from: Option<TextLiteral>,
    /// All of it.
    pub span: Span,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// Which.
    pub node: TypeNode,
    /// Where.
    pub span: Span,
}

/// The sorts of type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeNode {
    /// `yes/no`
    YesNo,
    /// A built-in name (`text`, `number`, …) or a kind.
    Named(Name),
    /// `list of T`; modifiers inside are kept so that the checker can refuse them.
    List(Box<DeclaredType>),
    /// `map of T`
    Map(Box<DeclaredType>),
    /// `one of [a, b]`, or ranked with `<`
    Choice {
        /// The listed words.
        values: Vec<Name>,
        /// Written with `<`.
        ranked: bool,
    },
    /// `reference to a user or team`
    Reference(Vec<Name>),
}

/// `a folder is inside a folder or a drive`
#[derive(Debug, Clone, PartialEq)]
pub struct InsideDecl {
    /// The kind that lies inside.
    pub name: Name,
    /// What it may lie in.
    pub parents: Vec<Name>,
}

/// `act read, edit or delete document by user involves session otherwise "…" from "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct ActDecl {
    /// Which acts.
    pub head: Head,
    /// Who acts.
    pub by: Vec<Name>,
    /// Other facts that its rules may read.
    pub involves: Vec<Name>,
    /// The reason when no rule gives one.
    pub otherwise: Option<Template>,
    /// The foreign name.
    pub from: Option<TextLiteral>,
}

/// `act editing means edit, rename or delete document`
#[derive(Debug, Clone, PartialEq)]
pub struct ActGroup {
    /// The group's name.
    pub name: Name,
    /// The acts it stands for.
    pub head: Head,
}

/// `fact approver is a user`; `setting limit is a number`
#[derive(Debug, Clone, PartialEq)]
pub struct FactDecl {
    /// The name.
    pub name: Name,
    /// Its type.
    pub declared: DeclaredType,
}
