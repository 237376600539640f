use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use reqwest::Url;
use secrecy::SecretString;

use super::{AuthorityChannel, ConfigError, Mail, MailTls, Settings};
use crate::deliver::{Channels, MailServer, RealChannel, Tls};

/// Settings that have been checked, files read.
#[derive(Debug, Clone)]
pub struct Config {
    /// The public address without a slash at its end; `None`: author mode.
    pub public_url: Option<String>,
    /// Where the portal listens, if that is set.
    pub listen: Option<SocketAddr>,
    /// Where the operator's pages listen, if that is set.
    pub admin_listen: Option<SocketAddr>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Proxy>,
    /// The ways out.
    pub channels: Channels,
}

/// A network of proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy {
    /// An address in it.
    pub address: IpAddr,
    /// How many leading bits count.
    pub prefix: u8,
}

impl Proxy {
    /// Whether an address lies in the network.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let same = |own: u128, other: u128, width: u32| {
            let shift = width.saturating_sub(u32::from(self.prefix));
            own.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => same(own.to_bits().into(), other.to_bits().into(), 32),
            (IpAddr::V6(own), IpAddr::V6(other)) => same(own.to_bits(), other.to_bits(), 128),
            _ => false,
        }
    }
}

impl Settings {
    /// Checks the settings and reads the files that they name.
    ///
    /// # Errors
    /// With a sentence that names the setting and what is allowed.
    pub fn check(&self, data: &Path) -> Result<Config, ConfigError> {
        let public_url = self.public_url.as_deref().map(public_url).transpose()?;
        let channels = Channels {
            payments: false,
            author_mode: public_url.is_none(),
            authorities: authorities(self, data)?,
            mail: self.mail.as_ref().map(|mail| mail_server(mail, data)).transpose()?,
            allow: self.deliver.allow.iter().map(|allowed| host_and_port(allowed)).collect::<Result<_, _>>()?,
            redirect_all: self
                .deliver
                .redirect_all
                .as_deref()
                .map(|to| mailbox("deliver.redirect_all", to))
                .transpose()?,
        };
        if public_url.is_some() && channels.redirect_all.is_some() && channels.mail.is_none() {
            return wrong("deliver.redirect_all needs a mail server. Set mail.host and mail.from.");
        }
        Ok(Config {
            public_url,
            listen: self.listen.as_deref().map(|listen| socket("listen", listen)).transpose()?,
            admin_listen: self.admin.listen.as_deref().map(|listen| socket("admin.listen", listen)).transpose()?,
            trusted_proxies: self.trusted_proxies.iter().map(|proxy| network(proxy)).collect::<Result<_, _>>()?,
            channels,
        })
    }
}

fn wrong<T>(sentence: impl Into<String>) -> Result<T, ConfigError> {
    Err(ConfigError(sentence.into()))
}

fn public_url(text: &str) -> Result<String, ConfigError> {
    let plain = "It must be an address like https://service.stadt.de, without a path.";
    let Ok(url) = Url::parse(text) else {
        return wrong(format!("The setting public_url is `{text}`. {plain}"));
    };
    let host = url.host_str().unwrap_or_default();
    if host.is_empty() || url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return wrong(format!("The setting public_url is `{text}`. {plain}"));
    }
    let fine = match url.scheme() {
        "https" => true,
        "http" => is_local(host),
        _ => false,
    };
    if !fine {
        return wrong(format!(
            "The setting public_url is `{text}`. It must begin with https://; http:// is taken for localhost only."
        ));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether a host name or address is this machine.
fn is_local(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost"
        || bare.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

fn socket(key: &str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse().or_else(|_| {
        wrong(format!("The setting {key} is `{text}`. It must be an address and a port like 127.0.0.1:8080."))
    })
}

fn network(text: &str) -> Result<Proxy, ConfigError> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let parsed = address.parse::<IpAddr>().ok().and_then(|address| {
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(width), |prefix| prefix.parse().ok())?;
        (prefix <= width).then_some(Proxy { address, prefix })
    });
    parsed.map_or_else(
        || {
            wrong(format!(
                "The setting trusted_proxies has `{text}`. It must be an address like 127.0.0.1 or a network like 10.0.0.0/8."
            ))
        },
        Ok,
    )
}

fn host_and_port(text: &str) -> Result<String, ConfigError> {
    let parsed = Url::parse(&format!("http://{text}/")).ok().filter(|url| {
        url.path() == "/"
            && url.username().is_empty()
            && text.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok())
    });
    match parsed.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?))) {
        Some((host, port)) => Ok(format!("{host}:{port}")),
        None => {
            wrong(format!("The setting deliver.allow has `{text}`. It must be a host and a port like 10.20.4.7:443."))
        }
    }
}

fn mailbox(key: &str, text: &str) -> Result<String, ConfigError> {
    match text.parse::<Address>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => wrong(format!("The setting {key} is `{text}`. It must be an e-mail address like portal@stadt.de.")),
    }
}

