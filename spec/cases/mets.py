"""Cases for METS-: METS.xml against the manifests, lifeboat.json and the metadata (chapter 7)."""
import re

from kit.case import case, good
from kit.package import digest
from kit.page import PAGE


def replace(p, pattern, new, count=1):
    """The first text that the pattern matches, which must be there."""
    text, found = re.subn(pattern, new, p.text("METS.xml"), count=count, flags=re.S)
    if not found:
        raise ValueError("METS.xml has no %s" % pattern)
    p.write("METS.xml", text)
    p.sign_tags()


def element(p, path):
    """The file element of a path."""
    return re.search(r'<file [^>]*><FLocat [^>]*xlink:href="%s"/></file>' % re.escape(path), p.text("METS.xml")).group()


def div(p, number):
    """The div of a photo."""
    return re.search(r'<div [^>]*ORDERLABEL="%s".*?</div>' % p.photos()[number], p.text("METS.xml"), re.S).group()


@case("METS-001", base="lifeboat", path="METS.xml")
def not_well_formed(p):
    "METS.xml is no XML: its root is closed under another name"
    replace(p, "</mets>", "</nets>")


@case("METS-001", base="lifeboat", path="METS.xml", also={"METS-002": "no file is listed"})
def empty(p):
    "METS.xml has no bytes"
    p.write("METS.xml", "")
    p.sign_tags()


@case("METS-001", base="lifeboat", path="METS.xml", also={"METS-002": "no file is listed"})
def entities(p):
    "METS.xml declares entities"
    replace(p, "<mets ", '<!DOCTYPE mets [<!ENTITY a "b">]><mets ')


@case("METS-001", base="lifeboat", path="METS.xml", also={"METS-002": "no file is listed"})
def another_document(p):
    "the root of METS.xml is another element"
    replace(p, "<mets ", "<premis ")
    replace(p, "</mets>", "</premis>")


@case("METS-001", base="lifeboat", path="METS.xml", also={"METS-002": "no file is listed"})
def no_objid(p):
    "METS.xml has no OBJID"
    replace(p, ' OBJID="[^"]*"', "")


@case("METS-001", base="lifeboat", path="METS.xml", also={"METS-002": "reading stops at it"})
def md5(p):
    "a file in METS.xml has a checksum that is not SHA-256"
    replace(p, 'CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="MD5"')


@case("METS-002", base="lifeboat", path="data/pages/more.html")
def file_not_in_mets(p):
    "METS.xml does not list a file"
    p.write("data/pages/more.html", PAGE)
    p.settle(mets=False)


@case("METS-002", base="lifeboat", path="data/README.html")
def file_twice_in_mets(p):
    "METS.xml lists a file twice"
    p.list_in_mets("data/README.html")


@case("METS-002", base="lifeboat", path="README.txt")
def tag_file_in_mets(p):
    "METS.xml lists README.txt, which is not below data/"
    p.list_in_mets("README.txt")


@good("METS-002", base="lifeboat")
def lifeboat_json_in_mets(p):
    "METS.xml lists lifeboat.json, as it is"
    p.list_in_mets("lifeboat.json")


@case("METS-003", base="lifeboat", path="data/README.html")
def other_size_in_mets(p):
    "a file has another size than in METS.xml"
    old = element(p, "data/README.html")
    p.edit("METS.xml", old, old.replace('SIZE="', 'SIZE="1'))
    p.sign_tags()


@case("METS-003", base="lifeboat", path="data/README.html")
def other_digest_in_mets(p):
    "a file has another digest than in METS.xml"
    old = element(p, "data/README.html")
    p.edit("METS.xml", old, re.sub('CHECKSUM="[^"]*"', 'CHECKSUM="%s"' % digest(b"something else"), old))
    p.sign_tags()


@case("METS-004", base="lifeboat", path="METS.xml", also={"METS-010": "its files are in no place", "METS-017": "its description is of none"})
def photo_not_in_mets(p):
    "METS.xml lacks a photo"
    p.edit("METS.xml", div(p, 1), "")
    p.sign_tags()


@case("METS-004", base="lifeboat", path="METS.xml", also={"METS-017": "the description is that of the other"})
def photo_of_another_id(p):
    "METS.xml has a photo that lifeboat.json does not have, in place of one"
    old = div(p, 0)
    p.edit("METS.xml", old, old.replace('ORDERLABEL="', 'ORDERLABEL="9'))
    p.sign_tags()


@case("METS-004", base="lifeboat", path="METS.xml", also={"METS-010": "its files are there twice", "METS-017": "so is its description"})
def photo_twice_in_mets(p):
    "METS.xml has a photo twice"
    p.edit("METS.xml", div(p, 1), div(p, 1) + div(p, 1))
    p.sign_tags()


