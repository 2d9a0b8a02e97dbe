"""Cases for LB-060 to LB-063: what was received from Flickr, and when (chapter 4)."""
import gzip

from kit import warc
from kit.case import case, good
from kit.warc import recording

WARC, PLAN = warc.PATH, "data/provenance/plan.json"
ECHO = "https://api.flickr.com/services/rest/?method=flickr.test.echo"
THUMBNAIL, ICON = "data/media/thumbnails/51000021629_2273375f4b_n.jpg", "data/media/icons/71000003@N02.jpg"


def answer_of(records):
    """One as Flickr sent it: with an HTTP header."""
    return records.of("response", "flickr")


def record_of(p, records, path):
    """The record of a media file."""
    return records.of("metadata", warc.hashlib.sha256(p.read(path)).hexdigest())


def write(p, content):
    p.write(WARC, content)
    p.settle()


# ---- the form ----

@good("LB-060", base="lifeboat")
def packed_in_other_ways(p):
    "members of gzip with names and times in them, little compressed, without the warcinfo record, in another order"
    plain = [record.plain() for record in reversed(warc.Recording(p.read(WARC))[1:])]
    packed = [b"\x1f\x8b\x08\x08\x01\x02\x03\x04\x00\x03name\0" + gzip.compress(one, 1, mtime=0)[10:] for one in plain]
    write(p, b"".join(packed))


@good("LB-060", base="lifeboat")
def records_of_other_kinds(p):
    "records of other kinds, which need no digest: a request, a revisit"
    with recording(p) as records:
        for kind in ("request", "revisit"):
            other = warc.answer(ECHO)
            other.set("WARC-Type", kind)
            other.drop("WARC-Payload-Digest")
            records.append(other)


@good("LB-060", base="lifeboat")
def redacted_answer(p):
    "an answer that was changed before it went into the package"
    with recording(p) as records:
        records.append(warc.answer(ECHO))


@good("LB-060", base="lifeboat")
def header_names_in_capitals(p):
    "names in a record's header in capital letters, and one that is not known"
    with recording(p) as records:
        for field in records[1].fields:
            field[0] = field[0].upper()
        records[1].set("WARC-IP-Address", "192.0.2.1")
        records[1].drop("CONTENT-LENGTH")


@good("LB-060", base="lifeboat")
def failures(p):
    "a record of an answer that never came"
    failure = warc.answer(ECHO, b"kind: failure\r\nstatus: 0\r\nreason: no answer\r\n")
    failure.set("WARC-Type", "metadata")
    failure.set("Content-Type", "application/warc-fields")
    failure.drop("WARC-Payload-Digest")
    with recording(p) as records:
        records.append(failure)


@case("LB-060", base="lifeboat", path=WARC)
def no_bytes(p):
    "the recording has no bytes"
    write(p, b"")


@case("LB-060", base="lifeboat", path=WARC)
def cut_off(p):
    "the recording is cut off"
    write(p, p.read(WARC)[:-20])


@case("LB-060", base="lifeboat", path=WARC)
def bytes_behind(p):
    "bytes follow the last member"
    write(p, p.read(WARC) + b"\0" * 512)


@case("LB-060", base="lifeboat", path=WARC)
def not_packed(p):
    "the recording is not packed"
    write(p, b"".join(warc.members(p.read(WARC))))


@case("LB-060", base="lifeboat", path=WARC)
def one_member(p):
    "all records are in one member"
    write(p, warc.pack(b"".join(warc.members(p.read(WARC)))))


@case("LB-060", base="lifeboat", path=WARC)
def record_in_two_members(p):
    "a record is in two members"
    plain = list(warc.members(p.read(WARC)))
    write(p, b"".join(map(warc.pack, [*plain[:-1], plain[-1][:100], plain[-1][100:]])))


@case("LB-060", base="lifeboat", path=WARC)
def damaged_member(p):
    "a bit of a member's check sum is wrong"
    packed = bytearray(p.read(WARC))
    packed[-8] ^= 1
    write(p, packed)


