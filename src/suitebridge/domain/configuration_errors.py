"""What can go wrong where workflows are configured: edits that have no place, and configurations that cannot be saved."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

CONFIGURATION_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-CFG-001",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "An edit of {workflow} changes nothing",
        "It edits {place}, which this version does not have.",
        "Take the edit back on the Mapping tab, or make it anew on what stands there now.",
    ),
    row(
        "SB-CFG-002",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "The row for {field} of {workflow} stays as it is",
        "Without it a record could not be found again, or would be refused: it cannot be switched off, nor the one with the other side's ID be changed.",
        "Take the edit of this row back.",
    ),
    row(
        "SB-CFG-003",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{field} of {workflow} is mapped twice",
        "{group} has a default row for {field}, and a row of your own for the same field, which is not taken.",
        "Change the default row, or switch it off; or remove your own row.",
    ),
    row(
        "SB-CFG-004",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "The name {workflow} is taken",
        "Another workflow has this name, and a name says which one is meant.",
        "Give your workflow another name.",
    ),
    row(
        "SB-CFG-005",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "The configuration is not what it was any more",
        "{author} saved version {version} ({at}) after you had begun to edit.",
        "Compare your draft with version {version}, and make your edits on top of it. Nothing of yours was saved, and nothing of {author}'s was overwritten.",
    ),
    row(
        "SB-CFG-006",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "Another version waits for approval",
        "{author} proposed version {version} ({at}), and nobody has approved or refused it yet.",
        "Let somebody approve or refuse version {version} first. Your edits stay as a draft.",
    ),
    row(
        "SB-CFG-007",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "Version {version} does not wait for approval",
        "It was approved, refused, or never proposed.",
        "Look at the versions of the configuration, which say who decided.",
    ),
    row(
        "SB-CFG-008",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The configuration was not saved",
        "{said}",
        "Correct what is named, and save again. Your edits stay as a draft.",
    ),
    row(
        "SB-CFG-009",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "A workflow that runs by itself is not changed under it",
        "{said}",
        "Pause the schedule, or take the record type out of the real-time exports; then save again. Your edits stay as a draft.",
    ),
    row(
        "SB-CFG-010",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "The workflows of this company are configured by files",
        "{author} applied a file that manages the configuration: an edit made here would be lost with the next one.",
        "Make the change in the file, and apply it with suitebridge config apply. To edit here again, apply it once with --unmanaged.",
    ),
    row(
        "SB-CFG-011",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "Version {version} needs somebody else's approval",
        "Duties are kept apart in this company: whoever proposes a change does not approve it. {said}",
        "Let somebody else who may edit integration settings approve or refuse it.",
    ),
    row(
        "SB-RUN-008",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "There is nothing to run: {workflows} is switched off",
        "A workflow that is not active is not run. It was switched off on the Mapping tab, or is shipped so.",
        "Switch it on under Administration > NetSuite Connector > Mapping, or choose others.",
    ),
)
