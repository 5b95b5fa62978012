"""Every address of the console with what it needs. An address that is not here does not exist."""

from __future__ import annotations

from suitebridge.administration.permitting import RecordNeed, RunNeed
from suitebridge.console.access import Access, Route
from suitebridge.console.automate.views import show_automation
from suitebridge.console.connector.views import show_connection
from suitebridge.console.connector_settings.views import edit_settings
from suitebridge.console.credentials.views import edit_credentials, show_account, watch_test
from suitebridge.console.first_run.views import set_up
from suitebridge.console.guide.views import show_guide
from suitebridge.console.health.views import tell_health
from suitebridge.console.home.views import go_home
from suitebridge.console.integration_role.views import show_integration_role
from suitebridge.console.mail_server.views import edit_mail_server
from suitebridge.console.mapping_routes import MAPPING_ROUTES
from suitebridge.console.metrics.views import tell_metrics
from suitebridge.console.netsuite_fields.views import edit_netsuite_fields
from suitebridge.console.notifications.views import show_notifications
from suitebridge.console.open_records.views import list_open
from suitebridge.console.policy_reports.views import take_reports
from suitebridge.console.real_time.views import edit_real_time
from suitebridge.console.recipient.views import add_recipient, edit_recipient
from suitebridge.console.reconciliation.views import compare_sides
from suitebridge.console.record.views import move_approval, show_record, transfer_record
from suitebridge.console.record_form.views import add_record, edit_record
from suitebridge.console.record_list.views import list_records
from suitebridge.console.record_types.views import list_types
from suitebridge.console.run.views import retry_records, show_progress, show_run, steer_run
from suitebridge.console.run_list.views import list_runs
from suitebridge.console.run_record.views import show_run_record
from suitebridge.console.run_records.views import list_outcomes
from suitebridge.console.run_start.views import start_run
from suitebridge.console.schedule.views import add_schedule, edit_schedule
from suitebridge.console.settings_history.views import list_changes
from suitebridge.console.sign_on.views import begin_sign_on, finish_sign_on, open_record
from suitebridge.console.signing_in.views import ask_code, sign_in, sign_out
from suitebridge.console.staff_routes import STAFF_ROUTES
from suitebridge.console.trail.views import list_entries
from suitebridge.console.week.views import edit_week
from suitebridge.console.workers.views import list_workers
from suitebridge.console.workflow_group.views import add_group, edit_group
from suitebridge.domain.people import Permission

_BOTH = ("GET", "POST")
_RUN, _STEER = Permission.RUN_INTEGRATION, Permission.STEER_RUNS
_SETTLE = Permission.EDIT_INTEGRATION_SETTINGS
_RULE, _CONNECTOR = Permission.ADMINISTER, "administration/netsuite-connector"