@case("LB-060", base="lifeboat", path=WARC)
def other_body(p):
    "a body was changed, its length not: its digest does not fit"
    with recording(p) as records:
        one = answer_of(records)
        one.content = one.content.replace(b"flickr", b"fliker", 1)


@case("LB-060", base="lifeboat", path=WARC)
def other_digest(p):
    "an answer has the digest of another body"
    with recording(p) as records:
        answer_of(records).set("WARC-Payload-Digest", warc.body_digest(b"another"))


@case("LB-060", base="lifeboat", path=WARC)
def no_digest(p):
    "an answer has no digest"
    with recording(p) as records:
        answer_of(records).drop("WARC-Payload-Digest")


@case("LB-060", base="lifeboat", path=WARC)
def unknown_digest(p):
    "an answer has a digest of an algorithm that nobody knows"
    with recording(p) as records:
        answer_of(records).set("WARC-Payload-Digest", "whirlpool:AAAA")


@case("LB-060", base="lifeboat", path=WARC)
def older_version(p):
    "a record is one of WARC 1.0"
    with recording(p) as records:
        records[0].version = "WARC/1.0"


@case("LB-060", base="lifeboat", path=WARC)
def another_file(p):
    "a member holds something else than a record"
    write(p, p.read(WARC) + warc.pack(b"words\r\n\r\n"))


@case("LB-060", base="lifeboat", path=WARC)
def too_short(p):
    "a record tells a length that is one byte too small"
    with recording(p) as records:
        records[-1].length = len(records[-1].content) - 1


@case("LB-060", base="lifeboat", path=WARC)
def no_date(p):
    "a record has no date"
    with recording(p) as records:
        records[-1].drop("WARC-Date")


@case("LB-060", base="lifeboat", path=WARC)
def impossible_date(p):
    "a record is of the 30th of February"
    with recording(p) as records:
        records[-1].set("WARC-Date", "2026-02-30T12:00:00Z")


@case("LB-060", base="lifeboat", path=WARC)
def header_field_twice(p):
    "a record has two addresses: readers differ in which one they take"
    with recording(p) as records:
        records[-1].fields.append(["WARC-Target-URI", ECHO])


@case("LB-060", base="lifeboat", path=WARC)
def header_without_colon(p):
    "a line of a record's header has no colon"
    with recording(p) as records:
        records[-1].fields.append(["nothing but words"])


@case("LB-060", base="lifeboat", path=WARC)
def still_chunked(p):
    "a body still has the encoding in which it travelled"
    with recording(p) as records:
        one = answer_of(records)
        one.content = one.content.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n", 1)


@case("LB-060", base="lifeboat", path=WARC)
def no_status_line(p):
    "an answer does not begin with the line that tells its status"
    with recording(p) as records:
        one = answer_of(records)
        one.content = one.content[one.content.index(b"\r\n") + 2:]


@case("LB-060", base="lifeboat", path=WARC)
def media_without_size(p):
    "the record of a media file does not tell its size"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.content = one.content.replace(b"size: ", b"sighs: ")


@case("LB-060", base="lifeboat", path=WARC)
def media_with_short_digest(p):
    "the digest in the record of a media file is too short"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.content = one.content[:-3] + b"\r\n"


# ---- media ----

@good("LB-061", base="lifeboat")
def two_records_of_a_file(p):
    "a media file was fetched twice, from two addresses"
    with recording(p) as records:
        again = warc.Record(record_of(p, records, ICON).plain())
        again.set("WARC-Target-URI", "https://live.staticflickr.com/0/buddyicons/71000003@N02_r.jpg")
        records.append(again)


@good("LB-061", base="lifeboat")
def record_of_a_file_that_is_not_here(p):
    "the recording tells of a media file that did not come along"
    with recording(p) as records:
        other = warc.Record(record_of(p, records, ICON).plain())
        other.content = other.content.replace(warc.hashlib.sha256(p.read(ICON)).hexdigest().encode(), b"0" * 64)
        records.append(other)


