//! Bodies of requests: read up to a limit; what is beyond it goes by unread, so that the answer still arrives. A
//! connection that is closed while the other side is sending takes the answer along.

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;

/// So many bytes beyond the limit go by before the connection is given up.
const MOST_BEYOND: usize = 64 << 20;

/// The bytes of a body; `None` where there are more than `most`, or the connection broke.
pub(crate) async fn read(body: Body, most: usize) -> Option<Vec<u8>> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.ok()?;
        if bytes.len() + chunk.len() > most {
            let_go_by(&mut stream).await;
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    Some(bytes)
}

/// Takes what is left of a body, and forgets it.
pub(crate) async fn let_go_by(stream: &mut BodyDataStream) {
    let mut gone = 0;
    while let Some(Ok(chunk)) = stream.next().await {
        gone += chunk.len();
        if gone > MOST_BEYOND {
            return;
        }
    }
}
