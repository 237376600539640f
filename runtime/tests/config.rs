//! The settings: what is taken, and the sentence that everything else is answered with.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use amtsweg::config::{self, Config};
use amtsweg::deliver::{RealChannel, Tls};
use tempfile::TempDir;

fn folder(toml: &str) -> TempDir {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("amtsweg.toml"), toml).unwrap();
    std::fs::write(data.path().join("password"), "geheim\n").unwrap();
    std::fs::write(data.path().join("secret"), "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDC2FVsBQI\n").unwrap();
    std::fs::write(data.path().join("short"), "whsec_C2FV").unwrap();
    data
}

fn read(toml: &str) -> Result<Config, String> {
    let data = folder(toml);
    let settings = config::load(data.path()).map_err(|error| error.0)?;
    settings.check(data.path()).map_err(|error| error.0.replace(data.path().to_str().unwrap(), "DATA"))
}

fn refusal(toml: &str) -> String {
    let data = folder(toml);
    let place = data.path().to_str().unwrap().to_owned();
    let refused = config::load(data.path()).and_then(|settings| settings.check(data.path())).err().unwrap();
    refused.0.replace(&place, "DATA")
}

#[test]
fn without_a_file_it_is_author_mode() {
    let data = tempfile::tempdir().unwrap();
    let config = config::load(data.path()).unwrap().check(data.path()).unwrap();
    assert!(config.public_url.is_none() && config.channels.author_mode && config.listen.is_none());
}

