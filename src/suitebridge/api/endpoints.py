"""Every address of the API with what it needs. An address that is not here does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

from suitebridge.administration.permitting import RecordNeed, RunNeed
from suitebridge.api import (
    access_reviews,
    approvals,
    certificates,
    configuration,
    connection,
    connector_settings,
    custom_fields,
    errands,
    mail_server,
    netsuite_fields,
    notifications,
    outcomes,
    people,
    real_time,
    reconciliations,
    records,
    retries,
    roles,
    runs,
    schedules,
    sign_in_rules,
    tokens,
    trail,
    workers,
    workflow_groups,
)
from suitebridge.api.access import Need
from suitebridge.api.endings import ENDINGS, Ending
from suitebridge.api.repeating import Again
from suitebridge.domain.people import Permission
from suitebridge.domain.scopes import Scope

Answer: TypeAlias = type[BaseModel] | None
_ADMINISTER, _PEOPLE, _RUN = Permission.ADMINISTER, Permission.MANAGE_PEOPLE, Permission.RUN_INTEGRATION
_TRAIL, _SETTLE = Permission.VIEW_AUDIT_TRAIL, Permission.EDIT_INTEGRATION_SETTINGS
_ENTER, _APPROVE = RecordNeed.ENTER_TYPE, Permission.APPROVE_RECORDS
_ANYONE: Need = None
_KEY = "Idempotency-Key"
_AGAIN: Mapping[Callable[..., object], Again] = {
    certificates.add_certificate: certificates.show_certificates_again,
    errands.transfer_record: errands.show_again,
    people.add_user: people.show_user,
    roles.turn_on: roles.show_role,
    retries.retry_run: retries.show_retry,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One method of one address.

    `needs` is asked of the user's role and `scope` of the token; `act` completes “You may not …”; `answers` are the statuses of success;
    `headers` what must be sent besides.
    """

    name: str
    method: str
    path: str
    view: Callable[..., object]
    needs: Need
    scope: Scope
    act: str
    answer: Answer = None
    answers: tuple[int, ...] = (200,)
    headers: tuple[str, ...] = ()

    @property
    def is_keyed(self) -> bool:
        """Whether a request is answered once for each Idempotency-Key; a run sees to that by itself, with an id that comes from the key."""
        return _KEY in self.headers and self.view not in {runs.start_run, runs.start_dry_run}

    @property
    def again(self) -> Again | None:
        """What shows again what a request made, None where it is shown only once."""
        return _AGAIN.get(self.view)

    @property
    def ending(self) -> Ending | None:
        """When it ends, None for one that stays."""
        return ENDINGS.get(self.name)

    @property
    def tag(self) -> str:
        """The part of the API that it belongs to."""
        return self.path.split("/")[1]


def _endpoint(line: str, view: Callable[..., object], needs: Need, act: str, answer: Answer = None) -> Endpoint:
    """Read one line of the table: method, path, scope, then statuses and headers."""
    method, path, scope, *rest = line.split()
    statuses = tuple(int(word) for word in rest if word.isdecimal()) or (200,)
    headers = tuple(word for word in rest if not word.isdecimal())
    return Endpoint(
        name=view.__name__,
        method=method,
        path=path,
        view=view,
        needs=needs,
        scope=Scope(scope),
        act=act,
        answer=answer,
        answers=statuses,
        headers=headers,
    )


_CONNECTION = "/connection"
_USER = "/integration-user"
_PERSON = "/people/{slug:person_id}"
_ROLE = "/roles/{str:name}"
_GROUP, _GROUP_SHOWN = "/workflow-groups/{str:group}", workflow_groups.GroupDocument
_FIELD, _FIELDS_SHOWN = "/custom-fields/{slug:record_type}/{slug:field}", custom_fields.TypeFieldsDocument
_SCHEDULE, _SCHEDULE_SHOWN = "/schedules/{str:schedule}", schedules.ScheduleDetail
_RECIPIENT, _RECIPIENT_SHOWN = "/recipients/{str:recipient}", notifications.RecipientShown
_RECORD = "/records/{slug:record_type}"
_SHOWN, _PERSON_SHOWN, _USER_SHOWN = connection.ConnectionShown, people.PersonDetail, connection.IntegrationUserShown
_SETTINGS, _CERTIFICATES = connection.SettingsShown, certificates.CertificatesShown

