use super::*;

async fn read(length: Option<u64>, body: &'static str) -> Result<usize, Failure> {
    let mut request = Request::new(Body::from(body));
    if let Some(length) = length {
        request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    }
    bounded(request, 5, || Failure::new(Code::Invalid, "too large", "")).await.map(|bytes| bytes.len())
}

#[tokio::test]
async fn a_body_is_bounded_whether_or_not_it_says_its_length() {
    assert_eq!(read(None, "12345").await, Ok(5));
    assert_eq!(read(None, "123456").await.unwrap_err().message, "too large");
    assert_eq!(read(Some(6), "").await.unwrap_err().message, "too large");
}
