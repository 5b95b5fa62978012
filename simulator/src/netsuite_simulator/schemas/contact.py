"""The contact record as data: reference §9.6, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.addresses import address_book
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.lists import SUBSCRIPTION_STATUS
from netsuite_simulator.schemas.shorthand import boolean, choice, instant, reference, text

CONTACT = RecordType(
    name="contact",
    label="Contact",
    soap_type="Contact",
    soap_prefix="listRel",
    soap_search="ContactSearch",
    table="contact",
    external_id_group="entity",
    permission="LIST_CONTACT",
    name_field="entityId",
    fields=(
        text("entityId", label="Contact", required=True),
        reference("contactSource"),
        reference("company", "customer", "vendor", "job", "employee"),
        text("salutation", label="Mr./Ms..."),
        text("firstName"),
        text("middleName"),
        text("lastName"),
        text("title", label="Job Title"),
        text("phone", label="Main Phone"),
        text("fax"),
        text("email"),
        text("defaultAddress", None, read_only=True),
        boolean("isPrivate"),
        boolean("isInactive", label="Inactive"),
        reference("subsidiary", "subsidiary"),
        text("phoneticName", None, label="Furigana"),
        text("altEmail", label="Alt. Email"),
        text("officePhone"),
        text("homePhone"),
        text("mobilePhone"),
        reference("supervisor", "contact"),
        text("supervisorPhone"),
        reference("assistant", "contact"),
        text("assistantPhone"),
        text("comments"),
        choice("globalSubscriptionStatus", SUBSCRIPTION_STATUS),
        boolean("billPay", None),
        instant("dateCreated", read_only=True),
        instant("lastModifiedDate", read_only=True),
        address_book("Contact"),
    ),
)
