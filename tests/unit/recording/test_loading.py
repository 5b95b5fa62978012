"""Loading folders of tables: what is created, changed, left alone and refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from suitebridge.adapters.files.folders import open_folder
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, INTEGRATION_OPERATOR, Door, Permission, Role, User
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.companies import Company
from suitebridge.ports.people import PersonQuery
from suitebridge.recording.loading import BATCH_SIZE, load_folder
from suitebridge.recording.reports import FileReport, LoadReport
from tests.fakes.clock import SteppingClock
from tests.fakes.store import MemoryStore
from tests.unit.recording.workspace import Workspace

CUSTOMERS = "key,name,email,active\nc-1,Fjordlys,post@fjordlys.example,true\nc-2,Atelier,,no\n"
PROJECTS = "key,name,customer,start_date\np-1,Rollout,c-1,2026-01-31\n"
CHARGES = "key,invoice,quantity,rate,total\ng-1,i-1,1.50,0.10,0.15\n"
INVOICES = "key,number,customer,date,currency,status\ni-1,INV-1,c-2,2026-02-01,EUR,approved\n"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


def user(role: Role = ADMINISTRATOR) -> User:
    return User(id="1", user_id="ada", name="Ada Lovelace", role=role, is_active=True)


def load(workspace: Workspace, folder: Path) -> LoadReport:
    return load_folder(
        workspace.as_store(), open_folder(folder), WORKSPACE_TYPES, user=user(), notice=lambda file, rows: None
    )


def report_of(report: LoadReport, record_type: str) -> FileReport:
    return next(file for file in report.files if file.record_type == record_type)


def test_records_are_created_parents_first_with_references_as_ids(tmp_path: Path) -> None:
    workspace = Workspace()
    folder = write(
        tmp_path,
        {"charge.csv": CHARGES, "customer.csv": CUSTOMERS, "invoice.csv": INVOICES, "project.csv": PROJECTS},
    )
    report = load(workspace, folder)
    assert [(file.record_type, file.created) for file in report.files] == [
        ("customer", 2),
        ("project", 1),
        ("invoice", 1),
        ("charge", 1),
    ]
    assert report.refused == ()
    (project,) = workspace.of("project")
    assert workspace.rows["customer", str(project["customer"])]["name"] == "Fjordlys"
    assert project["start_date"] == date(2026, 1, 31)
    (charge,) = workspace.of("charge")
    assert (charge["quantity"], charge["rate"], charge["total"]) == (Decimal("1.50"), Decimal("0.10"), Decimal("0.15"))
    (invoice,) = workspace.of("invoice")
    assert invoice["status"] == "A"
    assert [row["active"] for row in workspace.of("customer")] == [True, False]


def test_the_author_came_through_a_file(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path, {"customer.csv": CUSTOMERS}))
    assert {(stamp.author_name, stamp.door) for stamp in workspace.stamps} == {("Ada Lovelace", Door.FILE)}
    ((event, stamp),) = workspace.events
    assert event.name.value == "files:loaded"
    assert stamp.door is Door.FILE
    assert event.changes[0].after == "2 created, 0 updated, 0 unchanged, 0 refused"


def test_a_folder_may_be_loaded_again(tmp_path: Path) -> None:
    workspace = Workspace()
    folder = write(tmp_path, {"customer.csv": CUSTOMERS, "project.csv": PROJECTS})
    load(workspace, folder)
    again = load(workspace, folder)
    assert [(file.created, file.updated, file.unchanged) for file in again.files] == [(0, 0, 2), (0, 0, 1)]
    write(folder, {"customer.csv": CUSTOMERS.replace("Atelier,,no", "Atelier Nord,,yes")})
    changed = report_of(load(workspace, folder), "customer")
    assert (changed.created, changed.updated, changed.unchanged) == (0, 1, 1)
    assert sorted(str(row["name"]) for row in workspace.of("customer")) == ["Atelier Nord", "Fjordlys"]


def test_a_blank_cell_leaves_a_record_as_it_is(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path, {"customer.csv": CUSTOMERS}))
    report = load(workspace, write(tmp_path, {"customer.csv": "key,name,email\nc-1,,\n"}))
    assert report_of(report, "customer").unchanged == 1
    assert workspace.of("customer")[0]["email"] == "post@fjordlys.example"


def test_a_reference_may_point_to_records_loaded_earlier(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path / "first", {"customer.csv": CUSTOMERS}))
    report = load(workspace, write(tmp_path / "second", {"project.csv": PROJECTS}))
    assert report_of(report, "project").created == 1


def test_refused_lines_are_told_with_file_line_and_every_reason(tmp_path: Path) -> None:
    lines = (
        "key,name,customer,start_date,active",
        "p-1,Good,c-1,2026-01-31,true",
        "p-2,Bad day,c-1,31.01.2026,maybe",
        "p-3,Stranger,c-9,,",
        ",No key,c-1,,",
        "p-1,Twin,c-1,,",
        ",,,,",
        "p-4,,c-1,,",
        "p-5,Too,many,cells,here,are",
    )
    workspace = Workspace()
    folder = write(tmp_path, {"customer.csv": CUSTOMERS, "project.csv": "\r\n".join(lines) + "\r\n"})
    report = report_of(load(workspace, folder), "project")
    assert report.created == 1
    told = {line.line: line.reason for line in report.refused}
    assert sorted(told) == [3, 4, 5, 6, 8, 9]
    assert "Start date: “31.01.2026” is not a date; write 2026-01-31." in told[3]
    assert "Active: “maybe” is neither true nor false" in told[3]
    assert "Customer: there is no “c-9” among the customer rows" in told[4]
    assert told[5] == "The key is blank."
    assert told[6] == "The key “p-1” stands already on line 2."
    assert told[8] == "Project must be filled in."
    assert told[9].startswith("The line has 6 cells, the first line names 5.")
    assert {line.file for line in report.refused} == {"project.csv"}


def test_rows_that_point_to_a_refused_row_are_refused(tmp_path: Path) -> None:
    workspace = Workspace()
    customers = "key,name\nc-1,\n"
    report = load(workspace, write(tmp_path, {"customer.csv": customers, "project.csv": PROJECTS}))
    assert [line.file for line in report.refused] == ["customer.csv", "project.csv"]
    assert workspace.rows == {}


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("colour", "The column “colour” is no field of Customer and was left out."),
        ("load_key", "The column “load_key” cannot be set from outside and was left out."),
    ],
)
def test_columns_that_cannot_be_loaded_are_told_once(tmp_path: Path, column: str, said: str) -> None:
    text = f"key,name,{column}\nc-1,One,x\nc-2,Two,y\n"
    report = report_of(load(Workspace(), write(tmp_path, {"customer.csv": text})), "customer")
    assert report.created == 2
    assert report.notes == (said,)


@pytest.mark.parametrize("text", ["name\nOne\n", "key,name,name\nc-1,One,Two\n", ""])
def test_a_file_without_a_usable_first_line_is_left_out(tmp_path: Path, text: str) -> None:
    report = report_of(load(Workspace(), write(tmp_path, {"customer.csv": text})), "customer")
    assert report.created == 0
    assert [line.line for line in report.refused] == [1]


def test_marks_line_ends_and_quotes_of_any_program_are_read(tmp_path: Path) -> None:
    text = '\ufeffkey,name,notes\r\nc-1,"Müller, Söhne","first\nsecond ""quoted"""\r\nc-2,基幹,\r\n'
    workspace = Workspace()
    report = load(workspace, write(tmp_path, {"customer.csv": text}))
    assert report.refused == ()
    assert [row["name"] for row in workspace.of("customer")] == ["Müller, Söhne", "基幹"]
    assert workspace.of("customer")[0]["notes"] == 'first\nsecond "quoted"'


