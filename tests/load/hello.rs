//! The least that axum can answer: what the load run compares pages with.

use std::error::Error;

use amtsweg::axum::{Router, routing::get, serve};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("usage: hello ADDRESS")?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening");
    Ok(serve(listener, Router::new().route("/", get(async || "Hello"))).await?)
}