@case("LB-061", base="lifeboat", path=THUMBNAIL)
def thumbnail_without_record(p):
    "the recording does not tell where a thumbnail came from"
    with recording(p) as records:
        records.remove(record_of(p, records, THUMBNAIL))


@case("LB-061", base="lifeboat", path=ICON)
def icon_without_record(p):
    "the recording does not tell where a member's picture came from"
    with recording(p) as records:
        records.remove(record_of(p, records, ICON))


@case("LB-061", base="lifeboat", path=ICON)
def record_of_other_size(p):
    "a media file came with another size than it has"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.content = one.content.replace(b"size: ", b"size: 1")


@case("LB-061", base="lifeboat", path=ICON)
def record_of_other_digest(p):
    "a media file came with another digest than it has"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.content = one.content.replace(warc.hashlib.sha256(p.read(ICON)).hexdigest().encode(), b"0" * 64)


@case("LB-061", base="lifeboat", path=ICON)
def failure_instead_of_a_file(p):
    "the only record of a media file says that it could not be had"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.content = one.content.replace(b"kind: media", b"kind: failure")


# ---- secrets ----

@good("LB-062", base="lifeboat")
def words_like_secrets(p):
    "addresses with the names of secrets in places where they are none"
    with recording(p) as records:
        for address in (ECHO + "&text=api_key%3D0123", "https://www.flickr.com/api_key=0123/?a=b", ECHO + "&my_api_key=0123",
                        ECHO + "&text=oauth_token"):
            records.append(warc.answer(address))


def secret(name, words, address):
    def change(p):
        with recording(p) as records:
            records.append(warc.answer(address))
    change.__name__, change.__doc__ = name, words
    case("LB-062", base="lifeboat", path=WARC)(change)


secret("key", "an address has the key of a program", ECHO + "&api_key=0123456789abcdef")
secret("token", "an address has a member's token", ECHO + "&auth_token=0123")
secret("signature", "an address has a signature", ECHO + "&api_sig=0123")
secret("oauth", "an address has parameters of OAuth", ECHO + "&oauth_token=0123&oauth_nonce=1")
secret("key_in_capitals", "the name of a secret in capital letters", ECHO + "&API_KEY=0123")
secret("encoded_key", "the name of a secret is encoded", ECHO + "&api%5Fkey=0123")
secret("key_of_another_host", "an address of another host has a key", "https://example.org/x?oauth_verifier=0123")


@case("LB-062", base="lifeboat", path=WARC)
def key_of_a_file(p):
    "the record of a media file has a token in its address"
    with recording(p) as records:
        one = record_of(p, records, ICON)
        one.set("WARC-Target-URI", one.get("WARC-Target-URI") + "?auth_token=0123")


# ---- what is there ----

@case("LB-063", base="lifeboat", path=WARC)
def no_recording(p):
    "there is no recording"
    p.remove(WARC)
    p.settle()


@case("LB-063", base="lifeboat", path=PLAN)
def no_plan(p):
    "there is no plan"
    p.remove(PLAN)
    p.settle()


@good("LB-063", base="lifeboat")
def converted(p):
    "a package that was converted from another format has neither recording nor plan"
    with p.info() as info:
        info["convertedFrom"] = {"format": "flickr-foundation", "layouts": ["files as paths"], "name": "old", "container": "folder",
                                 "id": None, "creator": {"id": None, "name": None}, "sha256": "0" * 64, "date": info["created"],
                                 "program": info["program"],
                                 "fixity": {"files": 6, "vouched": 0, "differing": 0}}
    p.remove("data/provenance")
    p.write("data/provenance/conversion.jsonl", '{"source":"media/a.jpg","path":null,"size":1,"sha256":null,"told":null}\n')
    p.settle()


@case("LB-063", base="lifeboat", path=WARC, also={"LB-002": "convertedFrom is an object or not there"})
def converted_in_a_word(p):
    "convertedFrom is null: the package was not converted"
    with p.info() as info:
        info["convertedFrom"] = None
    p.remove(WARC)
    p.settle()
