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
        next optional may_follow day month year choose if_so or_answer
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
        per_year per_month per_week per_day
        // When it is open, who may, what is waited for
        closed_title closed_draft closed_see_draft closed_send_title closed_send_kept closed_author closed_list
        needs_eid needs_otherwise needs_email before_title before_email before_goes_on before_not_sent
        waiting_title waiting_text waiting_email waiting_person waiting_ahead waiting_met waiting_over waiting_mail
        waiting_goes_on waiting_not_sent released_title withdrawn_title withdrawn_text pay_now
        // Pages behind links in mails
        link_unknown_title link_unknown_text link_over_title link_over_text link_ahead_title link_ahead_text
        link_done_title link_done_email link_done_payment link_done_person confirm_title confirm_then confirm_button
        confirm_not_you asked_title asked_shown asked_questions asked_goes_on asked_not_sent asked_privacy asked_send
        pay_title pay_button pay_trial pay_link pay_begun pay_trouble_title pay_trouble_text paid_row
        pay_after_notice pay_before;
    with:
        moment(date, time) closed_opens(moment) closed_since(moment) closed_list_opens(moment) open_until(moment)
        before_payment(amount) before_person(count, time) days_count(count) weeks_count(count) months_count(count)
        years_count(count) working_days_count(count) weekdays_count(count) waiting_payment(amount)
        waiting_person_entry(entry) waiting_until(date) released_text(moment) link_until(date) confirm_text(title)
        asked_text(title) pay_text(title, reference)
        trial_outbox(portal) trial_kept(version) trial_other(version) a_to_z_letter(letter) draft_kept(days) draft_until(date) fee_amount(amount)
        retention_years(count) retention_months(count) retention_weeks(count) retention_days(count)
        retention_from_day(date) file_limits(kinds, size) file_count_hint(max) file_remove_named(name)
        entry_title(each, number) entry_add(each) entry_change(entry) entry_remove(entry) entry_remove_title(entry)
        entry_remove_text(entry) entries_too_few(count, each) entries_too_many(count, each) list_count(count, each)
        change_hidden(question) if_answer(question, answer) reference_is(reference) sent_to(office) sent_at(date)
        conflict_rows(count) contact_office(office) place_candidates(typed) not_in_language(language)
        date_example(day, month, year) evidence_until(date) evidence_missing(date) valid_later(date) size_mb(count) size_kb(count) fee_per(amount, period);
}
