# A small zip archive as Python writes it: stored, deflated, an empty file, a folder, a name beyond ASCII, a comment at the end.
# Python 3 standard library, zipfile. Run: python test/reference/zip.py (writes zip.json beside itself).
import base64
import io
import json
import pathlib
import platform
import zipfile

files = {"set/a.txt": b"stored\n", "set/b.bin": bytes(range(256)) * 8, "set/empty": b"", "set/Zürich.txt": "Größe".encode() * 50}
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo("set/"), b"")
    for name, content in files.items():
        info = zipfile.ZipInfo(name)
        archive.writestr(info, content, zipfile.ZIP_STORED if name == "set/a.txt" else zipfile.ZIP_DEFLATED)
    archive.comment = b"a comment that follows the end record"
out = {"versions": {"python": platform.python_version()}, "archive": base64.b64encode(packed.getvalue()).decode(), "files": {n: base64.b64encode(c).decode() for n, c in files.items()}}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
