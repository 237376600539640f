//! Reference numbers ("Vorgangsnummer"): what people call a submission.
//!
//! Eleven random characters of Crockford's base 32 (55 bits) and his check character, in groups
//! of four: `7K3M-9QX2-TABC`. A reference names a submission and never authorises anything.

use aws_lc_rs::rand;

/// Crockford's digits: no I, L, O, U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random characters; the check character follows.
const RANDOM: usize = 11;
/// Crockford's check character is the number modulo this.
const MODULUS: u64 = 37;

/// A new reference. It is only almost certainly unique: the store draws again on a collision.
///
/// # Errors
/// When the machine's source of randomness fails.
pub fn random() -> Result<String, aws_lc_rs::error::Unspecified> {
    loop {
        let mut bytes = [0_u8; RANDOM];
        rand::fill(&mut bytes)?;
        let digits = bytes.map(|byte| byte % 32);
        // Five of the 37 check characters are signs that do not belong into an address: draw again.
        if let Some(check) = check(&digits) {
            let text: Vec<u8> = digits.iter().chain([&check]).map(|digit| DIGITS[usize::from(*digit)]).collect();
            return Ok(group(&text));
        }
    }
}

/// What somebody typed, as it is stored: hyphens, blanks and small letters do not matter, O is 0,
/// I and L are 1. `None`: it is not a reference, the check character does not fit.
#[must_use]
pub fn parse(typed: &str) -> Option<String> {
    let mut digits = Vec::with_capacity(RANDOM + 1);
    for sign in typed.chars().filter(|sign| *sign != '-' && !sign.is_whitespace()) {
        let sign = match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let digit = DIGITS.iter().position(|digit| char::from(*digit) == sign)?;
        digits.push(u8::try_from(digit).ok()?);
        if digits.len() > RANDOM + 1 {
            return None;
        }
    }
    let (last, random) = digits.split_last()?;
    let random: &[u8; RANDOM] = random.try_into().ok()?;
    (check(random)? == *last).then(|| group(&digits.iter().map(|digit| DIGITS[usize::from(*digit)]).collect::<Vec<_>>()))
}

/// The check digit; `None` where it is one of the five signs that are no digits.
fn check(digits: &[u8; RANDOM]) -> Option<u8> {
    let number = digits.iter().fold(0_u64, |number, digit| number * 32 + u64::from(*digit));
    u8::try_from(number % MODULUS).ok().filter(|check| usize::from(*check) < DIGITS.len())
}

fn group(signs: &[u8]) -> String {
    let groups: Vec<String> =
        signs.chunks(4).map(|group| group.iter().map(|sign| char::from(*sign)).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_reference_is_read_back_however_it_is_typed() {
        for _ in 0..500 {
            let reference = random().unwrap();
            assert_eq!(reference.len(), 14);
            assert_eq!(parse(&reference).as_ref(), Some(&reference));
            let typed = reference.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(parse(&typed).as_ref(), Some(&reference), "{typed}");
        }
    }

    #[test]
    fn one_wrong_character_and_two_swapped_ones_are_noticed() {
        let reference = random().unwrap();
        let plain: Vec<char> = reference.chars().filter(|sign| *sign != '-').collect();
        for place in 0..plain.len() {
            for digit in DIGITS {
                let mut wrong = plain.clone();
                wrong[place] = char::from(*digit);
                if wrong != plain {
                    assert_eq!(parse(&wrong.iter().collect::<String>()), None);
                }
            }
        }
        for place in 1..RANDOM {
            let mut wrong = plain.clone();
            wrong.swap(place, place - 1);
            if wrong != plain {
                assert_eq!(parse(&wrong.iter().collect::<String>()), None);
            }
        }
    }

    #[test]
    fn what_is_too_long_or_too_short_or_foreign_is_none() {
        for typed in ["", "-", "7K3M", "7K3M-9QX2-TABC-7K3M-9QX2", "7K3M-9QX2-TAB*", "ÄÖÜ"] {
            assert_eq!(parse(typed), None);
        }
    }
}