@case("METS-004", base="lifeboat", path="METS.xml", also={"METS-017": "descriptions stand in the old order", "METS-018": "so do the files"})
def other_order_in_mets(p):
    "METS.xml has the photos in another order"
    one, other, text = div(p, 0), div(p, 1), p.text("METS.xml")
    before, rest = text.split(one)
    between, behind = rest.split(other)
    p.write("METS.xml", before + other + between + one + behind)
    p.sign_tags()


@case("METS-005", base="lifeboat")
def other_licence_in_metadata(p):
    "the metadata of a photo tells another licence than METS.xml"
    name = p.photos()[0]
    with p.data("photos/" + name) as value:
        value["licenseId"] = "cc0-1.0"
    with p.data("photoIndex") as index:
        index[name]["licenseId"] = "cc0-1.0"
    p.settle()


@case("METS-005", base="lifeboat")
def other_licence_in_mets(p):
    "METS.xml tells another licence than the metadata of a photo"
    replace(p, r"(Flickr licence number</[^>]*>\s*<[^>]*>)\d+", r"\g<1>9")


@case("METS-006", base="lifeboat", path="METS.xml")
def other_id(p):
    "METS.xml has the id of another lifeboat"
    own = re.search('OBJID="([^"]*)"', p.text("METS.xml")).group(1)
    replace(p, own, "urn:uuid:00000000-0000-4000-8000-000000000000", count=0)


# ---- the form of METS.xml: ids, references, order ----

# These are about the metadata of a photo, the others about METS.xml.
OF_A_PHOTO = ("METS-014",)

FAULTS = (
    ("METS-007", "an_id_twice", "two sections have one id", r'<dmdSec ID="p-1"', '<dmdSec ID="p-0"'),
    ("METS-007", "a_map_called_as_a_section", "a map has the id of a section", r'<structMap TYPE="physical"', '<structMap ID="package" TYPE="physical"'),
    ("METS-008", "an_id_out_of_turn", "an id does not follow the one before", r'<dmdSec ID="p-1"', '<dmdSec ID="p-7"'),
    ("METS-008", "an_id_with_zeros", "an id has a leading zero", r'<dmdSec ID="p-0"', '<dmdSec ID="p-00"'),
    ("METS-009", "a_file_that_there_is_not", "a photo points at a file that there is not", r'FILEID="f-0"', 'FILEID="f-99999"'),
    ("METS-009", "a_description_that_there_is_not", "a photo points at a description that there is not", r'DMDID="p-0"', 'DMDID="p-999"'),
    ("METS-009", "a_section_that_there_is_not", "the package points at a section that there is not", r'ADMID="entity creation', 'ADMID="entity creatoin'),
    ("METS-009", "a_description_among_sections", "a file points at a description as a section of the amdSec",
     r'ADMID="o-0 e-0 r-0"', 'ADMID="o-0 e-0 r-0 p-0"'),
    ("METS-010", "a_file_in_no_place", "a file is nowhere in the physical map", r'<fptr FILEID="f-0"/>', ''),
    ("METS-010", "a_file_in_two_places", "a file is twice in the physical map", r'<fptr FILEID="f-4"/>', r'\g<0>\g<0>'),
    ("METS-011", "another_size_in_premis", "the PREMIS object of a file has another size", r'<size>', '<size>1'),
    ("METS-011", "another_digest_in_premis", "the PREMIS object of a file has another digest", r'<messageDigest>[0-9a-f]', '<messageDigest>'),
    ("METS-011", "another_type_in_premis", "the PREMIS object of a file has another MIME type", r'<formatName>image/jpeg', '<formatName>image/png'),
    ("METS-011", "another_algorithm_in_premis", "the PREMIS object of a file names another algorithm",
     r'<messageDigestAlgorithm>SHA-256', '<messageDigestAlgorithm>SHA-512'),
    ("METS-012", "a_picture_without_object", "a media file does not point at its PREMIS object", r'(<file ID="f-0"[^>]*ADMID=")o-0 ', r'\1'),
    ("METS-012", "a_page_with_an_object", "a style sheet points at the PREMIS object of a picture", r'MIMETYPE="text/css"', r'\g<0> ADMID="o-0"'),
    ("METS-013", "another_profile", "METS.xml names another profile", r'PROFILE="urn:', 'PROFILE="urn:x-'),
    ("METS-013", "no_profile", "METS.xml names no profile", r' PROFILE="[^"]*"', ''),
    ("METS-014", "another_title", "METS.xml has another title than the metadata of a photo", r'(<mods[ >].*?<title>)', r'\1The '),
    ("METS-014", "another_owner", "METS.xml has another owner than the metadata of a photo", r'(<nameIdentifier type="Flickr NSID">)', r'\g<1>9'),
    ("METS-014", "another_address", "METS.xml has another address than the metadata of a photo", r'<url>https', '<url>http'),
    ("METS-016", "a_second_header", "a header stands before the files", r'<fileSec>', '<metsHdr/><fileSec>'),
    ("METS-016", "a_group_in_a_group", "a group of files stands in a group",
     r'(<fileGrp USE="viewer">)(.*?)(</fileGrp>)', r'\1<fileGrp USE="more">\2</fileGrp>\3'),
    ("METS-016", "a_second_physical_map", "a second physical map stands behind the first",
     r'</mets>', '<structMap TYPE="physical"><div/></structMap></mets>'),
    ("METS-017", "a_description_of_another", "the description of a photo has another id", r'(<identifier type="Flickr photo id">)', r'\g<1>9'),
    ("METS-016", "events_before_objects", "a digiprovMD stands before the techMDs", r'(?=<techMD ID="entity")', '<digiprovMD ID="x"/>'),
    ("METS-017", "an_album_with_another_photo", "a photo of a set points at the description of another",
     r'(<structMap TYPE="logical".*?<div TYPE="photo"[^>]*DMDID="p-)0', r'\g<1>1'),
    ("METS-017", "a_photo_without_description", "a photo points at no description", r' DMDID="p-0"', ''),
    ("METS-019", "an_event_of_another_name", "an event has another identifier than its section", r'<eventIdentifierValue>e-0<', '<eventIdentifierValue>e-1<'),
    ("METS-019", "an_object_of_another_name", "a PREMIS object has another identifier than its section",
     r'<objectIdentifierValue>o-0<', '<objectIdentifierValue>o-1<'),
    ("METS-019", "rights_of_another_name", "a statement of rights has another identifier than its section",
     r'<rightsStatementIdentifierValue>r-0<', '<rightsStatementIdentifierValue>r-1<'),
    ("METS-019", "a_link_to_nothing", "an object links to an event that there is not",
     r'<linkingEventIdentifierValue>e-0<', '<linkingEventIdentifierValue>e-999<'),
    ("METS-020", "the_title_of_another", "METS.xml has another title than lifeboat.json", r'<dc:title>', '<dc:title>The '),
    ("METS-020", "another_date", "METS.xml has another date than lifeboat.json", r'CREATEDATE="20', 'CREATEDATE="19'),
)


