//! How a piece of a scenario is read and written: leniently, with stable key order, and without losing anything.
//!
//! Reading never stops at the first mistake. A value of the wrong type or an unknown field becomes a [`Problem`]
//! with its place, is kept as it was in [`Extra`], and is written back. Must not know what any field means.

use serde_json::{Map, Value};

use crate::problem::{Place, Problem, Severity};

/// So many mistakes are listed; whoever has more would not read them.
const MOST: usize = 1_000;

/// What a reading collects on its way through the document.
#[derive(Debug, Default)]
pub struct Reading {
    /// Mistakes found so far, in document order.
    pub problems: Vec<Problem>,
    place: Place,
}

impl Reading {
    /// Runs `read` one level deeper, under the field `key`.
    pub fn under<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push_key(key);
        let out = read(self);
        self.place.pop();
        out
    }

    /// Runs `read` one level deeper, in the list item `index`.
    pub fn item<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push_index(index);
        let out = read(self);
        self.place.pop();
        out
    }

    /// Notes a mistake at the current place.
    pub fn problem(&mut self, severity: Severity, code: &'static str, message: String, hint: String) {
        match self.problems.len() {
            0..MOST => self.problems.push(Problem { code, severity, place: self.place.clone(), message, hint }),
            MOST => self.problems.push(Problem {
                code: "too-many-problems",
                severity: Severity::Stop,
                place: self.place.clone(),
                message: format!("more than {MOST} mistakes were found, and the rest is not listed"),
                hint: "mend the first ones and check again".to_owned(),
            }),
            _ => {}
        }
    }

    /// Notes that a value has the wrong type.
    pub fn wrong_type(&mut self, wanted: &str, found: &Value) {
        self.problem(
            Severity::Stop,
            "wrong-type",
            format!("{wanted} is expected here, but {} stands here", describe(found)),
            format!("write {wanted}"),
        );
    }
}

/// Names the type of a JSON value in plain words.
pub fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What could not be understood but must survive a round trip.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extra {
    /// Fields that are unknown, or known but unreadable, as they stood.
    pub fields: Map<String, Value>,
    /// The whole value, where an object was expected and something else stood.
    pub whole: Option<Value>,
}

/// A JSON object whose fields are taken one by one; what is left over is unknown.
#[derive(Debug)]
pub struct Object {
    left: Map<String, Value>,
    kept: Map<String, Value>,
}

impl Object {
    /// Starts on `map`.
    pub fn new(map: Map<String, Value>) -> Self {
        Self { left: map, kept: Map::new() }
    }

    /// Takes the field `key`; `default` where it is missing or unreadable.
    pub fn take<T: Field>(&mut self, key: &str, at: &mut Reading, default: impl FnOnce() -> T) -> T {
        let Some(value) = self.left.shift_remove(key) else { return default() };
        let before = at.problems.len();
        match at.under(key, |at| T::read(&value, at)) {
            Some(read) => read,
            None => {
                // What is left aside must stop a run, even if only a field too many was the reason.
                if at.problems[before..].iter().all(|problem| problem.severity != Severity::Stop) {
                    at.under(key, |at| {
                        at.problem(
                            Severity::Stop,
                            "not-understood",
                            format!("\"{key}\" can't be understood and is left aside"),
                            "give it one of its fields, and remove those that are not known".to_owned(),
                        );
                    });
                }
                self.kept.insert(key.to_owned(), value);
                default()
            }
        }
    }

    /// Whether the field `key` has not been taken yet.
    pub fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Reports what nobody took, and keeps it.
    pub fn finish(mut self, known: &[&'static str], at: &mut Reading) -> Extra {
        for (key, value) in self.left {
            if at.problems.len() > MOST {
                self.kept.insert(key, value);
                continue;
            }
            let hint = match nearest(&key, known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("remove it, or use one of: {}", known.join(", ")),
            };
            at.under(&key, |at| {
                at.problem(
                    Severity::Warn,
                    "unknown-field",
                    format!("nothing is known by the name \"{key}\" here"),
                    hint,
                );
            });
            self.kept.insert(key, value);
        }
        Extra { fields: self.kept, whole: None }
    }
}

/// The known word nearest to `word`, if it is near enough to be a typing mistake.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1) + 1;
    known.iter().map(|k| (distance(word, k), *k)).filter(|(d, _)| *d <= limit).min_by_key(|(d, _)| *d).map(|(_, k)| k)
}