fn mail_server(mail: &Mail, data: &Path) -> Result<MailServer, ConfigError> {
    if mail.host.trim().is_empty() {
        return wrong("The setting mail.host is empty. It must be the name of a mail server.");
    }
    if mail.tls == MailTls::None && !is_local(&mail.host) {
        return wrong(format!(
            "The setting mail.tls is `none`, but {} is not this machine. It must be `tls` or `starttls`.",
            mail.host
        ));
    }
    let (tls, usual) = match mail.tls {
        MailTls::Tls => (Tls::Implicit, 465),
        MailTls::StartTls => (Tls::StartTls, 587),
        MailTls::None => (Tls::None, 25),
    };
    let login = match (&mail.user, &mail.password_file) {
        (Some(user), Some(file)) => {
            let password = secret_text("mail.password_file", &data.join(file))?;
            Some((user.clone(), SecretString::from(password)))
        }
        (None, None) => None,
        (Some(_), None) => {
            return wrong("The setting mail.user needs mail.password_file beside it.");
        }
        (None, Some(_)) => {
            return wrong("The setting mail.password_file needs mail.user beside it.");
        }
    };
    if mail.max_size == 0 {
        return wrong("The setting mail.max_size is 0. It must be a number of megabytes, 1 or more.");
    }
    Ok(MailServer {
        host: mail.host.clone(),
        port: mail.port.unwrap_or(usual),
        tls,
        login,
        from: mailbox("mail.from", &mail.from)?,
        ca_file: mail.ca_file.as_ref().map(|file| certificate_file(&data.join(file))).transpose()?,
        max_size: usize::try_from(mail.max_size).unwrap_or(usize::MAX).saturating_mul(1_000_000),
    })
}

fn certificate_file(file: &Path) -> Result<PathBuf, ConfigError> {
    let text = text_of("mail.ca_file", file)?;
    if text.contains("-----BEGIN CERTIFICATE-----") {
        Ok(file.to_owned())
    } else {
        wrong(format!("The setting mail.ca_file names {}, which is not a certificate in PEM.", file.display()))
    }
}

fn authorities(settings: &Settings, data: &Path) -> Result<BTreeMap<String, RealChannel>, ConfigError> {
    let channels = settings
        .authorities
        .iter()
        .map(|(path, channel)| authority(path, channel, settings, data).map(|channel| (path.clone(), channel)));
    channels.collect()
}

fn authority(
    path: &str,
    channel: &AuthorityChannel,
    settings: &Settings,
    data: &Path,
) -> Result<RealChannel, ConfigError> {
    let key = |name: &str| format!("authorities.\"{path}\".{name}");
    match (&channel.email, &channel.webhook, &channel.secret_file) {
        (Some(address), None, None) => {
            let address = mailbox(&key("email"), address)?;
            if settings.mail.is_none() && settings.public_url.is_some() {
                return wrong(format!(
                    "The setting {} needs a mail server. Set mail.host and mail.from.",
                    key("email")
                ));
            }
            Ok(RealChannel::Email { address })
        }
        (None, Some(url), Some(file)) => {
            let url = receiver(&key("webhook"), url, settings)?;
            Ok(RealChannel::Webhook { url, secrets: secrets(&key("secret_file"), &data.join(file))? })
        }
        (None, Some(_), None) => wrong(format!("The setting {} needs secret_file beside it.", key("webhook"))),
        (Some(_), None, Some(_)) => {
            wrong(format!("The setting {} belongs to a webhook, not to a mailbox.", key("secret_file")))
        }
        _ => wrong(format!("The authority \"{path}\" needs exactly one of email and webhook.")),
    }
}

fn receiver(key: &str, text: &str, settings: &Settings) -> Result<String, ConfigError> {
    let Some(url) = Url::parse(text).ok().filter(|url| url.host_str().is_some()) else {
        return wrong(format!(
            "The setting {key} is `{text}`. It must be an address like https://fach.stadt.de/annahme."
        ));
    };
    let named = url.host_str().zip(url.port_or_known_default()).map(|(host, port)| format!("{host}:{port}"));
    let allowed = settings.deliver.allow.iter().any(|allowed| Some(allowed) == named.as_ref());
    match url.scheme() {
        "https" => Ok(text.to_owned()),
        "http" if allowed => Ok(text.to_owned()),
        _ => wrong(format!(
            "The setting {key} is `{text}`. It must begin with https://; http:// is taken only for receivers that deliver.allow names."
        )),
    }
}

fn secrets(key: &str, file: &Path) -> Result<Vec<SecretString>, ConfigError> {
    let text = secret_text(key, file)?;
    let mut secrets = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bytes = line.strip_prefix("whsec_").and_then(|encoded| STANDARD.decode(encoded).ok());
        if !bytes.is_some_and(|bytes| (24..=64).contains(&bytes.len())) {
            return wrong(format!(
                "The setting {key} names {}, which must hold `whsec_` and 24 to 64 bytes in Base64. To make one: echo \"whsec_$(openssl rand -base64 32)\"",
                file.display()
            ));
        }
        secrets.push(SecretString::from(line.to_owned()));
    }
    Ok(secrets)
}

fn secret_text(key: &str, file: &Path) -> Result<String, ConfigError> {
    let text = text_of(key, file)?.trim().to_owned();
    if text.is_empty() {
        wrong(format!("The setting {key} names {}, which is empty.", file.display()))
    } else {
        Ok(text)
    }
}

fn text_of(key: &str, file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file)
        .or_else(|error| wrong(format!("The setting {key} names {}, which cannot be read: {error}.", file.display())))
}
