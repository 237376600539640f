//! Which addresses calls may go to: public ones, and those that the operator has named.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Whether the operator has named this destination as one that need not be public.
pub(super) fn is_allowed(url: &Url, allow: &[String]) -> bool {
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return false;
    };
    let named = format!("{host}:{port}");
    allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(&named))
}

/// Why a call must not be made to an address that the operator has not named; `None`: it may,
/// as far as its text shows. Names are looked at when they are resolved.
pub(super) fn objection(url: &Url) -> Option<&'static str> {
    if url.scheme() != "https" {
        return Some("the address is not https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("the address carries a login");
    }
    let ip = match url.host_str() {
        None => return Some("the address has no host"),
        Some(host) => host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>(),
    };
    ip.is_ok_and(|ip| !is_public(ip)).then_some(NOT_PUBLIC)
}

const NOT_PUBLIC: &str = "the address is not public";

/// Resolves names and refuses one that has any address that is not public. The connection is
/// made to the addresses that were looked at here.
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() || found.iter().any(|address| !is_public(address.ip())) {
                return Err(NOT_PUBLIC.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the public internet.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // An address of the old kind in a coat of the new one counts as what it is.
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is given out; inside it 2001::/23 is special (Teredo, documentation and
    // others), 2002::/16 wraps old addresses, 3fff::/20 is for documentation.
    let given_out = a & 0xe000 == 0x2000;
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    given_out && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_not_public_are_known_in_every_spelling() {
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "017700000001",
            "127.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[fc00::1]",
            "[fd12::1]",
            "[fe80::1]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[64:ff9b::7f00:1]",
            "[2001:db8::1]",
            "[::127.0.0.1]",
        ] {
            let url = Url::parse(&format!("https://{host}/hook")).unwrap();
            assert_eq!(objection(&url), Some(NOT_PUBLIC), "{host}");
        }
        for host in ["8.8.8.8", "[2a00:1450:4001:800::200e]", "amt.example"] {
            assert_eq!(objection(&Url::parse(&format!("https://{host}/hook")).unwrap()), None, "{host}");
        }
        assert!(objection(&Url::parse("http://amt.example/").unwrap()).is_some());
        assert!(objection(&Url::parse("https://a:b@amt.example/").unwrap()).is_some());
    }

    #[test]
    fn what_the_operator_names_is_allowed_with_its_port_only() {
        let allow = ["127.0.0.1:9000".to_owned(), "Fach.stadt.example:443".to_owned()];
        assert!(is_allowed(&Url::parse("http://127.0.0.1:9000/a").unwrap(), &allow));
        assert!(!is_allowed(&Url::parse("http://127.0.0.1:9001/a").unwrap(), &allow));
        assert!(is_allowed(&Url::parse("https://fach.stadt.example/a").unwrap(), &allow));
        assert!(!is_allowed(&Url::parse("http://fach.stadt.example/a").unwrap(), &allow));
    }

    #[tokio::test]
    async fn a_name_with_an_address_that_is_not_public_is_not_resolved() {
        let refused = PublicOnly.resolve("localhost".parse().unwrap()).await;
        assert!(refused.is_err_and(|error| error.to_string() == NOT_PUBLIC));
    }
}
