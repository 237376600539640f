//! Reference numbers ("Vorgangsnummer"): for people to read out and write down, never a secret.
//!
//! Ten characters of Crockford's base 32 (50 bits of chance) and a check character, in groups:
//! `ABCDE-FGHJK-M`. There is no I, L, O or U in them.

use aws_lc_rs::rand;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The check character by Crockford; numbers whose check is none of the digits above are not drawn.
const CHECK: &[u8; 37] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
const LENGTH: u32 = 10;

/// The machine gives no random numbers.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the machine's source of randomness does not answer")]
pub struct NoRandomness;

/// A new reference.
///
/// # Errors
/// When the machine's source of randomness fails.
pub fn new_reference() -> Result<String, NoRandomness> {
    loop {
        let mut bytes = [0u8; 8];
        rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
        let reference = from_number(u64::from_be_bytes(bytes) >> 14);
        // The further check signs are awkward in addresses and on the phone, and U is taken for V.
        if reference.bytes().all(|b| DIGITS.contains(&b) || b == b'-') {
            return Ok(reference);
        }
    }
}

/// The reference of a number below 2^50.
fn from_number(number: u64) -> String {
    let mut text = String::with_capacity(13);
    for place in (0..LENGTH).rev() {
        let digit = (number >> (5 * place)) & 31;
        text.push(char::from(DIGITS[usize::try_from(digit).unwrap_or(0)]));
        if place == 5 || place == 0 {
            text.push('-');
        }
    }
    text.push(char::from(CHECK[usize::try_from(number % 37).unwrap_or(0)]));
    text
}

/// Puts right what somebody typed: lower case, blanks, missing dashes, O for 0, I and L for 1.
/// `None`: it is no reference, or the check character says that something was mistyped.
#[must_use]
pub fn read_reference(typed: &str) -> Option<String> {
    let mut number = 0u64;
    let signs: Vec<u8> = typed
        .bytes()
        .filter(|b| !matches!(b, b'-' | b' '))
        .map(|b| match b.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        })
        .collect();
    let (check, digits) = signs.split_last()?;
    if digits.len() != LENGTH as usize {
        return None;
    }
    for sign in digits {
        let digit = DIGITS.iter().position(|d| d == sign)?;
        number = number << 5 | u64::try_from(digit).ok()?;
    }
    let reference = from_number(number);
    (reference.as_bytes().last() == Some(check)).then_some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_survives_being_written_down() {
        for _ in 0..200 {
            let reference = new_reference().unwrap();
            assert_eq!(reference.len(), 13);
            assert!(!reference.contains(['I', 'L', 'O', 'U', '*', '~', '$', '=']), "{reference}");
            let spoken = reference.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
            assert_eq!(read_reference(&spoken).as_deref(), Some(reference.as_str()));
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_noticed() {
        let reference = from_number(123_456_789_012);
        for place in (0..11).filter(|p| *p != 5) {
            for digit in DIGITS {
                let mut wrong = reference.clone().into_bytes();
                if wrong[place] == *digit || wrong[place] == b'-' {
                    continue;
                }
                wrong[place] = *digit;
                assert_eq!(read_reference(std::str::from_utf8(&wrong).unwrap()), None);
            }
        }
    }
}