ROUTES = (
    Route(name="health", path="healthz", view=tell_health, needs=Access.ANYONE),
    Route(name="metrics", path="metrics", view=tell_metrics, needs=Access.ANYONE),
    Route(name="first-run", path="first-run", view=set_up, needs=Access.ANYONE, methods=_BOTH),
    Route(name="sign-in", path="sign-in", view=sign_in, needs=Access.ANYONE, methods=_BOTH),
    Route(name="sign-in-code", path="sign-in/code", view=ask_code, needs=Access.ANYONE, methods=_BOTH, within=True),
    Route(name="sign-on", path="sign-in/netsuite", view=begin_sign_on, needs=Access.ANYONE, within=True),
    Route(name="sign-on-return", path="sign-in/netsuite/return", view=finish_sign_on, needs=Access.ANYONE, within=True),
    Route(name="netsuite-record", path="netsuite/open", view=open_record, needs=Access.ANYONE, within=True),
    Route(
        name="sign-out",
        path="sign-out",
        view=sign_out,
        needs=Access.SIGNED_IN,
        methods=("POST",),
        without_second_factor=True,
    ),
    Route(
        name="policy-reports",
        path="policy-reports",
        view=take_reports,
        needs=Access.ANYONE,
        methods=("POST",),
        takes_reports=True,
    ),
    Route(name="home", path="", view=go_home, needs=Access.SIGNED_IN),
    Route(name="runs", path="runs", view=list_runs, needs=RunNeed.SOME_KIND),
    Route(name="run-start", path="runs/start", view=start_run, needs=RunNeed.SOME_KIND, methods=_BOTH),
    Route(name="reconciliation", path="runs/comparison", view=compare_sides, needs=_RUN),
    Route(name="open-records", path="runs/open", view=list_open, needs=RunNeed.SOME_KIND),
    Route(name="workers", path="runs/workers", view=list_workers, needs=RunNeed.SOME_KIND),
    Route(name="run", path="runs/<int:number>", view=show_run, needs=RunNeed.SOME_KIND),
    Route(name="run-retry", path="runs/<int:number>/retry", view=retry_records, needs=_RUN, methods=("POST",)),
    Route(name="run-steering", path="runs/<int:number>/steering", view=steer_run, needs=_STEER, methods=("POST",)),
    Route(name="run-live", path="runs/<int:number>/live", view=show_progress, needs=RunNeed.SOME_KIND),
    Route(
        name="run-record",
        path="runs/<int:number>/records/<slug:workflow>/<slug:source_id>",
        view=show_run_record,
        needs=RunNeed.SOME_KIND,
    ),
    Route(name="run-records", path="runs/<int:number>/records", view=list_outcomes, needs=RunNeed.SOME_KIND),
    Route(name="record-types", path="records", view=list_types, needs=RecordNeed.SOME_TYPE, within=True),
    Route(
        name="records", path="records/<slug:record_type>", view=list_records, needs=RecordNeed.THIS_TYPE, within=True
    ),
    Route(name="week", path="week", view=edit_week, needs=Permission.ENTER_OWN_RECORDS, methods=_BOTH),
    Route(
        name="record-add",
        path="records/<slug:record_type>/add",
        view=add_record,
        needs=RecordNeed.ENTER_TYPE,
        methods=_BOTH,
    ),
    Route(
        name="record-edit",
        path="records/<slug:record_type>/<slug:record_id>/edit",
        view=edit_record,
        needs=RecordNeed.ENTER_TYPE,
        methods=_BOTH,
    ),
    Route(
        name="record",
        path="records/<slug:record_type>/<slug:record_id>",
        view=show_record,
        needs=RecordNeed.THIS_TYPE,
        within=True,
    ),
    Route(
        name="record-transfer",
        path="records/<slug:record_type>/<slug:record_id>/transfer",
        view=transfer_record,
        needs=_RUN,
        methods=("POST",),
    ),
    Route(
        name="record-approval",
        path="records/<slug:record_type>/<slug:record_id>/approval",
        view=move_approval,
        needs=RecordNeed.THIS_TYPE,
        methods=("POST",),
    ),
    Route(name="trail", path="audit-trail", view=list_entries, needs=Permission.VIEW_AUDIT_TRAIL),
    Route(
        name="connector",
        path=_CONNECTOR,
        view=show_connection,
        needs=Permission.ADMINISTER,
    ),
    Route(name="credentials", path=f"{_CONNECTOR}/credentials", view=edit_credentials, needs=_RULE, methods=_BOTH),
    Route(name="credentials-account", path=f"{_CONNECTOR}/credentials/account", view=show_account, needs=_RULE),
    Route(name="credentials-test", path=f"{_CONNECTOR}/credentials/test", view=watch_test, needs=_RULE),
    Route(name="connector-settings", path=f"{_CONNECTOR}/settings", view=edit_settings, needs=_RULE, methods=_BOTH),
    Route(name="real-time", path=f"{_CONNECTOR}/real-time", view=edit_real_time, needs=_SETTLE, methods=_BOTH),
    Route(name="netsuite-fields", path=f"{_CONNECTOR}/fields", view=edit_netsuite_fields, needs=_SETTLE, methods=_BOTH),
    Route(name="automate", path=f"{_CONNECTOR}/automate", view=show_automation, needs=_SETTLE),
    Route(name="schedule-add", path=f"{_CONNECTOR}/add-schedule", view=add_schedule, needs=_SETTLE, methods=_BOTH),
    Route(
        name="schedule",
        path=f"{_CONNECTOR}/schedules/<str:schedule_name>",
        view=edit_schedule,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(name="workflow-group-add", path=f"{_CONNECTOR}/add-group", view=add_group, needs=_SETTLE, methods=_BOTH),
    Route(
        name="workflow-group",
        path=f"{_CONNECTOR}/groups/<str:group_name>",
        view=edit_group,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(
        name="notifications", path=f"{_CONNECTOR}/notifications", view=show_notifications, needs=_SETTLE, methods=_BOTH
    ),
    Route(name="mail-server", path=f"{_CONNECTOR}/mail-server", view=edit_mail_server, needs=_SETTLE, methods=_BOTH),
    Route(name="recipient-add", path=f"{_CONNECTOR}/add-recipient", view=add_recipient, needs=_SETTLE, methods=_BOTH),
    Route(
        name="recipient",
        path=f"{_CONNECTOR}/recipients/<str:recipient_name>",
        view=edit_recipient,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(name="settings-history", path=f"{_CONNECTOR}/settings-history", view=list_changes, needs=_RULE),
    Route(name="integration-role", path=f"{_CONNECTOR}/integration-role", view=show_integration_role, needs=_RULE),
    Route(name="configuring-netsuite", path=f"{_CONNECTOR}/configuring-netsuite", view=show_guide, needs=_RULE),
    *MAPPING_ROUTES,
    *STAFF_ROUTES,
)
