#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use amtsweg::axum::body::{Body, to_bytes};
use amtsweg::axum::http::Request;
use tower::ServiceExt as _;

use super::*;

async fn open(app: &Router, address: &str, account: Option<&str>) -> (u16, String) {
    let mut request = Request::get(address).header("host", "localhost");
    if let Some(account) = account {
        request = request.header("x-town-account", account).header("x-town-name", "Mia Meyer");
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_procedures_stand_beside_the_towns_own_page() {
    let data = tempfile::tempdir().unwrap();
    let app = app(&procedures(data.path(), Folder::BuiltIn).await.unwrap());
    assert!(open(&app, "/", None).await.1.contains("<h1>Stadt Beispielhausen</h1>"));
    for address in ["/formulare", "/formulare/"] {
        let (status, home) = open(&app, address, None).await;
        assert_eq!(status, 200, "{address}");
        assert!(home.contains("Stadt Beispielhausen</a>"), "the head is the town's");
        assert!(home.contains("href=\"/formulare/k/abfall\""), "addresses have the base path");
    }
    let (_, signed_in) = open(&app, "/formulare", Some("4711")).await;
    assert!(signed_in.contains("Mia Meyer") && signed_in.contains("href=\"/abmelden\""));
    assert!(!signed_in.contains("4711"), "an account's id is never shown");
    let styles = signed_in.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(open(&app, &styles, None).await.1.contains("--brand:#004d40"), "{styles}");
    let (_, english) = open(&app, "/formulare/en", None).await;
    assert!(english.contains("<html lang=\"en\">") && english.contains("href=\"/formulare\""));
}

/// The library alone: no command line, no file watcher, no settings files.
#[test]
fn the_library_brings_no_command_line_along() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let tree = std::process::Command::new(cargo)
        .args(["tree", "--offline", "--package", "embedded", "--edges", "normal", "--prefix", "none"])
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("amtsweg v"), "{tree}");
    for crate_name in
        ["clap ", "notify ", "figment ", "annotate-snippets ", "object_store ", "tower-lsp ", "lsp-server "]
    {
        assert!(!tree.lines().any(|line| line.starts_with(crate_name)), "{crate_name}");
    }
}
