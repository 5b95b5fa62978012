"""The addresses of people, roles and one's own account, with what each needs."""

from __future__ import annotations

from suitebridge.console.access import Access, Route
from suitebridge.console.access_review.views import give_file, review
from suitebridge.console.account.views import change_own_access, end_own_sessions, set_own_password, show_account
from suitebridge.console.account_tokens.views import edit_own_tokens
from suitebridge.console.invitation.views import join
from suitebridge.console.person.views import add_user, change_access, edit_user
from suitebridge.console.person_list.views import list_users
from suitebridge.console.role.views import add_role, edit_role
from suitebridge.console.role_list.views import list_company_roles
from suitebridge.console.second_factor.views import draw_second_factor, edit_second_factor
from suitebridge.console.sign_in_rules.views import edit_rules
from suitebridge.domain.people import Permission

_BOTH, _SEND = ("GET", "POST"), ("POST",)
_PEOPLE, _RULE, _OWN = Permission.MANAGE_PEOPLE, Permission.ADMINISTER, Access.SIGNED_IN
_TRAIL = Permission.VIEW_AUDIT_TRAIL

STAFF_ROUTES = (
    Route(name="people", path="administration/people", view=list_users, needs=_PEOPLE),
    Route(name="person-add", path="administration/people/add", view=add_user, needs=_PEOPLE, methods=_BOTH),
    Route(name="person", path="administration/people/<int:number>", view=edit_user, needs=_PEOPLE, methods=_BOTH),
    Route(
        name="person-access",
        path="administration/people/<int:number>/access",
        view=change_access,
        needs=_PEOPLE,
        methods=_SEND,
    ),
    Route(name="roles", path="administration/roles", view=list_company_roles, needs=_PEOPLE, methods=_BOTH),
    Route(name="role-add", path="administration/add-role", view=add_role, needs=Permission.ADMINISTER, methods=_BOTH),
    Route(name="role", path="administration/roles/<path:role_name>", view=edit_role, needs=_PEOPLE, methods=_BOTH),
    Route(name="access-review", path="administration/access-review", view=review, needs=_TRAIL, methods=_BOTH),
    Route(name="access-review-file", path="administration/access-review.csv", view=give_file, needs=_TRAIL),
    Route(name="invitation", path="invitation", view=join, needs=Access.ANYONE, methods=_BOTH),
    Route(name="sign-in-rules", path="administration/sign-in-rules", view=edit_rules, needs=_RULE, methods=_BOTH),
    Route(name="account", path="account", view=show_account, needs=_OWN),
    Route(name="account-password", path="account/password", view=set_own_password, needs=_OWN, methods=_SEND),
    Route(name="account-tokens", path="account/tokens", view=edit_own_tokens, needs=_OWN, methods=_BOTH),
    Route(name="account-access", path="account/access", view=change_own_access, needs=_OWN, methods=_SEND),
    Route(name="account-sessions", path="account/sessions", view=end_own_sessions, needs=_OWN, methods=_SEND),
    Route(
        name="second-factor",
        path="account/second-factor",
        view=edit_second_factor,
        needs=_OWN,
        methods=_BOTH,
        without_second_factor=True,
    ),
    Route(
        name="second-factor-drawing",
        path="account/second-factor/drawing",
        view=draw_second_factor,
        needs=_OWN,
        without_second_factor=True,
    ),
)
