//! `tidemark url`: load for one address, without a file.

use serde_json::{Map, Value, json};
use tidemark_core::units::Span;
use tidemark_host::conduct::Out;
use tidemark_host::failure::OfFiles;
use tidemark_host::inputs::{self, Overrides};
use tidemark_host::{Code, Failure};

use crate::args::UrlArgs;
use crate::exit::Exit;
use crate::road::{self, Shown, Way};
use crate::settings::{self, FailOn};

/// So many requests are sent where nothing says how many or for how long.
const USUAL_REQUESTS: u64 = 200;

/// A number of requests may take as long as it takes; this is only so that there is an end.
const LONGEST: &str = "24h";

/// Loads an address.
pub fn url(args: &UrlArgs) -> Result<Exit, Failure> {
    let text = scenario(args)?.to_string();
    let opened = inputs::open_text(
        "the address",
        text,
        None,
        &Overrides { seed: Some(1), watch: args.load.watch.watch(), ..Overrides::default() },
    )?;
    let out = args.load.out.clone().map_or(Out::Nowhere, Out::File);
    road::go(opened, &Way { load: &args.load, out, fail_on: FailOn::Goals, shown: Shown::Numbers, baseline: None })
}

/// The scenario that does it.
fn scenario(args: &UrlArgs) -> Result<Value, Failure> {
    let address = settings::with_scheme(&args.url);
    let bad = |why: String| {
        Failure::new(
            Code::Invalid,
            format!("\"{}\" is no web address: {why}.", args.url),
            "Write it like http://127.0.0.1:8000/",
        )
    };
    let url = url::Url::parse(&address).map_err(|error| bad(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(bad("it has no http, or no host".to_owned()));
    }
    let body = args.data.as_deref().map(body).transpose()?;
    let method = args.method.clone().unwrap_or_else(|| if body.is_some() { "POST" } else { "GET" }.to_owned());
    let mut headers = Map::new();
    for line in &args.header {
        let (name, value) = line.split_once(':').ok_or_else(|| {
            Failure::new(
                Code::Invalid,
                format!("\"{line}\" is no header line."),
                "Write it like \"Accept: text/html\".",
            )
        })?;
        headers.insert(name.trim().to_owned(), json!(value.trim()));
    }
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut request = json!({ "name": format!("{method} {path}"), "method": method, "url": path, "headers": headers });
    if let Some(body) = body {
        request["text"] = json!(body);
    }
    if let Some(limit) = args.timeout {
        request["time_limit"] = json!(limit.to_string());
    }
    let origin = &url[..url::Position::BeforePath];
    let mut target = json!({ "name": "", "url": origin, "http": if args.http2 { "2" } else { "1.1" } });
    if args.insecure {
        target["tls"] = json!({ "skip_verify": true });
    }
    Ok(json!({
        "format": 1,
        "name": format!("{}{path}", url.host_str().unwrap_or_default()),
        "targets": [target],
        "users": [{ "id": "u1", "name": "Person", "tasks": [
            { "id": "t1", "name": "Task", "steps": [{ "id": "s1", "request": request }] }
        ] }],
        "load": load(args)?,
    }))
}

/// So many people, or so many requests a second.
fn load(args: &UrlArgs) -> Result<Value, Failure> {
    let people = args.people.max(1);
    let count = args.requests.unwrap_or(USUAL_REQUESTS);
    Ok(match (args.rate, args.duration) {
        (Some(rate), _) if !(rate > 0.0 && rate.is_finite()) => {
            return Err(Failure::new(
                Code::Invalid,
                format!("{rate} requests per second is no load."),
                "Write a number above 0.",
            ));
        }
        (Some(rate), Some(length)) => {
            json!({ "start": rate, "arrivals": [{ "to": rate, "over": length.to_string() }], "at_most": people })
        }
        (Some(rate), None) => {
            // Long enough that the last one is due, and no longer than that.
            let length = Span::from_us((count as f64 / rate * 1e6).ceil() as u64);
            json!({ "start": rate, "arrivals": [{ "to": rate, "over": length.to_string() }], "at_most": people, "repetitions": count })
        }
        (None, Some(length)) => {
            json!({ "start": people, "people": [{ "to": people, "over": length.to_string() }] })
        }
        (None, None) => {
            let people = u64::from(people).min(count.max(1));
            json!({ "start": people, "people": [{ "to": people, "over": LONGEST }], "repetitions": count })
        }
    })
}

/// The body, from a file where it begins with `@`.
fn body(data: &str) -> Result<String, Failure> {
    match data.strip_prefix('@') {
        None => Ok(data.to_owned()),
        Some(path) => {
            let path = std::path::Path::new(path);
            std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))
        }
    }
}
