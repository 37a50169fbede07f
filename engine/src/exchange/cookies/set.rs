//! Reads one `Set-Cookie` line (RFC 6265bis, section 5.6). Must not know which cookies there are.

use super::date;

/// Name and value together, in bytes; longer ones are ignored.
const LONGEST_PAIR: usize = 4_096;
/// An attribute's value, in bytes; longer ones are read over.
const LONGEST_ATTRIBUTE: usize = 1_024;
/// No cookie lasts longer: 400 days, in seconds.
const LONGEST_S: i64 = 400 * 86_400;

/// What a line says, not yet held against where it came from.
pub(super) struct SetCookie<'l> {
    pub(super) name: &'l str,
    pub(super) value: &'l str,
    /// Without its leading dot; empty where none is named.
    pub(super) domain: &'l str,
    /// `None` for the folder of what was asked for.
    pub(super) path: Option<&'l str>,
    pub(super) secure: bool,
    /// In seconds since 1970; `None` for the end of the session.
    pub(super) end_s: Option<i64>,
}

impl<'l> SetCookie<'l> {
    /// Reads a line that came at `now_s`; `None` where browsers ignore it.
    pub(super) fn read(line: &'l str, now_s: i64) -> Option<Self> {
        if line.bytes().any(|byte| (byte < 0x20 && byte != b'\t') || byte == 0x7F) {
            return None;
        }
        let mut parts = line.split(';');
        let pair = parts.next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let (name, value) = (trim(name), trim(value));
        if (name.is_empty() && value.is_empty()) || name.len() + value.len() > LONGEST_PAIR {
            return None;
        }
        let mut set = Self { name, value, domain: "", path: None, secure: false, end_s: None };
        // Max-Age counts before Expires, wherever it stands.
        let (mut max_age, mut expires) = (None, None);
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let (key, value) = (trim(key), trim(value));
            if value.len() > LONGEST_ATTRIBUTE {
                continue;
            }
            match key.to_ascii_lowercase().as_str() {
                "expires" => expires = date::read(value).or(expires),
                "max-age" => max_age = seconds(value).or(max_age),
                "domain" => set.domain = value.strip_prefix('.').unwrap_or(value),
                "path" => set.path = value.starts_with('/').then_some(value),
                "secure" => set.secure = true,
                _ => {}
            }
        }
        let end_s = max_age.map(|age| if age <= 0 { i64::MIN } else { now_s.saturating_add(age) }).or(expires);
        set.end_s = end_s.map(|end_s| end_s.min(now_s + LONGEST_S));
        Some(set)
    }
}

/// Section 5.6.2: digits, with a minus before them or not; as many as there are.
fn seconds(value: &str) -> Option<i64> {
    let (digits, sign) = value.strip_prefix('-').map_or((value, 1), |digits| (digits, -1));
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse::<i64>().unwrap_or(i64::MAX) * sign)
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}
