//! Failures counted by kind. Must not know what a kind means.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::traffic::Kind;

/// How often each kind of failure happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KindCounts([u64; Kind::ALL.len()]);

impl KindCounts {
    /// Adds `count` failures of `kind`.
    pub fn add(&mut self, kind: Kind, count: u64) {
        let cell = &mut self.0[kind as usize];
        *cell = cell.saturating_add(count);
    }

    /// How often `kind` happened.
    pub fn get(&self, kind: Kind) -> u64 {
        self.0[kind as usize]
    }

    /// All kinds together.
    pub fn total(&self) -> u64 {
        self.0.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The kinds that happened, in the order of [`Kind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> + '_ {
        Kind::ALL.into_iter().map(|kind| (kind, self.get(kind))).filter(|(_, count)| *count > 0)
    }

    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        other.iter().for_each(|(kind, count)| self.add(kind, count));
    }
}

/// As an object of words and counts: `{ "status": 3 }`.
impl Serialize for KindCounts {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter().map(|(kind, count)| (kind.word(), count)))
    }
}

/// Words of later versions are skipped.
impl<'de> Deserialize<'de> for KindCounts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let words = BTreeMap::<String, u64>::deserialize(from)?;
        let mut counts = Self::default();
        words.iter().filter_map(|(word, count)| Some((Kind::from_word(word)?, *count))).for_each(|(kind, count)| {
            counts.add(kind, count);
        });
        Ok(counts)
    }
}

/// A kind as its word; for `#[serde(with)]`.
pub mod word {
    use super::{Deserialize, Deserializer, Kind, Serializer};

    /// Writes [`Kind::word`].
    ///
    /// # Errors
    /// Where the serializer fails.
    pub fn serialize<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.word())
    }

    /// Reads [`Kind::word`].
    ///
    /// # Errors
    /// Where the word is not known.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        let word = String::deserialize(from)?;
        Kind::from_word(&word).ok_or_else(|| serde::de::Error::custom("unknown kind of failure"))
    }
}