def test_semicolons_separate_where_the_first_line_has_no_comma(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path, {"customer.csv": "key;name;email\nc-1;Müller, Söhne;x@y.example\n"}))
    assert workspace.of("customer")[0]["name"] == "Müller, Söhne"


def test_lines_of_another_encoding_are_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "customer.csv").write_bytes(b"key,name\nc-1,M\xfcller\nc-2,Fine\n")
    report = load(Workspace(), tmp_path)
    assert report_of(report, "customer").created == 1
    assert [(line.line, line.reason) for line in report.refused] == [
        (2, "The line is not UTF-8 text. Save the file with the encoding UTF-8.")
    ]


def test_a_subfolder_named_workspace_is_taken(tmp_path: Path) -> None:
    write(tmp_path / "workspace", {"customer.csv": CUSTOMERS})
    write(tmp_path, {"customer.csv": "nonsense"})
    assert report_of(load(Workspace(), tmp_path), "customer").created == 2


def test_files_of_no_record_type_are_named(tmp_path: Path) -> None:
    report = load(Workspace(), write(tmp_path, {"customer.csv": CUSTOMERS, "weather.csv": "key\n1\n"}))
    assert report.strangers == ("weather.csv",)


@pytest.mark.parametrize("files", [{}, {"weather.csv": "key\n1\n"}])
def test_a_folder_without_record_types_is_refused(tmp_path: Path, files: Mapping[str, str]) -> None:
    write(tmp_path, files)
    with pytest.raises(RunStoppedError, match="SB-FILE-001"):
        load(Workspace(), tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunStoppedError, match="SB-FILE-001"):
        load(Workspace(), tmp_path / "nowhere")


def test_who_may_not_modify_records_may_not_load(tmp_path: Path) -> None:
    folder = write(tmp_path, {"customer.csv": CUSTOMERS})
    workspace = Workspace()
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        load_folder(
            workspace.as_store(),
            open_folder(folder),
            WORKSPACE_TYPES,
            user=user(AUDITOR),
            notice=lambda file, rows: None,
        )
    assert workspace.rows == {}


