"""Records of a simulated catalogue in ISO 19139 and in Dublin Core, from plain values."""

from __future__ import annotations

from xml.sax.saxutils import escape

from observatoire.demo.accounts import Entry
from observatoire.demo.answers import LICENCES, schema_address
from observatoire.demo.contacts import MAILBOX, PERSON, PHONE

HEADER = (
    'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"'
    ' xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dct="http://purl.org/dc/terms/" xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"'
)


def metadata(entry: Entry) -> str:
    """A dataset in ISO 19139, with its contact."""
    one = entry.dataset
    licence = LICENCES.get(one.licence, "Usage interne")
    words = [t for t in (schema_address(one),) if t]
    about = (
        f"<gmd:citation><gmd:CI_Citation><gmd:title>{_text(one.title)}</gmd:title>"
        f"{_date(one.updated)}</gmd:CI_Citation></gmd:citation>{_party(entry.account.name)}"
        + "".join(
            f"<gmd:descriptiveKeywords><gmd:MD_Keywords><gmd:keyword>{_text(w)}</gmd:keyword>"
            "</gmd:MD_Keywords></gmd:descriptiveKeywords>"
            for w in words
        )
        + "<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useLimitation>"
        f"{_text(licence)}</gmd:useLimitation></gmd:MD_LegalConstraints></gmd:resourceConstraints>"
    )
    files = "".join(
        "<gmd:distributionFormat><gmd:MD_Format><gmd:name>"
        f"{_text(name)}</gmd:name></gmd:MD_Format></gmd:distributionFormat>"
        for name in one.formats
    )
    return (
        f"<gmd:MD_Metadata>{_level(entry.id, 'dataset')}"
        f"<gmd:identificationInfo><gmd:MD_DataIdentification>{about}</gmd:MD_DataIdentification>"
        "</gmd:identificationInfo><gmd:distributionInfo><gmd:MD_Distribution>"
        f"{files}</gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>"
    )


def service(number: int) -> str:
    """A record that describes a service, not data."""
    return (
        f"<gmd:MD_Metadata>{_level(f'service-{number}', 'service')}<gmd:identificationInfo>"
        f"<srv:SV_ServiceIdentification>{_party('Un service')}</srv:SV_ServiceIdentification>"
        "</gmd:identificationInfo></gmd:MD_Metadata>"
    )


def dublin_core(entry: Entry) -> str:
    """A dataset in Dublin Core; its creator is a person."""
    one = entry.dataset
    formats = "".join(f"<dc:format>{escape(name)}</dc:format>" for name in one.formats)
    words = "".join(f"<dc:subject>{escape(t)}</dc:subject>" for t in (schema_address(one),) if t)
    return (
        f"<csw:Record><dc:identifier>{escape(entry.id)}</dc:identifier><dc:type>dataset</dc:type>"
        f"<dc:title>{escape(one.title)}</dc:title><dc:creator>{PERSON}</dc:creator>"
        f"<dc:publisher>{escape(entry.account.name)}</dc:publisher>{formats}{words}"
        f"<dct:modified>{one.updated}</dct:modified>"
        f"<dc:rights>{escape(LICENCES.get(one.licence, 'Usage interne'))}</dc:rights></csw:Record>"
    )


def dublin_core_service(number: int) -> str:
    """A record in Dublin Core that describes a service."""
    return (
        f"<csw:Record><dc:identifier>service-{number}</dc:identifier><dc:type>service</dc:type>"
        "</csw:Record>"
    )


def _level(identifier: str, kind: str) -> str:
    return (
        f"<gmd:fileIdentifier>{_text(identifier)}</gmd:fileIdentifier><gmd:hierarchyLevel>"
        f'<gmd:MD_ScopeCode codeListValue="{kind}"/></gmd:hierarchyLevel>'
    )


def _party(name: str) -> str:
    organisation = f"<gmd:organisationName>{_text(name)}</gmd:organisationName>" if name else ""
    return (
        "<gmd:pointOfContact><gmd:CI_ResponsibleParty>"
        f"<gmd:individualName>{_text(PERSON)}</gmd:individualName>{organisation}"
        f"<gmd:contactInfo><gmd:CI_Contact>{_text(PHONE)}{_text(MAILBOX)}</gmd:CI_Contact>"
        "</gmd:contactInfo></gmd:CI_ResponsibleParty></gmd:pointOfContact>"
    )


def _date(day: str) -> str:
    if not day:
        return ""
    return (
        "<gmd:date><gmd:CI_Date><gmd:date><gco:Date>1999-01-01</gco:Date></gmd:date></gmd:CI_Date>"
        "</gmd:date><gmd:date><gmd:CI_Date><gmd:date>"
        f"<gco:DateTime>{day}T00:00:00</gco:DateTime></gmd:date></gmd:CI_Date></gmd:date>"
    )


def _text(text: str) -> str:
    return f"<gco:CharacterString>{escape(text)}</gco:CharacterString>"
