"""People beside a record as data: the sales team of customers and sales, the access that contacts of a customer have
(reference §9.2, §9.9); names and order as in the SOAP schema.

Which sales roles and which roles of contacts there are is left to the account's owner: any id is kept. Passwords are no
part of these rows: the account keeps none.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Field, LineType
from netsuite_simulator.schemas.shorthand import boolean, decimal, lines, reference, text

CONTACT_ROLES = LineType(
    name="contactRoles",
    soap_list="contactRolesList",
    soap_line="contactRoles",
    soap_type="ContactAccessRoles",
    key="contact",
    fields=(
        boolean("giveAccess"),
        reference("contact", "contact"),
        text("email"),
        reference("role"),
    ),
)

_MEMBER = (
    reference("employee", "employee"),
    reference("salesRole"),
    boolean("isPrimary", label="Primary"),
    decimal("contribution", label="Contribution %"),
)


def sales_team(owner: str) -> Field:
    """Declare the sales team of a SOAP record type."""
    line_type = LineType(
        name="salesTeam",
        soap_list="salesTeamList",
        soap_line="salesTeam",
        soap_type=f"{owner}SalesTeam",
        key="employee",
        fields=_MEMBER,
    )
    return lines("salesTeam", line_type, label="Sales Team")
