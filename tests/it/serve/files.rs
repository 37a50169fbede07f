//! Result files in and out as they are.

use tidemark_core::wire::Code;
use tidemark_tests::program::top;

use super::rig::{App, READY};

#[tokio::test]
async fn a_result_goes_in_and_comes_out_byte_for_byte() {
    let app = App::open().await;
    let bytes = std::fs::read(top().join("examples/shop.tiderun")).expect(READY);
    let taken = app.send("PUT", "/api/result/From%20a%20colleague.tiderun", &[], &bytes).await;
    assert_eq!((taken.status, taken.json()["file"].as_str()), (200, Some("From a colleague.tiderun")));
    let back = app.send("GET", "/api/result/From%20a%20colleague.tiderun", &[], b"").await;
    assert!(back.body == bytes, "{} bytes of {}", back.body.len(), bytes.len());
    assert_eq!(back.header("content-type"), "application/octet-stream");

    let rows = [
        (app.send("GET", "/api/result/none.tiderun", &[], b"").await, 404, Code::NotFound),
        (app.send("GET", "/api/result/%2Fetc%2Fpasswd", &[], b"").await, 400, Code::Invalid),
        (app.send("GET", "/api/result/%2Ftmp%2Fx.tiderun", &[], b"").await, 403, Code::Refused),
        (app.send("PUT", "/api/result/x.tiderun", &[], b"hello").await, 422, Code::Unreadable),
    ];
    for (answer, status, code) in rows {
        assert_eq!((answer.status, answer.failure().code), (status, code), "{}", answer.text());
    }
}

/// None of the body is sent, so an answer proves that none was waited for.
#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_read() {
    let app = App::open().await;
    let length = (256_u64 << 20) + 1;
    let rows = [("PUT", "/api/result/huge.tiderun"), ("POST", "/api/call/library.write")];
    for (method, path) in rows {
        let answer = app.send(method, path, &[("content-length", &length.to_string())], b"").await;
        assert_eq!((answer.status, answer.failure().code), (400, Code::Invalid), "{}", answer.text());
        assert!(answer.failure().message.contains("more than"), "{}", answer.text());
    }
}
