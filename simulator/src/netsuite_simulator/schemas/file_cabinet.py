"""Folders and files of the file cabinet as data: reference §4.2, names and order as in the SOAP schema.

A file's content is base64, as SOAP carries it. Kept without the sites a file is shown on.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    binary,
    boolean,
    choice,
    decimal,
    instant,
    names,
    reference,
    text,
)

FILE_TYPES = names(
    "_AUTOCAD", "_BMPIMAGE", "_CSV", "_EXCEL", "_GIFIMAGE", "_GZIP", "_HTMLDOC", "_IMAGE", "_JAVASCRIPT", "_JPGIMAGE",
    "_JSON", "_MESSAGERFC", "_MISCBINARY", "_MISCTEXT", "_MSPROJECT", "_PDF", "_PLAINTEXT", "_PNGIMAGE", "_POWERPOINT",
    "_RTF", "_STYLESHEET", "_SVG", "_TIFFIMAGE", "_VISIO", "_WORD", "_XMLDOC", "_XSD", "_ZIP",
)  # fmt: skip

FOLDER = RecordType(
    name="folder",
    label="Folder",
    soap_type="Folder",
    soap_prefix="docFileCab",
    soap_search="FolderSearch",
    table="mediaitemfolder",
    external_id_group="folder",
    permission="LIST_FILECABINET",
    in_deleted=False,
    fields=(
        text("name", required=True),
        reference("department", "department"),
        text("description"),
        boolean("isInactive"),
        boolean("isPrivate"),
        boolean("bundleable", None),
        boolean("hideInBundle", None),
        boolean("isOnline", None),
        reference("group"),
        reference("parent", "folder"),
        choice("folderType", names("_attachmentsReceived", "_attachmentsSent", "_documentsAndFiles", "_images")),
        reference("class", "classification"),
        reference("location", "location"),
        reference("subsidiary", "subsidiary"),
        instant("lastModifiedDate", soap=False, read_only=True),
    ),
)

FILE = RecordType(
    name="file",
    label="File",
    soap_type="File",
    soap_prefix="docFileCab",
    soap_search="FileSearch",
    table="file",
    external_id_group="file",
    permission="LIST_FILECABINET",
    in_deleted=False,
    fields=(
        text("name", required=True),
        text("mediaTypeName"),
        choice("fileType", FILE_TYPES),
        binary("content", required=True),
        reference("folder", "folder", required=True),
        decimal("fileSize", read_only=True),
        text("url", read_only=True),
        text("urlComponent", None),
        text("description"),
        text("altTagCaption", None),
        boolean("isOnline"),
        boolean("isInactive"),
        text("class", None),
        boolean("bundleable", None),
        text("department", None),
        boolean("hideInBundle"),
        boolean("isPrivate", None),
        reference("owner", "employee"),
        text("caption", None),
        text("siteDescription", None),
        text("featuredDescription", None),
        instant("lastModifiedDate", read_only=True),
        instant("createdDate", read_only=True),
    ),
)