ENDPOINTS = (
    _endpoint(f"GET {_CONNECTION} connection", connection.show_connection, _ADMINISTER, "see the NetSuite connection", _SHOWN),
    _endpoint(f"PUT {_CONNECTION} connection If-Match", connection.put_connection, _ADMINISTER, "change the NetSuite credentials", _SHOWN),
    _endpoint(f"DELETE {_CONNECTION}/credentials connection If-Match", connection.delete_credentials, _ADMINISTER, "change the NetSuite credentials", connection.CredentialsRemoved),
    _endpoint(f"POST {_CONNECTION}/confirmation connection If-Match", connection.confirm, _ADMINISTER, "confirm another NetSuite account", _SHOWN),
    _endpoint(f"POST {_CONNECTION}/check run", connection.check_saved, _RUN, "test the NetSuite connection", connection.CheckResult),
    _endpoint(f"POST {_CONNECTION}/trial connection", connection.check_entered, _ADMINISTER, "test the NetSuite credentials", connection.CheckResult),
    _endpoint(f"GET {_CONNECTION}/certificates connection", certificates.show_certificates, _ADMINISTER, "see the NetSuite connection", _CERTIFICATES),
    _endpoint(f"POST {_CONNECTION}/certificates connection 201 Idempotency-Key", certificates.add_certificate, _ADMINISTER, "change the NetSuite credentials", _CERTIFICATES),
    _endpoint(f"PUT {_CONNECTION}/certificates/present connection If-Match", certificates.put_certificate_in_use, _ADMINISTER, "change the NetSuite credentials", _CERTIFICATES),
    _endpoint(f"POST {_CONNECTION}/certificates/rotation connection Idempotency-Key", certificates.rotate, _ADMINISTER, "rotate the certificate of the NetSuite connection", certificates.RotationShown),
    _endpoint(f"DELETE {_CONNECTION}/certificates/next connection 204 If-Match", certificates.delete_next_certificate, _ADMINISTER, "change the NetSuite credentials"),
    _endpoint(f"GET {_CONNECTION}/history connection", connection.show_history, _ADMINISTER, "see the settings history", trail.TrailPage),
    _endpoint(f"GET {_CONNECTION}/fields connection", netsuite_fields.show_netsuite_fields, _SETTLE, "see the custom fields", netsuite_fields.NetSuiteFields),
    _endpoint(f"POST {_CONNECTION}/fields connection", netsuite_fields.synchronize_netsuite_fields, _SETTLE, "synchronize the custom fields", netsuite_fields.NetSuiteFields),
    _endpoint(f"GET {_CONNECTION}/settings connection", connection.show_settings, _ADMINISTER, "see the connector's settings", _SETTINGS),
    _endpoint(f"PUT {_CONNECTION}/settings connection If-Match", connection.put_settings, _ADMINISTER, "change the connector's settings", _SETTINGS),
    _endpoint(f"GET {_USER} connection", connection.show_integration_user, _ADMINISTER, "see the integration user", _USER_SHOWN),
    _endpoint(f"PUT {_USER} connection If-Match", connection.put_integration_user, _ADMINISTER, "choose the integration user", _USER_SHOWN),
    _endpoint(f"DELETE {_USER} connection 204 If-Match", connection.delete_integration_user, _ADMINISTER, "clear the integration user"),
    _endpoint("GET /people people", people.list_users, _PEOPLE, "see the users", people.PersonPage),
    _endpoint("POST /people people 200 201 Idempotency-Key", people.add_user, _PEOPLE, "add a user", _PERSON_SHOWN),
    _endpoint(f"GET {_PERSON} people", people.show_user, _PEOPLE, "see the users", _PERSON_SHOWN),
    _endpoint(f"PUT {_PERSON} people If-Match", people.change_user, _PEOPLE, "change a user", _PERSON_SHOWN),
    _endpoint(f"PUT {_PERSON}/activity people If-Match", people.change_activity, _PEOPLE, "deactivate a user", _PERSON_SHOWN),
    _endpoint(f"PUT {_PERSON}/role people If-Match", people.change_role, _PEOPLE, "give a user another role", _PERSON_SHOWN),
    _endpoint(f"POST {_PERSON}/invitation people 201 Idempotency-Key", people.invite_user, _PEOPLE, "invite a user", people.Invited),
    _endpoint(f"DELETE {_PERSON}/access people 204", people.end_user_access, _ANYONE, "end the sessions of a user"),
    _endpoint(f"DELETE {_PERSON}/second-factor people 204", people.remove_second_factor, _ANYONE, "remove the second factor of a user"),
    _endpoint("GET /roles people", roles.show_roles, _PEOPLE, "see the roles", roles.RoleOverview),
    _endpoint(f"GET {_ROLE} people", roles.show_role, _PEOPLE, "see the roles", roles.RoleDocument),
    _endpoint("GET /duties people", roles.show_duties, _PEOPLE, "see which duties are kept apart", roles.DutiesShown),
    _endpoint("PUT /duties people If-Match", roles.put_duties, _ADMINISTER, "decide whether duties are kept apart", roles.DutiesShown),
    _endpoint(f"PUT {_ROLE} people If-Match", roles.put_role, _ADMINISTER, "change a role", roles.RoleDocument),
    _endpoint(f"POST {_ROLE}/activation people Idempotency-Key", roles.turn_on, _ADMINISTER, "turn a role on", roles.RoleDocument),
    _endpoint(f"DELETE {_ROLE} people 204 If-Match", roles.delete_role, _ADMINISTER, "remove a role"),
    _endpoint("GET /sign-in-rules people", sign_in_rules.show_sign_in_rules, _ADMINISTER, "see the sign-in rules", sign_in_rules.SignInRulesShown),
    _endpoint("PUT /sign-in-rules people If-Match", sign_in_rules.put_sign_in_rules, _ADMINISTER, "change the sign-in rules", sign_in_rules.SignInRulesShown),
    _endpoint("GET /access-review people", access_reviews.show_access_review, _TRAIL, "see who has access", access_reviews.AccessReviewShown),
    _endpoint("POST /access-review/confirmations people 201 Idempotency-Key", access_reviews.add_attestation, _ADMINISTER, "confirm who has access", access_reviews.AccessReviewShown),
    _endpoint("GET /runs read", runs.list_runs, RunNeed.SOME_KIND, "see runs", runs.RunPage),
    _endpoint("POST /runs run 200 201 Idempotency-Key", runs.start_run, _RUN, "run the NetSuite integration", runs.RunDetail),
    _endpoint("POST /dry-runs run 200 201 Idempotency-Key", runs.start_dry_run, RunNeed.SOME_KIND, "start a dry run", runs.RunDetail),
    _endpoint("GET /runs/{int:number} read", runs.show_run, RunNeed.SOME_KIND, "see runs", runs.RunDetail),
    _endpoint("POST /runs/{int:number}/retries run 201 Idempotency-Key", retries.retry_run, _RUN, "run the NetSuite integration", runs.RunDetail),
    _endpoint("POST /runs/{int:number}/pause run", runs.pause_run, Permission.STEER_RUNS, "pause a run", runs.RunDetail),
    _endpoint("POST /runs/{int:number}/resumption run", runs.resume_run, Permission.STEER_RUNS, "resume a run", runs.RunDetail),
    _endpoint("POST /runs/{int:number}/cancellation run", runs.cancel_run, Permission.STEER_RUNS, "cancel a run", runs.RunDetail),
    _endpoint("GET /open-records read", outcomes.list_open, RunNeed.SOME_KIND, "see runs", outcomes.OpenPage),
    _endpoint("GET /workers read", workers.list_workers, RunNeed.SOME_KIND, "see runs", workers.WorkerList),
    _endpoint("GET /runs/{int:number}/errors read", runs.list_errors, RunNeed.SOME_KIND, "see runs", runs.TroubleList),
    _endpoint("GET /runs/{int:number}/records read", outcomes.list_outcomes, RunNeed.SOME_KIND, "see runs", outcomes.OutcomePage),
    _endpoint("GET /runs/{int:number}/records/{slug:workflow}/{slug:source_id} read", outcomes.show_outcome, RunNeed.SOME_KIND, "see runs", outcomes.OutcomeDetail),
    _endpoint("GET /configuration connection", configuration.show_configuration, _SETTLE, "see the configuration of the workflows", configuration.ConfigurationShown),
    _endpoint("PUT /configuration connection If-Match", configuration.put_configuration, _SETTLE, "change the configuration of the workflows", configuration.Applied),
    _endpoint("POST /configuration/comparison connection", configuration.compare_configuration, _SETTLE, "see the configuration of the workflows", configuration.Differences),
    _endpoint("GET /custom-fields connection", custom_fields.show_custom_fields, _SETTLE, "see the custom fields", custom_fields.CustomFieldList),
    _endpoint("GET /custom-fields/{slug:record_type} connection", custom_fields.show_type_fields, _SETTLE, "see the custom fields", _FIELDS_SHOWN),
    _endpoint(f"PUT {_FIELD} connection If-Match", custom_fields.put_custom_field, _SETTLE, "define a custom field", _FIELDS_SHOWN),
    _endpoint(f"DELETE {_FIELD} connection 204 If-Match", custom_fields.delete_custom_field, _SETTLE, "remove a custom field"),
    _endpoint("GET /workflow-groups connection", workflow_groups.show_groups, _SETTLE, "see the workflow groups", workflow_groups.GroupList),
    _endpoint(f"GET {_GROUP} connection", workflow_groups.show_group, _SETTLE, "see the workflow groups", _GROUP_SHOWN),
    _endpoint(f"PUT {_GROUP} connection If-Match", workflow_groups.put_group, _SETTLE, "change a workflow group", _GROUP_SHOWN),
    _endpoint(f"DELETE {_GROUP} connection 204 If-Match", workflow_groups.delete_group, _SETTLE, "remove a workflow group"),
    _endpoint("GET /reconciliations/{slug:workflow} run", reconciliations.show_reconciliation, _RUN, "compare both sides", reconciliations.ReconciliationShown),
    _endpoint("GET /schedules connection", schedules.show_schedules, _SETTLE, "see the schedules", schedules.ScheduleList),
    _endpoint(f"GET {_SCHEDULE} connection", schedules.show_schedule, _SETTLE, "see the schedules", _SCHEDULE_SHOWN),
    _endpoint(f"PUT {_SCHEDULE} connection If-Match", schedules.put_schedule, _SETTLE, "change a schedule", _SCHEDULE_SHOWN),
    _endpoint(f"DELETE {_SCHEDULE} connection 204 If-Match", schedules.delete_schedule, _SETTLE, "remove a schedule"),
    _endpoint("GET /real-time connection", real_time.show_real_time, _SETTLE, "see real-time transfer", real_time.RealTimeShown),
    _endpoint("PUT /real-time connection If-Match", real_time.put_real_time, _SETTLE, "change real-time transfer", real_time.RealTimeShown),
    _endpoint("GET /connector-settings connection", connector_settings.show_connector_settings, _ADMINISTER, "see the settings of the connector", connector_settings.ConnectorSettingsShown),
    _endpoint("PUT /connector-settings connection If-Match", connector_settings.put_connector_settings, _ADMINISTER, "change the settings of the connector", connector_settings.ConnectorSettingsShown),
    _endpoint("GET /recipients connection", notifications.show_recipients, _SETTLE, "see the notifications", notifications.RecipientList),
    _endpoint(f"GET {_RECIPIENT} connection", notifications.show_recipient, _SETTLE, "see the notifications", _RECIPIENT_SHOWN),
    _endpoint(f"PUT {_RECIPIENT} connection If-Match", notifications.put_recipient, _SETTLE, "change a recipient of notifications", notifications.RecipientSaved),
    _endpoint(f"DELETE {_RECIPIENT} connection 204 If-Match", notifications.delete_recipient, _SETTLE, "remove a recipient of notifications"),
    _endpoint(f"POST {_RECIPIENT}/trial connection", notifications.try_recipient, _SETTLE, "test the notifications", notifications.TrialShown),
    _endpoint("GET /mail-server connection", mail_server.show_mail_server, _SETTLE, "see the mail server", mail_server.MailServerShown),
    _endpoint("PUT /mail-server connection If-Match", mail_server.put_mail_server, _SETTLE, "change the mail server", mail_server.MailServerShown),
    _endpoint("DELETE /mail-server connection 204 If-Match", mail_server.delete_mail_server, _SETTLE, "remove the mail server"),
    _endpoint("GET /notifications connection", notifications.list_messages, _SETTLE, "see the notifications", notifications.MessageList),
    _endpoint("POST /notifications/{slug:message}/repetition connection 204", notifications.repeat_message, _SETTLE, "send a notification again"),
    _endpoint("GET /records read", records.list_types, RecordNeed.SOME_TYPE, "see records", records.TypeList),
    _endpoint(f"GET {_RECORD} read", records.list_records, RecordNeed.THIS_TYPE, "see records", records.RecordPage),
    _endpoint(f"GET {_RECORD}/{{slug:record_id}} read", records.show_record, RecordNeed.THIS_TYPE, "see records", records.RecordShown),
    _endpoint(f"POST {_RECORD}/{{slug:record_id}}/transfers run 202 Idempotency-Key", errands.transfer_record, _RUN, "run the NetSuite integration", errands.ErrandShown),
    _endpoint(f"POST {_RECORD}/{{slug:record_id}}/submission records If-Match", approvals.submit_record, _ENTER, "submit records", records.RecordShown),
    _endpoint(f"POST {_RECORD}/{{slug:record_id}}/approval records If-Match", approvals.approve_record, _APPROVE, "approve records", records.RecordShown),
    _endpoint(f"POST {_RECORD}/{{slug:record_id}}/rejection records If-Match", approvals.reject_record, _APPROVE, "reject records", records.RecordShown),
    _endpoint(f"POST {_RECORD}/{{slug:record_id}}/reopening records If-Match", approvals.reopen_record, _ENTER, "reopen records", records.RecordShown),
    _endpoint("GET /errands read", errands.list_errands, _RUN, "see runs", errands.ErrandPage),
    _endpoint("GET /errands/{slug:errand_id} read", errands.show_errand, _RUN, "see runs", errands.ErrandShown),
    _endpoint(f"GET {_RECORD}/{{slug:record_id}}/trail trail", trail.record_trail, _TRAIL, "see the audit trail", trail.TrailPage),
    _endpoint("GET /trail trail", trail.list_entries, _TRAIL, "see the audit trail", trail.TrailPage),
    _endpoint("GET /trail/verdict trail", trail.verify, _TRAIL, "verify the audit trail", trail.Verdict),
    _endpoint("GET /tokens tokens", tokens.show_tokens, _ANYONE, "see your API tokens", tokens.TokenList),
    _endpoint("POST /tokens tokens 201 Idempotency-Key", tokens.add_token, _ANYONE, "make an API token", tokens.FreshToken),
    _endpoint("DELETE /tokens/{slug:token_id} tokens 204", tokens.delete_token, _ANYONE, "withdraw an API token"),
)  # fmt: skip
