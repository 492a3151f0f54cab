//! JSON text to a value: one pass, strict, with an own stack instead of recursion.
//!
//! In: text that is UTF-8, and limits. Out: one value, or the first fault with its bytes and its key path. A key that
//! stands twice in an object is refused after its escapes are read, because two readers that pick different ones would
//! disagree about who may do what. Places are deliberately not kept: [`super::locate`] finds them when one is needed.

use super::cursor::Cursor;
use super::fault::{Fault, shown_path};
use super::locate::{self, Step};
use crate::code::Code;
use crate::diagnostic::is_hidden;
use crate::limits::Limits;
use crate::value::{Record, Value};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// However high the limit is set: a value is dropped, compared and printed level by level on the machine's stack.
const DEEPEST: usize = 256;

/// Reads one value, after which nothing may follow but blanks.
pub(super) fn decode(text: &str, limits: &Limits) -> Result<Value, Fault> {
    let mut decoder = Decoder {
        text,
        cursor: Cursor::start_of(text),
        open: Vec::new(),
        values: 0,
        most_values: limits.request_values,
        deepest: usize::try_from(limits.request_nesting).map_or(DEEPEST, |limit| limit.min(DEEPEST)),
    };
    decoder.whole()
}

struct Decoder<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
    /// The lists and objects that are not closed yet, the outermost first.
    open: Vec<Open>,
    values: usize,
    most_values: usize,
    deepest: usize,
}

struct Open {
    /// Where its bracket stands.
    start: usize,
    content: Content,
}

impl Open {
    fn add(&mut self, value: Value) {
        match &mut self.content {
            Content::List(items) => items.push(value),
            Content::Record { members, key } => members.extend(key.take().map(|key| (key, value))),
        }
    }

    /// From it into the element that is being read.
    fn step(&self) -> Option<Step<'_>> {
        match &self.content {
            Content::List(items) => Some(Step::Index(items.len())),
            Content::Record { key, .. } => key.as_deref().map(Step::Key),
        }
    }
}

enum Content {
    List(Vec<Value>),
    /// The key is that of the value that is being read; between members there is none.
    Record {
        members: Vec<(String, Value)>,
        key: Option<String>,
    },
}

/// What follows an element.
enum After {
    Another,
    Closed(Value),
}

