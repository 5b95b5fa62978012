"""The fault matrix of the quality book: what puts a client through each of its "Inject: S" rows, and the test that shows it.

A row is met by faults, by what the account does by itself, or by edits of its world. `OWN_SIDE` holds the rows whose
trouble lies in the client's own house: there the simulator gives the surroundings (a request that lasts, an outage, a
clock) and the client's tests the story.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from simulator.tests.firms import Firm, RestClient
from simulator.tests.soap.conftest import Client

from netsuite_simulator.faults import FAULTS

# What meets each row: names of faults, and names of tests.
ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "F01": (
        ("ConnectionRefused", "UnknownHost"),
        ("test_nobody_listens_for_a_while", "test_certificates_and_names_go_wrong"),
    ),
    "F02": (("BadCertificate",), ("test_certificates_and_names_go_wrong",)),
    "F03": (("StalledUpload",), ("test_a_body_that_is_not_read_leaves_nothing_written",)),
    "F04": (("TimeoutAfterCommit",), ("test_a_lost_answer_leaves_everything_written",)),
    "F05": (("TruncatedBody",), ("test_an_answer_may_be_reset_in_the_middle",)),
    "F06": (
        ("MalformedBody", "TruncatedBody"),
        (
            "test_json_that_cannot_be_read",
            "test_json_that_says_something_twice_or_something_else",
            "test_xml_that_cannot_be_read",
            "test_xml_that_is_hostile_or_foreign",
        ),
    ),
    "F07": (("HtmlPage",), ("test_refused_before_any_work", "test_a_page_may_come_after_the_commit")),
    "F08": (("NoIdentity",), ("test_successes_that_name_nothing",)),
    "F09": (("SlowDrip",), ("test_a_slow_answer_is_whole",)),
    "F10": (("Redirect",), ("test_answers_point_elsewhere",)),
    "F11": (("HugeBody", "CompressedBomb", "DeepBody"), ("test_too_much_of_an_answer",)),
    "F12": (("ServerError",), ("test_a_gateway_may_fail_after_the_work",)),
    "F13": (("LateCommit",), ("test_a_commit_comes_after_the_probe_that_missed_it",)),
    "F14": (("Throttle",), ("test_each_door_words_its_limit_and_when_to_come_again",)),
    "F15": (("Throttle",), ("test_each_door_words_its_limit_and_when_to_come_again",)),
    "F16": (("InvalidLogin",), ("test_a_login_fails_for_a_reason_that_only_the_trail_knows",)),
    "F17": (("Maintenance",), ("test_a_plan_waits_for_its_time_and_ends",)),
    "F18": (("OtherIntegrations",), ("test_other_integrations_take_the_places",)),
    "F19": (("CutOff",), ("test_a_request_that_takes_too_long_is_cut_off",)),
    "F20": (("AddRecord", "EditRecord", "DeleteRecord"), ("test_records_change_between_two_pages",)),
    "F21": (("RevokeTokens",), ("test_a_client_is_shut_out_in_the_middle",)),
    "F22": (("LosePermission",), ("test_a_client_is_shut_out_in_the_middle",)),
    "F23": (("BlockIntegration", "DisableFeature"), ("test_a_client_is_shut_out_in_the_middle",)),
    "F24": (("CertificatesEnd",), ("test_client_certificates_end",)),
    "F25": (
        ("SandboxRefresh",),
        ("test_a_sandbox_is_a_copy_without_tokens", "test_a_sandbox_is_made_anew_in_the_middle_of_a_run"),
    ),
    "F26": ((), ("test_keys_of_one_account_open_no_other",)),
    "F27": (("SkewClock",), ("test_the_clock_is_told_by_the_date_header", "test_a_clock_ten_minutes_off_is_refused")),
    "F28": (("InvalidLogin",), ("test_a_nonce_is_used_once_with_its_timestamp",)),
    "F29": ((), ("test_published_rest_examples", "test_another_implementation_signs_the_same")),
    "F30": (("RejectedRecords",), ("test_some_records_are_refused_and_the_others_written",)),
    "F31": (("ShortAnswers", "LongAnswers", "ReorderedAnswers"), ("test_lists_reordered_short_and_long",)),
    "F32": (("NoIdentity",), ("test_successes_that_name_nothing", "test_a_key_is_good_for_one_job")),
    "F33": (("EndlessJob", "ForgetSearches"), ("test_jobs_that_never_end_and_jobs_that_are_forgotten",)),
    "F34": (
        ("RejectedRecords",),
        ("test_a_transaction_needs_an_open_period", "test_a_reference_to_nothing_is_refused"),
    ),
    "F35": (("FieldsDropped",), ("test_fields_are_dropped_without_a_word",)),
    "F36": (("AddRecord",), ("test_records_change_between_two_pages", "test_a_taken_external_id_is_refused")),
    "F37": (("EditRecord",), ("test_records_change_between_two_pages",)),
    "F38": (("LockRecord",), ("test_a_locked_record_is_read_and_not_changed",)),
    "F39": (("RemoveField",), ("test_a_custom_field_is_gone",)),
    "F40": (("DeleteRecord",), ("test_records_change_between_two_pages", "test_a_choice_must_be_one_of_its_list")),
    "F41": ((), ("test_a_reference_to_nothing_is_refused",)),
    "F42": (("RejectedRecords", "AddRecord"), ("test_some_records_are_refused_and_the_others_written",)),
    "F43": (("EditRecord",), ("test_records_change_between_two_pages",)),
    "F44": ((), ("test_every_request_fault_and_write_is_in_the_file",)),
    "F45": (("DeleteRecord",), ("test_records_change_between_two_pages",)),
    "F46": ((), ("test_every_request_fault_and_write_is_in_the_file",)),
    "F47": (("EditRecord",), ("test_a_customers_status_decides_its_stage",)),
    "F48": (("AddRecord", "EditRecord"), ("test_records_change_between_two_pages",)),
    "F49": ((), ("test_paging_by_change_date_needs_no_sorting",)),
    "F50": (("ChangeZone",), ("test_a_day_survives_the_round_trip_in_every_zone", "test_another_zone_and_date_format")),
    "F51": (("SkewClock",), ("test_plans_count_by_the_accounts_own_clock",)),
    "F52": (("ChangeZone",), ("test_the_clock_is_told_by_the_date_header",)),
    "F53": (
        ("ChangeZone",),
        ("test_today_is_the_accounts_own_day", "test_a_day_survives_the_round_trip_in_every_zone"),
    ),
    "F54": (("SkewClock",), ("test_the_clock_is_told_by_the_date_header",)),
    "F55": ((), ("test_yen_have_no_decimals", "test_no_amount_breaks_an_invoice", "test_amounts_keep_their_digits")),
    "F56": (("EditRecord",), ("test_texts_of_every_kind_come_back_as_they_went",)),
    "F57": (
        ("RejectedRecords", "FieldsDropped"),
        ("test_texts_that_are_too_long_are_refused", "test_texts_of_every_kind_come_back_as_they_went"),
    ),
    "F58": ((), ("test_texts_of_every_kind_come_back_as_they_went",)),
    "F59": ((), ("test_texts_of_every_kind_come_back_as_they_went",)),
    "F60": (("CutOff", "HugeBody"), ("test_too_much_of_an_answer",)),
    "F73": (("Maintenance",), ("test_a_plan_waits_for_its_time_and_ends",)),
    "F81": (
        (),
        (
            "test_a_save_reaches_the_receiver_signed",
            "test_what_is_not_taken_is_tried_again_ever_later",
            "test_hints_meet_with_mishaps",
        ),
    ),
    "F82": (("RejectedRecords", "ServerError"), ("test_some_records_are_refused_and_the_others_written",)),
    "F83": (("Maintenance",), ("test_a_plan_waits_for_its_time_and_ends",)),
}
OWN_SIDE = {
    "F71": ("Latency",),  # schedules overlap where a run lasts
    "F72": ("Latency",),
    "F74": ("Latency",),  # a mapping is edited while a run lasts
    "F77": ("Latency",),
    "F78": (),  # the client's secret store
    "F79": (),  # two people at the client's own pages
    "F80": ("Latency", "LateCommit"),  # canceled while a write is under way
}

TEXTS = (
    "👩\u200d🚀 Łódź & Söhne <b>\"'",
    "\u202bשלום\u202c cafe\u0301",
    "00042",
    "=1+1",
    "+49 @x -y",
    'a,b|c;"d"\n\te',
    "  spaces  ",
    "x" * 3_999,
)


@cache
def names_of_tests() -> frozenset[str]:
    """Collect the names of all tests of the simulator."""
    files = Path(__file__).parents[1].rglob("test_*.py")
    return frozenset(
        name for one in files for name in re.findall(r"^def (test_\w+)", one.read_text("utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("row", ROWS)
def test_every_row_names_faults_and_tests_there_are(row: str) -> None:
    faults, tests = ROWS[row]
    assert set(faults) <= FAULTS.keys()
    assert set(tests) <= names_of_tests()


def test_every_fault_belongs_to_a_row() -> None:
    used = {fault for faults, _ in ROWS.values() for fault in faults} | {
        one for few in OWN_SIDE.values() for one in few
    }
    beyond = {"ConnectionReset", "AfterSubmitFailed"}  # the transport's T rows, and NetSuite's own scripts (§4.8)
    beyond |= {"ForgedIdentity", "ForeignKeys", "RotateKeys"}  # the provider of identities: security rows S10 and S11
    assert used | beyond == FAULTS.keys()


def test_no_row_of_the_quality_book_is_left_out() -> None:
    schemas = os.environ.get("NETSUITE_SCHEMAS")
    book = None if schemas is None else Path(schemas).parents[1] / "reference" / "quality.md"
    if book is None or not book.exists():
        pytest.skip("the quality book does not lie beside NETSUITE_SCHEMAS")
    rows = re.findall(r"^\| (F\d+)(?: P0)? \| .* \| ([STPD,]+) \|", book.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 80
    assert {row for row, ways in rows if "S" in ways} <= ROWS.keys() | OWN_SIDE.keys()


def test_texts_of_every_kind_come_back_as_they_went(firm: Firm, client: RestClient, soap: Client) -> None:
    path = f"customer/{firm.customer}"
    for text in TEXTS:
        assert client.records("PATCH", path, {"comments": text}).status_code == 204
        assert client.records("GET", path).json()["comments"] == text
        reply = soap.send(f"<msgs:get>{soap.ref('customer', internalId=firm.customer)}</msgs:get>")
        assert reply.text("listRel:comments") == text