/// Edit distance (Levenshtein) in characters, on the first 64 of each word.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// A value that stands in a field.
pub trait Field: Sized {
    /// Reads `value`. `None` after a noted problem: the caller keeps the raw value.
    fn read(value: &Value, at: &mut Reading) -> Option<Self>;
    /// Writes the value as it is read.
    fn write(&self) -> Value;
    /// The JSON Schema of the value; named parts go into `defs`.
    fn schema(defs: &mut Map<String, Value>) -> Value;
}

/// Fields that stand in the object of something else.
pub trait Flat: Sized {
    /// Takes its fields out of `object`.
    fn take(object: &mut Object, at: &mut Reading) -> Self;
    /// Puts its fields into `out`.
    fn put(&self, out: &mut Map<String, Value>);
    /// The names of its fields.
    fn keys() -> Vec<&'static str>;
    /// The schemas of its fields.
    fn properties(defs: &mut Map<String, Value>) -> Map<String, Value>;
}

/// Declares an object of the scenario: the struct, its lenient reader, its writer and its schema.
///
/// `name: Type = "key"` is a field, left out when it has its default value (`or` gives another default than the
/// type's). `name: Type = flat` stands in the same object.
macro_rules! node {
    ($(#[$meta:meta])* pub struct $name:ident { $( $(#[$fmeta:meta])* $field:ident : $ty:ty = $key:tt $(or $default:expr)? ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[$fmeta])* pub $field: $ty, )*
            /// What was not understood, kept for the next save.
            pub extra: $crate::scenario::node::Extra,
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: node!(@default $ty $(, $default)?), )* extra: Default::default() }
            }
        }

        impl $crate::scenario::node::Flat for $name {
            fn take(object: &mut $crate::scenario::node::Object, at: &mut $crate::scenario::node::Reading) -> Self {
                $( let $field: $ty = node!(@take $key, object, at, $ty $(, $default)?); )*
                Self { $( $field, )* extra: Default::default() }
            }

            fn put(&self, out: &mut serde_json::Map<String, serde_json::Value>) {
                $( node!(@put $key, self.$field, out, $ty $(, $default)?); )*
                for (key, value) in &self.extra.fields {
                    out.insert(key.clone(), value.clone());
                }
            }

            fn keys() -> Vec<&'static str> {
                [$( node!(@keys $key, $ty) ),*].concat()
            }

            fn properties(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Map<String, serde_json::Value> {
                let mut all = serde_json::Map::new();
                $( node!(@schema $key, all, defs, $ty); )*
                all
            }
        }

        impl $crate::scenario::node::Field for $name {
            fn read(value: &serde_json::Value, at: &mut $crate::scenario::node::Reading) -> Option<Self> {
                use $crate::scenario::node::{Extra, Flat, Object};
                let serde_json::Value::Object(map) = value else {
                    at.wrong_type("an object", value);
                    return Some(Self { extra: Extra { whole: Some(value.clone()), ..Extra::default() }, ..Self::default() });
                };
                let mut object = Object::new(map.clone());
                let mut read = <Self as Flat>::take(&mut object, at);
                read.extra = object.finish(&<Self as Flat>::keys(), at);
                Some(read)
            }

            fn write(&self) -> serde_json::Value {
                if let Some(whole) = &self.extra.whole {
                    return whole.clone();
                }
                let mut out = serde_json::Map::new();
                $crate::scenario::node::Flat::put(self, &mut out);
                serde_json::Value::Object(out)
            }

            fn schema(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                if !defs.contains_key(stringify!($name)) {
                    defs.insert(stringify!($name).to_owned(), serde_json::Value::Null); // breaks the cycle of nested steps
                    let properties = <Self as $crate::scenario::node::Flat>::properties(defs);
                    defs.insert(stringify!($name).to_owned(), serde_json::json!({ "type": "object", "properties": properties }));
                }
                serde_json::json!({ "$ref": concat!("#/$defs/", stringify!($name)) })
            }
        }
    };
    (@default $ty:ty) => { <$ty>::default() };
    (@default $ty:ty, $default:expr) => { $default };
    (@take flat, $object:ident, $at:ident, $ty:ty) => { <$ty as $crate::scenario::node::Flat>::take($object, $at) };
    (@take $key:literal, $object:ident, $at:ident, $ty:ty $(, $default:expr)?) => {
        $object.take::<$ty>($key, $at, || node!(@default $ty $(, $default)?))
    };
    (@put flat, $value:expr, $out:ident, $ty:ty) => { $crate::scenario::node::Flat::put(&$value, $out) };
    (@put $key:literal, $value:expr, $out:ident, $ty:ty $(, $default:expr)?) => {
        if $value != node!(@default $ty $(, $default)?) {
            $out.insert($key.to_owned(), $crate::scenario::node::Field::write(&$value));
        }
    };
    (@keys flat, $ty:ty) => { <$ty as $crate::scenario::node::Flat>::keys() };
    (@keys $key:literal, $ty:ty) => { vec![$key] };
    (@schema flat, $all:ident, $defs:ident, $ty:ty) => { $all.extend(<$ty as $crate::scenario::node::Flat>::properties($defs)) };
    (@schema $key:literal, $all:ident, $defs:ident, $ty:ty) => {
        $all.insert($key.to_owned(), <$ty as $crate::scenario::node::Field>::schema($defs));
    };
}