def test_work_is_done_in_batches(tmp_path: Path) -> None:
    rows = "\n".join(f"c-{number},Customer {number}" for number in range(BATCH_SIZE * 2 + 1))
    workspace = Workspace()
    heard: list[tuple[str, int]] = []
    load_folder(
        workspace.as_store(),
        open_folder(write(tmp_path, {"customer.csv": f"key,name\n{rows}\n"})),
        WORKSPACE_TYPES,
        user=user(),
        notice=lambda file, done: heard.append((file, done)),
    )
    assert workspace.sizes == [BATCH_SIZE, BATCH_SIZE, 1]
    assert heard == [("customer.csv", count) for count in (BATCH_SIZE, BATCH_SIZE * 2, BATCH_SIZE * 2 + 1)]


def test_a_record_that_the_store_refuses_fails_alone(tmp_path: Path) -> None:
    workspace = Workspace(refused_name="Two")
    report = load(workspace, write(tmp_path, {"customer.csv": "key,name\nc-1,One\nc-2,Two\nc-3,Three\n"}))
    assert [row["name"] for row in workspace.of("customer")] == ["One", "Three"]
    (line,) = report.refused
    assert (line.line, line.key) == (3, "c-2")
    assert "NetSuite ID 7" in line.reason


def test_a_record_that_somebody_changed_meanwhile_is_told(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path, {"customer.csv": CUSTOMERS}))
    workspace.moved_on = True
    report = report_of(load(workspace, write(tmp_path, {"customer.csv": "key,name\nc-1,New\n"})), "customer")
    assert (report.updated, report.unchanged, len(report.refused)) == (0, 0, 1)
    assert "Somebody else changed the record" in report.refused[0].reason


def test_who_may_modify_one_type_loads_files_of_that_type_alone(tmp_path: Path) -> None:
    clerk = user(Role(name="Clerk", permissions=frozenset(), modifies=frozenset({"customer"})))
    both = write(tmp_path / "both", {"customer.csv": CUSTOMERS, "project.csv": PROJECTS})
    one = write(tmp_path / "one", {"customer.csv": CUSTOMERS})

    def loaded(folder: Path, workspace: Workspace) -> LoadReport:
        store = workspace.as_store()
        return load_folder(store, open_folder(folder), WORKSPACE_TYPES, user=clerk, notice=lambda file, rows: None)

    with pytest.raises(RunStoppedError, match="load files of projects into the workspace"):
        loaded(both, Workspace())
    assert loaded(one, Workspace()).files[0].created == 2


STAFF = "key,nickname,active,role\ne-1,ada,true,\ne-2,new,true,Integration operator\ne-3,boss,true,Administrator\ne-4,odd,true,King\n"


def test_a_role_in_a_file_is_given_by_who_may_give_it(tmp_path: Path) -> None:
    folder = write(tmp_path, {"employee.csv": STAFF})
    store = MemoryStore(Company(id="acme", name="Acme", token="acme0001", zone="UTC"), SteppingClock())

    def add(name: str, role: Role) -> User:
        return store.people.add(user_id=name, first="", last="", email="", role=role, password=None, stamp=None)

    ada, omar = add("chief", ADMINISTRATOR), add("omar", INTEGRATION_OPERATOR)

    def loaded(by: User) -> FileReport:
        report = load_folder(store, open_folder(folder), WORKSPACE_TYPES, user=by, notice=lambda file, rows: None)
        return report.files[0]

    report = loaded(omar)
    assert (report.created, [line.line for line in report.refused]) == (1, [3, 4, 5])
    assert "which lacks the permission “Manage users and roles”" in report.refused[0].reason
    report = loaded(ada)
    assert (report.created, report.unchanged, [line.line for line in report.refused]) == (2, 1, [5])
    assert "There is no role of this name" in report.refused[0].reason
    roles = {
        one.user.user_id: one.user.role.name for one in store.people.page(PersonQuery(at=SteppingClock().now())).cards
    }
    assert roles == {
        "chief": "Administrator", "omar": "Integration operator", "ada": "Employee", "new": "Integration operator", "boss": "Administrator",
    }  # fmt: skip


def test_what_is_approved_changes_only_for_who_may(tmp_path: Path) -> None:
    workspace = Workspace()
    load(workspace, write(tmp_path, {"customer.csv": CUSTOMERS, "invoice.csv": INVOICES, "charge.csv": CHARGES}))
    files = {"invoice.csv": INVOICES.replace("EUR", "USD"), "charge.csv": CHARGES.replace("0.15", "0.20")}
    folder = open_folder(write(tmp_path / "later", files))
    role = Role(name="Finance", permissions=frozenset({Permission.MODIFY_RECORDS}))
    report = load_folder(workspace.as_store(), folder, WORKSPACE_TYPES, user=user(role), notice=lambda file, rows: None)
    assert [line.file for line in report.refused] == ["invoice.csv", "charge.csv"]
    assert "approved and locked" in report.refused[0].reason
    assert [file.updated for file in load(workspace, tmp_path / "later").files] == [1, 1]
