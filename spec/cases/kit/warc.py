"""api.warc.gz, as a list of records that a case changes (chapter 4)."""
import base64
import contextlib
import gzip
import hashlib
import zlib

PATH = "data/provenance/api.warc.gz"
END = b"\r\n\r\n"


def body_digest(body):
    return "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode().rstrip("=")


class Record:
    def __init__(self, plain):
        head, _, content = plain.partition(END)
        self.version, *lines = head.decode("utf-8").split("\r\n")
        self.fields = [line.split(": ", 1) for line in lines]
        self.content = content[:-len(END)]
        self.length = None          # that is told; None: that of the content

    def get(self, name):
        return next((value for field, value in self.fields if field == name), None)

    def drop(self, name):
        self.fields = [field for field in self.fields if field[0] != name]

    def set(self, name, value):
        self.drop(name)
        self.fields.append([name, value])

    def plain(self):
        self.set("Content-Length", str(len(self.content) if self.length is None else self.length))
        head = "\r\n".join([self.version, *(": ".join(field) for field in self.fields)])
        return head.encode("utf-8") + END + self.content + END


def answer(uri, body=b"<rsp/>"):
    """A record of a redacted answer: its content is the body."""
    record = Record(b"WARC/1.1" + END + body + END)
    record.fields = [["WARC-Type", "conversion"], ["WARC-Target-URI", uri], ["WARC-Date", "2026-11-01T12:00:00Z"],
                     ["Content-Type", "text/xml"], ["WARC-Payload-Digest", body_digest(body)]]
    return record


def members(packed):
    """The members of a gzip file, unpacked."""
    while packed:
        unpacker = zlib.decompressobj(wbits=31)
        yield unpacker.decompress(packed)
        packed = unpacker.unused_data


def pack(plain):
    return gzip.compress(plain, mtime=0)


class Recording(list):
    def __init__(self, packed):
        super().__init__(map(Record, members(packed)))

    def of(self, kind, word=""):
        """The first record of a WARC-Type with a word in it."""
        return next(record for record in self if record.get("WARC-Type") == kind and word.encode() in record.content)

    def build(self):
        return b"".join(pack(record.plain()) for record in self)


@contextlib.contextmanager
def recording(p):
    """`with recording(p) as records:` changes the records of a package; all that tells of the file is told anew."""
    records = Recording(p.read(PATH))
    yield records
    p.write(PATH, records.build())
    p.settle()
