"""What a faithful simulator has to reproduce (the checklist of the reference, §11), line by line: where it is, and what shows it.

Only data: `write_fidelity` writes it down, and a test looks up every module and every test that it names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what is asked for, the modules it is in, the tests that show it, and what is missing or otherwise."""

    asked: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    missing: str = ""


CHECKLIST = (
    Line(
        asked="Host names by account id, in either form; discovery, and its refusal of the form with a hyphen",
        modules=("hosts", "faces/discovery", "faces/soap/information"),
        tests=(
            "test_discovery_knows_the_account_by_its_id",
            "test_data_center_urls_need_no_login",
            "test_each_face_keeps_to_its_host",
        ),
    ),
    Line(
        asked="Token-based authentication: signature compared in constant time, five minutes either way, a nonce once, HMAC-SHA256"
        " alone, a lock after five failures, and a trail that knows the reason",
        modules=("signatures", "logins"),
        tests=(
            "test_published_rest_examples",
            "test_published_soap_examples",
            "test_a_timestamp_may_be_five_minutes_off",
            "test_a_nonce_is_used_once_with_its_timestamp",
            "test_five_failures_lock_the_token_for_half_an_hour",
            "test_each_reason_is_in_the_trail",
            "test_every_refusal_sounds_the_same",
        ),
    ),
    Line(
        asked="OAuth 2.0: consent, code, refresh, client credentials by certificate without RS256, revoke, keys, discovery, an hour",
        modules=("authorizations", "bearers", "certificates", "faces/oauth/tokens", "faces/oauth/pages"),
        tests=(
            "test_a_strange_client_walks_the_whole_way",
            "test_tokens_say_what_is_documented_and_verify_with_the_published_keys",
            "test_rs256_and_foreign_keys_are_refused",
            "test_revoking_ends_the_tokens_of_a_grant_and_introspection_tells",
            "test_discovery_speaks_of_where_it_was_asked",
        ),
        missing="A userinfo end point is documented nowhere (§3.5); SuiteSignOn has ended (§3.6); its verify call is there for those who still have its credentials.",
    ),
    Line(
        asked="SOAP: all 42 operations, headers, a status for each record, limits of lists, searches by id, pages, Pacific times,"
        " lists replaced or merged, cleared fields, groups of external ids, deletions without time, scripts that fail late",
        modules=(
            "faces/soap/operations",
            "faces/soap/headers",
            "faces/soap/searching",
            "faces/soap/times",
            "faces/soap/writing",
        ),
        tests=(
            "test_every_operation_of_the_wsdl_is_accounted_for",
            "test_every_message_and_operation_is_netsuites",
            "test_upsert_list_answers_each_record_in_order",
            "test_a_list_over_its_limit_writes_nothing",
            "test_pages_by_search_id",
            "test_page_sizes_outside_five_to_a_thousand",
            "test_instants_are_shown_in_pacific_time_with_milliseconds_and_offset",
            "test_sublists_are_replaced_unless_told_to_merge",
            "test_an_entity_is_added_with_an_address_and_read_with_it",
            "test_null_field_list_clears_and_absence_does_not",
            "test_external_ids_ignore_case_and_are_shared_by_a_group",
            "test_get_deleted_does_not_know_time_bills",
            "test_after_submit_failed_saves_the_records",
        ),
        missing="Sublists that no connector of a services company needs are not kept, as those of item prices and partners.",
    ),
    Line(
        asked="REST: 204 with an address, PUT by external id alone, problem documents, pages, the filter, sublists expanded, replaced,"
        " jobs with keys, batches of a hundred, transforms that save",
        modules=(
            "faces/rest/records",
            "faces/rest/filters",
            "faces/rest/sublists",
            "faces/rest/jobs",
            "faces/rest/batches",
        ),
        tests=(
            "test_a_record_is_created_read_changed_and_deleted",
            "test_put_writes_by_external_id_only",
            "test_refusals_are_problem_documents",
            "test_impossible_pages_are_refused",
            "test_filters_find_what_they_say",
            "test_sublists_are_links_until_they_are_wanted",
            "test_lines_merge_by_number_unless_their_list_is_replaced",
            "test_a_key_is_good_for_one_job",
            "test_what_is_no_batch_is_refused",
            "test_an_order_becomes_an_invoice_and_a_payment",
        ),
    ),
    Line(
        asked="SuiteQL: joins, order, parameters, texts in lower case without nulls, the Prefer header, 1,000 rows a page and 100,000"
        " in all, the table of deletions",
        modules=("suiteql/queries", "suiteql/execution", "faces/rest/suiteql"),
        tests=(
            "test_items_are_texts_in_lower_case_without_nulls",
            "test_joins_keep_or_drop_rows_without_partner",
            "test_parameters_are_bound_in_the_order_of_the_text",
            "test_prefer_may_say_more",
            "test_at_most_a_hundred_thousand_rows",
            "test_a_deletion_shows_in_its_table",
        ),
    ),
    Line(
        asked="One count of requests at once for SOAP, REST and RESTlets, each with its own refusal; an invalid login under load",
        modules=("governance", "faults/refusals"),
        tests=(
            "test_all_doors_share_one_count",
            "test_the_sixth_request_at_once_is_refused_over_http",
            "test_rest_words_each_refusal",
            "test_a_login_fails_for_a_reason_that_only_the_trail_knows",
        ),
    ),
    Line(
        asked="Rules: required fields, closed periods, approved time, milestones, an item where a customer is set, rates of categories",
        modules=(
            "rules/presence",
            "rules/periods",
            "rules/times",
            "rules/tasks",
            "rules/expenses",
            "rules/classifying",
        ),
        tests=(
            "test_missing_values_are_listed",
            "test_a_closed_period_keeps_its_transactions",
            "test_approved_time_cannot_change_but_may_be_sent_again",
            "test_a_task_without_estimated_work_is_a_milestone",
            "test_time_for_a_customer_needs_an_item",
            "test_an_expense_line_lacks_what_its_category_asks",
            "test_what_the_preferences_make_mandatory_has_to_be_there",
        ),
    ),
    Line(
        asked="Faults on demand: maintenance, 503, an answer lost after the commit, a script that fails late, a search that is gone",
        modules=("faults/refusals", "faults/connections", "faults/answers", "faults/upheavals"),
        tests=(
            "test_refused_before_any_work",
            "test_a_lost_answer_leaves_everything_written",
            "test_scripts_fail_after_the_commit_by_plan",
            "test_an_expired_search_id_and_one_that_is_forgotten",
        ),
    ),
    Line(
        asked="A script that pushes small hints when records are saved, unless the connector itself saved them",
        modules=("userevents", "pushes", "faces/pushing"),
        tests=(
            "test_a_script_is_told_every_save_with_its_context",
            "test_a_script_that_fails_leaves_the_record_saved",
            "test_a_save_reaches_the_receiver_signed",
            "test_what_is_not_taken_is_tried_again_ever_later",
            "test_hints_meet_with_mishaps",
        ),
        missing="Scripts are Python functions, and an outbox in memory sends for them.",
    ),
)