impl Decoder<'_> {
    fn whole(&mut self) -> Result<Value, Fault> {
        loop {
            let Some(mut value) = self.begin_value()? else { continue };
            loop {
                let Some(innermost) = self.open.last_mut() else { return self.end(value) };
                innermost.add(value);
                match self.after_element()? {
                    After::Closed(whole) => value = whole,
                    After::Another => break,
                }
            }
        }
    }

    fn end(&mut self, value: Value) -> Result<Value, Fault> {
        if self.cursor.next_byte().is_none() {
            return Ok(value);
        }
        Err(Fault::not_json(self.cursor.here(), "something follows the end of the JSON value")
            .help("one text holds one value: delete what follows, or read line by line"))
    }

    /// Reads a value that is whole at once; of a list or object that is not empty only the beginning, up to where its
    /// first element's value is expected.
    fn begin_value(&mut self) -> Result<Option<Value>, Fault> {
        let byte = self.cursor.next_byte();
        self.count_value()?;
        match byte {
            Some(b'"') => match self.cursor.text() {
                Ok(text) => Ok(Some(Value::Text(text.into_owned()))),
                Err(fault) => Err(self.placed(fault)),
            },
            Some(b'{') => self.open_record(),
            Some(b'[') => self.open_list(),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.cursor.number().map(Some).map_err(|fault| self.placed(fault)),
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.cursor.literal().map(Some).map_err(|fault| self.placed(fault)),
            other => Err(self.no_value(other)),
        }
    }

    fn count_value(&mut self) -> Result<(), Fault> {
        self.values += 1;
        if self.values > self.most_values {
            let message = format!("there are more than {} values", self.most_values);
            return Err(self.too_large(message).help("send only the facts that the rules read, or raise `Limits::request_values`"));
        }
        Ok(())
    }

    fn too_large(&self, message: String) -> Fault {
        self.placed(Fault::too_large(self.cursor.here(), message))
    }

    fn open_list(&mut self) -> Result<Option<Value>, Fault> {
        let start = self.bracket()?;
        if self.cursor.next_byte() == Some(b']') {
            self.cursor.step();
            return Ok(Some(Value::List(Vec::new())));
        }
        self.open.push(Open { start, content: Content::List(Vec::new()) });
        Ok(None)
    }

    fn open_record(&mut self) -> Result<Option<Value>, Fault> {
        let start = self.bracket()?;
        if self.cursor.next_byte() == Some(b'}') {
            self.cursor.step();
            return Ok(Some(Value::Record(Record::new())));
        }
        let key = self.key(None)?;
        self.open.push(Open { start, content: Content::Record { members: Vec::new(), key: Some(key) } });
        Ok(None)
    }

    /// Goes past an opening bracket, if one more may be open.
    fn bracket(&mut self) -> Result<usize, Fault> {
        if self.open.len() >= self.deepest {
            let message = format!("lists and objects stand more than {} deep", self.deepest);
            return Err(self.too_large(message));
        }
        let start = self.cursor.place();
        self.cursor.step();
        Ok(start)
    }

    /// Reads a key with its colon; `comma` is where the comma before it stands.
    fn key(&mut self, comma: Option<usize>) -> Result<String, Fault> {
        match (self.cursor.next_byte(), comma) {
            (Some(b'"'), _) => {}
            (Some(b'}'), Some(comma)) => return Err(self.superfluous(comma)),
            (Some(b'\''), _) => return Err(self.here("keys stand in double quotes, not in single ones")),
            (Some(b'/' | b'#'), _) => return Err(self.here("JSON has no comments: delete this one")),
            (None, _) => return Err(self.never_closed()),
            (Some(_), _) => return Err(self.here("a key in double quotes is expected here")),
        }
        let key = self.cursor.text().map_err(|fault| self.placed(fault))?.into_owned();
        match self.cursor.next_byte() {
            Some(b':') => {
                self.cursor.step();
                Ok(key)
            }
            Some(_) => Err(self.here(&format!("a `:` is missing after the key `{}`", shown_path(&[Step::Key(&key)])))),
            None => Err(self.never_closed()),
        }
    }

    /// What stands after an element of the innermost list or object.
    fn after_element(&mut self) -> Result<After, Fault> {
        let byte = self.cursor.next_byte();
        let place = self.cursor.place();
        let is_list = matches!(self.open.last(), Some(Open { content: Content::List(_), .. }));
        match byte {
            Some(b',') => {
                self.cursor.step();
                if !is_list {
                    let next = self.key(Some(place))?;
                    if let Some(Open { content: Content::Record { key, .. }, .. }) = self.open.last_mut() {
                        *key = Some(next);
                    }
                } else if self.cursor.next_byte() == Some(b']') {
                    return Err(self.superfluous(place));
                }
                Ok(After::Another)
            }
            Some(b']') if is_list => self.close(),
            Some(b'}') if !is_list => self.close(),
            Some(b'/' | b'#') => Err(self.here("JSON has no comments: delete this one")),
            Some(_) if is_list => Err(self.here("a `,` or the `]` of this list is missing here")),
            Some(_) => Err(self.here("a `,` or the `}` of this object is missing here")),
            None => Err(self.never_closed()),
        }
    }

    fn close(&mut self) -> Result<After, Fault> {
        self.cursor.step();
        let Some(Open { start, content }) = self.open.pop() else { return Ok(After::Another) };
        match content {
            Content::List(items) => Ok(After::Closed(Value::List(items))),
            Content::Record { members, .. } => match Record::from_members(members) {
                Ok(record) => Ok(After::Closed(Value::Record(record))),
                Err(key) => Err(self.duplicate(start, &key)),
            },
        }
    }

    /// A key that stands twice in the object that starts at `start` and has just been closed.
    fn duplicate(&self, start: usize, key: &str) -> Fault {
        let mut places = locate::members(self.text, start).filter(|member| member.key == key).map(|member| member.key_range);
        let (first, second) = (places.next(), places.next());
        let mut path = self.path();
        path.push(Step::Key(key));
        let message = format!("the key `{}` stands twice", shown_path(&path));
        let mut fault = Fault::new(Code::DuplicateKey, second.unwrap_or(start..start), message)
            .help("keep one of them: programs that read it would pick different ones");
        fault.earlier = first;
        fault
    }

    fn no_value(&self, byte: Option<u8>) -> Fault {
        match byte {
            None if self.open.is_empty() => self.here("there is no JSON value here"),
            None => self.never_closed(),
            Some(b'\'') => self.here("texts stand in double quotes, not in single ones"),
            Some(b'/' | b'#') => self.here("JSON has no comments: delete this one"),
            Some(_) => match self.text.get(self.cursor.here()).and_then(|found| found.chars().next()) {
                Some('“' | '”' | '„' | '‘' | '’' | '«' | '»') => {
                    self.here("texts stand in plain double quotes, not in typographic ones")
                }
                Some(c) if c.is_whitespace() || is_hidden(c) => {
                    self.here("only spaces, tabs and line ends may stand between values: delete this character")
                }
                _ => self.here("a value is expected here"),
            },
        }
    }

    fn never_closed(&self) -> Fault {
        let Some(Open { start, content }) = self.open.last() else { return self.here("the text ends before the object is closed") };
        let (what, bracket) = match content {
            Content::List(_) => ("list", ']'),
            Content::Record { .. } => ("object", '}'),
        };
        let message = format!("the text ends before this {what} is closed: a `{bracket}` is missing");
        self.placed(Fault::not_json(*start..*start + 1, message))
    }

    fn superfluous(&self, comma: usize) -> Fault {
        self.placed(Fault::not_json(comma..comma + 1, "nothing follows this comma: delete it"))
    }

    fn here(&self, message: &str) -> Fault {
        self.placed(Fault::not_json(self.cursor.here(), message))
    }

    fn placed(&self, fault: Fault) -> Fault {
        fault.at(&self.path())
    }

    /// The keys and indices that lead to what is being read.
    fn path(&self) -> Vec<Step<'_>> {
        self.open.iter().filter_map(Open::step).collect()
    }
}