#[test]
fn a_whole_file_is_taken() {
    let config = read(
        r#"
        public_url = "https://service.stadt.de/"
        listen = "127.0.0.1:0"
        trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]
        [admin]
        listen = "127.0.0.1:8181"
        [mail]
        host = "mail.stadt.de"
        tls = "tls"
        user = "portal"
        password_file = "password"
        from = "portal@stadt.de"
        [deliver]
        allow = ["127.0.0.1:9000", "fach.intern:443"]
        [authorities."stadt/norderstedt/umwelt"]
        email = "umwelt@stadt.de"
        [authorities."kreis/segeberg/umwelt"]
        webhook = "http://127.0.0.1:9000/annahme"
        secret_file = "secret"
        "#,
    )
    .unwrap();
    assert_eq!(config.public_url.as_deref(), Some("https://service.stadt.de"));
    assert!(!config.channels.author_mode);
    let mail = config.channels.mail.as_ref().unwrap();
    assert_eq!((mail.port, mail.tls, mail.max_size), (465, Tls::Implicit, 35_000_000));
    assert!(matches!(&config.channels.authorities["stadt/norderstedt/umwelt"], RealChannel::Email { .. }));
    assert!(matches!(&config.channels.authorities["kreis/segeberg/umwelt"],
        RealChannel::Webhook { secrets, .. } if secrets.len() == 1));
    assert_eq!(config.channels.allow, ["127.0.0.1:9000", "fach.intern:443"]);
    assert!(config.trusted_proxies.iter().any(|proxy| proxy.contains("10.9.8.7".parse().unwrap())));
    assert!(config.trusted_proxies.iter().any(|proxy| proxy.contains("::ffff:127.0.0.1".parse().unwrap())));
    assert!(!config.trusted_proxies.iter().any(|proxy| proxy.contains("11.0.0.1".parse().unwrap())));
    assert!(!format!("{config:?}").contains("geheim") && !format!("{config:?}").contains("whsec"));
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    let start = "[mail]\nhost = \"mail.stadt.de\"\nfrom = \"portal@stadt.de\"\n";
    for (toml, expected) in [
        (
            "publik_url = \"x\"",
            "In DATA/amtsweg.toml there is no setting `publik_url`. There are: public_url, listen, trusted_proxies, admin, mail, deliver, authorities.",
        ),
        (
            "[mail]\nhost = \"h\"\nfrom = \"a@b.de\"\nhots = 1",
            "there is no setting `mail.hots`. There are: mail.host, mail.port",
        ),
        ("[mail]\nfrom = \"a@b.de\"", "the setting `mail.host` is missing."),
        ("[mail]\nhost = 1\nfrom = \"a@b.de\"", "the setting `mail.host` is the number 1. It must be a string."),
        (
            "[mail]\nhost = \"h\"\nfrom = \"a@b.de\"\nport = \"x\"",
            "the setting `mail.port` is the text \"x\". It must be a whole number from 0 to 65535.",
        ),
        ("trusted_proxies = 1", "the setting `trusted_proxies` is the number 1. It must be a list in square brackets."),
        (
            "authorities.a = 1",
            "the setting `authorities.a` is the number 1. It must be a table with settings of its own.",
        ),
        (
            "[mail]\nhost = \"h\"\nfrom = \"a@b.de\"\ntls = \"ssl\"",
            "the setting `mail.tls` is `ssl`. Allowed are: tls, starttls, none.",
        ),
        ("listen = [1]", "the setting `listen` is a list."),
        ("listen = ", "In DATA/amtsweg.toml "),
        ("listen = \"8080\"", "The setting listen is `8080`. It must be an address and a port like 127.0.0.1:8080."),
        ("public_url = \"http://stadt.de\"", "It must begin with https://; http:// is taken for localhost only."),
        (
            "public_url = \"https://stadt.de/portal\"",
            "It must be an address like https://service.stadt.de, without a path.",
        ),
        ("trusted_proxies = [\"10.0.0.0/99\"]", "The setting trusted_proxies has `10.0.0.0/99`."),
        ("[deliver]\nallow = [\"10.0.0.1\"]", "The setting deliver.allow has `10.0.0.1`. It must be a host and a port"),
        ("[deliver]\nredirect_all = \"niemand\"", "The setting deliver.redirect_all is `niemand`."),
        (&format!("{start}tls = \"none\""), "The setting mail.tls is `none`, but mail.stadt.de is not this machine."),
        (&format!("{start}user = \"u\""), "The setting mail.user needs mail.password_file beside it."),
        (
            &format!("{start}user = \"u\"\npassword_file = \"fehlt\""),
            "The setting mail.password_file names DATA/fehlt, which cannot be read",
        ),
        (&format!("{start}ca_file = \"password\""), "which is not a certificate in PEM."),
        ("[authorities.a]\nwebhook = \"https://x.de/\"", "needs secret_file beside it."),
        (
            "[authorities.a]\nwebhook = \"https://x.de/\"\nsecret_file = \"short\"",
            "must hold `whsec_` and 24 to 64 bytes in Base64",
        ),
        (
            "[authorities.a]\nwebhook = \"http://10.0.0.1/\"\nsecret_file = \"secret\"",
            "http:// is taken only for receivers that deliver.allow names.",
        ),
        (
            "[authorities.a]\nemail = \"a@b.de\"\nwebhook = \"https://x.de/\"",
            "The authority \"a\" needs exactly one of email and webhook.",
        ),
        ("[authorities.a]\nemail = \"nix\"", "It must be an e-mail address like portal@stadt.de."),
        (
            "public_url = \"https://stadt.de\"\n[authorities.a]\nemail = \"a@b.de\"",
            "needs a mail server. Set mail.host and mail.from.",
        ),
    ] {
        let said = refusal(toml);
        assert!(said.contains(expected), "{toml}\n{said}");
    }
}

#[test]
fn every_setting_is_documented() {
    let schema = serde_json::to_value(schemars::schema_for!(config::Settings)).unwrap();
    let mut parts = vec![&schema];
    parts.extend(schema["$defs"].as_object().unwrap().values());
    let mut seen = 0;
    for part in parts {
        for (name, setting) in part.get("properties").and_then(|found| found.as_object()).into_iter().flatten() {
            let text = setting["description"].as_str().unwrap_or_default();
            assert!(text.len() > 8, "{name} has no description");
            seen += 1;
        }
    }
    assert!(seen >= 18, "{seen}");
}
