//! Where a run's seconds go, as the app's settings say it: by the same keys as the app writes them. Must not open anything.

use std::path::Path;

use serde_json::{Map, Value};
use tidemark_core::wire::shelf;

use super::To;
use crate::failure::{Code, Failure};

/// The receivers that the settings name, for a run that begins now. A file goes into `folder`.
///
/// # Errors
/// Where Prometheus is to ask is no address.
pub(crate) fn chosen(settings: &Map<String, Value>, folder: &Path, title: &str) -> Result<Vec<To>, Failure> {
    let text = |key: &str| {
        let text = settings.get(key).and_then(Value::as_str).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut to: Vec<To> = [
        text("feed-influx").map(To::Influx),
        text("feed-otlp").map(To::Otlp),
        text("feed-remote-write").map(To::RemoteWrite),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(asked) = text("feed-prometheus") {
        let address = asked.parse().map_err(|_| {
            let message = format!("Prometheus can't ask at \"{asked}\".");
            Failure::new(Code::Invalid, message, "Write it in the settings like 127.0.0.1:9464.")
        })?;
        to.push(To::Prometheus(address));
    }
    if text("feed-lines").as_deref() == Some("true") {
        let name = shelf::result_name(title, &jiff::Timestamp::now().to_string());
        to.push(To::Lines(folder.join(name).with_extension("seconds.jsonl")));
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_is_told_to_anybody_who_was_not_chosen() {
        let chosen = |settings: Value| chosen(settings.as_object().unwrap(), Path::new("/r"), "Shop");
        assert_eq!(chosen(json!({})), Ok(Vec::new()));
        assert_eq!(chosen(json!({ "feed-influx": " ", "feed-lines": "false", "theme": "dark" })), Ok(Vec::new()));
        let all = chosen(json!({
            "feed-influx": "http://127.0.0.1:8086/write?db=load", "feed-otlp": "http://o/v1/metrics",
            "feed-remote-write": "http://p/api/v1/write", "feed-prometheus": "127.0.0.1:9464", "feed-lines": "true",
        }));
        let all = all.unwrap();
        assert_eq!(all.len(), 5);
        assert_eq!(all[0], To::Influx("http://127.0.0.1:8086/write?db=load".to_owned()));
        assert!(
            matches!(&all[4], To::Lines(path) if path.starts_with("/r") && path.to_string_lossy().ends_with(".seconds.jsonl"))
        );
        let wrong = chosen(json!({ "feed-prometheus": "9464" })).unwrap_err();
        assert!(wrong.message.contains("9464"), "{wrong}");
    }
}