def fault(rule, name, words, pattern, new):
    def change(p):
        replace(p, pattern, new)
    change.__name__, change.__doc__ = name, words
    case(rule, base="lifeboat", path=None if rule in OF_A_PHOTO else "METS.xml", also=ALSO.get(name, {}))(change)


ALSO = {
    "an_id_twice": {"METS-009": "what pointed at the id that is gone", "METS-017": "the photo has lost its description"},
    "a_file_that_there_is_not": {"METS-010": "the file is now in no place"},
    "a_description_that_there_is_not": {"METS-017": "the photo has no description"},
    "a_second_header": {"METS-020": "it has no date"},
    "an_id_with_zeros": {"METS-009": "what pointed at the id that is gone", "METS-017": "the photo has lost its description"},
    "a_group_in_a_group": {"METS-002": "what is in it is no file", "METS-009": "what pointed at that file"},
}
for row in FAULTS:
    fault(*row)


@case("METS-015", base="stubs")
def withheld_for_another_reason(p):
    "METS.xml tells another reason than the metadata of a photo that is withheld"
    replace(p, r'(displayLabel="Photograph withheld"[^>]*>)', r'\1not: ')


@case("METS-018", base="lifeboat")
def files_in_another_order(p):
    "the files of a group stand in another order than the physical map names them"
    text = p.text("METS.xml")
    pages = re.search(r'<div TYPE="page">.*?</div>', text, re.S).group()
    one, other = re.findall(r'<fptr FILEID="(f-[0-9]+)"/>', pages)[:2]
    swapped = pages.replace('"%s"' % one, '"new"').replace('"%s"' % other, '"%s"' % one).replace('"new"', '"%s"' % other)
    p.write("METS.xml", text.replace(pages, swapped))
    p.sign_tags()


@case("METS-015", base="stubs")
def withheld_as_an_original(p):
    "METS.xml says of a stub that only its original is withheld"
    replace(p, 'displayLabel="Photograph withheld"', 'displayLabel="Original withheld"')


# ---- what is free ----

@good("METS-020", base="lifeboat")
def other_prefixes(p):
    "METS.xml has other prefixes for Dublin Core and XLink"
    replace(p, r"(?<=[</])dc:|(?<=xmlns:)dc(?==)", lambda found: found.group().replace("dc", "d"), count=0)
    replace(p, r"(?<= )xlink:|(?<=xmlns:)xlink(?==)", lambda found: found.group().replace("xlink", "x"), count=0)


@good("METS-008", base="lifeboat")
def a_section_of_another_name(p):
    "METS.xml has a section that this format does not know, with a name of its own"
    replace(p, '(?=<techMD ID="o-0")',
            '<techMD ID="camera"><mdWrap MDTYPE="OTHER"><xmlData><x xmlns="urn:x"/></xmlData></mdWrap></techMD>')


@good("METS-016", base="lifeboat")
def a_map_of_another_type(p):
    "METS.xml has a map that this format does not know"
    replace(p, "</mets>", '<structMap TYPE="places"><div TYPE="place"/></structMap></mets>')