/// Declares "one of these, told apart by the field that is there". `Nothing` stands for none of them.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident($ty:ty) = $key:literal ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[allow(clippy::large_enum_variant, reason = "a document has few of them, and a box would be in every view's way")]
        pub enum $name {
            $( $(#[$vmeta])* $variant($ty), )*
            /// None of the known ones.
            #[default]
            Nothing,
        }

        impl $crate::scenario::node::Flat for $name {
            fn take(object: &mut $crate::scenario::node::Object, at: &mut $crate::scenario::node::Reading) -> Self {
                let given: Vec<&str> = Self::KEYS.iter().copied().filter(|key| object.has(key)).collect();
                if let [first, .., last] = given[..] {
                    at.problem(
                        $crate::problem::Severity::Stop,
                        "only-one-of",
                        format!("\"{first}\" and \"{last}\" can't both stand here"),
                        format!("keep one of them: {}", given.join(", ")),
                    );
                }
                match given.first().copied() {
                    $( Some($key) => object
                        .take::<Option<$ty>>($key, at, || None)
                        .map_or(Self::Nothing, Self::$variant), )*
                    _ => Self::Nothing,
                }
            }

            fn put(&self, out: &mut serde_json::Map<String, serde_json::Value>) {
                match self {
                    $( Self::$variant(inner) => { out.insert($key.to_owned(), $crate::scenario::node::Field::write(inner)); } )*
                    Self::Nothing => {}
                }
            }

            fn keys() -> Vec<&'static str> {
                Self::KEYS.to_vec()
            }

            fn properties(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Map<String, serde_json::Value> {
                let mut all = serde_json::Map::new();
                $( all.insert($key.to_owned(), <$ty as $crate::scenario::node::Field>::schema(defs)); )*
                all
            }
        }

        impl $name {
            /// The fields that tell the kinds apart.
            pub const KEYS: &'static [&'static str] = &[$($key),*];
        }

        impl $crate::scenario::node::Field for $name {
            fn read(value: &serde_json::Value, at: &mut $crate::scenario::node::Reading) -> Option<Self> {
                let serde_json::Value::Object(map) = value else {
                    at.wrong_type("an object", value);
                    return None;
                };
                let mut object = $crate::scenario::node::Object::new(map.clone());
                let read = <Self as $crate::scenario::node::Flat>::take(&mut object, at);
                let extra = object.finish(Self::KEYS, at);
                (extra.fields.is_empty() && read != Self::Nothing).then_some(read)
            }

            fn write(&self) -> serde_json::Value {
                let mut out = serde_json::Map::new();
                $crate::scenario::node::Flat::put(self, &mut out);
                serde_json::Value::Object(out)
            }

            fn schema(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                let properties = <Self as $crate::scenario::node::Flat>::properties(defs);
                serde_json::json!({ "type": "object", "properties": properties, "maxProperties": 1 })
            }
        }
    };
}

/// Declares a fixed set of words.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $word:literal ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $( $(#[$vmeta])* $variant, )* }

        impl $name {
            /// Every word, in the order of the declaration.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as it stands in the file.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl $crate::scenario::node::Field for $name {
            fn read(value: &serde_json::Value, at: &mut $crate::scenario::node::Reading) -> Option<Self> {
                let Some(text) = value.as_str() else {
                    at.wrong_type("text", value);
                    return None;
                };
                match text {
                    $( $word => Some(Self::$variant), )*
                    _ => {
                        let hint = match $crate::scenario::node::nearest(text, Self::WORDS) {
                            Some(near) => format!("did you mean \"{near}\"?"),
                            None => format!("use one of: {}", Self::WORDS.join(", ")),
                        };
                        at.problem(
                            $crate::problem::Severity::Stop, "unknown-word",
                            format!("\"{}\" is not one of the words known here", $crate::problem::short(text)), hint,
                        );
                        None
                    }
                }
            }

            fn write(&self) -> serde_json::Value {
                serde_json::Value::String(self.word().to_owned())
            }

            fn schema(_defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                serde_json::json!({ "enum": Self::WORDS })
            }
        }
    };
}

pub(crate) use {choice, node, words};
