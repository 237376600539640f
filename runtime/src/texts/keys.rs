use amtsweg_dsl::model::Language;
use fluent_templates::fluent_bundle::FluentValue;

use super::look_up;

/// The key in the files: dashes instead of underscores.
fn key(field: &str) -> String {
    field.replace('_', "-")
}

macro_rules! texts {
    (plain: $($plain:ident)*; with: $($with:ident($($value:ident),+))*;) => {
        /// The texts of a language.
        pub struct Texts {
            /// The language.
            pub language: Language,
            $(#[doc = concat!("`", stringify!($plain), "`")] pub $plain: String,)*
        }

        impl Texts {
            /// The keys without values, then those with values.
            pub const KEYS: (&'static [&'static str], &'static [&'static str]) =
                (&[$(stringify!($plain)),*], &[$(stringify!($with)),*]);

            pub(super) fn load(language: Language) -> Self {
                Self { language, $($plain: look_up(language, &key(stringify!($plain)), &[]),)* }
            }

            $(
                #[doc = concat!("`", stringify!($with), "`")]
                #[must_use]
                pub fn $with<'v>(&self, $($value: impl Into<FluentValue<'v>>),+) -> String {
                    look_up(self.language, &key(stringify!($with)), &[$((stringify!($value), $value.into())),+])
                }
            )*
        }
    };
}

texts! {
    plain:
        // Every page
        skip_to_content back back_to_start error_prefix problem_title footer_label trial_banner trial_broken
        accessibility_statement report_barrier easy_language sign_language privacy imprint
        other_language other_language_tag signed_in_as sign_out home a_to_z
        // Portal
        categories life_events not_in_offer no_procedures all_procedures reports applications topics
        kind_application kind_report kind_topic
        // Start page of a procedure
        start_application start_report continue_draft start_anew_title start_anew_text start_anew_button
        who_is_responsible responsible_by_answers fee_title fee_none fee_by_answers what_you_need
        evidence_may_follow legal_basis deadline deadline_none retention draft_kept_title
        needs_account needs_account_title not_offered_title not_offered_text retention_from_completion
        retention_from_receipt retention_from_end_of_year what_happens_next
        // Questions
        next optional day month year choose if_so or_answer
        place_hint place_other place_several yes no file_upload file_remove file_present
        file_one_more or_word more_title more_text evidence_by_answers what_follows entry_add_hint
        // Repeats
        list_none remove_confirm_yes remove_confirm_no save_and_back
        // Check page
        check_title check_intro not_given change fee_row responsible_row send_application send_report
        warnings_title
        // Confirmation
        sent_title_application sent_title_report reference_label print_hint print_button
        still_missing_title still_missing_how confirmation_mail confirmation_no_mail done_back confirmation_secret_title confirmation_secret_text
        // Trouble
        forbidden_title forbidden_text forbidden_again cookies_title cookies_text cookies_gone_title cookies_gone_text not_found_title not_found_text
        too_large_title too_large_text too_many_fields_text broken_title broken_text busy_title busy_text busy_kept
        conflict_title conflict_text changed_title changed_text changed_keep changed_follow
        refused_title refused_text method_title method_text unknown_host_title unknown_host_text upload_broken
        bad_request_title bad_request_text media_type_text key_used_title key_used_text answer_not_asked
        // Pages about the site
        statement_title statement_status statement_known statement_feedback statement_enforcement statement_made
        easy_title easy_text easy_use_title easy_use_text easy_barrier sign_title sign_text
        imprint_missing privacy_missing privacy_cookie barrier_missing contact_title
        per_year per_month per_week per_day;
    with:
        trial_outbox(portal) a_to_z_letter(letter) draft_kept(days) draft_until(date) fee_amount(amount)
        retention_years(count) retention_months(count) retention_weeks(count) retention_days(count)
        retention_from_day(date) file_limits(kinds, size) file_count_hint(max) file_remove_named(name)
        entry_title(each, number) entry_add(each) entry_change(entry) entry_remove(entry) entry_remove_title(entry)
        entry_remove_text(entry) entries_too_few(count, each) entries_too_many(count, each) list_count(count, each)
        change_hidden(question) if_answer(question, answer) reference_is(reference) sent_to(office) sent_at(date)
        conflict_rows(count) contact_office(office) place_candidates(typed) not_in_language(language)
        date_example(day, month, year) evidence_until(date) evidence_missing(date) valid_later(date) size_mb(count) size_kb(count) fee_per(amount, period);
}
